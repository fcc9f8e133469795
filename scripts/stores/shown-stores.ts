import { createHubSpotStore, type HubSpotMapping } from '@ka-governance/adapter-hubspot'
import { createMemoryStore } from '@ka-governance/adapter-memory'
import { createSalesforceStore, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import type { ShownStore } from './capability-page.ts'

const salesforce = (mapping: SalesforceMapping) =>
  createSalesforceStore({ connection: { instanceUrl: 'https://example.my.salesforce.com' }, mapping })
const hubSpot = (mapping: HubSpotMapping) => createHubSpotStore({ client: { accessToken: 'never sent' }, mapping })
const memory = createMemoryStore()

/** Every store of the project. */
export const shownStores: readonly ShownStore[] = [
  { name: 'memory', folder: 'adapter-memory', page: 'memory.md', plain: memory, withPurchases: memory },
  {
    ...{ name: 'Salesforce', folder: 'adapter-salesforce', page: 'salesforce.md' },
    plain: salesforce({}),
    withPurchases: salesforce({ facts: { object: 'Order', date: 'EffectiveDate', amount: 'TotalAmount', currency: 'EUR' } }),
  },
  {
    ...{ name: 'HubSpot', folder: 'adapter-hubspot', page: 'hubspot.md' },
    plain: hubSpot({}),
    withPurchases: hubSpot({ facts: { currency: 'EUR', timeZone: 'Europe/Berlin' } }),
  },
]
