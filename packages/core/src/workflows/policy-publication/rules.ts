import { addDays, localDateIn, startOfDay } from '../../calendar/index.ts'
import { refuseOnApproval } from '../../definition/approval-steps.ts'
import { mayRule as define, type AnyCommand, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import { isAbove, obstaclesTo } from '../../ledgers/policy/obstacles.ts'
import { inEveryMode, type Failure } from '../../rules/index.ts'
import type { PolicyPublicationCommands } from './commands.ts'
import type { PolicyBase, PolicyPublicationContext } from './types.ts'

type Found = Failure | null | readonly (Failure | null)[]

/** What keeps versions apart holds in every mode: passed over, it would leave two policies for one day. */
const may = <T extends keyof PolicyPublicationCommands>(
  name: string,
  check: (input: RuleInput<PolicyPublicationContext, PolicyPublicationCommands[T] & AnyCommand>) => Found,
) => inEveryMode(define<PolicyPublicationContext, PolicyPublicationCommands[T] & AnyCommand>(name, 'GOV-05', check))

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof PolicyPublicationCommands>(
  name: string,
  check: (input: RuleInput<PolicyPublicationContext, Unfilled<PolicyPublicationCommands[T]>>) => Found,
) => inEveryMode(define<PolicyPublicationContext, Unfilled<PolicyPublicationCommands[T]>>(name, 'GOV-05', check))

type Input = Pick<RuleInput<PolicyPublicationContext>, 'context' | 'facts' | 'policy' | 'at'>

/** The number of a new version is above that of the version in force. */
export const mayOpenNextVersion = may<'open'>('mayOpenNextVersion', ({ command, facts }) => {
  const inForce = facts.policyLedger?.inForce ?? null
  return inForce === null || isAbove(command.version, inForce.version)
    ? null
    : { code: 'version_not_above', required: inForce.version, actual: command.version }
})

/** A policy is judged by itself: by its version in force, or, where there is none yet, by the one that the host was given. */
export const mayBeJudgedByOwnPolicy = may<'open'>('mayBeJudgedByOwnPolicy', ({ command, policy }) =>
  command.policyId === policy.id ? null : { code: 'value_not_allowed', required: [policy.id], actual: command.policyId },
)

/** A publication that was opened under an earlier version is moved to the one in force before it goes on. */
export const mayBeJudgedByPolicyInForce = mayBefore<'submit'>('mayBeJudgedByPolicyInForce', ({ facts, policy }) => {
  const inForce = facts.policyLedger?.inForce ?? null
  return inForce === null || inForce.version === policy.version
    ? null
    : {
        code: 'policy_not_in_force',
        required: inForce.version,
        actual: policy.version,
        remedy: { kind: 'send', command: 'migrate' },
      }
})

/** A what-if of just this draft against just the version in force now. */
export const maySubmitWithWhatIf = mayBefore<'submit'>('maySubmitWithWhatIf', ({ context, facts, policy }) => {
  if (policy.publication.whatIf !== 'required') return null
  const inForce = facts.policyLedger?.inForce ?? null
  const { whatIf, draft } = context
  const isOfDraft = whatIf !== null && whatIf.draft === draft?.hash && (inForce === null || whatIf.inForce === inForce.hash)
  // Recorded where it was advised only, or before it said of how much it is.
  if (isOfDraft && whatIf.scope === 'all') return null
  return {
    code: 'what_if_missing',
    parameter: 'publication.whatIf',
    required: inForce?.version ?? null,
    actual: whatIf?.inForce ?? null,
    remedy: { kind: 'send', command: 'recordWhatIf' },
  }
})

/** The day is to come, and far enough ahead for everybody to hear of it. */
function refuseDay({ context, policy, at }: Input): Failure | null {
  const { draft } = context
  if (draft === null) return null
  const earliest = addDays(localDateIn(at, draft.timeZone), policy.publication.notice.days)
  return draft.effectiveFrom >= earliest
    ? null
    : {
        code: 'value_too_small',
        parameter: 'publication.notice.days',
        required: earliest,
        actual: draft.effectiveFrom,
        remedy: { kind: 'change', field: 'effectiveFrom', to: earliest },
      }
}

/** A version that something is pinned to, or that was published, keeps its text. */
function refuseTaken({ context, facts }: Input): Failure | null {
  const there = facts.registry?.[context.version] ?? null
  return there === null || context.draft === null || there.hash === context.draft.hash
    ? null
    : { code: 'version_taken', required: there.hash, actual: context.version }
}

/** Everything for which the draft cannot take force on its day as things stand; asked as it is submitted, and again as it is approved. */
export function refuseSchedule(input: Input, base: PolicyBase | null): readonly Failure[] {
  return [refuseDay(input), refuseTaken(input), ...obstacles(input, base)].filter((failure) => failure !== null)
}

function obstacles({ context: { version, draft }, facts }: Input, base: PolicyBase | null): readonly Failure[] {
  if (draft === null) return []
  const { effectiveFrom, timeZone } = draft
  const wanted = { version, effectiveFrom, effectiveAt: startOfDay(effectiveFrom, timeZone), base: base?.hash ?? null }
  // People know versions by their number.
  return obstaclesTo(facts.policyLedger ?? { inForce: null, scheduled: [] }, wanted).map((failure) =>
    failure.code === 'policy_not_in_force' ? { ...failure, actual: base?.version ?? null } : failure,
  )
}

/** The day is free and to come, the number rises, and the draft was compared with what is in force now. */
export const mayTakeForceOnItsDay = mayBefore<'submit'>('mayTakeForceOnItsDay', (input) =>
  refuseSchedule(input, input.context.draft?.base ?? null),
)

/** What has taken force is not withdrawn: another version takes its place. */
export const mayWithdrawBeforeForce = mayBefore<'withdraw'>('mayWithdrawBeforeForce', ({ instanceId, facts, at }) => {
  const inForce = facts.policyLedger?.inForce ?? null
  return inForce?.by === instanceId ? { code: 'too_late', required: inForce.since, actual: at } : null
})

/** Votes and changes of the electorate belong to the approval under way. */
export const mayActOnPolicyApproval = define<
  PolicyPublicationContext,
  Unfilled<
    PolicyPublicationCommands['vote' | 'addApprover' | 'transferVote' | 'copyTo' | 'recuse' | 'replaceElector' | 'giveOpinion']
  >
>('mayActOnPolicyApproval', 'I-17', (input) => refuseOnApproval(input, input.context.approvals, ['policy']))
