// An org that keeps account teams, and what the tests of them ask of it.
import type { SalesforceMapping, TeamMapping } from '@ka-governance/adapter-salesforce'
import { demoDirectory, type Commit } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import type { FakeObject, FakeRule } from './fake/org.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

export const team: TeamMapping = {
  accountManager: { teamRole: 'Account Manager', access: { AccountAccessLevel: 'Edit', CaseAccessLevel: 'Read' } },
  marketingSpecialist: { teamRole: 'Marketing' },
  productManager: { teamRole: 'Product Manager' },
  serviceRepresentative: { teamRole: 'Service' },
}
export const account = { object: 'Account', by: 'accountId', fields: { KagTier__c: { field: 'tier' } }, team } as const
export const keeping: SalesforceMapping = { people: { id: 'FederationIdentifier' }, records: { complaint: null, account } }
type Extra = { readonly [object: string]: Partial<FakeObject> }

/** Everybody of the demonstration has a user. */
export function withUsers(fake: FakeSalesforce): FakeSalesforce {
  const there = fake.org.rows('User').map((row) => row['FederationIdentifier'])
  for (const person of Object.keys(demoDirectory.people).filter((each) => !there.includes(each)))
    fake.org.create('User', { Name: person, FederationIdentifier: person }, 0)
  return fake
}
export const userOf = (fake: FakeSalesforce, person: string): string =>
  String(fake.org.rows('User').find((row) => row['FederationIdentifier'] === person)?.['Id'])

/** The members, each `role person`, in the order of the roles. */
export function members(fake: FakeSalesforce, accountId?: string): readonly string[] {
  return fake.org
    .rows('AccountTeamMember')
    .filter((row) => accountId === undefined || row['AccountId'] === accountId)
    .map(
      (row) =>
        `${String(row['TeamMemberRole'])} ${String(fake.org.row('User', String(row['UserId']))?.['FederationIdentifier'])}`,
    )
    .sort()
}

/** Who serves the account. */
export const people = {
  accountManager: 'u-liu',
  marketingSpecialist: 'u-wu',
  productManager: 'u-peters',
  serviceRepresentative: 'u-huang',
}
export const all = ['Account Manager u-liu', 'Marketing u-wu', 'Product Manager u-peters', 'Service u-huang']
type People = { readonly [role in keyof typeof people]?: string | null }

export const ledgerOf = (accountId: string): string => `account-${accountId.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`

export function setUp(extra: Extra = {}, over: SalesforceMapping = keeping) {
  const fake = withUsers(createFakeSalesforce({ extra }))
  const accountId = fake.org.create('Account', { Name: 'Acme' }, 0)
  const other = fake.org.create('Account', { Name: 'Beta' }, 0)
  const another = (mapping = over) => storeOn(fake, { mapping })
  const store = another()
  /** An entry of the ledger after which these people serve the account. */
  const entry = (seq: number, serving: People, more: { readonly open?: boolean; readonly of?: string } = {}): Commit => {
    const { open = true, of = accountId } = more
    const commit = makeCommit({ instanceId: ledgerOf(of), kind: 'account', seq, state: 'ka', accountId: of, open })
    return { ...commit, projection: { ...commit.projection, fields: { tier: 'B', ...serving } } }
  }
  /** A command: the head is read, then the entry written. */
  const send = async (...given: Parameters<typeof entry>) => {
    const commit = entry(...given)
    await store.load(commit.entry.instanceId)
    return (await store.commit([commit]))[0]
  }
  const byHand = (person: string, role: string, of = accountId): string =>
    fake.org.create(
      'AccountTeamMember',
      { AccountId: of, UserId: userOf(fake, person), TeamMemberRole: role },
      0,
      userOf(fake, 'u-wang'),
    )
  return { fake, accountId, other, store, another, entry, send, byHand, head: () => fake.org.rows('KagInstance__c')[0] }
}
export const written = { status: 'committed', projection: 'written' }
export const refuse =
  (role: string, rule: { on: boolean } = { on: true }): FakeRule =>
  (row) =>
    rule.on && row['TeamMemberRole'] === role ? 'No such people here' : null
