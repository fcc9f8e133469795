import { parsePlain } from './decimal.ts'
import type { PortfolioDraft } from './draft.ts'
import { accountResolver, withoutAccount } from './complaint-account.ts'
import type { ComplaintRowsMapping } from './mapping-schema.ts'
import { once } from './once.ts'
import type { FileTally, RecordedComplaint, Satisfaction } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { say } from '../said.ts'
import { correctIt, correctTime, listAnswer, noAnswer } from './row-words.ts'

export const abouts: readonly RecordedComplaint['about'][] = ['product', 'delivery', 'service', 'price', 'other']
export const aboutOf = (word: string): RecordedComplaint['about'] => abouts.find((a) => a === word) ?? 'other'

const satisfactions: readonly Satisfaction[] = ['satisfied', 'partly', 'dissatisfied', 'unknown']

/** Reads complaints of one row each. */
export async function readComplaintRows(
  context: ReadContext,
  section: ComplaintRowsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const lines = new Map<string, { line: number; raw: string }>()
  const yes = new Set(section.yes.map((v) => v.toLowerCase()))
  const no = new Set(section.no.map((v) => v.toLowerCase()))
  const open = new Set(section.open)
  const resolve = accountResolver(draft, section.unknownAccount)
  const tally = await readFileOfSection(context, 'complaints', file, section, (row) => {
    const id = row.required('id')
    const before = once(lines, row, id, 'id', [
      say('has the same complaint otherwise', '对同一投诉的内容不同'),
      say('keep one row a complaint, or use shape: log', '每件投诉只保留一行，或在映射中填写shape: log'),
    ])
    if (before !== null) return before
    const truth = (field: 'timely' | 'upheld'): boolean | null => {
      const word = row.text(field).toLowerCase()
      return yes.has(word)
        ? true
        : no.has(word)
          ? false
          : word === ''
            ? null
            : row.fail('value_unknown', noAnswer, listAnswer, field)
    }
    const receivedAt = row.requiredInstant('received')
    const forwardedAt = row.instant('forwarded')
    const resolvedAt = row.instant('resolved')
    let closedAt = row.instant('closed')
    if (forwardedAt !== null && forwardedAt < receivedAt)
      return row.fail('times_out_of_order', say('forwarded before it was received', '转交早于受理'), correctTime, 'forwarded')
    if (resolvedAt !== null && resolvedAt < receivedAt)
      return row.fail('times_out_of_order', say('resolved before it was received', '解决早于受理'), correctTime, 'resolved')
    if (closedAt !== null && closedAt < (resolvedAt ?? receivedAt))
      return row.fail(
        'times_out_of_order',
        say('closed before it was resolved or received', '结案早于解决或受理'),
        correctTime,
        'closed',
      )
    const reopenText = row.text('reopenings')
    const reopenings = reopenText === '' ? 0 : parsePlain(reopenText, context.mapping)
    if (reopenings === null || reopenings < 0 || !Number.isInteger(reopenings) || reopenings > 100) {
      return row.fail('number_malformed', say('not a whole number', '不是整数'), correctIt, 'reopenings')
    }
    const said = row.text('satisfied')
    const translated = section.satisfaction[said] ?? said
    const satisfaction = said === '' ? 'unknown' : satisfactions.find((s) => s === translated)
    if (satisfaction === undefined)
      return row.fail(
        'value_unknown',
        say('not a known answer of the customer', '不是可识别的客户答复'),
        say('translate it under `satisfaction` in the mapping', '请在映射的satisfaction中对应'),
        'satisfied',
      )
    const foreign = row.required('account')
    const accountId = resolve(foreign)
    if (accountId === null) return withoutAccount(row)
    const outcome = row.text('outcome')
    const derived: string[] = []
    const done = section.columns.outcome !== undefined && outcome !== '' && !open.has(outcome)
    if (resolvedAt === null && closedAt !== null) derived.push('resolution-at-closing')
    if (resolvedAt === null && closedAt === null && done) derived.push('resolution-simulated')
    const end = resolvedAt ?? closedAt
    lines.set(id, { line: row.line, raw: row.raw })
    if (closedAt === null && end !== null) closedAt = null
    const severity = row.text('severity')
    const kind = row.text('kind')
    const channel = row.text('channel')
    draft.complaints.push({
      id,
      accountId,
      foreignAccount: accountId === foreign ? null : foreign,
      matter: row.text('matter') || kind || id,
      severity: section.severities[severity] ?? section.severity,
      about: aboutOf(section.kinds[kind] ?? section.kind),
      channel: section.channels[channel] ?? section.channel,
      receivedAt,
      forwardedAt,
      rounds: end === null ? [] : [{ resolvedAt: end, reopenedAt: null }],
      closedAt,
      finished: end !== null || done,
      reopenings,
      waits: [],
      satisfaction,
      recordedTimely: truth('timely'),
      upheld: truth('upheld') ?? true,
      derived,
    })
    return 'used'
  })
  return tally.build()
}
