import { conformanceCases, runCase } from '@ka-governance/core/conformance'
import { describe, test } from 'vitest'
import { memorySubject } from './subject.ts'

describe('the memory store keeps every promise of the port and skips none', () => {
  for (const each of conformanceCases)
    test(`${each.id}: ${each.title}`, async () => {
      const result = await runCase(each, memorySubject())
      if (result.status === 'skipped') throw new Error(result.reason)
      if (result.status === 'failed') throw result.error
    })
})
