import { conformanceCases, runCase } from '@ka-governance/core/conformance'
import { describe, test } from 'vitest'
import { byCase, fakeWith } from './milestone-org.ts'
import { mapping, salesforceSubject } from './subject.ts'

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
