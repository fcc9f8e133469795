import type { Approval } from '../approvals/index.ts'
import type { Policy } from '../policy/index.ts'
import type { ClockSpec } from './define-workflow.ts'

/** The clock of an approval's open stage [I-17]: the stage's own time-out. It tells whom the stage names, else `otherwise`, and never decides. */
export function stageTimeout<Context extends { readonly approvals: { readonly [name: string]: Approval | undefined } }>(
  name: keyof Context['approvals'] & string,
  otherwise: string,
): ClockSpec<Context> {
  const openStage = (context: Context) => context.approvals[name]?.stages.find((stage) => stage.status === 'open')
  return {
    clause: 'I-17',
    parameter: `approval.${name}`,
    budget: (_: Policy, context) => {
      const approval = context.approvals[name]
      const open = approval?.decision === null ? openStage(context) : undefined
      return approval?.scheme.stages.find((stage) => stage.id === open?.id)?.timeout ?? null
    },
    pausable: false,
    notify: (_: Policy, context) => openStage(context)?.escalateTo ?? otherwise,
  }
}
