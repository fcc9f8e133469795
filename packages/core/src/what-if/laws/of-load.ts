import { tiers } from '../../policy/parts.ts'
import type { ManagerLoad } from '../types.ts'
import { covers, fromOf, judged, numbersOf, sumOf, toOf, type Law } from './law.ts'

const isManager = ({ accounts, keyAccounts, before, after, limit, over }: ManagerLoad): boolean =>
  keyAccounts <= accounts &&
  numbersOf(before) <= accounts &&
  numbersOf(after) <= accounts &&
  over === (limit !== null && keyAccounts > limit)

/** Who has how much to do. */
export const ofLoad: readonly Law[] = [
  // Votes are owed in open approvals.
  ['load.approvers', ({ load, instances }) => (instances?.approvals.open ?? 0) > 0 || load.approvers.total === 0],
  [
    'load.managers.over',
    ({ load }) => {
      const { total, over, listed } = load.managers
      return listed.length <= total && covers(over, total, listed, (one) => one.over)
    },
  ],
  [
    'load.managers',
    (s) => {
      const { total, listed } = s.load.managers
      return (
        total <= judged(s) &&
        listed.every(isManager) &&
        new Set(listed.map(({ limit }) => limit)).size <= 1 &&
        sumOf(listed, ({ accounts }) => accounts) + total - listed.length <= judged(s) &&
        tiers.every(
          (tier) =>
            sumOf(listed, ({ before }) => before[tier]) <= fromOf(s.recommended, tier) &&
            sumOf(listed, ({ after }) => after[tier]) <= toOf(s.recommended, tier),
        )
      )
    },
  ],
]
