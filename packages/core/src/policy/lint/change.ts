import type { Finding } from '../../errors/index.ts'
import { formatBudget } from '../parts.ts'
import { affectedHead } from '../roles.ts'
import { knownBudget, timeouts, type SchemePart } from './known-budget.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'
import { rolesUsed } from './roles-used.ts'
import { longerTogether, standardWeeks } from './standard-day.ts'

const share = ({ change }: KnownPolicy): readonly Finding[] => {
  const path = 'change.majorBudgetShare'
  if (change?.majorBudgetShare === 0)
    return [doubt(path, 'value', 'every change of the budget is major', 'allow minor changes a share above 0')]
  if (change?.majorBudgetShare === 100)
    return [doubt(path, 'value', 'a budget may double before a change is major', 'use a share below 100')]
  return []
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
  return [
    doubt(
      'change.ratifyWithin',
      'contradiction',
      `${formatBudget(limit)} are shorter than the approval of the emergency itself may take (${over.map(formatBudget).join(' + ')}, approval.changeEmergency)`,
      'lengthen it, or shorten the time-outs of approval.changeEmergency',
    ),
  ]
}

/** Whether a scheme whose roles are all known asks a role to approve. */
const asks = (scheme: SchemePart, role: string): boolean =>
  (scheme?.stages ?? []).some(
    (stage) =>
      stage?.electors === undefined ||
      [...stage.electors, ...(stage.required ?? [])].some((elector) => elector === role || elector === undefined),
  )

const lacking = (name: 'changeMinor' | 'changeMajor', scheme: SchemePart, role: string, why: string): readonly Finding[] =>
  scheme?.stages === undefined || asks(scheme, role)
    ? []
    : [doubt(`approval.${name}`, 'missing', `${role} has no vote: ${why}`, `add ${role} to the electors of a stage`)]

/** Decision 10: minor changes are approved by the affected department, major ones by the KA management group as well. */
const voices = ({ approval }: KnownPolicy): readonly Finding[] => [
  ...lacking('changeMinor', approval?.changeMinor, affectedHead, 'an affected department would not be asked'),
  ...lacking('changeMajor', approval?.changeMajor, 'kaGroup.head', 'the KA management group would not decide'),
  ...lacking('changeMajor', approval?.changeMajor, affectedHead, 'an affected department would not be asked'),
]

const changeSchemes = /^approval\.change(Minor|Major|Emergency)\./
const seats = /\.stages\[\d+\]\.(electors|required|veto|heard)\[/

const misplaced = (policy: KnownPolicy): readonly Finding[] =>
  rolesUsed(policy)
    .filter(({ path, role }) => role === affectedHead && !(changeSchemes.test(path) && seats.test(path)))
    .map(({ path }) =>
      problem(
        path,
        'contradiction',
        changeSchemes.test(path)
          ? `${affectedHead} stands for those who vote or are heard on a change; nobody else is found by it`
          : `${affectedHead} stands for the departments that a change affects; here nothing is affected`,
        'name a role that does not depend on a change, e.g. product.head',
      ),
    )

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
  return [
    doubt(
      'change.expiresAfter',
      'contradiction',
      `${formatBudget(life)} end before a major change is assessed, approved and consented to (${over.map(formatBudget).join(' + ')})`,
      'lengthen it, or shorten change.assessWithin, change.consentWithin or the time-outs of approval.changeMajor',
    ),
  ]
}

/** Changes of a project can be classed, approved by those concerned, and ratified in time [decision 10, CHG-01, I-17]. */
export const lintChange: Lint = (policy) => [
  ...share(policy),
  ...ratification(policy),
  ...expiry(policy),
  ...voices(policy),
  ...misplaced(policy),
]
