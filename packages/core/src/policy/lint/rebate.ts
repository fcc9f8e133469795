import type { Finding } from '../../errors/index.ts'
import { formatMoney, type Money } from '../parts.ts'
import { knownMoney, type MoneyPart } from './known-budget.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'

interface Bracket {
  readonly path: string
  readonly from: number | Money
  readonly percent: number
}

const startOf = (from: number | MoneyPart): number | Money | undefined => (typeof from === 'number' ? from : knownMoney(from))
const sizeOf = (from: number | Money): number => (typeof from === 'number' ? from : from.minor)

const bracketsOf = ({ rebate }: KnownPolicy): readonly Bracket[] =>
  (rebate?.brackets ?? []).flatMap((bracket, i) => {
    const from = startOf(bracket?.from)
    return from === undefined || bracket?.percent === undefined
      ? []
      : [{ path: `rebate.brackets[${String(i)}]`, from, percent: bracket.percent }]
  })

const rising = (brackets: readonly Bracket[]): readonly Finding[] =>
  brackets.slice(1).flatMap(({ path, from, percent }, i) => {
    const before = brackets[i]
    if (before === undefined) return []
    const comparable = typeof from === typeof before.from
    return [
      ...(comparable && sizeOf(from) <= sizeOf(before.from)
        ? [flag(`${path}.from`, 'bracketsOrder', { from, before: before.from })]
        : []),
      ...(percent <= before.percent ? [flag(`${path}.percent`, 'ratesOrder', { percent, before: before.percent })] : []),
    ]
  })

/** I-12 is the first bracket of I-13: one rule, not two. */
const first = ({ rebate }: KnownPolicy, [bracket]: readonly Bracket[]): readonly Finding[] => {
  const [threshold, rate] = [knownMoney(rebate?.amountThreshold), rebate?.rate]
  if (bracket === undefined || bracket.path !== 'rebate.brackets[0]' || typeof bracket.from === 'number') return []
  if (threshold === undefined || rate === undefined || threshold.currency !== bracket.from.currency) return []
  if (bracket.from.minor === threshold.minor && bracket.percent === rate) return []
  const data = { from: bracket.from, percent: bracket.percent, threshold, rate }
  const fix = [put(`${bracket.path}.from`, formatMoney(threshold)), put(`${bracket.path}.percent`, rate)]
  return [flag(bracket.path, 'firstBracketDiffers', data, fix)]
}

/** A's floor covers its lookback; a rebate's period is a year. */
const atFloor = ({ tier }: KnownPolicy, brackets: readonly Bracket[]): readonly Finding[] => {
  const { lookback, min } = tier?.A?.amount ?? {}
  const least = knownMoney(min)
  if (least === undefined || lookback === undefined || lookback <= 0 || brackets.length === 0) return []
  const floor: Money = { currency: least.currency, minor: Math.round(least.minor / lookback) }
  const steps = brackets.map(({ from }) => from)
  if (steps.some((from) => typeof from === 'number' || from.currency !== floor.currency)) return []
  return steps.some((from) => sizeOf(from) === floor.minor) ? [] : [flag('rebate.brackets', 'noStepAtFloor', { floor })]
}

/** Rebates rise with what is bought, begin where the policy says, and take the step into A [REB-01, INC-02, I-12, I-13]. */
export const lintRebate: Lint = (policy) => {
  const { basis, quantityUnit, brackets: all } = policy.rebate ?? {}
  const brackets = bracketsOf(policy)
  const wrongUnit = brackets.filter(({ from }) => basis !== undefined && (typeof from === 'number') !== (basis === 'quantity'))
  const byAmount = basis === 'amount' && wrongUnit.length === 0 && brackets.length === all?.length
  return [
    ...rising(brackets),
    ...wrongUnit.map(({ path }) => flag(`${path}.from`, 'bracketUnit', { basis: basis ?? 'amount' })),
    ...(basis === 'quantity' && quantityUnit === null ? [flag('rebate.quantityUnit', 'quantityUnitMissing', {})] : []),
    ...(byAmount ? [...first(policy, brackets), ...atFloor(policy, brackets)] : []),
  ]
}
