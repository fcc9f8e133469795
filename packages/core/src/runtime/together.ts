import { InvalidInputError, isGovernanceError } from '../errors/index.ts'
import { isOfOne } from './channel.ts'
import { inLanes } from './lanes.ts'
import type { Runtime } from './runtime.ts'

/** Work on a store. `again`: an earlier try was left in doubt, or lost its races. */
export type Task<T> = (runtime: Runtime, again: boolean) => Promise<T>

/** How many go together where nobody says otherwise. */
export const usualWidth = 75

/**
 * Does several things at once, so that they share their calls of the store: whoever has to wait for an answer waits until all the others do, too; then all that is to be
 * read is read at once, and when nobody reads any more, all that is to be written is written at once. No clock is involved: the same tasks make the same calls.
 *
 * The outcome is as if the tasks had been done one after the other, in their order: one that has read what an earlier one is about to write waits for it, and
 * begins anew when it was overtaken. What was left in doubt, or lost its races, is tried once more by itself. One call of the store is under way at a time.
 */
export async function together<T>(runtime: Runtime, tasks: readonly Task<T>[]): Promise<readonly PromiseSettledResult<T>[]> {
  const plainly = tasks.map((task) => async (of: Runtime) => task(of, false))
  const first = await (tasks.length < 2 ? Promise.allSettled(plainly.map((task) => task(runtime))) : inLanes(runtime, plainly))
  const results: PromiseSettledResult<T>[] = []
  let isDown = false
  for (const [k, result] of first.entries()) {
    const task = tasks[k]
    if (isDown || task === undefined || result.status === 'fulfilled' || !isInDoubt(result.reason)) {
      results.push(result)
      continue
    }
    const [second] = await Promise.allSettled([task(runtime, true)])
    isDown = second.status === 'rejected' && !isOfOne(second.reason) && !isGovernanceError(second.reason, 'conflict')
    results.push(second)
  }
  return results
}

/** What may have happened, or happens when it is tried by itself. */
export const isInDoubt = (error: unknown): boolean =>
  isGovernanceError(error, 'unknown_outcome') || isGovernanceError(error, 'conflict')

/** Items in their order, so many at a time. What the source fails with comes after the items before it. */
export async function* windowsOf<T>(items: AsyncIterable<T> | Iterable<T>, width: number): AsyncGenerator<readonly T[]> {
  let window: T[] = []
  try {
    for await (const item of items) {
      window.push(item)
      if (window.length < width) continue
      yield window
      window = []
    }
  } catch (error) {
    if (window.length > 0 && window.length < width) yield window
    throw error
  }
  if (window.length > 0) yield window
}

/** @throws InvalidInputError when it is no whole number from 1 to 1,000. */
export function widthOf(given: number | undefined): number {
  const width = given ?? usualWidth
  if (Number.isInteger(width) && width >= 1 && width <= 1000) return width
  throw new InvalidInputError('options', [
    {
      path: 'width',
      code: 'range',
      message: `${String(width)} cannot go together`,
      remedy: 'give a whole number from 1 to 1000',
    },
  ])
}
