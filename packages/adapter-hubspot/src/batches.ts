import { StoreError } from '@ka-governance/core'
import { batchOf, recordOf, type Answer, type BatchAnswer } from './answer.ts'
import type { Call } from './calls.ts'
import type { Change, Changed, Created, HubSpotClient, HubSpotRecord, NewRecord } from './client.ts'
import { apiError, errorOf, meaningOf, unreadable } from './errors.ts'

/** Most inputs of a batch. */
const atOnce = 100
/** Most bytes of a batch's body: HubSpot names no limit, so a batch stays small. */
const bytesAtOnce = 1_000_000

type Ask = (call: Omit<Call, 'bulk'>) => Promise<Answer>

/** Runs of at most `count`, none of them bigger than `bytes` as JSON unless one alone is. */
export function chunksOf<T>(items: readonly T[], count: number, bytes = Number.POSITIVE_INFINITY): readonly (readonly T[])[] {
  const chunks: T[][] = []
  let size = 0
  for (const item of items) {
    const own = Number.isFinite(bytes) ? new TextEncoder().encode(JSON.stringify(item)).length : 0
    const last = chunks.at(-1)
    if (last === undefined || last.length >= count || size + own > bytes) {
      chunks.push([item])
      size = own
    } else {
      last.push(item)
      size += own
    }
  }
  return chunks
}

/**
 * What failed together, in halves, one after the other: whatever is wrong with one of many is met by that one alone in the end, and the others still share their
 * calls.
 */
export async function inHalves<T, R>(items: readonly T[], work: (some: readonly T[]) => Promise<R>): Promise<readonly [R, R]> {
  const half = Math.ceil(items.length / 2)
  return [await work(items.slice(0, half)), await work(items.slice(half))]
}

/** Reasons that lie in the request as a whole, not in one of its records. */
export const forAll = (error: StoreError): boolean => {
  const { status } = error.details
  return error.code === 'throttled' || error.code === 'unavailable' || status === 401 || status === 402 || status === 403
}

const storeError = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error
  throw error
}

/** Writing and reading of many records, and of one that may not be written twice. */
export function createBatches(
  ask: Ask,
  objects: (type: string) => string,
): Pick<HubSpotClient, 'create' | 'createMany' | 'readMany' | 'updateMany' | 'upsertMany'> {
  async function create(type: string, record: NewRecord): Promise<Created> {
    try {
      const answer = await ask({ method: 'POST', path: objects(type), body: inputOf(record), safe: false })
      if (answer.status >= 300) return refusal(apiError(answer))
      const made = recordOf(answer.body)
      return made === null ? { status: 'unknown', error: unreadable('POST', 'no record') } : { status: 'created', record: made }
    } catch (error) {
      return refusal(storeError(error))
    }
  }

  async function createChunk(type: string, records: readonly NewRecord[], key: string): Promise<readonly Created[]> {
    const traceOf = ({ properties }: NewRecord): string => properties[key] ?? ''
    // Without a trace for each the whole batch is refused for one, and says of one only what was wrong with it.
    const inputs = records.map((record) => ({ ...inputOf(record), objectWriteTraceId: traceOf(record) }))
    let batch: BatchAnswer
    try {
      const answer = await ask({ method: 'POST', path: `${objects(type)}/batch/create`, body: { inputs }, safe: false })
      if (answer.status >= 300) throw apiError(answer)
      batch = batchOf(answer)
    } catch (thrown) {
      const error = storeError(thrown)
      const [only] = records
      if (error.code === 'unknown_outcome') return records.map(() => ({ status: 'unknown', error }))
      if (forAll(error)) return records.map(() => ({ status: 'refused', error }))
      return records.length === 1 && only !== undefined ? [refusal(error)] : records.map(() => ({ status: 'withheld', error }))
    }
    const byTrace = new Map(batch.records.flatMap((made) => (made.traceId === null ? [] : [[made.traceId, made] as const])))
    const byKey = new Map(batch.records.map((made) => [made.properties[key] ?? '', made]))
    const errors = errorsByTrace(batch)
    return records.map((record): Created => {
      const trace = traceOf(record)
      const made = byTrace.get(trace) ?? byKey.get(trace)
      if (made !== undefined) return { status: 'created', record: withoutTrace(made) }
      const error = errors.get(trace)
      if (error !== undefined) return refusal(error)
      const untold = errors.get('')
      return untold === undefined
        ? { status: 'unknown', error: unreadable('POST', 'neither a record nor an error for an input') }
        : { status: 'withheld', error: untold }
    })
  }

  async function readChunk(
    type: string,
    ids: readonly string[],
    { idProperty, properties = [], archived }: Parameters<HubSpotClient['readMany']>[2] & object,
  ): Promise<ReadonlyMap<string, HubSpotRecord>> {
    const body = {
      ...(idProperty === undefined ? {} : { idProperty }),
      // Answers come in any order: the value tells which is which.
      properties: [...new Set(idProperty === undefined ? properties : [idProperty, ...properties])],
      propertiesWithHistory: [],
      inputs: ids.map((id) => ({ id })),
    }
    const path = `${objects(type)}/batch/read${archived === true ? '?archived=true' : ''}`
    const answer = await ask({ method: 'POST', path, body, safe: true })
    if (answer.status >= 300) throw apiError(answer)
    const batch = batchOf(answer)
    const failed = batch.errors.map((each) => meaningOf(errorOf(each, answer.status, ids))).find((error) => !absent(error))
    if (failed !== undefined) throw failed
    const found = new Map<string, HubSpotRecord>()
    for (const record of batch.records) {
      const id = idProperty === undefined ? record.id : record.properties[idProperty]
      if (id != null) for (const name of [id.toLowerCase(), id]) found.set(name, withoutTrace(record))
    }
    return found
  }

  /** Whole values: whatever was refused for one of many is sent again in halves, until the one stands alone. */
  async function changeChunk(
    path: string,
    changes: readonly Change[],
    idProperty: string | undefined,
  ): Promise<readonly Changed[]> {
    const inputs = changes.map(({ id, properties }) => ({
      id,
      objectWriteTraceId: id,
      ...(idProperty === undefined ? {} : { idProperty }),
      // An answer shows what was written: its own key tells whose it is.
      properties: idProperty === undefined ? properties : { ...properties, [idProperty]: id },
    }))
    let batch: BatchAnswer
    try {
      const answer = await ask({ method: 'POST', path, body: { inputs }, safe: true })
      if (answer.status >= 300) throw apiError(answer)
      batch = batchOf(answer)
    } catch (thrown) {
      const error = storeError(thrown)
      if (changes.length === 1 || forAll(error)) return changes.map(() => ({ status: 'refused', error }))
      return (await inHalves(changes, (some) => changeChunk(path, some, idProperty))).flat()
    }
    const byId = new Map<string, BatchAnswer['records'][number]>()
    for (const record of batch.records)
      for (const name of [idProperty === undefined ? record.id : record.properties[idProperty], record.traceId])
        if (name != null) byId.set(name, record)
    const errors = errorsByTrace(batch)
    // One alone needs no telling apart: a merged record answers under the id of what it went into.
    const alone = changes.length === 1 && batch.records.length === 1 && idProperty === undefined ? batch.records[0] : undefined
    // Of several that share an answer nobody says which went into the other.
    const told = new Set(changes.flatMap(({ id }) => byId.get(id)?.id ?? []))
    const untold = idProperty === undefined && batch.records.length > told.size ? merged : unanswered
    return changes.map(({ id }): Changed => {
      const record = byId.get(id) ?? byId.get(id.toLowerCase()) ?? alone
      if (record !== undefined) return { status: 'written', record: withoutTrace(record), isNew: record.isNew }
      return { status: 'refused', error: errors.get(id) ?? errors.get('') ?? untold }
    })
  }

  const changeAll = (path: string, changes: readonly Change[], idProperty: string | undefined): Promise<readonly Changed[]> =>
    inRounds(
      changes,
      ({ id }) => id,
      (some) => changeChunk(path, some, idProperty),
    )

  return {
    create,

    createMany: (type, records, key) =>
      inRounds(
        records,
        ({ properties }) => properties[key] ?? '',
        (some) => createChunk(type, some, key),
      ),

    readMany: async (type, ids, options = {}) => {
      const chunks = chunksOf([...new Set(ids)], atOnce)
      const found = await Promise.all(chunks.map((chunk) => readChunk(type, chunk, options)))
      const all = new Map(found.flatMap((each) => [...each]))
      return ids.map((id) => all.get(id) ?? all.get(id.toLowerCase()) ?? null)
    },

    updateMany: (type, changes, { idProperty } = {}) => changeAll(`${objects(type)}/batch/update`, changes, idProperty),
    upsertMany: (type, changes, idProperty) => changeAll(`${objects(type)}/batch/upsert`, changes, idProperty),
  }
}

/**
 * What `work` makes of each item, in order of the items. The same key twice in one batch is refused, or told apart by nobody: the later one goes into a later
 * batch.
 */
async function inRounds<T, R>(
  items: readonly T[],
  keyOf: (item: T) => string,
  work: (some: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const answers = new Map<number, R>()
  for (let open = items.map((item, at) => ({ item, at })); open.length > 0;) {
    const seen = new Set<string>()
    const now: typeof open = []
    const later: typeof open = []
    for (const each of open) {
      const key = keyOf(each.item)
      ;(seen.has(key) ? later : now).push(each)
      seen.add(key)
    }
    const runs = chunksOf(now, atOnce, bytesAtOnce).map(async (some) => {
      for (const [k, answer] of (await work(some.map(({ item }) => item))).entries()) answers.set(some[k]?.at ?? -1, answer)
    })
    await Promise.all(runs)
    open = later
  }
  return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer)
}

/** A record as HubSpot takes it. */
const inputOf = ({ properties, associations = [] }: NewRecord): object => ({
  properties,
  associations: associations.map(({ to, typeId, category }) => ({
    to: { id: to },
    types: [{ associationCategory: category, associationTypeId: typeId }],
  })),
})

const merged = new StoreError('corrupt_record', 'OBJECT_NOT_FOUND: the record went into another one', {
  details: { hubspot: 'OBJECT_NOT_FOUND', category: 'OBJECT_NOT_FOUND' },
  actions: ['Work with the record that it went into.'],
})

const unanswered = new StoreError('unavailable', 'HubSpot said nothing of one of the records', { actions: ['Send it again.'] })

const absent = (error: StoreError): boolean => error.details['category'] === 'OBJECT_NOT_FOUND'

/** What a create's error says of its record. */
function refusal(error: StoreError): Created {
  if (error.code === 'unknown_outcome') return { status: 'unknown', error }
  const { holder, properties, codes } = error.details
  const taken =
    Array.isArray(codes) && codes.some((code) => code === 'CONFLICTING_UNIQUE_VALUE' || code === 'UNIQUE_VALUE_CONFLICT')
  if (!taken) return { status: 'refused', error }
  const property: unknown = Array.isArray(properties) ? properties[0] : null
  return {
    status: 'taken',
    property: typeof property === 'string' ? property : null,
    holder: typeof holder === 'string' ? holder : null,
    error,
  }
}

/** Errors of a batch by the traces of their inputs; under the empty trace one that names none. */
function errorsByTrace({ errors }: BatchAnswer): ReadonlyMap<string, StoreError> {
  const found = new Map<string, StoreError>()
  for (const body of errors) {
    const context = (body['context'] ?? {}) as {
      readonly objectWriteTraceId?: unknown
      readonly ids?: unknown
      readonly id?: unknown
    }
    const traces = [context.objectWriteTraceId, context.ids, context.id]
      .flatMap((each) => (Array.isArray(each) ? (each as unknown[]) : [each]))
      .filter((each): each is string => typeof each === 'string')
    const error = meaningOf(errorOf(body, 207, traces))
    for (const trace of traces.length === 0 ? [''] : traces) found.set(trace, error)
  }
  return found
}

function withoutTrace(record: BatchAnswer['records'][number]): HubSpotRecord {
  const { id, properties, createdAt, updatedAt, archived, associations } = record
  return { id, properties, createdAt, updatedAt, archived, associations }
}
