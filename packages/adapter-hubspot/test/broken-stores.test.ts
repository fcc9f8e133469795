import { brokenStores, conformanceCases, runCase } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { preparedPortal } from './governed-portal.ts'
import { hubSpotSubject, mapping } from './subject.ts'

describe('spoilt in a known way, the HubSpot store fails the case that names the defect', () => {
  const sound = hubSpotSubject()
  // Of acceptances that race the last one stays here, not the first: what is wrong with the first is seen where nobody races.
  const caughtHere: { readonly [id: string]: string } = { 'inbox-refusal-as-acceptance': 'inbox-answer' }
  for (const { id, caughtBy: usually, spoil } of brokenStores) {
    const caughtBy = caughtHere[id] ?? usually
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
