import { escapedJson, isGovernanceError, type JsonValue, type Projection } from '@ka-governance/core'
import type { HubSpotClient, HubSpotRecord } from '../client.ts'
import type { RequestMapping, ResolvedMapping } from '../options.ts'
import { namesFor, numberIn, textIn, toProjection } from '../records.ts'
import { longestValue, typeIds } from '../schema.ts'
import type { OwnRecords } from '../tools.ts'
import type { Intake, IntakeOptions, TakenRequests } from './create-intake.ts'
import type { HubSpotEvent } from './events.ts'

/** A request that was not left, and why. */
export interface PassedOver {
  readonly event: HubSpotEvent
  /** It happened in another portal; nobody did it by hand; the mapping has no such request; the record is gone; it belongs to no instance; its fields are longer than a property. */
  readonly reason: 'other_portal' | 'not_by_hand' | 'unknown_request' | 'no_record' | 'no_instance' | 'too_long'
}

interface Tools {
  /** For records that people see. */
  readonly client: HubSpotClient
  readonly own: OwnRecords
  /** Commands are none of the portal's records. */
  readonly isHosted: boolean
  readonly mapping: ResolvedMapping
  /** Of no other one anything is taken. */
  readonly portal: string
  readonly leave: Intake['leave']
  readonly personOf: NonNullable<IntakeOptions['personOf']>
}

interface Asked {
  readonly event: HubSpotEvent
  readonly request: RequestMapping
  readonly record: HubSpotRecord
  readonly instanceId: string
}

/** What a person asked for counts as the event told it: the record may show another request by now, which comes with an event of its own. */
export async function takeRequests(tools: Tools, events: readonly HubSpotEvent[]): Promise<Omit<TakenRequests, 'merged'>> {
  const { client, mapping, portal, leave, personOf, isHosted } = tools
  const { names } = mapping
  const property = `${names.prefix}_request`
  // Emptying it is ours.
  const requests = events.filter((event) => event.what === 'propertyChange' && event.property === property && event.value !== '')
  const passedOver: PassedOver[] = []
  const known = requests.flatMap((event) => {
    const request = Object.hasOwn(mapping.requests, event.value) ? mapping.requests[event.value] : undefined
    const isByHand = event.source === 'CRM_UI' && event.userId !== null
    const reason = event.portalId !== portal ? 'other_portal' : isByHand ? 'unknown_request' : 'not_by_hand'
    if (reason !== 'unknown_request' || request === undefined) {
      passedOver.push({ event, reason })
      return []
    }
    return [{ event, request }]
  })
  const records = await readRecords(tools, known, property)
  const asked = known.flatMap(({ event, request }): readonly Asked[] => {
    const record = records.get(placeOf(event)) ?? null
    const instanceId = record === null ? '' : instanceIn(mapping, record)
    if (record === null || instanceId === '') {
      passedOver.push({ event, reason: record === null ? 'no_record' : 'no_instance' })
      return []
    }
    return [{ event, request, record, instanceId }]
  })
  const cases = await readCases(tools, asked)
  const commands = []
  const left: Asked[] = []
  for (const each of asked) {
    const { event, request, record, instanceId } = each
    const shown = cases.get(instanceId)
    const form = formOf(request, record)
    // One that cannot be left must not keep back the others of its webhook.
    if (shown === undefined || escapedJson(form).length > longestValue) {
      passedOver.push({ event, reason: shown === undefined ? 'no_instance' : 'too_long' })
      continue
    }
    left.push(each)
    commands.push({
      id: event.id,
      actor: (await personOf(event.userId ?? '')) ?? '',
      kind: shown.kind,
      instanceId,
      command: request.command,
      form,
      expectedVersion: seenBy(event, record, shown) ? shown.seq : null,
      at: event.at,
    })
  }
  const ids = await leave(commands)
  if (!isHosted) await linkAll(client, names.type('command'), left, ids)
  await emptyAll(client, left, property)
  return { left: left.length, passedOver }
}

const placeOf = ({ objectTypeId, objectId }: HubSpotEvent): string => `${objectTypeId}/${objectId}`

/** Properties that name the instance of a record: our own, and those of the mapping. */
const instanceProperties = ({ names, records }: ResolvedMapping): readonly string[] => [
  ...new Set([
    names.property('case', 'instance_id'),
    ...Object.values(records).flatMap(({ by }) => (by === 'accountId' ? [] : [by.unique])),
  ]),
]

const instanceIn = (mapping: ResolvedMapping, { properties }: HubSpotRecord): string =>
  instanceProperties(mapping)
    .map((name) => properties[name] ?? '')
    .find((value) => value !== '') ?? ''

async function readRecords(
  { client, mapping }: Tools,
  known: readonly { readonly event: HubSpotEvent; readonly request: RequestMapping }[],
  property: string,
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const found = new Map<string, HubSpotRecord>()
  const fields = known.flatMap(({ request }) =>
    Object.values(request.fields ?? {}).flatMap((source) => ('property' in source ? [source.property] : [])),
  )
  const properties = [...new Set([property, ...instanceProperties(mapping), ...fields])]
  for (const type of new Set(known.map(({ event }) => event.objectTypeId))) {
    const ids = [...new Set(known.filter(({ event }) => event.objectTypeId === type).map(({ event }) => event.objectId))]
    const records = await client.readMany(type, ids, { properties })
    for (const [k, id] of ids.entries()) {
      const record = records[k] ?? null
      if (record !== null) found.set(`${type}/${id}`, record)
    }
  }
  return found
}

/** What a case tells of the version that people see. */
interface ShownCase extends Pick<Projection, 'kind' | 'seq' | 'updatedAt'> {
  readonly id: string
  /** Which version the native record shows. */
  readonly recordSeq: number | null
  /** When the case, behind the native record, was last written, by HubSpot's clock; `null`: not said. */
  readonly writtenAt: number | null
}

/** Of what came later than the click they have seen nothing; nor of what the native record did not show yet. */
function seenBy({ at }: HubSpotEvent, record: HubSpotRecord, { id, seq, updatedAt, recordSeq, writtenAt }: ShownCase): boolean {
  if (updatedAt > at) return false
  // The click itself is written on the case.
  return record.id === id || (recordSeq === seq && (writtenAt ?? updatedAt) <= at)
}

/** Kind and version of instances; one whose case cannot be read has none. */
async function readCases({ own, mapping: { names } }: Tools, asked: readonly Asked[]): Promise<ReadonlyMap<string, ShownCase>> {
  const ids = [...new Set(asked.map(({ instanceId }) => instanceId))]
  const records = await own.readMany(names.type('case'), ids, {
    idProperty: names.property('case', 'instance_id'),
    properties: namesFor(names, 'case', ['instance_id', 'kind', 'seq', 'record_seq', 'projection']),
  })
  return new Map(
    ids.flatMap((id, k) => {
      const record = records[k] ?? null
      if (record === null) return []
      const seq = numberIn(names, 'case', record, 'seq') ?? 0
      const place = { id: record.id, recordSeq: numberIn(names, 'case', record, 'record_seq'), writtenAt: record.updatedAt }
      try {
        return [[id, { ...toProjection(names, 'case', record), ...place }] as const]
      } catch (error) {
        if (!isGovernanceError(error, 'corrupt_record')) throw error
        return [[id, { kind: textIn(names, 'case', record, 'kind'), seq, updatedAt: Infinity, ...place }] as const]
      }
    }),
  )
}

/** Fields of the command as JSON; an empty property is no field. */
function formOf({ fields = {} }: RequestMapping, { properties }: HubSpotRecord): string {
  const values = Object.entries(fields).flatMap(([field, source]): readonly (readonly [string, JsonValue])[] => {
    if ('value' in source) return [[field, source.value]]
    const value = properties[source.property] ?? ''
    return value === '' ? [] : [[field, value]]
  })
  return values.length === 0 ? '' : JSON.stringify(Object.fromEntries(values))
}

/** The answer can be seen from the record on which it was asked for. */
async function linkAll(
  client: HubSpotClient,
  type: string,
  left: readonly Asked[],
  ids: readonly (string | null)[],
): Promise<void> {
  const linkable = new Set(['companies', 'deals', 'tickets'].map((name) => typeIds[name]))
  for (const [k, { event }] of left.entries()) {
    const id = ids[k] ?? null
    if (id !== null && linkable.has(event.objectTypeId)) await client.associate(type, id, event.objectTypeId, event.objectId)
  }
}

/** Where it still shows the request: another one since then is another's. What an admin refuses stays. */
async function emptyAll(client: HubSpotClient, left: readonly Asked[], property: string): Promise<void> {
  for (const type of new Set(left.map(({ event }) => event.objectTypeId))) {
    const records = new Map(
      left
        .filter(({ event, record }) => event.objectTypeId === type && record.properties[property] === event.value)
        .map(({ record }) => [record.id, record] as const),
    )
    await client.updateMany(
      type,
      [...records.keys()].map((id) => ({ id, properties: { [property]: '' } })),
    )
  }
}
