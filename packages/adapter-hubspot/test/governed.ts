// Whole workflows on the fake portal: the harness of core's own tests with the store put in the place of memory's.
import type { HubSpotMapping, HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'
import type { GovernanceStore } from '@ka-governance/core'
import { createHarness, type Harness, type HarnessOptions } from '../../core/test/support/harness.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'
import { prepare, ticketMapping } from './governed-portal.ts'
import { storeOn } from './subject.ts'

export interface Governed {
  readonly harness: Harness
  readonly fake: FakeHubSpot
}

/** Companies have the harness's ids in a property of their own. */
export const governedMapping: HubSpotMapping = {
  accounts: { id: 'slug', parent: null },
  records: { complaint: ticketMapping },
}

/** What a portal cannot promise: memory without it takes the same ways. */
export const without = ['atomicMultiCommit', 'leases', 'atomicProjection', 'consistentQueries', 'atomicDocuments'] as const

/** A portal whose companies have the harness's ids. */
export function governedPortal(options: HarnessOptions, portal: Parameters<typeof createFakeHubSpot>[0] = {}): FakeHubSpot {
  const fake = createFakeHubSpot(portal)
  fake.portal.typeOf('companies').properties.set('slug', {
    ...{ name: 'slug', label: 'Slug', type: 'string', fieldType: 'text' },
    ...{ groupName: 'information', hasUniqueValue: true },
  })
  prepare(fake, governedMapping)
  for (const accountId of Object.keys(options.facts ?? { acme: null }))
    fake.portal.create('companies', { name: accountId.toUpperCase(), slug: accountId })
  return fake
}

/** A harness on a portal; what the CRM has no records for (judgements) comes from the host. */
export function governedOn(
  options: HarnessOptions,
  over: Partial<HubSpotStoreOptions> = {},
  fake: FakeHubSpot = governedPortal(options),
): Governed {
  const harness = createHarness({
    ...options,
    wrap: (memory): GovernanceStore => {
      const store = storeOn(fake, { mapping: governedMapping, ...over })
      return {
        ...store,
        capabilities: { ...store.capabilities, accountFacts: true },
        accounts: { ...store.accounts, facts: memory.accounts.facts },
      }
    },
  })
  return { harness, fake }
}
