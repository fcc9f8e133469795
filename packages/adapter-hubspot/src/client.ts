// The only file that knows how HubSpot is reached. Commits go through our own `fetch`: the client library has no time-out, throws on a success with another
// status than the documented one, and sends a create again after a failure that may have been none.
import type { StoreError } from '@ka-governance/core'
import type { HubSpotLimiter } from './limiter.ts'
import type { HubSpotConnection } from './transport.ts'

/** The one place that names a version of the API. */
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
  /** Called after every request. */
  readonly onCall?: (call: HubSpotCall) => void
}

/** What a request was and cost. */
export interface HubSpotCall {
  readonly method: string
  /** Without its query: values of customers may be in there. */
  readonly path: string
  readonly status: number
  readonly lane: 'general' | 'search' | 'associations'
  readonly bulk: boolean
  /** What is left of the account's calls of the day, where the answer says it. */
  readonly dailyRemaining: number | null
}

/** A record as HubSpot answers it. All values are texts. */
export interface HubSpotRecord {
  readonly id: string
  /** Asked for and empty: `null` or `''`; not asked for: absent. */
  readonly properties: { readonly [name: string]: string | null }
  /** Epoch milliseconds; `null` where the answer says none. */
  readonly createdAt: number | null
  readonly updatedAt: number | null
  readonly archived: boolean
  /** Ids of associated records by type name, where they were asked for. */
  readonly associations: { readonly [type: string]: readonly string[] }
}

/** Values to be written; `''` clears one. */
export type Values = { readonly [name: string]: string }

/** A link that a record is made with. */
export interface NewAssociation {
  readonly to: string
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

/** A query of an address. */
export type Query = { readonly [name: string]: string | number | boolean | readonly string[] | undefined }

/** Calls of one portal. Failures are thrown as `StoreError`, without values of customers. */
export interface HubSpotClient {
  readonly apiVersion: string
  /** The same client for work that can wait: at most half of every rate, and behind every call that is not. */
  readonly inBulk: HubSpotClient

  /** Makes one record. Never sent twice while its outcome is not known; refusals are answers, not errors. */
  readonly create: (type: string, record: NewRecord) => Promise<Created>
  /** As many as wanted, 100 a call, each with its own outcome in order of the records; every call stands alone. */
  readonly createMany: (type: string, records: readonly NewRecord[]) => Promise<readonly Created[]>
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
  /** For good, with all that was ever in it; a record that is not there is no error. */
  readonly erase: (type: string, id: string, options?: { readonly idProperty?: string }) => Promise<void>
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
