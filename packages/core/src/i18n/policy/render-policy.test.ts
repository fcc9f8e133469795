import { describe, expect, it } from 'vitest'
import { loadPolicy, parameters, policySchema, presets } from '../../policy/index.ts'
import { withValue } from '../../policy/testing.ts'
import { locales, type Locale } from '../locale.ts'
import { notProse } from './chapters.ts'
import { formatPolicyText } from './format-policy-text.ts'
import type { PolicyDocument } from './policy-document.ts'
import { renderPolicy } from './render-policy.ts'

const preset: unknown = presets.manufacturerCn
const render = (document: unknown = preset, locale: Locale = 'en'): PolicyDocument => renderPolicy(loadPolicy(document), locale)
const blocks = (document: PolicyDocument) => document.sections.flatMap((section) => section.blocks)
const parametersOf = (document: PolicyDocument) => new Set(blocks(document).flatMap((block) => block.parameters))

describe('the policy as people read it [GOV-05]', () => {
  it.each(locales)('says every parameter of the table but those left out for a reason: %s', (locale) => {
    const said = parametersOf(render(preset, locale))
    const missing = parameters.map(({ path }) => path).filter((path) => !said.has(path))
    expect(missing).toEqual(Object.keys(notProse))
    expect(Object.values(notProse).every((reason) => reason.length > 20)).toBe(true)
  })

  it('says the same in every language, paragraph by paragraph', () => {
    const [en, zh] = locales.map((locale) =>
      blocks(render(preset, locale)).map((block) => [block.kind, [...block.parameters].sort()]),
    )
    expect(zh).toEqual(en)
  })

  it.each(locales)('shows a value of each parameter in words, for every preset: %s', (locale) => {
    for (const document of Object.values(presets)) {
      const text = formatPolicyText(renderPolicy(loadPolicy(document), locale))
      expect(text).not.toMatch(/undefined|\[object|NaN|: \.|“”/)
      if (locale === 'en') expect(text).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it.each(locales)('names are read whole, as long as a policy lets them be: %s', (locale) => {
    const long = (text: string): string => `${text} `.repeat(200).slice(0, 199 - text.length) + text
    const names = { en: long('Rules'), 'zh-CN': long('规则') }
    const renamed = withValue(withValue(preset, 'title', names), 'rebate.quantityUnit', names)
    const [first] = Object.keys(loadPolicy(preset).admission.classes)
    const text = formatPolicyText(render(withValue(renamed, `admission.classes.${String(first)}`, names), locale))
    expect(text).toContain(`# ${names[locale]}\n`)
    expect(text.split(names[locale]).length).toBeGreaterThan(3)
    expect(text).not.toContain('…')
  })

  it('carries the numbers into the sentences', () => {
    const changed = withValue(withValue(preset, 'complaint.handoff.amount', 3), 'contract.renewalNotice.days', 61)
    const text = formatPolicyText(render(changed))
    expect(text).toContain('within 3 working hours')
    expect(text).toContain('Renewal is asked for 61 calendar days before a contract ends.')
    expect(formatPolicyText(render(changed, 'zh-CN'))).toContain('投诉在3个工作小时内转交责任部门')
  })

  it('P-25, P-28, I-28: a rule over two cycles says whether its number holds for each of them or for both together', () => {
    const said = (twoCycle: string, locale: Locale) =>
      blocks(render(withValue(preset, 'growth.twoCycle', twoCycle), locale)).flatMap((block) =>
        block.kind === 'paragraph' && block.numbers.some((id) => id === 'P-25' || id === 'P-28') ? [block.text] : [],
      )
    for (const [choice, locale, words] of [
      ['each', 'en', 'over two cycles in a row (each of them)'],
      ['cumulated', 'en', 'over two cycles in a row (both together)'],
      ['each', 'zh-CN', '连续两个周期（每个周期均达到）'],
      ['cumulated', 'zh-CN', '连续两个周期（两个周期累计）'],
    ] as const) {
      expect(said(choice, locale)).toHaveLength(2)
      for (const text of said(choice, locale)) expect(text).toContain(words)
    }
    const labels = parameters.filter(({ id }) => id === 'P-25' || id === 'P-28').map(({ label }) => label)
    expect(labels.every((label) => label.en.includes('I-28') && label['zh-CN'].includes('I-28'))).toBe(true)
  })

  it('has visits, demands, inspections, the scales, rebates, targets and weekly reports in both languages', () => {
    const [en, zh] = locales.map((locale) => formatPolicyText(render(preset, locale)))
    for (const text of [
      'Customer service calls back on a customer in tier A once a month, in B once every 3 months',
      'inspected in tier A every 3 months, in B every 6 months, in C when the customer asks, in D none',
      'An urgent demand is first replied to within 2 hours and has a solution within 2 working days',
      'Grade A begins at 85 points, B at 70, C at 55',
      '| Scale-dominant | Net purchases of a year: at least CNY 16,000,000 | 1 |',
      'a share of 90 % of the customers staying',
      '| CNY 20,000,000 | 2 % |',
      'retention in tier A 97 %',
      'due at closing time on Friday',
    ])
      expect(en).toContain(text)
    for (const text of [
      'B级客户每3个月1次',
      'C级客户按客户要求',
      '每期留存比率90 %',
      '| 20,000,000元 | 2 % |',
      '项目周报于周五下班前提交',
    ])
      expect(zh).toContain(text)
  })

  it('every number of a policy changes the text: none is written by hand', () => {
    const numbers: readonly (readonly [path: string, value: unknown])[] = [
      ['tier.A.amount.min', 'CNY 12,345,678'],
      ['tier.D.disputes.max', 77],
      ['tier.gates.overdueDays', 77],
      ['adjust.override.maxShare', 7.7],
      ['adjust.C.down.cumulativeDrop', 77],
      ['capacity.tiers.C', 777],
      ['sla.ladder[0].at', 77],
      ['approval.blacklist.stages[0].timeout.amount', 77],
      ['calendars.main.week.mon', [['07:07', '17:07']]],
      ['feedback.complex.max.amount', 17],
    ]
    const before = formatPolicyText(render())
    for (const [path, value] of numbers) {
      const document = withValue(preset, path, value)
      const after = formatPolicyText(renderPolicy(documentOf(document), 'en'))
      expect([path, after === before]).toEqual([path, false])
    }
  })

  it('has the thresholds of the tiers as a table', () => {
    const table = blocks(render()).find((block) => block.kind === 'table' && block.parameters.includes('tier.A.amount.min'))
    expect(table).toMatchObject({
      head: ['Factor', 'A', 'B', 'C', 'D'],
      rows: [
        [
          'Purchase amount',
          'at least CNY 16,000,000 in the last 2 years',
          'from CNY 3,000,000, below CNY 16,000,000 in the last 2 years',
          'from CNY 600,000, below CNY 3,000,000 in the last 2 years',
          'below CNY 600,000 in the last 2 years',
        ],
        [
          'Purchase frequency',
          'at least 2 purchases a month',
          'at least 3 purchases a quarter',
          'about 5 purchases a year',
          'fewer than 4 purchases a year',
        ],
        ['Relationship', 'more than 3 years', 'at least 2 years', 'about 1 year', '–'],
        ['Disputes', 'at most 1 dispute', 'at most 3 disputes', 'at most 6 disputes', 'no limit'],
      ],
    })
  })

  it('says who decides, how many and until when', () => {
    const table = blocks(render()).find((block) => block.kind === 'table' && block.parameters.includes('approval.blacklist'))
    const rows = table?.kind === 'table' ? table.rows : []
    expect(rows.find(([name]) => name === 'How the committee resolves to blacklist a customer')).toEqual([
      'How the committee resolves to blacklist a customer',
      'KA management group',
      '3 of: the member of the KA management group',
      '5 working days',
      'not without the head of the KA management group, late: the company management is told, copy to the head of the Sales department and the head of the Finance department, for a barred sole voter: the head of the KA management group, delegations in a row at most: 2',
    ])
  })

  it('nothing hostile in a name breaks the Markdown', () => {
    const hostile = '# x | y\n\n- [a](http://evil) <script> ![i](j) `k` **l** https://evil www.evil a@b &amp; ~~s~~ \\'
    const labels = { en: hostile, 'zh-CN': hostile }
    const document = [
      'title',
      'departments.sales',
      'admission.leadSources.fair',
      'complaint.severities[0].label',
      'sla.pauseReasons.customerAnswer',
    ].reduce<unknown>((at, path) => withValue(at, path, labels), preset)
    for (const locale of locales) {
      const lines = formatPolicyText(render(document, locale)).split('\n')
      const calm = formatPolicyText(render(preset, locale)).split('\n')
      expect(lines).toHaveLength(calm.length)
      lines.forEach((line, index) => {
        const bars = (text: string): number => text.match(/(?<!\\)\|/g)?.length ?? 0
        expect(bars(line)).toBe(bars(calm[index] ?? ''))
        expect(line.replaceAll(/\\./g, '')).not.toMatch(/[`<>~]|\]\(|!\[|:\/\/|www\.|@|&/)
      })
    }
  })

  it('nothing at the start of a paragraph makes a list or a heading of it', () => {
    const sources = { parameters: [], numbers: [], clauses: [] }
    const lines = ['- a', '+ a', '1. a', '12) a', '# a', '=== a', '> a', '    a'].map((text) =>
      formatPolicyText({ title: 't', sections: [{ id: 's', title: 's', blocks: [{ kind: 'paragraph', text, ...sources }] }] }),
    )
    expect(lines.map((text) => text.trimEnd().split('\n').at(-1))).toEqual([
      '\\- a',
      '\\+ a',
      '1\\. a',
      '12\\) a',
      '\\# a',
      '\\=== a',
      '\\> a',
      'a',
    ])
  })
})

/** Loads what may contradict itself: only the words matter here. */
const documentOf = (document: unknown) => policySchema.parse(document)
