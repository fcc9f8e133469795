// Whole workflows on the fake org: the harness of core's own tests with the store put in the place of memory's.
import { type SalesforceStoreOptions } from '@ka-governance/adapter-salesforce'
import type { GovernanceStore } from '@ka-governance/core'
import { createHarness, type Harness, type HarnessOptions } from '../../core/test/support/harness.ts'
import type { FakeObject } from './fake/org.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

export interface Governed {
  readonly harness: Harness
  readonly fake: FakeSalesforce
}

/** A harness on an org whose accounts have the harness's ids in a field; what the CRM has no rows for (judgements) comes from the host. */
export function governedOn(
  options: HarnessOptions,
  over: Partial<SalesforceStoreOptions> = {},
  extra: { readonly [object: string]: Partial<FakeObject> } = {},
): Governed {
  const fake = createFakeSalesforce({
    extra: { ...extra, Account: { fields: { Slug__c: { type: 'string', externalId: true } } } },
  })
  for (const accountId of Object.keys(options.facts ?? { acme: null }))
    fake.org.create('Account', { Name: accountId.toUpperCase(), Slug__c: accountId }, 0)
  const harness = createHarness({
    ...options,
    wrap: (memory): GovernanceStore => {
      const store = storeOn(fake, { mapping: { accounts: { id: 'Slug__c', parent: null }, records: {} }, ...over })
      return {
        ...store,
        capabilities: { ...store.capabilities, accountFacts: true },
        accounts: { ...store.accounts, facts: memory.accounts.facts },
      }
    },
  })
  return { harness, fake }
}
