// Who is who, read from an org. What is asked for is asked of a stand-in with users, groups, permission sets, roles and teams.
import { describe, expect, test } from 'vitest'
import { company, directoryOf, now, org, sorted } from './company.ts'

describe('every source of a role', () => {
  test('a permission set: assigned directly or through a group of sets, by active users only', async () => {
    const all = company()
    const directory = directoryOf(all, {
      'product.head': { permissionSet: 'head_OF_product' },
      lead: { permissionSetGroup: 'Leads' },
    })
    expect(await directory.members('product.head', {}, now)).toEqual(sorted(all.bo, all.chen))
    expect(await directory.members('lead', {}, now)).toEqual([all.chen])
    expect(await directory.rolesOf(all.chen, {}, now)).toEqual(['product.head', 'lead'])
    expect(await directory.rolesOf(all.dee, {}, now)).toEqual([])
    expect(await directory.rolesOf(all.anna, {}, now)).toEqual([])
  })

  test('an assignment holds until it expires, and not at that instant', async () => {
    const all = company()
    const until = '2026-12-01T00:00:00.000+0000'
    all.assign(all.anna, { PermissionSetId: all.set, ExpirationDate: until })
    all.assign(all.customer, { PermissionSetId: all.set, IsActive: false })
    const directory = directoryOf(all, { head: { permissionSet: 'Head_of_Product' } })
    const end = Date.parse('2026-12-01T00:00:00Z')
    expect(await directory.rolesOf(all.anna, {}, end - 1)).toEqual(['head'])
    expect(await directory.rolesOf(all.anna, {}, end)).toEqual([])
    expect(await directory.members('head', {}, end - 1)).toEqual(sorted(all.anna, all.bo, all.chen))
    expect(await directory.members('head', {}, end)).toEqual(sorted(all.bo, all.chen))
    // Of several assignments the longest holds.
    const later = '2026-12-05T00:00:00.000+0000'
    all.assign(all.anna, { PermissionSetGroupId: all.setGroup, ExpirationDate: later })
    all.assign(all.anna, { PermissionSetGroupId: all.setGroup, ExpirationDate: until })
    directory.refresh()
    expect(await directory.rolesOf(all.anna, {}, Date.parse('2026-12-05T00:00:00Z') - 1)).toEqual(['head'])
    expect(await directory.rolesOf(all.anna, {}, Date.parse('2026-12-05T00:00:00Z'))).toEqual([])
    all.assign(all.bo, { PermissionSetId: all.set, ExpirationDate: until })
    all.assign(all.anna, { PermissionSetGroupId: all.setGroup })
    directory.refresh()
    expect(await directory.members('head', {}, end)).toEqual(sorted(all.anna, all.bo, all.chen))
  })

  test('a role of the hierarchy, alone or with all below; a portal role of the same name is none', async () => {
    const all = company()
    const directory = directoryOf(all, {
      head: { userRole: 'Region' },
      region: { userRole: 'Region', subordinates: true },
      city: { userRole: 'City' },
    })
    expect(await directory.members('head', {}, now)).toEqual([all.anna])
    expect(await directory.members('city', {}, now)).toEqual(sorted(all.bo, all.chen))
    expect(await directory.members('region', {}, now)).toEqual(sorted(all.anna, all.bo, all.chen, all.customer))
  })

  test('a public group with groups and roles in it, in a circle as well; a queue of the same name is another', async () => {
    const all = company()
    const { make } = all
    const group = (DeveloperName: string, Type = 'Regular', RelatedId: string | null = null): string =>
      make('Group', { DeveloperName, Type, RelatedId })
    const put = (GroupId: string, UserOrGroupId: string): string => make('GroupMember', { GroupId, UserOrGroupId })
    const [outer, inner] = [group('Council'), group('Inner')]
    const [queue, below, alone] = [
      group('Council', 'Queue'),
      group('r1', 'RoleAndSubordinatesInternal', all.region),
      group('r2', 'Role', all.city),
    ]
    put(outer, inner)
    put(inner, outer)
    put(inner, all.dee)
    put(inner, below)
    put(queue, alone)
    const ofAll = group('WithPortal')
    put(ofAll, group('r3', 'RoleAndSubordinates', all.region))
    const directory = directoryOf(all, {
      council: { group: 'council' },
      queue: { queue: 'Council' },
      all: [{ group: 'WithPortal' }],
    })
    expect(await directory.members('council', {}, now)).toEqual(sorted(all.anna, all.bo, all.chen))
    expect(await directory.members('queue', {}, now)).toEqual(sorted(all.bo, all.chen))
    expect(await directory.members('all', {}, now)).toEqual(sorted(all.anna, all.bo, all.chen, all.customer))
  })

  test('people by id are held to be active as well; several sources of a role add up, each person once', async () => {
    const all = company()
    const directory = directoryOf(all, {
      executive: [{ people: [all.anna, all.dee, all.bo] }, { permissionSet: 'Head_of_Product' }],
    })
    expect(await directory.members('executive', {}, now)).toEqual(sorted(all.anna, all.bo, all.chen))
  })

  test('fields and team of the account at hand, and nowhere else', async () => {
    const all = company()
    const [mine, other] = [
      all.make('Account', { Name: 'Mine', OwnerId: all.bo, Kam__c: all.chen }),
      all.make('Account', { Name: 'Other', OwnerId: all.dee }),
    ]
    const member = (AccountId: string, UserId: string, TeamMemberRole: string): string =>
      all.make('AccountTeamMember', { AccountId, UserId, TeamMemberRole })
    member(mine, all.anna, 'Regional Manager')
    member(mine, all.dee, 'Regional Manager')
    member(mine, all.chen, 'Somebody else')
    member(other, all.bo, 'Regional Manager')
    const directory = directoryOf(all, {
      accountManager: [{ accountField: 'OwnerId' }, { accountField: 'Kam__c' }],
      regionalManager: { accountTeam: 'Regional Manager' },
    })
    const here = { accountId: mine }
    expect(await directory.members('accountManager', here, now)).toEqual(sorted(all.bo, all.chen))
    expect(await directory.members('regionalManager', here, now)).toEqual([all.anna])
    const short = { accountId: mine.slice(0, 15) }
    expect(await directory.members('accountManager', short, now)).toEqual(sorted(all.bo, all.chen))
    expect(await directory.members('regionalManager', short, now)).toEqual([all.anna])
    expect(await directory.rolesOf(all.bo, here, now)).toEqual(['accountManager'])
    expect(await directory.rolesOf(all.bo, { accountId: other }, now)).toEqual(['regionalManager'])
    expect(await directory.members('accountManager', { accountId: other }, now)).toEqual([])
    expect(await directory.members('accountManager', {}, now)).toEqual([])
    expect(await directory.rolesOf(all.bo, {}, now)).toEqual([])
    for (const accountId of ['nothing', `${mine.slice(0, 15)}ZZZ`, `${mine}' OR Id != '`])
      expect(await directory.members('accountManager', { accountId }, now)).toEqual([])
  })

  test('accounts under ids of their own: to the character, and not where two accounts share one', async () => {
    const all = company()
    const slug = (Slug__c: string, OwnerId: string): string => {
      const id = all.make('Account', { Name: Slug__c, Slug__c, OwnerId })
      all.make('AccountTeamMember', { AccountId: id, UserId: OwnerId, TeamMemberRole: 'Boss' })
      return id
    }
    slug('acme', all.bo)
    slug('twice', all.bo)
    slug('twice', all.anna)
    const directory = directoryOf(
      all,
      { accountManager: { accountField: 'OwnerId' }, boss: { accountTeam: 'Boss' } },
      { accounts: { id: 'Slug__c' } },
    )
    expect(await directory.rolesOf(all.bo, { accountId: 'acme' }, now)).toEqual(['accountManager', 'boss'])
    expect(await directory.rolesOf(all.bo, { accountId: 'ACME' }, now)).toEqual([])
    expect(await directory.rolesOf(all.bo, { accountId: 'twice' }, now)).toEqual([])
    expect(await directory.rolesOf(all.bo, { accountId: "' OR Slug__c != '" }, now)).toEqual([])
    // What no field can hold is not even asked for.
    const calls = all.fake.log.length
    for (const accountId of ['', 'x'.repeat(5000)]) expect(await directory.rolesOf(all.bo, { accountId }, now)).toEqual([])
    expect(all.fake.log).toHaveLength(calls)
  })

  test('a role that nothing is named for, and a person whom nobody knows', async () => {
    const directory = directoryOf(company(), { head: { permissionSet: 'Head_of_Product' } })
    expect(await directory.members('executive', {}, now)).toEqual([])
    for (const person of ['u-nobody', "' OR Id != '", '', '005000000000001'])
      expect(await directory.rolesOf(person, {}, now), person).toEqual([])
  })
})

describe('who a person is', () => {
  test('a field of the user in the place of the record id, to the character', async () => {
    const all = company()
    for (const [id, name] of [
      [all.anna, 'anna@example'],
      [all.bo, 'bo@example'],
    ] as const)
      all.fake.org.update('User', id, { FederationIdentifier: name })
    const directory = directoryOf(
      all,
      { head: [{ permissionSet: 'Head_of_Product' }, { people: ['anna@example'] }] },
      { people: { id: 'FederationIdentifier' } },
    )
    // Chen has none, and so no role.
    expect(await directory.members('head', {}, now)).toEqual(['anna@example', 'bo@example'])
    expect(await directory.rolesOf('bo@example', {}, now)).toEqual(['head'])
    expect(await directory.rolesOf('BO@example', {}, now)).toEqual([])
    expect(await directory.superiorOf('bo@example', now)).toBe('anna@example')
    expect(await directory.superiorOf('BO@example', now)).toBeNull()
    expect(await directory.check()).toMatchObject([{ path: `people.${all.chen}`, code: 'no_id', severity: 'warning' }])
  })

  test('two users under one id could approve their own work: nobody acts under it', async () => {
    const all = company()
    for (const id of [all.bo, all.chen]) all.fake.org.update('User', id, { Nickname__c: 'boss' })
    all.fake.org.update('User', all.anna, { Nickname__c: 'anna' })
    const directory = directoryOf(
      all,
      { head: { permissionSet: 'Head_of_Product' }, other: { permissionSet: 'Other' } },
      { people: { id: 'Nickname__c' } },
    )
    const refused = { code: 'unavailable', details: { shared: ['boss'] } }
    await expect(directory.rolesOf('boss', {}, now)).rejects.toMatchObject(refused)
    await expect(directory.members('head', {}, now)).rejects.toMatchObject(refused)
    await expect(directory.superiorOf('boss', now)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await directory.members('other', {}, now)).toEqual(['anna'])
    expect((await directory.check()).map(({ path, code }) => [path, code])).toEqual([['people.id', 'not_unique']])
  })
})

describe('superiors', () => {
  test('the nearest one who is active, up to five, never oneself', async () => {
    const all = org()
    const names: string[] = []
    for (let k = 0; k < 8; k += 1)
      names.push(all.user(`P${String(k)}`, { ManagerId: names.at(-1) ?? null, IsActive: k === 0 || k === 1 || k === 7 }))
    const [top = '', second = '', third = '', , , , seventh = '', last = ''] = names
    const directory = directoryOf(all, {})
    expect(await directory.superiorOf(top, now)).toBeNull()
    expect(await directory.superiorOf(second, now)).toBe(top)
    // Gone, but what she leaves behind goes up.
    expect(await directory.superiorOf(third, now)).toBe(second)
    expect(await directory.superiorOf(seventh, now)).toBe(second)
    // Five in a row have left.
    expect(await directory.superiorOf(last, now)).toBeNull()
    expect(await directory.superiorOf('u-nobody', now)).toBeNull()
    const loop = all.user('Loop')
    const other = all.user('Other', { ManagerId: loop, IsActive: false })
    all.fake.org.update('User', loop, { ManagerId: other })
    expect(await directory.superiorOf(loop, now)).toBeNull()
  })
})

describe('delegations', () => {
  const shanghai = (date: string): number => Date.parse(`${date}T00:00:00+08:00`)

  test('of the configuration: local days, both included', async () => {
    const all = company()
    const delegations = [{ from: all.anna, to: all.bo, since: '2026-11-20', until: '2026-11-22' }]
    const directory = directoryOf(all, {}, { delegations, timeZone: 'Asia/Shanghai' })
    const found = { from: all.anna, to: all.bo, since: shanghai('2026-11-20'), until: shanghai('2026-11-23') }
    expect(await directory.delegations(all.bo, found.since)).toEqual([found])
    expect(await directory.delegations(all.bo, found.since - 1)).toEqual([])
    expect(await directory.delegations(all.bo, found.until - 1)).toEqual([found])
    expect(await directory.delegations(all.bo, found.until)).toEqual([])
    expect(await directory.delegations(all.anna, found.since)).toEqual([])
    expect(all.fake.log).toEqual([])
  })

  test('of an object with dates: of active people, with both dates, under the condition', async () => {
    const all = company()
    const row = (values: object): string =>
      all.make('Delegation__c', {
        From__c: all.anna,
        To__c: all.bo,
        Since__c: '2026-11-20',
        Until__c: '2026-11-22',
        Approved__c: true,
        ...values,
      })
    row({})
    row({ From__c: all.dee })
    row({ Until__c: null })
    row({ Since__c: null })
    row({ Approved__c: false })
    row({ To__c: all.chen, From__c: all.bo })
    const delegations = {
      object: 'Delegation__c',
      from: 'From__c',
      to: 'To__c',
      since: 'Since__c',
      until: 'Until__c',
      where: 'Approved__c = true',
    }
    const directory = directoryOf(all, {}, { delegations, timeZone: 'Asia/Shanghai' })
    const at = shanghai('2026-11-21')
    const found = { from: all.anna, to: all.bo, since: shanghai('2026-11-20'), until: shanghai('2026-11-23') }
    expect(await directory.delegations(all.bo, at)).toEqual([found])
    expect(await directory.delegations(all.bo, found.until)).toEqual([])
    expect(await directory.delegations("x' OR Id != '", at)).toEqual([])
    expect(await directory.check()).toEqual([])
    expect(
      await directoryOf(all, {}, { delegations: { ...delegations, since: 'From__c', to: 'Since__c' }, timeZone: 'UTC' }).check(),
    ).toMatchObject([
      { path: 'delegations.to', code: 'not_a_user' },
      { path: 'delegations.since', code: 'not_a_date' },
    ])
  })

  test('of an object with instants: from the first, without the last', async () => {
    const all = company()
    all.make('Delegation__c', {
      From__c: all.anna,
      To__c: all.bo,
      SinceAt__c: '2026-11-20T01:00:00.000+0000',
      UntilAt__c: '2026-11-20T02:00:00.000+0000',
    })
    const delegations = { object: 'Delegation__c', from: 'From__c', to: 'To__c', since: 'SinceAt__c', until: 'UntilAt__c' }
    const directory = directoryOf(all, {}, { delegations, timeZone: 'Asia/Shanghai' })
    const [since, until] = [Date.parse('2026-11-20T01:00:00Z'), Date.parse('2026-11-20T02:00:00Z')]
    for (const [at, count] of [
      [since - 1, 0],
      [since, 1],
      [until - 1, 1],
      [until, 0],
    ] as const)
      expect(await directory.delegations(all.bo, at)).toHaveLength(count)
  })
})
