import type { AccountRecord, InboundStatus, JournalEntry, PersonalDocument, Projection } from '@ka-governance/core'
import type { ConformanceSubject, InboxWitness, RawWitness } from '@ka-governance/core/conformance'
import {
  createSalesforceStore,
  type SalesforceMapping,
  type SalesforceStore,
  type SalesforceStoreOptions,
} from '@ka-governance/adapter-salesforce'
import { disturbed } from '../../../test/support/disturbed.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import type { FakeOrg } from './fake/org.ts'

/** Reads the fake's rows by itself: no mapping, no client. */
export function createWitness(org: FakeOrg): RawWitness {
  const raw = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : null)
  return {
    event: (key) => raw(org.rows('KagEvent__c').find((row) => row['EventKey__c'] === key)?.['Entry__c']) as JournalEntry | null,
    projection: (instanceId) =>
      raw(org.rows('KagInstance__c').find((row) => row['InstanceKey__c'] === instanceId)?.['Visible__c']) as Projection | null,
    countEvents: (instanceId) => org.rows('KagEvent__c').filter((row) => row['InstanceKey__c'] === instanceId).length,
    documents: (instanceId) =>
      [...org.rows('KagDocument__c'), ...org.bin]
        .filter((row) => row['InstanceKey__c'] === instanceId && typeof row['Document__c'] === 'string')
        .map((row) => raw(row['Document__c']) as PersonalDocument),
  }
}

/** A user who leaves commands; what became of them is read from the rows. */
export function inboxWitness(org: FakeOrg): InboxWitness {
  const author = org.create('User', { Name: 'Huang', LanguageLocaleKey: 'zh_CN' }, 0)
  let at = Date.UTC(2026, 0, 5)
  const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
  return {
    author,
    submit: ({ kind, instanceId, command, form, expectedVersion }) =>
      org.create(
        'KagCommand__c',
        {
          Kind__c: kind,
          InstanceKey__c: instanceId,
          Command__c: command,
          Payload__c: form,
          ExpectedSeq__c: expectedVersion,
        },
        (at += 1000),
        author,
      ),
    read: (id) => {
      const row = org.row('KagCommand__c', id)
      if (row === null) return null
      const status = textIn(row['Status__c'])
      return {
        status: (status === 'new' ? 'pending' : status) as InboundStatus,
        text: textIn(row['Answer__c']),
        entryKey: textIn(row['EventKey__c']) || null,
        tries: Number(row['Tries__c'] ?? 0),
        form: textIn(row['Payload__c']),
      }
    },
  }
}

/** Accounts of the org, as `accounts.get` must answer them. */
export function seedAccounts(org: FakeOrg): readonly AccountRecord[] {
  const ids = ['Acme', 'Bolt', 'Coil', 'Dürr'].map((Name, k) =>
    org.create('Account', { Name, Region__c: k === 1 ? 'east' : null }, 0),
  )
  const [first, , third] = ids
  if (first !== undefined && third !== undefined) org.update('Account', third, { ParentId: first })
  return ids.map((accountId, k) => ({
    accountId,
    name: ['Acme', 'Bolt', 'Coil', 'Dürr'][k] ?? '',
    region: k === 1 ? 'east' : null,
    parentId: k === 2 ? (first ?? null) : null,
  }))
}

export const mapping: SalesforceMapping = {
  accounts: { region: 'Region__c' },
  facts: { object: 'Opportunity', date: 'CloseDate', amount: 'Amount', currency: 'EUR', where: 'IsWon = true' },
  // Accounts of the cases of the suite are made up, so tiers cannot be shown on them; complaints are cases.
  records: { account: null },
}

/** A store that never waits, on the stand-in. */
export function storeOn(fake: FakeSalesforce, options: Partial<SalesforceStoreOptions> = {}): SalesforceStore {
  return createSalesforceStore({
    connection: fake.session,
    fetch: fake.fetch,
    mapping,
    sleep: async () => undefined,
    jitter: () => 0.5,
    ...options,
  })
}

/** A fresh org with our metadata, and a store on it. */
export function salesforceSubject(
  fake: FakeSalesforce = createFakeSalesforce(),
  options: Partial<SalesforceStoreOptions> = {},
): ConformanceSubject & { readonly fake: FakeSalesforce } {
  const accounts = seedAccounts(fake.org)
  const store = storeOn(fake, options)
  return {
    fake,
    store,
    accounts,
    witness: createWitness(fake.org),
    inbox: inboxWitness(fake.org),
    byHand: (instanceId) => {
      const row = fake.org.rows('Case').find((each) => each['KagInstanceKey__c'] === instanceId)
      fake.org.update('Case', String(row?.['Id']), { KagState__c: 'by hand' })
    },
    disturb: (kind) => {
      fake.script = disturbed(kind, fake.log.length)
    },
  }
}
