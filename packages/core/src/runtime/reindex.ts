import type { Projection } from '../ports/index.ts'
import { decodeStored } from './instance.ts'
import { loadAll, pagesOf } from './load-all.ts'
import { projectionOf } from './projection-of.ts'
import { definitionOf, type Runtime } from './runtime.ts'

/** What `reindex` did. */
export interface Reindexed {
  /** Instances looked at: open ones, closed ones that still owe something, and those whose record stands behind. */
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
  for await (const page of pagesOf(runtime.store.find({}))) {
    const heads = await loadAll(runtime.store, page)
    for (const [k, shown] of page.entries()) {
      const stored = heads[k] ?? null
      if (stored === null) continue
      // A record that was refused stands behind its head, however the head's own row looks.
      const isBehind = stored.shownSeq !== stored.head.seq
      // Closed ones can still owe something: an archived complaint the check of its prevention.
      if (!isBehind && !shown.open && shown.nextDueAt === null) continue
      instances += 1
      const loaded = decodeStored(stored, definitionOf(stored.kind), runtime.host.sha256, runtime.snapshots)
      const wanted = await projectionOf(runtime, loaded)
      if (!isBehind && same(wanted, shown)) continue
      const outcome = await runtime.store.project(wanted)
      if (outcome === 'written') changed += 1
      if (outcome === 'blocked') blocked.push(shown.instanceId)
    }
  }
  return { instances, changed, blocked }
}

const same = (wanted: Projection, shown: Projection): boolean =>
  wanted.seq === shown.seq &&
  wanted.nextDueAt === shown.nextDueAt &&
  wanted.provisionalDue === shown.provisionalDue &&
  wanted.state === shown.state
