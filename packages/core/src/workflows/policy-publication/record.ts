import { approvalRecorders, voidPending, withApproval } from '../../definition/approval-machine.ts'
import { timedOut } from '../../definition/approval-steps.ts'
import type { CheckedDraft, PolicyPublicationContext, PolicyPublicationEvent, WhatIfEvidence } from './types.ts'

type Patch = Partial<PolicyPublicationContext>
type EventOf<T extends PolicyPublicationEvent['type']> = Extract<PolicyPublicationEvent, { type: T }>
type Recorders = {
  readonly [T in PolicyPublicationEvent['type']]: (context: PolicyPublicationContext, event: EventOf<T>) => Patch
}

/** The step of an approval; the one that decides also sets the instant from which the version holds. */
const decided = (context: PolicyPublicationContext, event: EventOf<'vote'> | EventOf<'recuse'>): Patch => {
  const { effectiveAt } = event.inputs
  return { ...withApproval(context, event), ...(typeof effectiveAt === 'number' ? { effectiveAt, declined: null } : {}) }
}

/** The bookkeeping of the machine: what each event writes. Pure; nothing here decides. */
export const policyPublicationRecorders: Recorders = {
  open: (_, { command: { policyId, version, title }, actor }) => ({ policyId, version, title, openedBy: actor.id }),
  // Another text: what was voted on and what was tried is not this one.
  check: (context, { inputs, at }) => {
    const draft = inputs['draft'] as unknown as CheckedDraft
    return {
      draft,
      whatIf: context.whatIf?.draft === draft.hash ? context.whatIf : null,
      base: null,
      ...voidPending(context, 'draft', at),
    }
  },
  recordWhatIf: (_, { inputs }) => ({ whatIf: inputs['whatIf'] as unknown as WhatIfEvidence }),
  submit: (context, event) => ({
    base: (event.inputs['base'] as PolicyPublicationContext['base'] | undefined) ?? null,
    ...withApproval(context, event),
  }),
  withdraw: (context, { at }) => ({ effectiveAt: null, ...voidPending(context, 'withdrawn', at) }),
  takeForce: (_, { command }) => ({ since: command.since }),
  supersede: (_, { command }) => ({ until: command.until, supersededBy: command.version }),
  declineSchedule: (_, { command }) => ({ effectiveAt: null, declined: command.because }),
  ...approvalRecorders,
  vote: decided,
  recuse: decided,
  'clock.approvalPolicy.breach': (context, { at }) => {
    const policy = timedOut(context.approvals.policy, at)
    return policy === undefined ? {} : { approvals: { policy } }
  },
}
