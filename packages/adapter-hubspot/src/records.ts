import {
  checkCommit,
  corruptRecord,
  effectSchema,
  headOf,
  pairKey,
  projectionSchema,
  sortKey,
  StoreError,
  type Commit,
  type DueHit,
  type JournalEntry,
  type PendingEffect,
  type PersonalDocument,
  type PolicyRecord,
  type Projection,
  type StoredInstance,
} from '@ka-governance/core'
import type { HubSpotRecord, Values } from './client.ts'
import { longText, longTextIn } from './long-text.ts'
import { cut, dateTime, projectionWrites } from './mapping.ts'
import { activitiesOf, isActivity, type Activity } from './native/activity.ts'
import type { ProjectionWrites, ResolvedMapping } from './options.ts'
import { objects, partsOf, type Names, type ObjectName, type PropertyName, type PropertySpec } from './schema.ts'

/** A commit as records: text only, nothing shared with the caller. */
export interface CommitRecords {
  readonly instanceId: string
  readonly seq: number
  readonly eventKey: string
  readonly commandKey: string
  readonly hash: string
  readonly event: Values
  readonly effects: readonly Values[]
  readonly documents: readonly Values[]
  /** What people see. */
  readonly writes: ProjectionWrites
  readonly acknowledges: NonNullable<Commit['acknowledges']>
  /** Effects that become tasks and notes. */
  readonly activities: readonly Activity[]
}

/** Values by the portal's names. */
function valuesOf<O extends ObjectName>(
  names: Names,
  object: O,
  values: { readonly [name in PropertyName<O>]?: string },
): Values {
  return Object.fromEntries(
    (Object.entries(values) as [PropertyName<O>, string][]).map(([name, value]) => [names.property(object, name), value]),
  )
}

/** How many properties hold a text. */
function partsFor<O extends ObjectName>(object: O, name: PropertyName<O>): number {
  const properties: { readonly [name: string]: PropertySpec } = objects[object].properties
  const spec = properties[name]
  return spec !== undefined && 'parts' in spec ? spec.parts : 1
}

/** Names to be asked for: of a long text all its parts. */
export function namesFor<O extends ObjectName>(names: Names, object: O, wanted: readonly PropertyName<O>[]): readonly string[] {
  return wanted.flatMap((name) => partsOf(names.property(object, name), partsFor(object, name)))
}

/** Unique for instance and key, whatever they contain, and of a fixed length. */
export const commandKey = (instanceId: string, idempotencyKey: string, sha256: (text: string) => string): string =>
  sha256(pairKey(instanceId, idempotencyKey))

/** Unique for instance and document. */
export const documentKey = (instanceId: string, documentId: string, sha256: (text: string) => string): string =>
  sha256(pairKey(instanceId, documentId))

/** Longest texts of columns, in UTF-16 units. */
const columns = { title: 250, command: 80, actor: 200, type: 80, policy: 200 } as const

/** A type as its column has it. */
export const typeColumn = (type: string): string => cut(type, columns.type)

/** @throws StoreError `too_large`, InvalidInputError when the parts do not belong together or hold text that is not Unicode. */
export function toCommitRecords(commit: Commit, mapping: ResolvedMapping, sha256: (text: string) => string): CommitRecords {
  const { names } = mapping
  const texts = checkCommit(commit)
  const { entry, snapshot, projection } = commit
  const { key, instanceId, seq, idempotencyKey } = entry
  const head = headOf(entry)
  const command =
    typeof entry.command === 'object' && entry.command !== null && 'type' in entry.command ? entry.command.type : null
  const said = typeof command === 'string' ? command : 'settle'
  const long = (name: 'entry' | 'snapshot' | 'projection' | 'documents', text: string): Values =>
    longText(names.property('event', name), partsFor('event', name), text, {
      what: name === 'snapshot' ? 'snapshot' : 'entry',
      key,
    })
  const writes = projectionWrites(mapping, projection)
  return {
    instanceId,
    seq,
    eventKey: key,
    commandKey: commandKey(instanceId, idempotencyKey, sha256),
    hash: entry.hash,
    event: {
      ...valuesOf(names, 'event', {
        event_key: key,
        command_key: commandKey(instanceId, idempotencyKey, sha256),
        title: cut(`${said}: ${entry.from} → ${entry.to}`, columns.title),
        instance_id: instanceId,
        seq: String(seq),
        kind: entry.kind,
        command: cut(said, columns.command),
        actor: cut(entry.actor.id, columns.actor),
        at: dateTime(entry.at),
        entry_at: String(head.at),
        hash: head.hash,
        snapshot_hash: head.snapshotHash,
        effects: String(entry.effects.length),
        unsettled: 'true',
      }),
      ...long('entry', texts.entry),
      ...long('snapshot', snapshot),
      ...long('projection', texts.projection),
      ...(texts.personal.length === 0
        ? {}
        : long('documents', JSON.stringify(texts.personal.map(({ document }) => document.documentId)))),
    },
    effects: toEffectValues(names, entry),
    documents: texts.personal.map(({ document, json }) => ({
      ...valuesOf(names, 'document', {
        document_key: documentKey(instanceId, document.documentId, sha256),
        instance_id: instanceId,
        seq: String(seq),
      }),
      ...longText(names.property('document', 'document'), partsFor('document', 'document'), json, {
        what: 'document',
        key: `${key} ${document.field}`,
      }),
    })),
    writes,
    // Parsed anew, so that nothing is shared with the caller.
    activities: entry.effects.some((effect) => isActivity(mapping, effect))
      ? activitiesOf(mapping, JSON.parse(texts.entry) as JournalEntry, JSON.parse(texts.projection) as Projection)
      : [],
    acknowledges: (commit.acknowledges ?? []).map(({ instanceId: of, effectId }) => ({ instanceId: of, effectId })),
  }
}

/** The effects of an entry as they begin. */
export function toEffectValues(names: Names, { key, instanceId, kind, seq, at, effects }: JournalEntry): readonly Values[] {
  return effects.map((effect, k) => ({
    ...valuesOf(names, 'effect', {
      effect_key: effect.id,
      instance_id: instanceId,
      type: typeColumn(effect.type),
      order: `${String(at).padStart(15, '0')}${sortKey(key)}${String(k).padStart(6, '0')}`,
      done: 'false',
      dead: 'false',
      attempts: '0',
      retry_at: '0',
    }),
    ...longText(names.property('effect', 'effect'), partsFor('effect', 'effect'), JSON.stringify({ kind, seq, at, effect }), {
      what: 'entry',
      key: effect.id,
    }),
  }))
}

/** A property of ours; `''`: it is empty. */
export function textIn<O extends ObjectName>(names: Names, object: O, record: HubSpotRecord, name: PropertyName<O>): string {
  return record.properties[names.property(object, name)] ?? ''
}

/** A number of ours; `null`: it is empty, or none. */
export function numberIn<O extends ObjectName>(
  names: Names,
  object: O,
  record: HubSpotRecord,
  name: PropertyName<O>,
): number | null {
  const text = textIn(names, object, record, name)
  const value = Number(text)
  return text.trim() === '' || !Number.isFinite(value) ? null : value
}

/** A long text of ours, whole. @throws StoreError `corrupt_record` */
function longIn<O extends ObjectName>(
  names: Names,
  object: O,
  { properties }: HubSpotRecord,
  name: PropertyName<O>,
  key: string,
): string {
  const text = longTextIn(properties, names.property(object, name), partsFor(object, name))
  if (text === null) throw corruptRecord(names.schema(object), key)
  return text
}

function jsonIn<O extends ObjectName>(
  names: Names,
  object: O,
  record: HubSpotRecord,
  name: PropertyName<O>,
  key: string,
): unknown {
  try {
    return JSON.parse(longIn(names, object, record, name, key)) as unknown
  } catch (error) {
    throw corruptRecord(names.schema(object), key, error)
  }
}

/** What a record says; `null`: it is damaged, which holds up no other one. */
export function legible<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return null
  }
}

/** What `load` asks for of an entry. */
export const headColumns = ['event_key', 'instance_id', 'seq', 'kind', 'hash', 'entry_at', 'snapshot_hash', 'snapshot'] as const

/** The head of an instance: its last entry, and how far the case has followed. @throws StoreError `corrupt_record` */
export function toStored(names: Names, event: HubSpotRecord, shown: HubSpotRecord | null): StoredInstance {
  const text = (name: PropertyName<'event'>): string => textIn(names, 'event', event, name)
  const key = text('event_key')
  const [seq, at] = [numberIn(names, 'event', event, 'seq'), numberIn(names, 'event', event, 'entry_at')]
  if (seq === null || at === null) throw corruptRecord(names.schema('event'), key)
  const shownSeq = shown === null ? null : numberIn(names, 'case', shown, 'record_seq')
  return {
    instanceId: text('instance_id'),
    kind: text('kind'),
    snapshot: longIn(names, 'event', event, 'snapshot', key),
    head: { seq, hash: text('hash'), at, snapshotHash: text('snapshot_hash') },
    shownSeq: shownSeq !== null && shownSeq > 0 ? shownSeq : null,
  }
}

/** @throws StoreError `corrupt_record` */
export function toEntry(names: Names, event: HubSpotRecord): JournalEntry {
  return jsonIn(names, 'event', event, 'entry', textIn(names, 'event', event, 'event_key')) as JournalEntry
}

/** Ids of the personal texts that came with an entry. @throws StoreError `corrupt_record` */
export function documentIdsIn(names: Names, event: HubSpotRecord): readonly string[] {
  if (textIn(names, 'event', event, 'documents') === '') return []
  return jsonIn(names, 'event', event, 'documents', textIn(names, 'event', event, 'event_key')) as readonly string[]
}

/** The visible record, of a case or of an entry. @throws StoreError `corrupt_record` */
export function toProjection(names: Names, object: 'case' | 'event', record: HubSpotRecord): Projection {
  const key = textIn(names, object, record, 'instance_id')
  const found = projectionSchema.safeParse(jsonIn(names, object, record, 'projection', key))
  if (!found.success || found.data.instanceId !== key) throw corruptRecord(names.schema(object), key, found.error)
  return found.data
}

/** `null`: it is not due at all, whatever the index says. */
export function toDueHit(names: Names, record: HubSpotRecord): DueHit | null {
  const dueAt = numberIn(names, 'case', record, 'due_ms')
  const [instanceId, kind] = [textIn(names, 'case', record, 'instance_id'), textIn(names, 'case', record, 'kind')]
  return dueAt === null || instanceId === '' ? null : { instanceId, kind, dueAt }
}

/** What is asked for of an effect. */
export const effectColumns = [
  'effect_key',
  'instance_id',
  'type',
  'order',
  'done',
  'dead',
  'attempts',
  'retry_at',
  'reason',
  'effect',
] as const

/** An effect, whole: its record holds it, so that no entry has to be read. */
export interface EffectRecord extends PendingEffect {
  readonly order: string
  readonly state: 'pending' | 'dead' | 'done'
  readonly reason: string
}

/** An effect with the entry that it comes from. */
type Announced = Pick<EffectRecord, 'kind' | 'seq' | 'at' | 'effect'>

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: unknown })[name]
    : null

/** @throws StoreError `corrupt_record` */
function announced(of: unknown, given: unknown, schema: string, key: string): Announced {
  const [kind, seq, at] = [memberOf(of, 'kind'), memberOf(of, 'seq'), memberOf(of, 'at')]
  const effect = effectSchema.safeParse(given)
  if (typeof kind !== 'string' || !isWhole(seq) || !isWhole(at) || !effect.success) throw corruptRecord(schema, key, effect.error)
  return { kind, seq, at, effect: effect.data }
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

/** The effects of an entry. @throws StoreError `corrupt_record` */
export function announcedIn(names: Names, event: HubSpotRecord): readonly Announced[] {
  const key = textIn(names, 'event', event, 'event_key')
  const entry = jsonIn(names, 'event', event, 'entry', key)
  const effects = memberOf(entry, 'effects')
  if (!Array.isArray(effects)) throw corruptRecord(names.schema('event'), key)
  return (effects as readonly unknown[]).map((effect) => announced(entry, effect, names.schema('event'), key))
}

/** @param known what it is, by its entry. @throws StoreError `corrupt_record` where that is not given, and the record does not say */
export function toEffect(names: Names, record: HubSpotRecord, known?: Announced): EffectRecord {
  const text = (name: PropertyName<'effect'>): string => textIn(names, 'effect', record, name)
  const retryAt = numberIn(names, 'effect', record, 'retry_at') ?? 0
  return {
    instanceId: text('instance_id'),
    ...(known ?? announcedBy(names, record)),
    attempts: numberIn(names, 'effect', record, 'attempts') ?? 0,
    retryAt: retryAt === 0 ? null : retryAt,
    order: text('order'),
    state: text('done') === 'true' ? 'done' : text('dead') === 'true' ? 'dead' : 'pending',
    reason: text('reason'),
  }
}

/** What its own text says. @throws StoreError `corrupt_record` */
function announcedBy(names: Names, record: HubSpotRecord): Announced {
  const key = textIn(names, 'effect', record, 'effect_key')
  const given = jsonIn(names, 'effect', record, 'effect', key)
  const found = announced(given, memberOf(given, 'effect'), names.schema('effect'), key)
  if (found.effect.id !== key) throw corruptRecord(names.schema('effect'), key)
  return found
}

/** @throws StoreError `corrupt_record` */
export function toDocument(names: Names, record: HubSpotRecord): PersonalDocument {
  return jsonIn(names, 'document', record, 'document', textIn(names, 'document', record, 'document_key')) as PersonalDocument
}

/** Unique for policy and version. */
export const policyKey = (id: string, version: string, sha256: (text: string) => string): string => sha256(pairKey(id, version))

/** @throws StoreError `too_large` */
export function policyValues(
  names: Names,
  { id, version, hash, document }: PolicyRecord,
  sha256: (text: string) => string,
): Values {
  return {
    ...valuesOf(names, 'policy', { policy_key: policyKey(id, version, sha256), policy_id: id, version, hash }),
    ...longText(names.property('policy', 'document'), partsFor('policy', 'document'), document, {
      what: 'policy',
      key: `${id} ${version}`,
    }),
  }
}

/** @throws StoreError `corrupt_record` */
export function toPolicy(names: Names, record: HubSpotRecord): PolicyRecord {
  const of = (name: PropertyName<'policy'>): string => textIn(names, 'policy', record, name)
  return {
    id: of('policy_id'),
    version: of('version'),
    hash: of('hash'),
    document: longIn(names, 'policy', record, 'document', of('policy_key')),
  }
}
