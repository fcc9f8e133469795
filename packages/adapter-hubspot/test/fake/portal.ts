import { exists, invalid, notFound, notValid, PortalError, uniqueTaken, type PropertyFault } from './bodies.ts'
import { everywhere, standardTypes, type FakeProperty, type FakeType } from './types.ts'

/** A record, with every state the index may still show. */
export interface FakeRecord {
  readonly id: string
  readonly type: FakeType
  values: ReadonlyMap<string, string>
  readonly createdAt: number
  updatedAt: number
  archived: boolean
  archivedAt: number | null
  /** What it was from when on; `null`: archived. */
  readonly versions: { readonly at: number; readonly values: ReadonlyMap<string, string> | null }[]
}

/** What nobody could verify, and what differs from portal to portal. */
export interface FakeBehaviour {
  /** Milliseconds that the index is behind. @default 0 */
  lagMs: number
  /** One conflict in a batch with traces: told of that item, or the whole batch is refused. @default item */
  conflictInBatch: 'item' | 'whole'
  /** Whether an archived record keeps its unique values. @default true */
  archivedKeepValues: boolean
  /** A create that was refused leaves a record without its values. @default false */
  leaveHalfRecords: boolean
  /** Results name the traces of their inputs. @default false */
  echoTraces: boolean
  /** Milliseconds until a definition that was made is shown. @default 0 */
  definitionLagMs: number
  /** Statuses that success has today. @default as documented */
  successStatus: { readonly [call: string]: number }
  /** Types that can be erased for good. @default contacts */
  erasable: readonly string[]
  /** What an admin has set up: codes and names of properties for a write that is refused. */
  rules: ((write: {
    readonly type: string
    readonly values: ReadonlyMap<string, string>
    readonly before: ReadonlyMap<string, string> | null
  }) => { readonly code: string; readonly properties: readonly string[] } | null)[]
}

/** What is written of one record. */
export interface Written {
  readonly record: FakeRecord
  readonly warnings: readonly object[]
  readonly isNew: boolean
}

const longestValue = 65_536

/** A portal without its API: types, records, unique values, links. */
export function createPortal(clock: { readonly now: () => number }, portalId = 12_345_678) {
  const types: FakeType[] = []
  const records = new Map<string, FakeRecord>()
  const unique = new Map<string, string>()
  /** Ids of records that went into another one. */
  const merged = new Map<string, string>()
  let counter = 860_000_000
  let typeCounter = 3_604_284
  const behaviour: FakeBehaviour = {
    lagMs: 0,
    conflictInBatch: 'item',
    archivedKeepValues: true,
    leaveHalfRecords: false,
    echoTraces: false,
    definitionLagMs: 0,
    successStatus: {},
    erasable: ['contacts'],
    rules: [],
  }
  const iso = (at: number): string => new Date(at).toISOString()
  const uniqueKey = (type: FakeType, name: string, value: string): string => JSON.stringify([type.id, name, value])
  const keyOf = (type: FakeType, id: string): string => `${type.id}/${id}`

  for (const { name, singular, id, text, properties, required = [], pipeline = null } of standardTypes)
    types.push({
      name,
      id,
      aliases: [name, singular, id],
      custom: false,
      text: `legacyObjectType=${text}`,
      labels: { singular, plural: name },
      properties: new Map([...everywhere, ...properties].map((each) => [each.name, each])),
      groups: new Map([['information', { name: 'information', label: 'Information', displayOrder: 0 }]]),
      required,
      pipelines: [],
      pipelineProperties: pipeline,
      created: iso(0),
      associated: new Set(),
      primaryDisplayProperty: properties[0]?.name ?? '',
      searchableProperties: [],
      secondaryDisplayProperties: [],
    })

  const typeOf = (name: string): FakeType => {
    const type = types.find(({ aliases }) => aliases.includes(name))
    if (type === undefined) throw invalid(`Unable to infer object type from: ${name}`)
    return type
  }

  /** A custom type, as a definition of it comes in. */
  function define(spec: {
    readonly name: string
    readonly labels?: { readonly singular: string; readonly plural: string }
    readonly primaryDisplayProperty?: string
    readonly requiredProperties?: readonly string[]
    readonly searchableProperties?: readonly string[]
    readonly secondaryDisplayProperties?: readonly string[]
    /** Without it only activities can be linked. */
    readonly associatedObjects?: readonly string[]
    readonly properties: readonly (Pick<FakeProperty, 'name' | 'label' | 'type' | 'fieldType'> & Partial<FakeProperty>)[]
  }): FakeType {
    if (types.some(({ name }) => name === spec.name))
      throw exists(`A schema with the name '${spec.name}' already exists.`, 'ObjectSchemas.NAME_EXISTS')
    if (types.filter(({ custom }) => custom).length >= 10) throw invalid('The limit of custom object types is reached: 10')
    if (!/^[a-z][a-z0-9_]*$/i.test(spec.name)) throw invalid(`${spec.name} is no name of a type`)
    if ((spec.searchableProperties ?? []).length > 20) throw invalid('At most 20 searchable properties')
    if (spec.properties.filter(({ hasUniqueValue }) => hasUniqueValue === true).length > 10)
      throw invalid('At most 10 unique properties')
    typeCounter += 1
    const id = `2-${String(typeCounter)}`
    const groupName = `${spec.name}_information`
    const type: FakeType = {
      name: spec.name,
      id,
      aliases: [spec.name, id, `p_${spec.name}`, `p${String(portalId)}_${spec.name}`],
      custom: true,
      text: id,
      labels: spec.labels ?? { singular: spec.name, plural: spec.name },
      properties: new Map(
        [...everywhere, line('hs_pipeline', groupName), line('hs_pipeline_stage', groupName), ...spec.properties].map((each) => [
          each.name,
          { ...each, groupName, createdAt: iso(clock.now()) },
        ]),
      ),
      groups: new Map([[groupName, { name: groupName, label: `${spec.name} information`, displayOrder: 0 }]]),
      required: spec.requiredProperties ?? [],
      pipelines: [],
      pipelineProperties: ['hs_pipeline', 'hs_pipeline_stage'],
      created: iso(clock.now()),
      associated: new Set(['0-46', '0-27', id, ...(spec.associatedObjects ?? []).map((other) => typeOf(other).id)]),
      primaryDisplayProperty: spec.primaryDisplayProperty ?? spec.properties[0]?.name ?? '',
      searchableProperties: spec.searchableProperties ?? [],
      secondaryDisplayProperties: spec.secondaryDisplayProperties ?? [],
    }
    types.push(type)
    return type
  }

  /** Values as they are kept: checked, dates in one form. */
  function checked(type: FakeType, given: unknown): { values: Map<string, string>; warnings: object[] } {
    if (typeof given !== 'object' || given === null) throw invalid('Invalid input JSON: properties')
    const values = new Map<string, string>()
    const warnings: object[] = []
    const faults: PropertyFault[] = []
    for (const [name, raw] of Object.entries(given as { readonly [name: string]: unknown })) {
      const property = type.properties.get(name)
      const value = raw === null ? '' : typeof raw === 'string' ? raw : JSON.stringify(raw)
      const wrong = (code: string, message: string): void => void faults.push({ code, name, message })
      if (property === undefined || property.archived === true) {
        wrong('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`)
        continue
      }
      if (property.readOnly === true) wrong('READ_ONLY_VALUE', `${name} is read only`)
      else if (value.length > longestValue) wrong('INVALID_LENGTH', `${name} is longer than ${String(longestValue)} characters`)
      else if (value === '') values.set(name, '')
      else if (property.type === 'number' && !Number.isFinite(Number(value)))
        wrong('INVALID_INTEGER', `${value} was not a valid number.`)
      else if (property.type === 'bool' && !/^(true|false)$/.test(value))
        wrong('INVALID_OPTION', `${value} was not true or false`)
      else if (property.type === 'enumeration' && property.options?.some((each) => each.value === value) !== true)
        wrong(
          'INVALID_OPTION',
          `${value} was not one of the allowed options: [${(property.options ?? []).map((each) => each.value).join(', ')}]`,
        )
      else if (property.type === 'date' || property.type === 'datetime') {
        const at = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value)
        if (!Number.isFinite(at)) {
          wrong('INVALID_DATE', `${value} was not a valid date.`)
          continue
        }
        const kept = property.type === 'date' ? iso(at).slice(0, 10) : iso(at)
        if (property.type === 'date' && kept !== value)
          warnings.push({
            category: 'PROPERTY_VALUE_NORMALIZED',
            context: { propertyName: [name], rawValue: [value], normalizedValue: [kept] },
          })
        values.set(name, kept)
      } else values.set(name, value)
    }
    if (faults.length > 0) throw notValid(faults, portalId)
    return { values, warnings }
  }

  function obey(type: FakeType, values: ReadonlyMap<string, string>, before: ReadonlyMap<string, string> | null): void {
    const missing = before === null ? type.required.filter((name) => (values.get(name) ?? '') === '') : []
    const refused = missing.length > 0 ? { code: 'MISSING_REQUIRED_PROPERTY', properties: missing } : null
    const said = refused ?? behaviour.rules.map((rule) => rule({ type: type.name, values, before })).find((each) => each !== null)
    if (said != null)
      throw new PortalError(400, 'Some required properties were not set.', {
        errors: said.properties.map((name) => ({
          message: `${name} is required`,
          code: said.code,
          context: { propertyName: [name] },
        })),
        category: 'VALIDATION_ERROR',
      })
    if (type.pipelineProperties === null) return
    const [pipelineName, stageName] = type.pipelineProperties
    const stage = values.get(stageName) ?? ''
    const pipeline = values.get(pipelineName) ?? ''
    if (stage === '' || type.pipelines.length === 0) return
    const fits = type.pipelines.some(
      ({ id, stages, archived }) =>
        !archived && (pipeline === '' || id === pipeline) && stages.some((each) => each.id === stage && !each.archived),
    )
    if (!fits)
      throw notValid(
        [{ code: 'INVALID_OPTION', name: stageName, message: `${stage} was not one of the allowed options` }],
        portalId,
      )
  }

  function claim(record: FakeRecord, values: ReadonlyMap<string, string>): void {
    const wanted = [...values].filter(([name]) => record.type.properties.get(name)?.hasUniqueValue === true)
    for (const [property, value] of wanted) {
      const holder = unique.get(uniqueKey(record.type, property, value))
      if (value !== '' && holder !== undefined && holder !== record.id)
        throw uniqueTaken({ portalId, typeText: record.type.text, property, value, id: record.id, holder })
    }
    for (const [property, value] of wanted) {
      const before = record.values.get(property) ?? ''
      if (before !== '' && before !== value) unique.delete(uniqueKey(record.type, property, before))
      if (value !== '') unique.set(uniqueKey(record.type, property, value), record.id)
    }
  }

  function put(record: FakeRecord, values: ReadonlyMap<string, string>): void {
    const at = clock.now()
    record.updatedAt = at
    record.values = new Map([...record.values, ...values, ['hs_lastmodifieddate', iso(at)]])
    record.versions.push({ at, values: record.values })
  }

  function create(typeName: string, properties: unknown): Written {
    const type = typeOf(typeName)
    const { values, warnings } = checked(type, properties)
    obey(type, values, null)
    counter += 1
    const id = String(counter)
    const at = clock.now()
    const own = new Map([
      ['hs_object_id', id],
      ['hs_createdate', iso(at)],
    ])
    const record: FakeRecord = {
      id,
      type,
      values: own,
      createdAt: at,
      updatedAt: at,
      archived: false,
      archivedAt: null,
      versions: [],
    }
    try {
      claim(record, values)
    } catch (error) {
      if (behaviour.leaveHalfRecords) {
        records.set(keyOf(type, id), record)
        put(record, new Map())
      }
      throw error
    }
    records.set(keyOf(type, id), record)
    put(record, values)
    return { record, warnings, isNew: true }
  }

  /** By its id, or by a unique value of it. */
  function find(typeName: string, id: string, idProperty?: string | null, archived = false): FakeRecord | null {
    const type = typeOf(typeName)
    let found: string | undefined = merged.get(keyOf(type, id)) ?? id
    if (idProperty != null) {
      if (type.properties.get(idProperty)?.hasUniqueValue !== true)
        throw invalid(
          `Unable to perform update/upsert by non-unique ${type.id} property ${idProperty} in portal ID ${String(portalId)}`,
        )
      found = unique.get(uniqueKey(type, idProperty, id))
    }
    const record = found === undefined ? undefined : records.get(keyOf(type, found))
    return record?.archived === archived ? record : null
  }

  function change(record: FakeRecord, properties: unknown): Written {
    const { values, warnings } = checked(record.type, properties)
    obey(record.type, new Map([...record.values, ...values]), record.values)
    claim(record, values)
    put(record, values)
    return { record, warnings, isNew: false }
  }

  function freeValues(record: FakeRecord): void {
    for (const [name, value] of record.values) {
      const key = uniqueKey(record.type, name, value)
      if (unique.get(key) === record.id) unique.delete(key)
    }
  }

  function archive(record: FakeRecord): void {
    if (record.archived) return
    const at = clock.now()
    record.archived = true
    record.archivedAt = at
    record.versions.push({ at, values: null })
    if (!behaviour.archivedKeepValues) freeValues(record)
  }

  return {
    portalId,
    types,
    records,
    behaviour,
    typeOf,
    define,
    create,
    find,
    change,
    archive,
    iso,

    /** What was written is taken back when it fails in the middle. */
    allOrNone<T>(work: () => T): T {
      const before = [...records].map(([key, record]) => ({ key, record, ...record, versions: record.versions.length }))
      const values = [...unique]
      try {
        return work()
      } catch (error) {
        const known = new Set(before.map(({ record }) => record))
        // What was linked with it must not show it.
        for (const record of records.values()) if (!known.has(record)) record.archived = true
        records.clear()
        unique.clear()
        for (const { key, record, versions, ...was } of before) {
          records.set(key, Object.assign(record, { values: was.values, updatedAt: was.updatedAt }))
          record.versions.splice(versions)
        }
        for (const [key, id] of values) unique.set(key, id)
        throw error
      }
    },

    /** Out of the recycle bin, as an admin does it. */
    restore(record: FakeRecord): void {
      claim(record, record.values)
      record.archived = false
      record.archivedAt = null
      put(record, new Map())
    },

    /** For good. */
    erase(record: FakeRecord): void {
      freeValues(record)
      records.delete(keyOf(record.type, record.id))
    },

    /** One record goes into another, whose empty values it fills. */
    merge(typeName: string, primaryId: string, otherId: string): FakeRecord {
      const [primary, other] = [find(typeName, primaryId), find(typeName, otherId)]
      if (primary === null || other === null || primary === other) throw notFound()
      const filled = [...other.values].filter(([name, value]) => value !== '' && (primary.values.get(name) ?? '') === '')
      freeValues(other)
      archive(other)
      merged.set(keyOf(other.type, other.id), primary.id)
      const ids = [primary.values.get('hs_merged_object_ids') ?? '', other.id].filter((each) => each !== '').join(';')
      const values = new Map([...filled, ['hs_merged_object_ids', ids] as const])
      claim(primary, values)
      put(primary, values)
      return primary
    },

    ofType: (typeName: string): readonly FakeRecord[] => {
      const type = typeOf(typeName)
      return [...records.values()].filter((record) => record.type === type).sort((a, b) => Number(a.id) - Number(b.id))
    },
  }
}

const line = (name: string, groupName: string): FakeProperty => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName,
  hubspotDefined: true,
})

export type FakePortal = ReturnType<typeof createPortal>
