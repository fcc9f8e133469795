import type { Baseline } from '../../baselines/index.ts'
import { approvalRecorders, approvalStepOf, withApproval } from '../../definition/approval-machine.ts'
import { timedOut } from '../../definition/approval-steps.ts'
import type { Assessment, Measured, ProjectChangeContext, ProjectChangeEvent, RollbackReason } from './types.ts'

type Patch = Partial<ProjectChangeContext>
type EventOf<T extends ProjectChangeEvent['type']> = Extract<ProjectChangeEvent, { type: T }>
type Recorders = {
  readonly [T in ProjectChangeEvent['type']]: (context: ProjectChangeContext, event: EventOf<T>) => Patch
}

const nothing = (): Patch => ({})
const measuredOf = ({ inputs }: ProjectChangeEvent): Measured | null =>
  (inputs['measured'] as unknown as Measured | undefined) ?? null

/** Other content, or another baseline under it: whatever was assessed, approved or consented to has lost its object. */
const measuredAnew = (event: ProjectChangeEvent): Patch => ({
  measured: measuredOf(event),
  assessments: [],
  consent: null,
  ...withApproval({ approvals: {} }, event),
  ...(approvalStepOf(event) === null ? { approvals: {} } : {}),
})

/** The assessments with one of them new: a dimension has one, the last. */
export const assessedWith = (
  { assessments }: Pick<ProjectChangeContext, 'assessments'>,
  assessment: Assessment,
): readonly Assessment[] => [...assessments.filter((a) => a.dimension !== assessment.dimension), assessment]

export const assessmentOf = ({ command, actor, at }: Pick<EventOf<'assess'>, 'command' | 'actor' | 'at'>): Assessment => ({
  dimension: command.dimension,
  impact: command.impact,
  magnitude: command.magnitude,
  by: actor.id,
  at,
})

const timeOutOf =
  (name: keyof ProjectChangeContext['approvals']) =>
  ({ approvals }: ProjectChangeContext, { at }: { readonly at: number }): Patch => {
    const approval = timedOut(approvals[name], at)
    return approval === undefined ? {} : { approvals: { ...approvals, [name]: approval } }
  }

/** An implemented change goes back; of an emergency that is a breach, which stays on record whatever becomes of it. */
export const rollBack = (context: ProjectChangeContext, because: RollbackReason): Patch => ({
  rollback: { because, attempts: 1, failed: null },
  breach: because === 'verificationFailed' ? context.breach : because,
})

/** The bookkeeping of the machine: what each event writes. Pure; nothing here decides. */
export const projectChangeRecorders: Recorders = {
  open: (_, { command, actor }) => ({
    accountId: command.accountId,
    projectId: command.projectId,
    title: command.title,
    applicant: actor.onBehalfOf ?? actor.id,
  }),
  openChangeBack: (_, event) => ({
    accountId: event.command.accountId,
    projectId: event.command.projectId,
    title: event.command.title,
    of: event.command.of,
    departments: event.command.departments,
    content: (event.inputs['content'] as unknown as Baseline | undefined) ?? null,
    measured: measuredOf(event),
  }),
  apply: (_, event) => ({
    applicant: event.actor.onBehalfOf ?? event.actor.id,
    reason: event.command.reason,
    departments: event.command.departments,
    emergency: event.command.emergency ?? null,
    content: event.command.content,
    ...measuredAnew(event),
  }),
  amend: (_, event) => ({
    reason: event.command.reason,
    departments: event.command.departments,
    content: event.command.content,
    ...measuredAnew(event),
  }),
  reassess: (context, event) => ({
    content: (event.inputs['content'] as unknown as Baseline | undefined) ?? context.content,
    ...measuredAnew(event),
  }),
  assess: (context, event) => ({
    assessments: assessedWith(context, assessmentOf(event)),
    ...withApproval(context, event),
  }),
  consent: (_, { command, actor, at }) => ({
    consent: { givenBy: command.givenBy, statement: command.statement ?? null, by: actor.id, at },
  }),
  refuseConsent: nothing,
  implement: nothing,
  confirmImplementation: (_, { command }) => ({ appliedVersion: command.version }),
  declineImplementation: nothing,
  verify: (_, { command, actor, at }) => ({
    verification: { ok: command.ok, findings: command.findings, by: actor.id, at },
  }),
  withdraw: nothing,
  supersede: (_, { command }) => ({ supersededBy: command.by }),
  changedBack: nothing,
  changeBackFailed: ({ rollback }, { command }) =>
    rollback === null ? {} : { rollback: { ...rollback, failed: { by: command.by, outcome: command.outcome } } },
  // A request to leave it as it is has lost its object.
  retryRollback: ({ rollback }) =>
    rollback === null ? {} : { rollback: { ...rollback, attempts: rollback.attempts + 1, failed: null }, approvals: {} },
  acceptAsIs: withApproval,
  ...approvalRecorders,
  'clock.changeExpiry.breach': nothing,
  'clock.ratification.breach': nothing,
  'clock.approvalChange.breach': timeOutOf('change'),
  'clock.approvalEmergency.breach': timeOutOf('emergency'),
  'clock.approvalRatification.breach': timeOutOf('ratification'),
  'clock.approvalAcceptance.breach': timeOutOf('acceptance'),
}
