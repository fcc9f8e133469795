// Effects that people see as tasks and notes. Each is made in one create together with its links, the one to the effect's own record among them: by that link, read
// exactly, anybody learns that it was made. Whoever made the record of the effect tries first; later tries are claimed, so that of several sweeps one tries.
import { peopleForEffect, StoreError } from '@ka-governance/core'
import { inHalves } from '../batches.ts'
import type { HubSpotRecord, NewAssociation, NewRecord } from '../client.ts'
import { isRecordRefusal } from '../errors.ts'
import { eventsByKey } from '../journal.ts'
import { cut, visibleRecord } from '../mapping.ts'
import { change, effectsIn, entryOf, foundEffects } from '../effects.ts'
import { effectColumns, legible, namesFor, toEntry, toProjection, type EffectRecord } from '../records.ts'
import { isRecordId, recordId, typeNamed, type Names, type PropertyName } from '../schema.ts'
import { inBulk, type StoreTools } from '../tools.ts'
import { activityValues, bodyOf, isActivity, markOf, type Activity } from './activity.ts'
import { activityMapping } from './options.ts'

/** Behind that no request of an earlier try is under way any more. */
const quietMs = 5 * 60_000
/** Behind that nothing is begun any more: what others take over by then is theirs. */
const beginsWithinMs = 2 * 60_000
const [minute, day] = [60_000, 24 * 60 * 60_000]
/** After so many tries an effect is given up: as many as the runtime gives a handler. */
const mostTries = 8
/** Longest reason that is kept. */
const longestReason = 500
/** Effects that one sweep tries, and how many at a time. */
const [most, atOnce] = [200, 10]

/** An activity that is to be made now. */
interface Try {
  readonly activity: Activity
  /** The id of the effect's record; `''` in a journal of the host's. */
  readonly record: string
  /** Tries that failed before. */
  readonly before: number
}

/** The record that an activity is shown on. */
interface Anchor {
  readonly type: string
  readonly id: string
}

/**
 * Makes the activities of entries that have landed, those whose effect's record this process has just made: nobody else tries them. Never throws: what fails is written beside the effect, and
 * tried by a sweep.
 *
 * @param made ids of records by the keys of the effects.
 * @param since before they were made.
 */
export async function giveOut(
  tools: StoreTools,
  activities: readonly Activity[],
  made: ReadonlyMap<string, string>,
  since: number,
): Promise<void> {
  const tries = activities.flatMap((activity): readonly Try[] => {
    const record = made.get(activity.effect.id)
    return record === undefined ? [] : [{ activity, record, before: 0 }]
  })
  try {
    await tryAll(tools, tries, await anchorsOf(tools, tries), since)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
  }
}

/** Makes what was left: refused, lost, or not tried because somebody crashed. @throws StoreError when HubSpot is not there */
export async function giveOutLeft(given: StoreTools): Promise<void> {
  const tools = inBulk(given)
  const { names, effects } = tools.mapping
  if (Object.keys(effects).length === 0) return
  const found = await leftOver(tools)
  if (found.length === 0) return
  const since = tools.now()
  const claimed = await claim(tools, found)
  const entries = await eventsByKey(
    tools,
    claimed.map(({ effect }) => entryOf(effect.effect.id)),
    ['event_key', 'instance_id', 'entry', 'projection'],
  )
  const tries: Try[] = []
  const illegible: Mark[] = []
  for (const [k, { effect, id }] of claimed.entries()) {
    const event = entries[k] ?? null
    const activity = event === null ? null : legible(() => activityIn(names, effect, event))
    if (activity !== null) tries.push({ activity, record: id, before: effect.attempts })
    else illegible.push([effect, failed(tools.now(), effect.attempts + 1, 'its journal entry is damaged, or gone')])
  }
  await mark(tools, illegible)
  await tryAgain(tools, tries, since)
}

/** Makes those that were not made by an earlier try. One that cannot be looked for is a failed try, which harms no other one, nor the sweep. */
async function tryAgain(tools: StoreTools, tries: readonly Try[], since: number): Promise<void> {
  if (tries.length === 0) return
  const found = await lookedFor(tools, tries)
  if (found instanceof StoreError) {
    if (tries.length > 1) await inHalves(tries, (some) => tryAgain(tools, some, since))
    else
      await mark(
        tools,
        tries.map(({ activity, before }) => [activity, failed(tools.now(), before + 1, `${found.code}: ${found.message}`)]),
      )
    return
  }
  const { anchors, there } = found
  await mark(
    tools,
    tries.flatMap(({ activity }, k) => (there[k] === true ? [[activity, { done: 'true' }] as const] : [])),
  )
  const isLeft = (_: unknown, k: number): boolean => there[k] !== true
  await tryAll(tools, tries.filter(isLeft), anchors.filter(isLeft), since)
}

/** Where they are shown, and which of them are made; why the portal does not say. @throws StoreError when HubSpot is not there */
async function lookedFor(tools: StoreTools, tries: readonly Try[]) {
  try {
    const anchors = await anchorsOf(tools, tries)
    return { anchors, there: await areMade(tools, tries, anchors) }
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable) throw error
    return error
  }
}

/** An effect as its record says it is, and the record's id. */
interface Left {
  readonly effect: EffectRecord
  readonly id: string
}

/** What the index finds, as its records say it is: old enough that nobody is at it, and not to be left alone for a while. */
async function leftOver(tools: StoreTools): Promise<readonly Left[]> {
  const { own, mapping, now } = tools
  const { names } = mapping
  const at = now()
  const p = (name: PropertyName<'effect'>): string => names.property('effect', name)
  const isLeft = ({ state, effect, retryAt }: EffectRecord, { createdAt }: HubSpotRecord): boolean =>
    state === 'pending' &&
    isActivity(mapping, effect) &&
    (retryAt === null || retryAt <= at) &&
    (createdAt ?? Infinity) <= at - quietMs
  const filters = [
    { propertyName: p('done'), operator: 'EQ', value: 'false' },
    { propertyName: p('dead'), operator: 'EQ', value: 'false' },
    { propertyName: p('retry_at'), operator: 'LTE', value: String(at) },
  ] as const
  const hits = await foundEffects(tools, filters, most, isLeft)
  if (hits.length === 0) return []
  const read = await own.readMany(
    names.type('effect'),
    hits.map(({ effect }) => effect.id),
    { idProperty: p('effect_key'), properties: namesFor(names, 'effect', effectColumns) },
  )
  const records = read.filter((record) => record !== null)
  const effects = await effectsIn(tools, records)
  return records.flatMap((record, k) => {
    const effect = effects[k] ?? null
    return effect !== null && isLeft(effect, record) ? [{ effect, id: record.id }] : []
  })
}

const activityIn = (names: Names, { effect }: EffectRecord, event: HubSpotRecord): Activity => ({
  effect,
  entry: toEntry(names, event),
  projection: toProjection(names, 'event', event),
})

/**
 * Those that this sweep may try: a record with a unique key is made for each try, and who makes it has it. The others are put off, so that a try whose process died is followed by another
 * one.
 */
async function claim(tools: StoreTools, found: readonly Left[]): Promise<readonly Left[]> {
  const { own, mapping, now } = tools
  const { names } = mapping
  const key = names.property('effect', 'effect_key')
  const answers = await own.createMany(
    names.type('effect'),
    found.map(({ effect: { effect, attempts, retryAt } }) => ({
      properties: {
        [key]: `${effect.id}~${String(attempts)}~${String(retryAt ?? 0)}`,
        [names.property('effect', 'done')]: 'true',
        [names.property('effect', 'dead')]: 'false',
      },
    })),
    key,
  )
  const isMine = (k: number): boolean => answers[k]?.status === 'created'
  await change(
    tools,
    found.flatMap(({ effect: { effect } }, k) =>
      isMine(k) ? [] : [{ id: effect.id, properties: { retry_at: String(now() + quietMs) } }],
    ),
    { byKey: true },
  )
  return found.filter((_, k) => isMine(k))
}

/** Whether each was made by an earlier try. */
async function areMade(
  tools: StoreTools,
  tries: readonly Try[],
  anchors: readonly (readonly Anchor[])[],
): Promise<readonly boolean[]> {
  const { client, mapping, activities } = tools
  const answers = tries.map(() => false)
  for (const type of ['tasks', 'notes'] as const) {
    const some = tries
      .map((each, k) => ({ ...each, k }))
      .filter(({ activity }) => activityMapping(mapping.effects, activity.effect.type)?.type === type)
    if (!activities.isHosted) {
      const linked = await client.associated(
        mapping.names.type('effect'),
        type,
        some.map(({ record }) => record),
      )
      for (const [n, { k }] of some.entries()) answers[k] = (linked[n] ?? []).length > 0
      continue
    }
    // Nothing of the portal names the effect but the mark in the texts of what is linked with its record.
    for (const { k, activity } of some)
      for (const anchor of anchors[k] ?? []) {
        const [ids = []] = await client.associated(anchor.type, type, [anchor.id])
        const texts = await client.readMany(type, ids, { properties: [bodyOf[type]] })
        answers[k] ||= texts.some((record) => record?.properties[bodyOf[type]]?.includes(markOf(activity)) === true)
      }
  }
  return answers
}

/** Tries each, and writes what came of it beside the effect. What was not begun in time is left to a sweep. `since`: when they became this process's. */
async function tryAll(
  tools: StoreTools,
  tries: readonly Try[],
  anchors: readonly (readonly Anchor[])[],
  since: number,
): Promise<void> {
  for (let from = 0; from < tries.length && tools.now() - since <= beginsWithinMs; from += atOnce) {
    const some = tries.slice(from, from + atOnce)
    const reasons = await Promise.all(some.map((each, k) => make(tools, each, anchors[from + k]?.[0] ?? null)))
    await mark(
      tools,
      some.map(({ activity, before }, k) => {
        const reason = reasons[k] ?? null
        return [activity, reason === null ? { done: 'true' } : failed(tools.now(), before + 1, reason)] as const
      }),
    )
  }
}

/** What is written of a failure: nobody tries again while a request of it may be under way. */
function failed(at: number, attempts: number, reason: string) {
  const wait = Math.max(quietMs, Math.min(minute * 2 ** (attempts - 1), day))
  return {
    attempts: String(attempts),
    retry_at: String(at + wait),
    dead: String(attempts >= mostTries),
    reason: cut(reason, longestReason),
  }
}

/** The records that activities are shown on, as far as they are there: the native record; where that is not there yet, the company. The first is where one is made. */
async function anchorsOf(tools: StoreTools, tries: readonly Try[]): Promise<readonly (readonly Anchor[])[]> {
  const { client, mapping } = tools
  const { accounts } = mapping
  const found = new Map<string, Map<string, string>>()
  const wanted = tries.map(({ activity: { projection } }) => {
    const record = visibleRecord(mapping, projection)
    const account =
      accounts.id === recordId
        ? { type: accounts.type, by: { id: projection.accountId } }
        : { type: accounts.type, by: { unique: accounts.id, value: projection.accountId } }
    return record === null || 'id' in record.by ? [account] : [{ type: record.type, by: record.by }, account]
  })
  const asked = wanted.flat().flatMap(({ type, by }) => ('id' in by || by.value === '' ? [] : [{ type, ...by }]))
  for (const [place, some] of Map.groupBy(asked, ({ type, unique }) => `${type} ${unique}`)) {
    const [first] = some
    if (first === undefined) continue
    const values = [...new Set(some.map(({ value }) => value))]
    const records = await client.readMany(first.type, values, { idProperty: first.unique })
    found.set(place, new Map(values.flatMap((value, k) => (records[k] == null ? [] : [[value, records[k].id] as const]))))
  }
  return wanted.map((places) =>
    places.flatMap(({ type, by }) => {
      const id = 'id' in by ? by.id : found.get(`${type} ${by.unique}`)?.get(by.value)
      return id !== undefined && isRecordId(id) ? [{ type: typeNamed(type), id }] : []
    }),
  )
}

/** Makes one; `null`: it is made, otherwise why not. */
async function make(tools: StoreTools, { activity, record }: Try, anchor: Anchor | null): Promise<string | null> {
  const { client, mapping, activities } = tools
  const values = activityValues(mapping, activity)
  if (values === null) return 'the mapping has nothing for this type any more'
  const { type } = values
  try {
    const marks: readonly NewAssociation[] = activities.isHosted
      ? []
      : [{ to: record, ...(await activities.linkTo(type, mapping.names.type('effect'))) }]
    const shown: readonly NewAssociation[] =
      anchor === null ? [] : [{ to: anchor.id, ...(await activities.linkTo(type, anchor.type)) }]
    if (marks.length + shown.length === 0) return 'there is no record of the portal that it could be linked with'
    const owner = type === 'tasks' ? await ownerOf(tools, activity) : null
    const properties = { ...values.properties, ...(owner === null ? {} : { hubspot_owner_id: owner }) }
    const create = async (record: NewRecord): Promise<StoreError | null> => {
      const answer = await client.create(type, record)
      return answer.status === 'created' ? null : answer.error
    }
    const refused = await create({ properties, associations: [...marks, ...shown] })
    if (refused === null) return null
    // A company that is gone takes no task from a person.
    const isWorthIt = marks.length > 0 && shown.length > 0 && isRecordRefusal(refused)
    const error = isWorthIt ? await create({ properties, associations: marks }) : refused
    return error === null ? null : `${error.code}: ${error.message}`
  } catch (error) {
    // The entry stands: whatever a directory of the host throws is no failure of the command.
    if (error instanceof StoreError) return `${error.code}: ${error.message}`
    return error instanceof Error ? error.name : 'unknown error'
  }
}

/** Whoever it is for, where that is one person; a task has no more than one owner. */
async function ownerOf({ mapping, activities }: StoreTools, activity: Activity): Promise<string | null> {
  const given = activityMapping(mapping.effects, activity.effect.type)
  const to = given?.type === 'tasks' ? given.to : undefined
  const people = await peopleForEffect(activity.effect, activity, activities.directory, to)
  const [person] = people ?? []
  return person === undefined || people?.length !== 1 ? null : activities.ownerOf(person)
}

type EffectValues = { readonly [name in PropertyName<'effect'>]?: string }

/** What is written beside an effect. */
type Mark = readonly [Pick<Activity, 'effect'>, EffectValues]

/** Changes effects by their keys. */
const mark = (tools: StoreTools, marks: readonly Mark[]): Promise<void> =>
  change(
    tools,
    marks.map(([{ effect }, properties]) => ({ id: effect.id, properties })),
    { byKey: true },
  )
