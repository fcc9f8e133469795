// Milestones of a case that an entry completes: in its own transaction, once, and never in the way of the command.
import { createSalesforceStore, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import { isGovernanceError, type Commit } from '@ka-governance/core'
import { conformanceCases, makeCommit, runCase } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wholeJournal } from '../../core/test/support/harness.ts'
import * as s from '../../core/test/support/stories.ts'
import { play } from '../../core/test/support/story.ts'
import { judged } from '../src/commit.ts'
import { createBehind } from '../src/native/milestones.ts'
import { resolveMapping } from '../src/options.ts'
import { check } from '../src/provision.ts'
import { nothingLeftOut, requestsOf } from '../src/requests.ts'
import { commitRows, haltedAnswers } from './commit-rows.ts'
import { governedObjects } from './fake/objects.ts'
import type { FakeObject, FakeRule } from './fake/org.ts'
import { createFakeSalesforce, passingFaults, type FakeSalesforce } from './fake/server.ts'
import { governedOn } from './governed.ts'
import { mapping, salesforceSubject, storeOn } from './subject.ts'

const forwarded = ['assigned', 'investigating', 'planning', 'handling', 'confirming', 'reviewing', 'archived']
const milestones = [
  { name: 'First Response', when: forwarded },
  { name: 'Resolution', when: ['archived'] },
]
const byCase = {
  object: 'Case',
  by: { externalId: 'KagInstanceKey__c' },
  fields: { KagState__c: { projection: 'state' } },
} as const
const records: SalesforceMapping['records'] = { account: null, complaint: { ...byCase, milestones } }

type Extra = { readonly [object: string]: Partial<FakeObject> }

/** An org whose entitlement process gives every new case these milestones. */
function fakeWith(names: readonly string[], extra: Extra = {}): FakeSalesforce {
  const types = new Map<string, string>()
  const onCreate: FakeObject['onCreate'] = (row, create) => {
    for (const name of names)
      create('CaseMilestone', {
        CaseId: row['Id'] ?? null,
        MilestoneTypeId: types.get(name) ?? null,
        StartDate: '2026-01-01T00:00:00.000+0000',
      })
  }
  const fake = createFakeSalesforce({ extra: { ...extra, Case: { onCreate, ...extra['Case'] } } })
  for (const name of ['First Response', 'Resolution', 'Call back'])
    types.set(name, fake.org.create('MilestoneType', { Name: name }, 0))
  return fake
}

/** What is completed, and when. */
function completed(fake: FakeSalesforce): readonly string[] {
  return fake.org
    .rows('CaseMilestone')
    .filter((row) => row['IsCompleted'] === true)
    .map((row) => {
      const type = fake.org.row('MilestoneType', String(row['MilestoneTypeId']))
      return `${String(type?.['Name'])} ${String(row['CompletionDate'])}`
    })
}

const at = Date.UTC(2026, 2, 2, 9, 30)
const day = '2026-03-02T09:30:00.000+0000'

/** An entry of a complaint that leads from one state to another. */
function moved(from: string, to: string, seq = 1, instanceId = 'cmp-1'): Commit {
  const commit = makeCommit({ instanceId, seq, kind: 'complaint', state: to, at, idempotencyKey: `k${String(seq)}` })
  return { ...commit, entry: { ...commit.entry, from, to }, projection: { ...commit.projection, updatedAt: at } }
}

const both = ['First Response', 'Resolution']
const storeWith = (names: readonly string[] = both, extra: Extra = {}) => {
  const fake = fakeWith(names, extra)
  return { fake, store: storeOn(fake, { mapping: { records } }) }
}
const head = (fake: FakeSalesforce) => fake.org.rows('KagInstance__c')[0]
const written = { status: 'committed', projection: 'written' }

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

describe('exactly once', () => {
  const story = s.archived()
  const slugs: SalesforceMapping = { accounts: { id: 'Slug__c', parent: null }, records }
  /** The harness makes its own org: the process of `fakeWith` is put into it. */
  function governed() {
    const types = new Map<string, string>()
    const onCreate: FakeObject['onCreate'] = (row, create) => {
      for (const [, type] of types) create('CaseMilestone', { CaseId: row['Id'] ?? null, MilestoneTypeId: type })
    }
    const all = governedOn({}, { mapping: slugs }, { Case: { onCreate } })
    for (const name of both) types.set(name, all.fake.org.create('MilestoneType', { Name: name }, 0))
    return all
  }

  test('the journal of a complaint is that of one without milestones; nothing counts as drift', async () => {
    const plain = governedOn({})
    await play(plain.harness, story)
    const { harness, fake } = governed()
    await play(harness, story)
    expect(JSON.stringify(await wholeJournal(harness.store))).toBe(JSON.stringify(await wholeJournal(plain.harness.store)))
    expect(completed(fake).map((text) => text.replace(/ \d.*/, ''))).toEqual(both)
    // Each is asked for once, by the entry that reaches it.
    expect(fake.log.filter(({ body }) => body?.includes('CaseMilestone'))).toHaveLength(2)
    const found = []
    for await (const each of harness.governance.drift.find({})) found.push(each)
    expect(found).toEqual([])
  })

  test.each(passingFaults)('with a fault at every request: %s', { timeout: 120_000 }, async (fault) => {
    const plain = governed()
    await play(plain.harness, story)
    const journal = JSON.stringify(await wholeJournal(plain.harness.store))
    const expected = completed(plain.fake)
    expect(expected).toHaveLength(2)
    for (let number = 1; number <= plain.fake.log.length; number += 3) {
      const { harness, fake } = governed()
      fake.script = (request) => (request.number === number ? fault : null)
      await play(harness, story)
      expect(JSON.stringify(await wholeJournal(harness.store)), `${fault} at ${String(number)}`).toBe(journal)
      expect(completed(fake), `${fault} at ${String(number)}`).toEqual(expected)
    }
  })

  test('of several writers one lands, with its instant', async () => {
    const { fake, store } = storeWith()
    await store.commit([moved('start', 'received')])
    const racing = ['a', 'b', 'c'].map((idempotencyKey, k) => {
      const commit = moved('received', 'assigned', 2)
      return { ...commit, entry: { ...commit.entry, idempotencyKey, at: at + k * 60_000 } }
    })
    const outcomes = (await Promise.all(racing.map((commit) => store.commit([commit])))).flat()
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['committed', 'conflict', 'conflict'])
    const winner = outcomes.findIndex(({ status }) => status === 'committed')
    expect(completed(fake)).toEqual([`First Response 2026-03-02T09:3${String(winner)}:00.000+0000`])
  })
})

test(
  'several writers, random faults: what was completed is completed once, with the instant of the entry that reached it',
  { timeout: 120_000 },
  async () => {
    const fault = fc.option(fc.constantFrom(...passingFaults.filter((each) => each !== 'unauthorized')), { freq: 3 })
    const scripts = fc.array(fault, { minLength: 5, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(scripts, fc.constantFrom(both, ['Resolution'], []), async (script, names) => {
        const fake = fakeWith(names)
        fake.script = ({ number }) => script[number] ?? null
        const path = ['received', 'assigned', 'investigating', 'archived']
        const instants = path.map((_, k) => at + k * 3_600_000)
        const work = async (writer: number): Promise<void> => {
          const store = storeOn(fake, { mapping: { records } })
          for (;;) {
            try {
              const seq = ((await store.load('cmp-1'))?.head.seq ?? 0) + 1
              const to = path[seq - 1]
              if (to === undefined) return
              const commit = moved(path[seq - 2] ?? 'start', to, seq)
              const entry = { ...commit.entry, at: instants[seq - 1] ?? at, idempotencyKey: `w${String(writer)}-${String(seq)}` }
              await store.commit([{ ...commit, entry }])
            } catch (error) {
              if (!isGovernanceError(error) || !error.retryable) throw error
            }
          }
        }
        await Promise.all([0, 1, 2].map(work))
        expect(fake.org.rows('KagEvent__c').map((row) => row['Seq__c'])).toEqual([1, 2, 3, 4])
        const iso = (k: number): string => new Date(instants[k] ?? 0).toISOString().replace('Z', '+0000')
        const expected = [`First Response ${iso(1)}`, `Resolution ${iso(3)}`]
        expect(completed(fake)).toEqual(expected.filter((text) => names.some((name) => text.startsWith(name))))
        expect(head(fake)).toMatchObject({ RecordSeq__c: 4, Blocked__c: null })
      }),
      { numRuns: 40 },
    )
  },
)

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

describe.each([
  ['that every case has', ['First Response']],
  ['that no case has', []],
])('with a milestone for every entry, %s, the store keeps its promises', (_, names) => {
  const reached = { ...byCase, milestones: [{ name: 'First Response', when: ['open', 'received', 'assigned', 'closed'] }] }
  for (const each of conformanceCases)
    test(`${each.id}: ${each.title}`, async ({ skip }) => {
      const options = { mapping: { ...mapping, records: { account: null, complaint: reached } } }
      const result = await runCase(each, salesforceSubject(fakeWith(names), options))
      if (result.status === 'skipped') skip(result.reason)
      if (result.status === 'failed') throw result.error
    })
})

describe('the mapping of milestones', () => {
  test.each([
    ['an object without milestones', { ...byCase, object: 'Account', milestones }, 'mapping.records.complaint.milestones'],
    [
      'a name that is none',
      { ...byCase, milestones: [{ name: ' ', when: ['a'] }] },
      'mapping.records.complaint.milestones.0.name',
    ],
    ['no state', { ...byCase, milestones: [{ name: 'A', when: [] }] }, 'mapping.records.complaint.milestones.0.when'],
    [
      'a name twice',
      {
        ...byCase,
        milestones: [
          { name: 'A', when: ['a'] },
          { name: 'a', when: ['b'] },
        ],
      },
      'mapping.records.complaint.milestones',
    ],
  ] as const)('%s is named with its place', (_, record, path) => {
    expect(() =>
      createSalesforceStore({ connection: { instanceUrl: 'https://x.example' }, mapping: { records: { complaint: record } } }),
    ).toThrow(expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path })] }) as Error)
  })

  test('the preflight asks for their rights and their names, with one call more, and for nothing where there are none', async () => {
    const given = resolveMapping({ records })
    const codes = async (fake: FakeSalesforce) =>
      (await check(storeOn(fake).client, given)).map(({ path, code }) => `${path} ${code}`)
    const fake = fakeWith([])
    expect([await codes(fake), fake.log.length]).toEqual([[], 5])
    const plain = createFakeSalesforce()
    expect([await check(storeOn(plain).client, resolveMapping()), plain.log.length]).toEqual([[], 4])
    expect(await codes(plain)).toEqual(['MilestoneType.First Response missing', 'MilestoneType.Resolution missing'])

    const objects = governedObjects()
    const { CaseMilestone: found, ...others } = objects
    if (found === undefined) throw new Error('no milestones')
    expect(await codes(createFakeSalesforce({ objects: others }))).toEqual(['CaseMilestone missing'])
    const { IsCompleted: _, ...fields } = found.fields
    const locked = { ...fields, CompletionDate: { type: 'datetime', updateable: false } as const }
    const { MilestoneType: __, ...unnamed } = others
    const poor = { ...unnamed, CaseMilestone: { ...found, updateable: false, fields: locked } }
    expect(await codes(createFakeSalesforce({ objects: poor }))).toEqual([
      'CaseMilestone right_missing',
      'CaseMilestone.IsCompleted missing',
      'CaseMilestone.CompletionDate right_missing',
      'MilestoneType not_checked',
    ])
  })
})
