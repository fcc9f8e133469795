import { decodeStored } from './instance.ts'
import { projectionOf } from './projection-of.ts'
import { definitionOf, type Runtime } from './runtime.ts'

/** What `reindex` did. */
export interface Reindexed {
  /** Instances looked at: open ones, and closed ones that still owe something. */
  readonly instances: number
  /** Projections that changed. */
  readonly changed: number
  /** Ids of instances whose record an admin's rule refuses; the instances themselves are well. */
  readonly blocked: readonly string[]
}

/**
 * Writes the projections of instances with open clocks anew: after new holidays were published, and to repair records that were edited or blocked. The journal is
 * the truth; nothing in it changes.
 */
export async function reindex(runtime: Runtime): Promise<Reindexed> {
  let instances = 0
  let changed = 0
  const blocked: string[] = []
  for await (const shown of runtime.store.find({})) {
    // Closed ones can still owe something: an archived complaint the check of its prevention.
    if (!shown.open && shown.nextDueAt === null) continue
    const stored = await runtime.store.load(shown.instanceId)
    if (stored === null) continue
    instances += 1
    const loaded = decodeStored(stored, definitionOf(stored.kind), runtime.host.sha256, runtime.snapshots)
    const wanted = await projectionOf(runtime, loaded)
    if (
      // A record that was refused stands behind its head, however the head's own row looks.
      stored.shownSeq === loaded.head.seq &&
      wanted.seq === shown.seq &&
      wanted.nextDueAt === shown.nextDueAt &&
      wanted.provisionalDue === shown.provisionalDue &&
      wanted.state === shown.state
    )
      continue
    const outcome = await runtime.store.project(wanted)
    if (outcome === 'written') changed += 1
    if (outcome === 'blocked') blocked.push(shown.instanceId)
  }
  return { instances, changed, blocked }
}
