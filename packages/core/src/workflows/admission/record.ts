import { outcomeOf, type Approval } from '../../approvals/index.ts'
import { approvalRecorders, voidPending, withApproval } from '../../definition/approval-machine.ts'
import type { AdmissionScore } from '../../scoring/index.ts'
import type { AdmissionCondition, AdmissionContext, AdmissionEnding, AdmissionEvent } from './types.ts'

type Patch = Partial<AdmissionContext>
type EventOf<T extends AdmissionEvent['type']> = Extract<AdmissionEvent, { type: T }>
type Recorders = { readonly [T in AdmissionEvent['type']]: (context: AdmissionContext, event: EventOf<T>) => Patch }

/** The conditions of the approving votes, with ids that go on counting where terms came before the committee again. */
function conditionsOf(context: AdmissionContext, approval: Approval | undefined): readonly AdmissionCondition[] {
  const made = approval === undefined ? [] : outcomeOf(approval).conditions
  return [
    ...context.conditions,
    ...made.map(({ text, dueAt, by }, i) => ({
      id: `c${String(context.conditions.length + i + 1)}`,
      text,
      dueAt,
      by,
      met: null,
      waived: null,
    })),
  ]
}

const settled = (context: AdmissionContext, id: string, how: Partial<AdmissionCondition>): Patch => ({
  conditions: context.conditions.map((c) => (c.id === id ? { ...c, ...how } : c)),
})

/** Whatever was under way ends here; a pending approval has lost its object. */
const ended = (context: AdmissionContext, outcome: AdmissionEnding, reason: string | null, at: number): Patch => ({
  ending: { outcome, reason },
  ...voidPending(context, outcome, at),
})

/** What the committee approved: the customer with its terms, or other terms. */
export const approved = (context: AdmissionContext, at: number): Patch => ({
  approvedAt: context.approvedAt ?? at,
  conditions: conditionsOf(context, context.approvals.admission),
  terms: context.otherTerms ?? context.terms,
  otherTerms: null,
})

/** What the committee refused, by a vote or by a recusal that left nobody to approve. */
export const refused = ({ command }: AdmissionEvent): Patch => ({
  ending: { outcome: 'rejected', reason: 'comment' in command && typeof command.comment === 'string' ? command.comment : null },
})

/** Sent back: other terms are dropped, the approved ones stand. */
export const returned = (context: AdmissionContext): Patch => ({ returns: context.returns + 1, otherTerms: null })

/** The bookkeeping of the machine: what each event writes. Pure; nothing here decides. */
export const admissionRecorders: Recorders = {
  open: (_, { command }) => ({
    accountId: command.accountId,
    name: command.name,
    region: command.region,
    creditCode: command.creditCode,
    parentId: command.parentId,
    leadSource: command.leadSource,
    manager: command.manager,
    isCustomer: command.isCustomer,
    currentTier: command.currentTier,
    similar: command.similar,
  }),
  submitRegistration: (context, { command: { type: _, ...registration } }) => ({
    registration,
    creditCode: registration.creditCode ?? context.creditCode,
    report: null,
    score: null,
    exception: null,
  }),
  recommend: (context, event) => {
    const { type: _, ...report } = event.command
    return {
      report,
      terms: report.terms,
      score: event.inputs['score'] as unknown as AdmissionScore,
      exception: null,
      aspects: [],
      ...voidPending(context, 'report', event.at),
      ...withApproval(context, event),
    }
  },
  reviseRegistration: (context) => ({ returns: context.returns + 1 }),
  requestException: (context, event) => {
    const { type: _, ...exception } = event.command
    return { exception, aspects: [], ...withApproval(context, event) }
  },
  concludeScreening: (context, { command, at }) => ended(context, 'screenedOut', command.reason, at),
  assignTeam: (_, { command: { type: __, ...team } }) => ({ team }),
  meetCondition: (context, { command, actor, at }) => settled(context, command.condition, { met: { by: actor.id, at } }),
  waiveCondition: (context, { command, actor, at }) =>
    settled(context, command.condition, { waived: { by: actor.id, at, reason: command.reason } }),
  sign: (context, event) => {
    const { type: _, basis: __, ...contract } = event.command
    return event.inputs['approval'] === undefined
      ? { contract: { ...contract, by: event.actor.id } }
      : { otherTerms: contract.terms, aspects: [], ...withApproval(context, event) }
  },
  withdraw: (context, { command, at }) => ended(context, 'withdrawn', command.reason, at),
  accountBlacklisted: (context, { at }) => ended(context, 'rejected', 'blacklisted', at),
  ...approvalRecorders,
  vote: (context, event) => {
    const { command, actor } = event
    const elector = command.onBehalfOf ?? actor.onBehalfOf ?? actor.id
    const others = context.aspects.filter((a) => a.elector !== elector)
    return {
      aspects: command.aspects === undefined ? others : [...others, { elector, by: actor.id, aspects: command.aspects }],
      ...withApproval(context, event),
    }
  },
  'clock.expiry.breach': (context, { at }) => ended(context, 'expired', null, at),
}
