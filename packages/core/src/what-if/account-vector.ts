import type { AccountFacts } from '../scoring/facts.ts'
import type { Measured } from '../scoring/review-account.ts'
import type { Change } from '../scoring/types.ts'
import type { Judge } from './judge.ts'

/** Every measure that a threshold is compared with, in one flat row of numbers; `NaN`: not known, or nothing to compare. */
export const measureNames = [
  'amountA',
  'amountB',
  'amountC',
  'perMonth',
  'perQuarter',
  'perYear',
  'potential',
  'influence',
  'loyalty',
  'years',
  'disputesA',
  'disputesB',
  'disputesC',
  'overdueDays',
  'points',
  'amountGrowth',
  'amountGrowthBefore',
  'amountGrowthTogether',
  'ordersGrowth',
  'ordersGrowthBefore',
  'ordersGrowthTogether',
  'moreAQuarter',
  'fewerAYear',
  'ordersAYear',
  'latePayments',
  'contactAttempts',
  'amountChange',
  'amountChangeBefore',
  'amountChangeTogether',
  'amountChangeRecovery',
] as const
export type MeasureName = (typeof measureNames)[number]

/** Place of a measure in the row. */
export const placeOf = Object.fromEntries(measureNames.map((name, place) => [name, place])) as Readonly<
  Record<MeasureName, number>
>

const known = (value: number | null | undefined): number => value ?? NaN
/** Growth whatever its size: a policy that ignores small changes sees 0 in its place. */
const grown = ({ previous, current }: Change): number => {
  if (previous === null || current === null) return NaN
  const [before, now] = [Math.max(0, previous), Math.max(0, current)]
  return before === 0 ? (now === 0 ? 0 : NaN) : Math.max(-100, ((now - before) * 100) / before)
}
const moved = ({ previous, current }: Change): number =>
  previous === null || current === null ? NaN : Math.abs(Math.max(0, current) - Math.max(0, previous))

/** Fills the row of an account: the same row serves a whole portfolio. */
export function fillVector(
  row: Float64Array,
  facts: AccountFacts,
  measured: Measured,
  points: number | null,
  judge: Judge,
): void {
  const { measures: m, trend } = measured
  const { policy, cycle } = judge
  const { months } = policy.frequency.window
  const { current: orders } = trend.orders
  const { rolling } = trend
  let at = 0
  row[at++] = known(m.amountA)
  row[at++] = known(m.amountB)
  row[at++] = known(m.amountC)
  row[at++] = known(m.perMonth)
  row[at++] = known(m.perQuarter)
  row[at++] = known(m.perYear)
  row[at++] = known(m.potential)
  row[at++] = known(m.influence)
  row[at++] = known(facts.judgements.loyalty?.score)
  row[at++] = known(m.years)
  row[at++] = m.disputesA
  row[at++] = m.disputesB
  row[at++] = m.disputesC
  row[at++] = known(m.overdueDays)
  row[at++] = known(points)
  row[at++] = grown(trend.amount.current)
  row[at++] = grown(trend.amount.previous)
  row[at++] = grown(trend.amount.together)
  row[at++] = grown(trend.orders.current)
  row[at++] = grown(trend.orders.previous)
  row[at++] = grown(trend.orders.together)
  row[at++] =
    orders.previous === null || orders.current === null ? NaN : (orders.current - orders.previous) / (policy.cycle.length / 3)
  row[at++] = rolling.previous === null || rolling.current === null ? NaN : ((rolling.previous - rolling.current) * 12) / months
  row[at++] = trend.rollingOrders === null ? NaN : (trend.rollingOrders * 12) / months
  row[at++] = countIn(facts.latePayments, 'dueOn', cycle.from, cycle.to)
  row[at++] = facts.contacts === undefined ? NaN : countIn(facts.contacts, 'on', cycle.from, cycle.to)
  row[at++] = moved(trend.amount.current)
  row[at++] = moved(trend.amount.previous)
  row[at++] = moved(trend.amount.together)
  row[at] = moved(trend.recovery)
}

function countIn<K extends string>(items: readonly { readonly [P in K]: string }[], key: K, from: string, to: string): number {
  let n = 0
  for (const item of items) if (item[key] >= from && item[key] < to) n++
  return n
}
