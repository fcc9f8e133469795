import type { Finding } from '../../errors/index.ts'
import type { Money } from '../parts.ts'
import { formatMoney } from '../parts.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'

type Tiers = NonNullable<KnownPolicy['tier']>
type Amount = { readonly [K in keyof Money]?: Money[K] | undefined } | undefined

const known = (money: Amount): Money | undefined =>
  money?.currency === undefined || money.minor === undefined ? undefined : { currency: money.currency, minor: money.minor }

/** Two limits that must be one: below lies the lower tier, above the upper one. */
const adjoin = (path: string, lower: Amount, other: string, upper: Amount): readonly Finding[] => {
  const [end, start] = [known(lower), known(upper)]
  if (end === undefined || start === undefined || end.currency !== start.currency || end.minor === start.minor) return []
  const gap = end.minor < start.minor
  const [from, to] = gap ? [end, start] : [start, end]
  return [
    problem(
      path,
      gap ? 'gap' : 'overlap',
      `amounts from ${formatMoney(from)} to ${formatMoney(to)} belong to ${gap ? 'no tier' : 'two tiers'}: ${other} is ${formatMoney(start)}`,
      `make both the same, e.g. ${formatMoney(start)}`,
    ),
  ]
}

const amounts = ({ A, B, C, D }: Tiers): readonly Finding[] => [
  ...adjoin('tier.B.amount.range.to', B?.amount?.range?.to, 'tier.A.amount.min (P-07)', A?.amount?.min),
  ...adjoin('tier.C.amount.range.to', C?.amount?.range?.to, 'tier.B.amount.range.from (P-11)', B?.amount?.range?.from),
  ...adjoin('tier.D.amount.below', D?.amount?.below, 'tier.C.amount.range.from (P-15)', C?.amount?.range?.from),
  ...ascending('tier.B.amount.range', B?.amount?.range?.from, B?.amount?.range?.to),
  ...ascending('tier.C.amount.range', C?.amount?.range?.from, C?.amount?.range?.to),
]

const ascending = (path: string, lower: Amount, upper: Amount): readonly Finding[] => {
  const [from, to] = [known(lower), known(upper)]
  if (from === undefined || to === undefined || from.currency !== to.currency || from.minor < to.minor) return []
  return [
    problem(path, 'order', `the range from ${formatMoney(from)} to ${formatMoney(to)} is empty`, 'give `to` the larger amount'),
  ]
}

interface Step {
  readonly path: string
  readonly value: number | undefined
  readonly words: string
}

/** Each step must be more than the next one that is known. */
const falling = (steps: readonly Step[]): readonly Finding[] => {
  const there = steps.filter((s): s is Step & { value: number } => s.value !== undefined)
  return there.slice(1).flatMap((lower, i) => {
    const upper = there[i]
    if (upper === undefined || upper.value > lower.value) return []
    return [
      problem(
        lower.path,
        'order',
        `${lower.words} (${round(lower.value)}) reaches ${upper.words} (${round(upper.value)})`,
        `lower it, or raise ${upper.path}`,
      ),
    ]
  })
}

const round = (value: number): string => String(Math.round(value * 1000) / 1000)
const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor

/** Where C begins, a year: "about" X less the tolerance. */
const leastOf = (about: number | undefined, tolerance: number | undefined): number | undefined =>
  about === undefined || tolerance === undefined ? undefined : (about * (100 - tolerance)) / 100

const frequencies = ({ A, B, C, D, tolerance }: Tiers): readonly Finding[] => {
  const steps = falling([
    { path: 'tier.A.frequency.minPerMonth', value: times(A?.frequency?.minPerMonth?.value, 12), words: "A's purchases a year" },
    {
      path: 'tier.B.frequency.minPerQuarter',
      value: times(B?.frequency?.minPerQuarter?.value, 4),
      words: "B's purchases a year",
    },
    { path: 'tier.C.frequency.aboutPerYear', value: C?.frequency?.aboutPerYear, words: "C's purchases a year" },
  ])
  const from = leastOf(C?.frequency?.aboutPerYear, tolerance)
  const below = D?.frequency?.belowPerYear
  if (from === undefined || below?.value === undefined) return steps
  const same = Math.abs(from - below.value) <= 1e-9 * Math.max(1, from)
  const path = 'tier.D.frequency.belowPerYear'
  if (!same) {
    const gap = below.value < from
    return [
      ...steps,
      problem(
        path,
        gap ? 'gap' : 'overlap',
        `C begins at ${round(from)} purchases a year (P-16 less I-14), D ends at ${round(below.value)}: what lies between belongs to ${gap ? 'neither' : 'both'}`,
        `write ${round(from)} here, or change tier.C.frequency.aboutPerYear or tier.tolerance`,
      ),
    ]
  }
  // C holds from its floor on, so D must leave it out.
  if (below.op === '<=')
    return [
      ...steps,
      problem(path, 'overlap', `${round(from)} purchases a year belong to C and to D`, "use op: '<' (fewer than)"),
    ]
  return steps
}

const relationships = ({ A, B, C, tolerance }: Tiers): readonly Finding[] =>
  falling([
    { path: 'tier.A.relationship.minYears', value: A?.relationship?.minYears?.value, words: "A's years of relationship" },
    { path: 'tier.B.relationship.minYears', value: B?.relationship?.minYears?.value, words: "B's years of relationship" },
    {
      path: 'tier.C.relationship.aboutYears',
      value: leastOf(C?.relationship?.aboutYears, tolerance) ?? C?.relationship?.aboutYears,
      words: "C's years of relationship",
    },
  ])

const lookbacks = ({ A, B, C, D }: Tiers): readonly Finding[] => {
  const years = { A: A?.amount?.lookback, B: B?.amount?.lookback, C: C?.amount?.lookback, D: D?.amount?.lookback }
  const there = Object.entries(years).filter((e): e is [string, number] => e[1] !== undefined)
  const first = there[0]
  return there
    .filter(([, value]) => first !== undefined && value !== first[1])
    .map(([tier, value]) =>
      doubt(
        `tier.${tier}.amount.lookback`,
        'differ',
        `the amount of ${round(value)} years is compared with one of ${round(first?.[1] ?? 0)} years in tier ${first?.[0] ?? ''}`,
        'give all four tiers the same lookback, else their ranges do not adjoin in time',
      ),
    )
}

const disputes = ({ A, B, C, D }: Tiers): readonly Finding[] => {
  const max = { A: A?.disputes?.max, B: B?.disputes?.max, C: C?.disputes?.max, D: D?.disputes?.max }
  const there = Object.entries(max).filter((e): e is [string, number | null] => e[1] !== undefined)
  const size = (value: number | null | undefined): number => value ?? Number.POSITIVE_INFINITY
  return there.slice(1).flatMap(([tier, value], i) => {
    const better = there[i]
    if (better === undefined || size(value) >= size(better[1])) return []
    return [
      problem(
        `tier.${tier}.disputes.max`,
        'order',
        `tier ${tier} allows fewer disputes than tier ${better[0]}`,
        `allow at least ${String(better[1] ?? 'no limit (null)')}`,
      ),
    ]
  })
}

const letters = (path: string, limits: { readonly [letter: string]: number | undefined } | undefined): readonly Finding[] =>
  falling(
    ['A', 'B', 'C'].map((letter) => ({ path: `${path}.${letter}`, value: limits?.[letter], words: `the limit of ${letter}` })),
  )

const weights = ({ weights: w }: Tiers): readonly Finding[] => {
  const values = [w?.amount, w?.frequency, w?.potential, w?.stability, w?.influence]
  const there = values.filter((value) => value !== undefined)
  const sum = there.reduce((a, b) => a + b, 0)
  if (there.length < values.length || Math.abs(sum - 100) < 1e-9) return []
  return [problem('tier.weights', 'sum', `the five weights add up to ${round(sum)}`, 'make them add up to 100')]
}

/** The four tiers leave no gap, do not overlap, and stand in order [TIER-02 … TIER-05, I-04, I-14, I-15]. */
export const lintTiers: Lint = ({ tier }) =>
  tier === undefined
    ? []
    : [
        ...lookbacks(tier),
        ...amounts(tier),
        ...frequencies(tier),
        ...relationships(tier),
        ...disputes(tier),
        ...weights(tier),
        ...letters('tier.cutoffs', tier.cutoffs),
        ...letters('tier.judged', tier.judged),
      ]
