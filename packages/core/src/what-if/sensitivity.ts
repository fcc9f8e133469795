import { InvalidInputError, type JsonValue } from '../errors/index.ts'
import { parameterAt } from '../policy/clauses.ts'
import type { Policy } from '../policy/schema.ts'
import type { Measured } from '../scoring/review-account.ts'
import { capOfAmount } from '../scoring/tier/gates.ts'
import { gradeAmount } from '../scoring/tier/grade-factors.ts'
import { tierOf } from '../scoring/tier/tier-of.ts'
import { placeOf } from './account-vector.ts'
import { numberIn, valueAt, withNumber, withValue } from './change-policy.ts'
import { judgeAccount, prepareJudge, type Judge, type Judged, type Verdict } from './judge.ts'
import { compareTiers } from './moves.ts'
import { thresholds, type ThresholdSpec } from './thresholds.ts'
import type { SensitivityOptions, SensitivityRow } from './types.ts'

/** The draft with one threshold moved. */
export interface Variant {
  readonly spec: ThresholdSpec
  readonly percent: number
  readonly before: number
  readonly after: number
  readonly judge: Judge
}

/** Counts, account by account, what each threshold alone would change. */
export interface SensitivityCounter {
  /** `row` holds the account's measures, `now` what the draft makes of it. */
  readonly add: (row: Float64Array, judged: Judged, measured: Measured, now: Verdict) => void
  readonly rows: () => readonly SensitivityRow[]
}

/**
 * The draft with each of its thresholds moved down and up. Adjoining limits move along, and no limit passes the next one: where the step would, it ends there.
 * A threshold that cannot move (0 down, a share of 100 % up, a limit that is switched off) has no variant in that direction.
 *
 * @throws InvalidInputError when the percentage is none, or a parameter is no threshold.
 */
export function variantsOf(draft: Judge, { percent = 10, parameters }: SensitivityOptions): readonly Variant[] {
  if (!(percent > 0 && percent < 100))
    throw wrong('sensitivity.percent', `${String(percent)} is no percentage between 0 and 100`, 'write e.g. 10')
  const unknown = parameters?.find((name) => !thresholds.some((spec) => isNamed(spec, name)))
  if (unknown !== undefined)
    throw wrong(
      'sensitivity.parameters',
      `${JSON.stringify(unknown.slice(0, 80))} is no threshold`,
      'write a path such as tier.A.amount.min, or a number such as P-07',
    )
  return thresholds
    .filter((spec) => parameters === undefined || parameters.some((name) => isNamed(spec, name)))
    .flatMap((spec) => [-percent, percent].flatMap((by) => variantOf(draft, spec, by) ?? []))
}

const wrong = (path: string, message: string, remedy: string): InvalidInputError =>
  new InvalidInputError('Simulation', [{ path, code: 'value', message, remedy, clause: 'GOV-05' }])

const isNamed = ({ path }: ThresholdSpec, name: string): boolean => {
  const parameter = parameterAt(path.split('.'))
  return name === path || name === parameter?.path || name === parameter?.id
}

function variantOf({ policy, cycle }: Judge, spec: ThresholdSpec, percent: number): Variant | null {
  const path = spec.path.split('.')
  const value = valueAt(policy, path)
  const before = numberIn(value)
  if (before === null) return null
  const [least, most] = spec.between(policy)
  const after = Math.min(Math.max(stepped(before, percent, spec.whole === true || isMoney(value)), least), most)
  // Already beyond its neighbour, it stays where it is.
  if (after === before || after < before !== percent < 0) return null
  const moved = withJoined(withValue(policy, path, withNumber(value, after)), spec)
  return { spec, percent, before, after, judge: prepareJudge(moved, cycle) }
}

const isMoney = (value: unknown): boolean => typeof value === 'object' && value !== null && 'minor' in value

/** Whole numbers move by one at least; others lose the noise of decimal arithmetic. */
function stepped(before: number, percent: number, whole: boolean): number {
  const after = before * (1 + percent / 100)
  if (!whole) return Math.round(after * 1e6) / 1e6
  const rounded = Math.round(after)
  return Math.max(0, rounded === before ? before + Math.sign(percent) : rounded)
}

/** The policy with every other name of the limit brought in line. */
export function withJoined(policy: Policy, { joined = [] }: ThresholdSpec): Policy {
  return joined.reduce((changed, { path, value }) => withValue(changed, path.split('.'), value(changed)), policy)
}

/**
 * Counts without measuring again. A result can only differ where a measure lies between the two places of a threshold, for an account that the threshold concerns; only
 * there it is judged anew, by the same rules. For all others a few comparisons of numbers say that nothing differs.
 */
export function createSensitivityCounter(draft: Judge, variants: readonly Variant[]): SensitivityCounter {
  const probes = variants.flatMap(({ spec, judge }, variant) => {
    const after = spec.comparisons(judge)
    return spec.comparisons(draft).flatMap(([measure, from], i) => {
      const to = after[i]?.[1] ?? from
      return from === to ? [] : [{ variant, place: placeOf[measure], low: Math.min(from, to), high: Math.max(from, to) }]
    })
  })
  const places = Int32Array.from(probes, ({ place }) => place)
  const lows = Float64Array.from(probes, ({ low }) => low)
  const highs = Float64Array.from(probes, ({ high }) => high)
  const owners = Int32Array.from(probes, ({ variant }) => variant)
  const counts = variants.map(() => ({ moved: 0, up: 0, down: 0, reclassified: 0, classUp: 0, classDown: 0 }))

  const add: SensitivityCounter['add'] = (row, judged, measured, now) => {
    let last = -1
    for (let i = 0; i < places.length; i++) {
      const value = row[places[i] ?? 0] ?? NaN
      if (!(value >= (lows[i] ?? 0) && value <= (highs[i] ?? 0))) continue
      const owner = owners[i] ?? 0
      // Probes of one variant stand together.
      if (owner === last) continue
      last = owner
      const variant = variants[owner]
      const count = counts[owner]
      if (variant === undefined || count === undefined || !canFeel(variant, judged, measured, now, draft)) continue
      const then = judgeAccount(variant.judge, judged, measured, draft)
      const move = compareTiers(now.recommended, then.recommended)
      if (move !== 0) count.moved++
      if (move > 0) count.up++
      if (move < 0) count.down++
      const change = compareTiers(now.class, then.class)
      if (change !== 0) count.reclassified++
      if (change > 0) count.classUp++
      if (change < 0) count.classDown++
    }
  }

  const rows = (): readonly SensitivityRow[] =>
    variants.map(({ spec, percent, before, after, judge }, i) => {
      const { moved = 0, up = 0, down = 0, reclassified = 0, classUp = 0, classDown = 0 } = counts[i] ?? {}
      return {
        ...named(spec.path),
        joined: joinedOf(spec),
        currency: currencyOf(valueAt(judge.policy, spec.path.split('.'))),
        percent,
        before,
        after,
        moved,
        up,
        down,
        reclassified: { total: reclassified, up: classUp, down: classDown },
      }
    })
  return { add, rows }
}

const currencyOf = (value: JsonValue | undefined): string | null => {
  const currency = typeof value === 'object' && value !== null && 'currency' in value ? value.currency : null
  return typeof currency === 'string' ? currency : null
}

/** False where no rule of the account's tier looks at the threshold, or where class and gate are what they were: then nothing can differ. */
function canFeel({ spec, judge }: Variant, { standing }: Judged, { measures }: Measured, now: Verdict, draft: Judge): boolean {
  if (spec.tiers !== undefined) return standing.tier !== null && spec.tiers.includes(standing.tier)
  if (spec.byClass === undefined) return true
  const cap = ({ rules }: Judge): number => capOfAmount(gradeAmount(measures, rules), rules)
  return tierOf(measures, judge.rules) !== now.class || cap(judge) !== cap(draft)
}

/** A parameter by its place: number, requirement and unit of the parameter table. */
export function named(path: string): Pick<SensitivityRow, 'parameter' | 'number' | 'clause' | 'unit'> {
  const parameter = parameterAt(path.split('.'))
  return { parameter: path, number: parameter?.id ?? '', clause: parameter?.requirement ?? '', unit: parameter?.unit ?? null }
}

/** The other names of a limit. */
export const joinedOf = ({ joined = [] }: ThresholdSpec): SensitivityRow['joined'] =>
  joined.map(({ path }) => ({ parameter: path, number: parameterAt(path.split('.'))?.id ?? '' }))
