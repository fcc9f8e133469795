import { brokenStores, conformanceCases, runCase } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { createFakeSalesforce } from './fake/server.ts'
import { salesforceSubject } from './subject.ts'

describe('spoilt in a known way, the Salesforce store fails the case that names the defect', () => {
  for (const { id, caughtBy, spoil } of brokenStores) {
    const each = conformanceCases.find((one) => one.id === caughtBy)
    const needs = each?.needs ?? []
    test.skipIf(needs.includes('leases'))(`${id} is caught by ${caughtBy}`, async () => {
      // Without patience, so that a failure that is played shows.
      const subject = salesforceSubject(createFakeSalesforce(), { tries: 1 })
      const result = each && (await runCase(each, { ...subject, store: spoil(subject.store) }))
      expect(result?.status).toBe('failed')
    })
  }
})
