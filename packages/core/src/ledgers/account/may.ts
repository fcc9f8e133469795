import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import type { Failure } from '../../rules/index.ts'
import type { AccountCommands } from './commands.ts'
import type { AccountContext } from './types.ts'

type Answer = Failure | null | readonly (Failure | null)[]

/** A rule on the fields of a form. */
export const may = <T extends keyof AccountCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<AccountContext, AccountCommands[T] & AnyCommand>) => Answer,
) => define<AccountContext, AccountCommands[T] & AnyCommand>(name, clause, check)

/** A rule that is also asked before the form is filled in. */
export const mayBefore = <T extends keyof AccountCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<AccountContext, Unfilled<AccountCommands[T]>>) => Answer,
) => define<AccountContext, Unfilled<AccountCommands[T]>>(name, clause, check)

/** Something else is open that stands in the way. */
export const held = (by: string): Failure => ({ code: 'open_elsewhere', required: null, actual: by })

/** States in which an account has a tier that is reviewed. */
export const reviewedStates: readonly string[] = ['customer', 'admitted', 'ka', 'suspended', 'exiting']

/** States in which a review of the tier can be opened. */
export const governedStates: readonly string[] = ['customer', 'admitted', 'ka', 'suspended']

/** Whether the account that leads the group is reviewed for its members too; where it is not any more, each is reviewed by itself [decision tier.level]. */
export function isReviewedByGroup({ context: { group }, facts }: Pick<RuleInput<AccountContext>, 'context' | 'facts'>): boolean {
  const leader = group === null ? null : facts.others?.[group]
  return leader != null && leader.tier !== null && reviewedStates.includes(leader.status)
}

/** Whether a resolution is before the committee. */
export const isBeforeCommittee = ({ approvals: { blacklist } }: AccountContext): boolean =>
  blacklist !== undefined && blacklist.decision === null && blacklist.voided === null
