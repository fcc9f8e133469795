import { createRelations, grouped, nested } from './relations.ts'
import { createdBy, integrationUser, RowError, type FakeField, type FakeObject } from './specs.ts'
import { compareValues, planOf, SoqlError, type FakeRow, type Value } from './soql.ts'

export { createdBy, integrationUser, modifiedBy, RowError, type FakeField, type FakeObject, type FakeRule } from './specs.ts'

type Row = Map<string, Value>
interface Table {
  readonly rows: Map<string, Row>
  readonly unique: Map<string, Map<string, string>>
  readonly spec: FakeObject
  counter: number
}

/** Objects, rows, unique keys, rules and true transactions: what an org holds. */
export interface FakeOrg {
  readonly objects: { readonly [name: string]: FakeObject }
  readonly transaction: <T>(work: () => T) => T
  /** `by`: the user who makes the row; without one it is the integration user. */
  readonly create: (object: string, values: { readonly [field: string]: unknown }, at: number, by?: string) => string
  /** `by`: the user who changes the row, at `at`; without one it is the integration user. */
  readonly update: (object: string, id: string, values: { readonly [field: string]: unknown }, at?: number, by?: string) => void
  readonly remove: (object: string, id: string) => void
  /** Ids with this value in an external id field. */
  readonly byKey: (object: string, field: string, value: string) => readonly string[]
  readonly row: (object: string, id: string) => FakeRow | null
  readonly rows: (object: string) => FakeRow[]
  readonly query: (soql: string) => {
    readonly object: string
    readonly rows: FakeRow[]
    readonly long: boolean
    /** Of `SELECT COUNT()`, which answers no rows. */
    readonly count?: number
  }
  /** What a deployment does: objects and fields that are missing are there afterwards. */
  readonly deploy: (objects: { readonly [name: string]: FakeObject }) => void
  /** Rows deleted and not yet purged: what a recycle bin holds. */
  readonly bin: readonly FakeRow[]
}

const idDigits = 12
/** Groups are answered in one page or not at all. */
const mostGroups = 2000
const stamp = (at: number): string => new Date(at).toISOString().replace('Z', '+0000')
/** A value in an error's words. */
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export function createFakeOrg(objects: { readonly [name: string]: FakeObject }): FakeOrg {
  const specs: Record<string, FakeObject> = { ...objects }
  const tableFor = (spec: FakeObject): Table => ({
    rows: new Map(),
    unique: new Map(
      Object.entries(spec.fields).flatMap(([field, { unique }]) => (unique === true ? [[field, new Map<string, string>()]] : [])),
    ),
    spec,
    counter: 0,
  })
  const tables = new Map(Object.entries(specs).map(([name, spec]) => [name, tableFor(spec)]))
  const bin: FakeRow[] = []
  let undo: (() => void)[] | null = null

  const tableOf = (object: string): Table => {
    const table = tables.get(object)
    if (table === undefined) throw new RowError('NOT_FOUND', 'The requested resource does not exist', { status: 404 })
    return table
  }
  const keyOf = (field: FakeField, value: Value): string =>
    field.caseSensitive === true ? String(value) : String(value).toLowerCase()
  const plain = (row: Row): FakeRow => Object.fromEntries(row)

  /** References by an external id (`Instance__r: { InstanceKey__c }`) become ids, as the org does it while it saves. */
  function resolved(table: Table, object: string, values: { readonly [field: string]: unknown }): Row {
    const row: Row = new Map()
    for (const [name, value] of Object.entries(values)) {
      if (name === 'attributes') continue
      const own = Object.entries(table.spec.fields).find(([field]) => field.toLowerCase() === name.toLowerCase())
      if (own === undefined) {
        const reference = Object.entries(table.spec.fields).find(([, { relationshipName }]) => relationshipName === name)
        if (reference === undefined || typeof value !== 'object' || value === null)
          throw new RowError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`)
        const [field, { referenceTo = '' }] = reference
        const [[keyField, key] = ['', '']] = Object.entries(value as { readonly [f: string]: unknown })
        const [id, another] = byKey(referenceTo, keyField, String(key))
        if (another !== undefined)
          throw new RowError('DUPLICATE_EXTERNAL_ID', `${keyField}: more than one record found for external id field`, {
            fields: [],
          })
        if (id === undefined)
          throw new RowError(
            'INVALID_FIELD',
            `Foreign key external ID: ${String(key)} not found for field ${keyField} in entity ${referenceTo}`,
            { fields: [] },
          )
        row.set(field, id)
        continue
      }
      const [field, spec] = own
      row.set(field, checked(object, field, spec, value))
    }
    return row
  }

  function checked(object: string, name: string, field: FakeField, value: unknown): Value {
    if (field.createable === false && field.updateable === false)
      throw new RowError(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${name}. Please check the security settings of this field`,
        { fields: [name] },
      )
    if (value === null || value === undefined || value === '') return null
    switch (field.type) {
      case 'double':
        if (typeof value !== 'number')
          throw new RowError('JSON_PARSER_ERROR', `Cannot deserialize instance of double from ${JSON.stringify(value)}`)
        return value
      case 'boolean':
        if (typeof value !== 'boolean')
          throw new RowError('JSON_PARSER_ERROR', `Cannot deserialize instance of boolean from ${JSON.stringify(value)}`)
        return value
      case 'datetime': {
        const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
        if (!Number.isFinite(at))
          throw new RowError(
            'JSON_PARSER_ERROR',
            `Cannot deserialize instance of datetime from VALUE_STRING value ${shown(value)}`,
          )
        // One second is the finest that is kept.
        return new Date(Math.floor(at / 1000) * 1000).toISOString().replace('Z', '+0000')
      }
      case 'picklist':
        if (field.values !== undefined && !field.values.includes(shown(value)))
          throw new RowError(
            'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
            `${name}: bad value for restricted picklist field: ${shown(value)}`,
            { fields: [name] },
          )
        return shown(value)
      case 'reference':
      case 'id':
        if (typeof value !== 'string' || !/^[A-Za-z0-9]{15,18}$/.test(value))
          throw new RowError('MALFORMED_ID', `${name}: id value of incorrect type: ${shown(value)}`, { fields: [name] })
        return value
      default: {
        if (typeof value !== 'string')
          throw new RowError('JSON_PARSER_ERROR', `Cannot deserialize instance of string from ${JSON.stringify(value)}`)
        // White space at the ends is not kept.
        const text = value.trim()
        if (text.length > (field.length ?? 255))
          throw new RowError(
            'STRING_TOO_LONG',
            `${object}: data value too large: ${text.slice(0, 50)} (max length=${String(field.length ?? 255)})`,
            { fields: [name] },
          )
        return text === '' ? null : text
      }
    }
  }

  function claim(table: Table, id: string, row: Row, before: Row | null): void {
    for (const [name, index] of table.unique) {
      const field = table.spec.fields[name]
      const value = row.get(name) ?? null
      const old = before?.get(name) ?? null
      if (field === undefined || value === old) continue
      if (value !== null) {
        const key = keyOf(field, value)
        const holder = index.get(key)
        if (holder !== undefined && holder !== id)
          throw new RowError('DUPLICATE_VALUE', `duplicate value found: ${name} duplicates value on record with id: ${holder}`, {
            fields: [],
          })
        index.set(key, id)
        undo?.push(() => index.delete(key))
      }
      if (old !== null) {
        const key = keyOf(field, old)
        index.delete(key)
        undo?.push(() => index.set(key, id))
      }
    }
  }

  function reckon(table: Table, row: Row): void {
    for (const [name, value] of Object.entries(table.spec.formulas?.(plain(row)) ?? {})) row.set(name, value)
  }

  function obey(table: Table, row: Row, before: Row | null): void {
    for (const rule of table.spec.rules ?? []) {
      const message = rule(plain(row), before && plain(before))
      if (message !== null) throw new RowError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, { fields: [] })
    }
  }

  function byKey(object: string, field: string, value: string): readonly string[] {
    const table = tableOf(object)
    const spec = table.spec.fields[field]
    if (spec?.externalId !== true && field !== 'Id')
      throw new RowError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${field}`, { status: 404 })
    if (field === 'Id') return table.rows.has(value) ? [value] : []
    const index = table.unique.get(field)
    if (index !== undefined && spec !== undefined) {
      const id = index.get(keyOf(spec, value))
      return id === undefined ? [] : [id]
    }
    return [...table.rows]
      .filter(([, row]) => String(row.get(field) ?? '').toLowerCase() === value.toLowerCase())
      .map(([id]) => id)
  }

  const rowOf = (object: string, id: string): FakeRow | null => {
    const row = tables.get(object)?.rows.get(id)
    return row === undefined ? null : plain(row)
  }
  const { fieldOf, follow } = createRelations(specs, rowOf)

  const org: FakeOrg = {
    objects: specs,
    bin,
    deploy: (wanted) => {
      for (const [name, spec] of Object.entries(wanted)) {
        const table = tables.get(name)
        const merged = { ...spec, fields: { ...specs[name]?.fields, ...spec.fields } }
        specs[name] = merged
        tables.set(name, { ...tableFor(merged), ...(table === undefined ? {} : { rows: table.rows, counter: table.counter }) })
      }
    },

    transaction(work) {
      if (undo !== null) {
        // Inside of another one it is a savepoint: what fails takes back its own steps only.
        const [outer, mark] = [undo, undo.length]
        try {
          return work()
        } catch (error) {
          for (const step of outer.splice(mark).reverse()) step()
          throw error
        }
      }
      const steps: (() => void)[] = []
      undo = steps
      try {
        return work()
      } catch (error) {
        for (const step of steps.reverse()) step()
        throw error
      } finally {
        undo = null
      }
    },

    create(object, values, at, by = integrationUser) {
      const table = tableOf(object)
      const row = resolved(table, object, values)
      const missing = Object.entries(table.spec.fields)
        .filter(([name, { required }]) => required === true && (row.get(name) ?? null) === null)
        .map(([name]) => name)
      if (missing.length > 0)
        throw new RowError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, { fields: missing })
      const { mergedBy } = table.spec
      const same = mergedBy && [...table.rows].find(([, each]) => mergedBy.every((field) => each.get(field) === row.get(field)))
      if (same !== undefined) {
        org.update(object, same[0], values, at, by)
        return same[0]
      }
      table.counter += 1
      const id = `${table.spec.keyPrefix}${String(table.counter).padStart(idDigits, '0')}AAA`
      row.set('Id', id)
      // An auto number is never given twice, not even after a rollback.
      if (table.spec.autoNumber !== undefined)
        row.set(
          'Name',
          table.spec.autoNumber.replace(/\{(0+)\}/, (_, zeros: string) => String(table.counter).padStart(zeros.length, '0')),
        )
      row.set('CreatedById', by)
      row.set('CreatedDate', stamp(at))
      row.set('LastModifiedById', by)
      row.set('LastModifiedDate', stamp(at))
      for (const [name, { type }] of Object.entries(table.spec.fields))
        if (type === 'boolean' && !row.has(name)) row.set(name, false)
      for (const [name, { preset }] of Object.entries(table.spec.fields))
        if (preset !== undefined && !row.has(name)) row.set(name, preset)
      reckon(table, row)
      obey(table, row, null)
      claim(table, id, row, null)
      table.rows.set(id, row)
      undo?.push(() => table.rows.delete(id))
      table.spec.onCreate?.(plain(row), (other, fields) => org.create(other, fields, at))
      return id
    },

    update(object, id, values, at, by = integrationUser) {
      const table = tableOf(object)
      const before = table.rows.get(id)
      if (before === undefined) throw new RowError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404, fields: [] })
      if (table.spec.updateable === false)
        throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', {
          status: 403,
          fields: [],
        })
      const row: Row = new Map([...before, ...resolved(table, object, values)])
      row.set('LastModifiedById', by)
      if (at !== undefined) row.set('LastModifiedDate', stamp(at))
      reckon(table, row)
      obey(table, row, before)
      claim(table, id, row, before)
      table.rows.set(id, row)
      undo?.push(() => table.rows.set(id, before))
    },

    remove(object, id) {
      const table = tableOf(object)
      const row = table.rows.get(id)
      if (row === undefined) throw new RowError('ENTITY_IS_DELETED', 'entity is deleted', { status: 404, fields: [] })
      if (table.spec.deletable === false)
        throw new RowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', {
          status: 403,
          fields: [],
        })
      for (const [name, index] of table.unique) {
        const field = table.spec.fields[name]
        const value = row.get(name) ?? null
        if (field === undefined || value === null) continue
        index.delete(keyOf(field, value))
        undo?.push(() => index.set(keyOf(field, value), id))
      }
      table.rows.delete(id)
      bin.push(plain(row))
      undo?.push(() => {
        table.rows.set(id, row)
        bin.pop()
      })
    },

    byKey,
    row: rowOf,
    rows: (object) => [...tableOf(object).rows.values()].map(plain),

    query(soql) {
      const object = /\bFROM\s+(\w+)/i.exec(soql)?.[1] ?? ''
      const table = tables.get(object)
      if (table === undefined) throw new SoqlError('INVALID_TYPE', `sObject type '${object}' is not supported.`)
      const known = {
        ...table.spec.fields,
        Id: { type: 'id' } as FakeField,
        Name: { type: 'string' } as FakeField,
        CreatedDate: { type: 'datetime' } as FakeField,
        CreatedById: createdBy,
      }
      const fieldNamed = (name: string): FakeField => {
        const field = Object.hasOwn(known, name) ? known[name as keyof typeof known] : undefined
        if (field === undefined && name.includes('.')) return fieldOf(object, name)
        if (field === undefined)
          throw new SoqlError(
            'INVALID_FIELD',
            `\nERROR at Row:1:Column:8\nNo such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
          )
        return field
      }
      const plan = planOf(soql, (name) => {
        const { type, caseSensitive } = fieldNamed(name)
        if (type === 'reference' || /(?:^|\.)Id$/.test(name)) return 'id'
        return caseSensitive === true || type !== 'string' ? 'exact' : 'folded'
      })
      for (const name of plan.filtered)
        if (fieldNamed(name).type === 'textarea')
          throw new SoqlError('INVALID_FIELD', `field '${name}' can not be filtered in a query call`)
      for (const { field } of [...plan.columns, ...plan.orderBy]) fieldNamed(field)
      const paths = [...plan.columns, ...plan.orderBy].map(({ field }) => field).concat(plan.filtered)
      const related = [...new Set(paths.filter((path) => path.includes('.')))]
      const withRelated = (row: FakeRow): FakeRow =>
        related.length === 0 ? row : { ...row, ...Object.fromEntries(related.map((path) => [path, follow(object, row, path)])) }
      let rows = [...table.rows.values()].map(plain).map(withRelated).filter(plan.test)
      const [only] = plan.columns
      if (only?.count === true) return { object, rows: [], long: false, count: rows.length }
      if (plan.groupBy.length > 0) {
        rows = grouped(rows, plan.groupBy, plan.columns)
        if (plan.limit === null && rows.length > mostGroups)
          throw new SoqlError(
            'EXCEEDED_ID_LIMIT',
            'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
          )
      }
      rows.sort((a, b) => {
        for (const { field, descending } of plan.orderBy) {
          const name = plan.groupBy.length > 0 ? (plan.columns.find((column) => column.field === field)?.name ?? field) : field
          const order = compareValues(a[name] ?? null, b[name] ?? null)
          if (order !== 0) return descending ? -order : order
        }
        return 0
      })
      if (plan.limit !== null) rows = rows.slice(0, plan.limit)
      const shown =
        plan.groupBy.length > 0
          ? rows
          : rows.map((row) => nested(plan.columns.map(({ name, field }) => [name, row[field] ?? null])))
      return { object, rows: shown, long: plan.columns.some(({ field }) => fieldNamed(field).type === 'textarea') }
    },
  }
  return org
}
