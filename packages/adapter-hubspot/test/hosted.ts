// A portal without custom objects, and a journal of the host's beside it.
import type { HubSpotMapping, HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'
import type { ConformanceSubject } from '@ka-governance/core/conformance'
import { faultOf } from '../../../test/support/disturbed.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'
import { prepareNative } from './governed-portal.ts'
import { createMemoryJournal, journalWitness, type MemoryJournal } from './memory-journal.ts'
import { mapping, seedAccounts, storeOn } from './subject.ts'

/** A portal of the Starter edition: our properties on tickets and companies, and no type of ours. */
export function starter(wanted: HubSpotMapping = mapping): { readonly fake: FakeHubSpot; readonly journal: MemoryJournal } {
  const fake = createFakeHubSpot()
  prepareNative(fake, wanted)
  return { fake, journal: createMemoryJournal(fake.clock.now) }
}

/** A store on both. */
export function hostedSubject(
  fake: FakeHubSpot,
  journal: MemoryJournal,
  options: Partial<HubSpotStoreOptions> = {},
): ConformanceSubject {
  return {
    store: storeOn(fake, { journal, ...options }),
    accounts: seedAccounts(fake.portal),
    witness: journalWitness(journal),
    advance: async (ms) => fake.clock.advance(ms),
    byHand: (instanceId) => {
      const record = fake.portal.find('tickets', instanceId, 'kag_instance_id')
      if (record !== null) fake.portal.change(record, { kag_state: 'by hand' })
    },
    // Whichever of the two backends is asked next.
    disturb: (kind) => {
      journal.disturb(kind)
      fake.script = () => {
        if (journal.disturbance() === null) return null
        journal.disturb(null)
        return faultOf[kind]
      }
    },
  }
}
