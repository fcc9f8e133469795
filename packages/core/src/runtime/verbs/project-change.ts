import { projectLedgerId } from '../../definition/instance-id.ts'
import type { ProjectChangeCommandInput } from '../../workflows/project-change/commands.ts'
import type { ProjectChangeContext } from '../../workflows/project-change/types.ts'
import { knownText } from '../known-input.ts'
import type { Result } from '../perform.ts'
import { loadInstance, openedId } from '../plan.ts'
import type { Runtime } from '../runtime.ts'
import type { Command, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** What only the ledger and other changes send. */
type FollowUp = 'openChangeBack' | 'confirmImplementation' | 'declineImplementation' | 'changedBack' | 'changeBackFailed'

/** Verbs of project changes [CHG]. */
export type ProjectChangeVerbs = WorkflowApi<Command<ProjectChangeCommandInput, 'open' | FollowUp>, ProjectChangeContext> & {
  /** Opens a change of an active project, for its leader and team; what shall change is said by `apply`. The same idempotency key again finds the first one [CHG-01]. */
  readonly open: (form: { readonly projectId: string; readonly title: string }, options: SendOptions) => Promise<Result>
}

export const projectChangeVerbs = ({ runtime, api, key, request, perform }: Verbs): ProjectChangeVerbs => ({
  ...api('project-change'),
  open: async (form, o) => {
    const projectId = knownText('projectId', (form as Partial<typeof form> | undefined)?.projectId)
    const idempotencyKey = key(o.idempotencyKey)
    const id = openedId('project-change', idempotencyKey, runtime)
    const accountId = await accountOf(runtime, id, projectId, idempotencyKey)
    return perform(request('project-change', id, { ...form, type: 'open', accountId }, { ...o, idempotencyKey }))
  },
})

/** The customer whose project it is. A repeated request is the same one, though the project may have moved to another account since. */
async function accountOf(runtime: Runtime, id: string, projectId: string, idempotencyKey: string): Promise<string> {
  const earlier = await runtime.store.entryByKey(id, idempotencyKey)
  const first = (earlier?.command as { readonly accountId?: unknown } | undefined)?.accountId
  if (typeof first === 'string') return first
  const ledger = await loadInstance(runtime, 'project', projectLedgerId(projectId))
  // Of a project that nobody knows the customer is not known either; the command is refused for that.
  return ledger?.instance.accountId ?? projectId
}
