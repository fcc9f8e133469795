// The only file that knows how Salesforce is reached. Commits go through our own `fetch`: client libraries follow a 302 to a POST as a GET and call the
// answer a success, take an HTML page for a value, and leave a promise pending when a connection is cut in the middle of an answer.
import { StoreError } from '@ka-governance/core'
import { apiError, unreadable, withoutSecrets, type ApiError } from './errors.ts'
import { readAnswer, readCsv, type Answer, type CsvAnswer } from './answer.ts'
import { encodePath } from './soql.ts'

/** What the adapter needs of a connection: one of `@salesforce/core` and one of jsforce have it; so have six lines of yours. */
export interface SalesforceSession {
  readonly instanceUrl: string
  readonly accessToken?: string | null | undefined
  /** Renews `accessToken` after a 401; absent: a refused token is an error at once. */
  refreshAuth?(): Promise<unknown>
}

/** An org of `@salesforce/core`. */
export interface SalesforceOrg {
  /** Its connection; asked for once. */
  getConnection(): SalesforceSession
}

/** How the client behaves. */
export interface ClientOptions {
  readonly connection: SalesforceSession | SalesforceOrg
  /** @default 66.0 */
  readonly apiVersion?: string
  /** Milliseconds until an answer counts as lost. @default 60000 */
  readonly timeoutMs?: number
  /** `client=` of `Sforce-Call-Options`: how our own writes are told apart in change events. @default ka-governance */
  readonly clientName?: string
  /** @default the host's */
  readonly fetch?: typeof fetch
  /** How often a request is sent before its failure is the caller's: reads that failed, rows that were locked, commits whose answer was lost. @default 5 */
  readonly tries?: number
  /** Waits between tries of a locked row or a throttled request. @default a timer of the host */
  readonly sleep?: (ms: number) => Promise<unknown>
  /** Between 0 and 1: spreads those waits. @default the host's random numbers */
  readonly jitter?: () => number
  /** Called after every request, with what it cost of the org's daily calls. */
  readonly onCall?: (call: {
    readonly method: string
    readonly path: string
    readonly status: number
    readonly usage: string | null
  }) => void
}

/** A request inside of a composite. `url` begins behind the version: `/sobjects/…`. */
export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly referenceId: string
  readonly body?: unknown
  readonly httpHeaders?: { readonly [name: string]: string }
}

/** What became of a request inside of a composite or a graph. */
export interface Subanswer {
  readonly referenceId: string
  readonly status: number
  readonly body: unknown
  readonly errors: readonly ApiError[]
}

/** A row as a query answers it. */
export type Row = { readonly [field: string]: unknown }

/** REST calls of one org. Failures are thrown as `StoreError`, with the org's own words. */
export interface SalesforceClient {
  /**
   * All or none, in order, one call: the answers in order of the requests. `repeatable`: carried out twice it is as if it were once, so that an answer that is
   * lost, and a row that is locked, are no reason to give up.
   */
  readonly composite: (
    requests: readonly Subrequest[],
    options?: { readonly allOrNone?: boolean; readonly repeatable?: boolean },
  ) => Promise<readonly Subanswer[]>
  /** Each graph all or none, one call; `null`: the graph was not executed. */
  readonly graphs: (graphs: readonly (readonly Subrequest[])[]) => Promise<readonly (readonly Subanswer[])[]>
  /** Rows of a query, page by page. */
  readonly query: (soql: string) => AsyncGenerator<Row, void, undefined>
  /** All rows of several queries, in order of the queries: five of them are one call, pages that follow one each. */
  readonly queries: (list: readonly string[]) => Promise<readonly (readonly Row[])[]>
  /** Any other resource behind the version; `null`: 404. */
  readonly get: (path: string) => Promise<unknown>
  /** Makes, changes or deletes a resource for which twice is as good as once, so that a lost answer is no reason to give up. */
  readonly send: (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<unknown>
  /** A set of a bulk job's rows. */
  readonly csv: (path: string) => Promise<CsvAnswer>
  readonly apiVersion: string
}

export const defaults = { apiVersion: '66.0', timeoutMs: 60_000, clientName: 'ka-governance', tries: 5 } as const
/** Most bytes of address and headers that Salesforce takes. */
const longestAddress = 14_000
/** Most queries that a composite takes. */
const queriesAtOnce = 5

/** @throws InvalidInputError is left to `resolveOptions`: here everything is taken as given. */
export function createSalesforceClient(options: ClientOptions): SalesforceClient {
  const session = sessionOf(options.connection)
  const apiVersion = options.apiVersion ?? defaults.apiVersion
  const base = `/services/data/v${apiVersion}`
  const send = options.fetch ?? fetch
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const jitter = options.jitter ?? Math.random
  const tries = options.tries ?? defaults.tries

  async function once(method: string, path: string, body: string | undefined, read: typeof readAnswer): Promise<Answer> {
    let response: Response
    let text: string
    try {
      response = await send(new URL(path, session.instanceUrl), {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(options.timeoutMs ?? defaults.timeoutMs),
        headers: {
          authorization: `Bearer ${session.accessToken ?? ''}`,
          accept: read === readCsv ? 'text/csv' : 'application/json',
          'content-type': 'application/json; charset=utf-8',
          'sforce-call-options': `client=${options.clientName ?? defaults.clientName}`,
          // A write of ours must not hand a case to somebody else.
          'sforce-auto-assign': 'FALSE',
        },
        ...(body === undefined ? {} : { body }),
      })
      text = await response.text()
    } catch (error) {
      throw unreadable(method, 'no answer', error)
    }
    const usage = response.headers.get('sforce-limit-info')
    options.onCall?.({ method, path: path.split('?')[0] ?? path, status: response.status, usage })
    return read(method, response, text)
  }

  let renewal: Promise<unknown> | null = null

  /** Requests that meet a token's end share one renewal: what renews it may hold only once. */
  async function renewed(used: SalesforceSession['accessToken']): Promise<void> {
    if (session.accessToken !== used) return
    renewal ??= Promise.resolve(session.refreshAuth?.()).finally(() => {
      renewal = null
    })
    await renewal
  }

  /** One renewal of the token a request: a refresh that "succeeds" for ever must not loop. */
  async function authorized(method: string, path: string, body: string | undefined, read: typeof readAnswer): Promise<Answer> {
    const used = session.accessToken
    const answer = await once(method, path, body, read)
    if (answer.status !== 401) return answer
    if (session.refreshAuth !== undefined) {
      try {
        await renewed(used)
      } catch (error) {
        throw new StoreError('forbidden', 'the Salesforce session ended and could not be renewed', {
          cause: withoutSecrets(error),
          actions: ['Check the connected app and the integration user.'],
        })
      }
      const again = await once(method, path, body, read)
      if (again.status !== 401) return again
      throw apiError(again)
    }
    throw apiError(answer)
  }

  /** Reads wait out what passes by itself; writes only what says that nothing was done. */
  async function patient(
    method: string,
    path: string,
    body: string | undefined,
    safe: boolean,
    read: typeof readAnswer = readAnswer,
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await authorized(method, path, body, read)
        if (answer.status < 400 || answer.status === 404) return answer
        throw apiError(answer)
      } catch (error) {
        const passes = error instanceof StoreError && (error.code === 'throttled' || (safe && error.code === 'unknown_outcome'))
        if (!passes || error.details['window'] === 'daily' || attempt >= tries) throw safe ? asOutage(error) : error
      }
      await sleep(waitBefore(attempt, jitter))
    }
  }

  const inside = (requests: readonly Subrequest[]): readonly object[] =>
    requests.map(({ url, ...request }) => ({ ...request, url: `${base}${url}` }))

  return {
    apiVersion,

    composite: async (requests, { allOrNone = true, repeatable = false } = {}) => {
      const safe = repeatable || requests.every(({ method }) => method === 'GET')
      for (let attempt = 1; ; attempt += 1) {
        const answers = await composed(requests, allOrNone, safe)
        const locked = answers.some(({ errors }) => errors.some(({ code }) => code === 'UNABLE_TO_LOCK_ROW'))
        if (!repeatable || !locked || attempt >= tries) return answers
        await sleep(waitBefore(attempt, jitter))
      }
    },

    graphs: async (graphs) => {
      const body = JSON.stringify({
        graphs: graphs.map((requests, index) => ({ graphId: `g${String(index)}`, compositeRequest: inside(requests) })),
      })
      const answer = await patient('POST', `${base}/composite/graph`, body, false)
      if (answer.status >= 300) throw apiError(answer)
      const given = (answer.body as { graphs?: unknown } | null)?.graphs
      if (!Array.isArray(given) || given.length !== graphs.length) throw unreadable('POST', 'graphs are missing in the answer')
      return graphs.map((requests, index) => {
        const found = (given as { graphId?: unknown; graphResponse?: { compositeResponse?: unknown } }[]).find(
          ({ graphId }) => graphId === `g${String(index)}`,
        )
        return subanswers(found?.graphResponse?.compositeResponse, requests)
      })
    },

    async *query(soql) {
      const path = `${base}/query?q=${encodeURIComponent(soql)}`
      const [page] =
        path.length > longestAddress ? await firstPages([soql]) : [pageOf(await patient('GET', path, undefined, true))]
      if (page !== undefined) yield* rowsFrom(page)
    },

    queries: async (list) => {
      const pages: Page[] = []
      for (let k = 0; k < list.length; k += queriesAtOnce) pages.push(...(await firstPages(list.slice(k, k + queriesAtOnce))))
      const rows: Row[][] = []
      for (const page of pages) {
        const all: Row[] = []
        for await (const row of rowsFrom(page)) all.push(row)
        rows.push(all)
      }
      return rows
    },

    get: async (path) => {
      const answer = await patient('GET', `${base}${encodePath(path)}`, undefined, true)
      if (answer.status === 404) return null
      if (answer.status >= 300) throw apiError(answer)
      return answer.body
    },

    send: async (method, path, body) => {
      const answer = await patient(
        method,
        `${base}${encodePath(path)}`,
        body === undefined ? undefined : JSON.stringify(body),
        true,
      )
      if (answer.status >= 300) throw apiError(answer)
      return answer.body
    },

    csv: async (path) => {
      const answer = await patient('GET', `${base}${encodePath(path)}`, undefined, true, readCsv)
      if (answer.status !== 200) throw apiError(answer)
      return answer.body as CsvAnswer
    },
  }

  /** Queries that belong together, or are too long for an address, go inside of a composite. */
  async function firstPages(list: readonly string[]): Promise<readonly Page[]> {
    const requests = list.map((soql, k) => ({
      method: 'GET' as const,
      url: `/query?q=${encodeURIComponent(soql)}`,
      referenceId: `query${String(k)}`,
    }))
    const answers = await composed(requests, false, true)
    return answers.map(({ status, body }) => pageOf({ status, body, method: 'GET', retryAfterMs: null }))
  }

  async function composed(requests: readonly Subrequest[], allOrNone: boolean, safe: boolean): Promise<readonly Subanswer[]> {
    const body = JSON.stringify({ allOrNone, collateSubrequests: false, compositeRequest: inside(requests) })
    const answer = await patient('POST', `${base}/composite`, body, safe)
    if (answer.status >= 300) throw apiError(answer)
    try {
      return subanswers((answer.body as { compositeResponse?: unknown } | null)?.compositeResponse, requests)
    } catch (error) {
      throw safe ? asOutage(error) : error
    }
  }

  async function* rowsFrom(first: Page): AsyncGenerator<Row, void, undefined> {
    let page = first
    for (;;) {
      yield* page.records
      if (page.next === null) return
      page = pageOf(await patient('GET', page.next, undefined, true))
    }
  }
}

/** Milliseconds to wait after a try: longer each time, spread so that two that met do not meet again. */
export function waitBefore(attempt: number, jitter: () => number): number {
  return Math.min(4000, 100 * 2 ** attempt) * (0.5 + jitter())
}

interface Page {
  readonly records: readonly Row[]
  readonly next: string | null
}

/** @throws StoreError never `unknown_outcome`: whoever reads has done nothing */
function pageOf(answer: Answer): Page {
  if (answer.status >= 300) throw asOutage(apiError(answer))
  const { records, done, nextRecordsUrl } = (answer.body ?? {}) as {
    records?: unknown
    done?: unknown
    nextRecordsUrl?: unknown
  }
  if (!Array.isArray(records) || !records.every(isRow) || typeof done !== 'boolean')
    throw asOutage(unreadable('GET', 'a page of rows has no rows'))
  // Relative by contract; anything else would send the token elsewhere.
  const next = done ? null : nextRecordsUrl
  if (next !== null && (typeof next !== 'string' || !next.startsWith('/services/data/')))
    throw asOutage(unreadable('GET', 'the next page has no address'))
  return { records, next }
}

const isRow = (row: unknown): row is Row => typeof row === 'object' && row !== null

/** An outcome that nobody needs to know: nothing was written, so the backend was simply not there. */
function asOutage(error: unknown): unknown {
  return error instanceof StoreError && error.code === 'unknown_outcome'
    ? new StoreError('unavailable', error.message, { cause: error, details: error.details, actions: error.actions })
    : error
}

/** A key that more than one record has is answered with their addresses, and without a code. */
const several: ApiError = { code: 'DUPLICATE_EXTERNAL_ID', message: 'more than one record has this key', fields: [] }

/** Every request has its answer, or the outcome is not known: an answer that is cut short says nothing. */
function subanswers(given: unknown, requests: readonly Subrequest[]): readonly Subanswer[] {
  if (!Array.isArray(given)) throw unreadable('POST', 'the answer has no list of answers')
  const answers = (given as { referenceId?: unknown; httpStatusCode?: unknown; body?: unknown }[]).map(
    ({ referenceId, httpStatusCode, body }): Subanswer => ({
      referenceId: typeof referenceId === 'string' ? referenceId : '',
      status: typeof httpStatusCode === 'number' ? httpStatusCode : 0,
      body: body ?? null,
      errors: httpStatusCode === 300 ? [several] : errorsIn(body),
    }),
  )
  const complete =
    answers.length === requests.length && answers.every(({ referenceId }, index) => referenceId === requests[index]?.referenceId)
  // A graph over its limit answers one line without a reference: nothing of it was executed.
  if (complete || answers.some(({ status }) => status >= 400)) return answers
  throw unreadable('POST', 'answers are missing')
}

/** Errors of a body, in both shapes: of a row (`errorCode`), of a collection (`statusCode` inside of each result). */
export function errorsIn(body: unknown): readonly ApiError[] {
  if (!Array.isArray(body)) return []
  return (body as unknown[]).flatMap((each): readonly ApiError[] => {
    if (typeof each !== 'object' || each === null) return []
    const { errorCode, message, fields, success, errors } = each as {
      errorCode?: unknown
      message?: unknown
      fields?: unknown
      success?: unknown
      errors?: unknown
    }
    if (typeof errorCode === 'string')
      return [{ code: errorCode, message: typeof message === 'string' ? message : '', fields: textsOf(fields) }]
    if (success !== false || !Array.isArray(errors)) return []
    return (errors as { statusCode?: unknown; message?: unknown; fields?: unknown }[]).map((error) => ({
      code: typeof error.statusCode === 'string' ? error.statusCode : 'UNKNOWN',
      message: typeof error.message === 'string' ? error.message : '',
      fields: textsOf(error.fields),
    }))
  })
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

function sessionOf(connection: SalesforceSession | SalesforceOrg): SalesforceSession {
  return 'getConnection' in connection ? connection.getConnection() : connection
}
