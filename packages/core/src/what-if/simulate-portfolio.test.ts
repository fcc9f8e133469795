import { describe, expect, it } from 'vitest'
import type { Policy } from '../policy/schema.ts'
import { sha256Hex } from '../rules/index.ts'
import { factsWith, halves, order, policyWith, yuan } from '../scoring/testing/fixtures.ts'
import { simulationSummary } from './evidence.ts'
import { finishSimulation } from './finish-simulation.ts'
import { simulatePortfolio } from './simulate-portfolio.ts'
import { simulated, type Draft } from './testing/portfolio.ts'
import type { SimulatedAccount, SimulationStep } from './types.ts'

const inForce = policyWith()
/** P-07 as an admin would lower it: with the upper end of P-11. */
const lowered = (amount: number, more: (policy: Draft) => void = () => undefined): Policy =>
  policyWith((policy) => {
    policy.tier.A.amount.min.minor = yuan(amount)
    policy.tier.B.amount.range.to.minor = yuan(amount)
    more(policy)
  })

/** Two orders a month of that many yuan; without a tier its class is its tier. */
const account = (accountId: string, amount: number, patch: Partial<SimulatedAccount> = {}): SimulatedAccount => ({
  accountId,
  facts: factsWith({ accountId, purchases: halves(amount, 2, 2, 2, 2) }),
  standing: { tier: null },
  ...patch,
})
/** 48 orders in the two years of the lookback. */
const times = 48

describe('who would move, and why [GOV-05]', () => {
  it('one changed parameter: before, after, and what the account has', async () => {
    const { movers } = await simulated(inForce, lowered(9_000_000), [
      account('a-1', 240_000),
      account('a-2', 400_000),
      account('a-3', 100_000),
    ])
    expect(movers).toEqual({
      total: 1,
      up: 1,
      down: 0,
      assigned: 0,
      listed: [
        {
          accountId: 'a-1',
          name: 'a-1',
          region: null,
          manager: null,
          isKeyAccount: true,
          by: 'recommended',
          from: 'B',
          to: 'A',
          direction: 'up',
          tierNow: null,
          classBefore: 'B',
          classAfter: 'A',
          recommendedBefore: 'B',
          recommendedAfter: 'A',
          directionBefore: 'assign',
          directionAfter: 'assign',
          minor: yuan(240_000 * times),
          because: [
            {
              parameter: 'tier.A.amount.min',
              number: 'P-07',
              clause: 'TIER-02',
              unit: 'money',
              before: { currency: 'CNY', minor: yuan(16_000_000) },
              after: { currency: 'CNY', minor: yuan(9_000_000) },
              actual: yuan(240_000 * times),
              joined: [{ parameter: 'tier.B.amount.range.to', number: 'P-11' }],
            },
          ],
        },
      ],
    })
  })

  it('of several changes only those that made the difference; two where it took two', async () => {
    const cutoff = (policy: Draft): void => {
      policy.tier.cutoffs.A = 3.8
      policy.adjust.B.up.amountGrowth.value = 31
    }
    const both = lowered(9_000_000, (policy) => {
      cutoff(policy)
      policy.tier.judged.A = 70
    })
    const fell = await simulated(lowered(9_000_000), lowered(16_000_000, cutoff), [account('a-2', 240_000)])
    // Either alone lowers it: neither put back alone undoes it.
    expect(fell.movers.listed[0]?.because.map(({ parameter }) => parameter)).toEqual(['tier.A.amount.min', 'tier.cutoffs.A'])
    expect(
      (await simulated(inForce, both, [account('a-3', 240_000)])).movers.listed[0]?.because.map(({ parameter }) => parameter),
    ).toEqual(['tier.A.amount.min'])
  })

  it('a class that differs moves nobody by itself, and is listed apart [I-34]', async () => {
    const { movers, reclassified, classes, recommended } = await simulated(inForce, lowered(9_000_000), [
      account('a-1', 240_000, { standing: { tier: 'B' } }),
    ])
    expect([movers.total, reclassified.total, reclassified.up]).toEqual([0, 1, 1])
    expect(reclassified.listed).toMatchObject([
      { by: 'class', from: 'B', to: 'A', recommendedBefore: 'B', recommendedAfter: 'B', because: [{ number: 'P-07' }] },
    ])
    expect([classes.B.A, recommended.B.B]).toEqual([1, 1])
  })

  it('without a policy in force, accounts are compared with the tiers that they have; a first tier is a move of its own', async () => {
    const { movers, policy, directions, diff, classes } = await simulated(null, lowered(9_000_000), [
      account('a-1', 240_000),
      account('a-2', 1_000, { standing: { tier: 'C', provisionalUntil: '2026-07-01' } }),
    ])
    expect(policy.inForce).toBeNull()
    expect([diff, directions.inForce]).toEqual([[], null])
    expect(movers).toMatchObject({ total: 2, up: 0, down: 1, assigned: 1 })
    expect(movers.listed.map(({ accountId, from, to, because }) => [accountId, from, to, because])).toEqual([
      ['a-1', null, 'A', []],
      ['a-2', 'C', 'D', []],
    ])
    expect([classes.none.A, classes.C.D]).toEqual([1, 1])
  })

  it('the largest amounts are listed first, those not known last; all are counted', async () => {
    const many = [150_000, 300_000, 200_000].map((amount, i) => account(`a-${String(i)}`, amount))
    const unknown = account('a-9', 1, {
      standing: { tier: 'A', provisionalUntil: '2026-07-01' },
      facts: factsWith({ accountId: 'a-9', coverage: { from: '2026-01-01', to: '2026-09-01' } }),
    })
    const draft = lowered(5_000_000)
    const { movers } = await simulated(inForce, draft, [unknown, ...many], { movers: 2 })
    expect(movers.total).toBe(3)
    expect(movers.listed.map(({ accountId, minor }) => [accountId, minor])).toEqual([
      ['a-1', yuan(300_000 * times)],
      ['a-2', yuan(200_000 * times)],
    ])
    expect((await simulated(inForce, draft, many, { movers: 0 })).movers).toMatchObject({ total: 3, listed: [] })
  })
})

describe('levels of review [decision tier.level]', () => {
  const at = (level: 'account' | 'group') =>
    policyWith(({ tier }) => {
      tier.level = level
    })
  const own = account('a-1', 20_000)
  const group = { facts: account('g-1', 400_000).facts, standing: { tier: null } }

  it('the side that reviews by groups goes by the group, the other by the account; the amount is its own on both', async () => {
    for (const [before, after, from, to] of [
      ['account', 'group', 'B', 'A'],
      ['group', 'account', 'A', 'B'],
    ] as const) {
      const { movers, sales, rebate } = await simulated(at(before), at(after), [{ ...own, group }])
      expect(movers.listed).toMatchObject([
        { accountId: 'a-1', from, to, minor: yuan(20_000 * times), because: [{ parameter: 'tier.level', before, after }] },
      ])
      expect([sales[from].before.minor, sales[to].after.minor]).toEqual([yuan(20_000 * times), yuan(20_000 * times)])
      expect(rebate).toEqual((await simulated(at(before), at(after), [own])).rebate)
    }
  })

  it('an account without a group is the same at every level, and a group counts for nothing where neither goes by groups', async () => {
    expect((await simulated(at('account'), at('group'), [own])).movers.total).toBe(0)
    expect((await simulated(at('account'), at('account'), [{ ...own, group }])).recommended).toEqual(
      (await simulated(at('account'), at('account'), [own])).recommended,
    )
  })
})

describe('what accounts add up to', () => {
  it('I-23: load per manager and room per tier, by tier before and after', async () => {
    const draft = lowered(9_000_000, ({ capacity }) => {
      capacity.maxKaPerManager = 1
      capacity.tiers.A = 0
    })
    const accounts = [
      account('a-1', 240_000, { manager: 'u-1' }),
      account('a-2', 100_000, { manager: 'u-1' }),
      account('a-3', 100_000, { manager: 'u-2', isKeyAccount: false }),
      account('a-4', 100_000),
    ]
    const { load, capacity } = await simulated(inForce, draft, accounts)
    expect(load.managers).toEqual({
      total: 2,
      over: 1,
      listed: [
        {
          manager: 'u-1',
          accounts: 2,
          keyAccounts: 2,
          minor: yuan(340_000 * times),
          before: { A: 0, B: 2, C: 0, D: 0 },
          after: { A: 1, B: 1, C: 0, D: 0 },
          limit: 1,
          over: true,
        },
        {
          manager: 'u-2',
          accounts: 1,
          keyAccounts: 0,
          minor: yuan(100_000 * times),
          before: { A: 0, B: 1, C: 0, D: 0 },
          after: { A: 0, B: 1, C: 0, D: 0 },
          limit: 1,
          over: false,
        },
      ],
    })
    expect(capacity[0]).toEqual({ tier: 'A', now: 0, before: 0, after: 1, limitBefore: 45, limitAfter: 0, over: true })
  })

  it('I-23: managers with too many are counted, also those that are not listed', async () => {
    const draft = lowered(9_000_000, ({ capacity }) => {
      capacity.maxKaPerManager = 1
    })
    const accounts = ['u-1', 'u-2', 'u-3'].flatMap((manager) =>
      ['a', 'b'].map((id) => account(`${manager}-${id}`, 100_000, { manager })),
    )
    const simulation = await simulated(inForce, draft, accounts, { movers: 1 })
    expect([simulation.load.managers.listed.length, simulation.load.managers.over]).toEqual([1, 3])
    expect(simulationSummary(simulation, sha256Hex).load).toEqual({ approvers: 0, managers: 3, managersOver: 3 })
  })

  it('REB-01, INC-02: rebates of the last whole year under both policies, of each entity by itself', async () => {
    const draft = policyWith(({ rebate }) => {
      rebate.rate = 3
      rebate.brackets = [{ from: { currency: 'CNY', minor: yuan(3_000_000) }, percent: 3 }]
      rebate.amountThreshold = { currency: 'CNY', minor: yuan(3_000_000) }
    })
    const before = policyWith(({ rebate }) => {
      rebate.rate = 1
      rebate.brackets = [{ from: { currency: 'CNY', minor: yuan(3_000_000) }, percent: 1 }]
      rebate.amountThreshold = { currency: 'CNY', minor: yuan(3_000_000) }
    })
    const half = factsWith({ purchases: [order('2025-03-01', 2_000_000)] })
    const whole = factsWith({
      purchases: [order('2025-03-01', 2_000_000), order('2025-11-01', 2_000_000), order('2026-02-01', 9_000_000)],
    })
    const one = { accountId: 'a-1', facts: whole, standing: { tier: null } }
    // On the part above 3,000,000 of the 4,000,000 of 2025.
    expect((await simulated(before, draft, [one])).rebate).toEqual({
      year: 2025,
      inForceMinor: yuan(10_000),
      draftMinor: yuan(30_000),
      unknown: 0,
      brackets: {
        inForce: [{ from: yuan(3_000_000), percent: 1, accounts: 1, minor: yuan(10_000) }],
        draft: [{ from: yuan(3_000_000), percent: 3, accounts: 1, minor: yuan(30_000) }],
      },
    })
    // Two companies with 2,000,000 each reach nothing, whatever their group bought.
    expect((await simulated(before, draft, [{ ...one, entities: [half, half] }])).rebate).toBeNull()
    const foreign = { ...one, facts: { ...half, purchases: [{ ...order('2025-03-01', 1), currency: 'USD' }] } }
    const unknown = await simulated(before, draft, [{ ...one, entities: [foreign.facts] }])
    expect(unknown.rebate).toMatchObject({ draftMinor: 0, unknown: 1 })
    expect((await simulated(null, draft, [one])).rebate).toMatchObject({ inForceMinor: null })
  })
})

describe('what cannot be simulated', () => {
  it('an account without a rate is a failure with its code; the others go on; failures are bounded and counted', async () => {
    const foreign = Array.from({ length: 5 }, (_, i) =>
      account(`f-${String(i)}`, 1, {
        facts: factsWith({ accountId: `f-${String(i)}`, purchases: [{ ...order('2026-02-01', 5), currency: 'USD' }] }),
      }),
    )
    const result = await simulated(inForce, inForce, [...foreign.toReversed(), account('a-1', 100_000)], { movers: 3 })
    expect(result.accounts).toEqual({ total: 6, assessed: 1, provisional: 0, notAssessed: 0, failed: 5, notGoverned: 0 })
    expect(result.failures.total).toBe(5)
    expect(result.failures.listed.map(({ accountId, because }) => [accountId, because.code])).toEqual([
      ['f-0', 'missing_rate'],
      ['f-1', 'missing_rate'],
      ['f-2', 'missing_rate'],
    ])
  })

  it('a stream that fails ends it; leaving early closes the stream', async () => {
    let closed = false
    async function* accounts() {
      try {
        yield account('a-1', 100_000)
        await Promise.resolve()
        throw new Error('the file is cut off')
      } finally {
        closed = true
      }
    }
    await expect(simulated(inForce, inForce, accounts())).rejects.toThrow('the file is cut off')
    expect(closed).toBe(true)
    closed = false
    for await (const step of simulatePortfolio({
      inForce,
      draft: inForce,
      cycle: '2026-H1',
      accounts: accounts(),
      progressEvery: 1,
    }))
      if (step.type === 'progress') break
    expect(closed).toBe(true)
  })

  it('stopped by a real signal: an error that keeps the reason, and no result', async () => {
    const stop = new AbortController()
    const seen: SimulationStep[] = []
    const accounts = [1, 2, 3].map((n) => account(`a-${String(n)}`, 100_000))
    const run = finishSimulation(
      simulatePortfolio({ inForce, draft: inForce, cycle: '2026-H1', accounts, signal: stop.signal, progressEvery: 1 }),
      (step) => {
        seen.push(step)
        stop.abort('the admin left')
      },
    )
    await expect(run).rejects.toMatchObject({ code: 'cancelled', cause: 'the admin left' })
    expect(seen.map(({ type }) => type)).toEqual(['progress'])
  })

  it.each([
    ['a cycle that is none', { cycle: '2026-H7' }, 'cycle'],
    ['a list too long', { movers: 10_001 }, 'movers'],
    ['half an account', { movers: 1.5 }, 'movers'],
    ['progress every no account', { progressEvery: 0 }, 'progressEvery'],
    ['a percentage that is none', { sensitivity: { percent: 100 } }, 'sensitivity.percent'],
    ['no percentage', { sensitivity: { percent: NaN } }, 'sensitivity.percent'],
    ['a parameter that is no threshold', { sensitivity: { parameters: ['P-06'] } }, 'sensitivity.parameters'],
  ])('%s is refused before anything is read', async (_, options, path) => {
    let read = 0
    function* accounts() {
      read++
      yield account('a-1', 1)
    }
    await expect(simulated(inForce, inForce, accounts(), options)).rejects.toMatchObject({
      code: 'invalid_input',
      findings: [{ path }],
    })
    expect(read).toBe(0)
  })
})
