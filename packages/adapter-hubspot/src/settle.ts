// What a sweep does before it looks: entries whose case or effects have not followed, because somebody crashed in between, are followed now. An entry is marked until
// a sweep has seen that everything is there, and that nobody can come late any more.
import { StoreError } from '@ka-governance/core'
import { inHalves } from './batches.ts'
import type { HubSpotRecord } from './client.ts'
import { layOut } from './effects.ts'
import { showAll } from './follow.ts'
import { casesOf, eventsByKey, headsOf } from './journal.ts'
import { projectionWrites } from './mapping.ts'
import { numberIn, textIn, toEffectValues, toEntry, toProjection } from './records.ts'
import { searched } from './searches.ts'
import { inBulk, type StoreTools } from './tools.ts'

/** How old an entry is when nobody can come late with an older projection: longer than any request lives. */
const settledAfterMs = 5 * 60_000
/** Entries that one sweep looks at. */
const most = 1000

/** Lets follow what has not followed. Failures of single instances stay for the next sweep. @throws StoreError when HubSpot is not there */
export async function settle(given: StoreTools): Promise<void> {
  const tools = inBulk(given)
  const { names } = tools.mapping
  const filters = [{ propertyName: names.property('event', 'unsettled'), operator: 'EQ', value: 'true' }] as const
  const open: HubSpotRecord[] = []
  const columns = ['event_key', 'instance_id', 'seq', 'effects', 'unsettled'] as const
  for await (const event of searched(tools, 'event', { filters, by: 'entry_at', columns })) {
    if (textIn(names, 'event', event, 'unsettled') === 'true') open.push(event)
    if (open.length >= most) break
  }
  if (open.length === 0) return
  const idOf = (event: HubSpotRecord): string => textIn(names, 'event', event, 'instance_id')
  const seqOf = (event: HubSpotRecord): number => numberIn(names, 'event', event, 'seq') ?? Infinity
  const [upTo, outlined] = [await showBehind(tools, open), await layOutMissing(tools, open)]
  const shownOf = (event: HubSpotRecord): number => upTo.get(idOf(event)) ?? 0
  const old = open.filter(
    (event) =>
      seqOf(event) <= shownOf(event) && outlined.has(event) && (event.createdAt ?? Infinity) <= tools.now() - settledAfterMs,
  )
  // A native record says not whose it is: what an entry, or a sweep of before, wrote late may hide what a newer one had written, until no request of it is under way any more.
  const isFirst = (event: HubSpotRecord): boolean => shownOf(event) === 1
  const again = new Map(await showHeads(tools, [...new Set(old.filter((event) => !isFirst(event)).map(idOf))]))
  const done = old.filter((event) => isFirst(event) || again.has(idOf(event)))
  await tools.own.updateMany(
    names.type('event'),
    done.map(({ id }) => ({ id, properties: { [names.property('event', 'unsettled')]: 'false' } })),
  )
}

/** Writes the visible records that are behind; answers up to which entry each instance is shown. */
async function showBehind(tools: StoreTools, open: readonly HubSpotRecord[]): Promise<ReadonlyMap<string, number>> {
  const { names } = tools.mapping
  const idOf = (event: HubSpotRecord): string => textIn(names, 'event', event, 'instance_id')
  const ids = [...new Set(open.map(idOf))]
  const cases = await casesOf(tools, ids, ['instance_id', 'seq', 'record_seq', 'blocked'])
  const upTo = new Map(
    ids.map((id, k) => {
      const record = cases[k] ?? null
      if (record === null) return [id, 0]
      const seq = numberIn(names, 'case', record, 'seq') ?? 0
      const followed = numberIn(names, 'case', record, 'record_seq') ?? 0
      // What the portal refuses is for somebody to look at, and not tried again by every sweep.
      return [id, textIn(names, 'case', record, 'blocked') === '' ? Math.min(seq, followed) : seq]
    }),
  )
  const isShown = (event: HubSpotRecord): boolean =>
    (numberIn(names, 'event', event, 'seq') ?? Infinity) <= (upTo.get(idOf(event)) ?? 0)
  const behind = [...new Set(open.filter((event) => !isShown(event)).map(idOf))]
  for (const [id, seq] of await showHeads(tools, behind)) upTo.set(id, seq)
  return upTo
}

/** Shows what the last entries of instances say; answers up to which one it worked out. */
async function showHeads(tools: StoreTools, instanceIds: readonly string[]): Promise<readonly (readonly [string, number])[]> {
  if (instanceIds.length === 0) return []
  const { names } = tools.mapping
  try {
    const heads = await headsOf(tools, instanceIds, ['event_key', 'instance_id', 'projection'])
    const projections = heads.flatMap((head) => (head === null ? [] : toProjection(names, 'event', head.event)))
    const shown = await showAll(
      tools,
      projections.map((projection) => projectionWrites(tools.mapping, projection)),
    )
    return projections.flatMap(({ instanceId, seq }, k) => (shown[k]?.status === 'failed' ? [] : [[instanceId, seq] as const]))
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable) throw error
    // A journal that lost an entry takes no commands, and holds up no other one; who loads it hears why.
    return instanceIds.length < 2 ? [] : (await inHalves(instanceIds, (some) => showHeads(tools, some))).flat()
  }
}

/** Makes the records of effects that are not there; answers the entries whose effects all are. */
async function layOutMissing(tools: StoreTools, open: readonly HubSpotRecord[]): Promise<ReadonlySet<HubSpotRecord>> {
  const { names } = tools.mapping
  const effectIds = (event: HubSpotRecord): readonly string[] =>
    Array.from(
      { length: numberIn(names, 'event', event, 'effects') ?? 0 },
      (_, k) => `${textIn(names, 'event', event, 'event_key')}-e${String(k + 1)}`,
    )
  const ids = open.flatMap(effectIds)
  const records = await tools.own.readMany(names.type('effect'), ids, { idProperty: names.property('effect', 'effect_key') })
  const there = new Set(ids.filter((_, k) => records[k] != null))
  const lacking = open.filter((event) => effectIds(event).some((id) => !there.has(id)))
  return new Set([...open.filter((event) => !lacking.includes(event)), ...(await layOutOf(tools, lacking))])
}

/** Makes the effects of entries; answers the entries whose effects are all there. */
async function layOutOf(tools: StoreTools, lacking: readonly HubSpotRecord[]): Promise<readonly HubSpotRecord[]> {
  if (lacking.length === 0) return []
  const { names } = tools.mapping
  try {
    const entries = await eventsByKey(
      tools,
      lacking.map((event) => textIn(names, 'event', event, 'event_key')),
      ['event_key', 'entry'],
    )
    await layOut(
      tools,
      entries.flatMap((event) => (event === null ? [] : toEffectValues(names, toEntry(names, event)))),
    )
    return lacking
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable) throw error
    // An entry that somebody damaged, or an effect that is refused, holds up no other one.
    return lacking.length < 2 ? [] : (await inHalves(lacking, (some) => layOutOf(tools, some))).flat()
  }
}
