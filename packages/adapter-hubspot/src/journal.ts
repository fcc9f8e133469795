// Reading of journals: exact reads by keys, never the index.
import { entryKey, journalTruncated, StoreError } from '@ka-governance/core'
import type { HubSpotRecord } from './client.ts'
import { namesFor, numberIn, textIn } from './records.ts'
import type { PropertyName } from './schema.ts'
import type { StoreTools } from './tools.ts'

type Reading = Pick<StoreTools, 'own' | 'mapping' | 'known'>

/** Entries by their keys, `null` where there is none. */
export function eventsByKey(
  { own, mapping: { names } }: Reading,
  keys: readonly string[],
  wanted: readonly PropertyName<'event'>[],
): Promise<readonly (HubSpotRecord | null)[]> {
  return own.readMany(names.type('event'), keys, {
    idProperty: names.property('event', 'event_key'),
    properties: namesFor(names, 'event', wanted),
  })
}

/** Entries by the keys of their commands, `null` where there is none. */
export function eventsByCommand(
  { own, mapping: { names } }: Reading,
  keys: readonly string[],
  wanted: readonly PropertyName<'event'>[],
): Promise<readonly (HubSpotRecord | null)[]> {
  return own.readMany(names.type('event'), keys, {
    idProperty: names.property('event', 'command_key'),
    properties: namesFor(names, 'event', wanted),
  })
}

/** Cases of instances, `null` where there is none. */
export function casesOf(
  { own, mapping: { names } }: Reading,
  instanceIds: readonly string[],
  wanted: readonly PropertyName<'case'>[],
): Promise<readonly (HubSpotRecord | null)[]> {
  return own.readMany(names.type('case'), instanceIds, {
    idProperty: names.property('case', 'instance_id'),
    properties: namesFor(names, 'case', wanted),
  })
}

/** The end of a journal, and the case as it was read before it. */
export interface Head {
  readonly event: HubSpotRecord
  readonly shown: HubSpotRecord | null
}

/** Keys that one read of many asks for. */
const widest = 100

/**
 * Ends of journals, in order of the instances; `null`: there is none. The case only hints: from there on entries are read by their keys until one is missing.
 *
 * @param width how many entries behind the hint are asked for at once, at first.
 * @throws StoreError `journal_truncated` when the hint is above the end, or an entry is missing in between.
 */
export async function headsOf(
  tools: Reading,
  instanceIds: readonly string[],
  wanted: readonly PropertyName<'event'>[],
  width = 2,
): Promise<readonly (Head | null)[]> {
  const { names } = tools.mapping
  const ids = [...new Set(instanceIds)]
  const cases = await casesOf(tools, ids, ['instance_id', 'seq', 'record_seq'])
  const found = new Map<string, Head>()
  let open = ids.map((instanceId, k) => {
    const shown = cases[k] ?? null
    const hint = shown === null ? 0 : (numberIn(names, 'case', shown, 'seq') ?? 0)
    // Of an instance without a case there is mostly nothing.
    return { instanceId, shown, hint, from: Math.max(1, hint), width: hint === 0 ? Math.max(1, width - 1) : width }
  })
  while (open.length > 0) {
    const runs = await runsOf(tools, open, wanted)
    const next: typeof open = []
    for (const [k, each] of open.entries()) {
      const run = runs[k] ?? []
      const event = run.at(-1)
      if (event === undefined && each.from <= each.hint) throw hintedBeyond(tools, entryKey(each.instanceId, each.from))
      if (event !== undefined) found.set(each.instanceId, { event, shown: each.shown })
      if (run.length === each.width) next.push({ ...each, from: each.from + each.width, width: Math.min(widest, each.width * 4) })
      else if (event !== undefined || found.has(each.instanceId)) tools.known.note(each.instanceId, each.from + run.length - 1)
    }
    open = next
  }
  return instanceIds.map((id) => found.get(id) ?? null)
}

/** The case knows of an entry that is not there: it was deleted, or somebody raised the number on the case. */
function hintedBeyond({ mapping: { names } }: Reading, key: string): StoreError {
  const { message, details, actions } = journalTruncated(key)
  const seq = names.property('case', 'seq')
  const lower = `If nothing was deleted, somebody raised ${seq} of the case: set it to the number of the last entry.`
  return new StoreError('journal_truncated', message, { details, actions: [...actions, lower] })
}

/** What of a stretch of a journal there is. */
interface Stretch {
  readonly instanceId: string
  readonly from: number
  readonly width: number
}

/** For each stretch its entries up to the first that is missing. @throws StoreError `journal_truncated` when there is one behind that */
async function runsOf(
  tools: Reading,
  stretches: readonly Stretch[],
  wanted: readonly PropertyName<'event'>[],
): Promise<readonly (readonly HubSpotRecord[])[]> {
  const keys = stretches.flatMap(({ instanceId, from, width }) =>
    Array.from({ length: width }, (_, k) => entryKey(instanceId, from + k)),
  )
  const events = await eventsByKey(tools, keys, ['event_key', 'seq', ...wanted])
  const runs: HubSpotRecord[][] = []
  let next = 0
  for (const { instanceId, from, width } of stretches) {
    const some = events.slice(next, next + width)
    next += width
    for (let hole = some.indexOf(null); hole >= 0 && some.slice(hole).some((each) => each !== null); hole = some.indexOf(null)) {
      // Both may have come while the batch was read: only an entry that is still missing is lost.
      const key = entryKey(instanceId, from + hole)
      const [again = null] = await eventsByKey(tools, [key], ['event_key', 'seq', ...wanted])
      if (again === null) throw journalTruncated(key)
      some[hole] = again
    }
    runs.push(some.filter((each) => each !== null))
  }
  return runs
}

/**
 * Entries of an instance in order, page by page. Whoever names the first one mostly wants that alone, and it is asked for alone.
 *
 * @throws StoreError `journal_truncated` when the case knows of more than there are
 */
export async function* eventsOf(
  tools: Reading,
  instanceId: string,
  wanted: readonly PropertyName<'event'>[],
  fromSeq?: number,
): AsyncGenerator<HubSpotRecord, void, undefined> {
  let from = Math.max(1, fromSeq ?? 1)
  /** Up to which entry the case knows, read before the page that ends the journal: what comes in between is no gap. */
  let hint: number | null = null
  for (let width = fromSeq === undefined ? 10 : 1; ;) {
    const [run = []] = await runsOf(tools, [{ instanceId, from, width }], wanted)
    yield* run
    from += run.length
    if (run.length === width) width = Math.min(widest, width * 10)
    else if (hint === null) {
      const [shown = null] = await casesOf(tools, [instanceId], ['instance_id', 'seq'])
      hint = shown === null ? 0 : (numberIn(tools.mapping.names, 'case', shown, 'seq') ?? 0)
      if (from > hint) return
    } else if (from <= hint) throw hintedBeyond(tools, entryKey(instanceId, from))
    else return
  }
}

/** The key of an entry's record. */
export const keyIn = ({ mapping: { names } }: Reading, event: HubSpotRecord): string => textIn(names, 'event', event, 'event_key')
