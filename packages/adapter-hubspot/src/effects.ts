import { compareText, type GovernanceStore, type PendingEffect } from '@ka-governance/core'
import type { HubSpotRecord, SearchFilter, Values } from './client.ts'
import { eventsByKey, eventsOf } from './journal.ts'
import { cut } from './mapping.ts'
import { isActivity } from './native/activity.ts'
import {
  announcedIn,
  effectColumns,
  legible,
  namesFor,
  numberIn,
  textIn,
  toEffect,
  toEffectValues,
  toEntry,
  typeColumn,
  type EffectRecord,
} from './records.ts'
import type { PropertyName } from './schema.ts'
import { searched } from './searches.ts'
import type { StoreTools } from './tools.ts'

type Effects = GovernanceStore['effects']
type EffectsWanted = Parameters<Effects['pending']>[0]

/**
 * Makes the records of effects. One that is there already stays as it is: it may have been tried, or be done. Answers the ids of those that this call made, by their keys.
 *
 * @throws StoreError when one of them is not there afterwards, as far as HubSpot says.
 */
export async function layOut(
  { own, mapping: { names } }: StoreTools,
  effects: readonly Values[],
): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>()
  if (effects.length === 0) return made
  const key = names.property('effect', 'effect_key')
  const type = names.type('effect')
  const answers = await own.createMany(
    type,
    effects.map((properties) => ({ properties })),
    key,
  )
  for (const [k, answer] of answers.entries())
    if (answer.status === 'created') made.set(effects[k]?.[key] ?? '', answer.record.id)
  const doubtful = effects.filter((_, k) => answers[k]?.status !== 'created')
  if (doubtful.length === 0) return made
  const there = await own.readMany(
    type,
    doubtful.map((each) => each[key] ?? ''),
    { idProperty: key },
  )
  for (const missing of doubtful.filter((_, k) => there[k] == null)) {
    const answer = await own.create(type, { properties: missing })
    if (answer.status === 'created') made.set(missing[key] ?? '', answer.record.id)
    else if (answer.status !== 'taken') throw answer.error
  }
  return made
}

/** An effect that somebody names, as it stands. */
interface Named {
  readonly instanceId: string
  readonly effectId: string
  readonly record: HubSpotRecord
}

/** The key of the entry that an effect comes from. */
export const entryOf = (effectId: string): string => effectId.replace(/-e\d+$/, '')

/** The records of those that exist; made from their entries where they have not followed yet. */
async function namedEffects(
  tools: StoreTools,
  named: readonly { readonly instanceId: string; readonly effectId: string }[],
): Promise<readonly Named[]> {
  const { own, mapping } = tools
  const { names } = mapping
  const read = (): Promise<readonly (HubSpotRecord | null)[]> =>
    own.readMany(
      names.type('effect'),
      named.map(({ effectId }) => effectId),
      {
        idProperty: names.property('effect', 'effect_key'),
        properties: namesFor(names, 'effect', ['effect_key', 'instance_id', 'done', 'dead', 'attempts']),
      },
    )
  let records = named.length === 0 ? [] : await read()
  const lacking = named.filter((_, k) => records[k] == null)
  if (lacking.length > 0) {
    const keys = [...new Set(lacking.map(({ effectId }) => entryOf(effectId)))]
    const events = await eventsByKey(tools, keys, ['event_key', 'entry'])
    const wanted = new Set(lacking.map(({ effectId }) => effectId))
    const missing = events
      .flatMap((event) => (event === null ? [] : toEffectValues(names, toEntry(names, event))))
      .filter((values) => wanted.has(values[names.property('effect', 'effect_key')] ?? ''))
    if (missing.length > 0) {
      await layOut(tools, missing)
      records = await read()
    }
  }
  return named.flatMap(({ instanceId, effectId }, k) => {
    const record = records[k] ?? null
    return record !== null && textIn(names, 'effect', record, 'instance_id') === instanceId
      ? [{ instanceId, effectId, record }]
      : []
  })
}

/** Marks effects as carried out. What does not exist is passed over. @throws StoreError when one of them could not be marked */
export async function acknowledge(
  tools: StoreTools,
  named: readonly { readonly instanceId: string; readonly effectId: string }[],
): Promise<void> {
  const found = await namedEffects(tools, named)
  await change(
    tools,
    found.map(({ record }) => ({ id: record.id, properties: { done: 'true' } })),
  )
}

/** Changes of effects by the ids of their records, or by their keys. @throws StoreError when one of them is refused */
export async function change(
  { own, mapping: { names } }: StoreTools,
  changes: readonly { readonly id: string; readonly properties: { readonly [name in PropertyName<'effect'>]?: string } }[],
  { byKey = false } = {},
): Promise<void> {
  if (changes.length === 0) return
  const answers = await own.updateMany(
    names.type('effect'),
    changes.map(({ id, properties }) => ({
      id,
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [names.property('effect', name as PropertyName<'effect'>), value]),
      ),
    })),
    byKey ? { idProperty: names.property('effect', 'effect_key') } : {},
  )
  for (const answer of answers) if (answer.status === 'refused') throw answer.error
}

/** Most characters of names of types in one search, which holds 3,000 in all. */
const typesAtOnce = 1500

/** Lists of types that a search has room for; `null`: any. */
function typesIn(types: readonly string[] | undefined): readonly (readonly string[] | null)[] {
  if (types === undefined) return [null]
  const lists: string[][] = []
  let length = 0
  // The index compares lists in lower case.
  for (const type of new Set(types.map((each) => typeColumn(each).toLowerCase()))) {
    const last = lists.at(-1)
    const more = JSON.stringify(type).length + 1
    if (last === undefined || length + more > typesAtOnce) {
      lists.push([type])
      length = more
    } else {
      last.push(type)
      length += more
    }
  }
  return lists
}

const inOrder = (a: EffectRecord, b: EffectRecord): number => compareText(a.order, b.order)

/** Effects in a state, oldest first, those that are to be carried out `at` an instant without what the portal itself shows people, as the index finds them and as their records say they are. */
async function find(
  tools: StoreTools,
  state: 'pending' | 'dead',
  { limit, types, at }: Pick<EffectsWanted, 'limit' | 'types' | 'at'>,
): Promise<readonly EffectRecord[]> {
  if (limit <= 0) return []
  const { names } = tools.mapping
  const p = (name: PropertyName<'effect'>): string => names.property('effect', name)
  const exact = types === undefined ? null : new Set(types)
  const isWanted = (each: EffectRecord): boolean =>
    each.state === state &&
    (exact === null || exact.has(each.effect.type)) &&
    (at === undefined || !isActivity(tools.mapping, each.effect)) &&
    (at === undefined || each.retryAt === null || each.retryAt <= at)
  const lists = await Promise.all(
    typesIn(types).map((list) => {
      const filters: readonly SearchFilter[] = [
        { propertyName: p('done'), operator: 'EQ', value: 'false' },
        { propertyName: p('dead'), operator: 'EQ', value: String(state === 'dead') },
        ...(at === undefined ? [] : [{ propertyName: p('retry_at'), operator: 'LTE', value: String(at) } as const]),
        ...(list === null ? [] : [{ propertyName: p('type'), operator: 'IN', values: list } as const]),
      ]
      return foundEffects(tools, filters, limit, isWanted)
    }),
  )
  return lists.flat().sort(inOrder).slice(0, limit)
}

/** At most `limit` effects that the index finds and that are wanted, oldest first. */
export async function foundEffects(
  tools: StoreTools,
  filters: readonly SearchFilter[],
  limit: number,
  isWanted: (effect: EffectRecord, record: HubSpotRecord) => boolean,
): Promise<readonly EffectRecord[]> {
  const found: EffectRecord[] = []
  const damaged: HubSpotRecord[] = []
  for await (const row of searched(tools, 'effect', { filters, by: 'order', columns: effectColumns, limit })) {
    const effect = legible(() => toEffect(tools.mapping.names, row))
    if (effect === null) damaged.push(row)
    else if (isWanted(effect, row)) found.push(effect)
    if (found.length >= limit) break
  }
  for (const [k, effect] of (await effectsIn(tools, damaged)).entries()) {
    const row = damaged[k]
    if (effect !== null && row !== undefined && isWanted(effect, row)) found.push(effect)
  }
  return found.sort(inOrder).slice(0, limit)
}

/** What records say of their effects; where one does not say what it is, its entry does. `null`: it cannot be read there either, and holds up no other one. */
export async function effectsIn(tools: StoreTools, records: readonly HubSpotRecord[]): Promise<readonly (EffectRecord | null)[]> {
  const { names } = tools.mapping
  const told = records.map((record) => legible(() => toEffect(names, record)))
  const idOf = (record: HubSpotRecord): string => textIn(names, 'effect', record, 'effect_key')
  const damaged = records.filter((_, k) => told[k] === null).map(idOf)
  if (damaged.length === 0) return told
  const keys = [...new Set(damaged.map(entryOf).filter((key) => key !== ''))]
  const events = await eventsByKey(tools, keys, ['event_key', 'entry'])
  const known = new Map(
    events
      .flatMap((event) => (event === null ? [] : (legible(() => announcedIn(names, event)) ?? [])))
      .map((each) => [each.effect.id, each] as const),
  )
  return records.map((record, k) => {
    const announced = known.get(idOf(record))
    return told[k] ?? (announced === undefined ? null : toEffect(names, record, announced))
  })
}

/** What is pending in one instance, by its journal: no index is asked. */
async function findIn(
  tools: StoreTools,
  instanceId: string,
  { limit, types, at }: EffectsWanted,
): Promise<readonly EffectRecord[]> {
  const { own, mapping } = tools
  const { names } = mapping
  const announced = []
  for await (const event of eventsOf(tools, instanceId, ['event_key', 'effects', 'entry']))
    if ((numberIn(names, 'event', event, 'effects') ?? 0) > 0) announced.push(...announcedIn(names, event))
  const ids = announced.map(({ effect }) => effect.id)
  const records = await own.readMany(names.type('effect'), ids, {
    idProperty: names.property('effect', 'effect_key'),
    properties: namesFor(names, 'effect', effectColumns),
  })
  return announced
    .map((each, k): EffectRecord => {
      const record = records[k] ?? null
      // Not followed yet: nobody has tried it.
      return record === null
        ? { instanceId, ...each, attempts: 0, retryAt: null, order: '', state: 'pending', reason: '' }
        : toEffect(names, record, each)
    })
    .filter(
      (each) =>
        each.state === 'pending' &&
        (types?.includes(each.effect.type) ?? true) &&
        (at === undefined || !isActivity(mapping, each.effect)) &&
        (at === undefined || each.retryAt === null || each.retryAt <= at),
    )
    .slice(0, limit)
}

/** What is pending, without what only an operator asks for. */
const asPending = ({ order: _, state: __, reason: ___, ...pending }: EffectRecord): PendingEffect => pending

/** The outbox: a record for each effect, made behind its entry. */
export function createEffectStore(tools: StoreTools): Effects {
  const { names } = tools.mapping

  async function named(instanceId: string, effectId: string) {
    const [found] = await namedEffects(tools, [{ instanceId, effectId }])
    return found?.record ?? null
  }

  return {
    pending: async (query) => {
      if (query.limit <= 0 || query.types?.length === 0) return []
      const { instanceId } = query
      return (await (instanceId === undefined ? find(tools, 'pending', query) : findIn(tools, instanceId, query))).map(asPending)
    },

    dead: async (query) => (await find(tools, 'dead', query)).map((each) => ({ ...asPending(each), reason: each.reason })),

    ack: (instanceId, effectId) => acknowledge(tools, [{ instanceId, effectId }]),

    fail: async (instanceId, effectId, reason, dead, { retryAt = 0 } = {}) => {
      const record = await named(instanceId, effectId)
      if (record === null || textIn(names, 'effect', record, 'done') === 'true') return
      const attempts = String((numberIn(names, 'effect', record, 'attempts') ?? 0) + 1)
      const said = dead ? { dead: 'true', reason: cut(reason, longestReason) } : {}
      await change(tools, [{ id: record.id, properties: { attempts, retry_at: String(retryAt), ...said } }])
    },

    revive: async (instanceId, effectId) => {
      const record = await named(instanceId, effectId)
      if (record === null) return false
      const is = (name: 'done' | 'dead'): boolean => textIn(names, 'effect', record, name) === 'true'
      if (is('done') || !is('dead')) return false
      await change(tools, [{ id: record.id, properties: { dead: 'false', attempts: '0', retry_at: '0', reason: '' } }])
      return true
    },
  }
}

/** Most characters that are kept of why an effect was given up. */
const longestReason = 32_000
