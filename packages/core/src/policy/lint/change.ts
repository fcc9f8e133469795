import type { Finding } from '../../errors/index.ts'
import { affectedHead } from '../roles.ts'
import { knownBudget, timeouts, together, type SchemePart } from './known-budget.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { rolesUsed } from './roles-used.ts'
import { longerTogether, standardWeeks } from './standard-day.ts'

const share = ({ change }: KnownPolicy): readonly Finding[] => {
  const path = 'change.majorBudgetShare'
  if (change?.majorBudgetShare === 0) return [flag(path, 'changeAlwaysMajor', {})]
  return change?.majorBudgetShare === 100 ? [flag(path, 'changeNeverMajor', {})] : []
}

/**
 * The approval of an emergency must be able to escalate before the ratification is overdue. The ratification itself has a clock with a ladder of
 * its own, so the time-outs of approval.changeMajor may be longer.
 */
const ratification = (policy: KnownPolicy): readonly Finding[] => {
  const limit = knownBudget(policy.change?.ratifyWithin)
  if (limit === undefined) return []
  const weeks = standardWeeks(policy)
  const over = timeouts(policy.approval?.changeEmergency).find((path) => longerTogether(path, limit, weeks) !== null)
  if (over === undefined) return []
  const [path, whole] = ['change.ratifyWithin', together(over)]
  return [flag(path, 'ratificationShort', { limit, steps: over }, whole === undefined ? [] : [put(path, whole)])]
}

/** Whether a scheme whose roles are all known asks a role to approve. */
const asks = (scheme: SchemePart, role: string): boolean =>
  (scheme?.stages ?? []).some(
    (stage) =>
      stage?.electors === undefined ||
      [...stage.electors, ...(stage.required ?? [])].some((elector) => elector === role || elector === undefined),
  )

const lacking = (
  name: 'changeMinor' | 'changeMajor',
  scheme: SchemePart,
  role: string,
  why: 'department' | 'group',
): readonly Finding[] =>
  scheme?.stages === undefined || asks(scheme, role) ? [] : [flag(`approval.${name}`, 'noVoice', { role, why })]

/** Decision 10: minor changes are approved by the affected department, major ones by the KA management group as well. */
const voices = ({ approval }: KnownPolicy): readonly Finding[] => [
  ...lacking('changeMinor', approval?.changeMinor, affectedHead, 'department'),
  ...lacking('changeMajor', approval?.changeMajor, 'kaGroup.head', 'group'),
  ...lacking('changeMajor', approval?.changeMajor, affectedHead, 'department'),
]

const changeSchemes = /^approval\.(change(Minor|Major|Emergency)|ratification)\./
const seats = /\.stages\[\d+\]\.(electors|required|veto|heard)\[/

const misplaced = (policy: KnownPolicy): readonly Finding[] =>
  rolesUsed(policy)
    .filter(({ path, role }) => role === affectedHead && !(changeSchemes.test(path) && seats.test(path)))
    .map(({ path }) => flag(path, 'affectedMisplaced', { where: changeSchemes.test(path) ? 'change' : 'elsewhere' }))

/** A change that expires while it is assessed, approved and put to the customer was never meant to be implemented. */
const expiry = (policy: KnownPolicy): readonly Finding[] => {
  const [life, assess, consent] = [policy.change?.expiresAfter, policy.change?.assessWithin, policy.change?.consentWithin].map(
    knownBudget,
  )
  if (life === undefined || assess === undefined || consent === undefined) return []
  const weeks = standardWeeks(policy)
  const stages = timeouts(policy.approval?.changeMajor)
  const ways = (stages.length === 0 ? [[]] : stages).map((path) => [assess, ...path, consent])
  const over = ways.find((path) => longerTogether(path, life, weeks) !== null)
  if (over === undefined) return []
  const [path, whole] = ['change.expiresAfter', together(over)]
  return [flag(path, 'changeExpires', { limit: life, steps: over }, whole === undefined ? [] : [put(path, whole)])]
}

/** Changes of a project can be classed, approved by those concerned, and ratified in time [decision 10, CHG-01, I-17]. */
export const lintChange: Lint = (policy) => [
  ...share(policy),
  ...ratification(policy),
  ...expiry(policy),
  ...voices(policy),
  ...misplaced(policy),
]
