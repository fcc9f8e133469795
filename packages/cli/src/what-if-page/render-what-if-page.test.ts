import type { Simulation } from '@ka-governance/core'
import { describe, expect, it } from 'vitest'
import { hostileName } from '../../test/sample-model.ts'
import { draftPolicy, sampleMover, sampleSimulation } from '../../test/sample-simulation.ts'
import type { WhatIfPageOptions } from './context.ts'
import { renderWhatIfPage } from './render-what-if-page.ts'
import { style } from './style.ts'

const options: WhatIfPageOptions = {
  locale: 'en',
  policy: draftPolicy,
  digest: 'c'.repeat(64),
  simulatedAt: Date.UTC(2019, 6, 3, 8),
  data: ['resellers.csv: 299 rows'],
}
const render = (over: Partial<Simulation> = {}, more: Partial<WhatIfPageOptions> = {}): string =>
  renderWhatIfPage(sampleSimulation(over), { ...options, ...more })

/** The words of a page, as a reader sees them. */
const words = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
const h1 = (page: string): string =>
  words(/<h1>[\s\S]*?<\/h1>/.exec(page)?.[0] ?? '')
    .replace(/ (?=[,;:.])/g, '')
    .trim()
const section = (page: string, id: string): string =>
  words(new RegExp(`<section id="${id}">[\\s\\S]*?</section>`).exec(page)?.[0] ?? '')

const still: Partial<Simulation> = {
  movers: { total: 0, up: 0, down: 0, assigned: 0, listed: [] },
  reclassified: { total: 0, up: 0, down: 0, assigned: 0, listed: [] },
}

const brackets = { inForce: null, draft: [] }

describe('the headline of a simulation [GOV-05]', () => {
  it('says in a sentence what would happen', () => {
    expect(h1(render())).toBe(
      `Under the draft 16 of 299 accounts move: 9 up, 6 down, 1 gets its first tier; rebates cost 4 % more.`,
    )
  })
  it('says where it is of some accounts only', () => {
    const said = 'Of some accounts only: no evidence where the policy wants a what-if of all of them.'
    expect(words(render({ scope: 'some' }))).toContain(said)
    expect(words(render())).not.toContain(said)
  })
  it('counts one as one and nobody as nobody', () => {
    const one = { total: 1, up: 1, down: 0, assigned: 0, listed: [] }
    expect(h1(render({ movers: one, rebate: null }))).toBe('Under the draft 1 of 299 accounts moves: 1 up.')
    expect(h1(render({ ...still, rebate: null }))).toBe('Under the draft no account moves: all 299 stay where they are.')
    expect(h1(render({ movers: still.movers ?? one, rebate: null }))).toBe(
      'Under the draft no account moves: all 299 stay where they are; 3 are classed otherwise and stay.',
    )
  })
  it.each([
    [{ year: 2018, inForceMinor: 100_000, draftMinor: 98_000, unknown: 0, brackets }, 'rebates cost 2 % less'],
    [{ year: 2018, inForceMinor: 100_000, draftMinor: 100_000, unknown: 0, brackets }, 'rebates cost the same'],
    [{ year: 2018, inForceMinor: 0, draftMinor: 100_000, unknown: 0, brackets }, 'rebates of USD 1K are new'],
    [{ year: 2018, inForceMinor: null, draftMinor: 100_000, unknown: 0, brackets }, 'rebates cost USD 1K.'],
    [{ year: 2018, inForceMinor: 100_000, draftMinor: 0, unknown: 0, brackets }, 'rebates of USD 1K end'],
  ])('tells what rebates cost: %j', (rebate, said) => {
    expect(h1(render({ rebate }))).toContain(said)
  })
})

describe('the what-if page [GOV-05]', () => {
  const page = render()

  it('shows what changes, who moves and why, and what is open', () => {
    expect(section(page, 'diff')).toContain('P-07 A: purchase amount at least USD 450,000 USD 405,000')
    expect(section(page, 'movers')).toMatch(
      /Riverside Cycles .* P-07 A: purchase amount at least \(with P-11\) : USD 450,000 → USD 405,000 ; has USD 421,103\.50/,
    )
    expect(section(page, 'movers')).toContain('has 0.31 purchases a month')
    expect(section(page, 'movers')).toContain('10 more in the evidence file')
    expect(section(page, 'sensitivity')).toMatch(
      /P-07 A: purchase amount at least USD 405,000 · moves with P-11 −10\s% USD 364,500 14 14 3/,
    )
    expect(section(page, 'sensitivity')).toContain('1 more threshold moves nobody: P-20.')
    expect(section(page, 'open')).toContain('12 July 2019, 10:00 5 July 2019, 10:00 overdue at once')
    expect(section(page, 'open')).toContain('the head of the KA management group in the stage')
    expect(section(page, 'load')).toMatch(/linda-mitchell 14 12 over A 7 \+4/)
    expect(section(page, 'unknown')).toContain('3 accounts were left out: no review takes them')
    expect(section(page, 'rebate')).toMatch(/Draft: cost by bracket .* USD 200,000 2\s% 9 USD.200K/)
    expect(section(page, 'provenance')).toContain('c'.repeat(64))
    expect(section(page, 'provenance')).toContain('3 July 2019, 01:00 (America/Los_Angeles)')
  })

  it('has the sums of what was there and what would be there at the matrix [I-34]', () => {
    const matrix = section(page, 'migration')
    expect(matrix).toContain('B 9 66 · · · 75')
    expect(matrix).toContain('Total 27 +9 66 −9 89 −3 114 +2 3 +2 299')
  })

  it('names what must be settled first, the worst on top', () => {
    const items = [...page.matchAll(/<li class="(bad|warn)">([\s\S]*?)<\/li>/g)].map((m) => words(m[2] ?? '').trim())
    expect(items).toEqual([
      '1 open approval could never be decided: the voters that the draft asks for are not there. Open work',
      '2 clocks of open work would be overdue the moment the draft applies to them. Open work',
      '2 accounts could not be simulated at all. Not known',
      'Tier A would hold 27 accounts; the draft allows 25. Load',
      'linda-mitchell would look after 14 key accounts; the draft allows 12. Load',
      '2 more accounts would be proposed to leave the key accounts. Who moves, and why',
    ])
    const calm = render({
      ...still,
      instances: null,
      capacity: [],
      accounts: { ...sampleSimulation().accounts, failed: 0 },
      load: { approvers: { total: 0, listed: [] }, managers: { total: 0, over: 0, listed: [] } },
      directions: { inForce: null, draft: sampleSimulation().directions.draft },
    })
    expect(section(calm, 'summary')).toContain('Nothing that the simulation looked at stands in the way of publication.')
  })

  it('stands without a policy in force, open work, sensitivity, rebates or accounts', () => {
    const base = sampleSimulation()
    const row = { A: 0, B: 0, C: 0, D: 0, exit: 0 }
    const none = { A: row, B: row, C: row, D: row, exit: row, none: row }
    const nothing = { before: { accounts: 0, minor: 0 }, after: { accounts: 0, minor: 0 } }
    const empty = render({
      ...still,
      policy: { ...base.policy, inForce: null },
      accounts: { total: 0, assessed: 0, provisional: 0, notAssessed: 0, failed: 0, notGoverned: 0, inGroups: 2 },
      classes: none,
      recommended: none,
      sales: { A: nothing, B: nothing, C: nothing, D: nothing, exit: nothing, none: nothing },
      directions: { inForce: null, draft: { up: 0, down: 0, stay: 0, nominate: 0, exit: 0, assign: 0, notAssessed: 0, hold: 0 } },
      failures: { total: 0, listed: [] },
      sensitivity: null,
      capacity: [],
      instances: null,
      rebate: null,
      diff: [],
    })
    for (const text of [
      'there is no policy in force',
      'every rule of the draft is new',
      'The sensitivity was not asked for',
      'Only the portfolio was simulated',
      'Neither policy grants a rebate',
      '2 accounts follow the tier of their group of companies',
    ])
      expect(words(empty).toLowerCase()).toContain(text.toLowerCase().replace('there is ', ''))
    for (const text of [
      empty,
      page,
      render({ sensitivity: [] }),
      render({ instances: { ...base.instances, open: 0 } as Simulation['instances'] }),
    ])
      expect(words(text)).not.toMatch(/NaN|Infinity|undefined|\[object|[{}]/)
  })

  it('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|\son\w+=|javascript:|url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/)
    expect(page.replaceAll('&#39;', "'")).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  it('is the same for the same simulation, wherever it is written', () => {
    expect(render()).toBe(page)
  })

  it('escapes hostile texts wherever they stand', () => {
    const base = sampleSimulation()
    const pin = { id: hostileName, version: hostileName, hash: hostileName }
    const mover = sampleMover({ name: hostileName, accountId: hostileName, region: hostileName, manager: hostileName })
    const { clocks, approvals } = base.instances ?? { clocks: null, approvals: null }
    if (clocks === null) throw new Error('the sample has open work')
    const hostile = render(
      {
        cycle: hostileName,
        currency: 'USD',
        policy: { inForce: pin, draft: pin },
        movers: { ...base.movers, listed: [mover] },
        reclassified: { ...base.reclassified, listed: [mover] },
        failures: {
          total: 1,
          listed: [
            {
              accountId: hostileName,
              instanceId: hostileName,
              because: { code: hostileName, field: hostileName, message: hostileName },
            },
          ],
        },
        load: {
          approvers: { total: 1, listed: [{ person: hostileName, open: 1, draft: 1 }] },
          managers: { total: 1, over: 1, listed: base.load.managers.listed.map((m) => ({ ...m, manager: hostileName })) },
        },
        instances: {
          open: 1,
          byKind: { [hostileName]: 1 },
          clocks: {
            ...clocks,
            listed: clocks.listed.map((c) => ({
              ...c,
              instanceId: hostileName,
              accountId: hostileName,
              kind: hostileName,
              clock: hostileName,
              parameter: hostileName,
            })),
          },
          approvals: {
            ...approvals,
            listed: approvals.listed.map((a) => ({
              ...a,
              instanceId: hostileName,
              approval: hostileName,
              added: [hostileName],
              dropped: [hostileName],
              lacks: { stage: hostileName, role: hostileName, needed: 1, there: 0 },
            })),
          },
        },
        diff: [
          {
            kind: 'added',
            path: ['departments', hostileName],
            parameter: 'departments',
            number: hostileName,
            clause: 'GOV-04',
            after: { en: hostileName, 'zh-CN': hostileName },
          },
        ],
      },
      { data: [hostileName], title: hostileName, digest: hostileName },
    )
    const tags = [...hostile.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<\/?([a-zA-Z][a-zA-Z0-9]*)/g)].map((m) =>
      (m[1] ?? '').toLowerCase(),
    )
    expect(tags.filter((tag) => ['script', 'img', 'iframe', 'style'].includes(tag))).toEqual([])
    expect(hostile).not.toContain('<script>alert')
    expect(hostile).not.toMatch(/<[^>]*\sonmouseover=x[^>]*>/)
    expect(hostile).not.toContain('\u202e')
  })

  it('speaks Chinese', () => {
    const chinese = render({}, { locale: 'zh-CN' })
    expect(chinese).toContain('<html lang="zh-CN">')
    expect(h1(chinese).replaceAll(' ', '')).toBe(
      '按制度草案，299家客户中有16家级别变动：上升9家，下降6家，首次定级1家；返利成本增加4%。',
    )
    for (const text of ['级别迁移', '仅为模拟', '实际421,103.50美元', '立即超时', '敏感性']) expect(chinese).toContain(text)
  })
})

describe('the what-if page for everybody', () => {
  const page = render()

  it('describes every drawing and heads every column and row', () => {
    const drawings = [...page.matchAll(/<svg[\s\S]*?<\/svg>/g)].map(([svg]) => svg)
    expect(drawings.length).toBeGreaterThan(0)
    for (const svg of drawings) {
      const ids = /aria-labelledby="([^"]+)"/.exec(svg)?.[1]?.split(' ') ?? []
      expect(ids).toHaveLength(2)
      for (const id of ids) expect(svg).toMatch(new RegExp(`<(title|desc) id="${id}">[^<]+`))
    }
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1])
    expect(new Set(ids).size).toBe(ids.length)
    expect([...page.matchAll(/<th[\s>](?![^>]*scope=)[^>]*>/g)].map(([th]) => th)).toEqual([])
    expect(
      [...page.matchAll(/<h(\d)/g)].map((m) => Number(m[1])).reduce((before, n) => (n <= before + 1 ? n : 99), 0),
    ).toBeLessThan(99)
  })

  it('is readable in light, dark and print: every text has the contrast of WCAG AA', () => {
    const tokensOf = (css: string): Map<string, string> =>
      new Map([...css.matchAll(/--([\w-]+):(#[0-9a-f]{3,6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
    const light = tokensOf(/:root\{[^}]*\}/.exec(style)?.[0] ?? '')
    const dark = tokensOf(/@media \(prefers-color-scheme:dark\)\{:root\{[^}]*\}/.exec(style)?.[0] ?? '')
    const print = tokensOf(/@media print\{:root\{[^}]*\}/.exec(style)?.[0] ?? '')
    const channel = (v: number): number => (v <= 0.039_28 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    const luminance = (hex: string): number => {
      const full = hex.length === 4 ? `#${hex.slice(1).replace(/./g, '$&$&')}` : hex
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => channel(Number.parseInt(full.slice(i, i + 2), 16) / 255))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (a: string, b: string): number => {
      const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
      return (high + 0.05) / (low + 0.05)
    }
    const pairs = [
      ...['ink', 'soft', 'good', 'bad', 'link'].flatMap((text) => [[text, 'card'] as const, [text, 'paper'] as const]),
      ...['a', 'b', 'c', 'd', 'n'].map((tier) => [`on-${tier}`, tier] as const),
      ['soft', 'n'] as const,
      ['good', 'good-bg'] as const,
      ['bad', 'bad-bg'] as const,
      ['amber', 'amber-bg'] as const,
      ['amber', 'card'] as const,
    ]
    const poor = [light, dark, print].flatMap((tokens, i) =>
      pairs.flatMap(([text, ground]) => {
        const [fore, back] = [tokens.get(text) ?? light.get(text), tokens.get(ground) ?? light.get(ground)]
        const ratio = fore === undefined || back === undefined ? 0 : contrast(fore, back)
        return ratio >= 4.5 ? [] : [`${['light', 'dark', 'print'][i] ?? ''} ${text} on ${ground}: ${ratio.toFixed(2)}`]
      }),
    )
    expect(poor).toEqual([])
  })
})
