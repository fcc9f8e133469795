import type { BracketCost } from '../types.ts'
import { judged, sumOf, type Law } from './law.ts'

/** Accounts that are given something are given one minor unit at least. */
const areBrackets = (brackets: readonly BracketCost[], minor: number, most: number): boolean =>
  sumOf(brackets, (one) => one.minor) === minor &&
  brackets.every((one, i) => {
    const below = brackets[i - 1]
    return (
      one.accounts <= most &&
      one.minor >= one.accounts &&
      (one.accounts > 0 || one.minor === 0) &&
      (below === undefined || below.from < one.from)
    )
  })

/** What rebates cost. */
export const ofRebate: readonly Law[] = [
  ['rebate', ({ rebate, period }) => rebate === null || rebate.year === Number(period.to.slice(0, 4)) - 1],
  ['rebate.unknown', (s) => s.rebate === null || s.rebate.unknown <= judged(s)],
  [
    'rebate.draftMinor',
    (s) => s.rebate === null || areBrackets(s.rebate.brackets.draft, s.rebate.draftMinor, judged(s) - s.rebate.unknown),
  ],
  [
    'rebate.inForceMinor',
    (s) => {
      if (s.rebate === null) return true
      const { inForceMinor, unknown, brackets } = s.rebate
      if (inForceMinor === null || brackets.inForce === null) return inForceMinor === brackets.inForce
      return s.policy.inForce !== null && areBrackets(brackets.inForce, inForceMinor, judged(s) - unknown)
    },
  ],
]
