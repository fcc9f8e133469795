import { accountResolver, withoutAccount } from './complaint-account.ts'
import { parsePlain } from './decimal.ts'
import type { PortfolioDraft } from './draft.ts'
import { shorten } from './finding.ts'
import type { ComplaintLogMapping } from './mapping-schema.ts'
import type { FileTally, RecordedComplaint } from './portfolio.ts'
import { aboutOf } from './read-complaints.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { say, type Said } from '../said.ts'
import { correctIt, noNumber } from './row-words.ts'

interface LogEvent {
  readonly sequence: number
  readonly state: string
  readonly at: number
}

interface Case {
  readonly accountId: string
  readonly foreign: string
  readonly receivedAt: number
  readonly line: number
  readonly raw: string
  resolvedAt: number | null
  closedAt: number | null
  timely: boolean | null
  severity: string
  kind: string
  channel: string
  matter: string
  rows: number
  readonly events: LogEvent[]
}

/**
 * Reads a log with one row a change. The rows of a case are put into the order of their sequence number: their times are not in order. One complaint a case:
 * each move into a resolved state is a resolution, each move out of it (or out of closed) a reopening.
 */
export async function readComplaintLog(
  context: ReadContext,
  section: ComplaintLogMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const cases = new Map<string, Case>()
  const resolve = accountResolver(draft, section.unknownAccount)
  const yes = new Set(section.yes.map((v) => v.toLowerCase()))
  const no = new Set(section.no.map((v) => v.toLowerCase()))
  const tally = await readFileOfSection(context, 'complaints', file, section, (row) => {
    const id = row.required('id')
    const foreign = row.required('account')
    const receivedAt = row.requiredInstant('received')
    const sequence = parsePlain(row.required('sequence'), context.mapping)
    if (sequence === null) return row.fail('number_malformed', noNumber, correctIt, 'sequence')
    const state = row.required('state')
    const at = row.requiredInstant('changed')
    const resolvedAt = row.instant('resolved')
    const closedAt = row.instant('closed')
    let one = cases.get(id)
    if (one === undefined) {
      const accountId = resolve(foreign)
      if (accountId === null) return withoutAccount(row)
      one = {
        accountId,
        foreign,
        receivedAt,
        line: row.line,
        raw: row.raw,
        resolvedAt: null,
        closedAt: null,
        timely: null,
        severity: '',
        kind: '',
        channel: '',
        matter: '',
        rows: 0,
        events: [],
      }
      cases.set(id, one)
    } else if (one.foreign !== foreign) {
      return row.fail(
        'conflicting_rows',
        say(`line ${String(one.line)} names another account for this case`, `第${String(one.line)}行为该案例填写了另一客户`),
        say('one account a case', '每个案例只应有一个客户'),
        'account',
      )
    } else if (one.receivedAt !== receivedAt) {
      return row.fail(
        'conflicting_rows',
        say(
          `line ${String(one.line)} has another opening time for this case`,
          `第${String(one.line)}行为该案例填写了另一受理时间`,
        ),
        say('one opening time a case', '每个案例只应有一个受理时间'),
        'received',
      )
    }
    const word = row.text('timely').toLowerCase()
    const last = one.events.at(-1)
    if (last === undefined || sequence >= last.sequence) {
      one.timely = yes.has(word) ? true : no.has(word) ? false : one.timely
      one.severity = row.text('severity')
      one.kind = row.text('kind')
      one.channel = row.text('channel')
      one.matter = row.text('matter')
      one.resolvedAt = resolvedAt ?? one.resolvedAt
      one.closedAt = closedAt ?? one.closedAt
    }
    one.rows += 1
    one.events.push({ sequence, state, at })
    return 'used'
  })

  for (const [id, one] of cases) {
    const complaint = complaintOf(id, one, section)
    if ('en' in complaint) {
      const rows = String(one.rows)
      // One finding for the case; its other rows are counted with it.
      tally.rejectUsed({
        code: 'times_out_of_order',
        file,
        line: one.line,
        value: shorten(id),
        message: say(
          `${complaint.en} (all ${rows} rows of the case are left out)`,
          `${complaint['zh-CN']}（该案例的${rows}行均不计入）`,
        ),
        remedy: say('correct the times of the case', '请更正该案例的各个时间'),
        raw: one.raw,
      })
      if (one.rows > 1) tally.ignoreUsed('rows-of-a-rejected-case', one.rows - 1)
      continue
    }
    for (const d of complaint.derived) draft.notes.add(d, file)
    draft.complaints.push(complaint)
  }
  return tally.build()
}

function complaintOf(id: string, one: Case, section: ComplaintLogMapping): RecordedComplaint | Said {
  const resolvedWords = new Set(section.states.resolved)
  const closedWords = new Set(section.states.closed)
  const waiting = new Set(section.states.waitingForCustomer)
  const events = one.events.map((e, i) => ({ ...e, i })).sort((a, b) => a.sequence - b.sequence || a.i - b.i)
  const derived: string[] = []
  const rounds: { resolvedAt: number; reopenedAt: number | null }[] = []
  const waits: { from: number; to: number }[] = []
  let done = false
  let waitFrom: number | null = null
  let clock = one.receivedAt
  for (const event of events) {
    // Times may run backwards between rows; the sequence rules, so time stands still until it catches up.
    clock = Math.max(clock, event.at)
    const over = resolvedWords.has(event.state) || closedWords.has(event.state)
    if (waitFrom !== null && !waiting.has(event.state)) {
      if (clock > waitFrom) waits.push({ from: waitFrom, to: clock })
      waitFrom = null
    }
    if (waitFrom === null && waiting.has(event.state)) waitFrom = clock
    if (over && !done) rounds.push({ resolvedAt: clock, reopenedAt: null })
    if (!over && done) {
      const last = rounds.at(-1)
      if (last) last.reopenedAt = Math.max(clock, last.resolvedAt)
    }
    done = over
  }
  const last = rounds.at(-1)
  if (last !== undefined && last.reopenedAt === null) {
    if (one.resolvedAt !== null) {
      // The source's own time of resolution, unless a reopening lies behind it.
      const before = rounds.at(-2)?.reopenedAt ?? one.receivedAt
      if (one.resolvedAt < one.receivedAt) return say('resolved before it was opened', '解决早于受理')
      if (one.resolvedAt >= before) last.resolvedAt = one.resolvedAt
    } else derived.push('resolution-from-state-change')
  }
  const finished = last !== undefined && last.reopenedAt === null
  const reopenings = rounds.filter((r) => r.reopenedAt !== null).length
  let closedAt = finished ? one.closedAt : null
  if (closedAt !== null && last !== undefined && closedAt < last.resolvedAt) {
    derived.push('closing-moved-to-resolution')
    closedAt = last.resolvedAt
  }
  if (!finished) derived.push('never-closes')
  return {
    id,
    accountId: one.accountId,
    foreignAccount: one.accountId === one.foreign ? null : one.foreign,
    matter: one.matter || one.kind || id,
    severity: section.severities[one.severity] ?? section.severity,
    about: aboutOf(section.kinds[one.kind] ?? section.kind),
    channel: section.channels[one.channel] ?? section.channel,
    receivedAt: one.receivedAt,
    forwardedAt: null,
    rounds,
    closedAt,
    finished,
    reopenings,
    waits,
    satisfaction: 'unknown',
    recordedTimely: one.timely,
    upheld: true,
    derived,
  }
}
