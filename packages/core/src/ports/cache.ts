/** What is kept for a while, by key. */
export interface Cache<T> {
  /** What is kept if it is young enough, else what `load` answers. Callers that meet share one load; a failure is not kept. */
  readonly get: (key: string, load: () => Promise<T>) => Promise<T>
  /** Forgets everything. */
  readonly clear: () => void
}

/**
 * At most `size` values, each for at most `ms` milliseconds from when it was asked for. A clock that goes back makes nothing young again.
 *
 * @typeParam T The values.
 * @example
 * ```ts
 * const cache = createCache<number>({ ms: 60_000, size: 100, clock: () => 0 })
 * await cache.get('a', async () => 1) // => 1
 * await cache.get('a', async () => 2) // => 1
 * ```
 */
export function createCache<T>(options: {
  /** 0: nothing is kept. */
  readonly ms: number
  readonly size: number
  /** Epoch milliseconds. */
  readonly clock: () => number
}): Cache<T> {
  const kept = new Map<string, { readonly at: number; readonly value: Promise<T> }>()

  return {
    get: (key, load) => {
      const now = options.clock()
      const known = kept.get(key)
      if (known !== undefined && now >= known.at && now - known.at < options.ms) return known.value
      kept.delete(key)
      const value = load()
      const entry = { at: now, value }
      kept.set(key, entry)
      for (const oldest of kept.keys()) {
        if (kept.size <= options.size) break
        kept.delete(oldest)
      }
      value.catch(() => {
        if (kept.get(key) === entry) kept.delete(key)
      })
      return value
    },
    clear: () => {
      kept.clear()
    },
  }
}
