// A portal with an open complaint, an intake and the clicks of its users.
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets, type Governance } from '@ka-governance/core'
import type { HubSpotMapping } from '../src/options.ts'
import { createIntake, type Intake, type IntakeOptions, type LeftCommand } from '../src/webhooks/create-intake.ts'
import type { HubSpotEvent } from '../src/webhooks/events.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal, ticketMapping } from './governed-portal.ts'
import { inboxSecret, seals, storeOn } from './subject.ts'

const label = { en: 'Forward', 'zh-CN': '转交' }
export const mapping: HubSpotMapping = {
  accounts: { id: 'domain' },
  records: { account: null, complaint: ticketMapping },
  requests: {
    forward: { command: 'forward', label, fields: { department: { property: 'content' } } },
    to_product: { command: 'forward', label, fields: { department: { value: 'product' } } },
  },
}

export const intakeOn = (fake: FakeHubSpot, options: Partial<IntakeOptions> = {}): Intake =>
  createIntake({
    client: fake.source,
    fetch: fake.fetch,
    now: fake.clock.now,
    sleep: fake.clock.sleep,
    jitter: () => 0.5,
    mapping,
    secret: inboxSecret,
    portal: seals.portal,
    ...options,
  })

export interface Office {
  readonly fake: FakeHubSpot
  readonly governance: Governance
  readonly intake: Intake
  readonly id: string
  /** Values of a command's record. */
  readonly row: (key: string) => { readonly [name: string]: string }
  /** The ticket of the complaint. */
  readonly ticket: () => { readonly id: string; readonly values: ReadonlyMap<string, string> }
}

/** A portal with an open complaint, and users whose ids are those of the policy's directory. */
export async function office(): Promise<Office> {
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const fake = preparedPortal(mapping, { start: clock.now() })
  const { properties } = fake.portal.typeOf('companies')
  properties.set('domain', {
    name: 'domain',
    label: 'x',
    type: 'string',
    fieldType: 'text',
    groupName: 'information',
    hasUniqueValue: true,
  })
  fake.portal.create('companies', { name: 'Acme', domain: 'acme' })
  const governance = createGovernance({
    store: storeOn(fake, { mapping }),
    policy: loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory }),
    host: { clock: clock.now },
    handlers: { default: () => Promise.resolve() },
  })
  await governance.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
  const { id } = await governance.complaint.open(
    {
      accountId: 'acme',
      matter: 'Flange cracked',
      contact: 'Ms Li',
      expectedSolution: 'Replacement',
      channel: 'hotline',
      severity: 'major',
      about: 'product',
      receivedAt: clock.now(),
    },
    { actor: 'u-huang' },
  )
  const find = (type: string, key: string, by: string) => {
    const record = fake.portal.find(type, key, by)
    if (record === null) throw new Error(`no ${type} ${key}`)
    return record
  }
  return {
    fake,
    governance,
    intake: intakeOn(fake, { personOf: (userId) => ({ '7': 'u-huang', '8': 'u-xu' })[userId] ?? null }),
    id,
    row: (key) => Object.fromEntries(find('kag_command', key, 'kag_command_key').values),
    ticket: () => find('tickets', id, 'kag_instance_id'),
  }
}

/** What a click of a user comes to. */
export function clicked(
  { fake, ticket }: Pick<Office, 'fake' | 'ticket'>,
  value: string,
  more: Partial<HubSpotEvent> = {},
): HubSpotEvent {
  const { id } = ticket()
  const record = fake.portal.find('tickets', id)
  if (record !== null) fake.portal.change(record, { kag_request: value, content: 'product' })
  return {
    id: `click-${value.replace('_', '-')}-${String(more.at ?? fake.clock.now())}`,
    what: 'propertyChange',
    portalId: '12345678',
    objectTypeId: '0-5',
    objectId: id,
    property: 'kag_request',
    value,
    at: fake.clock.now(),
    source: 'CRM_UI',
    userId: '7',
    mergedInto: null,
    mergedFrom: [],
    ...more,
  }
}

/** What a card leaves. */
export const forward = (id: string, more: Partial<LeftCommand> = {}): LeftCommand => ({
  id: 'card-1',
  actor: 'u-huang',
  kind: 'complaint',
  instanceId: id,
  command: 'forward',
  form: '{"department":"product"}',
  expectedVersion: 1,
  at: Date.UTC(2026, 2, 2, 2),
  ...more,
})
