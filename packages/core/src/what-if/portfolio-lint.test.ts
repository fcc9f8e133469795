import { describe, expect, test } from 'vitest'
import { formatFinding } from '../i18n/index.ts'
import { isGovernanceError } from '../errors/index.ts'
import { lintChecks } from '../policy/index.ts'
import type { Policy } from '../policy/schema.ts'
import type { AccountFacts } from '../scoring/facts.ts'
import { factsWith, monthly, order, policyWith } from '../scoring/testing/fixtures.ts'
import { lintPortfolio } from './portfolio-lint.ts'
import type { SimulatedAccount, UnreadableAccount } from './types.ts'

const judged = (score: number) => ({ score, judgedOn: '2026-05-01', by: 'u-4' })
const judgements = (score: number) => ({ potential: judged(score), influence: judged(score), loyalty: judged(score) })

let made = 0
/** Somebody who buys so often, for so many yuan each time, since the beginning of 2024. */
const account = (perMonth: number, amount: number, score: number, patch: Partial<AccountFacts> = {}): SimulatedAccount => {
  made += 1
  const facts = factsWith({ accountId: `a-${String(made)}`, purchases: monthly('2024-01-01', 30, perMonth, amount), ...patch })
  return {
    accountId: facts.accountId,
    facts: { ...facts, ...patchOf(patch, score) },
    standing: { tier: null },
  }
}
const patchOf = (patch: Partial<AccountFacts>, score: number): Partial<AccountFacts> => ({
  judgements: patch.judgements ?? judgements(score),
})

/** One of each tier: 72, 9.6 and 1.2 million in two years, and next to nothing. The first reaches the last bracket. */
const a = account(4, 1_100_000, 90)
const b = account(1, 400_000, 70)
const c = account(1, 50_000, 50)
const d = account(0, 0, 10, { purchases: [order('2026-03-02', 1_000)] })
const book: readonly SimulatedAccount[] = [a, b, c, d]

const found = async (policy: Policy, accounts: readonly (SimulatedAccount | UnreadableAccount)[]) =>
  (await lintPortfolio(policy, accounts, { cycle: '2026-H1' })).map((f) => [f.check, f.path, f.clause])

interface Case {
  readonly check: string
  readonly accounts: readonly (SimulatedAccount | UnreadableAccount)[]
  readonly policy?: Policy
  readonly finds: readonly (readonly [path: string, clause: string])[]
  /** What the remedy asks for. */
  readonly mended: readonly [Policy, readonly (SimulatedAccount | UnreadableAccount)[]]
}

const plain = policyWith()
const higher = policyWith((p) => {
  p.tier.A.amount.min = { currency: 'CNY', minor: 9_000_000_000_00 }
})
const cases: readonly Case[] = [
  { check: 'portfolioEmpty', accounts: [], finds: [['', 'GOV-05']], mended: [plain, book] },
  {
    check: 'portfolioNotRead',
    accounts: [...book, { accountId: 'a-9', unreadable: { code: 'forbidden', field: null, message: 'no permission' } }],
    finds: [['', 'GOV-05']],
    mended: [plain, book],
  },
  {
    check: 'limitOutOfReach',
    accounts: book,
    policy: higher,
    finds: [['tier.A.amount.min', 'P-07']],
    mended: [plain, book],
  },
  {
    check: 'tierEmpty',
    accounts: [a, c, d],
    finds: [['tier.cutoffs.B', 'decision 3']],
    mended: [plain, book],
  },
  { check: 'oneTierForAll', accounts: [a, a], finds: [['tier.combine', 'I-15']], mended: [plain, book] },
  {
    check: 'bracketOutOfReach',
    accounts: [account(4, 900_000, 90), b, c, d],
    finds: [['rebate.brackets[3].from', 'I-13']],
    mended: [
      policyWith((p) => {
        p.rebate.brackets = p.rebate.brackets.slice(0, 3)
      }),
      [account(4, 900_000, 90), b, c, d],
    ],
  },
  {
    check: 'neverJudged',
    accounts: book.map((one) => ({ ...one, facts: { ...one.facts, judgements: {} } })),
    finds: [
      ['tier.weights.potential', 'I-15'],
      ['tier.weights.influence', 'I-15'],
      ['grade.weights.loyalty', 'I-05'],
    ],
    mended: [plain, book],
  },
  {
    check: 'currencyWithoutRate',
    accounts: [...book, account(0, 0, 50, { purchases: [{ ...order('2026-03-02', 1_000), currency: 'EUR' }] })],
    finds: [['exchangeRates', 'I-31']],
    mended: [
      policyWith((p) => {
        p.exchangeRates = [{ from: 'EUR', to: 'CNY', since: '2020-01-01', rate: 7.8 }]
      }),
      [...book, account(0, 0, 50, { purchases: [{ ...order('2026-03-02', 1_000), currency: 'EUR' }] })],
    ],
  },
]

describe('GOV-05: a policy against the customers it is for', () => {
  test('a portfolio with somebody for each tier and bracket has no finding', async () => {
    expect(await found(plain, book)).toEqual([])
  })

  test.each(cases)('$check is found, says so in both languages, and is gone once its remedy is followed', async (one) => {
    const findings = await lintPortfolio(one.policy ?? plain, one.accounts, { cycle: '2026-H1' })
    const own = findings.filter((f) => f.check === one.check)
    expect(own.map((f) => [f.path, f.clause])).toEqual(one.finds)
    for (const finding of own) {
      expect(finding).toMatchObject(lintChecks[one.check as keyof typeof lintChecks])
      expect(formatFinding(finding, 'zh-CN')).not.toMatch(/英文说明|undefined|\[object|NaN/)
      expect(JSON.parse(JSON.stringify(finding))).toEqual(finding)
    }
    const [policy, accounts] = one.mended
    expect((await found(policy, accounts)).filter(([check]) => check === one.check)).toEqual([])
  })

  test('every check against a portfolio has a case', () => {
    const portfolio = Object.keys(lintChecks).slice(Object.keys(lintChecks).indexOf('portfolioEmpty'))
    expect(portfolio).toEqual(cases.map((one) => one.check))
  })

  test('numbers are named: who is best, how many there are', async () => {
    const [finding] = await lintPortfolio(higher, book, { cycle: '2026-H1' })
    expect(finding?.message).toBe('none of 4 accounts reaches CNY 9000000000.00 (amount, tier A); the best has CNY 105600000.00')
    expect(finding && formatFinding(finding, 'zh-CN')).toContain(
      '4家客户中没有一家达到9,000,000,000元（A级，购买金额），最高为105,600,000元',
    )
  })

  test('accounts come as they come: one at a time, from a stream, in any order', async () => {
    let open = 0
    async function* stream(): AsyncGenerator<SimulatedAccount> {
      for (const one of [...book].reverse()) {
        open += 1
        yield await Promise.resolve(one)
        open -= 1
        expect(open).toBe(0)
      }
    }
    expect(await lintPortfolio(higher, stream(), { cycle: '2026-H1' })).toEqual(
      await lintPortfolio(higher, book, { cycle: '2026-H1' }),
    )
  })

  test('who stops it gets no half answer', async () => {
    const stopped = await lintPortfolio(plain, book, { cycle: '2026-H1', signal: { aborted: true } }).catch(
      (error: unknown) => error,
    )
    expect(isGovernanceError(stopped, 'cancelled')).toBe(true)
  })

  test('new customers fill no tier and empty none', async () => {
    const young = account(4, 1_100_000, 90, {
      relationshipStart: '2026-05-01',
      purchases: monthly('2026-05-01', 2, 4, 1_100_000),
    })
    expect((await found(plain, [young])).filter(([check]) => check === 'tierEmpty' || check === 'oneTierForAll')).toEqual([])
  })
})
