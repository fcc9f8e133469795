import { entryKey, pairKey } from '@ka-governance/core'
import type { MemoryDump } from './dump.ts'
import type { EventRow, InstanceRow } from './schema.ts'

/** Adds a finding; `remedy` when the usual one does not fit. */
export type AddFinding = (path: string, code: string, message: string, remedy?: string) => void

const remedy = 'restore the rows from a backup'

/** What a head must agree with. */
interface Ending {
  readonly hash: unknown
  readonly snapshotHash: unknown
}

function endingOf(row: EventRow | undefined): Ending | null {
  if (row === undefined) return null
  try {
    const { hash, snapshotHash } = (JSON.parse(row.entry) ?? {}) as Partial<Ending>
    return { hash, snapshotHash }
  } catch {
    return null
  }
}

/**
 * Whether journals and heads belong together: every entry has its instance, every instance all entries up to its head and none behind it, every effect and every personal document its entry. The port leads from
 * instances to entries only, so that an entry without an instance is seen by nobody else.
 */
export function checkJournals({ events, instances, effects, documents }: MemoryDump['tables'], add: AddFinding): void {
  const heads = new Map<string, InstanceRow>(instances.map((row) => [row.instanceId, row]))
  const entries = new Map<string, EventRow>(events.map((row) => [row.key, row]))
  for (const [index, { instanceId, seq, key }] of events.entries()) {
    const place = `tables.events[${String(index)}]`
    const head = heads.get(instanceId)
    if (head === undefined) add(place, 'corrupt_record', `the entry ${key} has no instance`, remedy)
    else if (seq > head.seq || seq < 1 || !Number.isInteger(seq))
      add(place, 'corrupt_record', `the entry ${key} is not one of the ${String(head.seq)} that its instance has`, remedy)
  }
  for (const [index, head] of instances.entries()) {
    const place = `tables.instances[${String(index)}]`
    const missing = firstMissing(head, entries)
    if (missing !== null) {
      add(place, 'corrupt_record', `the entry ${entryKey(head.instanceId, missing)} of the instance is missing`, remedy)
      continue
    }
    const ending = endingOf(entries.get(entryKey(head.instanceId, head.seq)))
    if (ending?.hash !== head.hash || ending.snapshotHash !== head.snapshotHash)
      add(place, 'corrupt_record', `the head of ${head.instanceId} is not its last entry`, remedy)
  }
  for (const [index, { instanceId, effectId, eventKey }] of effects.entries())
    if (entries.get(eventKey)?.instanceId !== instanceId)
      add(
        `tables.effects[${String(index)}]`,
        'corrupt_record',
        `the effect ${pairKey(instanceId, effectId)} has no entry of its instance`,
        remedy,
      )
  // A personal text that no entry leads to would be erased by nobody.
  for (const [index, { instanceId, documentId, seq }] of documents.entries())
    if (!Number.isInteger(seq) || seq < 1 || !entries.has(entryKey(instanceId, seq)))
      add(
        `tables.documents[${String(index)}]`,
        'corrupt_record',
        `the personal document ${pairKey(instanceId, documentId)} has no entry of its instance`,
        remedy,
      )
}

/** A head says how many entries there are: a number beyond every journal ends at the first that is not there. */
function firstMissing({ instanceId, seq }: InstanceRow, entries: ReadonlyMap<string, EventRow>): number | null {
  for (let at = 1; at <= seq; at += 1) if (!entries.has(entryKey(instanceId, at))) return at
  return Number.isInteger(seq) && seq >= 1 ? null : 1
}
