interface Run {
  /** Position after of the last key. */
  readonly last: number
  readonly keys: readonly string[]
  /** Keys whose position is the same before and after. */
  readonly fixed: number
}

const none: Run = { last: -1, keys: [], fixed: 0 }

const longer = (a: Run, b: Run): Run =>
  b.keys.length > a.keys.length || (b.keys.length === a.keys.length && b.fixed > a.fixed) ? b : a

/**
 * The keys that need not move to come from one order to another: a longest run of common keys that follow each other in both; of several the one with
 * the most keys at the same position, else the first.
 *
 * @example
 * ```ts
 * [...inPlace(['a', 'b', 'c'], ['c', 'a', 'b'])] // => ['a', 'b']
 * ```
 */
export function inPlace(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const positions = new Map(after.map((key, position) => [key, position]))
  const runs: Run[] = []
  before.forEach((key, position) => {
    const last = positions.get(key)
    if (last === undefined) return
    const best = runs.filter((run) => run.last < last).reduce(longer, none)
    runs.push({ last, keys: [...best.keys, key], fixed: best.fixed + (position === last ? 1 : 0) })
  })
  return new Set(runs.reduce(longer, none).keys)
}
