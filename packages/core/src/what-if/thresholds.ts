import type { JsonValue } from '../errors/index.ts'
import { tiers, type Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { exact } from '../scoring/tier/tier-rules.ts'
import type { MeasureName } from './account-vector.ts'
import { numberIn, valueAt } from './change-policy.ts'
import { leastRecovery, type Judge } from './judge.ts'

/** A measure and the number that it is compared with. */
export type Comparison = readonly [measure: MeasureName, limit: number]

/** A numeric limit of the policy's tiers or of its rules for rising and falling. */
export interface ThresholdSpec {
  readonly path: string
  /** Only whole numbers have a meaning. */
  readonly whole?: true
  /** The comparisons that it decides, in an order of their own: the same for every policy. */
  readonly comparisons: (judge: Judge) => readonly Comparison[]
  /** The least and the most that it can be without passing another limit. */
  readonly between: (policy: Policy) => readonly [least: number, most: number]
  /** Limits that are this limit by another name: what they become once it has changed. */
  readonly joined?: readonly { readonly path: string; readonly value: (policy: Policy) => JsonValue | undefined }[]
  /** A fall is compared as a growth below zero. */
  readonly falls?: true
  /** Only accounts that have one of these tiers now can feel it; absent: all. A rule is named after the tier that it leaves or leads to, so both are here. */
  readonly tiers?: readonly Tier[]
  /** A review feels it by the class and by the gate of the amount alone. */
  readonly byClass?: true
}

const at = (policy: Policy, path: string): JsonValue | undefined => valueAt(policy, path.split('.'))
const same = (path: string, source: string) => ({ path, value: (policy: Policy) => at(policy, source) })
const number = (policy: Policy, path: string): number => numberIn(at(policy, path)) ?? 0
/** Where C begins, which is where D ends: "about" X less the tolerance [I-14]. */
const floorOfC = {
  path: 'tier.D.frequency.belowPerYear',
  value: ({ tier }: Policy): JsonValue => ({
    ...tier.D.frequency.belowPerYear,
    value: exact(tier.C.frequency.aboutPerYear * (1 - tier.tolerance / 100)),
  }),
}

const unlimited = 1e12
const anything = (): readonly [number, number] => [0, unlimited]
const share = (): readonly [number, number] => [0, 100]
const money = (policy: Policy, below: string | null, above: string | null): readonly [number, number] => [
  below === null ? 0 : number(policy, below) + 1,
  above === null ? Number.MAX_SAFE_INTEGER : number(policy, above) - 1,
]
const percent = (path: string, growths: readonly MeasureName[], falls: boolean, most: number): ThresholdSpec => ({
  path,
  comparisons: ({ policy }) => growths.map((measure) => [measure, falls ? -number(policy, path) : number(policy, path)]),
  between: () => [0, most],
  ...(falls ? { falls: true as const } : {}),
})
const plain = (path: string, measure: MeasureName, whole?: true): ThresholdSpec => ({
  path,
  comparisons: ({ policy }) => [[measure, number(policy, path)]],
  between: anything,
  ...(whole === undefined ? {} : { whole }),
})
const cutoff = (tier: 'A' | 'B' | 'C', below: 'B' | 'C' | null, above: 'A' | 'B' | null): ThresholdSpec => ({
  path: `tier.cutoffs.${tier}`,
  comparisons: ({ policy: { tier: t } }) => [
    ['points', t.cutoffs[tier]],
    ['points', exact(t.cutoffs[tier] - t.band)],
  ],
  between: ({ tier: t }) => [below === null ? 1 : t.cutoffs[below], above === null ? 4 : t.cutoffs[above]],
})
const judged = (tier: 'A' | 'B' | 'C', below: 'B' | 'C' | null, above: 'A' | 'B' | null): ThresholdSpec => ({
  path: `tier.judged.${tier}`,
  comparisons: ({ policy: { tier: t } }) => [
    ['potential', t.judged[tier]],
    ['influence', t.judged[tier]],
    // Very high loyalty is asked for by the name of A alone [ADJ-02].
    ['loyalty', t.judged.A],
  ],
  between: ({ tier: t }) => [below === null ? 0 : t.judged[below], above === null ? 100 : t.judged[above]],
})
const disputes = (tier: 'A' | 'B' | 'C'): ThresholdSpec => plain(`tier.${tier}.disputes.max`, `disputes${tier}`, true)

const amountGrowths = ['amountGrowth', 'amountGrowthBefore', 'amountGrowthTogether'] as const
const orderGrowths = ['ordersGrowth', 'ordersGrowthBefore', 'ordersGrowthTogether'] as const

const specs: readonly ThresholdSpec[] = [
  {
    path: 'tier.A.amount.min',
    comparisons: ({ rules }) => [['amountA', rules.A.amount.value]],
    between: (policy) => money(policy, 'tier.B.amount.range.from', null),
    joined: [same('tier.B.amount.range.to', 'tier.A.amount.min')],
  },
  {
    path: 'tier.A.frequency.minPerMonth',
    comparisons: ({ rules }) => [['perMonth', rules.A.frequency.value]],
    between: ({ tier }) => [tier.B.frequency.minPerQuarter.value / 3, unlimited],
  },
  {
    path: 'tier.A.relationship.minYears',
    comparisons: ({ rules }) => [['years', rules.A.years.value]],
    between: ({ tier }) => [tier.B.relationship.minYears.value, unlimited],
  },
  disputes('A'),
  {
    path: 'tier.B.amount.range.from',
    comparisons: ({ rules }) => [['amountB', rules.B.amount.value]],
    between: (policy) => money(policy, 'tier.C.amount.range.from', 'tier.A.amount.min'),
    joined: [same('tier.C.amount.range.to', 'tier.B.amount.range.from')],
  },
  {
    path: 'tier.B.frequency.minPerQuarter',
    comparisons: ({ rules }) => [['perQuarter', rules.B.frequency.value]],
    between: ({ tier }) => [tier.C.frequency.aboutPerYear / 4, tier.A.frequency.minPerMonth.value * 3],
  },
  {
    path: 'tier.B.relationship.minYears',
    comparisons: ({ rules }) => [['years', rules.B.years.value]],
    between: ({ tier }) => [tier.C.relationship.aboutYears, tier.A.relationship.minYears.value],
  },
  disputes('B'),
  {
    path: 'tier.C.amount.range.from',
    comparisons: ({ rules }) => [['amountC', rules.C.amount.value]],
    between: (policy) => money(policy, null, 'tier.B.amount.range.from'),
    joined: [same('tier.D.amount.below', 'tier.C.amount.range.from')],
  },
  {
    path: 'tier.C.frequency.aboutPerYear',
    comparisons: ({ rules }) => [['perYear', rules.C.frequency.value]],
    between: ({ tier }) => [0, tier.B.frequency.minPerQuarter.value * 4],
    joined: [floorOfC],
  },
  {
    path: 'tier.C.relationship.aboutYears',
    comparisons: ({ rules }) => [['years', rules.C.years.value]],
    between: ({ tier }) => [0, tier.B.relationship.minYears.value],
  },
  disputes('C'),
  {
    path: 'tier.tolerance',
    comparisons: ({ rules }) => [
      ['perYear', rules.C.frequency.value],
      ['years', rules.C.years.value],
    ],
    between: share,
    joined: [floorOfC],
  },
  cutoff('A', 'B', null),
  cutoff('B', 'C', 'A'),
  cutoff('C', null, 'B'),
  judged('A', 'B', null),
  judged('B', 'C', 'A'),
  judged('C', null, 'B'),
  { ...plain('tier.gates.overdueDays', 'overdueDays', true), between: () => [1, unlimited] },
  {
    path: 'tier.band',
    comparisons: ({ policy: { tier } }) => [
      ['points', exact(tier.cutoffs.A - tier.band)],
      ['points', exact(tier.cutoffs.B - tier.band)],
      ['points', exact(tier.cutoffs.C - tier.band)],
    ],
    between: () => [0, 1],
  },
  percent('adjust.A.up.growth', [...amountGrowths, ...orderGrowths], false, 1000),
  percent('adjust.A.down.amountDrop', amountGrowths, true, 100),
  percent('adjust.B.up.amountGrowth', ['amountGrowth'], false, unlimited),
  plain('adjust.B.up.frequencyIncrease', 'moreAQuarter'),
  percent('adjust.B.down.amountDrop', ['amountGrowth'], true, 100),
  plain('adjust.B.down.frequencyDrop', 'fewerAYear'),
  plain('adjust.B.down.latePayments', 'latePayments', true),
  plain('adjust.B.down.contactAttempts', 'contactAttempts', true),
  percent('adjust.C.down.cumulativeDrop', ['amountGrowthTogether'], true, 100),
  percent('adjust.D.down.amountDrop', ['amountGrowth'], true, 100),
  plain('adjust.D.down.belowPerYear', 'ordersAYear'),
  {
    path: 'growth.minChange',
    comparisons: ({ policy, minChange }) => [
      ['amountChange', minChange],
      ['amountChangeBefore', minChange],
      ['amountChangeTogether', 2 * minChange],
      ['amountChangeRecovery', leastRecovery(policy, minChange)],
    ],
    between: (policy) => money(policy, null, null),
  },
]

/** Whom a rule can concern. */
const concerned: readonly (readonly [path: string, tiers: readonly Tier[]])[] = [
  ['adjust.A.up', ['A', 'B']],
  ['adjust.B.up', ['B', 'C']],
  ['adjust.A.down', ['A']],
  ['adjust.B.down', ['B']],
  ['adjust.C.down', ['C']],
  ['adjust.D.down', ['D']],
  ['growth.minChange', tiers],
]
/** Thresholds of the tiers that answer a condition of a rule as well: very high loyalty, a debt that nearly breaks the relation. */
const answering = ['tier.judged.A', 'tier.gates.overdueDays']

const withReach = (spec: ThresholdSpec): ThresholdSpec => {
  const reached = concerned.find(([path]) => spec.path.startsWith(path))?.[1]
  if (reached !== undefined) return { ...spec, tiers: reached }
  return answering.includes(spec.path) ? spec : { ...spec, byClass: true }
}

/**
 * Every numeric threshold of the tiers and of the rules for rising and falling, in the order of the policy. What decides *how* something is measured (lookbacks,
 * windows, units), how factors combine (weights, modes) and how the procedure runs (grace, steps, deadlines) is no threshold.
 *
 * The amounts form one ladder without gap: P-07 is also the upper end of P-11, the lower end of P-11 the upper end of P-15, the lower end of P-15 is P-19. One limit of the
 * ladder moves under all its names at once, and never past the next. P-20 follows P-16 and I-14.
 */
export const thresholds: readonly ThresholdSpec[] = specs.map(withReach)

const byPath: ReadonlyMap<string, ThresholdSpec> = new Map(thresholds.map((spec) => [spec.path, spec]))
/** The threshold at a path. */
export const thresholdAt = (path: string): ThresholdSpec | undefined => byPath.get(path)

const names: ReadonlyMap<string, string> = new Map(
  thresholds.flatMap(({ path, joined = [] }) => joined.map((other): readonly [string, string] => [other.path, path])),
)
/** The path under which a limit is known here: P-07 for the upper end of P-11. P-20 is where P-16 less I-14 ends. */
export const mainPathOf = (path: string): string =>
  path.startsWith('tier.D.frequency.belowPerYear') ? 'tier.C.frequency.aboutPerYear' : (names.get(path) ?? path)
