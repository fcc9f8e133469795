import { longText } from './cells.ts'
import { compileDateFormat } from './dates.ts'
import type { PortfolioDraft } from './draft.ts'
import type { RelationsMapping } from './mapping-schema.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { relationEvents, type RelationEvent } from './recorded.ts'

const isEvent = (word: string): word is RelationEvent => Object.hasOwn(relationEvents, word)
const readIso = compileDateFormat('iso')

/** Reads what happened to relations: suspended, renewed, ended, handed over, merged. */
export async function readRelations(
  context: ReadContext,
  section: RelationsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const seen = new Set<string>()
  const tally = await readFileOfSection(context, 'relations', file, section, (row) => {
    const accountId = row.required('account')
    const on = row.requiredDate('on')
    const word = row.required('event')
    const event = section.events[word] ?? word
    const to = row.text('to') || null
    if (seen.has(row.raw)) return { ignored: 'duplicate' }
    if (!draft.accounts.has(accountId))
      return row.fail('account_unknown', 'the account files do not have this account', 'add it, or remove the event', 'account')
    if (!isEvent(event))
      return row.fail(
        'value_unknown',
        'not a known event',
        `use one of ${Object.keys(relationEvents).join(', ')}, or translate it under \`events\` in the mapping`,
        'event',
      )
    const needs = relationEvents[event]
    if (needs === 'date' || (needs === 'account' && event !== 'parent')) {
      if (to === null)
        return row.fail(
          'value_missing',
          `the event ${event} needs ${needs === 'date' ? 'a day' : 'an account'}`,
          'fill it in',
          'to',
        )
    }
    if (needs === 'date' && readIso?.(to ?? '')?.dateOnly !== true)
      return row.fail('date_malformed', 'not a day such as 2025-03-31', 'correct it', 'to')
    if (needs === 'account' && to !== null && !draft.accounts.has(to))
      return row.fail('account_unknown', 'the account files do not have this account', 'add it, or correct it', 'to')
    if (needs === 'account' && to === accountId)
      return row.fail('value_unknown', 'an account cannot be its own parent or survivor', 'name another account', 'to')
    seen.add(row.raw)
    draft.relations.push({ accountId, on, event, to, reason: row.text('reason', longText) })
    return 'used'
  })
  return tally.build()
}
