import { conformanceCases, runCase } from '@ka-governance/core/conformance'
import { describe, test } from 'vitest'
import { hubSpotSubject } from './subject.ts'

describe('the HubSpot store keeps every promise of the port that it declares', () => {
  for (const each of conformanceCases)
    test(`${each.id}: ${each.title}`, async ({ skip }) => {
      const result = await runCase(each, hubSpotSubject())
      if (result.status === 'skipped') skip(result.reason)
      if (result.status === 'failed') throw result.error
    })
})
