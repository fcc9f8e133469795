// A journal in memory, as a host would keep it in a database with unique indexes.
import { StoreError, type JournalEntry, type PersonalDocument, type Projection } from '@ka-governance/core'
import type { Disturbance, RawWitness } from '@ka-governance/core/conformance'
import type { JournalPort, KeptCondition, KeptRecord, KeptType, Values } from '@ka-governance/adapter-hubspot'

export interface MemoryJournal extends JournalPort {
  /** What the next call meets; `null`: nothing. */
  disturb(kind: Disturbance | null): void
  readonly disturbance: () => Disturbance | null
  readonly rows: (type: KeptType) => readonly KeptRecord[]
  /** Calls so far. */
  readonly calls: () => number
}

/** @param now epoch milliseconds */
export function createMemoryJournal(now: () => number): MemoryJournal {
  const tables = new Map<KeptType, Map<string, KeptRecord>>()
  let counter = 0
  let calls = 0
  let played: Disturbance | null = null
  const table = (type: KeptType): Map<string, KeptRecord> => {
    const found = tables.get(type) ?? new Map<string, KeptRecord>()
    tables.set(type, found)
    return found
  }
  const put = (type: KeptType, properties: Values): KeptRecord => {
    counter += 1
    const record = { id: String(counter), createdAt: now(), properties: { ...properties } }
    table(type).set(record.id, record)
    return record
  }
  const copy = (record: KeptRecord): KeptRecord => ({ ...record, properties: { ...record.properties } })
  const find = (type: KeptType, by: string, value: string): KeptRecord | undefined =>
    by === 'id' ? table(type).get(value) : [...table(type).values()].find(({ properties }) => properties[by] === value)

  /** Callers take turns, as they do at a database; what goes wrong does so before or after the work. */
  async function turn<T>(work: () => T): Promise<T> {
    calls += 1
    await new Promise((resolve) => setImmediate(resolve))
    const kind = played
    played = null
    if (kind === 'outage') throw new StoreError('unavailable', 'the database is away')
    if (kind === 'lostRequest') throw new Error('connection lost')
    const answer = work()
    if (kind === 'lostAnswer') throw new Error('connection lost')
    return answer
  }

  return {
    isConsistent: true,
    disturb: (kind) => {
      played = kind
    },
    disturbance: () => played,
    rows: (type) => [...table(type).values()],
    calls: () => calls,

    append: (type, records, unique) =>
      turn(() =>
        records.map((properties) => {
          const isTaken = unique.some(
            (name) => properties[name] !== undefined && find(type, name, properties[name]) !== undefined,
          )
          if (!isTaken) put(type, properties)
          return isTaken ? 'taken' : 'appended'
        }),
      ),
    read: (type, by, values) =>
      turn(() =>
        values.map((value) => {
          const record = find(type, by, value)
          return record === undefined ? null : copy(record)
        }),
      ),
    write: (type, by, changes, makes) =>
      turn(() =>
        changes.map(({ value, properties }) => {
          const before = find(type, by, value)
          if (before === undefined) return makes ? copy(put(type, { ...properties, [by]: value })) : null
          const after = { ...before, properties: { ...before.properties, ...properties } }
          table(type).set(before.id, after)
          return copy(after)
        }),
      ),
    list: (type, { where, by, limit, offset }) =>
      turn(() => {
        const valueOf = (record: KeptRecord, property: string): string =>
          property === 'id' ? record.id : (record.properties[property] ?? '')
        const order = (a: KeptRecord, b: KeptRecord): number =>
          (by === null ? 0 : compare(valueOf(a, by.property), valueOf(b, by.property), by.isNumber)) ||
          Number(a.id) - Number(b.id)
        return [...table(type).values()]
          .filter((record) => where.every((condition) => fulfils(valueOf(record, condition.property), condition)))
          .sort(order)
          .slice(offset, offset + limit)
          .map(copy)
      }),
    erase: (type, id) => turn(() => table(type).delete(id)),
  }
}

function compare(a: string, b: string, isNumber: boolean): number {
  if (isNumber) return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}

function fulfils(value: string, { is, values, isNumber }: KeptCondition): boolean {
  if (value === '') return false
  const [against = ''] = values
  if (is === 'in') return values.includes(value.toLowerCase())
  const order = compare(value, against, isNumber)
  return is === '=' ? order === 0 : is === '<=' ? order <= 0 : is === '>=' ? order >= 0 : order > 0
}

/** Reads the rows by itself. */
export function journalWitness({ rows }: MemoryJournal): RawWitness {
  const whole = ({ properties }: KeptRecord, name: string): string => {
    const parts = [name, `${name}_2`].map((each) => properties[each] ?? '').filter((each) => each !== '')
    return parts.map((part, k) => part.slice(k === 0 ? 0 : 1, k === parts.length - 1 ? undefined : -1)).join('')
  }
  const one = (type: KeptType, key: string, value: string, name: string): unknown => {
    const row = rows(type).find(({ properties }) => properties[key] === value)
    return row === undefined ? null : JSON.parse(whole(row, name))
  }
  const of = (type: KeptType, instanceId: string) =>
    rows(type).filter(({ properties }) => properties['kag_instance_id'] === instanceId)
  return {
    event: (key) => one('event', 'kag_event_key', key, 'kag_entry') as JournalEntry | null,
    projection: (instanceId) => one('case', 'kag_instance_id', instanceId, 'kag_projection') as Projection | null,
    countEvents: (instanceId) => of('event', instanceId).length,
    documents: (instanceId) =>
      of('document', instanceId).map((row) => JSON.parse(whole(row, 'kag_document')) as PersonalDocument),
  }
}
