import { describe, expect, it } from 'vitest'
import { factsWith, halves, policyWith, yuan } from '../scoring/testing/fixtures.ts'
import { simulated } from '../what-if/testing/portfolio.ts'
import type { SimulatedAccount, Simulation } from '../what-if/index.ts'
import { formatOptionsOf } from './format-options.ts'
import { formatSimulation } from './format-simulation.ts'

const account = (accountId: string, amount: number, tier: 'A' | 'B' | 'C' | null = null): SimulatedAccount => ({
  accountId,
  name: `Works ${accountId}`,
  manager: 'u-liu',
  facts: factsWith({ accountId, purchases: halves(amount, 2, 2, 2, 2) }),
  standing: { tier },
})
const draft = policyWith((policy) => {
  const { tier, capacity } = policy
  policy.version = '2.0'
  tier.A.amount.min.minor = yuan(9_000_000)
  tier.B.amount.range.to.minor = yuan(9_000_000)
  capacity.maxKaPerManager = 2
  capacity.tiers.A = 1
})
const accounts = [account('1', 400_000), account('2', 240_000), account('3', 20_000, 'C')]

const open: NonNullable<Simulation['instances']> = {
  open: 3,
  byKind: { complaint: 2, account: 1 },
  clocks: { open: 4, earlier: 2, later: 0, overdue: 1, overdueNow: 0, listed: [] },
  approvals: { open: 1, changed: 1, belowQuorum: 1, listed: [] },
}

describe('a simulation in words [GOV-05]', () => {
  it('says who moves and why, what the tiers would be, and what each threshold does', async () => {
    const result = await simulated(policyWith(), draft, accounts, { sensitivity: { parameters: ['P-07'], percent: 30 } })
    expect(formatSimulation({ ...result, instances: open }, 'en', formatOptionsOf(draft))).toMatchInlineSnapshot(`
      [
        "What manufacturer-cn 2.0 would do in cycle 2026-H1, compared with manufacturer-cn 1.0; nothing was changed",
        "3 accounts: 3 assessed",
        "1 account would move: 1 up",
        "Works 2: tier B → tier A (CNY 11,520,000)",
        "  P-07 · A: purchase amount at least: CNY 16,000,000 → CNY 9,000,000; the account: CNY 11,520,000",
        "From tier A: 1 to tier A",
        "From tier B: 1 to tier A, 1 to tier B",
        "tier A: 1 account with CNY 19,200,000 → 2 accounts with CNY 30,720,000",
        "tier B: 2 accounts with CNY 12,480,000 → 1 account with CNY 960,000",
        "tier A would have 2 accounts; at most 1 are allowed",
        "刘洋 Liu Yang looks after 3 key accounts; at most 2 are allowed",
        "Each threshold moved alone:",
        "P-07 +30 % (A: purchase amount at least: CNY 11,700,000): moves 1 account: 1 down",
        "3 open instances: Complaint: 2, Account: 1",
        "Clocks: 2 due earlier, 0 due later, 1 overdue at once",
        "Approvals under way: 1 would ask other people, 1 would find too few people to be approved",
        "Rebates of 2025: CNY 101,600 → CNY 101,600",
        "The draft differs in 5 places",
      ]
    `)
    expect(formatSimulation({ ...result, instances: open }, 'zh-CN', formatOptionsOf(draft))).toMatchInlineSnapshot(`
      [
        "manufacturer-cn 2.0在评估周期2026-H1的模拟结果，与manufacturer-cn 1.0对比；未更改任何数据",
        "共3家客户：已评定3家",
        "1家客户的级别会变动：上调1家",
        "Works 2：B级 → A级（11,520,000元）",
        "  P-07 · A级：购买金额下限：16,000,000元 → 9,000,000元；该客户为11,520,000元",
        "A级调整为：A级1家",
        "B级调整为：A级1家、B级1家",
        "A级：1家客户、19,200,000元 → 2家客户、30,720,000元",
        "B级：2家客户、12,480,000元 → 1家客户、960,000元",
        "A级将有2家客户，超过上限1家",
        "刘洋 Liu Yang负责3家KA客户，超过上限2家",
        "单独变动各项标准：",
        "P-07 +30 %（A级：购买金额下限：11,700,000元）：1家客户的级别变动：下调1家",
        "3项未结事项：客户投诉：2、客户台账：1",
        "计时：提前到期2项，推迟到期0项，立即逾期1项",
        "审批中的事项：审批人变动1项，人数不足而无法通过1项",
        "2025年返利：101,600元 → 101,600元",
        "草案有5处变动",
      ]
    `)
  })

  it('says that it is of some accounts only: no evidence of them all', async () => {
    const result = await simulated(null, policyWith(), accounts)
    const some = { ...result, scope: 'some' } as const
    expect(formatSimulation(some, 'en')[1]).toBe(
      'Of some accounts only: no evidence where the policy wants a what-if of all of them.',
    )
    expect(formatSimulation(some, 'zh-CN')[1]).toBe('仅模拟了部分客户；制度要求对全部客户模拟时，不能作为依据。')
    expect(formatSimulation(result, 'en')).toEqual(formatSimulation(some, 'en').filter((_, line) => line !== 1))
  })

  it('says where nothing happens, and what failed', async () => {
    const result = await simulated(null, policyWith(), [
      { accountId: 'a-9', unreadable: { code: 'facts_missing', field: null, message: '' } },
      { accountId: 'a-8', unreadable: { code: 'facts_malformed', field: 'facts.overdueDays', message: '' } },
      { accountId: 'a-7', unreadable: { code: 'missing_rate', field: null, message: '' } },
    ])
    const quiet = { ...open, clocks: { ...open.clocks, earlier: 0, overdue: 0 }, approvals: { ...open.approvals, changed: 0 } }
    expect(formatSimulation({ ...result, instances: quiet }, 'en')).toMatchInlineSnapshot(`
      [
        "What manufacturer-cn 1.0 would do in cycle 2026-H1, with no policy in force before; nothing was changed",
        "3 accounts: 3 failed",
        "No account would move.",
        "No threshold moves an account when it is moved alone.",
        "3 open instances: Complaint: 2, Account: 1",
        "No open clock would be due at another time.",
        "No approval under way would ask other people.",
        "a-7 could not be simulated: An exchange rate is missing. Add it to the policy",
        "a-8 could not be simulated: its facts cannot be read at facts.overdueDays",
        "a-9 could not be simulated: the CRM has no facts of it",
      ]
    `)
    expect(formatSimulation({ ...result, instances: quiet }, 'zh-CN')).toMatchInlineSnapshot(`
      [
        "manufacturer-cn 1.0在评估周期2026-H1的模拟结果，目前没有生效的制度；未更改任何数据",
        "共3家客户：无法模拟3家",
        "没有客户的级别会变动。",
        "单独变动任何一项标准，都没有客户的级别变动。",
        "3项未结事项：客户投诉：2、客户台账：1",
        "计时的到期时间均无变化。",
        "审批中事项的审批人均无变化。",
        "a-7无法模拟：缺少汇率，请在制度中补充",
        "a-8无法模拟：客户数据有误，位置：facts.overdueDays",
        "a-9无法模拟：客户管理系统中没有该客户的数据",
      ]
    `)
  })

  it('shows ten of a list and counts the rest; a hostile name stays on its line', async () => {
    const many = Array.from({ length: 13 }, (_, i) => account(String(i), 240_000))
    const hostile = { ...account('x', 250_000), name: 'Acme\n\u001b[31mdropped' }
    const lines = formatSimulation(await simulated(policyWith(), draft, [hostile, ...many], { sensitivity: false }), 'en')
    expect(lines.filter((line) => line.startsWith('Works'))).toHaveLength(9)
    expect(lines).toContain('… and 4 more')
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f]/)
  })
})
