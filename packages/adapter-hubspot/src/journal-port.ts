// For portals without custom objects: what nobody looks at is kept by the host, what people see stays on tickets, companies and deals.
import { StoreError } from '@ka-governance/core'
import type { Change, Changed, Created, HubSpotRecord, Search, SearchFilter, Values } from './client.ts'
import { objects, recordId, type Names, type ObjectName } from './schema.ts'
import type { OwnRecords } from './tools.ts'

/** What is kept: entries of journals, cases with the due index, effects, personal texts, policies, commands of the inbox. */
export type KeptType = ObjectName

/** A record as the host keeps it. */
export interface KeptRecord {
  /** The host's own, unique in its type, and rising: a number as text. */
  readonly id: string
  /** Epoch milliseconds by the host's clock. */
  readonly createdAt: number
  readonly properties: Values
}

/** A condition: all of a question's hold. Numbers are compared as numbers, everything else as text; an empty value fulfils none. */
export interface KeptCondition {
  readonly property: string
  readonly is: '=' | '<=' | '>=' | '>' | 'in'
  /** One, but for `in`. */
  readonly values: readonly string[]
  readonly isNumber: boolean
}

/** A question to the host's records. */
export interface KeptQuery {
  readonly where: readonly KeptCondition[]
  /** Rising by this property; those that have the same value by their id. `null`: by id. */
  readonly by: { readonly property: string; readonly isNumber: boolean } | null
  readonly limit: number
  readonly offset: number
}

/**
 * A journal of the host's own: any database with unique indexes. Nothing of it is ever deleted but what `erase` names. What fails is thrown; after a failure of `append` nobody knows what was
 * stored, and the adapter asks by keys.
 */
export interface JournalPort {
  /** What `list` answers includes every write that was acknowledged before. */
  readonly isConsistent: boolean
  /**
   * Makes records in their order, each by itself. `unique`: properties of which no two records of the type may have the same value; `taken`: one of them has it, and nothing of this
   * record was stored. Of racing callers exactly one makes it: this decides which entry an instance goes on with.
   */
  append(type: KeptType, records: readonly Values[], unique: readonly string[]): Promise<readonly ('appended' | 'taken')[]>
  /** Records by the values of a unique property, or of `id`, in their order; `null`: there is none. Never stale. */
  read(type: KeptType, by: string, values: readonly string[]): Promise<readonly (KeptRecord | null)[]>
  /** Writes the values given and leaves all others as they are, in order of the changes. With `makes`, what is not there is made; otherwise it is answered as `null`. */
  write(
    type: KeptType,
    by: string,
    changes: readonly { readonly value: string; readonly properties: Values }[],
    makes: boolean,
  ): Promise<readonly (KeptRecord | null)[]>
  /** Records that fulfil every condition. */
  list(type: KeptType, query: KeptQuery): Promise<readonly KeptRecord[]>
  /** Deletes a record for good; false: there is none. */
  erase(type: KeptType, id: string): Promise<boolean>
}

/** Rows of one page. */
const page = 200

/** Our own records in the host's journal, in the place of custom objects. */
export function ownRecordsIn(port: JournalPort, names: Names): OwnRecords {
  const kept = Object.keys(objects) as KeptType[]
  const typeOf = (type: string): KeptType => {
    const found = kept.find((name) => names.type(name) === type)
    if (found === undefined) throw new StoreError('corrupt_record', `${type} is not kept in the journal of the host`)
    return found
  }
  const isNumber = (type: KeptType, property: string): boolean => {
    const properties: { readonly [name: string]: { readonly type: string } } = objects[type].properties
    return property === recordId || properties[property.slice(names.prefix.length + 1)]?.type === 'number'
  }
  const uniqueOf = (type: KeptType): readonly string[] =>
    Object.entries(objects[type].properties).flatMap(([name, spec]) => ('unique' in spec ? [`${names.prefix}_${name}`] : []))
  const condition = (type: KeptType, filter: SearchFilter): KeptCondition => {
    const is = filter.operator === 'IN' ? 'in' : comparisons[filter.operator]
    if (is === undefined) throw new StoreError('corrupt_record', `${filter.operator} is no condition of a journal`)
    const values = 'values' in filter ? filter.values : 'value' in filter ? [filter.value] : []
    const property = filter.propertyName === recordId ? 'id' : filter.propertyName
    return { property, is, values, isNumber: isNumber(type, filter.propertyName) }
  }

  async function create(type: string, records: readonly { readonly properties: Values }[]): Promise<readonly Created[]> {
    const of = typeOf(type)
    const unique = uniqueOf(of)
    try {
      const answers = await port.append(
        of,
        records.map(({ properties }) => properties),
        unique,
      )
      return records.map(({ properties }, k): Created => {
        if (answers[k] === 'appended') return { status: 'created', record: made(properties) }
        if (answers[k] === 'taken') return { status: 'taken', property: null, holder: null, error: taken }
        return { status: 'unknown', error: unanswered }
      })
    } catch (thrown) {
      const error = failureOf(thrown, 'unknown_outcome')
      const status = error.code === 'unknown_outcome' ? 'unknown' : 'refused'
      return records.map(() => ({ status, error }))
    }
  }

  const write = async (type: string, changes: readonly Change[], by: string, makes: boolean): Promise<readonly Changed[]> => {
    try {
      const wanted = changes.map(({ id, properties }) => ({ value: id, properties }))
      const answers = await port.write(typeOf(type), by, wanted, makes)
      return changes.map((_, k): Changed => {
        const record = answers[k] ?? null
        return record === null
          ? { status: 'refused', error: gone }
          : { status: 'written', record: recordOf(record), isNew: false }
      })
    } catch (thrown) {
      const error = failureOf(thrown, 'unavailable')
      return changes.map(() => ({ status: 'refused', error }))
    }
  }

  const list = async (type: string, { filterGroups, sorts, limit = page, after }: Search) => {
    const of = typeOf(type)
    const [sort] = sorts ?? []
    const offset = Number(after ?? 0)
    const where = (filterGroups[0]?.filters ?? []).map((filter) => condition(of, filter))
    const by =
      sort === undefined || sort.propertyName === recordId
        ? null
        : { property: sort.propertyName, isNumber: isNumber(of, sort.propertyName) }
    const records = await heard(port.list(of, { where, by, limit, offset }))
    return { records: records.map(recordOf), after: records.length < limit ? null : String(offset + limit) }
  }

  return {
    create: async (type, record) => (await create(type, [record]))[0] ?? { status: 'unknown', error: unanswered },
    createMany: (type, records) => (records.length === 0 ? Promise.resolve([]) : create(type, records)),
    read: async (type, id, { idProperty = 'id' } = {}) => {
      const [record = null] = await heard(port.read(typeOf(type), idProperty, [id]))
      return record === null ? null : recordOf(record)
    },
    readMany: async (type, ids, { idProperty = 'id', archived = false } = {}) => {
      // Nothing is ever put aside: what is not there was never made.
      if (archived || ids.length === 0) return ids.map(() => null)
      return (await heard(port.read(typeOf(type), idProperty, ids))).map((record) => (record === null ? null : recordOf(record)))
    },
    updateMany: (type, changes, { idProperty = 'id' } = {}) =>
      changes.length === 0 ? Promise.resolve([]) : write(type, changes, idProperty, false),
    upsertMany: (type, changes, idProperty) =>
      changes.length === 0 ? Promise.resolve([]) : write(type, changes, idProperty, true),
    search: list,
    async *list(type, { properties }) {
      let behind = '0'
      for (;;) {
        const filters = [{ propertyName: recordId, operator: 'GT', value: behind }] as const
        const { records } = await list(type, { filterGroups: [{ filters }], properties, limit: page })
        yield* records
        const last = records.at(-1)
        if (last === undefined || records.length < page) return
        behind = last.id
      }
    },
    erase: async (type, id) => ((await heard(port.erase(typeOf(type), id))) ? 'erased' : 'absent'),
  }
}

const comparisons: { readonly [operator: string]: '=' | '<=' | '>=' | '>' | undefined } = {
  EQ: '=',
  LTE: '<=',
  GTE: '>=',
  GT: '>',
}

const recordOf = ({ id, createdAt, properties }: KeptRecord): HubSpotRecord => ({
  id,
  properties,
  createdAt,
  updatedAt: null,
  archived: false,
  associations: {},
})

/** A record that was just made: its id is the host's, and nobody asks for it. */
const made = (properties: Values): HubSpotRecord => recordOf({ id: '', createdAt: 0, properties })

const taken = new StoreError('forbidden', 'another record of the journal has the key', {
  actions: ['Read the record that has it.'],
})
const gone = new StoreError('corrupt_record', 'the record is not in the journal', {
  actions: ['Restore the journal from a backup.'],
})
const unanswered = new StoreError('unknown_outcome', 'the journal said nothing of one of the records', {
  actions: ['Send it again with the same key.'],
})

/** The port's error, or one in its place: what the host's database throws may hold what was written. */
function failureOf(thrown: unknown, code: 'unknown_outcome' | 'unavailable'): StoreError {
  if (thrown instanceof StoreError) return thrown
  return new StoreError(code, 'the journal of the host failed', {
    details: { error: thrown instanceof Error ? thrown.name : 'unknown' },
    actions: ['Look at the database of the journal, then send it again.'],
  })
}

async function heard<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (thrown) {
    throw failureOf(thrown, 'unavailable')
  }
}
