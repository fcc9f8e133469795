import { addDays, addMonths } from '../../calendar/index.ts'
import type { RuleInput } from '../../definition/define-workflow.ts'
import { admissionId } from '../../definition/instance-id.ts'
import { refuseUnlessHolder } from '../../definition/holders.ts'
import { refuseMerged } from '../../definition/merged-account.ts'
import { inEveryMode, type Failure } from '../../rules/index.ts'
import { held, isBeforeCommittee, may, mayBefore } from './may.ts'
import type { AccountContext } from './types.ts'

/** One open admission an account [ledger claims]; the commands of an admission come from the one that holds the claim. */
export const mayHoldOneAdmission = inEveryMode(
  mayBefore<'openAdmission' | 'admit' | 'recordCreditCode' | 'recordTeam' | 'establish' | 'endByCustomer'>(
    'mayHoldOneAdmission',
    'ADM-05',
    ({ context: { admission }, command }) => {
      if (command.type === 'openAdmission' || command.type === 'endByCustomer')
        return admission === null ? null : held(admission.id)
      return admission?.id === command.by
        ? null
        : { code: 'not_found_in_instance', required: admission?.id ?? null, actual: command.by ?? null }
    },
  ),
)

/** ADM-05: an application while another is under way is told which; one for a merged account, where the customer goes on. */
export const refuseApplication = (
  input: Pick<RuleInput<AccountContext>, 'context' | 'facts' | 'accountId' | 'actor'>,
): Failure | null => (input.context.admission === null ? refuseMerged(input) : held(input.context.admission.id))

/** Only the admission that holds the claim gives it back; where none does, there is nothing left to give. */
export const mayReleaseOwnAdmission = inEveryMode(
  may<'releaseAdmission'>('mayReleaseOwnAdmission', 'ADM-10', ({ context: { admission }, command }) =>
    admission === null || admission.id === command.by
      ? null
      : { code: 'not_found_in_instance', required: admission.id, actual: command.by },
  ),
)

/** A status is signed for after it was approved [ADM-08, ADM-09]. */
export const maySignWhatWasApproved = inEveryMode(
  mayBefore<'recordTeam' | 'establish'>('maySignWhatWasApproved', 'ADM-09', ({ context: { admission } }) =>
    admission?.admitted === true ? null : { code: 'approval_missing', required: 'admit', actual: admission?.id ?? null },
  ),
)

/** An approved admission is decided once. */
export const mayAdmitOnce = inEveryMode(
  mayBefore<'admit'>('mayAdmitOnce', 'ADM-08', ({ context: { admission } }) =>
    admission?.admitted === true ? { code: 'already_done', required: null, actual: admission.id } : null,
  ),
)

/** The ledger numbers its admissions, so that a repeated registration finds the first one. */
export const mayApplyUnderNextNumber = inEveryMode(
  may<'openAdmission'>('mayApplyUnderNextNumber', 'ADM-05', ({ command, context, instanceId, state }) => {
    const next = admissionId(command.accountId, context.admissions + 1)
    return [
      command.instanceId === next ? null : { code: 'value_not_allowed', required: next, actual: command.instanceId },
      state === 'opening' || command.accountId === context.accountId
        ? null
        : { code: 'value_not_allowed', required: context.accountId, actual: command.accountId },
      state !== 'opening' || instanceId.startsWith('account-')
        ? null
        : { code: 'value_not_allowed', required: 'account-…', actual: instanceId },
    ]
  }),
)

/** I-03: who was rejected may apply again after some days. */
export const mayApplyAgain = mayBefore<'openAdmission'>('mayApplyAgain', 'I-03', ({ context, at, policy, calendar }) => {
  if (context.rejectedAt === null) return null
  const from = calendar.startOfDay(addDays(calendar.localDateOf(context.rejectedAt), policy.admission.reapplyAfter.days))
  return at >= from
    ? null
    : {
        code: 'too_early',
        parameter: 'admission.reapplyAfter',
        required: from,
        actual: at,
        remedy: { kind: 'wait', until: from },
      }
})

/** States in which somebody else looks after the customer, or nobody may. */
const taken = ['candidate', 'admitted', 'ka', 'suspended', 'exiting', 'blacklisted']

/** One customer has one application: another account of the same credit code that is looked after, applies, or is blacklisted stands in the way [ADM-05]. */
export const mayApplyForNoDuplicate = mayBefore<'openAdmission'>('mayApplyForNoDuplicate', 'ADM-05', ({ facts }) =>
  (facts.similar ?? [])
    .filter((s) => s.because === 'creditCode' && (taken.includes(s.status) || s.admission !== null))
    .map((s) => held(s.accountId)),
)

/** DEV-03: where a lead comes from is one of the policy's sources. */
export const mayNameLeadSource = may<'openAdmission'>('mayNameLeadSource', 'DEV-03', ({ command, policy }) => {
  const sources = Object.keys(policy.admission.leadSources)
  return sources.includes(command.leadSource)
    ? null
    : { code: 'value_not_allowed', parameter: 'admission.leadSources', required: sources, actual: command.leadSource }
})

/** CLS-02: classes are those of the policy. */
export const mayNameClasses = may<'adopt' | 'admit' | 'establish'>('mayNameClasses', 'CLS-02', ({ command, policy }) => {
  const known = Object.keys(policy.admission.classes)
  return (command.classes ?? [])
    .filter((name) => !known.includes(name))
    .map((name): Failure => ({
      code: 'value_not_allowed',
      parameter: 'admission.classes',
      required: known,
      actual: name,
    }))
})

/** A contract lasts at least a day, has not ended before it is recorded, and a renewal lasts longer than what it renews [I-37]. */
export const mayContractForTime = may<'adopt' | 'establish' | 'renew'>(
  'mayContractForTime',
  'I-37',
  ({ command, context, at, calendar }) => {
    const { contract } = command
    if (contract === undefined) return null
    const today = calendar.localDateOf(at)
    const before = command.type === 'renew' ? (context.contract?.to ?? null) : null
    const tooSmall = (required: string): Failure => ({ code: 'value_too_small', required, actual: contract.to })
    return [
      contract.to >= contract.from ? null : tooSmall(contract.from),
      contract.to >= today ? null : tooSmall(today),
      before === null || contract.to > before ? null : tooSmall(addDays(before, 1)),
    ]
  },
)

/** A contract is a key account's; a customer's is made by its admission. */
export const mayContractAsKeyAccount = may<'adopt'>('mayContractAsKeyAccount', 'ADM-09', ({ command }) =>
  command.contract === undefined || command.isKeyAccount
    ? null
    : { code: 'value_not_allowed', required: 'isKeyAccount', actual: command.contract.reference },
)

/** Decision 1, D down: the relation ends when nothing of it is open; the checklist's word is not enough. */
export const mayExitWhenNothingIsOpen = mayBefore<'completeExit'>('mayExitWhenNothingIsOpen', 'ADJ-08', ({ facts }) =>
  (facts.openInstances ?? []).map(({ instanceId }) => held(instanceId)),
)

/** TIER-07: a relation ends after its last day. */
export const mayExitAfterLastDay = mayBefore<'completeExit'>('mayExitAfterLastDay', 'TIER-07', ({ context, at, calendar }) => {
  const { exit } = context
  if (exit?.lastDay == null) return null
  const from = calendar.startOfDay(addDays(exit.lastDay, 1))
  return at >= from ? null : { code: 'too_early', required: from, actual: at, remedy: { kind: 'wait', until: from } }
})

/** I-39: former customers come back after their time, and blacklisted ones only by the head of the KA management group. */
export const mayReadmitInTime = mayBefore<'readmit'>(
  'mayReadmitInTime',
  'I-39',
  ({ state, context, actor, at, policy, calendar }) => {
    const { after } = policy.readmission
    const left = calendar.localDateOf(context.since)
    const day =
      state === 'blacklisted'
        ? addMonths(left, after.blacklisted.months)
        : addDays(left, state === 'lapsed' ? after.lapsed.days : after.exited.days)
    const from = calendar.startOfDay(day)
    return [
      at >= from
        ? null
        : {
            code: 'too_early',
            parameter: `readmission.after.${state}`,
            required: from,
            actual: at,
            remedy: { kind: 'wait', until: from },
          },
      state !== 'blacklisted' || actor.id === 'system' || actor.roles.includes('kaGroup.head')
        ? null
        : {
            code: 'role_required',
            required: ['kaGroup.head'],
            actual: actor.roles,
            remedy: { kind: 'ask', roles: ['kaGroup.head'] },
          },
    ]
  },
)

/** Not while the committee still has a resolution before it. */
export const mayReadmitWhenDecided = mayBefore<'readmit'>('mayReadmitWhenDecided', 'I-39', ({ context }) =>
  isBeforeCommittee(context) ? held('blacklist') : null,
)

/** I-39: one resolution at a time. */
export const mayProposeOneResolution = mayBefore<'proposeBlacklisting'>('mayProposeOneResolution', 'I-39', ({ context }) =>
  isBeforeCommittee(context) ? { code: 'already_done', required: 1, actual: 1 } : null,
)

/** I-38: an account is handed to somebody else. */
export const mayHandOverToAnother = may<'handover'>('mayHandOverToAnother', 'I-38', ({ command, context }) => {
  const next = command.to ?? command.interim
  return next === context.manager ? { code: 'nothing_to_change', required: 'another person', actual: next } : null
})

/** Who hands accounts over, and may look after one until a manager is named. */
export const heads = ['sales.head', 'keyAccounts.head']

/** I-38: whoever is to look after the account holds the manager's role for it; in the meantime a head may. */
export const mayLookAfterAccount = may<'handover' | 'nameManager'>(
  'mayLookAfterAccount',
  'I-38',
  ({ command, facts, policy }) => {
    const { accountManager } = policy.admission.team
    const parameter = 'admission.team.accountManager'
    return command.type === 'handover' && command.to === undefined
      ? refuseUnlessHolder(facts, [accountManager, ...heads], command.interim, { field: 'interim', parameter })
      : refuseUnlessHolder(facts, [accountManager], command.to ?? '', { field: 'to', parameter })
  },
)

/** I-38: a manager is named where somebody looks after the account in the meantime. */
export const mayNameManagerWhenHandedOver = mayBefore<'nameManager'>('mayNameManagerWhenHandedOver', 'I-38', ({ context }) =>
  context.handover === null
    ? { code: 'not_found_in_instance', required: 'handover', actual: null, remedy: { kind: 'send', command: 'handover' } }
    : null,
)
