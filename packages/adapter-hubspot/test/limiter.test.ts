import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHubSpotLimiter, type Lane, type LimiterOptions } from '../src/limiter.ts'
import { createFakeHubSpot } from './fake/server.ts'
import { clientOf, defineEvents } from './portal.ts'

/** A clock whose sleepers wake in order of their times, and only when nothing else can go on. */
function createTime() {
  let at = 0
  const sleepers: { readonly until: number; readonly wake: () => void }[] = []
  const settle = async (): Promise<void> => {
    for (let k = 0; k < 20; k += 1) await Promise.resolve()
  }
  return {
    now: () => at,
    sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ until: at + ms, wake })),
    /** Lets all who may go on until the time. */
    async until(time: number): Promise<void> {
      await settle()
      for (;;) {
        sleepers.sort((a, b) => a.until - b.until)
        const next = sleepers[0]
        if (next === undefined || next.until > time) break
        sleepers.shift()
        at = Math.max(at, next.until)
        next.wake()
        await settle()
      }
      at = Math.max(at, time)
    },
  }
}

interface Admitted {
  readonly at: number
  readonly name: string
}

/** A limiter on such a clock: who asks it, and when they were admitted; a call itself takes no time unless `lasting`. */
function limited(options: Omit<LimiterOptions, 'now' | 'sleep'> = {}) {
  const time = createTime()
  const limiter = createHubSpotLimiter({ now: time.now, sleep: time.sleep, ...options })
  const admitted: Admitted[] = []
  const over: (() => void)[] = []
  return {
    time,
    limiter,
    admitted,
    over,
    ask: (lane: Lane, bulk: boolean, name: string, lasting = false): void => {
      void limiter.acquire(lane, bulk).then((release) => {
        admitted.push({ at: time.now(), name })
        if (lasting) over.push(release)
        else release()
      })
    },
  }
}

const headers = (all: { readonly [name: string]: string | number }) =>
  new Headers(Object.entries(all).map(([name, value]): [string, string] => [`x-hubspot-ratelimit-${name}`, String(value)]))

describe('one budget for a portal', () => {
  test('in no window more calls than allowed, of bulk work no more than half; nobody waits for ever, people in order', async () => {
    const calls = fc.array(fc.record({ at: fc.nat(40), bulk: fc.boolean(), there: fc.nat(15), back: fc.nat(15) }), {
      minLength: 1,
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 8 }), async (list, max) => {
        const time = createTime()
        const windowMs = 10
        const limiter = createHubSpotLimiter({ now: time.now, sleep: time.sleep, rates: { general: { max, windowMs } } })
        const admitted: { at: number; bulk: boolean; k: number }[] = []
        const sorted = [...list].sort((a, b) => a.at - b.at)
        const arrived: { at: number; bulk: boolean }[] = []
        for (const [k, { at, bulk, there, back }] of sorted.entries()) {
          await time.until(at)
          void limiter.acquire('general', bulk).then(async (release) => {
            admitted.push({ at: time.now(), bulk, k })
            await time.sleep(there)
            arrived.push({ at: time.now(), bulk })
            await time.sleep(back)
            release()
          })
        }
        await time.until(100_000)
        expect(admitted).toHaveLength(list.length)
        expect(arrived).toHaveLength(list.length)
        // It counts when a call reaches the portal, however long that takes.
        for (const { at } of arrived) {
          const inWindow = arrived.filter((each) => each.at > at - windowMs && each.at <= at)
          expect(inWindow.length).toBeLessThanOrEqual(max)
          expect(inWindow.filter(({ bulk }) => bulk).length).toBeLessThanOrEqual(Math.max(1, Math.floor(max / 2)))
        }
        for (const bulk of [true, false]) {
          const order = admitted.filter((each) => each.bulk === bulk).map(({ k }) => k)
          expect(order).toEqual([...order].sort((a, b) => a - b))
        }
      }),
    )
  })

  test('a person’s call beside a bulk run starts at once', async () => {
    const { time, ask, admitted } = limited()
    for (let k = 0; k < 400; k += 1) ask('general', true, `bulk${String(k)}`)
    await time.until(5000)
    ask('general', false, 'person')
    await time.until(5000)
    expect(admitted.filter(({ name }) => name !== 'person')).toHaveLength(50)
    expect(admitted.at(-1)).toEqual({ at: 5000, name: 'person' })
    await time.until(79_999)
    expect(admitted).toHaveLength(401)
  })

  test('people wait for people only: bulk work stands behind all of them', async () => {
    const { time, ask, admitted } = limited({ rates: { general: { max: 4, windowMs: 10 } } })
    for (const name of ['b1', 'b2', 'b3']) ask('general', true, name)
    for (const name of ['p1', 'p2', 'p3', 'p4']) ask('general', false, name)
    await time.until(100)
    expect(admitted.map(({ at, name }) => `${name}@${String(at)}`)).toEqual([
      'b1@0',
      'b2@0',
      'p1@0',
      'p2@0',
      'p3@10',
      'p4@10',
      'b3@10',
    ])
  })

  test('a person does not wait for as long as the bulk work in front has to', async () => {
    const { time, ask, admitted } = limited({ rates: { general: { max: 4, windowMs: 10 } } })
    for (const name of ['p1', 'p2']) ask('general', false, name)
    await time.until(6)
    for (const name of ['b1', 'b2', 'b3']) ask('general', true, name)
    await time.until(7)
    ask('general', false, 'p3')
    await time.until(100)
    expect(admitted.slice(4)).toEqual([
      { at: 10, name: 'p3' },
      { at: 16, name: 'b3' },
    ])
  })

  test('lanes are apart: five searches a second do not hold a commit back', async () => {
    const { time, ask, admitted } = limited()
    for (let k = 0; k < 12; k += 1) ask('search', false, 'search')
    ask('general', false, 'commit')
    ask('associations', false, 'link')
    await time.until(0)
    expect(admitted.map(({ name }) => name)).toEqual(['search', 'search', 'search', 'search', 'commit', 'link'])
    await time.until(2000)
    expect(admitted.filter(({ name }) => name === 'search').map(({ at }) => at)).toEqual([
      0, 0, 0, 0, 1000, 1000, 1000, 1000, 2000, 2000, 2000, 2000,
    ])
  })

  test('what the headers say is the rate from then on', async () => {
    const { time, limiter, ask, admitted } = limited()
    limiter.observe('general', headers({ max: 190, 'interval-milliseconds': 10_000, remaining: 189 }))
    for (let k = 0; k < 200; k += 1) ask('general', false, 'call')
    await time.until(0)
    expect(admitted.length).toBeGreaterThanOrEqual(189)
    expect(admitted.length).toBeLessThanOrEqual(190)
  })

  test('whatever headers come with a search, all apps of the account share its five a second', async () => {
    const { time, limiter, ask, admitted } = limited()
    limiter.observe('search', headers({ max: 190, 'interval-milliseconds': 10_000, remaining: 189 }))
    for (let k = 0; k < 9; k += 1) ask('search', false, 'search')
    await time.until(0)
    expect(admitted).toHaveLength(4)
  })

  test('a call that is said to be over twice is over once', async () => {
    const { time, ask, admitted, over } = limited({ bulkAtOnce: 1 })
    for (const name of ['a', 'b', 'c']) ask('general', true, name, true)
    await time.until(0)
    const [release] = over
    release?.()
    release?.()
    await time.until(0)
    expect(admitted.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  test('calls of others with the same token count too, for a window', async () => {
    const { time, limiter, ask, admitted } = limited()
    limiter.observe('general', headers({ max: 100, 'interval-milliseconds': 10_000, remaining: 10 }))
    for (let k = 0; k < 50; k += 1) ask('general', false, 'call')
    await time.until(9999)
    expect(admitted).toHaveLength(10)
    await time.until(10_000)
    expect(admitted).toHaveLength(50)
  })

  test('nothing left at all: the next call waits for the window', async () => {
    const { time, limiter, ask, admitted } = limited()
    limiter.observe('general', headers({ max: 100, 'interval-milliseconds': 10_000, remaining: 0 }))
    ask('general', false, 'call')
    await time.until(50_000)
    expect(admitted).toEqual([{ at: 10_000, name: 'call' }])
  })

  test.each([
    { max: 0, 'interval-milliseconds': 10_000, remaining: 0 },
    { max: -5, 'interval-milliseconds': 10_000, remaining: 0 },
    { max: 'many', 'interval-milliseconds': 'NaN', remaining: '1e9' },
    { max: 100, 'interval-milliseconds': 10_000, remaining: -1 },
    {},
  ])('headers that say nonsense stop nobody: %j', async (said) => {
    const { time, limiter, ask, admitted } = limited()
    limiter.observe('general', headers(said))
    for (let k = 0; k < 100; k += 1) ask('general', false, 'call')
    await time.until(0)
    expect(admitted).toHaveLength(100)
  })

  test('a lane that was told to wait waits, for everybody; a shorter wait does not shorten it', async () => {
    const { time, limiter, ask, admitted } = limited()
    limiter.pause('search', 1000)
    limiter.pause('search', 10)
    ask('search', false, 'a')
    ask('search', true, 'b')
    await time.until(5000)
    expect(admitted).toEqual([
      { at: 1000, name: 'a' },
      { at: 1000, name: 'b' },
    ])
  })

  test('at most four bulk calls are under way, half as many after each lock, and as many as before when it goes well', async () => {
    const { time, limiter, ask, admitted, over } = limited()
    const underWay = async (): Promise<number> => {
      await time.until(time.now())
      return over.length
    }
    for (let k = 0; k < 49; k += 1) ask('general', true, 'bulk', true)
    expect(await underWay()).toBe(4)
    limiter.relent()
    limiter.relent()
    limiter.relent()
    const counts: number[] = []
    while (over.length > 0) {
      over.shift()?.()
      counts.push(await underWay())
    }
    expect(counts.slice(0, 4)).toEqual([3, 2, 1, 1])
    expect(Math.max(...counts.slice(4))).toBe(4)
    expect(admitted).toHaveLength(49)
  })

  test('a clock that stands still, and one that goes back, end no wait too late', async () => {
    let at = 1000
    const limiter = createHubSpotLimiter({
      now: () => (at -= 1),
      sleep: async () => undefined,
      rates: { general: { max: 2, windowMs: 10_000 } },
    })
    for (let k = 0; k < 20; k += 1) (await limiter.acquire('general', k % 2 === 0))()
  })
})

describe('at the portal', () => {
  test('no call of ours is ever refused for its rate, in any lane', async () => {
    const fake = createFakeHubSpot()
    defineEvents(fake)
    const client = clientOf(fake)
    const search = { filterGroups: [], properties: [] }
    await client.read('companies', '1')
    await Promise.all([
      ...Array.from({ length: 300 }, (_, k) => client.inBulk.read('companies', String(k))),
      ...Array.from({ length: 250 }, (_, k) => client.read('companies', String(k))),
      ...Array.from({ length: 30 }, () => client.search('companies', search)),
      ...Array.from({ length: 160 }, () => client.associated('companies', 'tickets', ['1'])),
    ])
    expect(fake.log).toHaveLength(741)
    expect(fake.limits.today()).toBe(741)
    // 551 reads at 190 in ten seconds, 30 searches at four a second, 160 links at 100 in ten seconds.
    const took = fake.clock.now() - Date.UTC(2026, 0, 5, 1)
    expect(took).toBeGreaterThan(20_000)
    expect(took).toBeLessThan(60_000)
  })

  test('two clients of one connection share one budget; other apps of the account are waited for', async () => {
    const fake = createFakeHubSpot({ rates: { general: { max: 10, windowMs: 10_000 } } })
    const statuses: number[] = []
    const onCall = ({ status }: { status: number }) => void statuses.push(status)
    const [a, b] = [clientOf(fake, { onCall }), clientOf(fake, { onCall })]
    await a.read('companies', '1')
    await Promise.all(Array.from({ length: 30 }, (_, k) => (k % 2 === 0 ? a : b).read('companies', '1')))
    expect(statuses.filter((status) => status === 429)).toEqual([])
    // Somebody else takes the rest.
    for (let k = 0; k < 10; k += 1) {
      try {
        fake.limits.count('general')
      } catch {
        break
      }
    }
    await a.read('companies', '1')
    expect(statuses.at(-1)).toBe(404)
  })

  test('a limit that is met all the same is waited out, by everybody', async () => {
    const fake = createFakeHubSpot({ rates: { search: { max: 2, windowMs: 1000 } } })
    const client = clientOf(fake)
    const pages = await Promise.all(
      Array.from({ length: 8 }, () => client.search('companies', { filterGroups: [], properties: [] })),
    )
    expect(pages).toHaveLength(8)
  })
})
