// Milestones of a case that an entry completes: in its own transaction, and never in the way of the command.
import { describe, expect, test } from 'vitest'
import { judged } from '../src/commit.ts'
import { createBehind } from '../src/native/milestones.ts'
import { resolveMapping } from '../src/options.ts'
import { nothingLeftOut, requestsOf } from '../src/requests.ts'
import { commitRows, haltedAnswers } from './commit-rows.ts'
import { governedObjects } from './fake/objects.ts'
import type { FakeRule } from './fake/org.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { both, byCase, completed, day, fakeWith, head, moved, records, storeWith, written } from './milestone-org.ts'
import { storeOn } from './subject.ts'

describe('a milestone is completed', () => {
  test('in the one call of the entry that reaches it, at its instant, and by no other entry', async () => {
    const { fake, store } = storeWith()
    expect(await store.commit([moved('start', 'received')])).toEqual([written])
    expect([completed(fake), fake.log.length]).toEqual([[], 1])
    expect(await store.commit([moved('received', 'assigned', 2)])).toEqual([written])
    expect([completed(fake), fake.log.length]).toEqual([[`First Response ${day}`], 2])
    const before = fake.log.length
    await store.commit([moved('assigned', 'investigating', 3)])
    expect(fake.log.slice(before).map(({ body }) => body?.includes('CaseMilestone'))).toEqual([false])
    await store.commit([moved('investigating', 'archived', 4)])
    expect([completed(fake), fake.log.length]).toEqual([[`First Response ${day}`, `Resolution ${day}`], 4])
  })

  test('of a case that is made by the very same call', async () => {
    const { fake, store } = storeWith()
    await store.commit([moved('start', 'assigned')])
    expect([completed(fake), fake.log.length]).toEqual([[`First Response ${day}`], 1])
  })

  test('both, where one entry goes past both', async () => {
    const { fake, store } = storeWith()
    await store.commit([moved('start', 'received')])
    await store.commit([moved('received', 'archived', 2)])
    expect([completed(fake), fake.log.length]).toEqual([[`First Response ${day}`, `Resolution ${day}`], 2])
  })

  test('of the own case alone, and the earliest of those that come back', async () => {
    const { fake, store } = storeWith(['First Response', 'First Response'])
    await store.commit([moved('start', 'received')])
    await store.commit([moved('start', 'received', 1, 'cmp-2')])
    const [, later] = fake.org.rows('CaseMilestone')
    const [first] = fake.org.rows('CaseMilestone')
    fake.org.update('CaseMilestone', String(first?.['Id']), { StartDate: '2026-02-02T00:00:00.000+0000' })
    await store.commit([moved('received', 'assigned', 2)])
    const done = () => fake.org.rows('CaseMilestone').filter((row) => row['IsCompleted'] === true)
    expect(done().map((row) => row['Id'])).toEqual([later?.['Id']])
    fake.org.update('CaseMilestone', String(later?.['Id']), { CompletionDate: null })
    await store.project(moved('received', 'assigned', 2).projection)
    expect(done().map((row) => row['Id'])).toEqual([later?.['Id']])
  })
})

describe('the command succeeds without it', () => {
  test('silently, where the case has none, with one call more', async () => {
    const { fake, store } = storeWith(['Resolution'])
    expect(await store.commit([moved('start', 'assigned')])).toEqual([written])
    expect([completed(fake), fake.log.length]).toEqual([[], 2])
    expect(head(fake)).toMatchObject({ RecordSeq__c: 1, Blocked__c: null })
  })

  test('silently, where it is completed already, whose date stays', async () => {
    const { fake, store } = storeWith()
    await store.commit([moved('start', 'received')])
    const [row] = fake.org.rows('CaseMilestone')
    fake.org.update('CaseMilestone', String(row?.['Id']), { CompletionDate: '2026-01-02T00:00:00.000+0000' })
    expect(await store.commit([moved('received', 'assigned', 2)])).toEqual([written])
    expect(completed(fake)).toEqual(['First Response 2026-01-02T00:00:00.000+0000'])
  })

  test('the one that is there is completed all the same', async () => {
    const { fake, store } = storeWith(['Resolution'])
    await store.commit([moved('start', 'received')])
    expect(await store.commit([moved('received', 'archived', 2)])).toEqual([written])
    expect([completed(fake), fake.log.length]).toEqual([[`Resolution ${day}`], 3])
  })

  test('and says so where the org refuses it; the record itself is written, and project makes up for it', async () => {
    const rules = { on: true }
    const rule: FakeRule = (row) => (rules.on && row['IsCompleted'] === true ? 'Call the customer first' : null)
    const { fake, store } = storeWith(both, { CaseMilestone: { rules: [rule] } })
    const commit = moved('start', 'assigned')
    const reason = 'FIELD_CUSTOM_VALIDATION_EXCEPTION: Call the customer first'
    expect(await store.commit([commit])).toEqual([{ status: 'committed', projection: 'blocked', blockedReason: reason }])
    expect(fake.org.rows('Case')[0]).toMatchObject({ KagState__c: 'assigned' })
    expect(head(fake)?.['RecordSeq__c']).toBeUndefined()
    expect(head(fake)).toMatchObject({ Blocked__c: reason })
    expect(await store.project(commit.projection)).toBe('blocked')
    expect(head(fake)).toMatchObject({ Blocked__c: reason })
    rules.on = false
    expect(await store.project(commit.projection)).toBe('written')
    expect([completed(fake), head(fake)]).toMatchObject([[`First Response ${day}`], { RecordSeq__c: 1, Blocked__c: null }])
  })

  test('and the next entry of whoever reads the instance makes up for it', async () => {
    const rules = { on: true }
    const rule: FakeRule = (row) => (rules.on && row['IsCompleted'] === true ? 'no' : null)
    const { fake, store } = storeWith(both, { CaseMilestone: { rules: [rule] } })
    await store.commit([moved('start', 'assigned')])
    rules.on = false
    expect((await store.load('cmp-1'))?.shownSeq).toBeNull()
    expect(await store.commit([moved('assigned', 'investigating', 2)])).toEqual([written])
    expect(completed(fake)).toEqual([`First Response ${day}`])
  })

  test('both refused: the first reason is told, the record is written, and each is tried again', async () => {
    const rules = { on: true }
    const rule: FakeRule = (row) => (rules.on && row['IsCompleted'] === true ? 'no' : null)
    const { fake, store } = storeWith(both, { CaseMilestone: { rules: [rule] } })
    const commit = moved('start', 'archived')
    expect(await store.commit([commit])).toMatchObject([{ projection: 'blocked' }])
    expect(fake.log).toHaveLength(3)
    rules.on = false
    expect(await store.project(commit.projection)).toBe('written')
    expect(completed(fake)).toEqual([`First Response ${day}`, `Resolution ${day}`])
  })

  test('and says so where there is no entitlement management', async () => {
    const objects = Object.fromEntries(Object.entries(governedObjects()).filter(([name]) => name !== 'CaseMilestone'))
    const fake = createFakeSalesforce({ objects })
    const store = storeOn(fake, { mapping: { records } })
    const commit = moved('start', 'assigned')
    const [outcome] = await store.commit([commit])
    expect(outcome).toMatchObject({
      status: 'committed',
      projection: 'blocked',
      blockedReason: expect.stringContaining('INVALID_TYPE'),
    })
    expect(await store.project(commit.projection)).toBe('blocked')
    expect(fake.org.rows('Case')).toHaveLength(1)
  })

  test('with the case, where that is refused; project writes both', async () => {
    const rules = { on: true }
    const rule: FakeRule = (row) => (rules.on && row['KagState__c'] === 'assigned' ? 'not yet' : null)
    const { fake, store } = storeWith(both, { Case: { rules: [rule] } })
    await store.commit([moved('start', 'received')])
    const commit = moved('received', 'assigned', 2)
    expect(await store.commit([commit])).toMatchObject([{ projection: 'blocked' }])
    expect(completed(fake)).toEqual([])
    expect(await store.project(commit.projection)).toBe('blocked')
    expect(completed(fake)).toEqual([])
    rules.on = false
    expect(await store.project(commit.projection)).toBe('written')
    expect(completed(fake)).toEqual([`First Response ${day}`])
  })

  test('where the answers do not say which reference named nothing, and marks the record', () => {
    const given = resolveMapping({ records })
    const milestone = { key: 'cmp-1:First Response', query: 'SELECT Id FROM CaseMilestone', fields: {} }
    const rows = commitRows({ milestones: [milestone] })
    const requests = requestsOf([rows], given.names, nothingLeftOut)
    const halted = haltedAnswers(requests, 'The transaction was rolled back.')
    expect(judged(requests, halted, nothingLeftOut)).toMatchObject({
      is: 'without',
      without: { milestones: new Map([['cmp-1:First Response', 'PROCESSING_HALTED: The transaction was rolled back.']]) },
    })
  })
})

describe('many at once', () => {
  test('land each with its milestone, and those that reach none in the call of before', async () => {
    const { fake, store } = storeWith()
    const ids = Array.from({ length: 6 }, (_, k) => `cmp-${String(k)}`)
    await store.commit(ids.map((id) => moved('start', 'received', 1, id)))
    const before = fake.log.length
    const outcomes = await store.commit(ids.map((id, k) => moved('received', k < 2 ? 'assigned' : 'received', 2, id)))
    expect(outcomes).toEqual(ids.map(() => written))
    expect(completed(fake)).toEqual([`First Response ${day}`, `First Response ${day}`])
    // A graph takes no query: those two go by themselves, behind the question whether they are there already.
    expect(fake.log.length - before).toBe(4)
  })

  test('more queries than a transaction takes are left to project, too', async () => {
    const { fake, store } = storeWith()
    const commits = ['a', 'b', 'c'].map((id) => ({ ...moved('start', 'archived', 1, id), group: 0 }))
    expect(await store.commit(commits)).toMatchObject(commits.map(() => ({ status: 'committed', projection: 'blocked' })))
    expect([completed(fake), fake.log.length]).toEqual([[], 1])
    const two = ['d', 'e'].map((id) => ({ ...moved('start', 'archived', 1, id), group: 0 }))
    expect(await store.commit(two)).toEqual([written, written])
    expect(completed(fake)).toHaveLength(4)
  })

  test('more than a transaction has room for are said to wait, and project makes up for them', async () => {
    const { fake, store } = storeWith()
    const ids = Array.from({ length: 6 }, (_, k) => `cmp-${String(k)}`)
    const commits = ids.map((id) => ({ ...moved('start', 'assigned', 1, id), group: 0 }))
    expect(await store.commit(commits)).toMatchObject(ids.map(() => ({ status: 'committed', projection: 'blocked' })))
    expect(completed(fake)).toEqual([])
    for (const { projection } of commits) expect(await store.project(projection)).toBe('written')
    expect(completed(fake)).toHaveLength(6)
  })
})

test('a name from the mapping ends no query', async () => {
  const name = "It's \\ done' OR Name != '"
  const fake = fakeWith([])
  const store = storeOn(fake, { mapping: { records: { complaint: { ...byCase, milestones: [{ name, when: ['assigned'] }] } } } })
  await store.commit([moved('start', 'received')])
  const [row] = fake.org.rows('Case')
  const type = fake.org.create('MilestoneType', { Name: name }, 0)
  fake.org.create('CaseMilestone', { CaseId: row?.['Id'], MilestoneTypeId: type }, 0)
  expect(await store.commit([moved('received', 'assigned', 2)])).toEqual([written])
  expect(completed(fake)).toEqual([`${name} ${day}`])
})

test('what is remembered of records that stand behind is bounded, and forgotten when they have followed', () => {
  const behind = createBehind()
  const stored = (instanceId: string, shownSeq: number | null) => ({
    instanceId,
    kind: 'complaint',
    snapshot: '{}',
    head: { seq: 4, hash: '', at: 0, snapshotHash: '' },
    shownSeq,
  })
  behind.note(stored('a', 3))
  expect([behind.has('a', 5), behind.has('a', 4), behind.has('b', 5)]).toEqual([true, false, false])
  behind.note(stored('a', 4))
  expect(behind.has('a', 5)).toBe(false)
  for (let k = 0; k <= 1000; k += 1) behind.note(stored(`i-${String(k)}`, null))
  expect([behind.has('i-0', 5), behind.has('i-1', 5), behind.has('i-1000', 5)]).toEqual([false, true, true])
})
