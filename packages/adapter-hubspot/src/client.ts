// The only file that knows how HubSpot is reached. Commits go through our own `fetch`: the client library has no time-out, throws on a success with another
// status than the documented one, and sends a create again after a failure that may have been none.
import { StoreError } from '@ka-governance/core'
import { linksOf, pageOf, recordIn, type Answer } from './answer.ts'
import { chunksOf, createBatches } from './batches.ts'
import { createCaller, type Call, type Caller } from './calls.ts'
import { apiError, unreadable } from './errors.ts'
import { createHubSpotLimiter, type HubSpotLimiter } from './limiter.ts'
import { transportOf, type HubSpotConnection } from './transport.ts'

/** The version of HubSpot's API, by date, that every address names unless `apiVersion` says otherwise. */
export const HUBSPOT_API_VERSION = '2026-09'

/** How the client behaves. */
export interface ClientOptions {
  /** A `Client` of `@hubspot/api-client`, a source of tokens, or a transport of the host's own. */
  readonly client: HubSpotConnection
  /** @default 2026-09 */
  readonly apiVersion?: string
  /** Milliseconds until an answer counts as lost. @default 30000 */
  readonly timeoutMs?: number
  /** @default the host's */
  readonly fetch?: typeof fetch
  /** How often a request is sent before its failure is the caller's. A create whose outcome is not known is never sent twice here. @default 5 */
  readonly tries?: number
  /** Waits between tries, and until the limiter lets a call through. @default a timer of the host */
  readonly sleep?: (ms: number) => Promise<unknown>
  /** Between 0 and 1: spreads the waits. @default the host's random numbers */
  readonly jitter?: () => number
  /** Epoch milliseconds, for windows of rates. @default the host's clock */
  readonly now?: () => number
  /** IANA zone of the account: when its daily limit begins anew. @default not known, so nothing is said of it */
  readonly timeZone?: string
  /** Shared by all clients of one portal. @default one for each connection, whichever client was made of it */
  readonly limiter?: HubSpotLimiter
  /** Called after every request that was answered; what it throws is not heard. */
  readonly onCall?: (call: HubSpotCall) => void
}

/** What a request was and cost. */
export interface HubSpotCall {
  readonly method: string
  /** Without its query: values of customers may be in there. */
  readonly path: string
  readonly status: number
  /** Whose rate it counted against. */
  readonly lane: 'general' | 'search' | 'associations'
  /** Whether it could wait: see `HubSpotClient.inBulk`. */
  readonly bulk: boolean
  /** What is left of the account's calls of the day, where the answer says it. */
  readonly dailyRemaining: number | null
}

/** A record as HubSpot answers it. All values are texts. */
export interface HubSpotRecord {
  readonly id: string
  /** Asked for and empty: `null` or `''`; not asked for: absent. */
  readonly properties: { readonly [name: string]: string | null }
  /** This and `updatedAt`: epoch milliseconds; `null` where the answer says none. */
  readonly createdAt: number | null
  readonly updatedAt: number | null
  /** It lies in the recycle bin. */
  readonly archived: boolean
  /** Ids of associated records by type name, where they were asked for. */
  readonly associations: { readonly [type: string]: readonly string[] }
}

/** Values to be written, by internal name; `''` clears one, what is not named stays. */
export type Values = { readonly [name: string]: string }

/** A link that a record is made with, to one that is there already. */
export interface NewAssociation {
  /** Id of the record at the other end. */
  readonly to: string
  /** What the link means, as `category` numbers it. */
  readonly typeId: number
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED'
}

/** A record to be made. */
export interface NewRecord {
  readonly properties: Values
  readonly associations?: readonly NewAssociation[]
}

/** What became of a record that was to be made. */
export type Created =
  | { readonly status: 'created'; readonly record: HubSpotRecord }
  /** A unique value is taken. `property` and `holder` are read from a text that is no contract: `null` where it says nothing. */
  | {
      readonly status: 'taken'
      readonly property: string | null
      readonly holder: string | null
      readonly error: StoreError
    }
  /** Nothing was written, for a reason that lies in this record, in the rights or in the rates. */
  | { readonly status: 'refused'; readonly error: StoreError }
  /** The whole batch was refused, and which of its records is the reason is not said: read this one by its key, then send it again, alone if need be. */
  | { readonly status: 'withheld'; readonly error: StoreError }
  /** It may have been written: read it by its key. */
  | { readonly status: 'unknown'; readonly error: StoreError }

/** A record to be changed: `id` is the record's, or the value of `idProperty`. */
export interface Change {
  readonly id: string
  readonly properties: Values
}

/** What became of a change; whatever failed may be sent again. */
export type Changed =
  | { readonly status: 'written'; readonly record: HubSpotRecord; readonly isNew: boolean }
  | { readonly status: 'refused'; readonly error: StoreError }

/** Which record, and what of it. */
export interface ReadOptions {
  /** The unique property whose values are given in place of ids. @default the record's own id */
  readonly idProperty?: string
  /** Internal names of what is asked for. @default what HubSpot thinks of */
  readonly properties?: readonly string[]
  /** Looks into the recycle bin instead. @default false */
  readonly archived?: boolean
  /** Types whose ids come along; for one record only. */
  readonly associations?: readonly string[]
}

/** A condition of a search. Texts are compared without regard to case. */
export type SearchFilter =
  | {
      readonly propertyName: string
      readonly operator: 'EQ' | 'NEQ' | 'LT' | 'LTE' | 'GT' | 'GTE' | 'CONTAINS_TOKEN' | 'NOT_CONTAINS_TOKEN'
      readonly value: string
    }
  | { readonly propertyName: string; readonly operator: 'BETWEEN'; readonly value: string; readonly highValue: string }
  | { readonly propertyName: string; readonly operator: 'IN' | 'NOT_IN'; readonly values: readonly string[] }
  | { readonly propertyName: string; readonly operator: 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY' }

/** A search: any group, all filters in it. At most 5 groups, 6 filters in each, 18 in all, 3,000 characters. */
export interface Search {
  readonly filterGroups: readonly { readonly filters: readonly SearchFilter[] }[]
  readonly sorts?: readonly [{ readonly propertyName: string; readonly direction: 'ASCENDING' | 'DESCENDING' }]
  /** Internal names of what is asked for. */
  readonly properties: readonly string[]
  /** At most 200. @default 100 */
  readonly limit?: number
  readonly after?: string
}

/** A page of a search. The index is behind: a hit may no longer match, a match may be missing; nothing is decided by it. There is no total: it counts ghosts. */
export interface SearchPage {
  readonly records: readonly HubSpotRecord[]
  /** `null`: no page follows. Beyond 10,000 rows there is none either: go on by the value of the sort. */
  readonly after: string | null
}

/** A query of an address: a list is one value with commas, `undefined` is left out. */
export type Query = { readonly [name: string]: string | number | boolean | readonly string[] | undefined }

/** Calls of one portal. Failures are thrown as `StoreError`, without values of customers. */
export interface HubSpotClient {
  readonly apiVersion: string
  /** The same client for work that can wait: at most half of every rate, and behind every call that is not. */
  readonly inBulk: HubSpotClient

  /** Makes one record. Never sent twice while its outcome is not known; refusals are answers, not errors. */
  readonly create: (type: string, record: NewRecord) => Promise<Created>
  /**
   * As many as wanted, 100 a call, each with its own outcome in order of the records; every call stands alone. `key`: a unique property that all of them have,
   * by which the answers are told apart; of two with the same value the later one is `taken`.
   */
  readonly createMany: (type: string, records: readonly NewRecord[], key: string) => Promise<readonly Created[]>
  /** `null`: there is none. Exact: no index is asked. */
  readonly read: (type: string, id: string, options?: ReadOptions) => Promise<HubSpotRecord | null>
  /** In order of the ids, `null` where there is none; 100 a call. Exact: no index is asked. */
  readonly readMany: (
    type: string,
    ids: readonly string[],
    options?: Omit<ReadOptions, 'associations'>,
  ) => Promise<readonly (HubSpotRecord | null)[]>
  /** Writes whole values, so that twice is as good as once. */
  readonly update: (
    type: string,
    id: string,
    properties: Values,
    options?: { readonly idProperty?: string },
  ) => Promise<HubSpotRecord>
  /** The same for many, 100 a call, in order of the changes. */
  readonly updateMany: (
    type: string,
    changes: readonly Change[],
    options?: { readonly idProperty?: string },
  ) => Promise<readonly Changed[]>
  /** Makes what is not there; `id` of a change is the value of `idProperty`, which is written too. */
  readonly upsertMany: (type: string, changes: readonly Change[], idProperty: string) => Promise<readonly Changed[]>
  /** Into the recycle bin, where they stay for 90 days. Records that are not there are no error. */
  readonly archiveMany: (type: string, ids: readonly string[]) => Promise<void>
  /**
   * Takes away what a record holds of people. `erased`: for good, where HubSpot does that for the type; `cleared`: the properties named in `clear` were emptied
   * and the record is in the recycle bin, which HubSpot purges after 90 days (its history of values too); `absent`: there is none.
   */
  readonly erase: (
    type: string,
    id: string,
    options: { readonly idProperty?: string; readonly clear: readonly string[] },
  ) => Promise<'erased' | 'cleared' | 'absent'>
  /** One page of the index. */
  readonly search: (type: string, search: Search) => Promise<SearchPage>
  /** Every record, in order of ids, page by page. No index and no limit of rows: what a nightly check reads. */
  readonly list: (
    type: string,
    options: { readonly properties: readonly string[]; readonly archived?: boolean },
  ) => AsyncGenerator<HubSpotRecord, void, undefined>

  /** Links two records in the default way; twice is as good as once. */
  readonly associate: (from: string, id: string, to: string, toId: string) => Promise<void>
  /** Ids of type `to` for each id, in order; 1,000 a call, and pages that follow. */
  readonly associated: (from: string, to: string, ids: readonly string[]) => Promise<readonly (readonly string[])[]>

  /** Any other resource; `null`: 404. `{version}` in the path is the API's version. */
  readonly get: (path: string, query?: Query) => Promise<unknown>
  /** Rows of a resource that answers in pages: `results`, `paging.next.after`. */
  readonly pages: (path: string, query?: Query) => AsyncGenerator<unknown, void, undefined>
  /** Makes, changes or deletes a resource for which twice is as good as once, so that a lost answer is no reason to give up. */
  readonly send: (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<unknown>
}

/** Longest address that goes out; a longer one is asked for as a batch of one. HubSpot answers 414 beyond its own limit. */
const longestAddress = 4000
/** Most ids of a batch of associations. */
const associatedAtOnce = 1000

/** A query as text, `?` and all; a list is one value with commas; what is not given is left out. */
function queryOf(query: Query): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0)
      ? []
      : [`${encodeURIComponent(name)}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** One budget for all clients of one connection. */
const limiters = new WeakMap<HubSpotConnection, HubSpotLimiter>()

function limiterOf(options: ClientOptions): HubSpotLimiter {
  if (options.limiter !== undefined) return options.limiter
  const known = limiters.get(options.client)
  if (known !== undefined) return known
  const made = createHubSpotLimiter({
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  })
  limiters.set(options.client, made)
  return made
}

/**
 * A client for one portal. It calls nothing before one of its functions is called, and takes its options as they are given.
 *
 * @example
 * ```ts no-run: needs a portal
 * const client = createHubSpotClient({ client: { accessToken: async () => 'a token of today' } })
 * const company = await client.read('companies', '904', { properties: ['name'] })
 * ```
 */
export function createHubSpotClient(options: ClientOptions): HubSpotClient {
  const call = createCaller(options, transportOf(options.client, options.fetch), limiterOf(options))
  const apiVersion = options.apiVersion ?? HUBSPOT_API_VERSION
  const inBulk: HubSpotClient = {
    ...functionsOf(call, apiVersion, true),
    apiVersion,
    get inBulk() {
      return inBulk
    },
  }
  return { ...functionsOf(call, apiVersion, false), apiVersion, inBulk }
}

function functionsOf(call: Caller, apiVersion: string, bulk: boolean): Omit<HubSpotClient, 'apiVersion' | 'inBulk'> {
  const enc = encodeURIComponent
  const objects = (type: string): string => `/crm/objects/${apiVersion}/${enc(type)}`
  const ask = (request: Omit<Call, 'bulk'>): Promise<Answer> =>
    call({ ...request, path: request.path.replaceAll('{version}', apiVersion), bulk })
  const good = async (request: Omit<Call, 'bulk'>): Promise<Answer> => {
    const answer = await ask(request)
    if (answer.status >= 300) throw apiError(answer)
    return answer
  }
  const batches = createBatches(ask, objects)

  async function* pages(path: string, query: Query = {}): AsyncGenerator<unknown, void, undefined> {
    for (let after: string | null = null; ;) {
      const at = `${path}${queryOf({ ...query, ...(after === null ? {} : { after }) })}`
      const page = pageOf(await good({ method: 'GET', path: at, safe: true }))
      yield* page.rows
      if (page.after === null) return
      if (page.after === after) throw unreadable('GET', 'the same page again')
      after = page.after
    }
  }

  return {
    ...batches,
    pages,

    read: async (type, id, read = {}) => {
      const path = `${objects(type)}/${enc(id)}${queryOf({
        idProperty: read.idProperty,
        properties: read.properties,
        associations: read.associations,
        archived: read.archived === true ? true : undefined,
      })}`
      const asBatch = async (): Promise<HubSpotRecord | null> => (await batches.readMany(type, [id], read))[0] ?? null
      if (path.length > longestAddress && read.associations === undefined) return asBatch()
      const answer = await ask({ method: 'GET', path, safe: true })
      if (answer.status === 404) return null
      if (answer.status === 414 && read.associations === undefined) return asBatch()
      if (answer.status >= 300) throw apiError(answer)
      return recordIn(answer.body, 'GET')
    },

    update: async (type, id, properties, { idProperty } = {}) => {
      const path = `${objects(type)}/${enc(id)}${queryOf({ idProperty })}`
      const { body } = await good({ method: 'PATCH', path, body: { properties }, safe: true })
      return recordIn(body, 'PATCH')
    },

    archiveMany: async (type, ids) => {
      for (const some of chunksOf([...new Set(ids)], 100))
        await good({
          method: 'POST',
          path: `${objects(type)}/batch/archive`,
          body: { inputs: some.map((id) => ({ id })) },
          safe: true,
        })
    },

    erase: async (type, id, { idProperty, clear }) => {
      const asked = await ask({
        method: 'POST',
        path: `${objects(type)}/gdpr-delete`,
        body: { objectId: id, ...(idProperty === undefined ? {} : { idProperty }) },
        safe: true,
      }).catch((error: unknown) => {
        if (error instanceof StoreError && [400, 405].includes(Number(error.details['status']))) return null
        throw error
      })
      if (asked !== null && asked.status < 300) return 'erased'
      // Not for this type, or no such record: the next call tells which.
      const values = Object.fromEntries(clear.map((name) => [name, ''] as const))
      const path = `${objects(type)}/${enc(id)}${queryOf({ idProperty })}`
      const emptied = await ask({ method: 'PATCH', path, body: { properties: values }, safe: true })
      if (emptied.status === 404) return 'absent'
      if (emptied.status >= 300) throw apiError(emptied)
      await good({ method: 'DELETE', path: `${objects(type)}/${enc(recordIn(emptied.body, 'PATCH').id)}`, safe: true })
      return 'cleared'
    },

    search: async (type, { filterGroups, sorts = [], properties, limit = 100, after }) => {
      const body = { filterGroups, sorts, properties, limit, ...(after === undefined ? {} : { after }) }
      const page = pageOf(await good({ method: 'POST', path: `${objects(type)}/search`, body, safe: true }))
      return { records: page.rows.map((row) => recordIn(row, 'POST')), after: page.after }
    },

    async *list(type, { properties, archived }) {
      const query = { limit: 100, properties, archived: archived === true ? true : undefined }
      for await (const row of pages(objects(type), query)) yield recordIn(row, 'GET')
    },

    associate: async (from, id, to, toId) => {
      const path = `${objects(from)}/${enc(id)}/associations/default/${enc(to)}/${enc(toId)}`
      await good({ method: 'PUT', path, safe: true })
    },

    associated: async (from, to, ids) => {
      const found = new Map<string, string[]>(ids.map((id) => [id, []]))
      const path = `/crm/associations/${apiVersion}/${enc(from)}/${enc(to)}/batch/read`
      let open: readonly { readonly id: string; readonly after?: string }[] = [...found.keys()].map((id) => ({ id }))
      while (open.length > 0) {
        const following: { id: string; after: string }[] = []
        for (const inputs of chunksOf(open, associatedAtOnce))
          for (const row of pageOf(await good({ method: 'POST', path, body: { inputs }, safe: true })).rows) {
            const link = linksOf(row)
            found.get(link.from)?.push(...link.to)
            if (link.after !== null) following.push({ id: link.from, after: link.after })
          }
        open = following
      }
      return ids.map((id) => [...new Set(found.get(id) ?? [])])
    },

    get: async (path, query = {}) => {
      const answer = await ask({ method: 'GET', path: `${path}${queryOf(query)}`, safe: true })
      if (answer.status === 404) return null
      if (answer.status >= 300) throw apiError(answer)
      return answer.body
    },

    send: async (method, path, body) => (await good({ method, path, ...(body === undefined ? {} : { body }), safe: true })).body,
  }
}
