/** Seconds of each loop: the median of the passes after a warm-up. They take turns, so that what else the machine does falls on all of them. */
export function secondsOf<N extends string>(passes: number, loops: Readonly<Record<N, () => unknown>>): Record<N, number> {
  const names = Object.keys(loops) as N[]
  const seconds = new Map<N, number[]>(names.map((name) => [name, []]))
  for (let pass = -3; pass < passes; pass++)
    for (const name of names) {
      const start = performance.now()
      const last = loops[name]()
      if (pass >= 0) seconds.get(name)?.push((performance.now() - start) / 1000)
      // Keeps the loop's work from being dropped as unused.
      if (last === undefined) throw new Error(`${name} classified nothing`)
    }
  const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN
  return Object.fromEntries(names.map((name) => [name, median(seconds.get(name) ?? [])])) as Record<N, number>
}

export async function timed<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const start = performance.now()
  const result = await run()
  return { result, seconds: (performance.now() - start) / 1000 }
}

export const perSecond = (count: number, seconds: number): string => `${Math.round(count / seconds).toLocaleString('en-US')}/s`
