import type { Subrequest } from './client.ts'
import type { ApiError } from './errors.ts'
import { textOf, type CommitRows, type Fields, type NativeRows, type VisibleRecord } from './mapping.ts'
import { milestoneRequests } from './native/milestones.ts'
import type { Names } from './schema.ts'
import { segment } from './soql.ts'

/** What one request of a commit is for: decides what its refusal means. */
export type Purpose =
  | { readonly of: 'instance' | 'event' | 'effects' | 'documents'; readonly row: CommitRows | null }
  | { readonly of: 'acknowledge'; readonly effectId: string }
  | { readonly of: 'record'; readonly row: CommitRows }
  | { readonly of: 'native'; readonly effectId: string }
  | { readonly of: 'milestone' | 'member'; readonly key: string }

/** A request with its purpose. */
export interface CommitRequest {
  readonly request: Subrequest
  readonly purpose: Purpose
}

/** What is left out when a commit is sent again. */
export interface Without {
  /** Effects that nobody had to acknowledge any more. */
  readonly acknowledges: ReadonlySet<string>
  /** Instances whose record the org refuses, with the reason. */
  readonly records: ReadonlyMap<string, string>
  /** Texts that are there already: the same document again is no other one. */
  readonly documents: ReadonlySet<string>
  /** Record types of new instances, which this user may not choose. */
  readonly recordTypes: boolean
  /** Effects that the org does not let become native: they stay pending. */
  readonly native: ReadonlySet<string>
  /** Milestones by their key: refused, with the reason; `null`: the case has none that is open. */
  readonly milestones: ReadonlyMap<string, string | null>
  /** Members of account teams by their key: refused, with the reason; `null`: gone already. */
  readonly members: ReadonlyMap<string, string | null>
}

export const nothingLeftOut: Without = {
  acknowledges: new Set(),
  records: new Map(),
  documents: new Set(),
  recordTypes: false,
  native: new Set(),
  milestones: new Map(),
  members: new Map(),
}

/** Most requests of one composite, and of one list inside of it. */
export const limits = { composite: 25, collection: 200, lists: 5, graphs: 75, nodes: 500, kinds: 15 } as const

/**
 * Everything that has to land together, in the order in which it is done: heads first, since entries refer to them, then entries, effects and texts, at last
 * the records of the org, whose rules and triggers are the dearest to fail.
 */
export function requestsOf(rows: readonly CommitRows[], names: Names, without: Without): readonly CommitRequest[] {
  const own = new Set(rows.flatMap((row) => row.acknowledges))
  const native = rows.map((row) => row.native.filter(({ effectId }) => !own.has(effectId) && !without.native.has(effectId)))
  const carriedOut = new Set([...own, ...native.flat().map(({ effectId }) => effectId)])
  const inserted = (row: CommitRows): readonly Fields[] =>
    row.effects.filter((effect) => !carriedOut.has(textOf(effect, names.field('Effect', 'EffectKey'))))
  const created = new Set(rows.flatMap((row) => row.effects.map((effect) => textOf(effect, names.field('Effect', 'EffectKey')))))
  const acknowledged = [...own].filter((id) => !created.has(id) && !without.acknowledges.has(id))

  const heads = rows.map((row): CommitRequest => ({
    request: headRequest(row, names, without),
    purpose: { of: 'instance', row },
  }))
  const events = rows.map((row): CommitRequest => ({ request: eventRequest(row, names), purpose: { of: 'event', row } }))
  const effects = rows.flatMap(inserted)
  const keyField = names.field('Document', 'DocumentKey')
  const documents = rows.flatMap((row) => row.documents).filter((document) => !without.documents.has(textOf(document, keyField)))
  const acknowledges = acknowledged.map((effectId, k): CommitRequest => ({
    request: {
      method: 'DELETE',
      url: byKey(names.object('Effect'), names.field('Effect', 'EffectKey'), effectId),
      referenceId: `ack${String(k)}`,
    },
    purpose: { of: 'acknowledge', effectId },
  }))
  const records = rows.flatMap((row): readonly CommitRequest[] =>
    row.record === null || without.records.has(row.instanceId)
      ? []
      : [{ request: recordRequest(row.record, `record${String(rows.indexOf(row))}`), purpose: { of: 'record', row } }],
  )
  const milestones = rows.flatMap((row, k) =>
    // Of a case that is refused nobody knows whether it is there.
    without.records.has(row.instanceId) || row.record === null
      ? []
      : row.milestones
          .filter(({ key }) => !without.milestones.has(key))
          .flatMap((milestone, n) =>
            milestoneRequests(milestone, `${String(k)}_${String(n)}`).map((request): CommitRequest => ({
              request,
              purpose: { of: 'milestone', key: milestone.key },
            })),
          ),
  )
  const members = rows.flatMap((row, k) =>
    (without.records.has(row.instanceId) ? [] : (row.team?.changes ?? []))
      .filter(({ key }) => !without.members.has(key))
      .map(({ key, request }, n): CommitRequest => ({
        request: { ...request, referenceId: `member${String(k)}_${String(n)}` },
        purpose: { of: 'member', key },
      })),
  )
  const natives = rows.flatMap((row, k) => (native[k] ?? []).flatMap((each) => nativeRequests(each, row, k, without)))
  const single = [
    ...interleaved(heads, events),
    ...each(names.object('Effect'), effects, 'effect').map((request): CommitRequest => ({
      request,
      purpose: { of: 'effects', row: null },
    })),
    ...each(names.object('Document'), documents, 'document').map((request): CommitRequest => ({
      request,
      purpose: { of: 'documents', row: null },
    })),
    ...acknowledges,
    ...records,
    ...milestones,
    ...members,
    ...natives,
  ]
  if (single.length <= limits.composite) return single
  return [
    ...interleaved(heads, events),
    ...lists(names.object('Effect'), effects, 'effects').map((request): CommitRequest => ({
      request,
      purpose: { of: 'effects', row: null },
    })),
    ...lists(names.object('Document'), documents, 'documents').map((request): CommitRequest => ({
      request,
      purpose: { of: 'documents', row: null },
    })),
    ...acknowledges,
    ...records,
    ...milestones,
    ...members,
    ...natives,
  ]
}

/** Behind the record that they are about, whose id is known by then. A record that is left out has none: the account stands in for it. */
function nativeRequests(
  { effectId, object, rows, about }: NativeRows,
  row: CommitRows,
  k: number,
  without: Without,
): readonly CommitRequest[] {
  const shown = about.record && row.record !== null && !without.records.has(row.instanceId) ? row.record : null
  const what = shown === null ? about.account : 'id' in shown.by ? shown.by.id : `@{record${String(k)}.id}`
  return rows.map((fields, n) => ({
    request: {
      method: 'POST',
      url: `/sobjects/${object}`,
      referenceId: `native_${effectId.replaceAll('-', '_')}_${String(n)}`,
      body: { ...fields, ...(what === null ? {} : { WhatId: what }) },
    },
    purpose: { of: 'native', effectId },
  }))
}

function interleaved(heads: readonly CommitRequest[], events: readonly CommitRequest[]): CommitRequest[] {
  return heads.flatMap((head, k) => [head, events[k]].filter((request) => request !== undefined))
}

/** The head is written by its key, whether it is there or not; the org's own rule sees to it that entries follow one another. */
function headRequest(row: CommitRows, names: Names, without: Without): Subrequest {
  const refused = refusalOf(row, without)
  return {
    method: 'PATCH',
    url: byKey(names.object('Instance'), names.field('Instance', 'InstanceKey'), row.instanceId),
    referenceId: reference('head', row),
    body: {
      ...row.instance,
      ...(without.recordTypes ? null : row.recordType),
      ...(refused === undefined ? row.shown : row.blocked(refused)),
    },
  }
}

/** Why the record, a milestone of it, or its team does not follow. */
export function refusalOf({ instanceId, milestones, team, unfit }: CommitRows, without: Without): string | undefined {
  const parts = [
    unfit,
    ...milestones.map(({ key }) => without.milestones.get(key)),
    team?.refused,
    ...(team?.changes ?? []).map(({ key }) => without.members.get(key)),
  ]
  return without.records.get(instanceId) ?? parts.find((reason) => typeof reason === 'string') ?? undefined
}

/** Removed by somebody else already, which is what was wanted. */
export const isGone = ({ method }: Pick<Subrequest, 'method'>, { code }: ApiError, status: number): boolean =>
  method === 'DELETE' && (status === 404 || code === 'ENTITY_IS_DELETED')

/** A query, or a list of rows: a graph has no place for them, a composite for five. */
export const isListOrQuery = ({ request: { url } }: CommitRequest): boolean =>
  url.startsWith('/composite/') || url.startsWith('/query')

/** What the first request of a commit leaves out: milestones and members, where a call has no room for them. They are said to be refused, so that `project` makes up for them. */
export function withRoom(rows: readonly CommitRows[], names: Names): Without {
  const requests = requestsOf(rows, names, nothingLeftOut)
  if (requests.length <= limits.composite && requests.filter(isListOrQuery).length <= limits.lists) return nothingLeftOut
  const milestones = new Map(rows.flatMap((row) => row.milestones.map(({ key }) => [key, noRoom] as const)))
  const members = new Map(rows.flatMap(({ team }) => (team?.changes ?? []).map(({ key }) => [key, noRoom] as const)))
  return { ...nothingLeftOut, milestones, members }
}

export const noRoom = 'LIMIT_EXCEEDED: the call has no room for milestones and members of a team'

/** Always made, never upserted: the unique key of the entry is the lock. */
function eventRequest(row: CommitRows, names: Names): Subrequest {
  return {
    method: 'POST',
    url: `/sobjects/${names.object('Event')}`,
    referenceId: reference('event', row),
    body: {
      ...row.event,
      [names.field('Event', 'Instance').replace(/__c$/, '__r')]: { [names.field('Instance', 'InstanceKey')]: row.instanceId },
    },
  }
}

/** Reference ids are letters and digits; of two entries of one instance the number tells. */
const reference = (what: string, { instanceId, seq }: CommitRows): string =>
  `${what}_${instanceId.replaceAll('-', '_')}_${String(seq)}`

/** The record that people see. Its owner stays who it is, and a mere warning about doubles does not stop it. */
export function recordRequest({ object, by, fields }: VisibleRecord, referenceId: string): Subrequest {
  return {
    method: 'PATCH',
    url:
      'id' in by
        ? `/sobjects/${object}/${segment(by.id)}`
        : `${byKey(object, by.field, by.key)}${by.makes ? '' : '?updateOnly=true'}`,
    referenceId,
    body: fields,
    httpHeaders: { 'Sforce-Auto-Assign': 'FALSE', 'Sforce-Duplicate-Rule-Header': 'allowSave=true' },
  }
}

export const byKey = (object: string, field: string, key: string): string => `/sobjects/${object}/${field}/${segment(key)}`

function each(object: string, rows: readonly Fields[], name: string): readonly Subrequest[] {
  return rows.map((body, k) => ({ method: 'POST', url: `/sobjects/${object}`, referenceId: `${name}${String(k)}`, body }))
}

/** Many rows of one object in a list: at most five lists a composite. */
function lists(object: string, rows: readonly Fields[], name: string): readonly Subrequest[] {
  return Array.from({ length: Math.ceil(rows.length / limits.collection) }, (_, k) => ({
    method: 'POST',
    url: '/composite/sobjects',
    referenceId: `${name}${String(k)}`,
    body: {
      allOrNone: true,
      records: rows
        .slice(k * limits.collection, (k + 1) * limits.collection)
        .map((fields) => ({ attributes: { type: object }, ...fields })),
    },
  }))
}
