import { createHubSpotStore, type HubSpotStoreOptions, type JournalPort } from '@ka-governance/adapter-hubspot'
import { createMemoryStore } from '@ka-governance/adapter-memory'
import { createSalesforceStore, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import type { ShownStore } from './capability-page.ts'

const salesforce = (mapping: SalesforceMapping) =>
  createSalesforceStore({ connection: { instanceUrl: 'https://example.my.salesforce.com' }, mapping })
const hubSpot = (options: Partial<HubSpotStoreOptions>) =>
  createHubSpotStore({ client: { accessToken: 'never sent' }, ...options })
const memory = createMemoryStore()

const never = () => Promise.reject(new Error('a store that is shown is never called'))
/** A journal of the host's, which says itself whether its lists are up to date. */
const journal = (isConsistent: boolean): JournalPort => ({
  ...{ isConsistent, append: never, read: never, write: never, list: never, erase: never },
})

const purchases = { facts: { currency: 'EUR', timeZone: 'Europe/Berlin' } }
const inbox = { secret: 'of the intake', portal: '12345678' }

/** Every store of the project. */
export const shownStores: readonly ShownStore[] = [
  { name: 'memory', folder: 'adapter-memory', page: 'memory.md', plain: memory, full: memory },
  {
    ...{ name: 'Salesforce', folder: 'adapter-salesforce', page: 'salesforce.md' },
    plain: salesforce({}),
    full: salesforce({ facts: { object: 'Order', date: 'EffectiveDate', amount: 'TotalAmount', currency: 'EUR' } }),
  },
  {
    ...{ name: 'HubSpot, Enterprise', folder: 'adapter-hubspot', page: 'hubspot.md' },
    plain: hubSpot({}),
    full: hubSpot({ mapping: purchases, inbox }),
  },
  {
    ...{ name: 'HubSpot, journal of the host', folder: 'adapter-hubspot', page: 'hubspot.md' },
    plain: hubSpot({ journal: journal(false) }),
    full: hubSpot({ mapping: purchases, inbox, journal: journal(true) }),
  },
]
