import { format } from 'prettier'
import { describe, expect, it } from 'vitest'
import { erasedText, sealedToken, type JsonValue } from '../errors/index.ts'
import { locales } from '../i18n/index.ts'
import { manufacturerCn } from '../policy/index.ts'
import type { FiledDocument } from '../runtime/index.ts'
import { listForms } from './list-forms.ts'
import { renderForm } from './render-form.ts'
import { sampleForm } from './testing/sample-form.ts'

const policy = manufacturerCn()
const hash = 'ab'.repeat(32)
const noon = Date.UTC(2026, 2, 2, 4)

type Fields = { readonly [field: string]: JsonValue }
const documentWith = (
  kind: string,
  command: string,
  form: string,
  fields: Fields,
  more: Partial<FiledDocument> = {},
): FiledDocument => ({
  number: `${kind}-1-000002`,
  form,
  kind,
  instanceId: `${kind}-1`,
  accountId: 'acme',
  command,
  filedAt: noon,
  filedBy: 'u-huang',
  onBehalfOf: null,
  fields,
  policy: { id: policy.id, version: policy.version, hash },
  hash,
  ...more,
})
const complaint = (fields: Fields): string =>
  renderForm(documentWith('complaint', 'open', 'complaintRecord', fields), { locale: 'en', policy })
/** Every element opened is closed, in the right order: what people wrote opens and closes none. */
const unbalanced = (html: string): readonly string[] => {
  const open: string[] = []
  for (const [, slash, tag = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?: [^>]*)?>/g)) {
    if (['meta', 'br'].includes(tag)) continue
    if (slash === '') open.push(tag)
    else if (open.pop() !== tag) return [`</${tag}>`]
  }
  return open
}

describe.each(locales)('every form as a page: %s', (locale) => {
  it.each(listForms().map(({ kind, command, form }) => [form, kind, command] as const))('%s', (form, kind, command) => {
    for (const full of [true, false]) {
      const { type: _, ...fields } = sampleForm(kind, command, policy, full)
      const html = renderForm(documentWith(kind, command, form, fields), { locale, policy, company: '苏州材料 Ltd' })
      expect(html).toMatch(/^<!doctype html>\n<html lang="(en|zh-CN)">/)
      expect(unbalanced(html)).toEqual([])
      const of = listForms().find((one) => one.kind === kind && one.command === command)
      for (const { label } of of?.fields ?? [])
        expect(html).toContain(`<th scope="row">${label[locale].replace("'", '&#39;')}</th>`)
      expect(html).toContain(`<h1>${of?.title[locale] ?? ''}</h1>`)
      expect(html).toContain(`<code>${hash}</code>`)
      expect(html).toContain(`<code>${kind}-1-000002</code>`)
      expect(html).not.toMatch(/undefined|\[object|NaN|<script|<img|src=|url\(/)
    }
  })
})

describe('a page', () => {
  it('shows values in words: choices, terms of the policy, people, money, dates, instants of its zone', () => {
    const plan = documentWith('complaint', 'plan', 'handlingPlan', {
      measures: 'Replace',
      compensation: { currency: 'CNY', minor: 5_000_050 },
      finishBy: '2026-03-09',
    })
    const html = renderForm(plan, { locale: 'zh-CN', policy })
    for (const text of ['50,000.50元', '2026年3月9日', '2026年3月2日（周一）12:00', policy.title['zh-CN']])
      expect(html).toContain(text)
    const opened = complaint({
      about: 'product',
      channel: 'hotline',
      named: ['u-liu'],
      complex: true,
      receivedAt: noon,
      sites: ['Suzhou', 'Ulm'],
    })
    for (const text of [
      'Product',
      'Service hotline',
      '刘洋 Liu Yang',
      '2 March 2026, 12:00',
      '<li><bdi>Ulm</bdi></li>',
      '<bdi>yes</bdi>',
    ])
      expect(opened).toContain(text)
    expect(renderForm(plan, { locale: 'en', policy, timeZone: 'Europe/Berlin' })).toContain('Monday 2 March 2026, 05:00')
    expect(() => renderForm(plan, { locale: 'en', policy, timeZone: 'Mars/Olympus' })).toThrow('no time zone')
  })

  it('says what was done with the form: an agreement and a refusal look alike otherwise', () => {
    const page = (command: string): string =>
      renderForm(documentWith('project-change', command, 'customerConsent', { givenBy: 'Ms Li' }), { locale: 'en', policy })
    const act = (html: string): string => /<th scope="row">Act<\/th><td><bdi>([^<]*)</.exec(html)?.[1] ?? ''
    expect(act(page('consent'))).not.toBe('')
    expect(act(page('refuseConsent'))).not.toBe(act(page('consent')))
  })

  it('has lines for both who sign, where two sign [ADM-09, PRJ-01, PRJ-10]', () => {
    const signed = (kind: string, command: string, form: string): readonly string[] =>
      renderForm(documentWith(kind, command, form, {}), { locale: 'en', policy }).match(/For the (company|customer)/g) ?? []
    expect(signed('admission', 'sign', 'contract')).toEqual(['For the company', 'For the customer'])
    expect(signed('project', 'open', 'needConfirmation')).toEqual(['For the company', 'For the customer'])
    expect(signed('complaint', 'open', 'complaintRecord')).toEqual([])
  })

  it('names both people of a delegated act', () => {
    const document = documentWith('complaint', 'plan', 'handlingPlan', {}, { filedBy: 'u-liu', onBehalfOf: 'u-chen' })
    const people = { 'u-liu': 'Liu <Yang>', 'u-chen': 'Chen' }
    expect(renderForm(document, { locale: 'en', policy, people })).toContain('Liu ‹Yang› on behalf of Chen')
  })

  it('shows attachments with their checksum; only web addresses are links', () => {
    const sha256 = 'cd'.repeat(32)
    const evidence = [
      { uri: 'https://files.example/a?b=1&c="2"', sha256 },
      { uri: 'https://files.example/a?b=1&c=2', sha256 },
      { uri: 'javascript:alert(1)' },
      { uri: 'JaVaScRiPt:alert(1)' },
      { uri: 'data:text/html,<script>alert(1)</script>' },
      { uri: 'https://x" onmouseover="alert(1)' },
      { uri: ' https://files.example/' },
      { uri: 'letter 17' },
    ]
    const html = renderForm(documentWith('complaint', 'notUphold', 'notUpheld', { reasons: 'x', evidence }), {
      locale: 'en',
      policy,
    })
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual(['https://files.example/a?b=1&amp;c=2'])
    expect(html).toContain(`SHA-256 <code>${sha256}</code>`)
    expect(html).toContain('without a checksum')
    expect(unbalanced(html)).toEqual([])
    expect(html).not.toMatch(/<script|<[^>]* on\w+=/)
  })

  it.each([
    ['markup', '</td></tr></table><script>alert(1)</script><style>*{display:none}</style>'],
    ['an attribute', '" onload="alert(1)'],
    ['a comment', '<!-- --><![CDATA['],
    ['a turn of the reading direction', 'invoice \u202e000,1\u202c \u2066x'],
    ['a long word', 'W'.repeat(4000)],
    ['nothing but signs', '&<>"\' &amp; &#60;script&#62;'],
  ])('is not harmed by %s', (_, hostile) => {
    const html = complaint({
      matter: hostile,
      contact: hostile,
      channel: hostile,
      about: hostile,
      named: [hostile],
      sites: [hostile, hostile],
      receivedAt: hostile,
      [hostile.slice(0, 40)]: hostile,
      compensation: { currency: hostile, minor: 1 },
    })
    expect(unbalanced(html)).toEqual([])
    expect(html).not.toMatch(/<script|<!--|<[^>]* on\w+=|[\u202a-\u202e\u2066-\u2069]/)
    expect(html).toContain('overflow-wrap: anywhere')
  })

  it('shows texts whole, line by line', () => {
    const text = `first\nsecond ${'x'.repeat(3980)}`
    expect(complaint({ matter: text })).toContain(`<bdi>${text}</bdi>`)
  })

  it('shows an erased text as erased, an unopened one as unopened, a missing one as missing', () => {
    const html = complaint({ matter: erasedText, contact: sealedToken(hash), sites: [erasedText] })
    expect(html.match(/\[personal data erased\]/g)).toHaveLength(2)
    expect(html).toContain('[personal data, not opened]')
    expect(html).not.toContain('sealed:')
    expect(html).toContain('<th scope="row">Expected solution</th><td><span class="none">—</span></td>')
    const zh = renderForm(documentWith('complaint', 'open', 'complaintRecord', { matter: erasedText }), {
      locale: 'zh-CN',
      policy,
    })
    expect(zh).toContain('个人信息已删除')
  })

  it('shows what an older or a newer version filled in, and forms that nobody knows', () => {
    const html = complaint({ matter: 'x', colour: { red: [1, '<b>'] } })
    expect(html).toContain('colour')
    expect(html).toContain('&lt;b&gt;')
    const unknown = renderForm(documentWith('toString', 'constructor', '__proto__', { a: 'b' }), { locale: 'en', policy })
    expect(unbalanced(unknown)).toEqual([])
    expect(unknown).toContain('<h1>__proto__</h1>')
  })

  it.each(locales)('is the one that reviewers have seen: %s', async (locale) => {
    const document = documentWith('complaint', 'determine', 'determination', {
      cause: '铸造气孔 Porosity <b>\nfound in 3 of 40 flanges',
      responsibleParty: '铸造车间 Foundry',
      evidence: [{ uri: 'https://files.example/lab-17.pdf', sha256: 'cd'.repeat(32) }, { uri: '函件 17' }],
      rework: 'physical',
      goodsReturned: true,
    })
    const page = renderForm(document, { locale, policy, company: '苏州某某材料有限公司' })
    const readable = await format(page, { parser: 'html', printWidth: 130, singleQuote: true })
    await expect(readable).toMatchFileSnapshot(`./testing/determination.${locale}.html`)
  })
})
