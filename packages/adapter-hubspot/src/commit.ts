// What of a commit must not be torn apart is one record; its unique keys decide who wins. Whatever HubSpot says of a create, the journal is asked by these keys
// before anybody is told that something did not happen.
import { entryKey, journalTruncated, StoreError, type CommitOutcome, type JournalEntry } from '@ka-governance/core'
import { waitBefore } from './calls.ts'
import type { Created, HubSpotRecord } from './client.ts'
import { eventsByCommand, eventsByKey } from './journal.ts'
import { toEntry, type CommitRecords } from './records.ts'
import type { StoreTools } from './tools.ts'

/** What became of an entry. `landed`: it stands in the journal, and nobody has been told yet. */
export type Appended =
  | { readonly status: 'landed' }
  | Extract<CommitOutcome, { readonly status: 'conflict' | 'duplicate' | 'unknown' }>
  /** Nothing of it was stored. */
  | { readonly status: 'failed'; readonly error: StoreError }

/** An entry on its way. */
interface Sending {
  readonly records: CommitRecords
  /** A create of it may have been carried out. */
  lost: boolean
  /** A batch that held it was refused for one of its records. */
  withheld: number
}

/** Which entries stand in the journal under the keys of a commit. */
interface Found {
  readonly byCommand: JournalEntry | null
  readonly byKey: HubSpotRecord | null
}

/**
 * Appends entries of different instances, each for itself, in their order. An entry whose predecessor is not known is sent only when the journal has that.
 *
 * @throws StoreError only while nothing was sent.
 */
export async function append(tools: StoreTools, given: readonly CommitRecords[]): Promise<readonly Appended[]> {
  const outcomes = new Map<CommitRecords, Appended>()
  const strangers = given.filter(({ instanceId, seq }) => seq > 1 && !tools.known.has(instanceId, seq - 1))
  for (const [k, has] of (await predecessors(tools, strangers)).entries()) {
    const records = strangers[k]
    if (records !== undefined && !has) outcomes.set(records, { status: 'conflict', headSeq: null })
  }
  const gaps = strangers.filter((records) => outcomes.has(records))
  // A key that was used before says so also where the number is wrong.
  for (const [k, found] of (await lookUp(tools, gaps)).entries()) {
    const records = gaps[k]
    if (records !== undefined && found.byCommand !== null) outcomes.set(records, { status: 'duplicate', entry: found.byCommand })
  }
  let open: Sending[] = given
    .filter((records) => !outcomes.has(records))
    .map((records) => ({ records, lost: false, withheld: 0 }))
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const answers = await send(tools, open)
    for (const [k, each] of open.entries()) {
      each.lost ||= answers[k]?.status === 'unknown'
      each.withheld += answers[k]?.status === 'withheld' ? 1 : 0
    }
    const made = (each: Sending): boolean => answers[open.indexOf(each)]?.status === 'created'
    const found = new Map([
      ...(await askFor(
        tools,
        open.filter((each) => !made(each)),
        lookUp,
      )),
      ...(tools.confirm ? await askFor(tools, open.filter(made), lookUpKeys) : []),
    ])
    const again: Sending[] = []
    for (const [k, each] of open.entries()) {
      const answer = answers[k]
      const verdict = answer === undefined ? null : await judged(tools, each, answer, found.get(each), attempt >= tools.tries)
      if (verdict === null) again.push(each)
      else outcomes.set(each.records, verdict)
    }
    open = again
    if (open.length > 0) await tools.sleep(waitBefore(attempt, tools.jitter))
  }
  for (const [{ instanceId, seq }, { status }] of outcomes) if (status === 'landed') tools.known.note(instanceId, seq)
  return given.map((records) => outcomes.get(records) ?? { status: 'unknown', reason: 'nothing was said of it' })
}

/** Whether the entry before each of them is in the journal. */
async function predecessors(tools: StoreTools, given: readonly CommitRecords[]): Promise<readonly boolean[]> {
  if (given.length === 0) return []
  const keys = given.map(({ instanceId, seq }) => entryKey(instanceId, seq - 1))
  return (await eventsByKey(tools, keys, ['event_key'])).map((event) => event !== null)
}

/** One alone is made alone, and so is what was refused together with others twice. */
async function send(tools: StoreTools, open: readonly Sending[]): Promise<readonly Created[]> {
  const { names } = tools.mapping
  const type = names.type('event')
  const alone = (each: Sending): boolean => open.length === 1 || each.withheld > 1
  const together = open.filter((each) => !alone(each))
  const answers = new Map<Sending, Created>()
  const [many] = await Promise.all([
    tools.own.createMany(
      type,
      together.map(({ records }) => ({ properties: records.event })),
      names.property('event', 'event_key'),
    ),
    ...open
      .filter(alone)
      .map(async (each) => answers.set(each, await tools.own.create(type, { properties: each.records.event }))),
  ])
  for (const [k, answer] of many.entries()) {
    const each = together[k]
    if (each !== undefined) answers.set(each, answer)
  }
  return open.map((each) => answers.get(each) ?? { status: 'unknown', error: unanswered })
}

const unanswered = new StoreError('unknown_outcome', 'HubSpot said nothing of one of the entries', {
  actions: ['Send it again with the same key.'],
})

/** `null`: to be sent once more. */
async function judged(
  tools: StoreTools,
  { records, lost }: Sending,
  answer: Created,
  found: Found | StoreError | undefined,
  isLast: boolean,
): Promise<Appended | null> {
  if (found instanceof StoreError) {
    // The journal did not say. What cannot have been written failed; of the rest nobody knows.
    if (!lost && (answer.status === 'refused' || answer.status === 'withheld')) return { status: 'failed', error: answer.error }
    return { status: 'unknown', reason: found.message }
  }
  if (answer.status === 'created') {
    if (found === undefined || found.byKey?.id === answer.record.id) return { status: 'landed' }
    // Two were told that they made it: the journal shows one of them, and the other's record is of no consequence.
    if (found.byKey !== null) return { status: 'conflict', headSeq: null }
    return isLast ? { status: 'unknown', reason: 'the entry was made but is not shown' } : null
  }
  const mine = found?.byCommand ?? null
  if (mine !== null)
    return lost && mine.key === records.eventKey && mine.hash === records.hash
      ? { status: 'landed' }
      : { status: 'duplicate', entry: mine }
  if (found?.byKey != null) return { status: 'conflict', headSeq: null }
  if (answer.status === 'refused')
    return lost ? { status: 'unknown', reason: answer.error.message } : { status: 'failed', error: answer.error }
  if (!isLast) return null
  if (answer.status === 'taken' && (await isArchived(tools, records)))
    return { status: 'failed', error: journalTruncated(records.eventKey) }
  return lost || answer.status === 'unknown'
    ? { status: 'unknown', reason: answer.error.message }
    : { status: 'failed', error: answer.error }
}

/** Whether somebody put the entry that has the key into the recycle bin. */
async function isArchived({ own, mapping: { names } }: StoreTools, { eventKey, commandKey }: CommitRecords): Promise<boolean> {
  const keys = [
    ['event_key', eventKey],
    ['command_key', commandKey],
  ] as const
  try {
    const found = await Promise.all(
      keys.map(([name, key]) =>
        own.readMany(names.type('event'), [key], { idProperty: names.property('event', name), archived: true }),
      ),
    )
    return found.some(([event]) => event != null)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return false
  }
}

/** What the journal says of each; an error where it did not say. */
async function askFor(
  tools: StoreTools,
  some: readonly Sending[],
  ask: (tools: StoreTools, given: readonly CommitRecords[]) => Promise<readonly Found[]>,
): Promise<readonly (readonly [Sending, Found | StoreError])[]> {
  try {
    const found = await ask(
      tools,
      some.map(({ records }) => records),
    )
    return some.flatMap((each, k) => (found[k] === undefined ? [] : [[each, found[k]] as const]))
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return some.map((each) => [each, error] as const)
  }
}

/** What stands there under the key of the entry alone. */
async function lookUpKeys(tools: StoreTools, given: readonly CommitRecords[]): Promise<readonly Found[]> {
  if (given.length === 0) return []
  const keys = given.map(({ eventKey }) => eventKey)
  return (await eventsByKey(tools, keys, ['event_key'])).map((byKey) => ({ byCommand: null, byKey }))
}

/** What stands in the journal under both keys of each. */
async function lookUp(tools: StoreTools, given: readonly CommitRecords[]): Promise<readonly Found[]> {
  if (given.length === 0) return []
  // Numbers before commands: an entry of ours that lands in between is found as ours, and not taken for somebody else's.
  const byKey = await eventsByKey(
    tools,
    given.map((records) => records.eventKey),
    ['event_key'],
  )
  const byCommand = await eventsByCommand(
    tools,
    given.map((records) => records.commandKey),
    ['event_key', 'command_key', 'entry'],
  )
  return given.map((_, k) => {
    const record = byCommand[k] ?? null
    return {
      byCommand: record === null ? null : toEntry(tools.mapping.names, record),
      byKey: byKey[k] ?? null,
    }
  })
}
