// What can go wrong with every request of every command, and with several writers at once: exactly one row a command, no gap, no false success.
import { isGovernanceError } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as s from '../../core/test/support/stories.ts'
import { play } from '../../core/test/support/story.ts'
import { RowError } from './fake/org.ts'
import { createFakeSalesforce, passingFaults, type FakeSalesforce } from './fake/server.ts'
import { governedOn } from './governed.ts'
import { createWitness, storeOn } from './subject.ts'
import { wholeJournal } from '../../core/test/support/harness.ts'

/** Entries of an instance as the org has them: their numbers, in order. */
const numbers = (fake: FakeSalesforce, instanceId: string): number[] =>
  fake.org
    .rows('KagEvent__c')
    .filter((row) => row['InstanceKey__c'] === instanceId)
    .map((row) => Number(row['Seq__c']))
    .sort((a, b) => a - b)

describe('a fault at every request of a whole complaint', () => {
  test.each(passingFaults)(
    '%s',
    async (fault) => {
      const story = [...s.investigating(), s.determine(), s.plan(), s.complete(), s.satisfied()]
      const plain = governedOn({})
      await play(plain.harness, story)
      const expected = JSON.stringify(await wholeJournal(plain.harness.store))
      const requests = plain.fake.log.length
      expect(requests).toBeGreaterThan(20)
      for (let number = 1; number <= requests; number += 1) {
        const { harness, fake } = governedOn({})
        fake.script = (request) => (request.number === number ? fault : null)
        await play(harness, story)
        expect(JSON.stringify(await wholeJournal(harness.store)), `${fault} at request ${String(number)}`).toBe(expected)
      }
    },
    120_000,
  )
})

test('several writers, random faults: no gap, no double, and what was told as committed is there', async () => {
  // A session refused twice in a row is an error, and meant to be one.
  const fault = fc.option(fc.constantFrom(...passingFaults.filter((each) => each !== 'unauthorized')), { freq: 3 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { minLength: 20, maxLength: 120 }),
      fc.integer({ min: 2, max: 4 }),
      async (script, writers) => {
        const fake = createFakeSalesforce()
        fake.script = ({ number }) => script[number] ?? null
        const told = new Map<string, string>()
        const work = async (writer: number): Promise<void> => {
          const store = storeOn(fake)
          for (let k = 0; k < 3;) {
            const idempotencyKey = `w${String(writer)}-${String(k)}`
            try {
              const head = (await store.load('cmp-1'))?.head.seq ?? 0
              const [outcome] = await store.commit([
                makeCommit({ instanceId: 'cmp-1', seq: head + 1, idempotencyKey, effects: ['notify'] }),
              ])
              if (outcome?.status === 'committed') told.set(idempotencyKey, `cmp-1-${String(head + 1).padStart(6, '0')}`)
              if (outcome?.status === 'committed' || outcome?.status === 'duplicate') k += 1
            } catch (error) {
              if (!isGovernanceError(error) || !error.retryable) throw error
            }
          }
        }
        await Promise.all(Array.from({ length: writers }, (_, writer) => work(writer)))
        fake.script = null
        const store = storeOn(fake)
        const entries = []
        for await (const entry of store.history('cmp-1')) entries.push(entry)
        expect(numbers(fake, 'cmp-1')).toEqual(entries.map(({ seq }) => seq))
        expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, k) => k + 1))
        expect(new Set(entries.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(writers * 3)
        expect(entries).toHaveLength(writers * 3)
        for (const [key, place] of told) expect(entries.find((entry) => entry.key === place)?.idempotencyKey).toBe(key)
        // The head and what people see agree with the journal's end, and each entry's effect waits once.
        expect((await store.load('cmp-1'))?.head.seq).toBe(entries.length)
        expect(createWitness(fake.org).projection('cmp-1')).toMatchObject({ seq: entries.length })
        expect(await store.effects.pending({ limit: 100 })).toHaveLength(entries.length)
      },
    ),
    { numRuns: 60 },
  )
}, 120_000)

describe('a rule of the org refuses the visible record', () => {
  const refusing = () =>
    createFakeSalesforce({
      extra: { Case: { rules: [(row) => (row['KagState__c'] === 'closed' ? 'Close the tasks first' : null)] } },
    })

  test('the command stands, the record is marked, and follows once the rule lets it', async () => {
    const rules = { on: true }
    const fake = createFakeSalesforce({
      extra: { Case: { rules: [(row) => (rules.on && row['KagState__c'] === 'shut' ? 'Close the tasks first' : null)] } },
    })
    const store = storeOn(fake)
    const first = makeCommit({ instanceId: 'cmp-1', state: 'open' })
    const second = makeCommit({ instanceId: 'cmp-1', seq: 2, state: 'shut', nextDueAt: 5000 })
    await store.commit([first])
    expect(await store.commit([second])).toEqual([
      { status: 'committed', projection: 'blocked', blockedReason: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Close the tasks first' },
    ])
    const row = () => fake.org.rows('KagInstance__c')[0]
    expect(row()).toMatchObject({
      Seq__c: 2,
      RecordSeq__c: 1,
      Blocked__c: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Close the tasks first',
      DueKey__c: 5000,
    })
    expect(fake.org.rows('Case')[0]).toMatchObject({ KagState__c: 'open' })
    // The head is known to be behind in the record, so that whoever loads it tries again.
    expect((await store.load('cmp-1'))?.shownSeq).toBe(1)
    expect(await store.project(second.projection)).toBe('blocked')
    rules.on = false
    expect(await store.project(second.projection)).toBe('written')
    expect(row()).toMatchObject({ RecordSeq__c: 2, Blocked__c: null })
    expect(fake.org.rows('Case')[0]).toMatchObject({ KagState__c: 'shut' })
  })

  test.each([
    ['CANNOT_EXECUTE_FLOW_TRIGGER', 400, 'blocked'],
    ['JSON_PARSER_ERROR', 400, 'blocked'],
    ['METHOD_NOT_ALLOWED', 405, 'blocked'],
    ['A_CODE_OF_TOMORROW', 403, 'blocked'],
    ['UNKNOWN_EXCEPTION', 400, 'unknown_outcome'],
    ['A_CODE_OF_TOMORROW', 500, 'unknown_outcome'],
  ] as const)('%s with %i, said of the record: %s', async (code, status, expected) => {
    const rules = [
      (row: { readonly [field: string]: unknown }) => {
        if (row['KagState__c'] === 'shut') throw new RowError(code, 'as a flow says', { status })
        return null
      },
    ]
    const store = storeOn(createFakeSalesforce({ extra: { Case: { rules } } }))
    const [open, shut] = [1, 2].map((seq) => makeCommit({ instanceId: 'cmp-1', seq, state: seq === 1 ? 'open' : 'shut' }))
    if (open === undefined || shut === undefined) throw new Error('two commits')
    await store.commit([open])
    if (expected !== 'blocked') return expect(store.commit([shut])).rejects.toMatchObject({ code: expected })
    expect(await store.commit([shut])).toEqual([
      { status: 'committed', projection: 'blocked', blockedReason: `${code}: as a flow says` },
    ])
    expect(await store.project(shut.projection)).toBe('blocked')
  })

  test('one refused record does not stop the others of a bulk commit', async () => {
    const fake = refusing()
    const store = storeOn(fake)
    const commits = ['open', 'closed', 'open'].map((state, k) => makeCommit({ instanceId: `cmp-${String(k)}`, state }))
    expect((await store.commit(commits)).map((outcome) => outcome.status === 'committed' && outcome.projection)).toEqual([
      'written',
      'blocked',
      'written',
    ])
  })
})

test('calls: one to write, one to read, one for a sweep with nothing due; many instances in calls of 75', async () => {
  const { harness, fake } = governedOn({})
  await play(harness, s.assigned())
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    const before = fake.log.length
    await work()
    return fake.log.length - before
  }
  const { store } = harness
  const idle = await count(() => store.due({ at: 0, limit: 100 }))
  const read = await count(() => store.load('cmp-1'))
  const write = await count(() => store.commit([makeCommit({ instanceId: 'one', effects: ['a', 'b'] })]))
  const many = await count(() =>
    store.commit(Array.from({ length: 750 }, (_, k) => makeCommit({ instanceId: `many-${String(k)}` }))),
  )
  expect({ idle, read, write, many }).toEqual({ idle: 1, read: 1, write: 1, many: 10 })
})

const withdraw = s.complaint('u-huang', { type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'mail:1' }] })

test.each([
  ['assigned', s.assigned()],
  // The very end: nothing of it is open or due any more.
  ['withdrawn', [...s.received(), withdraw]],
])('reindex writes a record that was refused as %s, once the rule lets it', async (state, story) => {
  const rules = { on: true }
  const { harness, fake } = governedOn(
    {},
    {},
    { Case: { rules: [(row) => (rules.on && row['KagState__c'] === state ? 'Not yet' : null)] } },
  )
  await play(harness, story)
  expect(fake.org.rows('Case')[0]).toMatchObject({ KagState__c: 'received' })
  const { blocked } = await harness.governance.reindex()
  expect(blocked).toHaveLength(1)
  rules.on = false
  expect(await harness.governance.reindex()).toMatchObject({ changed: 1, blocked: [] })
  expect(fake.org.rows('Case')[0]).toMatchObject({ KagState__c: state })
  expect(await harness.governance.reindex()).toMatchObject({ changed: 0 })
})
