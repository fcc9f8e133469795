import { StoreError, type Commit, type CommitOutcome, type JournalEntry } from '@ka-governance/core'
import { waitBefore, type SalesforceClient, type Subanswer } from './client.ts'
import { isPassing, meaningOf, recordTypeRefusals, redacted, siblings } from './errors.ts'
import { textOf, toEntry, type CommitRows, type NativeRows } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { AccountTeams } from './native/account-team.ts'
import { namesNothing, type Behind } from './native/milestones.ts'
import { isGone, limits, refusalOf, requestsOf, withRoom, type CommitRequest, type Without } from './requests.ts'
import { raw, soql } from './soql.ts'

/** What commits need. */
export interface CommitTools {
  readonly client: SalesforceClient
  readonly mapping: ResolvedMapping
  readonly sha256: (text: string) => string
  readonly sleep: (ms: number) => Promise<unknown>
  readonly jitter: () => number
  /** What of a commit's effects people of the org get natively. */
  readonly native?: (commit: Commit, rows: CommitRows) => Promise<readonly NativeRows[]>
  /** Whose record was found behind its head. */
  readonly behind: Behind
  /** Account teams, where the mapping keeps them. */
  readonly teams: AccountTeams | null
  /** How often a commit is sent: after an answer that was lost, after a locked row. */
  readonly tries: number
}

/** A commit with its rows. */
export type Prepared = { readonly commit: Commit; readonly rows: CommitRows }
/** What one send tells: done, sent again with less, or a question to the journal. */
type Verdict =
  | { readonly is: 'landed' }
  /** Nothing was written: another transaction was in the way. */
  | { readonly is: 'busy' }
  | { readonly is: 'without'; readonly without: Without }
  /** `twice`: a text of the commit is there already. */
  | { readonly is: 'twice' | 'asked'; readonly unknown: boolean; readonly error: StoreError }

/** One transaction for all of them: one call when nothing goes wrong. After an answer that was lost no error of a later try is one: what was sent may still land. */
export async function commitTogether(
  tools: CommitTools,
  prepared: readonly Prepared[],
  lost = false,
): Promise<readonly CommitOutcome[]> {
  const sent = { lost }
  try {
    return await untilKnown(tools, prepared, sent)
  } catch (error) {
    if (!sent.lost || !(error instanceof StoreError)) throw error
    return unknown(prepared, error.message)
  }
}

/** @throws StoreError what the last try was told; `sent.lost`: the answer of one before it was lost */
async function untilKnown(
  tools: CommitTools,
  prepared: readonly Prepared[],
  sent: { lost: boolean },
): Promise<readonly CommitOutcome[]> {
  const rows = prepared.map((each) => each.rows)
  let without = withRoom(rows, tools.mapping.names)
  for (let attempt = 1; ; attempt += 1) {
    const requests = requestsOf(rows, tools.mapping.names, without)
    const verdict = await sendOnce(tools, requests, without)
    if (verdict.is === 'landed') return prepared.map(({ rows: row }) => landed(row, without))
    if (verdict.is === 'without') {
      // What the org refuses is left out once and for all, so this comes to an end by itself.
      without = verdict.without
      attempt -= 1
      continue
    }
    if (verdict.is === 'twice') {
      const documents = new Set([...without.documents, ...(await documentsThere(tools, rows))])
      // One that cannot be found is left to the journal: the same texts would be refused for ever.
      if (documents.size > without.documents.size) {
        without = { ...without, documents }
        attempt -= 1
        continue
      }
    }
    if (verdict.is === 'twice' || verdict.is === 'asked') {
      sent.lost ||= verdict.unknown
      const found = await resolve(tools, rows)
      const outcomes = prepared.map(({ commit, rows: row }) => outcomeIn(found, commit, row, sent.lost, without))
      if (outcomes.some((outcome) => outcome !== null)) return settled(outcomes, found, rows)
      // Nothing of it is in the journal, and nothing stands in its way: the refusal has another reason.
      if (!verdict.unknown || attempt >= tools.tries) throw verdict.error
    } else if (attempt >= tools.tries) {
      throw new StoreError('throttled', 'another transaction held the records', {
        details: { window: 'concurrent' },
        actions: ['Send it again.'],
      })
    }
    await tools.sleep(waitBefore(attempt, tools.jitter))
  }
}

/** The texts may be short: what is too much is the number of instances, effects and documents in one transaction. */
export function tooManyRequests(rows: readonly CommitRows[], requests: number): StoreError {
  const keys = rows.map(({ eventKey }) => eventKey)
  const needed = `${keys.join(', ')} need ${String(requests)} requests in one transaction, Salesforce takes ${String(limits.composite)}`
  return new StoreError('too_large', needed, {
    details: { keys, requests, limit: limits.composite },
    actions: ['Commit fewer instances together.'],
  })
}

export const unknown = (prepared: readonly Prepared[], reason: string): readonly CommitOutcome[] =>
  prepared.map(() => ({ status: 'unknown', reason }))

async function sendOnce(tools: CommitTools, requests: readonly CommitRequest[], without: Without): Promise<Verdict> {
  try {
    return judged(requests, await tools.client.composite(requests.map(({ request }) => request)), without)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    if (error.code !== 'unknown_outcome') throw error
    return { is: 'asked', unknown: true, error }
  }
}

const refers = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  Object.values(body).some((value) => typeof value === 'string' && value.startsWith('@{'))

/** What the answers of one transaction mean. Only what failed by itself counts: the others were rolled back with it. */
export function judged(requests: readonly CommitRequest[], answers: readonly Subanswer[], without: Without): Verdict {
  if (
    answers.length === requests.length &&
    answers.every(({ status, errors }) => status >= 200 && status < 300 && errors.length === 0)
  )
    return { is: 'landed' }
  const failed = answers.flatMap((answer, k) => {
    const causes = answer.errors.filter(({ code }) => !siblings.has(code))
    const request = requests[k]
    return causes.length === 0 || request === undefined ? [] : [{ request, causes, status: answer.status }]
  })
  const [first] = failed
  if (first === undefined) {
    const milestones = withoutMilestones(requests, answers, without)
    if (milestones !== null) return { is: 'without', without: milestones }
    // An answer that does not name the record that a row refers to halts everything, and looks like a transaction in the way.
    const referring = requests.flatMap(({ request, purpose }) =>
      purpose.of === 'native' && refers(request.body) ? [purpose.effectId] : [],
    )
    return referring.length === 0
      ? { is: 'busy' }
      : { is: 'without', without: { ...without, native: new Set([...without.native, ...referring]) } }
  }
  const { purpose } = first.request
  const [cause] = first.causes
  if (first.causes.some(({ code }) => code === 'UNABLE_TO_LOCK_ROW')) return { is: 'busy' }
  if (purpose.of === 'acknowledge' && (first.status === 404 || cause?.code === 'ENTITY_IS_DELETED'))
    return {
      is: 'without',
      without: { ...without, acknowledges: new Set([...without.acknowledges, purpose.effectId]) },
    }
  const typed = requests.some(({ purpose: each }) => each.of === 'instance' && each.row?.recordType != null)
  if (purpose.of === 'instance' && typed && !without.recordTypes && recordTypeRefusals.has(cause?.code ?? ''))
    return { is: 'without', without: { ...without, recordTypes: true } }
  if (purpose.of === 'milestone' && cause !== undefined && !isPassing(cause, first.status))
    return { is: 'without', without: leftOut(without, purpose.key, redacted(`${cause.code}: ${cause.message}`)) }
  if (purpose.of === 'member' && cause !== undefined && !isPassing(cause, first.status)) {
    const reason = isGone(first.request.request, cause, first.status) ? null : redacted(`${cause.code}: ${cause.message}`)
    return { is: 'without', without: { ...without, members: new Map([...without.members, [purpose.key, reason]]) } }
  }
  // Whatever the org has against it: the command stands, and the effect waits for somebody else.
  if (purpose.of === 'native' && cause !== undefined && !isPassing(cause, first.status))
    return { is: 'without', without: { ...without, native: new Set([...without.native, purpose.effectId]) } }
  if (purpose.of === 'record' && cause !== undefined && !isPassing(cause, first.status))
    return {
      is: 'without',
      without: {
        ...without,
        records: new Map([...without.records, [purpose.row.instanceId, redacted(`${cause.code}: ${cause.message}`)]]),
      },
    }
  const is = purpose.of === 'documents' && cause?.code === 'DUPLICATE_VALUE' ? 'twice' : 'asked'
  return { is, unknown: false, error: meaningOf(first.causes, first.status) }
}

const leftOut = (without: Without, key: string, reason: string | null): Without => ({
  ...without,
  milestones: new Map([...without.milestones, [key, reason]]),
})

/**
 * Nothing failed but a reference. The request that names nothing says so: its case has no such milestone that is open. Where none says so it is one of them all the
 * same, as far as anybody knows: all are left out, and the record is marked.
 */
function withoutMilestones(requests: readonly CommitRequest[], answers: readonly Subanswer[], without: Without): Without | null {
  const asked = requests.flatMap(({ purpose }, k) =>
    purpose.of === 'milestone' ? [{ key: purpose.key, errors: answers[k]?.errors ?? [] }] : [],
  )
  const none = asked.find(({ errors }) => errors.some(({ message }) => namesNothing.test(message)))
  if (none !== undefined) return leftOut(without, none.key, null)
  const said = answers.some(({ errors }) => errors.some(({ message }) => namesNothing.test(message)))
  const [first] = asked
  if (first === undefined || said) return null
  const [error] = first.errors
  const reason = error === undefined ? 'PROCESSING_HALTED' : redacted(`${error.code}: ${error.message}`)
  return asked.reduce((left, { key }) => leftOut(left, key, reason), without)
}

export function landed(row: CommitRows, without: Without): CommitOutcome {
  const blockedReason = refusalOf(row, without)
  return blockedReason === undefined
    ? { status: 'committed', projection: 'written' }
    : { status: 'committed', projection: 'blocked', blockedReason }
}

/** What stands in the journal under the keys of these commits. */
export interface Journal {
  readonly byCommand: ReadonlyMap<string, JournalEntry>
  readonly events: ReadonlySet<string>
  readonly heads: ReadonlyMap<string, number>
}

export async function resolve({ client, mapping: { names } }: CommitTools, rows: readonly CommitRows[]): Promise<Journal> {
  const event = (name: Parameters<typeof names.field<'Event'>>[1]) => raw(names.field('Event', name))
  const head = (name: Parameters<typeof names.field<'Instance'>>[1]) => raw(names.field('Instance', name))
  const queries: string[] = []
  for (let k = 0; k < rows.length; k += askedAtOnce) {
    const some = rows.slice(k, k + askedAtOnce)
    // Heads before entries: what lands in between is found as an entry, and not taken for somebody else's.
    queries.push(
      soql`SELECT ${head('InstanceKey')}, ${head('Seq')} FROM ${raw(names.object('Instance'))} WHERE ${head('InstanceKey')} IN ${some.map((r) => r.instanceId)}`,
      soql`SELECT ${event('EventKey')}, ${event('CommandKey')}, ${event('Entry')} FROM ${raw(names.object('Event'))} WHERE ${event('EventKey')} IN ${some.map((r) => r.eventKey)} OR ${event('CommandKey')} IN ${some.map((r) => r.commandKey)}`,
    )
  }
  const byCommand = new Map<string, JournalEntry>()
  const events = new Set<string>()
  const heads = new Map<string, number>()
  for (const [k, found] of (await client.queries(queries)).entries())
    for (const row of found) {
      if (k % 2 === 0) heads.set(String(row[head('InstanceKey').text]), Number(row[head('Seq').text]))
      else {
        const entry = toEntry(names, row)
        events.add(entry.key)
        byCommand.set(String(row[event('CommandKey').text]), entry)
      }
    }
  return { byCommand, events, heads }
}

/** Commits whose keys one query holds. */
const askedAtOnce = 60

async function documentsThere(
  { client, mapping: { names } }: CommitTools,
  rows: readonly CommitRows[],
): Promise<ReadonlySet<string>> {
  const field = names.field('Document', 'DocumentKey')
  const keys = rows.flatMap((row) => row.documents.map((document) => textOf(document, field)))
  const there = new Set<string>()
  for await (const row of client.query(
    soql`SELECT ${raw(field)} FROM ${raw(names.object('Document'))} WHERE ${raw(field)} IN ${keys}`,
  ))
    there.add(String(row[field]))
  return there
}

/** Null: nothing of this commit is in the journal, and nothing stands in its way. */
export function outcomeIn(
  found: Journal,
  { entry }: Commit,
  row: CommitRows,
  lost: boolean,
  without: Without,
): CommitOutcome | null {
  const mine = found.byCommand.get(row.commandKey)
  if (mine !== undefined)
    return lost && mine.hash === entry.hash && mine.key === entry.key
      ? landed(row, without)
      : { status: 'duplicate', entry: mine }
  const headSeq = found.heads.get(row.instanceId) ?? null
  return found.events.has(row.eventKey) || (headSeq ?? 0) !== row.seq - 1 ? { status: 'conflict', headSeq } : null
}

/** Together or not at all: where one could not land, the others did not. */
export function settled(
  outcomes: readonly (CommitOutcome | null)[],
  found: Journal,
  rows: readonly CommitRows[],
): readonly CommitOutcome[] {
  const all = outcomes.every((outcome) => outcome?.status === 'committed')
  return outcomes.map((outcome, k) =>
    outcome === null || (!all && outcome.status === 'committed')
      ? { status: 'conflict', headSeq: found.heads.get(rows[k]?.instanceId ?? '') ?? null }
      : outcome,
  )
}
