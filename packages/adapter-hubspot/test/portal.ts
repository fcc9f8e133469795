import {
  createHubSpotClient,
  createProvisioner,
  type ClientOptions,
  type HubSpotClient,
  type Provisioner,
  type ProvisionOptions,
} from '@ka-governance/adapter-hubspot'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'

/** A client of the fake, on its clock. */
export function clientOf(fake: FakeHubSpot, options: Partial<ClientOptions> = {}): HubSpotClient {
  return createHubSpotClient({
    client: fake.source,
    fetch: fake.fetch,
    now: fake.clock.now,
    sleep: fake.clock.sleep,
    jitter: () => 0.5,
    ...options,
  })
}

/** A provisioner of the fake, on its clock. */
export const provisionerOf = (fake: FakeHubSpot, options: Partial<ProvisionOptions> = {}): Provisioner =>
  createProvisioner({
    client: fake.source,
    fetch: fake.fetch,
    now: fake.clock.now,
    sleep: fake.clock.sleep,
    jitter: () => 0.5,
    ...options,
  })

/** The type that journals are made of, small. */
export function defineEvents(fake: FakeHubSpot): void {
  fake.portal.define({
    name: 'kag_event',
    primaryDisplayProperty: 'kag_title',
    associatedObjects: ['0-2'],
    properties: [
      { name: 'kag_event_key', label: 'Event key', type: 'string', fieldType: 'text', hasUniqueValue: true },
      { name: 'kag_command_key', label: 'Command key', type: 'string', fieldType: 'text', hasUniqueValue: true },
      { name: 'kag_title', label: 'Title', type: 'string', fieldType: 'text' },
      { name: 'kag_seq', label: 'Number', type: 'number', fieldType: 'number' },
      { name: 'kag_at', label: 'At', type: 'datetime', fieldType: 'date' },
      { name: 'kag_due', label: 'Due', type: 'date', fieldType: 'date' },
      {
        name: 'kag_state',
        label: 'State',
        type: 'enumeration',
        fieldType: 'select',
        options: ['open', 'closed'].map((value, displayOrder) => ({ label: value, value, displayOrder })),
      },
    ],
  })
}

/** How requests name that type, and the property its records are found by. */
export const eventType = 'p_kag_event'
export const eventKey = 'kag_event_key'

/** A portal with that type. */
export function withEvents(): FakeHubSpot {
  const fake = createFakeHubSpot()
  defineEvents(fake)
  return fake
}

/** The keys of its records, in the order in which they were made. */
export const keyed = (fake: FakeHubSpot): readonly (string | undefined)[] =>
  fake.portal.ofType('kag_event').map(({ values }) => values.get(eventKey))

export const statuses = (list: readonly { readonly status: string }[]): readonly string[] => list.map(({ status }) => status)

/** An entry of a journal, as small as it can be. */
export const entry = (key: string, more: { readonly [name: string]: string } = {}) => ({
  properties: { kag_event_key: key, kag_command_key: `cmd-${key}`, kag_title: `Entry ${key}`, ...more },
})

/** Writing that counts, under whichever version. */
export const isCreate = (path: string): boolean => /\/(p_)?kag_event(\/batch\/create)?$/.test(path.split('?')[0] ?? '')
