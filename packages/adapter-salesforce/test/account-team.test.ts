// The service team as members of the account team, in the transaction of the entry that changes it [SVC-01].
import { formatDrift } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { governed, head } from './drifting.ts'
import { account, all, keeping, ledgerOf, members, people, setUp, userOf, withUsers, written } from './teams.ts'

describe('members follow the service team', () => {
  test('SVC-01: in the one write call of the entry, with a role and rights of their own', async () => {
    const { fake, send, accountId } = setUp()
    expect(await send(1, {})).toEqual(written)
    const before = fake.log.length
    expect(await send(2, people)).toEqual(written)
    expect(members(fake)).toEqual(all)
    // Read the head, the users, the team; write once.
    expect(fake.log.slice(before).map(({ method }) => method)).toEqual(['GET', 'GET', 'POST', 'POST'])
    expect(fake.log.filter(({ body }) => body?.includes('/sobjects/AccountTeamMember'))).toHaveLength(1)
    expect(fake.org.rows('AccountTeamMember')[0]).toMatchObject({
      AccountId: accountId,
      AccountAccessLevel: 'Edit',
      CaseAccessLevel: 'Read',
      OpportunityAccessLevel: 'None',
    })
  })

  test('who changes is removed and made, who stays keeps the row', async () => {
    const { fake, send } = setUp()
    await send(1, people)
    const rows = fake.org.rows('AccountTeamMember')
    expect(await send(2, { ...people, accountManager: 'u-smith' })).toEqual(written)
    expect(members(fake)).toEqual(['Account Manager u-smith', ...all.slice(1)])
    expect(fake.org.rows('AccountTeamMember').slice(0, 3)).toEqual(rows.slice(1))
  })

  test('who takes another role keeps the row under the new one; two who change places, too', async () => {
    const { fake, send } = setUp()
    await send(1, people)
    const ids = fake.org.rows('AccountTeamMember').map((row) => row['Id'])
    await send(2, { ...people, productManager: 'u-wu', marketingSpecialist: 'u-peters' })
    expect(members(fake)).toEqual(['Account Manager u-liu', 'Marketing u-peters', 'Product Manager u-wu', 'Service u-huang'])
    expect(fake.org.rows('AccountTeamMember').map((row) => row['Id'])).toEqual(ids)
  })

  test('who has several roles is a member under the first of them', async () => {
    const { fake, send } = setUp()
    expect(await send(1, { ...people, serviceRepresentative: 'u-liu' })).toEqual(written)
    expect(members(fake)).toEqual(all.slice(0, 3))
  })

  test('so is who is named by a record id of 15 characters and by one of 18', async () => {
    const { fake, send } = setUp({}, { ...keeping, people: { id: 'Id' } })
    const id = userOf(fake, 'u-liu')
    expect(await send(1, { accountManager: id, serviceRepresentative: id.slice(0, 15) })).toEqual(written)
    expect(members(fake)).toEqual(['Account Manager u-liu'])
  })

  test('roles that the mapping does not name have no members', async () => {
    const only = { ...account, team: { productManager: { teamRole: 'Product Manager' } } }
    const { fake, send } = setUp({}, { ...keeping, records: { complaint: null, account: only } })
    expect(await send(1, people)).toEqual(written)
    expect(members(fake)).toEqual(['Product Manager u-peters'])
  })

  test('of an account that has no team any more, or is closed, nobody stays', async () => {
    const { fake, send } = setUp()
    await send(1, people)
    expect(await send(2, { accountManager: null })).toEqual(written)
    expect(members(fake)).toEqual([])
    await send(3, people)
    expect(await send(4, people, { open: false })).toEqual(written)
    expect(members(fake)).toEqual([])
  })

  test('entries that change nobody ask the org for nothing and write nothing', async () => {
    const { fake, send } = setUp()
    await send(1, {})
    await send(2, people)
    const before = fake.log.length
    expect(await send(3, people)).toEqual(written)
    expect(fake.log.slice(before).map(({ body }) => body?.includes('AccountTeamMember') === true)).toEqual([false, false])
  })

  test('a store that has not seen the head before asks', async () => {
    const { fake, send, another, entry } = setUp()
    await send(1, people)
    const [row] = fake.org.rows('AccountTeamMember')
    fake.org.remove('AccountTeamMember', String(row?.['Id']))
    expect(await another().commit([entry(2, people)])).toEqual([written])
    expect(members(fake)).toEqual(all)
  })

  test('each account has its own; many at once land with theirs', async () => {
    const { fake, store, entry, accountId, other } = setUp()
    const smith = { ...people, accountManager: 'u-smith' }
    expect(await store.commit([entry(1, people), entry(1, smith, { of: other })])).toEqual([written, written])
    expect([members(fake, accountId), members(fake, other)]).toEqual([all, ['Account Manager u-smith', ...all.slice(1)]])
    await store.loadMany?.([ledgerOf(accountId), ledgerOf(other)])
    expect(await store.commit([entry(2, smith), entry(2, people, { of: other })])).toEqual([written, written])
    expect([members(fake, other), members(fake, accountId)]).toEqual([all, ['Account Manager u-smith', ...all.slice(1)]])
  })

  test('whatever their number, one call asks for the teams that change', async () => {
    const { fake, store, entry } = setUp()
    const commits = ['C', 'D', 'E', 'F', 'G'].map((Name) => entry(1, people, { of: fake.org.create('Account', { Name }, 0) }))
    const before = fake.log.length
    expect(await store.commit(commits)).toEqual(commits.map(() => written))
    // The users, the teams, the graphs.
    expect(fake.log.slice(before).map(({ method }) => method)).toEqual(['GET', 'POST', 'POST'])
    expect(members(fake)).toHaveLength(20)
  })

  test('of several entries of one account in a transaction the last one counts', async () => {
    const { fake, store, entry } = setUp()
    const commits = [entry(1, people), entry(2, { ...people, accountManager: 'u-smith' })].map((each) => ({ ...each, group: 0 }))
    expect(await store.commit(commits)).toEqual([written, written])
    expect(members(fake)).toEqual(['Account Manager u-smith', ...all.slice(1)])
  })

  test('where they are no transaction, the first says that the team comes later', async () => {
    const { fake, store, entry, head } = setUp()
    const outcomes = await store.commit([entry(1, people), entry(2, { ...people, accountManager: 'u-smith' })])
    expect(outcomes).toMatchObject([
      { projection: 'blocked', blockedReason: expect.stringContaining('later entry') as string },
      written,
    ])
    expect(members(fake)).toEqual(['Account Manager u-smith', ...all.slice(1)])
    expect(head()).toMatchObject({ RecordSeq__c: 2, Blocked__c: null })
  })
})

describe('a row belongs to whoever made it', () => {
  test('a member whom a person has added stays, whatever the role, and when the team goes', async () => {
    const { fake, send, byHand } = setUp()
    byHand('u-sun', 'Executive Sponsor')
    byHand('u-qian', 'Product Manager')
    await send(1, people)
    const both = ['Executive Sponsor u-sun', 'Product Manager u-qian']
    expect(members(fake)).toEqual([...all, ...both].sort())
    expect(await send(2, {})).toEqual(written)
    expect(members(fake)).toEqual(both)
  })

  test('a member of the team whom a person has added before is not changed', async () => {
    const { fake, send, byHand } = setUp()
    byHand('u-wu', 'Executive Sponsor')
    expect(await send(1, people)).toEqual(written)
    expect(members(fake)).toEqual([
      'Account Manager u-liu',
      'Executive Sponsor u-wu',
      'Product Manager u-peters',
      'Service u-huang',
    ])
    await send(2, {})
    expect(members(fake)).toEqual(['Executive Sponsor u-wu'])
  })

  test('whoever gives a row of ours another role takes it over', async () => {
    const { fake, send } = setUp()
    await send(1, people)
    const row = fake.org.rows('AccountTeamMember').find((each) => each['TeamMemberRole'] === 'Marketing')
    fake.org.update('AccountTeamMember', String(row?.['Id']), { TeamMemberRole: 'Executive Sponsor' })
    await send(2, {})
    expect(members(fake)).toEqual(['Executive Sponsor u-wu'])
  })

  test('rows of a service user who was replaced are ours still', async () => {
    const { fake, send, accountId } = setUp()
    await send(1, {})
    const before = fake.org.create('User', { Name: 'old service', FederationIdentifier: 'old' }, 0)
    const seq0 = { InstanceKey__c: ledgerOf(accountId), EventKey__c: 'x', CommandKey__c: 'x', Seq__c: 0 }
    fake.org.create('KagEvent__c', { ...seq0, Instance__c: fake.org.rows('KagInstance__c')[0]?.['Id'] }, 0, before)
    const row = { AccountId: accountId, UserId: userOf(fake, 'u-qian'), TeamMemberRole: 'Product Manager' }
    fake.org.create('AccountTeamMember', row, 0, before)
    await send(2, people)
    expect(members(fake)).toEqual(all)
  })
})

describe('a member whom a hand has removed [GOV-06]', () => {
  const kept = async () => {
    const g = governed(keeping)
    withUsers(g.fake)
    const form = { accountId: g.accountId, name: 'Acme', isKeyAccount: true, tier: 'B', team: people } as const
    expect(await g.governance.account.adopt(form, { actor: 'u-liu' })).toMatchObject({ ok: true, projection: 'written' })
    const remove = (role: string): void => {
      const row = g.fake.org.rows('AccountTeamMember').find((each) => each['TeamMemberRole'] === role)
      g.fake.org.remove('AccountTeamMember', String(row?.['Id']))
    }
    return { ...g, remove }
  }

  test('is told, and repaired by a journaled command; there is no way round the admission', async () => {
    const g = await kept()
    expect(await g.all()).toEqual([])
    g.remove('Product Manager')
    const [drift, more] = await g.all()
    if (drift === undefined) throw new Error('found')
    expect([more, drift.records]).toMatchObject([
      undefined,
      [{ object: 'AccountTeamMember', id: null, missing: false, changedBy: null, changedAt: null }],
    ])
    expect(drift.records[0]?.differences).toMatchObject([
      {
        field: 'Product Manager',
        part: 'fields.productManager',
        governed: 'u-peters',
        shown: null,
        bypassed: [{ command: 'admission.assignTeam', clause: 'SVC-01' }],
        acceptable: false,
      },
    ])
    expect(formatDrift(drift, 'en').slice(1, 3)).toEqual([
      '  AccountTeamMember',
      '    Product Manager (Product manager) shows nothing; governed is “u-peters”',
    ])
    expect(await g.governance.drift.resolve(drift, { ...head, decision: 'accept' })).toMatchObject({ ok: false })
    expect(await g.governance.drift.resolve(drift, { ...head, decision: 'repair' })).toMatchObject({
      ok: true,
      projection: 'written',
    })
    expect([members(g.fake), await g.all()]).toEqual([all, []])
  })

  test('others stay out of it: one whom a person has added, and one whose role a person has changed', async () => {
    const g = await kept()
    const [row] = g.fake.org.rows('AccountTeamMember')
    g.byHand('AccountTeamMember', String(row?.['Id']), { TeamMemberRole: 'Executive Sponsor' })
    const values = { AccountId: g.accountId, UserId: userOf(g.fake, 'u-sun'), TeamMemberRole: 'Marketing' }
    g.fake.org.create('AccountTeamMember', values, 0, g.hand)
    expect(await g.all()).toEqual([])
  })

  test('an account whose team the mapping began to keep later is told until it is repaired', async () => {
    const { fake, store, entry, another } = setUp(
      {},
      { ...keeping, records: { complaint: null, account: { ...account, team: {} } } },
    )
    await store.commit([entry(1, people)])
    expect(members(fake)).toEqual([])
    const keeps = another(keeping)
    const { projection } = entry(1, people)
    const told = (await keeps.drift?.([projection])) ?? []
    expect(told.flatMap(({ differences }) => differences.map(({ governed: who }) => who))).toEqual(Object.values(people))
    expect(await keeps.project(projection)).toBe('written')
    expect([members(fake), await keeps.drift?.([projection])]).toEqual([all, []])
  })

  test('costs one call for a page of accounts, whatever field their ids are in', async () => {
    const g = await kept()
    const plain = governed({ ...keeping, records: { complaint: null, account: { ...account, team: {} } } })
    await plain.adopt()
    expect((await g.calls(g.all)) - (await plain.calls(plain.all))).toBe(1)
    const slugs = { Account: { fields: { Slug__c: { type: 'string', externalId: true } } } } as const
    const { fake, accountId, store, entry } = setUp(slugs, { ...keeping, accounts: { id: 'Slug__c' } })
    fake.org.update('Account', accountId, { Slug__c: 'acme' })
    await store.commit([entry(1, people, { of: 'acme' })])
    expect([members(fake), await store.drift?.([entry(1, people, { of: 'acme' }).projection])]).toEqual([all, []])
    expect(await store.commit([entry(2, {}, { of: 'acme' })])).toEqual([written])
    expect(members(fake)).toEqual([])
  })
})

describe('an account that is named in other letters', () => {
  /** Accounts that are found by a field of the host's. */
  const named = (slug: string, more: { readonly caseSensitive?: boolean } = {}) => {
    const field = { type: 'string', externalId: true, unique: true, ...more } as const
    const made = setUp({ Account: { fields: { Slug__c: field } } }, { ...keeping, accounts: { id: 'Slug__c' } })
    made.fake.org.update('Account', made.accountId, { Slug__c: slug })
    return made
  }

  test('is the same one, where the org compares without case: its team is found, changed and removed', async () => {
    const { fake, send, another, entry, byHand } = named('acme')
    const upper = { of: 'ACME' }
    byHand('u-sun', 'Executive Sponsor')
    byHand('u-peters', 'Executive Sponsor')
    const sponsors = ['Executive Sponsor u-peters', 'Executive Sponsor u-sun']
    const [first, second, , last] = all
    expect(await send(1, people, upper)).toEqual(written)
    expect(members(fake)).toEqual([first, ...sponsors, second, last])
    const told = await another().drift?.([entry(1, people, upper).projection])
    expect(told?.filter(({ record }) => record.object === 'AccountTeamMember')).toEqual([])
    expect(await send(2, { ...people, accountManager: 'u-smith' }, upper)).toEqual(written)
    expect(members(fake)).toEqual(['Account Manager u-smith', ...sponsors, second, last])
    expect(await send(3, {}, upper)).toEqual(written)
    expect(members(fake)).toEqual(sponsors)
  })

  test('is another one, where the org tells them apart: each keeps its own team', async () => {
    const { fake, store, accountId, other, entry } = named('acme', { caseSensitive: true })
    fake.org.update('Account', other, { Slug__c: 'ACME' })
    const commit = makeCommit({ instanceId: 'account-second', kind: 'account', seq: 1, state: 'ka', accountId: 'ACME' })
    const second = { ...commit, projection: { ...commit.projection, fields: { tier: 'B', ...people } } }
    await store.commit([entry(1, people, { of: 'acme' })])
    const next = entry(2, { accountManager: 'u-liu' }, { of: 'acme' })
    expect(await store.commit([next, second])).toEqual([written, written])
    expect([members(fake, accountId), members(fake, other)]).toEqual([['Account Manager u-liu'], all])
    for (const row of fake.org.rows('AccountTeamMember'))
      if (row['AccountId'] === other) fake.org.remove('AccountTeamMember', String(row['Id']))
    const told = await store.drift?.([next.projection, second.projection])
    expect(told?.map(({ instanceId, differences }) => [instanceId, differences.length])).toEqual([['account-second', 4]])
  })
})
