import { meets, type Tier } from '../../policy/parts.ts'
import { capOfDebt, capOfDispute } from './gates.ts'
import { gradeAmount, gradeFrequency, gradeScore, gradeStability } from './grade-factors.ts'
import type { TierMeasures } from './tier-measures.ts'
import { tierOf } from './tier-of.ts'
import { exact, rankOf, type Limit, type TierRules } from './tier-rules.ts'

/** What can change about an account. */
export type Lever = 'amount' | 'frequency' | 'potential' | 'influence' | 'stability' | 'debt' | 'dispute'

/** One change, from what is to what would do. */
export type LiftChange = {
  readonly lever: Lever
  /**
   * `minor`: net purchases within the lookback, in minor units. `purchasesPerMonth`, `purchasesPerQuarter`, `purchasesPerYear`: whole purchases more in each
   * month, quarter, year. `score`: points of 100. `years`: age of the relation. `disputes`: upheld ones fewer. `days`: the oldest debt. `settled`: the serious dispute is.
   */
  readonly unit:
    | 'minor'
    | 'purchasesPerMonth'
    | 'purchasesPerQuarter'
    | 'purchasesPerYear'
    | 'score'
    | 'years'
    | 'disputes'
    | 'days'
    | 'settled'
  /** By how much; always positive. */
  readonly by: number
  readonly parameter: string
  readonly clause: string
}

/** Changes that together lift the account, none of which could be smaller. */
export type Lift = { readonly to: Tier; readonly changes: readonly LiftChange[] }

interface Option {
  readonly changes: readonly LiftChange[]
  readonly apply: (m: TierMeasures) => TierMeasures
}

/**
 * The smallest changes that would lift an account from the tier its measures give: every way with the fewest levers, and in each the least of every lever
 * ("12,400 more net purchases, or 2 more purchases a quarter, lifts to B"). Empty for A, and while the account is provisional or its amount is not known: no
 * change of a measure helps there.
 *
 * @example
 * ```ts
 * const rules = compileTierRules(policy)
 * smallestLifts(measureTier(facts, policy, cycle), rules)[0]
 * // => { to: 'A', changes: [{ lever: 'amount', unit: 'minor', by: 400000000, parameter: 'tier.A.amount.min', clause: 'P-07' }] }
 * ```
 */
export function smallestLifts(m: TierMeasures, r: TierRules): readonly Lift[] {
  if (m.provisional || gradeAmount(m, r) === 0) return []
  const present = rankOf(tierOf(m, r))
  if (present === 4) return []
  const levers = [
    amount(m, r),
    frequency(m, r),
    score('potential', m, r),
    score('influence', m, r),
    stability(m, r),
    debt(m, r),
    dispute(m, r),
  ]
  const rises = (options: readonly Option[]): boolean => rankOf(tierOf(applied(m, options), r)) > present
  for (let size = 1; size <= levers.length; size += 1) {
    const found = combinations(levers, size).filter(rises)
    const least = found.filter((ways) => !found.some((other) => other !== ways && isBelow(other, ways, levers)))
    if (least.length > 0)
      return least.map((ways) => ({ to: tierOf(applied(m, ways), r), changes: ways.flatMap((o) => o.changes) }))
  }
  return []
}

const applied = (m: TierMeasures, options: readonly Option[]): TierMeasures => options.reduce((now, o) => o.apply(now), m)

/** Every choice of one option from each of `size` levers. */
function combinations(levers: readonly (readonly Option[])[], size: number, from = 0): readonly (readonly Option[])[] {
  if (size === 0) return [[]]
  return levers
    .slice(from)
    .flatMap((options, i) =>
      options.flatMap((option) => combinations(levers, size - 1, from + i + 1).map((rest) => [option, ...rest])),
    )
}

/** The same levers, none higher. Options of a lever stand from the least to the most. */
function isBelow(a: readonly Option[], b: readonly Option[], levers: readonly (readonly Option[])[]): boolean {
  return a.every((option, i) => {
    const other = b[i]
    const lever = levers.find((options) => options.includes(option))
    return other !== undefined && lever !== undefined && lever.includes(other) && lever.indexOf(option) <= lever.indexOf(other)
  })
}

const change = (
  lever: Lever,
  unit: LiftChange['unit'],
  by: number,
  { parameter, clause }: Omit<Limit, 'op' | 'value'>,
): LiftChange => ({
  lever,
  unit,
  by,
  parameter,
  clause,
})

/** The least whole number that, added, meets a floor. */
function wholeLack(actual: number, limit: Limit): number {
  if (meets(actual, limit)) return 0
  const lack = Math.ceil(exact(limit.value - actual))
  return meets(exact(actual + lack), limit) ? lack : lack + 1
}

const ladder = (r: TierRules, above: number) => [r.C, r.B, r.A].slice(above - 1)

function amount(m: TierMeasures, r: TierRules): readonly Option[] {
  const of = { [r.A.amount.parameter]: m.amountA, [r.B.amount.parameter]: m.amountB, [r.C.amount.parameter]: m.amountC }
  return ladder(r, gradeAmount(m, r)).map(({ amount: limit }) => {
    const by = wholeLack(of[limit.parameter] ?? 0, limit)
    return {
      changes: [change('amount', 'minor', by, limit)],
      apply: (n) => ({
        ...n,
        amountA: (n.amountA ?? 0) + by,
        amountB: (n.amountB ?? 0) + by,
        amountC: (n.amountC ?? 0) + by,
      }),
    }
  })
}

function frequency(m: TierMeasures, r: TierRules): readonly Option[] {
  const { perMonth, perQuarter, perYear } = m
  if (perMonth === null || perQuarter === null || perYear === null) return []
  const more = (unit: LiftChange['unit'], by: number, limit: Limit, months: number): Option => ({
    changes: [change('frequency', unit, by, limit)],
    // So many more in each of its own periods is at least as many more in each longer one.
    apply: (n) => ({
      ...n,
      perMonth: exact(perMonth + (months <= 1 ? by : 0)),
      perQuarter: exact(perQuarter + (months <= 3 ? (by * 3) / months : 0)),
      perYear: exact(perYear + (by * 12) / months),
    }),
  })
  return [
    more('purchasesPerYear', wholeLack(perYear, r.C.frequency), r.C.frequency, 12),
    more('purchasesPerQuarter', wholeLack(perQuarter, r.B.frequency), r.B.frequency, 3),
    more('purchasesPerMonth', wholeLack(perMonth, r.A.frequency), r.A.frequency, 1),
  ].slice(gradeFrequency(m, r) - 1)
}

/** A judged factor; one that is not known is a task for the judge, not a lever. */
function score(lever: 'potential' | 'influence', m: TierMeasures, r: TierRules): readonly Option[] {
  const actual = m[lever]
  if (actual === null) return []
  return ladder(r, gradeScore(actual, r)).map(({ score: limit }) => {
    const by = exact(limit.value - actual)
    return { changes: [change(lever, 'score', by, limit)], apply: (n) => ({ ...n, [lever]: limit.value }) }
  })
}

/** Time passes and old disputes fall out of the lookback; both may be needed. */
function stability(m: TierMeasures, r: TierRules): readonly Option[] {
  const { years } = m
  if (years === null) return []
  const disputes = [m.disputesC, m.disputesB, m.disputesA].slice(gradeStability(m, r) - 1)
  return ladder(r, gradeStability(m, r)).map((limits, i) => {
    const older = wholeLack(years, limits.years)
    const fewer = Math.max(0, (disputes[i] ?? 0) - limits.disputes.value)
    return {
      changes: [
        ...(older > 0 ? [change('stability', 'years', older, limits.years)] : []),
        ...(fewer > 0 ? [change('stability', 'disputes', fewer, limits.disputes)] : []),
      ],
      apply: (n) => ({
        ...n,
        years: years + older,
        disputesA: n.disputesA - fewer,
        disputesB: n.disputesB - fewer,
        disputesC: n.disputesC - fewer,
      }),
    }
  })
}

function debt(m: TierMeasures, r: TierRules): readonly Option[] {
  const limit = r.gates.overdueDays
  if (limit === null || m.overdueDays === null || capOfDebt(m, r) === 4) return []
  const by = m.overdueDays - limit
  return [
    {
      changes: [change('debt', 'days', by, { parameter: 'tier.gates.overdueDays', clause: 'I-15' })],
      apply: (n) => ({ ...n, overdueDays: limit }),
    },
  ]
}

function dispute(m: TierMeasures, r: TierRules): readonly Option[] {
  if (capOfDispute(m, r) === 4) return []
  return [
    {
      changes: [change('dispute', 'settled', 1, { parameter: 'tier.gates.seriousDispute', clause: 'I-15' })],
      apply: (n) => ({ ...n, seriousDispute: false }),
    },
  ]
}
