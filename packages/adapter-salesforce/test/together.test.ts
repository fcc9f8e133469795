// A review of many accounts in few calls, and what becomes of a call whose parts meet different fates.
import { isGovernanceError, type Commit, type CommitOutcome } from '@ka-governance/core'
import { makeChain, makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import type { FakeObject } from './fake/org.ts'
import { wholeJournal } from '../../core/test/support/harness.ts'
import { createFakeSalesforce, type FakeSalesforce, type Fault } from './fake/server.ts'
import { portfolio, type Portfolio } from './portfolio.ts'
import { createWitness, storeOn } from './subject.ts'

const review = async ({ governance }: Portfolio, width: number): Promise<readonly string[]> => {
  const statuses: string[] = []
  for await (const { status } of governance.review({ cycle: '2026-H1', actor: 'u-novak', width })) statuses.push(status)
  return statuses
}

describe('the review of a portfolio', () => {
  test.each([
    [100, 10, 75],
    [45, 0, 20],
    [30, 100, 10],
  ])(
    '%i accounts of which %i percent change: a write call for each %i of them, three reads beside it',
    async (size, percent, width) => {
      const all = await portfolio(size, percent)
      const windows = Math.ceil(size / width)
      let statuses: readonly string[] = []
      const calls = await all.calls(async () => {
        statuses = await review(all, width)
      })
      // One call for the policy, one for the list of accounts; then ledgers, facts and adjustments of each window.
      expect(calls).toEqual({ writes: windows, others: 2 + 3 * windows })
      const changed = all.accountIds.filter((_, k) => k % 100 < percent).length
      expect(statuses.filter((status) => status === 'opened')).toHaveLength(changed)
      expect(statuses.filter((status) => status === 'unchanged')).toHaveLength(size - changed)
      // Ledger, adjustment and the account's own record of each account landed together.
      expect(all.fake.org.rows('KagInstance__c').filter((row) => row['Seq__c'] === row['RecordSeq__c'])).toHaveLength(2 * size)
      expect((await all.governance.verifyJournal()).problems).toEqual([])
      // Begun again: ledgers, facts and the question what was done, and nothing is written.
      const again = await all.calls(async () => {
        expect(new Set(await review(all, width))).toEqual(new Set(['reviewed']))
      })
      expect(again).toEqual({ writes: 0, others: 1 + 3 * windows })
    },
  )

  test.each<Fault>(['cutBefore', 'cutAfter', 'midBody', 'lockedRow', 'unavailable', 'daily'])(
    '%s at every request: the review comes to its end, the journal is the undisturbed one',
    async (fault) => {
      const plain = await portfolio(3, 2)
      const requests = await plain.calls(() => review(plain, 3))
      const expected = JSON.stringify(await wholeJournal(plain.store))
      for (let number = 1; number <= requests.writes + requests.others; number += 1) {
        const all = await portfolio(3, 2)
        const first = all.fake.log.length
        all.fake.script = (request) => (request.number === first + number ? fault : null)
        const statuses = await review(all, 3).catch((error: unknown) => {
          if (!isGovernanceError(error, 'throttled')) throw error
          return review(all, 3)
        })
        expect([fault, number, statuses]).toEqual([fault, number, ['opened', 'opened', 'unchanged']])
        expect(JSON.stringify(await wholeJournal(all.store)) === expected).toBe(true)
      }
    },
    60_000,
  )

  test('one call is under way at a time, and a person’s command is carried out in between', async () => {
    let [busy, most] = [0, 0]
    const all = await portfolio(40, 50, (send) => async (input, init) => {
      busy += 1
      most = Math.max(most, busy)
      try {
        return await send(input, init)
      } finally {
        busy -= 1
      }
    })
    const { fake } = all
    const person = storeOn(fake)
    const order: string[] = []
    let sent: Promise<void> | null = null
    fake.script = ({ body }) => {
      if (body?.includes('/sobjects/KagEvent__c') !== true) return null
      order.push(body.includes('cmp-person') ? 'person' : 'review')
      if (order.length > 1) return null
      sent = Promise.resolve().then(async () => {
        const [outcome] = await person.commit([makeCommit({ instanceId: 'cmp-person' })])
        expect(outcome?.status).toBe('committed')
      })
      return null
    }
    expect(await review(all, 10)).toHaveLength(40)
    await (sent as Promise<void> | null)
    expect(most).toBe(1)
    expect(order).toEqual(['review', 'person', 'review', 'review', 'review'])
  })
})

const statusesOf = (outcomes: readonly CommitOutcome[]): readonly string[] => outcomes.map(({ status }) => status)
const many = (size: number, prefix = 'many'): readonly Commit[] =>
  Array.from({ length: size }, (_, k) => makeCommit({ instanceId: `${prefix}-${String(k)}` }))
const eventsOf = (fake: FakeSalesforce): number => fake.org.rows('KagEvent__c').length

describe('a call of many groups', () => {
  test('fourteen that fail hold up the others, which come with the next call: no call for each', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    const taken = many(20, 'taken')
    await store.commit(taken)
    const stale = taken.map(({ entry }) => makeCommit({ instanceId: entry.instanceId, idempotencyKey: 'late' }))
    const before = fake.log.length
    const outcomes = await store.commit([...stale, ...many(55)])
    expect(statusesOf(outcomes)).toEqual([...Array<string>(20).fill('conflict'), ...Array<string>(55).fill('committed')])
    // Twice graphs, and twice the question what stood in the way.
    expect(fake.log.length - before).toBe(4)
    expect(eventsOf(fake)).toBe(75)
  })

  test('an answer that is lost: the journal tells what landed, nothing is written twice', async () => {
    for (const fault of ['cutAfter', 'cutBefore', 'midBody', 'html'] as const) {
      const fake = createFakeSalesforce()
      const store = storeOn(fake)
      fake.script = ({ path, number }) => (path.endsWith('/composite/graph') && number === 1 ? fault : null)
      const groups = many(12).map((commit, k) => ({ ...commit, group: Math.floor(k / 3) }))
      expect(statusesOf(await store.commit(groups))).toEqual(Array<string>(12).fill('committed'))
      expect(eventsOf(fake)).toBe(12)
    }
  })

  test('a later part of a call that fails is not known; sent again, it tells', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    let graphs = 0
    fake.script = ({ path }) => (path.endsWith('/composite/graph') && (graphs += 1) === 2 ? 'daily' : null)
    const commits = many(100)
    const outcomes = await store.commit(commits)
    expect(statusesOf(outcomes)).toEqual([...Array<string>(75).fill('committed'), ...Array<string>(25).fill('unknown')])
    expect(outcomes[99]).toMatchObject({ reason: expect.stringContaining('TotalRequests Limit exceeded') as string })
    expect(eventsOf(fake)).toBe(75)
    expect(statusesOf(await store.commit(commits.slice(75)))).toEqual(Array<string>(25).fill('committed'))
    // The very first part: nothing has landed, and the failure is the caller's.
    fake.script = ({ path }) => (path.endsWith('/composite/graph') ? 'daily' : null)
    await expect(store.commit(many(3, 'other'))).rejects.toMatchObject({ code: 'throttled' })
  })

  test('what the org refuses one group is no matter of the others', async () => {
    const rule = {
      rules: [(row: { readonly [field: string]: unknown }) => (row['InstanceKey__c'] === 'bad' ? 'Not this one' : null)],
    }
    const fake = createFakeSalesforce({ extra: { KagEvent__c: rule satisfies Partial<FakeObject> } })
    const store = storeOn(fake)
    const bad = [makeCommit({ instanceId: 'bad' }), makeCommit({ instanceId: 'with-bad' })].map((commit) => ({
      ...commit,
      group: 1,
    }))
    const outcomes = await store.commit([...many(3), ...bad, ...many(3, 'more')])
    expect(statusesOf(outcomes)).toEqual([
      ...Array<string>(3).fill('committed'),
      'unknown',
      'unknown',
      ...Array<string>(3).fill('committed'),
    ])
    expect(outcomes[3]).toMatchObject({ reason: expect.stringContaining('Not this one') as string })
    await expect(store.commit(bad)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await store.load('with-bad')).toBeNull()
  })

  test('a group that is too much for one transaction is refused before anything is sent', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    const group = many(13, 'wide').map((commit) => ({ ...commit, group: 2 }))
    await expect(store.commit([...many(2), ...group])).rejects.toMatchObject({ code: 'too_large' })
    expect(fake.log).toHaveLength(0)
  })

  test('effects too many for single requests: the group goes by itself, beside a call of the others', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    const wide = makeCommit({ instanceId: 'wide', effects: Array<string>(40).fill('notify') })
    expect(statusesOf(await store.commit([...many(4), wide]))).toEqual(Array<string>(5).fill('committed'))
    expect(await store.effects.pending({ limit: 100, instanceId: 'wide' })).toHaveLength(40)
  })

  test('an effect that another group of the call brings forth is there before it is acknowledged', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    const parent = makeCommit({ instanceId: 'parent', effects: ['command', 'notify'] })
    const acknowledges = [{ instanceId: 'parent', effectId: parent.entry.effects[0]?.id ?? '' }]
    const child = { ...makeCommit({ instanceId: 'child' }), acknowledges }
    expect(statusesOf(await store.commit([...many(2), parent, child]))).toEqual(Array<string>(4).fill('committed'))
    expect((await store.effects.pending({ limit: 10, instanceId: 'parent' })).map(({ effect }) => effect.type)).toEqual([
      'notify',
    ])
  })

  test('a chain of one instance in one call lands in its order', async () => {
    const fake = createFakeSalesforce()
    const store = storeOn(fake)
    expect(statusesOf(await store.commit([...makeChain('chain', 4), ...many(3)]))).toEqual(Array<string>(7).fill('committed'))
    expect(createWitness(fake.org).countEvents('chain')).toBe(4)
    expect((await store.load('chain'))?.head.seq).toBe(4)
  })
})
