import { GovernanceError, isGovernanceError } from '../errors/index.ts'

/** Questions of one kind that wait to be asked at once. */
export interface Channel<K, V> {
  /** Waits for the next serving. `answered` is called right before the answer, or the failure, is given. */
  readonly ask: (key: K, answered: () => void) => Promise<V>
  readonly size: () => number
  /** Asks what waits, each key once. The answers are given when the function that comes back is called. */
  readonly serve: () => Promise<() => void>
}

/** How the questions of a channel are asked. */
export interface Asking<K, V> {
  /** Tells keys apart. */
  readonly text: (key: K) => string
  readonly one: (key: K) => Promise<V>
  /** Several at once, answered in their order; absent: one by one. */
  readonly many: ((keys: readonly K[]) => Promise<readonly V[]>) | undefined
  /** Whether an answer can be the one to this key. */
  readonly fits?: (key: K, value: V) => boolean
}

/** A failure that has to do with one record, so that the others may do better by themselves; not one of the store as a whole. */
export const isOfOne = (error: unknown): boolean => isGovernanceError(error) && !error.retryable && error.code !== 'internal'

/** One after the other. What fails for a reason of its own does not stop the others; where the store itself fails, the rest is not tried. */
export async function oneByOne<I, V>(
  items: readonly I[],
  work: (item: I) => Promise<V>,
): Promise<readonly PromiseSettledResult<V>[]> {
  const results: PromiseSettledResult<V>[] = []
  let down: PromiseRejectedResult | null = null
  for (const item of items) {
    if (down !== null) {
      results.push(down)
      continue
    }
    try {
      results.push({ status: 'fulfilled', value: await work(item) })
    } catch (reason) {
      const rejected: PromiseRejectedResult = { status: 'rejected', reason }
      results.push(rejected)
      if (!isOfOne(reason)) down = rejected
    }
  }
  return results
}

async function askAll<K, V>(
  keys: readonly K[],
  { one, many, fits = () => true }: Asking<K, V>,
): Promise<readonly PromiseSettledResult<V>[]> {
  if (many === undefined || keys.length < 2) return oneByOne(keys, one)
  try {
    const values = await many(keys)
    if (values.length !== keys.length || values.some((value, k) => !fits(keys[k] as K, value)))
      throw new GovernanceError(
        'internal',
        `the store gave ${String(values.length)} answers to ${String(keys.length)} questions, or others`,
      )
    return values.map((value) => ({ status: 'fulfilled', value }))
  } catch (reason) {
    return isOfOne(reason) ? oneByOne(keys, one) : keys.map(() => ({ status: 'rejected', reason }))
  }
}

interface Question<K, V> {
  readonly key: K
  readonly give: (result: PromiseSettledResult<V>) => void
}

/** A channel without questions. */
export function createChannel<K, V>(asking: Asking<K, V>): Channel<K, V> {
  let waiting: Question<K, V>[] = []
  return {
    ask: (key, answered) =>
      new Promise((resolve, reject) => {
        const give = (result: PromiseSettledResult<V>): void => {
          answered()
          if (result.status === 'fulfilled') resolve(result.value)
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the store threw
          else reject(result.reason)
        }
        waiting.push({ key, give })
      }),
    size: () => waiting.length,
    serve: async () => {
      const questions = waiting
      waiting = []
      const keys = [...new Map(questions.map(({ key }) => [asking.text(key), key])).values()]
      const results = await askAll(keys, asking)
      const byText = new Map(keys.map((key, k) => [asking.text(key), results[k]]))
      return () => {
        for (const { key, give } of questions) {
          const result = byText.get(asking.text(key))
          if (result !== undefined) give(result)
        }
      }
    },
  }
}
