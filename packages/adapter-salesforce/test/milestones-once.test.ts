// A milestone is completed exactly once, with faults at every request and several writers.
import type { SalesforceMapping } from '@ka-governance/adapter-salesforce'
import { isGovernanceError } from '@ka-governance/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wholeJournal } from '../../core/test/support/harness.ts'
import * as s from '../../core/test/support/stories.ts'
import { play } from '../../core/test/support/story.ts'
import type { FakeObject } from './fake/org.ts'
import { passingFaults } from './fake/server.ts'
import { governedOn } from './governed.ts'
import { at, both, completed, fakeWith, head, moved, records, storeWith } from './milestone-org.ts'
import { storeOn } from './subject.ts'

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
