import { meets, type Threshold } from '../parts.ts'
import type { KnownPolicy } from './lint.ts'

/** 4 = A … 1 = D; 0 = not known. */
export type Rank = 0 | 1 | 2 | 3 | 4
export const ranks = [4, 3, 2, 1] as const

/** What each factor can come to. */
export interface PossibleLetters {
  readonly amount: readonly Rank[]
  readonly frequency: readonly Rank[]
  readonly potential: readonly Rank[]
  readonly stability: readonly Rank[]
  readonly influence: readonly Rank[]
}

type Limits = readonly [A: Threshold, B: Threshold, C: Threshold]
const epsilon = 1e-6

/** A measure at and on both sides of each limit: between two limits nothing changes. */
const around = (limits: readonly number[], least: number, most: number): readonly number[] =>
  [least, most, ...limits.flatMap((limit) => [limit - epsilon, limit, limit + epsilon])].filter((x) => x >= least && x <= most)

const gradeOf = (value: number, [A, B, C]: Limits): Rank => (meets(value, A) ? 4 : meets(value, B) ? 3 : meets(value, C) ? 2 : 1)

const distinct = (found: Iterable<Rank>): readonly Rank[] => [...new Set(found)]

const lettersOf = (limits: Limits, most: number): readonly Rank[] =>
  distinct(
    around(
      limits.map((limit) => limit.value),
      0,
      most,
    ).map((value) => gradeOf(value, limits)),
  )

type Tiers = NonNullable<KnownPolicy['tier']>

const about = (value: number, tolerance: number): Threshold => ({
  op: '>=',
  value: Math.round(value * (1 - tolerance / 100) * 1e9) / 1e9,
})

const known = (limit: { readonly [K in keyof Threshold]?: Threshold[K] | undefined } | undefined): Threshold | undefined =>
  limit?.op === undefined || limit.value === undefined ? undefined : { op: limit.op, value: limit.value }

/** A month's, a quarter's and a year's limit, each times its number in a year: an average meets all of them or none by its yearly value. */
const frequency = ({ A, B, C, tolerance, frequencyBasis }: Tiers): readonly Rank[] | undefined => {
  const [month, quarter] = [known(A?.frequency?.minPerMonth), known(B?.frequency?.minPerQuarter)]
  const year = C?.frequency?.aboutPerYear
  if (month === undefined || quarter === undefined || year === undefined || tolerance === undefined) return undefined
  const limits: Limits = [
    { op: month.op, value: month.value * 12 },
    { op: quarter.op, value: quarter.value * 4 },
    about(year, tolerance),
  ]
  if (frequencyBasis === 'average') return lettersOf(limits, Number.POSITIVE_INFINITY)
  // Of a limit for each month nothing follows from the sum of a year, except for one that even nothing meets.
  return ranks.filter((rank) => rank >= gradeOf(0, limits))
}

const stability = ({ A, B, C, tolerance }: Tiers): readonly Rank[] | undefined => {
  const [a, b] = [known(A?.relationship?.minYears), known(B?.relationship?.minYears)]
  const c = C?.relationship?.aboutYears
  const max = [A?.disputes?.max, B?.disputes?.max, C?.disputes?.max]
  if (a === undefined || b === undefined || c === undefined || tolerance === undefined) return undefined
  if (max.some((most) => most === undefined)) return undefined
  const years: Limits = [a, b, about(c, tolerance)]
  // However the lookbacks differ: each tier's count can be within its limit or, where it has one, above.
  const counts = max.map((most) => (most === null ? [true] : [true, false]))
  const found: Rank[] = []
  for (const value of around(
    years.map((limit) => limit.value),
    0,
    Number.POSITIVE_INFINITY,
  ))
    for (const fewA of counts[0] ?? [])
      for (const fewB of counts[1] ?? [])
        for (const fewC of counts[2] ?? [])
          found.push(
            fewA && meets(value, years[0]) ? 4 : fewB && meets(value, years[1]) ? 3 : fewC && meets(value, years[2]) ? 2 : 1,
          )
  return distinct(found)
}

const judged = ({ judged: limits }: Tiers): readonly Rank[] | undefined => {
  const { A, B, C } = limits ?? {}
  if (A === undefined || B === undefined || C === undefined) return undefined
  const from = (value: number): Threshold => ({ op: '>=', value })
  return lettersOf([from(A), from(B), from(C)], 100)
}

/** The letters that the limits of each factor leave possible; `undefined` while a limit is not known. Amounts can be below zero: they have every letter. */
export function possibleLetters(tier: Tiers): PossibleLetters | undefined {
  const [often, score, stable] = [frequency(tier), judged(tier), stability(tier)]
  if (often === undefined || score === undefined || stable === undefined) return undefined
  return { amount: ranks, frequency: often, potential: score, stability: stable, influence: score }
}
