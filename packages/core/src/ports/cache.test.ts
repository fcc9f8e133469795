import { expect, test } from 'vitest'
import { createCache } from './cache.ts'

function counted(ms: number, size: number) {
  let now = 1000
  let loads = 0
  const cache = createCache<number>({ ms, size, clock: () => now })
  return {
    get: (key: string) => cache.get(key, () => Promise.resolve((loads += 1))),
    fail: (key: string) => cache.get(key, () => Promise.reject(new Error('down'))),
    clear: cache.clear,
    at: (instant: number) => {
      now = instant
    },
  }
}

test('a value is kept until its age is reached, to the millisecond', async () => {
  const cache = counted(50, 10)
  expect(await cache.get('a')).toBe(1)
  cache.at(1049)
  expect(await cache.get('a')).toBe(1)
  cache.at(1050)
  expect(await cache.get('a')).toBe(2)
})

test('a clock that goes back makes nothing young', async () => {
  const cache = counted(50, 10)
  await cache.get('a')
  cache.at(900)
  expect(await cache.get('a')).toBe(2)
})

test('0 milliseconds: nothing is kept', async () => {
  const cache = counted(0, 10)
  expect([await cache.get('a'), await cache.get('a')]).toEqual([1, 2])
})

test('callers that meet share one load; a failure is told to all of them and kept for nobody', async () => {
  const cache = counted(50, 10)
  expect(await Promise.all([cache.get('a'), cache.get('a'), cache.get('b')])).toEqual([1, 1, 2])
  const met = await Promise.allSettled([cache.fail('c'), cache.fail('c')])
  expect(met.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await cache.get('c')).toBe(3)
})

test('a failure that comes late does not push out what was loaded since', async () => {
  let now = 0
  let fail = (_: Error): void => undefined
  const cache = createCache<number>({ ms: 10, size: 10, clock: () => now })
  const first = cache.get('a', () => new Promise((_, reject) => (fail = reject)))
  now = 10
  expect(await cache.get('a', () => Promise.resolve(1))).toBe(1)
  fail(new Error('down'))
  await expect(first).rejects.toThrow('down')
  expect(await cache.get('a', () => Promise.resolve(2))).toBe(1)
})

test('at most so many: the oldest goes first', async () => {
  const cache = counted(50, 2)
  for (const key of ['a', 'b', 'c']) await cache.get(key)
  expect([await cache.get('c'), await cache.get('b'), await cache.get('a')]).toEqual([3, 2, 4])
})

test('what is cleared is loaded again', async () => {
  const cache = counted(50, 2)
  await cache.get('a')
  cache.clear()
  expect(await cache.get('a')).toBe(2)
})
