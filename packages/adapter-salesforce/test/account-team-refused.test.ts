// Account teams never stand in the way of a command [SVC-01]; what the org and the mapping lack is named.
import { createSalesforceStore } from '@ka-governance/adapter-salesforce'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { resolveMapping } from '../src/options.ts'
import { check } from '../src/provision.ts'
import { governedObjects } from './fake/objects.ts'
import { RowError, type FakeRule } from './fake/org.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'
import { account, all, keeping, members, people, refuse, setUp, withUsers, written } from './teams.ts'

describe('the command stands whatever the org says', () => {
  test('a refused member is left out and told; the others are there, and project makes up for it', async () => {
    const rule = { on: true }
    const { fake, send, store, entry, head } = setUp({ AccountTeamMember: { rules: [refuse('Marketing', rule)] } })
    const reason = 'FIELD_CUSTOM_VALIDATION_EXCEPTION: No such people here'
    expect(await send(1, people)).toEqual({ status: 'committed', projection: 'blocked', blockedReason: reason })
    expect(members(fake)).toEqual(all.filter((each) => !each.startsWith('Marketing')))
    expect(head()).toMatchObject({ Blocked__c: reason })
    expect(fake.org.row('Account', String(fake.org.rows('Account')[0]?.['Id']))).toMatchObject({ KagTier__c: 'B' })
    expect(await store.project(entry(1, people).projection)).toBe('blocked')
    rule.on = false
    expect(await store.project(entry(1, people).projection)).toBe('written')
    expect([members(fake), head()]).toMatchObject([all, { RecordSeq__c: 1, Blocked__c: null }])
  })

  test('an inactive user, too; the next command tries again though it changes nobody', async () => {
    const inactive = { on: true }
    const rule: FakeRule = (row) => {
      if (inactive.on && row['TeamMemberRole'] === 'Service')
        throw new RowError('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user [005] as owner of account')
      return null
    }
    const { fake, send } = setUp({ AccountTeamMember: { rules: [rule] } })
    expect(await send(1, people)).toMatchObject({
      projection: 'blocked',
      blockedReason: expect.stringMatching(/^INACTIVE_OWNER/) as string,
    })
    expect(await send(2, people)).toMatchObject({ projection: 'blocked' })
    inactive.on = false
    expect(await send(3, people)).toEqual(written)
    expect(members(fake)).toEqual(all)
  })

  test('who has no user is told by name; the others become members', async () => {
    const { fake, send } = setUp()
    expect(await send(1, { ...people, marketingSpecialist: 'u-nobody' })).toEqual({
      status: 'committed',
      projection: 'blocked',
      blockedReason: 'NOT_FOUND: no user of the org is u-nobody',
    })
    expect(members(fake)).toEqual(all.filter((each) => !each.startsWith('Marketing')))
  })

  test('a member who is refused to leave stays and is told; one who has gone meanwhile is no trouble', async () => {
    const { fake, send, store, entry } = setUp({ AccountTeamMember: { deletable: false } })
    await send(1, people)
    expect(await send(2, {})).toMatchObject({
      projection: 'blocked',
      blockedReason: expect.stringMatching(/^INSUFFICIENT/) as string,
    })
    expect(members(fake)).toEqual(all)
    const free = setUp()
    await free.send(1, people)
    const away = () => {
      for (const row of free.fake.org.rows('AccountTeamMember')) free.fake.org.remove('AccountTeamMember', String(row['Id']))
    }
    // Between the question and the write somebody removes them.
    free.fake.script = ({ body }) => {
      if (body?.includes('"DELETE"') === true) away()
      return null
    }
    expect(await free.send(2, {})).toEqual(written)
    await free.send(3, people)
    expect(await free.store.project({ ...free.entry(3, {}).projection })).toBe('written')
    expect(members(free.fake)).toEqual([])
    expect(await store.project(entry(2, {}).projection)).toBe('blocked')
  })

  test('an org without account teams is told; the tier is written', async () => {
    const objects = Object.fromEntries(Object.entries(governedObjects()).filter(([name]) => name !== 'AccountTeamMember'))
    const fake = withUsers(createFakeSalesforce({ objects }))
    const accountId = fake.org.create('Account', { Name: 'Acme' }, 0)
    const store = storeOn(fake, { mapping: keeping })
    const made = makeCommit({ instanceId: 'account-acme', kind: 'account', accountId })
    const commit = { ...made, projection: { ...made.projection, fields: { tier: 'B', ...people } } }
    const told = { status: 'committed', projection: 'blocked', blockedReason: expect.stringContaining('INVALID_TYPE') as string }
    expect(await store.commit([commit])).toMatchObject([told])
    expect(await store.project(commit.projection)).toBe('blocked')
    expect(fake.org.row('Account', accountId)).toMatchObject({ KagTier__c: 'B' })
  })

  test('an account that is refused takes its team with it, and project writes both', async () => {
    const rule = { on: true }
    const { fake, send, store, entry } = setUp({
      Account: { rules: [(row) => (rule.on && row['KagTier__c'] === 'B' ? 'no' : null)] },
    })
    expect(await send(1, people)).toMatchObject({ projection: 'blocked' })
    expect(members(fake)).toEqual([])
    rule.on = false
    expect(await store.project(entry(1, people).projection)).toBe('written')
    expect(members(fake)).toEqual(all)
  })

  test('an id that is none of an account, and text that could end a query or begin a reference', async () => {
    const { fake, store, entry } = setUp()
    for (const of of ['acme', "x' OR Id != '", '@{event.id}'])
      expect(await store.commit([entry(1, people, { of })])).toMatchObject([{ status: 'committed', projection: 'blocked' }])
    expect(members(fake)).toEqual([])
    const bySlug = setUp(
      { Account: { fields: { Slug__c: { type: 'string', externalId: true } } } },
      { ...keeping, accounts: { id: 'Slug__c' } },
    )
    bySlug.byHand('u-sun', 'Product Manager')
    const hostile = bySlug.entry(1, { productManager: 'u-peters' }, { of: "x' OR Name != '" })
    expect(await bySlug.store.commit([hostile])).toMatchObject([{ status: 'committed' }])
    await bySlug.store.load(hostile.entry.instanceId)
    expect(await bySlug.store.commit([bySlug.entry(2, {}, { of: "x' OR Name != '" })])).toMatchObject([{ status: 'committed' }])
    expect(members(bySlug.fake)).toEqual(['Product Manager u-sun'])
  })

  test('of many at once each stands for itself: the one that is refused is sent again without', async () => {
    const { fake, store, entry, accountId, other } = setUp({ AccountTeamMember: { rules: [refuse('Marketing')] } })
    const commits = [entry(1, { productManager: 'u-peters' }), entry(1, people, { of: other })]
    expect(await store.commit(commits)).toMatchObject([written, { status: 'committed', projection: 'blocked' }])
    expect(members(fake, accountId)).toEqual(['Product Manager u-peters'])
    expect(members(fake, other)).toEqual(all.filter((each) => !each.startsWith('Marketing')))
    expect(fake.org.rows('KagEvent__c')).toHaveLength(2)
  })

  test('more than a call has room for is left to project', async () => {
    const { fake, store, entry } = setUp()
    const accounts = ['C', 'D', 'E', 'F'].map((Name) => fake.org.create('Account', { Name }, 0))
    const full = accounts.map((of) => ({ ...entry(1, people, { of }), group: 0 }))
    expect(await store.commit(full)).toMatchObject(
      full.map(() => ({ projection: 'blocked', blockedReason: expect.stringMatching(/^LIMIT/) as string })),
    )
    expect(members(fake)).toEqual([])
    for (const { projection } of full) expect(await store.project(projection)).toBe('written')
    expect(members(fake)).toHaveLength(16)
  })

  test('where one call is not enough, project says so, and does the rest when it is asked again', async () => {
    const { fake, store, entry, send, accountId } = setUp()
    await send(1, {})
    const service = String(fake.org.rows('KagEvent__c')[0]?.['CreatedById'])
    for (let n = 0; n < 30; n += 1) {
      const UserId = fake.org.create('User', { Name: 'left', FederationIdentifier: `left-${String(n)}` }, 0)
      fake.org.create('AccountTeamMember', { AccountId: accountId, UserId, TeamMemberRole: 'Service' }, 0, service)
    }
    const full = { projection: 'blocked', blockedReason: expect.stringMatching(/^LIMIT/) as string }
    expect(await send(2, people)).toMatchObject(full)
    expect(await store.project(entry(2, people).projection)).toBe('blocked')
    expect(await store.project(entry(2, people).projection)).toBe('written')
    expect(members(fake)).toEqual(all)
  })
})

describe('the mapping of teams', () => {
  const wrong = (record: object) => () =>
    createSalesforceStore({
      connection: { instanceUrl: 'https://x.example' },
      mapping: { records: { account: record as never } },
    })
  test.each([
    ['another object', { ...account, object: 'Contact' }, 'team'],
    ['a record of its own', { ...account, by: { externalId: 'Key__c' } }, 'team'],
    ['a role that is none', { ...account, team: { boss: { teamRole: 'Boss' } } }, 'team'],
    ['no team role', { ...account, team: { productManager: { teamRole: ' ' } } }, 'team.productManager.teamRole'],
    [
      'a level that is none',
      { ...account, team: { productManager: { teamRole: 'A', access: { AccountAccessLevel: 'None' } } } },
      'team.productManager.access',
    ],
    [
      'a right that is none',
      { ...account, team: { productManager: { teamRole: 'A', access: { OwnerId: 'Edit' } } } },
      'team.productManager.access',
    ],
  ])('%s is named with its place', (_, record, path) => {
    const findings = [expect.objectContaining({ path: `mapping.records.account.${path}` })]
    expect(wrong(record)).toThrow(expect.objectContaining({ code: 'invalid_input', findings }) as Error)
  })
  test('a team of another kind is named, too', () => {
    const make = () => resolveMapping({ records: { complaint: account } })
    expect(make).toThrow(
      expect.objectContaining({ findings: [expect.objectContaining({ path: 'mapping.records.complaint.team' })] }) as Error,
    )
  })

  test('the preflight asks for the object, its fields, the rights and the roles, in the calls that it has', async () => {
    const given = resolveMapping(keeping)
    const codes = async (fake: FakeSalesforce) =>
      (await check(storeOn(fake).client, given)).map(({ path, code }) => `${path} ${code}`)
    const fake = createFakeSalesforce()
    expect([await codes(fake), fake.log.length]).toEqual([[], 4])

    const { AccountTeamMember: found, ...others } = governedObjects()
    if (found === undefined) throw new Error('no teams')
    expect(await codes(createFakeSalesforce({ objects: others }))).toEqual(['AccountTeamMember missing'])
    const { CaseAccessLevel: _, ...fields } = found.fields
    const locked = {
      ...fields,
      UserId: { ...fields['UserId'], type: 'reference', createable: false } as const,
      TeamMemberRole: {
        type: 'picklist',
        values: ['Account Manager', 'Marketing', 'Product Manager'],
        updateable: false,
      } as const,
    }
    const poor = {
      ...others,
      AccountTeamMember: { ...found, createable: false, updateable: false, deletable: false, fields: locked },
    }
    expect(await codes(createFakeSalesforce({ objects: poor }))).toEqual([
      'AccountTeamMember right_missing',
      'AccountTeamMember right_missing',
      'AccountTeamMember right_missing',
      'AccountTeamMember.UserId right_missing',
      'AccountTeamMember.TeamMemberRole right_missing',
      'AccountTeamMember.CaseAccessLevel missing',
      'AccountTeamMember.TeamMemberRole.Service missing',
    ])
  })
})
