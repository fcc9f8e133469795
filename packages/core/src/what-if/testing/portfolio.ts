import fc from 'fast-check'
import { addDays } from '../../calendar/index.ts'
import { tiers, type Policy, type Tier } from '../../policy/index.ts'
import { judgedConditions, type AccountFacts, type Purchase } from '../../scoring/facts.ts'
import { factsWith, monthly, policyWith, yuan } from '../../scoring/testing/fixtures.ts'
import type { CurrentStanding } from '../../scoring/types.ts'
import { finishSimulation } from '../finish-simulation.ts'
import { contradictionsIn } from '../laws/index.ts'
import { simulatePortfolio } from '../simulate-portfolio.ts'
import type { SimulatedAccount, SimulateOptions, Simulation } from '../types.ts'

/** A simulation of the first half of 2026 of these accounts. Whatever it is asked for, its figures agree. */
export async function simulated(
  inForce: Policy | null,
  draft: Policy,
  accounts: SimulateOptions['accounts'],
  options: Partial<SimulateOptions> = {},
): Promise<Simulation> {
  const simulation = await finishSimulation(simulatePortfolio({ inForce, draft, cycle: '2026-H1', accounts, ...options }))
  const found = contradictionsIn(simulation)
  if (found.length > 0) throw new Error(`the simulation contradicts itself at ${found.join(', ')}`)
  return simulation
}

const day = fc.integer({ min: 0, max: 940 }).map((n) => addDays('2023-12-01', n))
const purchase = (unit: number): fc.Arbitrary<Purchase> =>
  fc
    .record({ date: day, size: fc.integer({ min: 1, max: 40 }), back: fc.integer({ min: 0, max: 9 }) })
    .map(({ date, size, back }) =>
      back === 0
        ? { date, orderId: `r-${date}`, minor: -yuan(size * unit), currency: 'CNY', kind: 'credit' }
        : { date, orderId: `o-${date}-${String(size)}`, minor: yuan(size * unit), currency: 'CNY', kind: 'order' },
    )
const judgement = fc.record({
  score: fc.integer({ min: 0, max: 100 }),
  judgedOn: fc.constantFrom('2026-05-01', '2026-05-01', '2026-05-01', '2024-05-01'),
  by: fc.constant('u-4'),
  trend: fc.constantFrom('up' as const, 'flat' as const, 'down' as const),
})
const answer = fc.record({ holds: fc.boolean(), judgedOn: fc.constant('2026-06-01'), by: fc.constant('u-4') })
const answers = fc.oneof(
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...judgedConditions), answer) },
  { weight: 2, arbitrary: fc.record(Object.fromEntries(judgedConditions.map((name) => [name, answer]))) },
)

/** So many orders a month of some size in each half-year: growth and decline that a rule can see. */
const steadyPurchases: fc.Arbitrary<readonly Purchase[]> = fc
  .tuple(
    fc.constantFrom(5_000, 40_000, 150_000, 350_000, 700_000),
    fc.array(fc.record({ perMonth: fc.integer({ min: 0, max: 3 }), share: fc.integer({ min: 4, max: 14 }) }), {
      minLength: 5,
      maxLength: 5,
    }),
  )
  .map(([unit, halves]) =>
    ['2024-01-01', '2024-07-01', '2025-01-01', '2025-07-01', '2026-01-01'].flatMap((from, i) => {
      const { perMonth, share } = halves[i] ?? { perMonth: 0, share: 0 }
      return monthly(from, 6, perMonth, (unit * share) / 10)
    }),
  )
const tier = fc.constantFrom<Tier>(...tiers)

const anyFacts: fc.Arbitrary<AccountFacts> = fc
  .record({
    purchases: fc.oneof(
      {
        weight: 1,
        arbitrary: fc.constantFrom(2_000, 20_000, 100_000, 400_000).chain((unit) => fc.array(purchase(unit), { maxLength: 40 })),
      },
      { weight: 3, arbitrary: steadyPurchases },
    ),
    relationshipStart: fc.oneof(
      { weight: 3, arbitrary: fc.constant('2019-04-01') },
      { weight: 1, arbitrary: fc.constantFrom(null, '2023-06-15', '2024-07-01', '2025-11-01') },
    ),
    isKeyAccount: fc.boolean(),
    potential: fc.option(judgement, { freq: 12 }),
    influence: fc.option(judgement, { freq: 12 }),
    loyalty: fc.option(judgement),
    willingness: fc.option(judgement),
    overdueDays: fc.option(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 130 }))),
    late: fc.array(day, { maxLength: 6 }),
    contacts: fc.option(fc.array(day, { maxLength: 6 })),
    disputes: fc.array(
      fc.record({ openedOn: day, upheld: fc.boolean(), serious: fc.constantFrom(false, false, true), settled: fc.boolean() }),
      {
        maxLength: 3,
      },
    ),
    conditions: fc.option(answers, { freq: 6 }),
  })
  .map(({ potential, influence, loyalty, willingness, late, contacts, disputes, conditions, ...rest }) =>
    factsWith({
      ...rest,
      judgements: {
        ...(potential === null ? {} : { potential }),
        ...(influence === null ? {} : { influence }),
        ...(loyalty === null ? {} : { loyalty }),
        ...(willingness === null ? {} : { willingness }),
      },
      latePayments: late.map((dueOn) => ({ dueOn, paidOn: null, daysLate: 12 })),
      ...(contacts === null ? {} : { contacts: contacts.map((on) => ({ on })) }),
      disputes: disputes.map(({ settled, ...dispute }, i) => ({
        ...dispute,
        id: `d-${String(i)}`,
        settledOn: settled ? addDays(dispute.openedOn, 30) : null,
      })),
      ...(conditions === null ? {} : { conditions }),
    }),
  )

const anyStanding: fc.Arbitrary<CurrentStanding> = fc
  .record({
    tier: fc.option(tier, { freq: 8 }),
    provisional: fc.integer({ min: 0, max: 9 }),
    move: fc.option(fc.constantFrom('up' as const, 'down' as const)),
    before: fc.option(fc.record({ tier, held: fc.boolean() })),
  })
  .map(({ tier: now, provisional, move, before }) => ({
    tier: now,
    ...(provisional === 0 ? { provisionalUntil: '2026-01-01' } : {}),
    ...(move === null ? {} : { lastMove: { cycle: '2025-H2', direction: move } }),
    ...(before === null ? {} : { previousClassifications: [{ cycle: '2025-H2', ...before }] }),
  }))

/** A few accounts of every kind. */
export const anyPortfolio: fc.Arbitrary<readonly SimulatedAccount[]> = fc
  .array(fc.record({ facts: anyFacts, standing: anyStanding, manager: fc.constantFrom(null, 'u-1', 'u-2', 'u-3') }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((accounts) =>
    accounts.map(({ facts, ...rest }, i) => {
      const accountId = `a-${String(i).padStart(3, '0')}`
      return { accountId, ...rest, facts: { ...facts, accountId } }
    }),
  )

/** A policy that a test changes. */
export type Draft = Parameters<NonNullable<Parameters<typeof policyWith>[0]>>[0]

const change = <V>(values: readonly V[], apply: (policy: Draft, value: V) => void) =>
  fc.option(fc.constantFrom(...values), { freq: 2 }).map((value) => (policy: Draft): void => {
    if (value !== null) apply(policy, value)
  })

/** The manufacturer's policy with any changes that a review can feel. */
export const anyDraft: fc.Arbitrary<Policy> = fc
  .tuple(
    change([4, 9, 16, 25], ({ tier: t }, millions) => {
      t.A.amount.min.minor = yuan(millions * 1_000_000)
      t.B.amount.range.to.minor = yuan(millions * 1_000_000)
    }),
    change([500_000, 1_000_000, 3_500_000], ({ tier: t }, amount) => {
      t.B.amount.range.from.minor = yuan(amount)
      t.C.amount.range.to.minor = yuan(amount)
    }),
    change([1, 3], ({ tier: t }, perMonth) => (t.A.frequency.minPerMonth.value = perMonth)),
    change([0, 30, 90], ({ tier: t }, days) => (t.gates.overdueDays = days === 0 ? null : days)),
    change(['all', 'minimum', 'atLeast'] as const, ({ tier: t }, combine) => (t.combine = combine)),
    change([1, 3], ({ tier: t }, years) => (t.A.amount.lookback = years)),
    change([60, 90], ({ tier: t }, score) => (t.judged.A = score)),
    change(['hold', 'reweigh'] as const, ({ tier: t }, missing) => (t.missingData = missing)),
    change([3, 3.3], ({ tier: t }, points) => (t.cutoffs.A = points)),
    change([5, 10, 40], ({ adjust }, drop) => (adjust.A.down.amountDrop.value = drop)),
    change([5, 60], ({ adjust }, drop) => (adjust.B.down.amountDrop.value = drop)),
    change([5, 60], ({ adjust }, growth) => (adjust.B.up.amountGrowth.value = growth)),
    change(['numbers', 'numbersAndOneJudged'] as const, ({ adjust }, mode) => (adjust.combine.down = mode)),
    change(['twice', 'none'] as const, ({ adjust }, mode) => (adjust.fallbackDown = mode)),
    change([0, 1_000_000], ({ growth }, amount) => (growth.minChange.minor = yuan(amount))),
    change(['previousCycle', 'samePeriodLastYear'] as const, ({ growth }, compare) => (growth.compare = compare)),
    change(['order', 'orderDay'] as const, ({ purchase: p }, unit) => (p.unit = unit)),
    change([6, 24], ({ frequency }, months) => (frequency.window.months = months)),
  )
  .map((changes) => policyWith((policy) => changes.forEach((apply) => apply(policy))))
