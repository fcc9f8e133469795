import { voidApproval, type Approval } from '../approvals/index.ts'
import { notify } from './actions.ts'
import type { ApprovalStep } from './approval-steps.ts'
import type { Inputs } from './define-workflow.ts'

interface WithInputs {
  readonly inputs: Inputs
}
interface Step {
  readonly name?: string
  readonly outcome?: ApprovalStep
}

/** What the step did to an approval, as `prepare` recorded it; `null`: it touched none. */
export const approvalStepOf = ({ inputs }: WithInputs): Step | null => (inputs['approval'] as Step | undefined) ?? null

/** Guard of every machine with approvals: the step brought this approval to this outcome. */
export const isApproval = (
  { event }: { readonly event: WithInputs },
  wanted: { readonly name: string; readonly outcome: ApprovalStep },
): boolean => {
  const step = approvalStepOf(event)
  return step?.name === wanted.name && step.outcome === wanted.outcome
}

/** The guard as a branch names it: `approvalIs('review', 'approved')`. */
export const approvalIs = <Name extends string>(name: Name, outcome: ApprovalStep) =>
  ({ type: 'isApproval', params: { name, outcome } }) as const

export const askApprovers = notify('approvalAsked', 'electors')

/** Messages of {@link tellCopied}, by outcome. */
export const copyOf = { approved: 'copyOfApproval', rejected: 'copyOfRejection', sentBack: 'copyOfReturn' } as const

/**
 * The roles that the scheme sends a copy (抄送) of each decision, and what was decided [I-17]. It finds the approval by the step, so that it stands in every
 * branch that a decision can lead to; where the step has decided none, nobody is told.
 */
export const tellCopied = {
  type: 'notify',
  params: ({ context, event }: { readonly context: { readonly approvals: Approvals }; readonly event: WithInputs }) => {
    const step = approvalStepOf(event)
    const { name = '', outcome } = step ?? {}
    const message = outcome !== undefined && Object.hasOwn(copyOf, outcome) ? copyOf[outcome as keyof typeof copyOf] : null
    return {
      to: message === null ? [] : (context.approvals[name]?.scheme.copy ?? []),
      message: message ?? copyOf.approved,
      data: { approval: name },
    }
  },
} as const

/** What changes an approval and decides nothing; `vote` and `recuse` branch, and stand in the machine. */
export const onApproval = {
  addApprover: { actions: ['record', askApprovers] },
  transferVote: { actions: ['record', askApprovers] },
  copyTo: { actions: ['record', notify('approvalCopied', 'copied')] },
  replaceElector: { actions: ['record', askApprovers] },
  giveOpinion: { actions: 'record' },
} as const

type Approvals = { readonly [name: string]: Approval | undefined }

/** Writes the approval that the step opened or changed, and those that its outcome opened, into the context. */
export function withApproval<Names extends Approvals>(
  context: { readonly approvals: Names },
  event: WithInputs,
): { readonly approvals?: Names } {
  const after = event.inputs['approval'] as { name: string; state: Approval; next?: Approvals } | undefined
  return after === undefined ? {} : { approvals: { ...context.approvals, [after.name]: after.state, ...after.next } }
}

/** Approvals that nobody decided lose their object: the material that asked for them is another, or nothing needs it any more. */
export function voidPending<Names extends Approvals>(
  { approvals }: { readonly approvals: Names },
  reason: string,
  at: number,
): { readonly approvals: Names } {
  const voided = Object.entries(approvals).map(([name, approval]) => {
    const result = approval?.decision === null && approval.voided === null ? voidApproval(approval, reason, at) : null
    return [name, result?.ok === true ? result.approval : approval]
  })
  return { approvals: Object.fromEntries(voided) as Names }
}

/** Recorders of the commands of every approval. */
export const approvalRecorders = {
  vote: withApproval,
  addApprover: withApproval,
  transferVote: withApproval,
  copyTo: withApproval,
  recuse: withApproval,
  replaceElector: withApproval,
  giveOpinion: withApproval,
} as const
