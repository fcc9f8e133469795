// An org whose cases have milestones, and a store that completes them.
import type { SalesforceMapping } from '@ka-governance/adapter-salesforce'
import type { Commit } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import type { FakeObject } from './fake/org.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

const forwarded = ['assigned', 'investigating', 'planning', 'handling', 'confirming', 'reviewing', 'archived']
export const milestones = [
  { name: 'First Response', when: forwarded },
  { name: 'Resolution', when: ['archived'] },
]
export const byCase = {
  object: 'Case',
  by: { externalId: 'KagInstanceKey__c' },
  fields: { KagState__c: { projection: 'state' } },
} as const
export const records: NonNullable<SalesforceMapping['records']> = { account: null, complaint: { ...byCase, milestones } }

type Extra = { readonly [object: string]: Partial<FakeObject> }

/** An org whose entitlement process gives every new case these milestones. */
export function fakeWith(names: readonly string[], extra: Extra = {}): FakeSalesforce {
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
export function completed(fake: FakeSalesforce): readonly string[] {
  return fake.org
    .rows('CaseMilestone')
    .filter((row) => row['IsCompleted'] === true)
    .map((row) => {
      const type = fake.org.row('MilestoneType', String(row['MilestoneTypeId']))
      return `${String(type?.['Name'])} ${String(row['CompletionDate'])}`
    })
}

export const at = Date.UTC(2026, 2, 2, 9, 30)
export const day = '2026-03-02T09:30:00.000+0000'

/** An entry of a complaint that leads from one state to another. */
export function moved(from: string, to: string, seq = 1, instanceId = 'cmp-1'): Commit {
  const commit = makeCommit({ instanceId, seq, kind: 'complaint', state: to, at, idempotencyKey: `k${String(seq)}` })
  return { ...commit, entry: { ...commit.entry, from, to }, projection: { ...commit.projection, updatedAt: at } }
}

export const both = ['First Response', 'Resolution']
export const storeWith = (names: readonly string[] = both, extra: Extra = {}) => {
  const fake = fakeWith(names, extra)
  return { fake, store: storeOn(fake, { mapping: { records } }) }
}
export const head = (fake: FakeSalesforce) => fake.org.rows('KagInstance__c')[0]
export const written = { status: 'committed', projection: 'written' }
