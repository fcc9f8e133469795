import type { Policy } from '../policy/schema.ts'
import { exact } from '../scoring/tier/tier-rules.ts'
import type { Measured } from '../scoring/review-account.ts'
import { measureNames, placeOf, type MeasureName } from './account-vector.ts'
import { valueAt, withValue } from './change-policy.ts'
import { cyclesOf, judgeAccount, judgedUnder, measureAccount, prepareJudge, type Judge } from './judge.ts'
import { joinedOf, named } from './sensitivity.ts'
import { mainPathOf, thresholdAt } from './thresholds.ts'
import type { JsonPolicyChange, MoverReason, SimulatedAccount, TierOrExit } from './types.ts'

/** A changed parameter that a review can feel, with every place that belongs to it. */
interface Change {
  readonly path: string
  readonly places: readonly (readonly string[])[]
}

/** Finds out which changes of a draft made the difference for an account. */
export interface ReasonFinder {
  /** @param by which result moved, and what it was under the policy in force. */
  readonly of: (
    account: SimulatedAccount,
    by: 'recommended' | 'class',
    was: TierOrExit,
    row: Float64Array,
  ) => readonly MoverReason[]
}

/** Sets of changes that are put back at once, at most: all of that size are tried. */
const sizes = (changes: number): number => (changes <= 16 ? 3 : 2)
/** Prepared policies that are kept. */
const mostKept = 2_000

/** Prepares the search for two policies; `diff` are their differences. */
export function createReasonFinder(inForce: Judge, draft: Judge, diff: readonly JsonPolicyChange[], cycle: string): ReasonFinder {
  const changes = changesOf(diff)
  const judges = new Map<string, Judge | null>([['', draft]])

  /** The draft with some of its changes put back; null where that is no policy to judge by. */
  const without = (set: readonly number[]): Judge | null => {
    const key = set.join()
    const known = judges.get(key)
    if (known !== undefined) return known
    const policy = set.reduce((left, i) => restored(left, inForce.policy, changes[i]), draft.policy)
    const judge = attempt(() => prepareJudge(policy, cycleUnder(policy)))
    if (judges.size < mostKept) judges.set(key, judge)
    return judge
  }
  const cycleUnder = ({ cycle: { length, anchor } }: Policy) => {
    const both = cyclesOf(cycle, draft.policy, inForce.policy)
    return length === draft.policy.cycle.length && anchor === draft.policy.cycle.anchor ? both.draft : both.inForce
  }

  const of: ReasonFinder['of'] = (account, by, was, row) => {
    const measuredBy = new Map<string, { readonly judge: Judge; readonly measured: Measured } | null>()
    const undoes = (set: readonly number[]): boolean => {
      const judge = without(set)
      if (judge === null) return false
      const judged = judgedUnder(judge, account)
      let base = measuredBy.get(judge.measuring)
      if (base === undefined) {
        base = attempt(() => ({ judge, measured: measureAccount(judge, judged) }))
        measuredBy.set(judge.measuring, base)
      }
      return base !== null && judgeAccount(judge, judged, base.measured, base.judge)[by] === was
    }
    return smallest(changes.length, undoes).map((i) => reasonOf(changes[i], inForce, draft, row))
  }
  return { of }
}

function attempt<T>(make: () => T): T | null {
  try {
    return make()
  } catch {
    // A mixture of two policies may lack a rate; then it explains nothing.
    return null
  }
}

/** The first set of the smallest size; beyond the sizes that are searched whole, one of which nothing can be spared. */
function smallest(count: number, undoes: (set: readonly number[]) => boolean): readonly number[] {
  for (let size = 1; size <= Math.min(sizes(count), count); size++)
    for (const set of combinations(count, size)) if (undoes(set)) return set
  let set = Array.from({ length: count }, (_, i) => i)
  if (!undoes(set)) return []
  for (const one of [...set].reverse()) {
    const fewer = set.filter((i) => i !== one)
    if (undoes(fewer)) set = fewer
  }
  return set
}

/** Ascending sets of a size, in order. */
function* combinations(count: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) yield []
  else for (let i = from; i <= count - size; i++) for (const rest of combinations(count, size - 1, i + 1)) yield [i, ...rest]
}

/** What a review reads whole, or what has no meaning apart. */
const wholes = ['cycle', 'exchangeRates', 'calendars', 'calendar', 'currency', 'effectiveFrom']
const parts = ['tier', 'adjust', 'purchase', 'amount', 'growth', 'frequency', 'trend']
/** Parts of these that no review feels. */
const unfelt = ['adjust.aboveA', 'adjust.override']

function changesOf(diff: readonly JsonPolicyChange[]): readonly Change[] {
  const byPath = new Map<string, (readonly string[])[]>()
  const add = (path: string, place: readonly string[]): void => {
    byPath.set(path, [...(byPath.get(path) ?? []), place])
  }
  for (const { path } of diff) {
    const [top = '', second = ''] = path
    if (top === 'cycle' && second === 'steps') continue
    const text = path.join('.')
    if (parts.includes(top) && !unfelt.some((place) => text.startsWith(place))) add(mainPathOf(text), path)
    else if (wholes.includes(top) && !byPath.has(top)) add(top, [top])
  }
  const changes = [...byPath].map(([path, places]) => ({ path, places }))
  const isWhole = ({ path }: Change): boolean => wholes.includes(path)
  return [...changes.filter((change) => !isWhole(change)), ...changes.filter(isWhole)]
}

const restored = (policy: Policy, from: Policy, change: Change | undefined): Policy =>
  (change?.places ?? []).reduce((left, place) => withValue(left, place, valueAt(from, place)), policy)

function reasonOf(change: Change | undefined, inForce: Judge, draft: Judge, row: Float64Array): MoverReason {
  const path = change?.path ?? ''
  const spec = thresholdAt(path)
  return {
    ...named(path),
    before: valueAt(inForce.policy, path.split('.')) ?? null,
    after: valueAt(draft.policy, path.split('.')) ?? null,
    actual: actualOf(path, inForce, draft, row),
    joined: spec === undefined ? [] : joinedOf(spec),
  }
}

/** What settings that are no threshold act upon. */
const actsOn: readonly (readonly [path: string, measure: MeasureName])[] = [
  ['tier.A.amount.lookback', 'amountA'],
  ['tier.B.amount.lookback', 'amountB'],
  ['tier.C.amount.lookback', 'amountC'],
  ['tier.weights', 'points'],
  ['tier.gates.aboveAmount', 'amountA'],
  ['tier.gates.amountD', 'amountC'],
  ['tier.frequencyBasis', 'perYear'],
  ['purchase.unit', 'perYear'],
  ['frequency.window', 'perYear'],
]

function actualOf(path: string, inForce: Judge, draft: Judge, row: Float64Array): number | null {
  const spec = thresholdAt(path)
  const measured = (name: MeasureName): number => row[placeOf[name]] ?? NaN
  const told = (value: number): number | null => (Number.isNaN(value) ? null : exact(spec?.falls === true ? -value : value))
  if (spec === undefined) {
    const acted = actsOn.find(([place]) => path.startsWith(place))?.[1]
    return acted === undefined ? null : told(measured(acted))
  }
  const before = spec.comparisons(inForce)
  const compared = spec.comparisons(draft).map(([name, to], i) => ({ value: measured(name), from: before[i]?.[1] ?? to, to }))
  const between = compared.find(({ value, from, to }) => value >= Math.min(from, to) && value <= Math.max(from, to))
  return told((between ?? compared.find(({ value }) => !Number.isNaN(value)))?.value ?? NaN)
}

/** A row for one account. */
export const newRow = (): Float64Array => new Float64Array(measureNames.length)
