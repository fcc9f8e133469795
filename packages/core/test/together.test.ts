// Reviews and sweeps whose calls are shared: the same journal, to the last character, as one after the other; whatever goes wrong in between.
import { faultScript, type Fault } from '@ka-governance/adapter-memory'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Governance, GovernanceStore, JournalEntry, JsonValue, ReviewProgress } from '../src/index.ts'
import { isGovernanceError } from '../src/index.ts'
import { canonicalJson } from '../src/rules/index.ts'
import { factsOf } from './support/facts.ts'
import { collect, createHarness, sweepAll, wholeJournal, type Harness, type HarnessOptions } from './support/harness.ts'
import { longStories } from './support/long-stories.ts'
import { startProcess } from './support/process.ts'
import { duration, play, type Story } from './support/story.ts'
import * as s from './support/stories.ts'

/** Every entry of every instance, to the last character: hashes, keys and all. */
async function journalText(store: GovernanceStore): Promise<string> {
  // A process that read a snapshot names its members in another order than the one that wrote it.
  return canonicalJson(await wholeJournal(store))
}

/** Where two journals part: the first entry that is not the same, and what of it. */
function differs(one: string, other: string): unknown {
  if (one === other) return null
  const [a, b] = [JSON.parse(one), JSON.parse(other)] as { readonly [id: string]: readonly JournalEntry[] }[]
  for (const id of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    const [x = [], y = []] = [a?.[id], b?.[id]]
    const k = Array.from({ length: Math.max(x.length, y.length) }, (_, n) => n).find(
      (n) => JSON.stringify(x[n]) !== JSON.stringify(y[n]),
    )
    if (k === undefined) continue
    const names = Object.keys({ ...x[k], ...y[k] }) as (keyof JournalEntry)[]
    return [
      id,
      k + 1,
      names.filter((name) => JSON.stringify(x[k]?.[name]) !== JSON.stringify(y[k]?.[name])),
      x[k]?.idempotencyKey,
      y[k]?.idempotencyKey,
    ]
  }
  return 'order of instances'
}

/** What an account is: its tier now, and how it bought; `null` tier: not adopted. */
type Kind = 'rises' | 'stays' | 'stranger' | 'unreadable'
const kinds = fc.constantFrom<Kind[]>('rises', 'stays', 'stays', 'stays', 'stranger', 'unreadable')

const accountIdOf = (k: number): string => `acc${String(k).padStart(3, '0')}`

async function portfolio(of: readonly Kind[], options: HarnessOptions = {}): Promise<Harness> {
  const facts: Record<string, JsonValue> = {}
  for (const [k, kind] of of.entries()) {
    const id = accountIdOf(k)
    facts[id] = kind === 'unreadable' ? { accountId: id, purchases: 'many' } : factsOf(id)
  }
  const h = createHarness({ start: s.august, facts, ...options })
  for (const [k, kind] of of.entries())
    if (kind !== 'stranger')
      await play(h, [{ on: 'adopt', command: { accountId: accountIdOf(k), tier: kind === 'rises' ? 'C' : 'B' } }], accountIdOf(k))
  return h
}

const cycle = { cycle: '2026-H1', actor: 'u-novak' } as const
const reviewed = (g: Governance, width: number): Promise<ReviewProgress[]> => collect(g.review({ ...cycle, width }))
const statusOf: { readonly [kind in Kind]: ReviewProgress['status'] } = {
  rises: 'opened',
  stays: 'unchanged',
  stranger: 'refused',
  unreadable: 'refused',
}

describe('a review in windows', () => {
  test('ADJ-01: journal and progress are the same for every width, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { minLength: 1, maxLength: 14 }), fc.integer({ min: 2, max: 75 }), async (of, width) => {
        const [one, many] = [await portfolio(of), await portfolio(of)]
        const expected = await reviewed(one.governance, 1)
        expect(await reviewed(many.governance, width)).toEqual(expected)
        expect(expected.map((each) => [each.accountId, each.status, each.done])).toEqual(
          of.map((kind, k) => [accountIdOf(k), statusOf[kind], k + 1]),
        )
        expect(differs(await journalText(many.store), await journalText(one.store))).toBeNull()
        expect((await many.governance.verifyJournal()).problems).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('the calls of a window are shared: ledgers, adjustments and facts in one read each, everything in one commit', async () => {
    const faults = faultScript()
    const h = await portfolio(Array<Kind>(20).fill('stays'), { store: { faults } })
    const before = faults.calls.length
    await reviewed(h.governance, 10)
    const calls = faults.calls.slice(before).map(({ method }) => method)
    expect(calls).toEqual([
      'accounts.list',
      ...Array.from({ length: 2 }, () => ['loadMany', 'accounts.factsMany', 'loadMany', 'commit']).flat(),
    ])
  })

  test('a store without reads of many is asked one by one, with the same outcome', async () => {
    const of: Kind[] = ['stays', 'rises', 'stranger', 'stays', 'unreadable']
    const rich = await portfolio(of)
    const poor = await portfolio(of, {
      wrap: ({ loadMany: _, entriesByKey: __, agenda: ___, ...store }) => {
        const { getMany: ____, factsMany: _____, ...accounts } = store.accounts
        return { ...store, accounts }
      },
    })
    expect(await reviewed(poor.governance, 4)).toEqual(await reviewed(rich.governance, 4))
    expect(differs(await journalText(poor.store), await journalText(rich.store))).toBeNull()
  })

  test('without atomic commits the sweep brings the adjustments forward: the same journal again', async () => {
    const of: Kind[] = ['stays', 'rises', 'stays', 'rises']
    const apart = { store: { without: ['atomicMultiCommit'] as const } }
    const [one, many] = [await portfolio(of, apart), await portfolio(of, apart)]
    await reviewed(one.governance, 1)
    await one.governance.sweep({ width: 1, untilIdle: true })
    await reviewed(many.governance, 3)
    await many.governance.sweep({ untilIdle: true })
    expect(differs(await journalText(many.store), await journalText(one.store))).toBeNull()
  })

  test('so many adjustments are opened in one call, however many effects that nobody handles stand before them', async () => {
    const faults = faultScript()
    const h = await portfolio(Array<Kind>(12).fill('stays'), {
      handlers: null,
      store: { faults, without: ['atomicMultiCommit'] },
    })
    await reviewed(h.governance, 12)
    const before = faults.calls.length
    const { effects } = await h.governance.sweep({ width: 15 })
    expect(effects).toMatchObject({ delivered: 12, unhandled: 12, failed: [], dead: [] })
    expect(faults.calls.slice(before).filter(({ method }) => method === 'commit')).toHaveLength(1)
  })

  test('one account’s failure never stops the rest: a ledger that cannot be read, one that is not the one asked for', async () => {
    const of = Array<Kind>(6).fill('stays')
    const ledger = `account-${accountIdOf(2)}`
    const h = await portfolio(of, {
      wrap: (store) => ({
        ...store,
        loadMany: async (ids) =>
          ((await store.loadMany?.(ids)) ?? []).map((each) =>
            each?.instanceId === ledger ? { ...each, snapshot: `${each.snapshot} ` } : each,
          ),
      }),
    })
    const progress = await reviewed(h.governance, 6)
    expect(progress.map(({ status }) => status)).toEqual(of.map((_, k) => (k === 2 ? 'failed' : 'unchanged')))
    expect(progress[2]?.reason).toContain('vouches for')
  })

  test('a review begun again finds what it has done, with one question for all of a window', async () => {
    const faults = faultScript()
    const h = await portfolio(Array<Kind>(8).fill('stays'), { store: { faults } })
    await reviewed(h.governance, 8)
    const before = faults.calls.length
    expect((await reviewed(h.governance, 8)).map(({ status }) => status)).toEqual(Array(8).fill('reviewed'))
    expect(faults.calls.slice(before).map(({ method }) => method)).toEqual([
      'accounts.list',
      'loadMany',
      'accounts.factsMany',
      'entriesByKey',
    ])
  })

  test('an account that is named twice is reviewed once, in one window as in two', async () => {
    const accounts = [0, 1, 0, 2, 1, 0].map(accountIdOf)
    for (const width of [1, 2, 6]) {
      const h = await portfolio(['stays', 'rises', 'stays'])
      const progress = await collect(h.governance.review({ ...cycle, width, accounts }))
      expect(progress.map(({ status }) => status)).toEqual([
        'unchanged',
        'opened',
        'reviewed',
        'unchanged',
        'reviewed',
        'reviewed',
      ])
      expect((await collect(h.store.find({ kind: 'tier-adjustment' }))).length).toBe(3)
    }
  })

  test('width is a whole number from 1 to 1,000', async () => {
    const h = await portfolio(['stays'])
    for (const width of [0, -1, 1.5, 1001, Number.NaN])
      await expect(reviewed(h.governance, width)).rejects.toMatchObject({
        code: 'invalid_input',
        findings: [expect.objectContaining({ path: 'width' })],
      })
    for (const width of [0, 2.5]) await expect(h.governance.sweep({ width })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('a list of accounts that breaks off: what came before is reviewed and told, then the failure', async () => {
    const h = await portfolio(Array<Kind>(4).fill('stays'))
    async function* broken() {
      yield* [0, 1, 2].map(accountIdOf)
      await Promise.resolve()
      throw new Error('the list broke off')
    }
    const seen: string[] = []
    const run = async (): Promise<void> => {
      for await (const { accountId } of h.governance.review({ ...cycle, width: 2, accounts: broken() })) seen.push(accountId)
    }
    await expect(run()).rejects.toThrow('the list broke off')
    expect(seen).toEqual([0, 1, 2].map(accountIdOf))
  })
})

/** Runs a review until it comes to its end, as an operator would: again after each failure that passes. */
async function untilDone(g: () => Governance, width: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1)
    try {
      await reviewed(g(), width)
      return
    } catch (error) {
      if (!isGovernanceError(error) || !error.retryable) throw error
    }
  throw new Error('the review does not come to an end')
}

describe('a review in windows, disturbed', () => {
  const faultKinds = fc.constantFrom<Fault[]>('outage', 'throttled', 'lostAnswer', 'lostRequest', 'conflict', 'slow')

  test('conflicts, outages, lost answers and requests: begun again until it is through, the journal is the undisturbed one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(kinds, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 75 }),
        fc.array(fc.option(faultKinds, { freq: 2 }), { minLength: 1, maxLength: 40 }),
        async (of, width, script) => {
          const plain = await portfolio(of)
          await reviewed(plain.governance, 1)
          const faults = faultScript()
          const h = await portfolio(of, { store: { faults } })
          const begun = faults.calls.length
          faults.when(({ number, method }) => {
            const fault = script[number - begun - 1] ?? null
            return fault === 'conflict' && method !== 'commit' ? null : fault
          })
          await untilDone(() => h.governance, width)
          faults.when(() => null)
          expect(differs(await journalText(h.store), await journalText(plain.store))).toBeNull()
          expect((await h.governance.verifyJournal()).problems).toEqual([])
        },
      ),
      { numRuns: 80 },
    )
  })

  test.each([1, 2, 3, 75])(
    'a crash before and after every call, width %i: the next process completes it, the journal is the same',
    async (width) => {
      const of: Kind[] = ['stays', 'rises', 'stranger', 'stays', 'rises']
      const plain = await portfolio(of)
      const counting = faultScript()
      const counted = await portfolio(of, { store: { faults: counting, without: ['leases'] } })
      const start = counting.calls.length
      await reviewed(counted.governance, width)
      const calls = counting.calls.slice(start)
      await reviewed(plain.governance, 1)
      const expected = await journalText(plain.store)
      for (const [k, { method }] of calls.entries())
        for (const fault of ['crashBefore', 'crashAfter'] as const) {
          const faults = faultScript()
          const h = await portfolio(of, { store: { faults, without: ['leases'] } })
          faults.at(faults.calls.length + k + 1, fault)
          const first = startProcess(h)
          await reviewed(first.governance, width).catch((error: unknown) => {
            if (!first.crashed()) throw error
          })
          // A stream that is read to its end in one window dies behind it, when all is done.
          expect([method, fault, first.crashed()]).toEqual([method, fault, true])
          await reviewed(h.another(), width)
          expect(differs(await journalText(h.store), expected)).toBeNull()
        }
    },
  )

  test('a commit whose outcome is unknown is resolved account by account, and told as this run’s', async () => {
    for (const fault of ['lostAnswer', 'lostRequest'] as const) {
      const faults = faultScript()
      const of: Kind[] = ['stays', 'rises', 'stays']
      const h = await portfolio(of, { store: { faults } })
      faults.next(fault, 'commit')
      expect((await reviewed(h.governance, 3)).map(({ status }) => status)).toEqual(['unchanged', 'opened', 'unchanged'])
      expect(faults.unplayed).toBe(0)
    }
  })

  test('a store that is down ends the review with its error, and asks no more than it must', async () => {
    const faults = faultScript()
    const h = await portfolio(Array<Kind>(30).fill('stays'), { store: { faults } })
    const before = faults.calls.length
    faults.when(({ method }) => (method === 'accounts.list' ? null : 'outage'))
    await expect(reviewed(h.governance, 30)).rejects.toMatchObject({ code: 'unavailable' })
    expect(faults.calls.length - before).toBe(2)
    faults.when(({ method }) => (method === 'commit' ? 'lostRequest' : null))
    await expect(reviewed(h.governance, 30)).rejects.toMatchObject({ code: 'unknown_outcome' })
    // The commit of all, and one account by itself: the others are not tried where the store does not answer.
    expect(faults.calls.filter(({ method, number }) => method === 'commit' && number > before)).toHaveLength(2)
  })

  test('a person’s command in between: one of the two loses its race and is judged anew', async () => {
    const faults = faultScript()
    const h = await portfolio(['stays', 'stays', 'stays'], { store: { faults } })
    const own = h.another()
    let sent = false
    faults.when(({ method }) => {
      if (method !== 'commit' || sent) return null
      sent = true
      void own.account
        .send(`account-${accountIdOf(1)}`, { type: 'nameManager', to: 'u-tang', reason: 'leave' } as never, {
          actor: 'u-liu',
          idempotencyKey: 'person',
        })
        .catch(() => null)
      return { slow: 400 }
    })
    const progress = await reviewed(h.governance, 3)
    expect(progress.map(({ status }) => status)).toEqual(Array(3).fill('unchanged'))
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
})

describe('sweeps in windows', () => {
  /** The same story, every sweep of it in windows of this width. */
  async function swept(story: Story, options: HarnessOptions, width: number): Promise<Harness> {
    const h = createHarness(options)
    const governance: Governance = { ...h.governance, sweep: (o) => h.governance.sweep({ ...o, width }) }
    await play(h, story, 'step', governance)
    await sweepAll(governance)
    return h
  }

  describe.each([[[] as const], [['atomicMultiCommit'] as const]])('without %j', (without) => {
    test.each(longStories)('%s: the same journal for widths 1, 2 and 75', async (_, story, options) => {
      const on = { ...options, store: { without } }
      const expected = await journalText((await swept(story, on, 1)).store)
      for (const width of [2, 75]) expect(differs(await journalText((await swept(story, on, width)).store), expected)).toBeNull()
    })
  })

  test('many instances due at once: each rung once, in the order of one after the other', async () => {
    const opened = async (): Promise<Harness> => {
      const h = createHarness()
      await play(h, [{ on: 'adopt' }])
      for (let k = 0; k < 25; k += 1) await play(h, [{ on: 'open' }], `many-${String(k)}`)
      h.clock.advance(duration('3d'))
      return h
    }
    const [one, many] = [await opened(), await opened()]
    const alone = await one.governance.sweep({ width: 1 })
    const together = await many.governance.sweep({ width: 10 })
    expect(together).toEqual(alone)
    expect(alone.settled).toBe(25)
    expect(differs(await journalText(many.store), await journalText(one.store))).toBeNull()
  })

  test('a sweep looks once for what is due and what is pending; with nothing to do that is all', async () => {
    const faults = faultScript()
    const h = createHarness({ store: { faults } })
    await play(h, [{ on: 'adopt' }, { on: 'open' }])
    await sweepAll(h.governance)
    const before = faults.calls.length
    expect(await h.governance.sweep()).toMatchObject({ settled: 0, effects: { delivered: 0 } })
    expect(faults.calls.slice(before).map(({ method }) => method)).toEqual(['agenda'])
    await h.governance.sweep({ effects: 0 })
    expect(faults.calls.at(-1)?.method).toBe('due')
  })
})
