import { createHash } from 'node:crypto'

/** Draws that depend on nothing but a seed and a key: the same complaint always gets the same numbers, whatever runs before it. */
export interface Draw {
  /** 0 ≤ n < 1. */
  next(): number
  /** True with that probability. */
  chance(p: number): boolean
  /** from ≤ n < to. */
  between(from: number, to: number): number
  int(from: number, to: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** About normal, mean 0, deviation 1. */
  normal(): number
}

/**
 * @example
 * ```ts
 * draw('demo', 'complaint-7').next() === draw('demo', 'complaint-7').next() // => true
 * ```
 */
export function draw(seed: string, key: string): Draw {
  const bytes = createHash('sha256')
    .update(JSON.stringify([seed, key]))
    .digest()
  // mulberry32
  let a = bytes.readUInt32BE(0)
  const next = (): number => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from))
  return {
    next,
    chance: (p) => next() < p,
    between: (from, to) => from + next() * (to - from),
    int,
    pick: (items) => items[int(0, items.length)] ?? items[0],
    normal: () => next() + next() + next() + next() + next() + next() + next() + next() + next() + next() + next() + next() - 6,
  }
}
