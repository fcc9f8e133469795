import { describe, expect, test } from 'vitest'
import { createHandlers, type Delivery, type Told } from '../src/index.ts'
import { backOff } from '../src/runtime/deliver.ts'
import { corrupting } from './support/corrupt.ts'
import { collect, createHarness, type Harness } from './support/harness.ts'
import { play } from './support/story.ts'
import * as s from './support/stories.ts'

const minute = 60_000

/** A handler of notices that fails as long as it is told to, and the instants at which it was called. */
function flaky() {
  const calls: { at: number; attempt: number }[] = []
  const state = { broken: true }
  const handlers = (h: () => Harness) => ({
    default: (d: Delivery) => {
      if (d.type !== 'notify') return Promise.resolve()
      calls.push({ at: h().clock.now(), attempt: d.attempt })
      return state.broken ? Promise.reject(new Error('mail server down')) : Promise.resolve()
    },
  })
  return { calls, state, handlers }
}

async function received(maxAttempts?: number) {
  const f = flaky()
  const made: { h?: Harness } = {}
  const of = (): Harness => {
    if (made.h === undefined) throw new Error('made below')
    return made.h
  }
  const h = (made.h = createHarness({ handlers: f.handlers(of), ...(maxAttempts === undefined ? {} : { maxAttempts }) }))
  await play(h, s.received())
  return { ...f, h }
}

describe('failed deliveries wait longer and longer', () => {
  test('1, 2, 4 … minutes, at most a day', () => {
    expect(Array.from({ length: 13 }, (_, k) => backOff(k + 1) / minute)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440,
    ])
    expect(backOff(5000)).toBe(1440 * minute)
  })

  test('however often one sweeps, an effect is tried at its instants and dies after the last', async () => {
    const { calls, h } = await received(5)
    const start = h.clock.now()
    for (let k = 0; k < 40; k += 1) {
      await h.governance.sweep({ untilIdle: true })
      h.clock.advance(minute / 2)
    }
    expect(calls.map(({ at, attempt }) => [(at - start) / minute, attempt])).toEqual([
      [0, 1],
      [1, 2],
      [3, 3],
      [7, 4],
      [15, 5],
    ])
    expect((await h.governance.effects.dead()).map((d) => [d.effect.type, d.attempts, d.reason])).toEqual([
      ['notify', 5, 'Error: mail server down'],
    ])
  })

  test('what waits takes no place from what does not', async () => {
    const { h, calls } = await received()
    for (let k = 0; k < 3; k += 1) await play(h, [{ on: 'open' }], `more-${String(k)}`)
    await h.governance.sweep()
    expect(calls).toHaveLength(4)
    await play(h, [{ on: 'open' }], 'last')
    expect(await h.governance.effects.deliver({ limit: 1 })).toMatchObject({ delivered: 1 })
  })

  test('an operator lists the dead by type, replays all of a type, revives one', async () => {
    const { calls, state, h } = await received(1)
    for (let k = 0; k < 5; k += 1) await play(h, [{ on: 'open' }], `more-${String(k)}`)
    await h.governance.sweep()
    expect(await h.governance.effects.dead({ types: ['fileDocument'] })).toEqual([])
    const dead = await h.governance.effects.dead({ types: ['notify'], limit: 3 })
    expect(dead).toHaveLength(3)
    expect(await h.governance.effects.revive(dead[0]?.instanceId ?? '', dead[0]?.effect.id ?? '')).toBe(true)
    state.broken = false
    expect(await h.governance.effects.replay('fileDocument')).toBe(0)
    expect(await h.governance.effects.replay('notify')).toBe(5)
    expect(await h.governance.effects.replay('notify')).toBe(0)
    expect(await h.governance.effects.deliver()).toMatchObject({ delivered: 6, failed: [], dead: [] })
    expect(calls.slice(-6).map((c) => c.attempt)).toEqual([1, 1, 1, 1, 1, 1])
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('two deliverers at once may do an effect twice, with the same id, and none is lost', async () => {
    const heard: string[] = []
    const h = createHarness({ handlers: { default: (d) => Promise.resolve(void heard.push(d.id)) } })
    await play(h, s.received())
    await Promise.all([h.another().effects.deliver(), h.another().effects.deliver()])
    const entries = await Promise.all(
      ['account-acme', ...(await collect(h.store.find({ kind: 'complaint' }))).map((p) => p.instanceId)].map((id) =>
        collect(h.store.history(id)),
      ),
    )
    const ids = entries.flat().flatMap((e) => e.effects.map((effect) => effect.id))
    expect(new Set(heard)).toEqual(new Set(ids))
    expect(heard.length).toBeLessThanOrEqual(2 * ids.length)
    expect(await h.store.effects.pending({ limit: 10 })).toEqual([])
  })

  test('an effect that was done but could not be told waits like one that failed, and an operator hears of it', async () => {
    let done = 0
    let corrupt = ''
    const h = createHarness({
      start: s.august,
      maxAttempts: 3,
      handlers: {
        default: (d) => {
          if (d.instanceId === corrupt) done += 1
          return Promise.resolve()
        },
      },
      wrap: corrupting(() => corrupt),
    })
    const played = await play(h, [
      ...s.inReview(),
      s.vote('u-wang', 'review'),
      s.vote('u-okafor', 'review'),
      s.vote('u-chen', 'decision'),
    ])
    corrupt = played.id('adjustment')
    const awaited = (await h.store.effects.pending({ limit: 50, instanceId: corrupt })).filter((p) => p.effect.awaited === true)
    expect(awaited.length).toBeGreaterThan(0)
    for (let k = 0; k < 20; k += 1) {
      await h.governance.effects.deliver()
      h.clock.advance(minute)
    }
    const dead = await h.governance.effects.dead()
    expect(dead.map((d) => d.effect.id).sort()).toEqual(awaited.map((p) => p.effect.id).sort())
    for (const each of dead) expect([each.attempts, each.reason]).toEqual([3, expect.stringContaining('vouches for')])
    expect(done).toBeGreaterThan(0)
  })
})

describe('typed handlers', () => {
  test('each type finds its function with checked parameters; others pending or taken by `other`', async () => {
    const lines: string[] = []
    const handlers = createHandlers({
      notify: async ({ params }: Told<'notify'>) => void lines.push(`notify ${params.to.join('+')} ${params.message}`),
      document: async ({ params }) => void lines.push(`file ${params.form}`),
      clock: async ({ params }) => void lines.push(`${params.clock} ${params.kind} ${params.to}`),
    })
    expect(Object.keys(handlers)).toEqual(['notify', 'fileDocument', 'clockRung'])
    const h = createHarness({ handlers })
    await play(h, s.received())
    h.clock.advance(24 * 60 * minute)
    await h.governance.sweep()
    expect(lines).toContain('file complaintRecord')
    expect(lines.some((l) => l.startsWith('notify owner+keyAccounts.head'))).toBe(true)
    expect(lines.some((l) => l.startsWith('handoff '))).toBe(true)
  })

  test('every effect that the stories bring forth passes the checks', async () => {
    const seen = new Set<string>()
    const note = async (d: Delivery): Promise<void> => void seen.add(d.type)
    const all = createHandlers({
      notify: note,
      tellCustomer: note,
      task: note,
      document: note,
      clock: note,
      other: () => Promise.reject(new Error('unknown type')),
    })
    for (const [story, start] of [
      [s.archived({ fromGroup: false }), undefined],
      [[...s.inReview(), s.vote('u-wang', 'review'), s.vote('u-okafor', 'review'), s.vote('u-chen', 'decision')], s.august],
    ] as const) {
      const h = createHarness({ handlers: all, ...(start === undefined ? {} : { start }) })
      await play(h, story)
      h.clock.advance(40 * 24 * 60 * minute)
      const { effects } = await h.governance.sweep({ untilIdle: true })
      expect([effects.failed, effects.dead, effects.unhandled]).toEqual([[], [], 0])
    }
    expect([...seen].sort()).toEqual(['clockRung', 'fileDocument', 'notify', 'tellCustomer'])
  })

  test('parameters of another shape fail the delivery with the reason', async () => {
    const handlers = createHandlers({ notify: () => Promise.resolve() })
    const delivery: Delivery = {
      id: 'x-e1',
      type: 'notify',
      params: { to: 'owner' },
      instanceId: 'x',
      kind: 'complaint',
      at: 0,
      attempt: 1,
    }
    await expect(handlers['notify']?.(delivery)).rejects.toMatchObject({
      code: 'invalid_input',
      findings: [{ path: 'params.to' }, { path: 'params.message' }],
    })
    expect(createHandlers({})).toEqual({})
  })
})
