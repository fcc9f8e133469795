import { judgedConditions, judgedFactors, type JudgedCondition, type JudgedFactor } from './judged.ts'
import { parsePlain } from './decimal.ts'
import type { PortfolioDraft } from './draft.ts'
import type { JudgementsMapping, PaymentsMapping } from './mapping-schema.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { say } from '../said.ts'
import { correctIt, noAccount, noAnswer } from './row-words.ts'

const factors: ReadonlySet<string> = new Set(judgedFactors)
const conditions: ReadonlySet<string> = new Set(judgedConditions)

/** Reads graded judgements and answers. */
export async function readJudgements(
  context: ReadContext,
  section: JudgementsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const yes = new Set(section.yes.map((v) => v.toLowerCase()))
  const no = new Set(section.no.map((v) => v.toLowerCase()))
  const tally = await readFileOfSection(context, 'judgements', file, section, (row) => {
    const accountId = row.required('account')
    if (!draft.accounts.has(accountId))
      return row.fail(
        'account_unknown',
        noAccount,
        say('add it, or remove the judgement', '请补上该客户，或删除该项评价'),
        'account',
      )
    const subject = row.required('subject')
    const text = row.required('value')
    const judgedOn = row.requiredDate('judgedOn')
    const by = row.required('by')
    let value: number | boolean
    if (factors.has(subject)) {
      const score = parsePlain(text, context.mapping)
      if (score === null || score < 0 || score > 100)
        return row.fail(
          'number_out_of_range',
          say('a score is a number from 0 to 100', '评分应为0至100之间的数字'),
          correctIt,
          'value',
        )
      value = score
    } else if (conditions.has(subject)) {
      const word = text.toLowerCase()
      if (!yes.has(word) && !no.has(word)) return row.fail('value_unknown', noAnswer, correctIt, 'value')
      value = yes.has(word)
    } else
      return row.fail(
        'value_unknown',
        say('neither a judged factor nor a condition', '既不是评分因素，也不是判断条件'),
        say(
          `use one of ${[...judgedFactors, ...judgedConditions].join(', ')}`,
          `可填：${[...judgedFactors, ...judgedConditions].join('、')}`,
        ),
        'subject',
      )
    const trend = row.text('trend')
    if (trend !== '' && trend !== 'up' && trend !== 'flat' && trend !== 'down')
      return row.fail(
        'value_unknown',
        say('not up, flat or down', '不是up（上升）、flat（持平）或down（下降）'),
        correctIt,
        'trend',
      )
    const list = draft.judgements.get(accountId) ?? []
    list.push({ subject: subject as JudgedFactor | JudgedCondition, value, judgedOn, by, ...(trend === '' ? {} : { trend }) })
    draft.judgements.set(accountId, list)
    return 'used'
  })
  return tally.build()
}

/** Reads payments; those in time are left out. */
export async function readPayments(
  context: ReadContext,
  section: PaymentsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const tally = await readFileOfSection(context, 'payments', file, section, (row) => {
    const accountId = row.required('account')
    if (!draft.accounts.has(accountId))
      return row.fail(
        'account_unknown',
        noAccount,
        say('add it, or remove the payment', '请补上该客户，或删除该笔付款'),
        'account',
      )
    const dueOn = row.requiredDate('due')
    const paidOn = row.date('paid')
    const daysLate = paidOn === null ? 0 : Math.round((Date.parse(paidOn) - Date.parse(dueOn)) / 86_400_000)
    if (paidOn !== null && daysLate <= section.graceDays) return { ignored: 'paid-in-time' }
    const list = draft.payments.get(accountId) ?? []
    list.push({ dueOn, paidOn, daysLate })
    draft.payments.set(accountId, list)
    return 'used'
  })
  return tally.build()
}
