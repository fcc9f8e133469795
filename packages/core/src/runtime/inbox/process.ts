import { InvalidInputError } from '../../errors/index.ts'
import type { CommandInbox, InboundAnswer, InboundCommand } from '../../ports/index.ts'
import type { Runtime } from '../runtime.ts'
import { createVerbs } from '../verbs/verbs.ts'
import { giveUp, isOutage, judge, type NoteTarget } from './judge.ts'
import { aboutOf } from './openings.ts'
import { readForm } from './read-form.ts'
import type { InboundCommands } from './read-row.ts'
import type { InboundVerdict, SayVerdict } from './verdict.ts'

/** How much of the inbox is worked through, and in which words. */
export interface ProcessInboxOptions {
  /** Records judged; default 200. Those that wait behind one that could not be judged do not count. */
  readonly limit?: number
  /** Go on until no record is left that was not looked at; `limit` then bounds a round, and 100 rounds the whole. Default false. */
  readonly untilEmpty?: boolean
  /** Which commands may come in, by kind, e.g. `{ complaint: ['open', 'forward'] }`; default: all that people may send. */
  readonly commands?: InboundCommands
  /** Language of answers to people of whom none is known, or one without texts; default `en`. */
  readonly locale?: 'en' | 'zh-CN'
  /** Tries of a record that cannot be judged for another reason than an outage, before it is answered as failed; default 5. */
  readonly tries?: number
}

/** What was done. */
export interface ProcessedInbox {
  readonly accepted: number
  readonly refused: number
  readonly failed: number
  /** Records that wait, and why: for the next call. */
  readonly left: readonly { readonly id: string; readonly reason: string }[]
  /** The limit, an outage or 20,000 records that were read ended it: there may be more. */
  readonly more: boolean
}

/** Records that are read and answered in one call each. */
const pageSize = 50
const maxPages = 400
const maxRounds = 100

/**
 * Works through the inbox: each record is carried out as if its author had sent the command, in the order in which they were made, and answered. Crashes and
 * several workers at once double nothing, since the idempotency key is the record's: whoever comes later finds the entry and answers the same.
 */
export async function processInbox(
  runtime: Runtime,
  say: SayVerdict,
  options: ProcessInboxOptions = {},
): Promise<ProcessedInbox> {
  const { limit = 200, untilEmpty = false } = options
  const { inbox } = runtime.store
  if (inbox === undefined) throw unusable('store', `the store "${runtime.store.name}" has no inbox`, 'use a store that has one')
  for (const [name, value] of [
    ['limit', limit],
    ['tries', options.tries ?? 1],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 1) throw unusable(name, 'no number of records', 'pass a whole number from 1')
  const work = createWork(runtime, say, options)
  let left = untilEmpty ? limit * maxRounds : limit
  let after: string | undefined
  for (let page = 0; left > 0 && page < maxPages; page += 1) {
    const rows = await inbox.pending({ limit: pageSize, ...(after === undefined ? {} : { after }) })
    const { judged, stopped } = await work.page(inbox, rows, left)
    if (stopped) break
    if (rows.length < pageSize) return { ...work.done(), more: false }
    after = rows.at(-1)?.place
    left -= judged
  }
  return { ...work.done(), more: true }
}

const unusable = (path: string, message: string, remedy: string): InvalidInputError =>
  new InvalidInputError('inbox', [{ path, code: 'value', message, remedy }])

/** One call's memory: what was counted, and what waits behind a record that could not be judged. */
function createWork(runtime: Runtime, say: SayVerdict, options: ProcessInboxOptions) {
  const { tries = 5, locale = 'en' } = options
  const verbs = createVerbs(runtime, (given) => given ?? runtime.host.newId())
  const counts = { accepted: 0, refused: 0, failed: 0 }
  const left: { id: string; reason: string }[] = []
  const held = new Map<string, string>()
  /** Outages in a row: one may be the record's own, two are the store's. */
  let outages = 0

  /** Where records were about to write. */
  const begun = new Map<string, string>()
  const note: NoteTarget = async (row, instanceId) => {
    const none = { text: '', entryKey: null, state: null, nextDueAt: null }
    await runtime.store.inbox?.answer([{ ...none, id: row.id, status: 'pending', instanceId, tries: row.tries }])
    begun.set(row.id, instanceId)
  }

  function hold(row: InboundCommand, reason: string): void {
    for (const id of aboutRow(row)) if (!held.has(id)) held.set(id, row.id)
    left.push({ id: row.id, reason })
  }

  /** The answer, or `null` when the record is left as it is. */
  async function verdictOn(row: InboundCommand): Promise<InboundVerdict | null> {
    try {
      const verdict = await judge(runtime, verbs, row, options.commands, note).catch((error: unknown) => unjudged(row, error))
      outages = 0
      return verdict
    } catch (error) {
      if (!isOutage(error)) throw error
      outages += 1
      hold(row, reasonOf(error))
      return null
    }
  }

  /** A try is counted, until there were enough of them. */
  async function unjudged(row: InboundCommand, error: unknown): Promise<InboundVerdict> {
    if (isOutage(error)) throw error
    const { kind, instanceId } = row
    const tried = row.tries + 1
    if (tried >= tries) return giveUp(runtime, row, error, tried)
    hold(row, reasonOf(error))
    return { status: 'pending', kind, instanceId, error, tries: tried, of: tries }
  }

  return {
    /** Judges a page, at most so many of it, and writes the answers. `stopped`: it was not gone through, for the limit or since the store seems to be down. */
    page: async (
      inbox: CommandInbox,
      rows: readonly InboundCommand[],
      limit: number,
    ): Promise<{ readonly judged: number; readonly stopped: boolean }> => {
      let judged = 0
      let stopped = false
      let answers: InboundAnswer[] = []
      /** What was refused may be allowed after the next command: it is answered before that one is carried out, so that a crash in between changes nothing. */
      const unsettled = new Set<string>()
      const write = async (): Promise<void> => {
        if (answers.length > 0) await inbox.answer(answers)
        answers = []
        unsettled.clear()
      }
      for (const row of rows) {
        const about = aboutRow(row)
        const before = about.find((id) => held.has(id))
        if (before !== undefined) {
          hold(row, `waits for ${held.get(before) ?? ''}`)
          continue
        }
        stopped = judged >= limit
        if (stopped) break
        judged += 1
        if (about.some((id) => unsettled.has(id))) await write()
        const verdict = await verdictOn(row)
        if (verdict !== null) {
          const reader = { locale: row.locale, otherwise: locale, policy: runtime.policy }
          answers.push(answerOf(row, verdict, say(verdict, reader), begun.get(row.id) ?? row.begun ?? null))
          if (verdict.status !== 'pending') counts[verdict.status] += 1
          if (verdict.status === 'refused' || verdict.status === 'failed') for (const id of about) unsettled.add(id)
        }
        stopped = outages > 1
        if (stopped) break
      }
      await write()
      return { judged, stopped }
    },
    done: () => ({ ...counts, left }),
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 300) : 'unknown error')

function aboutRow(row: InboundCommand): readonly string[] {
  const form = readForm(row.form)
  return aboutOf(row.instanceId, form.ok ? form.fields : {})
}

function answerOf(row: InboundCommand, verdict: InboundVerdict, text: string, begun: string | null): InboundAnswer {
  const { id } = row
  const none = { entryKey: null, state: null, nextDueAt: null }
  switch (verdict.status) {
    case 'accepted': {
      const { instanceId, entryKey, state, nextDueAt } = verdict
      return { id, status: 'accepted', text, instanceId, entryKey, state, nextDueAt, tries: row.tries }
    }
    case 'refused':
      return { ...none, id, status: 'refused', text, instanceId: verdict.instanceId, state: verdict.state, tries: row.tries }
    case 'failed':
      return { ...none, id, status: 'failed', text, instanceId: null, tries: verdict.tries }
    case 'pending':
      return { ...none, id, status: 'pending', text, instanceId: begun, tries: verdict.tries }
  }
}
