import { refuseMerged } from '../../definition/merged-account.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import type { Failure } from '../../rules/index.ts'
import type { ProjectCommands } from './commands.ts'
import { refuseUnlessLeader, refuseUnlessTeam } from './people.ts'
import type { ProjectContext } from './types.ts'

const may = <T extends keyof ProjectCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<ProjectContext, ProjectCommands[T] & AnyCommand>) => Failure | null | readonly (Failure | null)[],
) => define<ProjectContext, ProjectCommands[T] & AnyCommand>(name, clause, check)

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof ProjectCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<ProjectContext, Unfilled<ProjectCommands[T]>>) => Failure | null | readonly (Failure | null)[],
) => define<ProjectContext, Unfilled<ProjectCommands[T]>>(name, clause, check)

/** The relation has ended: nothing new begins with this customer before it is readmitted. */
const over = ['exited', 'blacklisted']

/** PRJ-01: a project belongs to a known customer, with which the company still works. */
export const mayOpenProjectForKnownAccount = mayBefore<'open'>('mayOpenProjectForKnownAccount', 'PRJ-01', (input) => {
  const { account } = input.facts
  if (account == null)
    return {
      code: 'account_unknown',
      required: 'adopted',
      actual: input.accountId,
      remedy: { kind: 'send', command: 'account.adopt' },
    }
  return over.includes(account.status)
    ? { code: 'account_not_active', required: null, actual: account.status }
    : refuseMerged(input)
})

/** PRJ-02: departments are those of the policy. */
export const mayInvolveDepartments = may<'open'>('mayInvolveDepartments', 'PRJ-02', ({ command, policy }) =>
  command.departments
    .filter((department) => !Object.hasOwn(policy.departments, department))
    .map((department) => ({ code: 'value_not_allowed', required: Object.keys(policy.departments), actual: department })),
)

/** PRJ-04: leader and team make the plan. */
export const mayPlanAsTeam = mayBefore<'registerBaseline'>('mayPlanAsTeam', 'PRJ-04', ({ actor, context }) =>
  refuseUnlessTeam(actor, context),
)

/** PRJ-09: the leader hands the project over to acceptance. */
export const mayCloseAsLeader = mayBefore<'closeProject'>('mayCloseAsLeader', 'PRJ-09', ({ actor, context }) =>
  refuseUnlessLeader(actor, context),
)

/** CHG-01: a project ends when none of its changes is open. */
export const mayEndWithoutOpenChanges = mayBefore<'closeProject' | 'cancelProject'>(
  'mayEndWithoutOpenChanges',
  'CHG-01',
  ({ facts, context }) =>
    (facts.openInstances ?? [])
      .filter(({ kind, projectId }) => kind === 'project-change' && projectId === context.projectId)
      .map(({ instanceId }) => ({ code: 'open_elsewhere', required: null, actual: instanceId })),
)

/** Votes and changes of the electorate belong to the plan under review. */
export const mayActOnPlanApproval = mayBefore<
  'vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion'
>('mayActOnPlanApproval', 'I-17', (input) => refuseOnApproval(input, input.context.approvals, ['plan']))
