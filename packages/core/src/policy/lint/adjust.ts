import { flag, type Lint } from './lint.ts'

type Threshold = { readonly value?: number | undefined } | undefined

const oneCycle = (path: string, one: Threshold, other: string, two: Threshold) => {
  const [value, limit] = [one?.value, two?.value]
  return value === undefined || limit === undefined || value > limit ? [] : [flag(path, 'oneCycleLimit', { value, limit, other })]
}

const round = (value: number): number => Math.round(value * 100) / 100

/** Rules for rising and falling fit each other and the tiers [ADJ-02 … ADJ-08, P-25 … P-33]. */
export const lintAdjust: Lint = ({ adjust, tier }) => {
  const { A, B, D } = adjust ?? {}
  const perQuarter = tier?.B?.frequency?.minPerQuarter?.value
  const perMonth = tier?.A?.frequency?.minPerMonth?.value
  const below = tier?.D?.frequency?.belowPerYear?.value
  const step = perMonth === undefined || perQuarter === undefined ? undefined : perMonth * 3 - perQuarter
  const rise = B?.up?.frequencyIncrease?.value
  const drop = B?.down?.frequencyDrop?.value
  const leaving = D?.down?.belowPerYear?.value
  return [
    ...oneCycle('adjust.B.up.amountGrowth', B?.up?.amountGrowth, 'adjust.A.up.growth', A?.up?.growth),
    ...oneCycle('adjust.B.down.amountDrop', B?.down?.amountDrop, 'adjust.A.down.amountDrop', A?.down?.amountDrop),
    ...(rise !== undefined && step !== undefined && rise >= step
      ? [flag('adjust.B.up.frequencyIncrease', 'wholeStep', { value: rise, limit: round(step) })]
      : []),
    ...(drop !== undefined && perQuarter !== undefined && drop >= perQuarter * 4
      ? [flag('adjust.B.down.frequencyDrop', 'wholeFloor', { value: drop, limit: round(perQuarter * 4) })]
      : []),
    ...(leaving !== undefined && below !== undefined && leaving >= below
      ? [flag('adjust.D.down.belowPerYear', 'leavesTooLate', { value: leaving, limit: below })]
      : []),
  ]
}
