import type { Finding } from '../../errors/index.ts'
import { formatMoney, tiers, type Tier } from '../parts.ts'
import { knownMoney, type MoneyPart } from './known-budget.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { weightsSum } from './weights.ts'

type Tiers = NonNullable<KnownPolicy['tier']>

/** Two limits that must be one: below lies the lower tier, above the upper one. */
const adjoin = (path: string, lower: MoneyPart, other: string, clause: string, upper: MoneyPart): readonly Finding[] => {
  const [end, limit] = [knownMoney(lower), knownMoney(upper)]
  if (end === undefined || limit === undefined || end.currency !== limit.currency || end.minor === limit.minor) return []
  const gap = end.minor < limit.minor
  const [from, to] = gap ? [end, limit] : [limit, end]
  const data = { from, to, other, clause, limit }
  return [flag(path, gap ? 'amountGap' : 'amountOverlap', data, [put(path, formatMoney(limit))])]
}

const ascending = (path: string, lower: MoneyPart, upper: MoneyPart): readonly Finding[] => {
  const [from, to] = [knownMoney(lower), knownMoney(upper)]
  if (from === undefined || to === undefined || from.currency !== to.currency || from.minor < to.minor) return []
  return [flag(path, 'rangeEmpty', { from, to })]
}

const amounts = ({ A, B, C, D }: Tiers): readonly Finding[] => [
  ...adjoin('tier.B.amount.range.to', B?.amount?.range?.to, 'tier.A.amount.min', 'P-07', A?.amount?.min),
  ...adjoin('tier.C.amount.range.to', C?.amount?.range?.to, 'tier.B.amount.range.from', 'P-11', B?.amount?.range?.from),
  ...adjoin('tier.D.amount.below', D?.amount?.below, 'tier.C.amount.range.from', 'P-15', C?.amount?.range?.from),
  ...ascending('tier.B.amount.range', B?.amount?.range?.from, B?.amount?.range?.to),
  ...ascending('tier.C.amount.range', C?.amount?.range?.from, C?.amount?.range?.to),
]

interface Step {
  readonly path: string
  readonly tier: Tier
  readonly value: number | undefined
}

/** Each step must be more than the next one that is known. */
export const falling = (measure: 'purchases' | 'years' | 'limit', steps: readonly Step[]): readonly Finding[] => {
  const known = steps.filter((s): s is Step & { value: number } => s.value !== undefined)
  return known.slice(1).flatMap(({ path, tier, value }, i) => {
    const upper = known[i]
    if (upper === undefined || upper.value > value) return []
    return [flag(path, 'stepReaches', { measure, tier, value, better: upper.tier, limit: upper.value, other: upper.path })]
  })
}

/** Limits of the letters A, B and C. */
export const letters = (
  path: string,
  limits: { readonly [letter in Exclude<Tier, 'D'>]?: number | undefined } | undefined,
): readonly Finding[] =>
  falling(
    'limit',
    (['A', 'B', 'C'] as const).map((tier) => ({ path: `${path}.${tier}`, tier, value: limits?.[tier] })),
  )

const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor

const exact = (value: number): number => Math.round(value * 1e9) / 1e9

/** Where C begins: "about" X less the tolerance. */
const leastOf = (about: number | undefined, tolerance: number | undefined): number | undefined =>
  about === undefined || tolerance === undefined ? undefined : exact((about * (100 - tolerance)) / 100)

const frequencies = ({ A, B, C, D, tolerance }: Tiers): readonly Finding[] => {
  const steps = falling('purchases', [
    { path: 'tier.A.frequency.minPerMonth', tier: 'A', value: times(A?.frequency?.minPerMonth?.value, 12) },
    { path: 'tier.B.frequency.minPerQuarter', tier: 'B', value: times(B?.frequency?.minPerQuarter?.value, 4) },
    { path: 'tier.C.frequency.aboutPerYear', tier: 'C', value: C?.frequency?.aboutPerYear },
  ])
  const limit = leastOf(C?.frequency?.aboutPerYear, tolerance)
  const { op, value } = D?.frequency?.belowPerYear ?? {}
  if (limit === undefined || value === undefined) return steps
  const path = 'tier.D.frequency.belowPerYear'
  // C holds from its floor on, so D must leave it out.
  const mend = [put(path, { op: '<', value: limit })]
  if (Math.abs(limit - value) > 1e-9 * Math.max(1, limit))
    return [...steps, flag(path, value < limit ? 'frequencyGap' : 'frequencyOverlap', { value, limit }, mend)]
  return op === '<=' ? [...steps, flag(path, 'frequencyShared', { value: limit }, mend)] : steps
}

const relationships = ({ A, B, C, tolerance }: Tiers): readonly Finding[] =>
  falling('years', [
    { path: 'tier.A.relationship.minYears', tier: 'A', value: A?.relationship?.minYears?.value },
    { path: 'tier.B.relationship.minYears', tier: 'B', value: B?.relationship?.minYears?.value },
    {
      path: 'tier.C.relationship.aboutYears',
      tier: 'C',
      value: leastOf(C?.relationship?.aboutYears, tolerance) ?? C?.relationship?.aboutYears,
    },
  ])

const lookbacks = (rules: Tiers): readonly Finding[] => {
  const known = tiers.flatMap((tier) => {
    const years = rules[tier]?.amount?.lookback
    return years === undefined ? [] : [{ tier, years }]
  })
  const [first] = known
  if (first === undefined) return []
  return known
    .filter(({ years }) => years !== first.years)
    .map(({ tier, years }) => {
      const path = `tier.${tier}.amount.lookback`
      return flag(path, 'lookbackDiffers', { years, other: first.tier, otherYears: first.years }, [put(path, first.years)])
    })
}

const disputes = (rules: Tiers): readonly Finding[] => {
  const known = tiers.flatMap((tier) => {
    const max = rules[tier]?.disputes?.max
    return max === undefined ? [] : [{ tier, max }]
  })
  const size = (value: number | null): number => value ?? Number.POSITIVE_INFINITY
  return known.slice(1).flatMap(({ tier, max }, i) => {
    const better = known[i]
    if (better === undefined || size(max) >= size(better.max)) return []
    const path = `tier.${tier}.disputes.max`
    return [flag(path, 'disputesOrder', { tier, better: better.tier, least: better.max }, [put(path, better.max)])]
  })
}

const capacity = ({ capacity: room }: KnownPolicy): readonly Finding[] =>
  tiers
    .filter((tier) => room?.tiers?.[tier] === 0)
    .map((tier) => flag(`capacity.tiers.${tier}`, 'capacityNone', { tier }, [put(`capacity.tiers.${tier}`, null)]))

const factors = ['amount', 'frequency', 'potential', 'stability', 'influence'] as const

/** The four tiers leave no gap, do not overlap, and stand in order [TIER-02 … TIER-05, I-04, I-14, I-15, I-23]. */
export const lintTiers: Lint = (policy) => {
  const { tier } = policy
  return [
    ...(tier === undefined
      ? []
      : [
          ...lookbacks(tier),
          ...amounts(tier),
          ...frequencies(tier),
          ...relationships(tier),
          ...disputes(tier),
          ...weightsSum('tier.weights', tier.weights, factors),
          ...letters('tier.cutoffs', tier.cutoffs),
          ...letters('tier.judged', tier.judged),
        ]),
    ...capacity(policy),
  ]
}
