import { GovernanceError } from '../errors/index.ts'
import type { Refused } from './perform.ts'
import { planCommand, type Request } from './plan.ts'
import type { Runtime } from './runtime.ts'
import type { Preview } from './workflow-api.ts'

/** What a command would do: planned to the end, not committed. */
export async function preview(runtime: Runtime, request: Request): Promise<Preview | Refused> {
  const plan = await planCommand(runtime, request, runtime.host.clock())
  if (!plan.ok)
    return { ok: false, id: request.id, state: plan.state, refusals: plan.refusals, idempotencyKey: request.idempotencyKey }
  const root = plan.planned[0]
  if (!root) throw new GovernanceError('internal', 'a command plans an entry')
  return {
    ok: true,
    from: root.commit.entry.from,
    to: root.commit.entry.to,
    entries: [...plan.backlog, ...plan.planned].map((p) => p.commit.entry),
    nextDueAt: root.commit.projection.nextDueAt,
  }
}
