import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hostileName, sampleModel } from '../../test/sample-model.ts'
import { noRelations, sampleRelations } from '../../test/sample-relations.ts'
import { escapeHtml, html } from './html.ts'
import { renderReport } from './render-report.ts'
import { en } from './texts-en.ts'
import { zhCN } from './texts-zh-cn.ts'

/** Everything between tags and inside attributes, as a browser would take it apart: tags, and nothing else. */
const tags = (page: string): string[] =>
  [...page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').matchAll(/<\/?([a-zA-Z][a-zA-Z0-9]*)/g)].map((m) =>
    (m[1] ?? '').toLowerCase(),
  )

describe('renderReport', () => {
  const page = renderReport(sampleModel())

  it('shows what the model holds', () => {
    for (const text of [
      'Demonstration portfolio',
      'Beihe Pumps',
      'adjust.B.up.amountGrowth',
      '42.3',
      'CPL-07',
      'Jinling Machine Tools',
      'orders.csv:202',
      'kept by management',
    ]) {
      expect(page).toContain(text)
    }
  })

  it('escapes hostile names wherever they stand', () => {
    const hostile = renderReport(
      sampleModel({
        ...sampleRelations(hostileName),
        portfolio: { title: hostileName, sources: [hostileName] },
        policy: { id: hostileName, version: hostileName, hash: 'f'.repeat(64), title: hostileName },
        warnings: sampleModel().warnings.map((w) => ({ ...w, name: hostileName })),
        refusals: sampleModel().refusals.map((r) => ({ ...r, text: hostileName, command: hostileName, rule: hostileName })),
        data: {
          tallies: [
            { file: hostileName, section: 'orders', mapping: 'x', rows: 1, used: 0, rejected: 1, ignored: { [hostileName]: 0 } },
          ],
          rejectedByCode: { date_malformed: 1 },
          rejected: [
            {
              code: 'date_malformed',
              file: hostileName,
              line: 1,
              column: hostileName,
              value: hostileName,
              message: hostileName,
              remedy: hostileName,
              raw: '',
            },
          ],
          notes: [{ code: hostileName, count: 1, file: null }],
        },
        complaints: { ...sampleModel().complaints, states: [{ state: hostileName, count: 1 }] },
      }),
    )
    expect(tags(hostile).filter((t) => t === 'script' || t === 'img')).toEqual([])
    expect(hostile).not.toContain('<script>alert')
    expect(hostile).not.toMatch(/<[^>]*\sonmouseover=x[^>]*>/)
    expect(hostile).not.toContain('\u202e')
    expect(hostile.match(/<script>/g)).toHaveLength(1)
    expect(hostile.match(/<\/style>/g)).toHaveLength(1)
  })

  it('loads nothing and allows no script but its own', () => {
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/)
    expect(page).not.toMatch(/url\(|@import|https?:\/\//)
    const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(script).digest('base64')
    expect(page.replaceAll('&#39;', "'")).toContain(
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'`,
    )
  })

  it('is the same for the same model', () => {
    expect(renderReport(sampleModel())).toBe(page)
  })

  it('stands without orders and without complaints', () => {
    const empty = renderReport(
      sampleModel({
        cycles: [],
        moves: [],
        warnings: [],
        clocks: [],
        refusals: [],
        statecharts: [],
        complaints: { ...sampleModel().complaints, total: 0, states: [] },
      }),
    )
    expect(empty).toContain(en.tiers.noCycles)
    expect(empty).toContain(en.complaints.none)
    expect(empty.replace(/<script>[\s\S]*<\/script>/, '')).not.toContain('NaN')
  })

  it('shows an application with its score, what it lacked and what the files do not say [ADM-06]', () => {
    for (const text of [
      '<b>',
      'Passes alone at',
      'the mandatory criterion Finance is not met',
      'Not in the data: Paid-in capital',
      'Exception asked for: The parent company guarantees',
      'KH1101 has this credit code already [ADM-05].',
      '91.3',
    ])
      expect(page).toContain(text)
  })

  it('shows the versions of a baseline, classes with their reasons and what the invariant refused [CHG-01, CHG-02]', () => {
    for (const text of [
      'v1 plan',
      'v2 BG01',
      'v3 ↶ BG09',
      'end 13 working days later than the group approved, more than 10',
      'another change had come first; assessed again',
      'not ratified',
      'Another change came first [CHG-02].',
      'EUR\u00a0490,000',
    ])
      expect(page).toContain(text)
  })

  it('shows life lines and the events of the files with what became of them', () => {
    for (const text of ['Life line', 'Kunpeng Marine', '2024-03-18 the customer leaves', 'An adjustment is open.', 'merged into'])
      expect(page).toContain(text)
  })

  it('says in one line that there was nothing of it', () => {
    const none = renderReport(sampleModel(noRelations))
    expect(none.split(en.relationsNone)).toHaveLength(2)
    expect(none).not.toContain('<section id="projects">')
    expect(none).not.toContain('<section id="relations">')
    const some = renderReport(sampleModel({ ...noRelations, projects: sampleRelations().projects }))
    for (const text of [en.admissions.none, en.relations.none, '<section id="projects">']) expect(some).toContain(text)
    expect(some).not.toContain(en.relationsNone)
  })

  it('speaks Chinese', () => {
    const chinese = renderReport(sampleModel({ locale: 'zh-CN' }))
    expect(chinese).toContain('<html lang="zh-CN"')
    for (const text of [
      '级别变动',
      '投诉按时解决率',
      'B 级上升',
      '管理层决定保留',
      '数据中没有：实缴资本',
      '重大变更',
      '基准版本',
      '并入',
    ])
      expect(chinese).toContain(text)
  })
})

describe('texts', () => {
  /** Every text under its path; names on the way may hold dots (`A.up`). */
  const leaves = (value: unknown, path = ''): (readonly [path: string, text: unknown])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([k, v]) => leaves(v, `${path}.${k}`))
      : [[path, value]]
  const holes = (text: unknown): string[] => [...String(text).matchAll(/\{\w+\}/g)].map((m) => m[0]).sort()
  const shape = (texts: unknown) =>
    leaves(texts)
      .map(([path, text]) => ({ path, holes: holes(text) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))

  it('are the same keys in both languages, with the same places to fill', () => {
    expect(shape(zhCN)).toEqual(shape(en))
    expect(shape(en).length).toBeGreaterThan(100)
  })
})

describe('html', () => {
  it('escapes text, attributes and invisible characters', () => {
    expect(html`<b title="${'"<'}">${['a', html`<i>${'&'}</i>`, null, 3]}</b>`.html).toBe(
      '<b title="&quot;&lt;">a<i>&amp;</i>3</b>',
    )
    expect(escapeHtml('a\u202eb\u0000c')).toBe('a\ufffdb\ufffdc')
  })
})
