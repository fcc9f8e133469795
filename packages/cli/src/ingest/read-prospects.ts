import { cellsOf, longText } from './cells.ts'
import { accountFromId, type PortfolioDraft } from './draft.ts'
import type { ProspectsMapping } from './mapping-schema.ts'
import { once } from './once.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { committeeWords, companySizes } from './recorded.ts'
import { say } from '../said.ts'
import { correctDay } from './row-words.ts'

/** Reads applications. A customer that only applies becomes an account of the portfolio, and is a prospect until it is admitted. */
export async function readProspects(
  context: ReadContext,
  section: ProspectsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const lines = new Map<string, { line: number; raw: string }>()
  const tally = await readFileOfSection(context, 'prospects', file, section, (row) => {
    const cells = cellsOf(row, context.mapping, section)
    const accountId = row.required('account')
    const appliedOn = row.requiredDate('appliedOn')
    const key = JSON.stringify([accountId, appliedOn])
    const before = once(lines, row, key, 'account', [
      say('has an application of the same account and day otherwise', '有同一客户同一天的申请，内容不同'),
      say('keep one row an application', '每份申请只保留一行'),
    ])
    if (before !== null) return before
    const word = row.text('committee')
    const translated = section.committees[word] ?? word
    const committee = word === '' ? 'approved' : committeeWords.find((w) => w === translated)
    if (committee === undefined)
      return row.fail(
        'value_unknown',
        say('not a known answer of the committee', '不是可识别的委员会意见'),
        say(
          `use one of ${committeeWords.join(', ')}, or translate it under \`committees\` in the mapping`,
          `可填：${committeeWords.join('、')}，或在映射的committees中对应`,
        ),
        'committee',
      )
    const from = row.date('contractFrom')
    const to = row.date('contractTo')
    if ((from === null) !== (to === null))
      return row.fail(
        'value_missing',
        say('a contract has a first and a last day', '合同应有起止日期'),
        say('fill in both, or none where nothing was signed', '请填写起止日期；未签合同时两项都留空'),
        from === null ? 'contractFrom' : 'contractTo',
      )
    if (from !== null && to !== null && to < from)
      return row.fail(
        'times_out_of_order',
        say('the contract ends before it begins', '合同结束早于开始'),
        correctDay,
        'contractTo',
      )
    if (from !== null && from < appliedOn)
      return row.fail(
        'times_out_of_order',
        say('the contract begins before the application', '合同开始早于申请'),
        correctDay,
        'contractFrom',
      )
    const sizeText = row.text('size')
    const size = companySizes.find((s) => s === (section.sizes[sizeText] ?? sizeText)) ?? null
    if (sizeText !== '' && size === null)
      return row.fail(
        'value_unknown',
        say('not a known size', '不是可识别的企业规模'),
        say(
          `use one of ${companySizes.join(', ')}, or translate it under \`sizes\` in the mapping`,
          `可填：${companySizes.join('、')}，或在映射的sizes中对应`,
        ),
        'size',
      )
    const known = draft.accounts.get(accountId)
    const source = row.text('leadSource')
    const name = row.text('name') || (known?.name ?? accountId)
    const application = {
      accountId,
      name,
      appliedOn,
      region: row.text('region') || (known?.region ?? null),
      creditCode: row.text('creditCode') || null,
      parentId: row.text('parent') || null,
      leadSource: source === '' ? null : (section.leadSources[source] ?? source),
      industry: row.text('industry') || null,
      size,
      need: row.text('need', longText) || null,
      annualVolume: cells.money('annualVolume', 'currency'),
      growthPotential: cells.number('growthPotential', 0, 100, true),
      willingness: cells.number('willingness', 0, 100, true),
      paidInCapital: cells.money('paidInCapital', 'currency'),
      overdueDays: cells.number('overdueDays', 0, 100_000, true),
      stableYears: cells.number('stableYears', 0, 1000),
      lawful: cells.answer('lawful'),
      reputation: cells.answer('reputation'),
      violations: cells.answer('violations'),
      classes: cells.list('classes'),
      contract: from === null || to === null ? null : { from, to },
      manager: row.text('manager') || null,
      committee,
      exception: row.text('exception', longText) || null,
    }
    const nameZh = row.text('nameZh') || null
    lines.set(key, { line: row.line, raw: row.raw })
    draft.applications.push(application)
    if (known === undefined) {
      const { region, parentId, manager } = application
      draft.accounts.set(accountId, {
        ...accountFromId(accountId, false),
        name,
        nameZh,
        region,
        parentId,
        manager,
        isProspect: true,
      })
    }
    return 'used'
  })
  return tally.build()
}
