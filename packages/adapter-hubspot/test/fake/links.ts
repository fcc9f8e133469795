import { invalid, notFound, PortalError } from './bodies.ts'
import type { Asked, Reply } from './objects.ts'
import type { FakePortal, FakeRecord } from './portal.ts'
import { standardLinks, type FakeType } from './types.ts'

/** A link of a record to another one. */
interface Link {
  readonly to: FakeRecord
  readonly typeId: number
}

/** A kind of links between two types. */
interface LinkType {
  readonly typeId: number
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED'
  readonly label: string | null
  readonly name: string | null
  readonly inverse: number
  /** Epoch milliseconds; a definition is shown a moment after it was made. @default always there */
  readonly made?: number
}

type Body = { readonly [name: string]: unknown }
const inputsOf = (body: unknown): readonly Body[] => {
  const inputs = (body as Body | null)?.['inputs']
  if (!Array.isArray(inputs)) throw invalid('Invalid input JSON: inputs')
  return inputs as readonly Body[]
}
const idIn = (value: unknown): string => String((value as Body | null)?.['id'])
/** Links that a batch of reads answers for one record at once. */
const pageSize = 500
const mostRead = 1000
const mostWritten = 2000
const mostLabels = 10

/** Links of records and the kinds of them. */
export function createLinks(portal: FakePortal) {
  const links = new Map<string, Link[]>()
  const kinds = new Map<string, LinkType[]>()
  let counter = 0
  const pairOf = (from: FakeType, to: FakeType): string => `${from.id}>${to.id}`
  const keyOf = (record: FakeRecord): string => `${record.type.id}/${record.id}`

  /** Kinds of links of a pair; the default one is there from the beginning. */
  function kindsOf(from: FakeType, to: FakeType): LinkType[] {
    const known = kinds.get(pairOf(from, to))
    if (known !== undefined) return known
    if ((from.custom || to.custom) && !from.associated.has(to.id) && !to.associated.has(from.id)) return []
    const own = standardLinks[pairOf(from, to)]
    const back = standardLinks[pairOf(to, from)]
    const typeId = own ?? (counter += 1)
    const inverse = from === to ? typeId : (back ?? (counter += 1))
    const category = own === undefined ? 'USER_DEFINED' : 'HUBSPOT_DEFINED'
    kinds.set(pairOf(from, to), [{ typeId, category, label: null, name: null, inverse }])
    if (from !== to) kinds.set(pairOf(to, from), [{ typeId: inverse, category, label: null, name: null, inverse: typeId }])
    return kindsOf(from, to)
  }

  function add(from: FakeRecord, to: FakeRecord, typeId: number): void {
    const list = links.get(keyOf(from)) ?? []
    if (!list.some((each) => each.to === to && each.typeId === typeId)) list.push({ to, typeId })
    links.set(keyOf(from), list)
  }

  function put(record: FakeRecord, { to, typeId }: Link): void {
    const kind = kindsOf(record.type, to.type).find((each) => each.typeId === typeId)
    add(record, to, typeId)
    if (kind !== undefined) add(to, record, kind.inverse)
  }

  function take(from: FakeRecord, to: FakeRecord): void {
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const)
      links.set(
        keyOf(a),
        (links.get(keyOf(a)) ?? []).filter((each) => each.to !== b),
      )
  }

  /** Links to records of a type that are not in the bin. */
  const linked = (record: FakeRecord, to: FakeType): readonly Link[] =>
    (links.get(keyOf(record)) ?? []).filter((each) => each.to.type === to && !each.to.archived)

  const shownTypes = (from: FakeType, to: FakeType, ids: readonly number[]): readonly Body[] =>
    kindsOf(from, to)
      .filter(({ typeId }) => ids.includes(typeId))
      .map(({ typeId, category, label }) => ({ category, typeId, label }))

  function shownLinks(record: FakeRecord, to: FakeType): readonly Body[] {
    const found = Map.groupBy(linked(record, to), (each) => each.to)
    return [...found].map(([other, list]) => ({
      toObjectId: other.id,
      associationTypes: shownTypes(
        record.type,
        to,
        list.map(({ typeId }) => typeId),
      ),
    }))
  }

  /** The kinds of a new record's links. @throws PortalError */
  function check(type: FakeType, associations: readonly Body[]): readonly Link[] {
    return associations.flatMap(({ to, types }) => {
      const id = idIn(to)
      const wanted = (types ?? []) as readonly Body[]
      if (wanted.length === 0) throw invalid('types are missing in an association')
      return wanted.map(({ associationTypeId }) => {
        const typeId = Number(associationTypeId)
        const target = portal.types.find((other) => kindsOf(type, other).some((kind) => kind.typeId === typeId))
        if (target === undefined) throw invalid(`${String(typeId)} is no association type of ${type.name}`)
        const record = portal.find(target.name, id)
        if (record === null) throw invalid(`No ${target.name} with id ${id} to associate with`)
        return { to: record, typeId }
      })
    })
  }

  function recordAt(typeName: string, id: string): FakeRecord {
    const record = portal.find(typeName, id)
    if (record === null) throw notFound()
    return record
  }

  /** `/crm/associations/{version}/{from}/{to}/labels` */
  function labels(asked: Asked, from: FakeType, to: FakeType, now: number): Reply {
    const list = kindsOf(from, to)
    if (asked.method === 'GET') {
      const shown = list.filter(({ made = -Infinity }) => made <= now - portal.behaviour.definitionLagMs)
      return { status: 200, body: { results: shown.map(({ typeId, category, label }) => ({ category, typeId, label })) } }
    }
    if (asked.method === 'DELETE') {
      const gone = list.find((each) => String(each.typeId) === asked.path[3] && each.category === 'USER_DEFINED')
      if (gone?.label == null) throw notFound()
      for (const [a, b, typeId] of [
        [from, to, gone.typeId],
        [to, from, gone.inverse],
      ] as const) {
        const without = <T extends { readonly typeId: number }>(some: readonly T[]): T[] =>
          some.filter((each) => each.typeId !== typeId)
        kinds.set(pairOf(a, b), without(kindsOf(a, b)))
        for (const [key, some] of links)
          if (key.startsWith(`${a.id}/`))
            links.set(key, [...some.filter((each) => each.to.type !== b), ...without(some.filter((each) => each.to.type === b))])
      }
      return { status: 204 }
    }
    if (list.length === 0) throw invalid(`${from.name} and ${to.name} cannot be associated`)
    const { label, name, inverseLabel } = asked.body as Body
    if (typeof label !== 'string' || typeof name !== 'string') throw invalid('label and name are required')
    if (!/^[A-Za-z_]\w*$/.test(name)) throw invalid('A name holds no hyphen, and does not begin with a digit')
    if (list.some((each) => each.name === name || each.label === label))
      throw new PortalError(409, `An association label named '${name}' already exists.`, {
        category: 'OBJECT_ALREADY_EXISTS',
      })
    if (list.length > mostLabels) throw invalid('At most 10 labels for a pair')
    const typeId = (counter += 1)
    const inverse = from === to ? typeId : (counter += 1)
    const back = typeof inverseLabel === 'string' ? inverseLabel : label
    const category = 'USER_DEFINED'
    list.push({ typeId, category, label, name, inverse, made: now })
    if (from !== to) kindsOf(to, from).push({ typeId: inverse, category, label: back, name, inverse: typeId, made: now })
    // Both directions are answered.
    return {
      status: 200,
      body: {
        results: [
          { category, typeId: inverse, label: back },
          { category, typeId, label },
        ],
      },
    }
  }

  return {
    check,
    put,
    kindsOf,
    forget: (record: FakeRecord): void => {
      for (const { to } of links.get(keyOf(record)) ?? []) take(record, to)
      links.delete(keyOf(record))
    },

    /** As `?associations=` of a record answers it. */
    shownOn: (record: FakeRecord, to: string): readonly (readonly [string, unknown])[] => {
      const type = portal.typeOf(to)
      const found = linked(record, type)
      if (found.length === 0) return []
      const name = type.custom ? `p${String(portal.portalId)}_${type.name}` : type.name
      const word = `${record.type.labels.singular}_to_${type.labels.singular}`
      return [[name, { results: found.map((each) => ({ id: each.to.id, type: word })) }]]
    },

    /** `/crm/objects/{version}/{from}/{id}/associations/…` */
    onRecord(asked: Asked, third: string | undefined): Reply {
      const [from = '', id = '', , , fourth = '', fifth = ''] = asked.path
      const record = recordAt(from, id)
      if (third === 'default') {
        const other = recordAt(fourth, fifth)
        const [kind] = kindsOf(record.type, other.type)
        if (kind === undefined) throw invalid(`${record.type.name} and ${other.type.name} cannot be associated`)
        put(record, { to: other, typeId: kind.typeId })
        const spec = { associationCategory: kind.category, associationTypeId: kind.typeId }
        const body = { status: 'COMPLETE', results: [{ from: { id }, to: { id: other.id }, associationSpec: spec }] }
        return { status: 200, body }
      }
      const to = portal.typeOf(third ?? '')
      if (asked.method === 'GET') return { status: 200, body: { results: shownLinks(record, to) } }
      const other = recordAt(to.name, fourth)
      if (asked.method === 'DELETE') {
        take(record, other)
        return { status: 204 }
      }
      if (asked.method !== 'PUT' || !Array.isArray(asked.body)) throw new PortalError(405, 'Method Not Allowed')
      const found = check(record.type, [{ to: { id: other.id }, types: asked.body }])
      for (const link of found) put(record, link)
      return {
        status: 201,
        body: {
          fromObjectTypeId: record.type.id,
          fromObjectId: Number(id),
          toObjectTypeId: to.id,
          toObjectId: Number(other.id),
          labels: [],
        },
      }
    },

    /** `/crm/associations/{version}/{from}/{to}/…` */
    handle(asked: Asked, now: string): Reply {
      const [fromName = '', toName = '', what = '', which = '', last = ''] = asked.path
      const [from, to] = [portal.typeOf(fromName), portal.typeOf(toName)]
      if (what === 'labels') return labels(asked, from, to, Date.parse(now))
      const inputs = inputsOf(asked.body)
      const complete = (results: readonly Body[], errors: readonly Body[] = []): Body => ({
        status: 'COMPLETE',
        results,
        ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
        startedAt: now,
        completedAt: now,
      })
      if (which === 'read') {
        if (inputs.length > mostRead) throw invalid('The maximum number of inputs allowed is 1000')
        const errors: Body[] = []
        const results = inputs.flatMap((input) => {
          const record = portal.find(from.name, idIn(input))
          const all = record === null ? [] : shownLinks(record, to)
          if (all.length === 0) {
            errors.push({
              status: 'error',
              category: 'OBJECT_NOT_FOUND',
              subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
              message: `No ${to.labels.singular} is associated with ${from.labels.singular} ${idIn(input)}.`,
              context: { fromObjectId: [idIn(input)] },
            })
            return []
          }
          const start = Number(input['after'] ?? 0)
          const more = all.length > start + pageSize ? { paging: { next: { after: String(start + pageSize), link: '' } } } : {}
          return [{ from: { id: idIn(input) }, to: all.slice(start, start + pageSize), ...more }]
        })
        return { status: errors.length > 0 ? 207 : 200, body: complete(results, errors) }
      }
      if (inputs.length > mostWritten) throw invalid('The maximum number of inputs allowed is 2000')
      if (which === 'create' || (which === 'associate' && last === 'default')) {
        const results = inputs.flatMap((input) => {
          const [a, b] = [recordAt(from.name, idIn(input['from'])), recordAt(to.name, idIn(input['to']))]
          const types = which === 'create' ? input['types'] : [{ associationTypeId: kindsOf(from, to)[0]?.typeId }]
          for (const link of check(from, [{ to: { id: b.id }, types }])) put(a, link)
          return [{ from: { id: a.id }, to: { id: b.id } }]
        })
        return { status: which === 'create' ? 201 : 200, body: complete(results) }
      }
      if (which === 'archive') {
        for (const input of inputs)
          for (const other of (input['to'] ?? []) as readonly Body[])
            take(recordAt(from.name, idIn(input['from'])), recordAt(to.name, idIn(other)))
        return { status: 204 }
      }
      throw notFound()
    },
  }
}

export type FakeLinks = ReturnType<typeof createLinks>
