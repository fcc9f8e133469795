import type { FakeOrg } from './org.ts'
import { changedEach, madeTogether, type ListedRow } from './lists.ts'
import { integrationUser, RowError } from './org.ts'
import { SoqlError, type FakeRow } from './soql.ts'

/** A request as the REST API gets it: the address without host. */
export interface RestRequest {
  readonly method: string
  readonly path: string
  readonly headers: { readonly [name: string]: string }
  readonly body: string | null
}

export interface RestAnswer {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

/** The limits that Salesforce documents, enforced. */
export const restLimits = {
  composite: 25,
  lists: 5,
  collection: 200,
  chunks: 10,
  graphs: 75,
  nodes: 500,
  kinds: 15,
  failedGraphs: 14,
  address: 16_384,
  page: 2000,
  longPage: 200,
} as const

interface Result {
  readonly status: number
  readonly body: unknown
  readonly headers?: { readonly [name: string]: string }
}

const problem = (status: number, errorCode: string, message: string, fields?: readonly string[]): Result => ({
  status,
  body: [{ message, errorCode, ...(fields === undefined ? {} : { fields }) }],
})
const halted = {
  errorCode: 'PROCESSING_HALTED',
  message: 'The transaction was rolled back since another operation in the same transaction failed.',
}

/** Answers requests on one org, each whole before the next, as the database behind the real API does for rows that meet. */
export function createRestApi(
  org: FakeOrg,
  options: { readonly version: string; readonly now: () => number; readonly tokens: () => ReadonlySet<string> },
) {
  const base = `/services/data/v${options.version}`
  const cursors = new Map<string, { readonly object: string; rows: FakeRow[]; readonly size: number; readonly total: number }>()
  let calls = 0

  function handle(request: RestRequest): RestAnswer {
    calls += 1
    const headers = { 'content-type': 'application/json;charset=UTF-8', 'sforce-limit-info': `api-usage=${String(calls)}/100000` }
    const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
    const result = options.tokens().has(token)
      ? routed(request)
      : problem(401, 'INVALID_SESSION_ID', 'Session expired or invalid')
    return {
      status: result.status,
      headers: { ...headers, ...result.headers },
      body: result.body === null ? '' : JSON.stringify(result.body),
    }
  }

  function routed(request: RestRequest): Result {
    if (request.path.length > restLimits.address) return problem(414, 'URI_TOO_LONG', 'The requested URI is too long')
    if (!request.path.startsWith(`${base}/`)) return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
    const path = request.path.slice(base.length)
    let body: unknown
    try {
      body = request.body === null || request.body === '' ? null : JSON.parse(request.body)
    } catch {
      return problem(400, 'JSON_PARSER_ERROR', 'Unexpected character')
    }
    if (path.startsWith('/tooling/query')) return rules(path)
    if (path === '/composite') return composite(body)
    if (path === '/composite/graph') return graphs(body)
    return resource(request.method, path, body)
  }

  /** Validation rules as the Tooling API lists them: the fake has ours active on every object that has them. */
  function rules(path: string): Result {
    const text = new URLSearchParams(path.split('?')[1]).get('q') ?? ''
    const records = [...text.matchAll(/'(\w+)'/g)].flatMap(([, name = '']) =>
      (org.objects[name]?.ruleNames ?? []).map((ValidationName) => ({ ValidationName, Active: true })),
    )
    return { status: 200, body: { size: records.length, totalSize: records.length, done: true, records } }
  }

  /** Everything that may also stand inside of a composite. Throws RowError, so that a transaction rolls back. */
  function inner(method: string, path: string, body: unknown): Result {
    const [address = '', search = ''] = path.split('?')
    const parts = address
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
    const values = (body ?? {}) as { readonly [field: string]: unknown }
    if (parts[0] === 'query') return query(search, parts[1])
    if (parts[0] === 'composite' && parts[1] === 'sobjects') return collection(method, values)
    if (parts[0] !== 'sobjects') return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
    const [, object = '', second, third] = parts
    if (org.objects[object] === undefined) return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
    if (second === 'describe' && method === 'GET') return { status: 200, body: describe(object) }
    if (second === undefined) {
      if (method !== 'POST')
        return problem(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are HEAD,GET,POST`)
      const id = org.create(object, values, options.now())
      return { status: 201, body: { id, success: true, errors: [] }, headers: { Location: `${base}/sobjects/${object}/${id}` } }
    }
    const ids = third === undefined ? [second] : org.byKey(object, second, third)
    if (ids.length > 1) return { status: 300, body: ids.map((id) => `${base}/sobjects/${object}/${id}`) }
    const [id] = ids
    switch (method) {
      case 'PATCH':
        if (third !== undefined && Object.hasOwn(values, second))
          return problem(400, 'INVALID_FIELD', `The ${second} field should not be specified in the sobject data.`)
        if (id === undefined && new URLSearchParams(search).get('updateOnly') === 'true')
          return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
        if (id === undefined || (third !== undefined && org.row(object, id) === null)) {
          const made = org.create(object, { ...values, [second]: third }, options.now())
          return {
            status: 201,
            body: { id: made, success: true, errors: [], created: true },
            headers: { Location: `${base}/sobjects/${object}/${made}` },
          }
        }
        if (!/^[A-Za-z0-9]{15,18}$/.test(id))
          return problem(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible')
        org.update(object, id, values, options.now())
        return third === undefined
          ? { status: 204, body: null }
          : { status: 200, body: { id, success: true, errors: [], created: false } }
      case 'DELETE':
        if (id === undefined) return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
        org.remove(object, id)
        return { status: 204, body: null }
      case 'GET': {
        const row = id === undefined ? null : org.row(object, id)
        return row === null
          ? problem(404, 'NOT_FOUND', 'The requested resource does not exist')
          : { status: 200, body: { attributes: { type: object, url: `${base}/sobjects/${object}/${String(id)}` }, ...row } }
      }
      default:
        return problem(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed.`)
    }
  }

  function resource(method: string, path: string, body: unknown): Result {
    if (path === '/')
      return { status: 200, body: { identity: `https://login.salesforce.com/id/00D000000000001AAA/${integrationUser}` } }
    if (path === '/limits')
      return {
        status: 200,
        body: { DailyApiRequests: { Max: 100_000, Remaining: 100_000 - calls }, DataStorageMB: { Max: 1024, Remaining: 1000 } },
      }
    try {
      return org.transaction(() => failing(inner(method, path, body)))
    } catch (error) {
      return resultOf(error)
    }
  }

  function query(search: string, locator: string | undefined): Result {
    if (locator !== undefined) {
      const cursor = cursors.get(locator)
      if (cursor === undefined) return problem(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator')
      return page(cursor)
    }
    const { object, rows, long, count } = org.query(new URLSearchParams(search).get('q') ?? '')
    if (count !== undefined) return { status: 200, body: { totalSize: count, done: true, records: [] } }
    return page({ object, rows, size: long ? restLimits.longPage : restLimits.page, total: rows.length })
  }

  function page(cursor: {
    readonly object: string
    readonly rows: FakeRow[]
    readonly size: number
    readonly total: number
  }): Result {
    const here = cursor.rows.slice(0, cursor.size)
    const rest = cursor.rows.slice(cursor.size)
    const records = here.map((row) => ({
      attributes: { type: cursor.object, url: `${base}/sobjects/${cursor.object}/${String(row['Id'] ?? '')}` },
      ...row,
    }))
    if (rest.length === 0) return { status: 200, body: { totalSize: cursor.total, done: true, records } }
    const locator = `01g${String(cursors.size).padStart(12, '0')}AAA-${String(cursor.size)}`
    cursors.set(locator, { ...cursor, rows: rest })
    return { status: 200, body: { totalSize: cursor.total, done: false, nextRecordsUrl: `${base}/query/${locator}`, records } }
  }

  /** Rows of a list. */
  function collection(method: string, values: { readonly [field: string]: unknown }): Result {
    const records = (values['records'] ?? []) as readonly ListedRow[]
    if (method !== 'POST' && method !== 'PATCH') return problem(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed.`)
    if (records.length > restLimits.collection)
      return problem(400, 'LIMIT_EXCEEDED', 'record limit reached. cannot submit more than 200 records')
    let chunks = 0
    for (const [k, record] of records.entries()) if (record.attributes.type !== records[k - 1]?.attributes.type) chunks += 1
    if (chunks > restLimits.chunks) return problem(400, 'LIMIT_EXCEEDED', 'too many chunks')
    if (method === 'POST') return madeTogether(org, records, options.now())
    if (new Set(records.map(({ id }) => id)).size < records.length) return problem(400, 'INVALID_INPUT', 'duplicate id in list')
    return values['allOrNone'] === true
      ? problem(400, 'INVALID_INPUT', 'the fake changes lists row by row only')
      : changedEach(org, records, options.now())
  }

  interface Sub {
    readonly method: string
    readonly url: string
    readonly referenceId: string
    readonly body?: unknown
    readonly httpHeaders?: object
  }

  function composite(body: unknown): Result {
    const { allOrNone = false, compositeRequest } = (body ?? {}) as { allOrNone?: boolean; compositeRequest?: Sub[] }
    const wrong = envelope(compositeRequest)
    if (wrong !== null) return wrong
    const requests = compositeRequest ?? []
    if (requests.length > restLimits.composite)
      return problem(400, 'LIMIT_EXCEEDED', `The limit on subrequests is 25, but ${String(requests.length)} were given`)
    const lists = requests.filter(({ url }) => /\/(composite\/sobjects|query)(\/|\?|$)/.test(url)).length
    if (lists > restLimits.lists)
      return problem(400, 'LIMIT_EXCEEDED', 'The limit on Query and sObject Collections subrequests is 5')
    return { status: 200, body: { compositeResponse: transaction(requests, allOrNone) } }
  }

  function envelope(requests: readonly Sub[] | undefined): Result | null {
    if (!Array.isArray(requests) || requests.length === 0) return problem(400, 'MISSING_ARGUMENT', 'compositeRequest is missing')
    const ids = (requests as readonly Sub[]).map(({ referenceId }) => referenceId)
    if (new Set(ids).size !== ids.length || ids.some((id) => !/^[A-Za-z0-9]\w*$/.test(id)))
      return problem(400, 'INVALID_INPUT', 'Provided referenceId is not valid')
    return null
  }

  function transaction(requests: readonly Sub[], allOrNone: boolean): object[] {
    const answers: { referenceId: string; result: Result }[] = []
    const answered = ({ referenceId, result }: { referenceId: string; result: Result }) => ({
      body: result.body,
      httpHeaders: result.headers ?? {},
      httpStatusCode: result.status,
      referenceId,
    })
    const run = (request: Sub): Result => {
      try {
        const url = referred(request.url, answers)
        return inner(request.method, url.slice(base.length), referredEach(request.body, answers))
      } catch (error) {
        return resultOf(error)
      }
    }
    if (!allOrNone) {
      for (const request of requests)
        answers.push({ referenceId: request.referenceId, result: org.transaction(() => run(request)) })
      return answers.map(answered)
    }
    try {
      org.transaction(() => {
        for (const request of requests) {
          const result = run(request)
          answers.push({ referenceId: request.referenceId, result })
          if (result.status >= 300) throw new RolledBack()
        }
      })
      return answers.map(answered)
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error
      const last = answers.length - 1
      return requests.map(({ referenceId }, k) =>
        answered({
          referenceId,
          result: k === last ? (answers[k]?.result ?? { status: 400, body: [halted] }) : { status: 400, body: [halted] },
        }),
      )
    }
  }

  function graphs(body: unknown): Result {
    const given = ((body ?? {}) as { graphs?: { graphId: string; compositeRequest: Sub[] }[] }).graphs ?? []
    if (given.length > restLimits.graphs) return problem(400, 'LIMIT_EXCEEDED', 'too many graphs')
    const nodes = given.reduce((sum, { compositeRequest }) => sum + compositeRequest.length, 0)
    if (nodes > restLimits.nodes)
      return {
        status: 200,
        body: {
          graphs: [
            {
              graphId: '_default',
              graphResponse: {
                compositeResponse: [
                  {
                    body: [{ errorCode: 'LIMIT_EXCEEDED', message: 'Limit of 500 reached for number of Nodes in the Graph' }],
                    httpHeaders: {},
                    httpStatusCode: 400,
                    referenceId: null,
                  },
                ],
              },
              isSuccessful: false,
            },
          ],
        },
      }
    const kinds = new Set(
      given.flatMap(({ compositeRequest }) => compositeRequest.map(({ method, url }) => `${method} ${url.split('/')[5] ?? ''}`)),
    )
    if (kinds.size > restLimits.kinds) return problem(400, 'LIMIT_EXCEEDED', 'too many kinds of nodes')
    let failed = 0
    const results = given.map(({ graphId, compositeRequest }) => {
      const misplaced = compositeRequest.find(({ url }) => !url.startsWith(`${base}/sobjects/`))
      if (misplaced !== undefined) throw new Error(`no node of a graph: ${misplaced.url}`)
      const answers =
        failed >= restLimits.failedGraphs
          ? compositeRequest.map(({ referenceId }) => ({ body: [halted], httpHeaders: {}, httpStatusCode: 400, referenceId }))
          : transaction(compositeRequest, true)
      const isSuccessful = (answers as { httpStatusCode: number }[]).every(({ httpStatusCode }) => httpStatusCode < 300)
      if (!isSuccessful) failed += 1
      return { graphId, graphResponse: { compositeResponse: answers }, isSuccessful }
    })
    return { status: 200, body: { graphs: results } }
  }

  function describe(object: string): object {
    const spec = org.objects[object]
    return {
      name: object,
      createable: spec?.createable !== false,
      updateable: spec?.updateable !== false,
      deletable: spec?.deletable !== false,
      recordTypeInfos: Object.entries({ Master: true, ...spec?.recordTypes }).map(([developerName, available]) => ({
        developerName,
        available,
        master: developerName === 'Master',
      })),
      fields: Object.entries(spec?.fields ?? {}).map(([name, field]) => ({
        name,
        type: field.type,
        length: field.length ?? 0,
        unique: field.unique === true,
        externalId: field.externalId === true,
        caseSensitive: field.caseSensitive === true,
        nillable: field.required !== true,
        createable: field.createable !== false,
        updateable: field.updateable !== false,
        referenceTo: field.referenceTo === undefined ? [] : [field.referenceTo],
        relationshipName: field.relationshipName ?? null,
        restrictedPicklist: field.values !== undefined,
        picklistValues: (field.values ?? []).map((value) => ({ value, label: value, active: true })),
      })),
    }
  }

  return { handle, calls: () => calls }
}

type Answers = readonly { readonly referenceId: string; readonly result: Result }[]

/**
 * `@{reference.field}` and `@{reference.records[0].Id}` are what an answer before it says, wherever in a text they stand: the API knows no escape. A reference to
 * nothing, and what begins like one, halts everything.
 */
function referred(text: string, answers: Answers): string {
  return text.replaceAll(/@\{(?:(\w+)((?:\.\w+|\[\d+\])+)\})?/g, (whole: string, reference = '', path: string = whole) => {
    let said: unknown = answers.find(({ referenceId }) => referenceId === reference)?.result.body
    for (const step of path.match(/\w+/g) ?? [])
      said = typeof said === 'object' && said !== null ? (said as { readonly [step: string]: unknown })[step] : undefined
    if (typeof said === 'string') return said
    const message = `Invalid reference specified. No value for ${reference}${path} found in ${reference}`
    throw new RowError('PROCESSING_HALTED', message)
  })
}

function referredEach(body: unknown, answers: Answers): unknown {
  if (typeof body === 'string') return referred(body, answers)
  if (Array.isArray(body)) return body.map((each) => referredEach(each, answers))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, referredEach(value, answers)]))
}

class RolledBack extends Error {}

/** A refusal inside of a single request is one of a row as well: it rolls back. */
function failing(result: Result): Result {
  return result
}

function resultOf(error: unknown): Result {
  if (error instanceof RowError) return problem(error.status, error.code, error.message, error.fields)
  if (error instanceof SoqlError) return problem(400, error.code, error.message)
  throw error
}
