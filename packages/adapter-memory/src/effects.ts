import {
  corruptRecord,
  journalTruncated,
  pairKey,
  type GovernanceStore,
  type JournalEntry,
  type PendingEffect,
} from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import { translated } from './errors.ts'
import { toEntry } from './mapping.ts'
import type { EffectRow } from './schema.ts'

/** The outbox: rows say only what is outstanding, the effects themselves are read from their entries. */
export function createEffectStore(client: MemoryClient): GovernanceStore['effects'] {
  function read(rows: Iterable<EffectRow>, limit: number): (PendingEffect & { reason: string })[] {
    const found: (PendingEffect & { reason: string })[] = []
    let entry: JournalEntry | undefined
    for (const row of rows) {
      if (found.length >= limit) break
      // Effects of one entry stand side by side: the text is parsed once.
      if (entry?.key !== row.eventKey) entry = entryOf(row)
      found.push(toPendingEffect(row, entry))
    }
    return found
  }

  function entryOf(row: EffectRow): JournalEntry {
    const event = client.table('events').get(row.eventKey)
    if (event === undefined) throw journalTruncated(row.eventKey)
    return toEntry(event)
  }

  const rowOf = (instanceId: string, effectId: string): EffectRow | undefined =>
    client.table('effects').get(pairKey(instanceId, effectId))

  return {
    pending: async ({ limit, instanceId, types, at }) =>
      translated(() => {
        const effects = client.table('effects')
        const wanted = (row: EffectRow): boolean => types?.includes(row.type) ?? true
        const ripe = (row: EffectRow): boolean => at === undefined || row.retryAt === null || row.retryAt <= at
        const rows =
          instanceId !== undefined
            ? pendingOf([...effects.group('instance', instanceId)].filter(wanted))
            : types === undefined
              ? effects.from('pending', () => true)
              : pendingOf([...new Set(types)].flatMap((type) => [...effects.group('type', type)]))
        return read(only(rows, ripe), limit).map(({ reason: _, ...pending }) => pending)
      }),

    ack: async (instanceId, effectId) =>
      translated(() => {
        const row = rowOf(instanceId, effectId)
        if (row !== undefined) client.table('effects').remove(row)
      }),

    fail: async (instanceId, effectId, reason, dead, { retryAt = null } = {}) =>
      translated(() => {
        const row = rowOf(instanceId, effectId)
        if (row === undefined) return
        // A late failure of another worker does not bring a dead effect back.
        const deadReason = dead ? reason : row.deadReason
        client.table('effects').update(row, { attempts: row.attempts + 1, deadReason, retryAt })
      }),

    dead: async ({ limit, types }) =>
      translated(() => {
        const rows = client.table('effects').from('dead', () => true)
        return read(
          only(rows, (row) => types?.includes(row.type) ?? true),
          limit,
        )
      }),

    revive: async (instanceId, effectId) =>
      translated(() => {
        const row = rowOf(instanceId, effectId)
        if (row === undefined || row.deadReason === null) return false
        client.table('effects').update(row, { attempts: 0, deadReason: null, retryAt: null })
        return true
      }),
  }
}

function* only(rows: Iterable<EffectRow>, wanted: (row: EffectRow) => boolean): Generator<EffectRow> {
  for (const row of rows) if (wanted(row)) yield row
}

function pendingOf(rows: Iterable<EffectRow>): EffectRow[] {
  return [...rows].filter((row) => row.deadReason === null).sort((a, b) => a.ordinal - b.ordinal)
}

function toPendingEffect(row: EffectRow, entry: JournalEntry): PendingEffect & { reason: string } {
  const effect = entry.effects[row.position]
  if (effect === undefined) throw corruptRecord('events', row.eventKey)
  const { instanceId, kind, seq, at } = entry
  return { instanceId, kind, seq, at, effect, attempts: row.attempts, retryAt: row.retryAt, reason: row.deadReason ?? '' }
}
