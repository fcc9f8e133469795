import { tiers } from '../../policy/parts.ts'
import type { Simulation, TierBefore, TierMatrix, TierOrExit } from '../types.ts'

/** A place of a simulation, and what its figures there must be by the other ones. */
export type Law = readonly [at: string, holds: (simulation: Simulation) => boolean]

export const befores: readonly TierBefore[] = [...tiers, 'exit', 'none']
export const afters: readonly TierOrExit[] = [...tiers, 'exit']
export const directions = ['up', 'down', 'assigned'] as const

export const sumOf = <T>(items: Iterable<T>, of: (item: T) => number): number =>
  [...items].reduce((sum, item) => sum + of(item), 0)
export const numbersOf = (value: { readonly [key: string]: number }): number => sumOf(Object.values(value), (n) => n)
export const fromOf = (of: TierMatrix, from: TierBefore): number => numbersOf(of[from])
export const toOf = (of: TierMatrix, to: TierOrExit): number => sumOf(befores, (from) => of[from][to])
/** Accounts with a result. */
export const judged = ({ accounts: { assessed, provisional, notAssessed } }: Simulation): number =>
  assessed + provisional + notAssessed

/** Of so many that are counted, those that are listed, and at most as many again as are not listed. */
export const covers = <T>(count: number, total: number, listed: readonly T[], is: (item: T) => boolean): boolean => {
  const shown = listed.filter(is).length
  return shown <= count && count - shown <= total - listed.length
}
