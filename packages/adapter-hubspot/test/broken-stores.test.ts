import { brokenStores, conformanceCases, runCase } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { preparedPortal } from './governed-portal.ts'
import { hubSpotSubject, mapping } from './subject.ts'

describe('spoilt in a known way, the HubSpot store fails the case that names the defect', () => {
  const sound = hubSpotSubject()
  for (const { id, caughtBy, spoil } of brokenStores) {
    const each = conformanceCases.find((one) => one.id === caughtBy)
    // What the store does not promise, nobody can spoil.
    const lacks =
      (each?.needs ?? []).some((capability) => !sound.store.capabilities[capability]) ||
      (each?.uses ?? []).some((hook) => sound[hook] === undefined)
    test.skipIf(lacks)(`${id} is caught by ${caughtBy}`, async () => {
      // Without patience, so that a failure that is played shows.
      const subject = hubSpotSubject(preparedPortal(mapping), { tries: 1 })
      const result = each && (await runCase(each, { ...subject, store: spoil(subject.store) }))
      expect(result?.status).toBe('failed')
    })
  }
})
