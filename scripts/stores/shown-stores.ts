import { createHubSpotStore, type HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'
import { createMemoryStore } from '@ka-governance/adapter-memory'
import { createSalesforceStore, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import type { ShownStore } from './capability-page.ts'

const salesforce = (mapping: SalesforceMapping) =>
  createSalesforceStore({ connection: { instanceUrl: 'https://example.my.salesforce.com' }, mapping })
const hubSpot = (options: Partial<HubSpotStoreOptions>) =>
  createHubSpotStore({ client: { accessToken: 'never sent' }, ...options })
const memory = createMemoryStore()

/** Every store of the project. */
export const shownStores: readonly ShownStore[] = [
  { name: 'memory', folder: 'adapter-memory', page: 'memory.md', plain: memory, full: memory },
  {
    ...{ name: 'Salesforce', folder: 'adapter-salesforce', page: 'salesforce.md' },
    plain: salesforce({}),
    full: salesforce({ facts: { object: 'Order', date: 'EffectiveDate', amount: 'TotalAmount', currency: 'EUR' } }),
  },
  {
    ...{ name: 'HubSpot', folder: 'adapter-hubspot', page: 'hubspot.md' },
    plain: hubSpot({}),
    full: hubSpot({ mapping: { facts: { currency: 'EUR', timeZone: 'Europe/Berlin' } }, inbox: { secret: 'of the intake' } }),
  },
]
