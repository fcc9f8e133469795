import type { MoveCounts, TierBefore, TierOrExit } from './types.ts'

const ranks: { readonly [T in TierOrExit]: number } = { A: 4, B: 3, C: 2, D: 1, exit: 0 }

/** Positive: up; negative: down (an exit is down from everywhere); 0: the same. */
export const compareTiers = (from: TierOrExit, to: TierOrExit): number => ranks[to] - ranks[from]

/** Which way a result went; null where it did not move. */
export function directionOf(from: TierBefore, to: TierOrExit): 'up' | 'down' | 'assigned' | null {
  if (from === 'none') return 'assigned'
  const by = compareTiers(from, to)
  return by > 0 ? 'up' : by < 0 ? 'down' : null
}

/** Counts of moves that grow. */
export type MoveTally = { -readonly [K in keyof MoveCounts]: MoveCounts[K] }
export const newMoveTally = (): MoveTally => ({ total: 0, up: 0, down: 0, assigned: 0 })

export function countMove(tally: MoveTally, direction: 'up' | 'down' | 'assigned'): void {
  tally.total++
  tally[direction]++
}
