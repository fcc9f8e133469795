import { createSalesforceStore } from '@ka-governance/adapter-salesforce'
import { describe, expect, test } from 'vitest'
import { resolveMapping } from '../src/options.ts'
import { check } from '../src/provision.ts'
import { governedObjects } from './fake/objects.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { byCase, fakeWith, milestones, records } from './milestone-org.ts'
import { storeOn } from './subject.ts'

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
