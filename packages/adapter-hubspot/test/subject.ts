import type { AccountRecord, InboundStatus, JournalEntry, PersonalDocument, Projection } from '@ka-governance/core'
import type { ConformanceSubject, InboxWitness, RawWitness } from '@ka-governance/core/conformance'
import {
  createHubSpotStore,
  type HubSpotMapping,
  type HubSpotStore,
  type HubSpotStoreOptions,
} from '@ka-governance/adapter-hubspot'
import { disturbed } from '../../../test/support/disturbed.ts'
import { namesOf } from '../src/schema.ts'
import { sealOf } from '../src/webhooks/seal.ts'
import type { FakePortal } from './fake/portal.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal, ticketMapping } from './governed-portal.ts'

/** A text that goes on in further properties, with its seams taken out; by itself, without the adapter. */
function whole(values: ReadonlyMap<string, string>, name: string): string {
  const parts = [name, `${name}_2`, `${name}_3`, `${name}_4`].map((each) => values.get(each) ?? '').filter((each) => each !== '')
  return parts.map((part, k) => part.slice(k === 0 ? 0 : 1, k === parts.length - 1 ? undefined : -1)).join('')
}

const parsed = (text: string): unknown => (text === '' ? null : JSON.parse(text))

/** Reads the fake's records by itself: no mapping, no client. What is in the recycle bin is read too where it may not hold anything. */
export function createWitness(portal: FakePortal): RawWitness {
  const live = (type: string) => portal.ofType(type).filter(({ archived }) => !archived)
  const one = (type: string, name: string, value: string) => live(type).find(({ values }) => values.get(name) === value)
  return {
    event: (key) =>
      parsed(whole(one('kag_event', 'kag_event_key', key)?.values ?? new Map(), 'kag_entry')) as JournalEntry | null,
    projection: (instanceId) =>
      parsed(whole(one('kag_case', 'kag_instance_id', instanceId)?.values ?? new Map(), 'kag_projection')) as Projection | null,
    countEvents: (instanceId) => live('kag_event').filter(({ values }) => values.get('kag_instance_id') === instanceId).length,
    documents: (instanceId) =>
      portal
        .ofType('kag_document')
        .filter(({ values }) => values.get('kag_instance_id') === instanceId && (values.get('kag_document') ?? '') !== '')
        .map(({ values }) => parsed(whole(values, 'kag_document')) as PersonalDocument),
  }
}

/** What seals commands. */
export const inboxSecret = 'a-secret-of-nobody'
export const seals = { secrets: [inboxSecret], portal: '12345678', names: namesOf('kag') }

/** Commands as an intake leaves them, past the adapter but for the seal. */
export function inboxWitness({ portal, clock }: FakeHubSpot): InboxWitness {
  let count = 0
  return {
    author: '70000001',
    submit: ({ kind, instanceId, command, form, expectedVersion }) => {
      count += 1
      const key = `left-${String(count)}-${String(clock.now())}-A`
      const values = {
        kag_command_key: key,
        kag_kind: kind,
        kag_instance_id: instanceId ?? '',
        kag_command: command,
        kag_payload: form,
        kag_expected_seq: expectedVersion === null ? '' : String(expectedVersion),
        kag_on_behalf_of: '',
        kag_locale: '',
        kag_actor: '70000001',
        kag_at_ms: String(clock.now() + count),
        kag_status: 'new',
        kag_accepted: 'false',
        kag_tries: '0',
      }
      portal.create('kag_command', { ...values, kag_seal: sealOf(seals, values) })
      return key
    },
    read: (id) => {
      const values = portal.find('kag_command', id, 'kag_command_key')?.values
      if (values === undefined) return null
      const of = (name: string): string => values.get(name) ?? ''
      return {
        status: of('kag_status') === 'new' ? 'pending' : (of('kag_status') as InboundStatus),
        text: of('kag_answer'),
        entryKey: of('kag_event_key') || null,
        tries: Number(of('kag_tries')),
        form: of('kag_payload'),
      }
    },
  }
}

/** Companies of the portal, as `accounts.get` must answer them. */
export function seedAccounts({ create, find, change }: FakePortal): readonly AccountRecord[] {
  const names = ['Acme', 'Bolt', 'Coil', 'Dürr']
  const ids = names.map((name, k) => create('companies', { name, ...(k === 1 ? { region: 'east' } : {}) }).record.id)
  const [first = '', , third = ''] = ids
  const company = find('companies', third)
  if (company !== null) change(company, { hs_parent_company_id: first })
  return ids.map((accountId, k) => ({
    accountId,
    name: names[k] ?? '',
    region: k === 1 ? 'east' : null,
    parentId: k === 2 ? first : null,
  }))
}

export const mapping: HubSpotMapping = {
  accounts: { region: 'region' },
  // Accounts of the cases of the suite are made up, so tiers cannot be shown on them; complaints are tickets.
  records: { account: null, complaint: ticketMapping },
}

/** A store that waits by the fake's clock alone. */
export function storeOn(fake: FakeHubSpot, options: Partial<HubSpotStoreOptions> = {}): HubSpotStore {
  return createHubSpotStore({
    client: fake.source,
    fetch: fake.fetch,
    now: fake.clock.now,
    sleep: fake.clock.sleep,
    jitter: () => 0.5,
    mapping,
    inbox: { secret: inboxSecret, portal: seals.portal },
    ...options,
  })
}

/** A fresh portal with our types, and a store on it. */
export function hubSpotSubject(
  fake: FakeHubSpot = preparedPortal(mapping),
  options: Partial<HubSpotStoreOptions> = {},
): ConformanceSubject & { readonly fake: FakeHubSpot } {
  const accounts = seedAccounts(fake.portal)
  const store = storeOn(fake, options)
  return {
    fake,
    store,
    accounts,
    witness: createWitness(fake.portal),
    advance: async (ms) => fake.clock.advance(ms),
    queryLagMs: 0,
    inbox: inboxWitness(fake),
    byHand: (instanceId) => {
      const record = fake.portal.find('kag_case', instanceId, 'kag_instance_id')
      if (record !== null) fake.portal.change(record, { kag_state: 'by hand' })
    },
    disturb: (kind) => {
      fake.script = disturbed(kind, fake.log.length)
    },
  }
}
