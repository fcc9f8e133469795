// A governed org in which a hand can change records.
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createSalesforceStore, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import { createGovernance, demoDirectory, loadPolicy, presets, type Drift, type JsonValue } from '@ka-governance/core'
import { expect } from 'vitest'
import { factsOf } from '../../core/test/support/facts.ts'
import { collect } from '../../core/test/support/harness.ts'
import { complaintForm } from '../../core/test/support/story.ts'
import type { FakeObject } from './fake/org.ts'
import { createFakeSalesforce } from './fake/server.ts'

const start = '2026-08-03T09:00:00+08:00'

export function governed(mapping: SalesforceMapping = {}, extra: { readonly [object: string]: Partial<FakeObject> } = {}) {
  const clock = createVirtualClock(start)
  const fake = createFakeSalesforce({ extra })
  const accountId = fake.org.create('Account', { Name: 'Acme' }, clock.now())
  const hand = fake.org.create('User', { Name: 'Xu', FederationIdentifier: 'u-xu' }, clock.now())
  const plain = createSalesforceStore({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined, mapping })
  const facts = (id: string): Promise<JsonValue> => Promise.resolve(factsOf(id))
  const store = { ...plain, capabilities: { ...plain.capabilities, accountFacts: true }, accounts: { ...plain.accounts, facts } }
  const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
  const handlers = { default: () => Promise.resolve() }
  const governance = createGovernance({ store, policy, host: { clock: clock.now }, handlers })
  const all = async (): Promise<Drift[]> => collect(governance.drift.find())
  const calls = async (work: () => Promise<unknown>): Promise<number> => {
    const before = fake.log.length
    await work()
    return fake.log.length - before
  }
  /** Somebody changes a row in the org. */
  const byHand = (object: string, id: string, values: { readonly [field: string]: unknown }): void =>
    fake.org.update(object, id, values, clock.now(), hand)
  const adopt = async (id = accountId): Promise<void> => {
    const adopted = await governance.account.adopt(
      { accountId: id, name: 'Acme', isKeyAccount: true, tier: 'B' },
      { actor: 'u-liu' },
    )
    expect(adopted).toMatchObject({ ok: true, projection: 'written' })
  }
  const complain = async (): Promise<string> => {
    const opened = await governance.complaint.open(
      { ...complaintForm(clock.now()), accountId, severity: 'major' },
      { actor: 'u-huang' },
    )
    expect(opened).toMatchObject({ ok: true, projection: 'written' })
    return opened.id
  }
  return { clock, fake, store, governance, accountId, hand, all, calls, byHand, adopt, complain }
}
export type Governed = ReturnType<typeof governed>
/** Who answers drift, and why. */
export const head = { actor: 'u-lin', reason: 'seen in the weekly list' }

/** The case of a complaint. */
export const caseOf = ({ fake }: Governed, id: string): string =>
  String(fake.org.rows('Case').find((row) => row['KagInstanceKey__c'] === id)?.['Id'])
