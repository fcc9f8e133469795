// What failed together is tried in halves: who is met by it, how often somebody is asked, and in which order.
import { describe, expect, test } from 'vitest'
import { inHalves } from '../src/batches.ts'

describe('what failed together', () => {
  /** Doubles numbers, and fails for all that come with a bad one. */
  function failing(bad: readonly number[]) {
    const asked: (readonly number[])[] = []
    const work = async (some: readonly number[]): Promise<readonly (number | null)[]> => {
      asked.push(some)
      await Promise.resolve()
      if (!some.some((each) => bad.includes(each))) return some.map((each) => each * 2)
      return some.length === 1 ? [null] : (await inHalves(some, work)).flat()
    }
    return { asked, work }
  }

  test('is met by the one alone; the others keep their places and share their calls', async () => {
    const { asked, work } = failing([2])
    expect(await work([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([2, null, 6, 8, 10, 12, 14, 16, 18])
    expect(asked.map((some) => some.join(''))).toEqual(['123456789', '12345', '123', '12', '1', '2', '3', '45', '6789'])
  })

  test('is tried one half after the other, and the second not at all where the first one throws', async () => {
    const begun: number[] = []
    const work = (some: readonly number[]): Promise<number> => {
      begun.push(some.length)
      return Promise.reject(new Error('not there'))
    }
    await expect(inHalves([1, 2, 3], work)).rejects.toThrow('not there')
    expect(begun).toEqual([2])
  })
})
