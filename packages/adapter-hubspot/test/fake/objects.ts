import { invalid, notFound, PortalError } from './bodies.ts'
import type { FakeLinks } from './links.ts'
import type { FakePortal, FakeRecord, Written } from './portal.ts'
import { checkSearch, hitsOf, type SearchBody } from './search.ts'

/** What an answer is made of. */
export interface Reply {
  readonly status: number
  readonly body?: unknown
}

/** A request, taken apart. */
export interface Asked {
  readonly method: string
  /** Behind the version: `['tickets', 'batch', 'read']`. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly body: unknown
  readonly text: string
}

type Body = { readonly [name: string]: unknown }
const bodyOf = ({ body }: Asked): Body => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('Invalid input JSON')
  return body as Body
}
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
const nameIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const split = (text: string | null): readonly string[] => (text === null || text === '' ? [] : text.split(','))

/** Records over the API: `/crm/objects/{version}/…`. */
export function createObjectsApi(portal: FakePortal, links: FakeLinks, clock: { readonly now: () => number }) {
  const { behaviour, iso } = portal

  /** As a record is answered: what was asked for, and the three that always come. */
  function shown(record: FakeRecord, names: readonly string[], extra: Body = {}): Body {
    const always = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']
    const wanted = [...new Set([...names.filter((name) => record.type.properties.has(name)), ...always])].sort()
    return {
      id: record.id,
      properties: Object.fromEntries(wanted.map((name) => [name, record.values.get(name) ?? null])),
      createdAt: iso(record.createdAt),
      updatedAt: iso(record.updatedAt),
      archived: record.archived,
      ...(record.archivedAt === null ? {} : { archivedAt: iso(record.archivedAt) }),
      ...extra,
    }
  }

  /** As a write is answered: what was written. */
  const shownWrite = ({ record, warnings }: Written, given: unknown, extra: Body = {}): Body =>
    shown(record, Object.keys(given as object), { ...(warnings.length === 0 ? {} : { warnings }), ...extra })

  const success = (call: string, usual: number): number => behaviour.successStatus[call] ?? usual

  function create(type: string, given: Body): Written {
    const associations = (given['associations'] ?? []) as readonly Body[]
    // A link that cannot be refuses the whole record.
    const checkedLinks = links.check(portal.typeOf(type), associations)
    const written = portal.create(type, given['properties'])
    for (const link of checkedLinks) links.put(written.record, link)
    return written
  }

  function oneRecord(asked: Asked): Reply {
    const [type = '', id = ''] = asked.path
    const archived = asked.query.get('archived') === 'true'
    const record = portal.find(type, id, asked.query.get('idProperty'), asked.method === 'GET' && archived)
    if (asked.method === 'DELETE') {
      if (record !== null) portal.archive(record)
      return { status: 204 }
    }
    if (record === null) throw notFound()
    if (asked.method === 'GET') {
      const linked = split(asked.query.get('associations'))
      const extra =
        linked.length === 0 ? {} : { associations: Object.fromEntries(linked.flatMap((to) => links.shownOn(record, to))) }
      return { status: 200, body: shown(record, split(asked.query.get('properties')), extra) }
    }
    if (asked.method !== 'PATCH') throw new PortalError(405, 'Method Not Allowed')
    const { properties } = bodyOf(asked)
    return { status: success('update', 200), body: shownWrite(portal.change(record, properties), properties) }
  }

  function listing(asked: Asked): Reply {
    const [type = ''] = asked.path
    if (asked.method === 'POST') {
      const given = bodyOf(asked)
      const written = create(type, given)
      const url = `https://app.hubspot.com/contacts/${String(portal.portalId)}/record/${written.record.type.id}/${written.record.id}`
      return { status: success('create', 201), body: shownWrite(written, given['properties'], { url }) }
    }
    const limit = Number(asked.query.get('limit') ?? 10)
    if (limit > 100) throw invalid('limit must be at most 100')
    const archived = asked.query.get('archived') === 'true'
    const after = Number(asked.query.get('after') ?? 0)
    const rows = portal.ofType(type).filter((record) => record.archived === archived && Number(record.id) > after)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      status: 200,
      body: {
        results: page.map((record) => shown(record, split(asked.query.get('properties')))),
        ...(rows.length > limit && last !== undefined ? { paging: { next: { after: last.id, link: '' } } } : {}),
      },
    }
  }

  function search(asked: Asked): Reply {
    const type = portal.typeOf(asked.path[0] ?? '')
    const body = bodyOf(asked) as SearchBody
    checkSearch(type, body, asked.text)
    const until = clock.now() - behaviour.lagMs
    const seen = portal.ofType(type.name).flatMap((record) => {
      const version = record.versions.findLast(({ at }) => at <= until)
      return version?.values == null ? [] : [{ record, values: version.values }]
    })
    const hits = hitsOf(type, body, seen)
    const from = Number(body.after ?? 0)
    const to = from + (body.limit ?? 10)
    return {
      status: 200,
      body: {
        // What was archived is counted until the index knows; it is not shown.
        total: hits.length,
        results: hits
          .slice(from, to)
          .filter(({ archived }) => !archived)
          .map((record) => shown(record, body.properties ?? [])),
        ...(hits.length > to ? { paging: { next: { after: String(to) } } } : {}),
      },
    }
  }

  function batch(asked: Asked): Reply {
    const [type = '', , what = ''] = asked.path
    const given = bodyOf(asked)
    if (!Array.isArray(given['inputs'])) throw invalid('Invalid input JSON: inputs')
    const inputs = given['inputs'] as readonly Body[]
    if (inputs.length === 0) throw invalid('Invalid input JSON: inputs')
    if (inputs.length > 100) throw invalid('The maximum number of inputs allowed is 100')
    portal.typeOf(type)
    const startedAt = iso(clock.now())
    const results: Body[] = []
    const errors: Body[] = []
    const traces = inputs.map((input) => input['objectWriteTraceId']).filter((each) => typeof each === 'string')
    const traced = traces.length === inputs.length && new Set(traces).size === inputs.length
    // Without traces nothing is written when one input fails, and only the first failure is told.
    const whole = !traced || behaviour.conflictInBatch === 'whole'
    const doEach = (work: (input: Body) => Body): void => {
      if (whole) return void results.push(...portal.allOrNone(() => inputs.map(work)))
      for (const input of inputs)
        try {
          const trace = input['objectWriteTraceId']
          results.push({ ...work(input), ...(behaviour.echoTraces && trace !== undefined ? { objectWriteTraceId: trace } : {}) })
        } catch (error) {
          if (!(error instanceof PortalError)) throw error
          errors.push({ ...error.body, context: { objectWriteTraceId: [input['objectWriteTraceId']] } })
        }
    }
    if (what === 'read') {
      const idProperty = nameIn(given['idProperty'])
      const archived = asked.query.get('archived') === 'true'
      const missing: string[] = []
      for (const id of new Set(inputs.map((input) => String(input['id'])))) {
        const record = portal.find(type, id, idProperty, archived)
        if (record === null) missing.push(id)
        else results.push(shown(record, listOf(given['properties'])))
      }
      // In an order of its own.
      results.sort((a, b) => Number(a['id']) - Number(b['id']))
      if (missing.length > 0)
        errors.push({
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message: `Could not get some ${portal.typeOf(type).text} objects, they may be deleted or not exist. Check that ids are valid.`,
          context: { ids: missing },
        })
      return { status: errors.length > 0 ? 207 : 200, body: complete() }
    }
    if (what === 'archive') {
      for (const { id } of inputs) {
        const record = portal.find(type, String(id))
        if (record !== null) portal.archive(record)
      }
      return { status: 204 }
    }
    if (what === 'create') {
      doEach((input) => {
        const written = create(type, input)
        return shownWrite(written, input['properties'])
      })
      return { status: errors.length > 0 ? 207 : success('batchCreate', 201), body: complete() }
    }
    if (what !== 'update' && what !== 'upsert') throw notFound()
    const ids = inputs.map((input) => JSON.stringify([input['id'], input['idProperty']]))
    if (new Set(ids).size < ids.length) throw invalid('Duplicate IDs found in batch input')
    if (what === 'upsert' && inputs.some((input) => typeof input['idProperty'] !== 'string'))
      throw invalid('idProperty is required for upsert')
    doEach((input) => {
      const idProperty = nameIn(input['idProperty'])
      const id = String(input['id'])
      const record = portal.find(type, id, idProperty)
      if (record !== null)
        return { ...shownWrite(portal.change(record, input['properties']), input['properties']), ...news(false) }
      if (what === 'update' || idProperty === null)
        throw new PortalError(404, 'resource not found', { category: 'OBJECT_NOT_FOUND' })
      const properties = { ...(input['properties'] as object), [idProperty]: id }
      return { ...shownWrite(portal.create(type, properties), properties), ...news(true) }
    })
    return { status: errors.length > 0 ? 207 : success(what === 'update' ? 'batchUpdate' : 'upsert', 200), body: complete() }

    function news(isNew: boolean): Body {
      return what === 'upsert' ? { new: isNew } : {}
    }
    function complete(): Body {
      return {
        status: 'COMPLETE',
        results,
        ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
        startedAt,
        completedAt: iso(clock.now()),
      }
    }
  }

  return {
    handle(asked: Asked): Reply {
      const [type = '', second, third, fourth] = asked.path
      if (second === 'batch') return batch(asked)
      if (second === 'search') return search(asked)
      if (second === 'merge') {
        const given = bodyOf(asked)
        const record = portal.merge(type, String(given['primaryObjectId']), String(given['objectIdToMerge']))
        return { status: 200, body: shown(record, []) }
      }
      if (second === 'gdpr-delete') {
        const given = bodyOf(asked)
        const name = portal.typeOf(type).name
        if (!behaviour.erasable.includes(name)) throw notFound()
        const idProperty = nameIn(given['idProperty'])
        const record = portal.find(type, String(given['objectId']), idProperty)
        if (record === null) throw notFound()
        links.forget(record)
        portal.erase(record)
        return { status: 204 }
      }
      if (third === 'associations') return links.onRecord(asked, fourth)
      return second === undefined ? listing(asked) : oneRecord(asked)
    },
  }
}
