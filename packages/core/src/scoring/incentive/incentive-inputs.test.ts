import { describe, expect, test } from 'vitest'
import type { AccountFacts } from '../facts.ts'
import { cycle, factsWith, order, policyWith, yuan } from '../testing/fixtures.ts'
import { incentiveInputs, type TeamAccount, type TeamGoals } from './incentive-inputs.ts'

const account = (accountId: string, facts: Partial<AccountFacts>, more: Partial<TeamAccount> = {}): TeamAccount => ({
  facts: factsWith({ accountId, ...facts }),
  admittedOn: null,
  tierAtStart: 'B',
  tierAtEnd: 'B',
  ...more,
})
const goals: TeamGoals = { salesMinor: yuan(10_000_000), expansions: 4 }
const inputs = (accounts: readonly TeamAccount[], to: TeamGoals = goals) =>
  incentiveInputs('north', accounts, to, policyWith(), cycle)
const bought = (date: string, amount: number, product: string, id?: string) => ({ ...order(date, amount, id), product })

describe('inputs to the incentive of a sales team [INC-01, I-11]', () => {
  test('sales, expansion and satisfaction against the goals, each with what it rests on', () => {
    const team = [
      account(
        'a-1',
        {
          purchases: [
            bought('2025-03-01', 1_000_000, 'resin'),
            bought('2026-03-01', 5_000_000, 'resin'),
            bought('2026-04-01', 1_000_000, 'glue'),
          ],
          surveys: [{ id: 's-1', on: '2026-03-01', says: 'verySatisfied' }],
        },
        { tierAtStart: 'C', tierAtEnd: 'B' },
      ),
      account(
        'a-2',
        { purchases: [order('2026-05-01', 2_000_000)], surveys: [{ id: 's-1', on: '2026-03-01', says: 'dissatisfied' }] },
        { admittedOn: '2026-01-01' },
      ),
    ]
    const result = inputs(team)
    // 50/20/30 of: 8 m of 10 m = 80; 3 of 4 = 75; 1 of 2 = 50.
    expect(result.parts.map((p) => [p.name, p.score, p.points])).toEqual([
      ['sales', 80, 40],
      ['expansion', 75, 15],
      ['satisfaction', 50, 15],
    ])
    expect(result.parts.map((p) => [p.unit, p.raw, p.weight, p.parameter])).toEqual([
      ['minor', yuan(8_000_000), 50, 'incentive.sales.weights.sales'],
      ['count', 3, 20, 'incentive.sales.weights.expansion'],
      ['percent', 50, 30, 'incentive.sales.weights.satisfaction'],
    ])
    expect(result).toMatchObject({ teamId: 'north', cycle: '2026-H1', points: 70, missing: [] })
    expect([result.sales.goalMinor, result.expansion.goal, result.expansion.count]).toEqual([yuan(10_000_000), 4, 3])
    expect(result.sales.accounts).toEqual([
      { accountId: 'a-1', minor: yuan(6_000_000) },
      { accountId: 'a-2', minor: yuan(2_000_000) },
    ])
    expect(result.expansion.expansions).toEqual([
      { accountId: 'a-1', kind: 'upgrade', detail: 'C B' },
      { accountId: 'a-1', kind: 'newProduct', detail: 'glue' },
      { accountId: 'a-2', kind: 'newKeyAccount', detail: '2026-01-01' },
    ])
    expect(result.satisfaction).toEqual({ percent: 50, counted: ['a-1/s-1'], of: ['a-1/s-1', 'a-2/s-1'] })
  })
  test('beyond a goal there is no more than 100; without goals or answers the rest is weighed anew', () => {
    const rich = account('a-1', { purchases: [order('2026-03-01', 99_000_000)] })
    expect(inputs([rich]).parts[0]).toMatchObject({ score: 100 })
    expect(inputs([rich], { salesMinor: null, expansions: 0 })).toMatchObject({
      points: null,
      missing: ['sales', 'expansion', 'satisfaction'],
      sales: { minor: yuan(99_000_000), goalMinor: null },
    })
  })
  test('an account whose purchases are not on record leaves the team’s sales unknown, and shows which', () => {
    const gap = account('a-2', { coverage: { from: '2026-02-01', to: '2026-08-01' } })
    expect(inputs([account('a-1', {}), gap]).sales).toMatchObject({
      minor: null,
      accounts: [
        { accountId: 'a-1', minor: 0 },
        { accountId: 'a-2', minor: null },
      ],
    })
  })
  test('a product is new to a customer that bought others before, kept it, and whose purchases of two years are on record', () => {
    const products = (patch: Partial<AccountFacts>) => inputs([account('a-1', patch)]).expansion.expansions.map((e) => e.detail)
    const earlier = bought('2024-02-01', 1_000, 'resin')
    const glue = bought('2026-03-01', 500, 'glue', 'g')
    expect(products({ purchases: [earlier, glue] })).toEqual(['glue'])
    expect(products({ purchases: [glue] })).toEqual([])
    // What came before had no name, and was no order.
    expect(products({ purchases: [order('2024-02-01', 1_000), glue] })).toEqual(['glue'])
    expect(products({ purchases: [{ ...earlier, kind: 'return' }, glue] })).toEqual([])
    // On the first day of the two years, and the day before.
    expect(products({ purchases: [{ ...earlier, date: '2024-01-01' }, glue] })).toEqual(['glue'])
    // A rebate that was paid out takes nothing back; bought twice, and once returned, it was kept.
    const paid = { ...glue, date: '2026-04-01', minor: -50_000, kind: 'credit' as const, pays: 'rebate' as const }
    expect(products({ purchases: [earlier, glue, paid] })).toEqual(['glue'])
    const again = bought('2026-03-05', 500, 'glue', 'h')
    expect(
      products({ purchases: [earlier, glue, again, { ...glue, date: '2026-04-01', minor: -50_000, kind: 'return' }] }),
    ).toEqual(['glue'])
    const more = ['wax', 'oil', 'glue'].map((name) => bought('2026-03-01', 500, name, name))
    expect(products({ purchases: [earlier, ...more] })).toEqual(['glue', 'oil', 'wax'])
    // Sent back in the cycle, it belongs to the day on which it was ordered, or that it names.
    const before = bought('2025-12-01', 500, 'wax', 'w')
    const back = { ...before, date: '2026-02-01', minor: 10, kind: 'return' as const }
    expect(products({ purchases: [earlier, back, before] })).toEqual([])
    expect(products({ purchases: [earlier, { ...back, orderId: 'x', originalDate: '2025-12-01' }] })).toEqual([])
    expect(products({ purchases: [earlier, { ...glue, date: '2025-12-31' }, glue] })).toEqual([])
    expect(products({ purchases: [earlier, glue, { ...glue, date: '2026-04-01', minor: -50_000, kind: 'return' }] })).toEqual([])
    // Given back after the cycle, before its facts froze, and after that.
    const givenBack = (date: string) => ({ ...glue, date, minor: -50_000, kind: 'return' as const })
    expect(products({ purchases: [earlier, glue, givenBack('2026-07-30')] })).toEqual([])
    expect(products({ purchases: [earlier, glue, givenBack('2026-07-31')] })).toEqual(['glue'])
    expect(products({ purchases: [earlier, glue], coverage: { from: '2024-02-01', to: '2026-08-01' } })).toEqual([])
    expect(products({ purchases: [{ ...earlier, date: '2023-12-31' }, glue] })).toEqual([])
  })
  test('admission on the last day of the cycle counts, on the next it does not; a fall is no expansion', () => {
    const kinds = (more: Partial<TeamAccount>) => inputs([account('a-1', {}, more)]).expansion.count
    expect(kinds({ admittedOn: '2026-06-30' })).toBe(1)
    expect(kinds({ admittedOn: '2026-07-01' })).toBe(0)
    expect(kinds({ tierAtStart: 'A', tierAtEnd: 'B' })).toBe(0)
    expect(kinds({ tierAtStart: null, tierAtEnd: 'B' })).toBe(0)
  })

  test('a new key account is one of the cycle, a rise is a better tier at its end', () => {
    const kinds = (more: Partial<TeamAccount>) =>
      inputs([account('a-1', {}, more)]).expansion.expansions.map(({ kind, detail }) => `${kind} ${detail}`)
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((admittedOn) => kinds({ admittedOn }))).toEqual([
      [],
      ['newKeyAccount 2026-01-01'],
      ['newKeyAccount 2026-06-30'],
      [],
    ])
    expect([
      kinds({ tierAtStart: 'C', tierAtEnd: 'A' }),
      kinds({ tierAtStart: 'A', tierAtEnd: 'B' }),
      kinds({ tierAtStart: null, tierAtEnd: 'A' }),
      kinds({ tierAtStart: 'B', tierAtEnd: null }),
    ]).toEqual([['upgrade C A'], [], [], []])
  })

  test('answers and new products are those of the cycle', () => {
    const survey = (id: string, on: string) => ({ id, on, says: 'satisfied' as const })
    const asked = inputs([
      account('a-1', {
        surveys: [
          survey('s-1', '2025-12-31'),
          survey('s-2', '2026-01-01'),
          survey('s-3', '2026-06-30'),
          survey('s-4', '2026-07-01'),
        ],
      }),
    ])
    expect(asked.satisfaction).toMatchObject({ percent: 100 })
    expect(JSON.stringify(asked.satisfaction)).toContain('a-1/s-2')
    expect(JSON.stringify(asked.satisfaction)).not.toMatch(/s-1|s-4/)
    const purchases = [
      bought('2025-03-01', 1_000, 'resin'),
      // Before the cycle, behind it, and sent back: none is new.
      bought('2025-12-31', 1_000, 'old'),
      bought('2026-07-01', 1_000, 'late'),
      bought('2026-01-01', 1_000, 'first'),
      bought('2026-06-30', 1_000, 'last'),
      bought('2026-02-01', 1_000, 'returned', 'o-r'),
      { ...bought('2026-03-01', -1_000, 'returned', 'o-r'), kind: 'return' as const },
    ]
    expect(inputs([account('a-1', { purchases })]).expansion.expansions).toEqual(
      ['first', 'last'].map((detail) => ({ accountId: 'a-1', kind: 'newProduct', detail })),
    )
  })

  test('sales that are not known of one account are not known of the team', () => {
    const known = account('a-1', { purchases: [order('2026-03-01', 1_000_000)] })
    const unknown = account('a-2', {
      coverage: { from: '2026-02-01', to: '2026-12-31' },
      purchases: [order('2026-03-01', 1_000_000)],
    })
    for (const team of [
      [known, unknown],
      [unknown, known],
    ])
      expect(inputs(team).sales).toMatchObject({ minor: null, goalMinor: goals.salesMinor })
    expect(inputs([known]).sales.minor).toBe(yuan(1_000_000))
  })
})
