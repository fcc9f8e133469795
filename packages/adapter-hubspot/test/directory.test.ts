// Who is who, read from a portal: a stand-in with owners, teams and companies that have owners.
import { describe, expect, test } from 'vitest'
import { change, company, directoryOf, now, ownerOf, user } from './company.ts'
import { createFakeHubSpot } from './fake/server.ts'

describe('every source of a role', () => {
  test('a team by name or id: its active members, on request only those whose main team it is', async () => {
    const all = company()
    const directory = directoryOf(all, {
      east: { team: 'Region East' },
      'east.main': { team: 'Region East', primary: true },
      west: { teamId: all.west.id },
      'west.main': { teamId: all.west.id, primary: true },
    })
    expect(await directory.members('east', {}, now)).toEqual([all.anna, all.bo, all.chen])
    expect(await directory.members('east.main', {}, now)).toEqual([all.anna, all.bo])
    expect(await directory.members('west', {}, now)).toEqual([all.chen])
    expect(await directory.rolesOf(all.chen, {}, now)).toEqual(['east', 'west', 'west.main'])
    expect(await directory.rolesOf(all.dee, {}, now)).toEqual([])
  })

  test('people by id are held to be active as well; several sources of a role add up, each person once', async () => {
    const all = company()
    const directory = directoryOf(all, { executive: [{ people: [all.bo, all.dee, 'u-nobody'] }, { teamId: all.east.id }] })
    expect(await directory.members('executive', {}, now)).toEqual([all.anna, all.bo, all.chen])
    expect(await directory.rolesOf('u-nobody', {}, now)).toEqual([])
  })

  test('a queue owns tickets and is nobody', async () => {
    const all = company()
    const queue = user(all.fake, 'desk', { type: 'QUEUE', teams: [all.east] })
    const directory = directoryOf(all, { east: { team: 'Region East' }, desk: { people: [queue] } })
    expect(await directory.members('east', {}, now)).not.toContain(queue)
    expect(await directory.rolesOf(queue, {}, now)).toEqual([])
  })

  test('properties of the account at hand, one user or several, and nowhere else', async () => {
    const all = company()
    const { fake, anna, bo, chen, dee } = all
    const property = {
      label: 'Team',
      type: 'string',
      fieldType: 'checkbox',
      groupName: 'information',
      referencedObjectType: 'OWNER',
    } as const
    fake.portal.typeOf('companies').properties.set('account_team', { name: 'account_team', ...property })
    const make = (values: object): string => fake.portal.create('companies', values).record.id
    const mine = make({
      name: 'Mine',
      hubspot_owner_id: ownerOf(fake, bo),
      account_team: [anna, chen, dee].map((each) => ownerOf(fake, each)).join(';'),
    })
    const other = make({ name: 'Other', hubspot_owner_id: ownerOf(fake, dee) })
    const directory = directoryOf(all, {
      accountManager: { accountProperty: 'hubspot_owner_id' },
      team: [{ accountProperty: 'account_team' }, { people: [bo] }],
    })
    const here = { accountId: mine }
    expect(await directory.members('accountManager', here, now)).toEqual([bo])
    expect(await directory.members('team', here, now)).toEqual([anna, bo, chen])
    expect(await directory.rolesOf(bo, here, now)).toEqual(['accountManager', 'team'])
    expect(await directory.rolesOf(anna, here, now)).toEqual(['team'])
    // Who has left holds nothing, and nobody takes their place.
    expect(await directory.members('accountManager', { accountId: other }, now)).toEqual([])
    expect(await directory.rolesOf(anna, {}, now)).toEqual([])
    const calls = fake.log.length
    for (const accountId of ['', 'acme', '0', `${mine}?idProperty=name`, '1'.repeat(40)])
      expect(await directory.members('accountManager', { accountId }, now), accountId).toEqual([])
    expect(fake.log).toHaveLength(calls)
    expect(await directory.members('accountManager', { accountId: '99' }, now)).toEqual([])
  })

  test('an account that went into another one is none any more: its owner’s role does not live on under the old id', async () => {
    const all = company()
    const { portal } = all.fake
    const [kept, gone] = ['A', 'B'].map(
      (name) => portal.create('companies', { name, hubspot_owner_id: ownerOf(all.fake, all.bo) }).record,
    )
    if (kept === undefined || gone === undefined) throw new Error('no companies')
    portal.merge('companies', kept.id, gone.id)
    const directory = directoryOf(all, { accountManager: { accountProperty: 'hubspot_owner_id' } })
    expect(await directory.members('accountManager', { accountId: kept.id }, now)).toEqual([all.bo])
    expect(await directory.members('accountManager', { accountId: gone.id }, now)).toEqual([])
  })

  test('accounts under ids of their own, to the character', async () => {
    const all = company()
    const { portal } = all.fake
    const slug = {
      name: 'slug',
      label: 'Slug',
      type: 'string',
      fieldType: 'text',
      groupName: 'information',
      hasUniqueValue: true,
    } as const
    portal.typeOf('companies').properties.set('slug', slug)
    portal.create('companies', { slug: 'acme/east', hubspot_owner_id: ownerOf(all.fake, all.bo) })
    const directory = directoryOf(all, { accountManager: { accountProperty: 'hubspot_owner_id' } }, { accounts: { id: 'slug' } })
    expect(await directory.rolesOf(all.bo, { accountId: 'acme/east' }, now)).toEqual(['accountManager'])
    expect(await directory.rolesOf(all.bo, { accountId: 'ACME/east' }, now)).toEqual([])
    expect(await directory.rolesOf(all.bo, { accountId: 'acme' }, now)).toEqual([])
  })

  test('a role that nothing is named for has nobody', async () => {
    expect(await directoryOf(company(), { head: { people: [] } }).members('executive', {}, now)).toEqual([])
  })
})

describe('who a person is', () => {
  test('the owner’s id or the address in the place of the user’s id, to the character', async () => {
    const all = company()
    const roles = { east: { team: 'Region East', primary: true } }
    const byOwner = directoryOf(all, roles, { people: { id: 'ownerId' } })
    expect(await byOwner.members('east', {}, now)).toEqual([all.anna, all.bo].map((each) => ownerOf(all.fake, each)))
    const byMail = directoryOf(all, roles, { people: { id: 'email' } })
    expect(await byMail.members('east', {}, now)).toEqual(['anna@example.com', 'bo@example.com'])
    expect(await byMail.rolesOf('bo@example.com', {}, now)).toEqual(['east'])
    expect(await byMail.rolesOf('BO@example.com', {}, now)).toEqual([])
  })

  test('an owner without the id has no role; the check says who', async () => {
    const all = company()
    user(all.fake, 'ghost', { userId: null, teams: [all.east] })
    const directory = directoryOf(all, { east: { team: 'Region East' } })
    expect(await directory.members('east', {}, now)).toEqual([all.anna, all.bo, all.chen])
    const ghost = all.fake.definitions.owners.at(-1)?.id ?? ''
    expect(await directory.check()).toMatchObject([{ path: `people.${ghost}`, code: 'no_id', severity: 'warning' }])
  })

  test('two users under one id could approve their own work: nobody acts under it', async () => {
    const all = company()
    for (const each of [all.bo, all.chen]) change(all.fake, each, { email: 'boss@example.com' })
    const directory = directoryOf(
      all,
      { east: { team: 'Region East' }, anna: { people: ['anna@example.com'] } },
      { people: { id: 'email' }, superiors: { people: { 'anna@example.com': 'boss@example.com' } } },
    )
    const refused = { code: 'unavailable', details: { shared: ['boss@example.com'] } }
    await expect(directory.rolesOf('boss@example.com', {}, now)).rejects.toMatchObject(refused)
    await expect(directory.members('east', {}, now)).rejects.toMatchObject(refused)
    await expect(directory.superiorOf('boss@example.com', now)).rejects.toMatchObject(refused)
    await expect(directory.superiorOf('anna@example.com', now)).rejects.toMatchObject(refused)
    // Others are not held up by it.
    expect(await directory.members('anna', {}, now)).toEqual(['anna@example.com'])
    expect(await directory.check()).toMatchObject([{ path: 'people.boss@example.com', code: 'shared_id', severity: 'warning' }])
  })
})

describe('superiors, by the configuration', () => {
  test('of a person, else of the main team; who leads a team is not above themselves', async () => {
    const all = company()
    const { anna, bo, chen, dee, east, west } = all
    const of = (superiors: Parameters<typeof directoryOf>[2]) => directoryOf(all, {}, superiors)
    const directory = of({ superiors: { people: { [anna]: chen }, teams: { [east.id]: anna, [west.id]: chen } } })
    expect(await directory.superiorOf(bo, now)).toBe(anna)
    expect(await directory.superiorOf(anna, now)).toBe(chen)
    expect(await directory.superiorOf(chen, now)).toBeNull()
    // What somebody leaves behind has to go up; in which team they were the portal does not say any more.
    expect(await directory.superiorOf(dee, now)).toBeNull()
    expect(await of({ superiors: { people: { [dee]: bo } } }).superiorOf(dee, now)).toBe(bo)
    expect(await directory.superiorOf('u-nobody', now)).toBeNull()
  })

  test('the nearest who is active; a circle ends', async () => {
    const all = company()
    const { anna, bo, chen, dee } = all
    const directory = directoryOf(all, {}, { superiors: { people: { [bo]: dee, [dee]: anna, [anna]: dee, [chen]: chen } } })
    expect(await directory.superiorOf(bo, now)).toBe(anna)
    expect(await directory.superiorOf(anna, now)).toBeNull()
    expect(await directory.superiorOf(chen, now)).toBeNull()
  })
})

test('delegations hold from the first instant of their first day to the last of the last one, and cost no call', async () => {
  const { fake, anna, bo } = company()
  const delegations = [{ from: anna, to: bo, since: '2026-11-22', until: '2026-11-23' }]
  const directory = directoryOf({ fake }, {}, { delegations, timeZone: 'Asia/Shanghai' })
  const [since, until] = [Date.parse('2026-11-22T00:00:00+08:00'), Date.parse('2026-11-24T00:00:00+08:00')]
  expect(await directory.delegations(bo, since)).toEqual([{ from: anna, to: bo, since, until }])
  expect(await directory.delegations(bo, since - 1)).toEqual([])
  expect(await directory.delegations(bo, until - 1)).toHaveLength(1)
  expect(await directory.delegations(bo, until)).toEqual([])
  expect(await directory.delegations(anna, since)).toEqual([])
  expect(fake.log).toEqual([])
})

test('the client of a store serves as well, so that calls are counted together', async () => {
  const all = company()
  const { createHubSpotStore } = await import('@ka-governance/adapter-hubspot')
  const seen: string[] = []
  const { client } = createHubSpotStore({
    client: all.fake.source,
    fetch: all.fake.fetch,
    onCall: ({ path }) => void seen.push(path),
  })
  const directory = directoryOf(all, { east: { team: 'Region East', primary: true } }, { client })
  expect(await directory.members('east', {}, now)).toEqual([all.anna, all.bo])
  expect(seen).toEqual(['/crm/owners/2026-09'])
})

test('a portal where nobody is yet gives nobody a role', async () => {
  const directory = directoryOf({ fake: createFakeHubSpot() }, { head: { people: ['1'] } })
  expect(await directory.members('head', {}, now)).toEqual([])
  expect(await directory.rolesOf('1', {}, now)).toEqual([])
})
