import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '@ka-governance/adapter-memory'
import { createGovernance, loadPolicy, presets } from '@ka-governance/core'
import { createDesk, demo, demoPolicy, isStackless, type Desk } from '../../test/cli-harness.ts'
import { loadPortfolio } from '../config/load-portfolio.ts'
import { writeRegistry } from '../config/registry-file.ts'
import { exitCodes } from './shared.ts'

let desk: Desk
beforeAll(async () => {
  desk = await createDesk()
})
afterAll(() => desk.remove())

const files = ['--data', demo, '--policy', demoPolicy]

describe('explain', () => {
  it('an account of CSV files: every factor, rule and gap, what would lift it, scales, value, rebate [TIER-01, TIER-06, CLS-05, REB-01]', async () => {
    const { code, out, err } = await desk.run('explain', 'KH1003', ...files)
    // Rows that were rejected are said beside the figures that lack them.
    expect([code, err]).toEqual([
      exitCodes.ok,
      expect.stringMatching(/^\d+ of [\d,]+ rows cannot be read and do not count \(.*3 of orders\.csv/),
    ])
    const inChinese = await desk.run('explain', 'KH1003', ...files, '--locale', 'zh-CN')
    expect(inChinese.err).toMatch(/^共\d+行，其中\d+行无法读取，不计入（.*orders\.csv有3行.*）；详见run所写的rejected\.csv\n$/)
    expect(out).toMatch(/^Nordwind Turbinen \(KH1003\) · 2025-H2 · demo-manufacturer 1\.0\n/)
    for (const part of [
      'Class by the facts: tier A',
      'Purchase amount: CNY',
      'Downgrade rule of tier A',
      'There is no tier above A',
      'KA grade B',
      'lifetime value CNY',
      'Next step: CNY',
    ])
      expect(out).toContain(part)
  })

  it('the smallest lift of an account below A, with its clause, in both languages', async () => {
    const card = JSON.parse((await desk.run('explain', 'KH1010', ...files, '--json')).out).card
    expect(card.recommendation.classification.tier).not.toBe('A')
    expect(card.lifts.length).toBeGreaterThan(0)
    expect((await desk.run('explain', 'KH1010', ...files)).out).toMatch(/would lift it\n {2}\S.* \[[A-Z]-\d+\].* → [ABC]\n/)
    expect((await desk.run('explain', 'KH1010', ...files, '--locale', 'zh-CN')).out).toContain('即可升级')
  })

  it('another cycle gives other facts; one that does not exist is refused', async () => {
    const tierIn = async (cycle: string): Promise<unknown> => {
      const { out } = await desk.run('explain', 'KH1003', ...files, '--cycle', cycle, '--json')
      return JSON.parse(out).card.recommendation.cycle
    }
    expect([await tierIn('2024-H1'), await tierIn('2025-H1')]).toEqual(['2024-H1', '2025-H1'])
    for (const cycle of ['2024-H9', '', '__proto__'])
      expect((await desk.run('explain', 'KH1003', ...files, '--cycle', cycle)).code).toBe(exitCodes.usage)
  })

  it('an unknown account is told the ids that begin alike', async () => {
    const answer = await desk.run('explain', 'KH1999', ...files)
    expect([answer.code, isStackless(answer), answer.err]).toEqual([
      exitCodes.usage,
      true,
      expect.stringContaining('did you mean KH1001'),
    ])
    const hostile = await desk.run('explain', '\u001b[31mx', ...files)
    expect([hostile.code, hostile.err.includes('\u001b')]).toEqual([exitCodes.usage, false])
  })

  it('says what it needs where it has neither files nor a store', async () => {
    const answer = await desk.run('explain', 'a', '--policy', 'manufacturer-cn')
    expect([answer.code, answer.err.includes('--data')]).toEqual([exitCodes.usage, true])
    expect((await desk.run('explain', 'a', '--data', demo)).code).toBe(exitCodes.usage)
  })
})

describe('a portfolio out of a store', () => {
  const policy = loadPolicy(presets.manufacturerCn)
  const facts = (accountId: string) => ({
    accountId,
    isKeyAccount: false,
    currency: 'CNY',
    relationshipStart: '2020-01-01',
    purchases: [{ date: '2025-05-01', orderId: 'o', minor: 1_000_000, currency: 'CNY', kind: 'order' as const }],
    disputes: [],
    latePayments: [],
    overdueDays: 0,
    judgements: {},
  })
  const now = Date.parse('2026-03-02T10:00:00+08:00')

  const account = (accountId: string, extra: object = {}) => ({
    accountId,
    name: `Account ${accountId}`,
    region: null,
    parentId: null,
    ...extra,
  })
  const stored = () =>
    createMemoryStore({
      accounts: [
        account('a-1', { facts: facts('a-1') }),
        account('a-2', { facts: { broken: true } }),
        account('a-3', { facts: facts('a-3') }),
      ],
    })
  const holder = (role: string): string =>
    Object.entries(policy.directory?.people ?? {}).find(([, p]) => p.roles.includes(role))?.[0] ?? ''
  const form = {
    accountId: 'a-1',
    name: 'One',
    region: null,
    isKeyAccount: false,
    tier: 'B' as const,
    manager: null,
    history: 'x',
  }

  it('knows where each account stands, and names what it cannot read', async () => {
    const store = stored()
    const governance = createGovernance({ store, policy, host: { clock: () => now } })
    expect(await governance.account.adopt(form, { actor: holder('sales.head') })).toMatchObject({ ok: true })
    const portfolio = await loadPortfolio({}, { policy, config: { file: 'x.mjs', store, policy }, clock: () => now })
    expect([portfolio.source, portfolio.cycle.id]).toEqual(['store', '2025-H2'])
    const found: unknown[] = []
    for await (const one of portfolio.accounts) found.push(one)
    expect(found).toMatchObject([
      { accountId: 'a-1', standing: { tier: 'B' } },
      { accountId: 'a-2', unreadable: { code: 'facts_malformed' } },
      { accountId: 'a-3', standing: { tier: null } },
    ])
    expect(await portfolio.account('a-1')).toMatchObject({ standing: { tier: 'B' } })
    expect(await portfolio.account('none')).toBeNull()
    await expect(portfolio.account('a-2')).rejects.toThrow('cannot be assessed')
  })

  it('shows the running clocks of open complaints, with the sum behind each [CPL-02]', async () => {
    const store = stored()
    const governance = createGovernance({ store, policy, host: { clock: () => now } })
    await governance.account.adopt(form, { actor: holder('sales.head') })
    const complaint = {
      accountId: 'a-1',
      about: 'product' as const,
      matter: 'cracks',
      expectedSolution: 'replacement',
      contact: 'Li',
      channel: Object.keys(policy.complaint.channels)[0] ?? '',
      severity: policy.complaint.severities[0]?.id ?? '',
      receivedAt: now,
    }
    const opened = await governance.complaint.open(complaint, { actor: holder('customerService') })
    expect(opened).toMatchObject({ ok: true })
    await writeRegistry(desk.path('registry'), { store, digest: '' })
    await desk.write('ka-governance.config.json', JSON.stringify({ store: { registry: 'registry' }, policy: demoPolicy }))
    const { code, out } = await desk.runWith({ clock: () => now + 60_000 }, 'explain', 'a-1', '--policy', 'manufacturer-cn')
    expect([code, out]).toEqual([exitCodes.ok, expect.stringContaining(`${opened.id}: Received`)])
    expect(out).toMatch(/due at \S+ 2 March 2026/)
    const json = JSON.parse((await desk.runWith({ clock: () => now + 60_000 }, 'explain', 'a-1', '--json')).out)
    expect(json.complaints).toMatchObject([
      { id: opened.id, state: 'received', clocks: [{ name: 'handoff', breached: false }, { name: 'resolution' }] },
    ])
  })
})
