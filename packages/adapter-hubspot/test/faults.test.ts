// What can go wrong with every request of every command, and with several writers at once: exactly one entry a command, no gap, no false success.
import { entryKey, isGovernanceError } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { wholeJournal } from '../../core/test/support/harness.ts'
import * as s from '../../core/test/support/stories.ts'
import { play } from '../../core/test/support/story.ts'
import { passingFaults } from './fake/server.ts'
import { governedOn } from './governed.ts'
import { preparedPortal } from './governed-portal.ts'
import { createWitness, mapping, storeOn } from './subject.ts'

describe('a fault at every request of a complaint and its first sweep', () => {
  const story = [...s.assigned(), s.sweep()]
  /** Every so many requests one goes wrong, beginning with each of them: so every request does, and several in one story. */
  const apart = 9

  test.each(passingFaults)(
    '%s',
    async (fault) => {
      const plain = governedOn({})
      await play(plain.harness, story)
      const expected = JSON.stringify(await wholeJournal(plain.harness.store))
      expect(plain.fake.log.length).toBeGreaterThan(4 * apart)
      for (let first = 1; first <= apart; first += 1) {
        const { harness, fake } = governedOn({})
        fake.script = ({ number }) => (number % apart === first % apart ? fault : null)
        await play(harness, story)
        expect(JSON.stringify(await wholeJournal(harness.store)), `${fault} from request ${String(first)} on`).toBe(expected)
      }
    },
    60_000,
  )
})

describe('a rule of the portal refuses the visible record', () => {
  test('the command stands, the case is marked and due all the same, and the record follows once the rule lets it', async () => {
    const fake = preparedPortal(mapping)
    const rules = { on: true }
    fake.portal.behaviour.rules = [
      ({ type, values }) =>
        rules.on && type === 'tickets' && values.get('kag_state') === 'shut'
          ? { code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', properties: ['hs_resolution'] }
          : null,
    ]
    const store = storeOn(fake)
    const second = makeCommit({ instanceId: 'cmp-1', seq: 2, state: 'shut', nextDueAt: 5000 })
    await store.commit([makeCommit({ instanceId: 'cmp-1', state: 'open' })])
    const [outcome] = await store.commit([second])
    expect(outcome).toMatchObject({ status: 'committed', projection: 'blocked' })
    expect(outcome?.status === 'committed' && outcome.blockedReason).toContain('hs_resolution')
    const values = (type: string) => Object.fromEntries(fake.portal.ofType(type)[0]?.values ?? [])
    expect(values('kag_case')).toMatchObject({ kag_seq: '2', kag_record_seq: '1', kag_due_ms: '5000' })
    expect(values('kag_case')['kag_blocked']).toContain('MISSING_CONDITIONAL_REQUIRED_PROPERTY')
    expect(values('tickets')).toMatchObject({ kag_state: 'open' })
    // The head is known to be ahead of the record, so that whoever reindexes tries again.
    expect((await store.load('cmp-1'))?.shownSeq).toBe(1)
    expect(await store.project(second.projection)).toBe('blocked')
    rules.on = false
    expect(await store.project(second.projection)).toBe('written')
    expect(values('kag_case')).toMatchObject({ kag_record_seq: '2', kag_blocked: '' })
    expect(values('tickets')).toMatchObject({ kag_state: 'shut' })
  })

  test('one refused record does not stop the others of a bulk commit', async () => {
    const fake = preparedPortal(mapping)
    fake.portal.behaviour.rules = [
      ({ type, values }) =>
        type === 'tickets' && values.get('kag_state') === 'closed'
          ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['hs_resolution'] }
          : null,
    ]
    const commits = ['open', 'closed', 'open'].map((state, k) => makeCommit({ instanceId: `cmp-${String(k)}`, state }))
    const outcomes = await storeOn(fake).commit(commits)
    expect(outcomes.map((outcome) => outcome.status === 'committed' && outcome.projection)).toEqual([
      'written',
      'blocked',
      'written',
    ])
  })

  test('a stage that an admin took away does not hide what is due', async () => {
    const fake = preparedPortal(mapping)
    const staged = { ...mapping, pipelines: { cases: { complaint: { id: 'p1', stages: { open: 's-gone' } } } } }
    fake.portal.behaviour.rules = [
      ({ type, values }) =>
        type === 'kag_case' && values.get('hs_pipeline_stage') === 's-gone'
          ? { code: 'INVALID_OPTION', properties: ['hs_pipeline_stage'] }
          : null,
    ]
    const store = storeOn(fake, { mapping: staged })
    const [outcome] = await store.commit([makeCommit({ instanceId: 'cmp-1', nextDueAt: 5000 })])
    expect(outcome).toMatchObject({ status: 'committed', projection: 'blocked' })
    expect(await store.due({ at: 5000, limit: 10 })).toEqual([{ instanceId: 'cmp-1', kind: 'complaint', dueAt: 5000 }])
  })

  test('nor does somebody who makes the same case at the same time take its stage away', async () => {
    const fake = preparedPortal(mapping)
    const staged = { ...mapping, pipelines: { cases: { complaint: { id: 'p1', stages: { open: 's-open' } } } } }
    fake.portal.behaviour.rules = [
      ({ type, values }) => {
        if (type !== 'kag_case' || !values.has('hs_pipeline_stage')) return null
        fake.portal.behaviour.rules = []
        fake.portal.create('kag_case', { kag_instance_id: 'cmp-1' })
        return { code: 'CONFLICTING_UNIQUE_VALUE', properties: ['kag_instance_id'] }
      },
    ]
    const [outcome] = await storeOn(fake, { mapping: staged }).commit([makeCommit({ instanceId: 'cmp-1' })])
    expect(outcome).toMatchObject({ status: 'committed', projection: 'written' })
    const cases = fake.portal.ofType('kag_case').filter(({ archived }) => !archived)
    expect(cases.map(({ values }) => values.get('hs_pipeline_stage'))).toEqual(['s-open'])
  })
})

describe('what a portal does with many at once', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, k) => makeCommit({ instanceId: `many-${String(k)}`, effects: ['a'] }))

  test.each(['item', 'whole'] as const)('a conflict told of one %s of a batch: each commit gets its own outcome', async (way) => {
    const fake = preparedPortal(mapping)
    fake.portal.behaviour.conflictInBatch = way
    const store = storeOn(fake)
    const taken = makeCommit({ instanceId: 'many-3', idempotencyKey: 'other' })
    const commits = many(12)
    await store.commit([taken])
    await store.commit(commits.slice(7, 8))
    const outcomes = (await store.commit(commits)).map(({ status }) => status)
    expect(outcomes).toEqual(commits.map((_, k) => (k === 3 ? 'conflict' : k === 7 ? 'duplicate' : 'committed')))
    const witness = createWitness(fake.portal)
    for (const { entry } of commits.filter((_, k) => k !== 3)) expect(await witness.event(entry.key)).toEqual(entry)
    expect(await store.effects.pending({ limit: 100 })).toHaveLength(11)
  })

  test('one that HubSpot refuses does not take its neighbours along', async () => {
    const fake = preparedPortal(mapping)
    fake.portal.behaviour.conflictInBatch = 'whole'
    fake.portal.behaviour.rules = [
      ({ type, values }) =>
        type === 'kag_event' && values.get('kag_instance_id') === 'many-1'
          ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['somebody_added'] }
          : null,
    ]
    const outcomes = await storeOn(fake).commit(many(4))
    // Something of the call has landed: what failed is not known to have failed until it is sent again.
    expect(outcomes.map(({ status }) => status)).toEqual(['committed', 'unknown', 'committed', 'committed'])
    await expect(storeOn(fake).commit(many(2).slice(1))).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('entries of one instance in one call follow one another', async () => {
    const store = storeOn(preparedPortal(mapping))
    const chain = [1, 2, 3].map((seq) => makeCommit({ instanceId: 'cmp-1', seq }))
    expect((await store.commit(chain)).map(({ status }) => status)).toEqual(['committed', 'committed', 'committed'])
    expect((await store.load('cmp-1'))?.head.seq).toBe(3)
  })
})

describe('what somebody has taken away is told, and never passed over', () => {
  async function three() {
    const fake = preparedPortal(mapping)
    const store = storeOn(fake)
    for (const seq of [1, 2, 3]) await store.commit([makeCommit({ instanceId: 'cmp-1', seq })])
    const archive = (seq: number) => {
      const record = fake.portal.find('kag_event', `cmp-1-00000${String(seq)}`, 'kag_event_key')
      if (record !== null) fake.portal.archive(record)
    }
    return { fake, archive, other: storeOn(fake) }
  }
  const truncated = { code: 'journal_truncated' }

  test('the last entry, which the case knows of', async () => {
    const { archive, other } = await three()
    archive(3)
    await expect(other.load('cmp-1')).rejects.toMatchObject(truncated)
    await expect(collected(other.history('cmp-1'))).rejects.toMatchObject(truncated)
    await expect(other.commit([makeCommit({ instanceId: 'cmp-1', seq: 3, idempotencyKey: 'x' })])).rejects.toMatchObject(
      truncated,
    )
  })

  test('no entry, but a case whose number somebody raised: the error says so, and it is lowered by hand', async () => {
    const { fake, other } = await three()
    const set = (seq: string): void => {
      const shown = fake.portal.find('kag_case', 'cmp-1', 'kag_instance_id')
      if (shown !== null) fake.portal.change(shown, { kag_seq: seq })
    }
    set('9')
    await expect(other.load('cmp-1')).rejects.toMatchObject({
      ...truncated,
      actions: [expect.stringContaining('backup'), expect.stringContaining('raised kag_seq')] as readonly string[],
    })
    set('3')
    expect(await other.load('cmp-1')).toMatchObject({ head: { seq: 3 } })
  })

  test('an entry in between', async () => {
    const { archive, other } = await three()
    archive(2)
    await expect(collected(other.history('cmp-1'))).rejects.toMatchObject(truncated)
    // A commit behind it would hide the gap.
    expect(await other.commit([makeCommit({ instanceId: 'cmp-1', seq: 3, idempotencyKey: 'x' })])).toMatchObject([
      { status: 'conflict' },
    ])
  })

  test('the case: the journal is found all the same, and shown again', async () => {
    const { fake, other } = await three()
    const record = fake.portal.find('kag_case', 'cmp-1', 'kag_instance_id')
    if (record !== null) fake.portal.erase(record)
    const stored = await other.load('cmp-1')
    expect([stored?.head.seq, stored?.shownSeq]).toEqual([3, null])
    await other.due({ at: 0, limit: 1 })
    expect((await other.load('cmp-1'))?.shownSeq).toBe(3)
  })
})

test('a half-made record of a refused create is nobody’s entry', async () => {
  const fake = preparedPortal(mapping)
  fake.portal.behaviour.leaveHalfRecords = true
  const [one, two] = ['a', 'b'].map((idempotencyKey) => makeCommit({ instanceId: 'cmp-1', idempotencyKey }))
  const store = storeOn(fake)
  const outcomes = await Promise.all([one, two].map(async (commit) => (commit === undefined ? [] : store.commit([commit]))))
  expect(
    outcomes
      .flat()
      .map(({ status }) => status)
      .sort(),
  ).toEqual(['committed', 'conflict'])
  expect(await collected(store.history('cmp-1'))).toHaveLength(1)
})

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

test('an error is one of the port’s, and retryable only where trying again can help', async () => {
  const fake = preparedPortal(mapping)
  fake.script = () => 'daily'
  const error: unknown = await storeOn(fake)
    .commit([makeCommit({ instanceId: 'cmp-1' })])
    .catch((thrown: unknown) => thrown)
  expect(isGovernanceError(error, 'throttled')).toBe(true)
})

test('an entry whose number has more digits than most follows the one before it', async () => {
  const fake = preparedPortal(mapping)
  fake.portal.create('kag_event', { kag_event_key: entryKey('cmp-1', 1_000_000), kag_command_key: 'before' })
  expect(await storeOn(fake).commit([makeCommit({ instanceId: 'cmp-1', seq: 1_000_001 })])).toMatchObject([
    { status: 'committed' },
  ])
})
