import type { TierMatrix } from '../types.ts'
import { befores, covers, fromOf, judged, numbersOf, sumOf, toOf, type Law } from './law.ts'

const cellsOf = (of: TierMatrix): number => sumOf(befores, (from) => fromOf(of, from))

/** Counts of accounts. */
export const ofAccounts: readonly Law[] = [
  ['accounts.total', (s) => judged(s) + s.accounts.failed === s.accounts.total],
  ['period', ({ period }) => period.from < period.to],
  ['classes', (s) => cellsOf(s.classes) === judged(s)],
  // A class is a tier; without a policy in force it is compared with the tier that is there.
  ['classes.exit', ({ classes }) => fromOf(classes, 'exit') === 0 && toOf(classes, 'exit') === 0],
  ['classes.none', ({ classes, policy }) => policy.inForce === null || fromOf(classes, 'none') === 0],
  ['recommended', (s) => cellsOf(s.recommended) === judged(s)],
  ['recommended', ({ recommended: of, policy }) => fromOf(of, policy.inForce === null ? 'exit' : 'none') === 0],
  ['directions.draft', (s) => numbersOf(s.directions.draft) === judged(s)],
  [
    'directions.inForce',
    (s) =>
      s.directions.inForce === null
        ? s.policy.inForce === null
        : s.policy.inForce !== null && numbersOf(s.directions.inForce) === judged(s),
  ],
  [
    'failures',
    ({ failures: { total, listed }, accounts: { failed }, instances }) =>
      (instances === null ? total === failed : total >= failed) &&
      covers(failed, total, listed, (one) => one.instanceId === null),
  ],
  ['diff', ({ diff, policy }) => policy.inForce !== null || diff.length === 0],
]
