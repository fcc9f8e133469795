import { longText } from './cells.ts'
import { compileDateFormat } from './dates.ts'
import type { PortfolioDraft } from './draft.ts'
import type { RelationsMapping } from './mapping-schema.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { relationEvents, type RelationEvent } from './recorded.ts'
import { say } from '../said.ts'
import { correctIt, fillIn, noAccount } from './row-words.ts'

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
      return row.fail('account_unknown', noAccount, say('add it, or remove the event', '请补上该客户，或删除该事件'), 'account')
    if (!isEvent(event))
      return row.fail(
        'value_unknown',
        say('not a known event', '不是可识别的事件'),
        say(
          `use one of ${Object.keys(relationEvents).join(', ')}, or translate it under \`events\` in the mapping`,
          `可填：${Object.keys(relationEvents).join('、')}，或在映射的events中对应`,
        ),
        'event',
      )
    const needs = relationEvents[event]
    if (needs === 'date' || (needs === 'account' && event !== 'parent')) {
      if (to === null)
        return row.fail(
          'value_missing',
          say(
            `the event ${event} needs ${needs === 'date' ? 'a day' : 'an account'}`,
            `事件${event}需要填写${needs === 'date' ? '日期' : '客户'}`,
          ),
          fillIn,
          'to',
        )
    }
    if (needs === 'date' && readIso?.(to ?? '')?.dateOnly !== true)
      return row.fail('date_malformed', say('not a day such as 2025-03-31', '不是2025-03-31这样的日期'), correctIt, 'to')
    if (needs === 'account' && to !== null && !draft.accounts.has(to))
      return row.fail('account_unknown', noAccount, say('add it, or correct it', '请补上该客户，或更正'), 'to')
    if (needs === 'account' && to === accountId)
      return row.fail(
        'value_unknown',
        say('an account cannot be its own parent or survivor', '客户不能是自己的上级或合并后的客户'),
        say('name another account', '请填写另一客户'),
        'to',
      )
    seen.add(row.raw)
    draft.relations.push({ accountId, on, event, to, reason: row.text('reason', longText) })
    return 'used'
  })
  return tally.build()
}
