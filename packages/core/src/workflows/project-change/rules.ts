import { contentHash, dimensionsOf } from '../../baselines/index.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import { refuseUnlessTeam } from '../../ledgers/project/people.ts'
import { inEveryMode, type Failure } from '../../rules/index.ts'
import type { ProjectChangeCommands } from './commands.ts'
import type { ProjectChangeContext } from './types.ts'

const may = <T extends keyof ProjectChangeCommands>(
  name: string,
  clause: string,
  check: (
    input: RuleInput<ProjectChangeContext, ProjectChangeCommands[T] & AnyCommand>,
  ) => Failure | null | readonly (Failure | null)[],
) => define<ProjectChangeContext, ProjectChangeCommands[T] & AnyCommand>(name, clause, check)

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof ProjectChangeCommands>(
  name: string,
  clause: string,
  check: (
    input: RuleInput<ProjectChangeContext, Unfilled<ProjectChangeCommands[T]>>,
  ) => Failure | null | readonly (Failure | null)[],
) => define<ProjectChangeContext, Unfilled<ProjectChangeCommands[T]>>(name, clause, check)

type ByTeam = 'open' | 'apply' | 'amend' | 'reassess' | 'implement' | 'withdraw' | 'supersede'

/** CHG-01: the project's leader and team apply, and carry out what was approved. */
export const mayChangeAsTeam = mayBefore<ByTeam>('mayChangeAsTeam', 'CHG-01', ({ actor, facts }) =>
  facts.project == null ? null : refuseUnlessTeam(actor, facts.project),
)

/** CHG-01: only a baseline in force can be changed. */
export const mayChangeActiveProject = mayBefore<ByTeam>('mayChangeActiveProject', 'CHG-01', ({ facts, command, context }) => {
  if (facts.project == null)
    return {
      code: 'project_unknown',
      required: null,
      actual: command.type === 'open' ? (command.projectId ?? null) : context.projectId,
    }
  return facts.project.status === 'active'
    ? null
    : { code: 'project_not_active', required: 'active', actual: facts.project.status }
})

/** CHG-01: the affected departments are those of the policy. */
export const mayAffectDepartments = may<'apply' | 'amend'>('mayAffectDepartments', 'CHG-01', ({ command, policy }) =>
  command.departments
    .filter((department) => !Object.hasOwn(policy.departments, department))
    .map((department) => ({ code: 'value_not_allowed', required: Object.keys(policy.departments), actual: department })),
)

/** Decision 10: what goes back was no emergency to anybody; it takes the ordinary way. */
export const mayBeEmergencyOnce = may<'apply'>('mayBeEmergencyOnce', 'I-17', ({ command, context }) =>
  command.emergency !== undefined && context.of !== null
    ? { code: 'value_not_allowed', required: [], actual: 'emergency' }
    : null,
)

/**
 * CHG-02: a change back undoes what it was opened for and nothing else: the change that waits for it would count as undone, whatever had become of this one.
 * Anything else is a change of its own.
 */
export const mayUndoAndNothingElse = inEveryMode(
  may<'apply' | 'amend'>('mayUndoAndNothingElse', 'CHG-02', ({ command, context, hashOf }) =>
    context.of === null || contentHash(command.content, hashOf) === context.measured?.contentHash
      ? null
      : { code: 'value_not_allowed', required: [], actual: 'content', remedy: { kind: 'send', command: 'withdraw' } },
  ),
)

/** CHG-01: what the members have before them, or have approved, is not assessed anew under their hands. */
export const mayAssessBeforeApproval = mayBefore<'assess'>('mayAssessBeforeApproval', 'CHG-01', ({ state, context }) => {
  const { ratification } = context.approvals
  if (state !== 'ratifying' || ratification === undefined) return null
  const { decision } = ratification
  return decision === null || decision.outcome === 'approved'
    ? { code: 'already_done', required: null, actual: 'ratification' }
    : null
})

/** CHG-01: each dimension that the change touches is assessed, and no other. */
export const mayAssessTouchedDimension = may<'assess'>('mayAssessTouchedDimension', 'CHG-01', ({ command, context }) => {
  const touched = dimensionsOf(context.measured?.diff ?? [])
  return touched.includes(command.dimension) ? null : { code: 'value_not_allowed', required: touched, actual: command.dimension }
})

/** CHG-01: measuring anew needs another baseline to measure against. */
export const mayReassessOnNewBaseline = mayBefore<'reassess'>('mayReassessOnNewBaseline', 'CHG-01', ({ context, facts }) =>
  facts.project?.version === context.measured?.baseVersion
    ? { code: 'nothing_to_change', required: 'another baseline', actual: context.measured?.baseVersion ?? null }
    : null,
)

/** The refusal where another change has come first. */
export const baselineMoved = (context: ProjectChangeContext, version: number | undefined): Failure | null =>
  version === context.measured?.baseVersion
    ? null
    : {
        code: 'baseline_changed',
        required: context.measured?.baseVersion ?? null,
        actual: version ?? null,
        remedy: { kind: 'send', command: 'reassess' },
      }

/** CHG-02: a change is implemented on the baseline that it was approved on. */
export const mayImplementOnCurrentBaseline = mayBefore<'implement'>(
  'mayImplementOnCurrentBaseline',
  'CHG-02',
  ({ context, facts }) => (facts.project == null ? null : baselineMoved(context, facts.project.version)),
)

/** A change is superseded by another one. */
export const mayBeSupersededByAnother = may<'supersede'>('mayBeSupersededByAnother', 'CHG-01', ({ command, instanceId }) =>
  command.by === instanceId ? { code: 'value_not_allowed', required: 'another change', actual: command.by } : null,
)

/** Nothing else is decided while the change back is under way. */
export const mayDecideAfterFailedRollback = inEveryMode(
  mayBefore<'retryRollback' | 'acceptAsIs'>('mayDecideAfterFailedRollback', 'CHG-01', ({ context, instanceId }) =>
    context.rollback?.failed == null ? { code: 'open_elsewhere', required: null, actual: instanceId } : null,
  ),
)

const approvalIn: { readonly [state: string]: keyof ProjectChangeContext['approvals'] | undefined } = {
  inApproval: 'change',
  inEmergency: 'emergency',
  ratifying: 'ratification',
  rollingBack: 'acceptance',
}

/** Votes and changes of the electorate belong to the approval that the state waits for. */
export const mayActOnChangeApproval = inEveryMode(
  mayBefore<'vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion'>(
    'mayActOnChangeApproval',
    'I-17',
    (input) => {
      const name = approvalIn[input.state]
      return refuseOnApproval(input, input.context.approvals, name === undefined ? [] : [name])
    },
  ),
)
