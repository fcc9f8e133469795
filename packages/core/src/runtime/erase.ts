import { isGovernanceError, sealedDocumentsIn } from '../errors/index.ts'
import type { Inputs } from '../definition/define-workflow.ts'
import type { JournalEntry } from '../ports/index.ts'
import { documentsErasedBy, eraseEffect } from './common-steps.ts'
import type { Runtime } from './runtime.ts'

/**
 * Carries out the erasure that an entry ordered: the documents that it lists, and those that stand for nothing. The latter are left by commits that did not
 * land, on stores that write documents first, and may say the same as an erased one. A document of a later entry may still be on its way and stays.
 */
export async function eraseOrdered(runtime: Pick<Runtime, 'store'>, instanceId: string, seq: number): Promise<void> {
  const { store } = runtime
  const named = new Set<string>()
  let order: JournalEntry | null = null
  for await (const entry of store.history(instanceId)) {
    if (entry.seq > seq) break
    for (const id of sealedDocumentsIn(entry.command)) named.add(id)
    order = entry
  }
  if (order?.seq !== seq) return
  const ordered = documentsErasedBy((order.inputs[0] ?? {}) as Inputs)
  const stray = (await store.personal.read(instanceId)).filter((d) => d.seq <= seq && !named.has(d.documentId))
  await store.personal.erase(instanceId, [...new Set([...ordered, ...stray.map((d) => d.documentId)])])
}

/**
 * Erases right behind the commit. The command has succeeded whatever becomes of it here: the order stands in the journal as an effect, and the next sweep
 * carries out what a failing store or a crash left.
 */
export async function eraseAtOnce(runtime: Pick<Runtime, 'store'>, entry: JournalEntry): Promise<void> {
  for (const effect of entry.effects.filter(({ type }) => type === eraseEffect))
    try {
      await eraseOrdered(runtime, entry.instanceId, entry.seq)
      await runtime.store.effects.ack(entry.instanceId, effect.id)
    } catch (error) {
      if (!isGovernanceError(error)) throw error
    }
}
