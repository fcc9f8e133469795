import { doubt, problem, type Lint } from './lint.ts'

type Threshold = { readonly value?: number | undefined } | undefined

const oneCycle = (path: string, one: Threshold, other: string, two: Threshold) => {
  const [a, b] = [one?.value, two?.value]
  if (a === undefined || b === undefined || a > b) return []
  return [
    problem(
      path,
      'order',
      `${String(a)} % in one cycle is not more than ${String(b)} % in each of two cycles (${other})`,
      'a limit that one cycle can pass must be higher than one that needs two',
    ),
  ]
}

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
      ? [
          doubt(
            'adjust.B.up.frequencyIncrease',
            'order',
            `${String(rise)} more purchases a quarter is the whole step from B's to A's rhythm (${String(Math.round(step * 100) / 100)}) or more`,
            'lower it, else a customer is in A before the rule holds',
          ),
        ]
      : []),
    ...(drop !== undefined && perQuarter !== undefined && drop >= perQuarter * 4
      ? [
          doubt(
            'adjust.B.down.frequencyDrop',
            'order',
            `${String(drop)} purchases fewer a year is all that B asks for (${String(perQuarter * 4)}) or more`,
            'lower it, else the rule holds only for customers who stopped buying',
          ),
        ]
      : []),
    ...(leaving !== undefined && below !== undefined && leaving >= below
      ? [
          problem(
            'adjust.D.down.belowPerYear',
            'order',
            `fewer than ${String(leaving)} purchases a year is not less than what makes a customer D (fewer than ${String(below)})`,
            'lower it below tier.D.frequency.belowPerYear',
          ),
        ]
      : []),
  ]
}
