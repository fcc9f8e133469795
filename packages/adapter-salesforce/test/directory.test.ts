// Who is who, read from an org. What is asked for is asked of a stand-in with users, groups, permission sets, roles and teams.
import { createSalesforceDirectory, type SalesforceDirectoryOptions } from '@ka-governance/adapter-salesforce'
import { describe, expect, test } from 'vitest'
import { createPeopledFake } from './fake/people.ts'
import type { Fault, FakeSalesforce } from './fake/server.ts'

const now = Date.parse('2026-11-22T09:00:00+08:00')

interface Peopled {
  readonly fake: FakeSalesforce
  readonly user: (name: string, values?: object) => string
  readonly make: (object: string, values: object) => string
}

function org(): Peopled {
  const fake = createPeopledFake()
  const make = (object: string, values: object): string => fake.org.create(object, { ...values }, 0)
  return { fake, make, user: (Name, values = {}) => make('User', { Name, IsActive: true, ...values }) }
}

function directoryOf(
  { fake }: Pick<Peopled, 'fake'>,
  roles: SalesforceDirectoryOptions['roles'],
  over: Partial<SalesforceDirectoryOptions> = {},
) {
  return createSalesforceDirectory({
    connection: fake.session,
    fetch: fake.fetch,
    sleep: async () => undefined,
    jitter: () => 0.5,
    clock: () => now,
    roles,
    ...over,
  })
}

/** A company: Anna leads the region, Bo and Chen work below her, Dee has left. */
function company() {
  const all = org()
  const { make, user } = all
  const world = make('UserRole', { DeveloperName: 'World' })
  const region = make('UserRole', { DeveloperName: 'Region', ParentRoleId: world })
  const city = make('UserRole', { DeveloperName: 'City', ParentRoleId: region })
  const portal = make('UserRole', { DeveloperName: 'Region', ParentRoleId: city, PortalType: 'CustomerPortal' })
  const anna = user('Anna', { UserRoleId: region })
  const bo = user('Bo', { UserRoleId: city, ManagerId: anna })
  const chen = user('Chen', { UserRoleId: city, ManagerId: bo })
  const dee = user('Dee', { UserRoleId: city, IsActive: false, ManagerId: anna })
  const customer = user('Customer', { UserRoleId: portal })
  const assign = (AssigneeId: string, values: object): string =>
    make('PermissionSetAssignment', { AssigneeId, IsActive: true, ...values })
  const set = make('PermissionSet', { Name: 'Head_of_Product' })
  const other = make('PermissionSet', { Name: 'Other' })
  const setGroup = make('PermissionSetGroup', { DeveloperName: 'Leads' })
  make('PermissionSetGroupComponent', { PermissionSetGroupId: setGroup, PermissionSetId: set })
  assign(bo, { PermissionSetId: set })
  assign(dee, { PermissionSetId: set })
  assign(chen, { PermissionSetGroupId: setGroup })
  assign(anna, { PermissionSetId: other })
  return { ...all, world, region, city, anna, bo, chen, dee, customer, set, setGroup, assign }
}

const sorted = (...ids: readonly string[]): readonly string[] => [...ids].sort()

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

describe('what it costs, and how long it is kept', () => {
  const everything: SalesforceDirectoryOptions['roles'] = {
    head: { permissionSet: 'Head_of_Product' },
    lead: { permissionSetGroup: 'Leads' },
    council: { group: 'Council' },
    region: { userRole: 'Region', subordinates: true },
    accountManager: { accountField: 'OwnerId' },
    regionalManager: { accountTeam: 'Regional Manager' },
  }

  test('a few calls for all roles together, then none until it is old', async () => {
    const all = company()
    const council = all.make('Group', { DeveloperName: 'Council', Type: 'Regular' })
    all.make('GroupMember', { GroupId: council, UserOrGroupId: all.bo })
    const accounts = [1, 2].map((k) => all.make('Account', { Name: String(k), OwnerId: all.bo }))
    let at = now
    const directory = directoryOf(all, everything, { clock: () => at })
    const calls = async (work: () => Promise<unknown>): Promise<number> => {
      const before = all.fake.log.length
      await work()
      return all.fake.log.length - before
    }
    // Names, assignments, groups, users of groups.
    expect(await calls(() => directory.rolesOf(all.bo, {}, now))).toBe(4)
    expect(await calls(() => Promise.all([directory.members('council', {}, now), directory.rolesOf(all.chen, {}, now)]))).toBe(0)
    expect(await calls(() => directory.rolesOf(all.bo, { accountId: accounts[0] ?? '' }, now))).toBe(1)
    expect(await calls(() => directory.members('regionalManager', { accountId: accounts[0] ?? '' }, now))).toBe(0)
    expect(await calls(() => directory.rolesOf(all.bo, { accountId: accounts[1] ?? '' }, now))).toBe(1)
    expect(await calls(() => directory.superiorOf(all.bo, now))).toBe(1)
    expect(await calls(() => directory.superiorOf(all.bo, now))).toBe(0)
    at += 60_000
    const together = (): Promise<unknown> =>
      Promise.all(
        accounts.flatMap((accountId) => [
          directory.rolesOf(all.bo, { accountId }, now),
          directory.members('head', { accountId }, now),
        ]),
      )
    expect(await calls(together)).toBe(6)
    const plain = directoryOf(all, { head: { permissionSet: 'Head_of_Product' } })
    const before = all.fake.log.length
    expect(await calls(() => plain.members('head', { accountId: accounts[0] ?? '' }, now))).toBe(2)
    // Nobody asks for a tree of roles that no source needs.
    expect(JSON.stringify(all.fake.log.slice(before))).not.toMatch(/UserRole|FROM%20Group/)
  })

  test('a right that was taken away lasts as long as what is kept, and not longer', async () => {
    const all = company()
    let at = now
    const directory = directoryOf(all, { head: { permissionSet: 'Head_of_Product' } }, { clock: () => at, cacheMs: 1000 })
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual(['head'])
    all.fake.org.update('User', all.bo, { IsActive: false })
    at += 999
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual(['head'])
    at += 1
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual([])
    all.fake.org.update('User', all.bo, { IsActive: true })
    directory.refresh()
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual(['head'])
  })

  test('more than a thousand of anything: in lists that a query takes', async () => {
    const all = company()
    const council = all.make('Group', { DeveloperName: 'Council', Type: 'Regular' })
    const ids = Array.from({ length: 2500 }, (_, k) => all.user(`U${String(k)}`))
    for (const UserOrGroupId of ids) all.make('GroupMember', { GroupId: council, UserOrGroupId })
    const directory = directoryOf(all, { council: { group: 'Council' } })
    expect(await directory.members('council', {}, now)).toEqual([...ids].sort())
  })
})

describe('it fails closed', () => {
  const questions = (directory: ReturnType<typeof directoryOf>, person: string, accountId: string) => [
    () => directory.rolesOf(person, {}, now),
    () => directory.members('head', {}, now),
    () => directory.members('accountManager', { accountId }, now),
    () => directory.superiorOf(person, now),
    () => directory.delegations(person, now),
  ]
  const delegations = { object: 'Delegation__c', from: 'From__c', to: 'To__c', since: 'Since__c', until: 'Until__c' }

  const faults: readonly Fault[] = [
    'cutBefore',
    'midBody',
    'redirect',
    'html',
    'unauthorized',
    'unavailable',
    'daily',
    'concurrent',
    'slow',
  ]
  test.each(faults)('%s for ever: unavailable to every question, and nothing of it is kept', async (fault) => {
    const all = company()
    const accountId = all.make('Account', { Name: 'A', OwnerId: all.bo })
    const directory = directoryOf(
      all,
      { head: { permissionSet: 'Head_of_Product' }, accountManager: { accountField: 'OwnerId' } },
      { delegations, timeZone: 'UTC' },
    )
    const asked = questions(directory, all.bo, accountId)
    all.fake.script = () => fault
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'unavailable' })
    all.fake.script = null
    expect(await Promise.all(asked.map((ask) => ask()))).toEqual([['head'], sorted(all.bo, all.chen), [all.bo], all.anna, []])
  })

  test('a source that the org does not have is no empty role: all of them are told at once', async () => {
    const all = company()
    const directory = directoryOf(all, {
      head: [{ permissionSet: 'Head_of_Product' }, { permissionSet: 'Gone' }],
      lead: { permissionSetGroup: 'Gone_too' },
      council: { group: 'No_such_group' },
      desk: { queue: 'No_such_queue' },
      region: { userRole: 'Nowhere' },
    })
    const places = ['roles.head.1', 'roles.lead.0', 'roles.council.0', 'roles.desk.0', 'roles.region.0']
    await expect(directory.rolesOf(all.bo, {}, now)).rejects.toMatchObject({ code: 'unavailable', details: { places } })
    await expect(directory.members('head', {}, now)).rejects.toMatchObject({ code: 'unavailable' })
    const findings = await directory.check(['head', 'executive'])
    expect(findings.map(({ path, code }) => [path, code])).toEqual([
      ...places.map((path) => [path, 'missing']),
      ['roles.executive', 'unmapped'],
    ])
    expect(findings.every(({ remedy }) => remedy.length > 10)).toBe(true)
  })

  test('a group in a group that cannot be followed, or not be seen', async () => {
    const all = company()
    const council = all.make('Group', { DeveloperName: 'Council', Type: 'Regular' })
    const everybody = all.make('Group', { DeveloperName: 'AllInternalUsers', Type: 'Organization' })
    all.make('GroupMember', { GroupId: council, UserOrGroupId: everybody })
    all.make('GroupMember', { GroupId: council, UserOrGroupId: '00G000000000999AAA' })
    const directory = directoryOf(all, { council: { group: 'Council' } })
    const places = ['groups.AllInternalUsers', 'groups.00G000000000999AAA']
    await expect(directory.members('council', {}, now)).rejects.toMatchObject({ code: 'unavailable', details: { places } })
    expect((await directory.check()).filter(({ severity }) => severity !== 'warning').map(({ path }) => path)).toEqual(places)
  })

  test('fields that are not there, or no lookups to users; objects that are not there', async () => {
    const all = company()
    const directory = directoryOf(all, {
      accountManager: { accountField: 'Nobody__c' },
      parent: { accountField: 'ParentId' },
      head: { permissionSet: 'Other' },
      nobody: { people: ['u-nobody'] },
    })
    await expect(directory.members('accountManager', { accountId: '001000000000001AAA' }, now)).rejects.toMatchObject({
      code: 'unavailable',
      details: { because: 'corrupt_record', salesforce: 'INVALID_FIELD' },
    })
    expect((await directory.check()).map(({ path, code }) => [path, code])).toEqual([
      ['roles.accountManager.0', 'missing'],
      ['roles.parent.0', 'not_a_user'],
      ['roles.nobody', 'nobody'],
    ])
    const { AccountTeamMember: _, ...others } = all.fake.org.objects
    const without = (await import('./fake/server.ts')).createFakeSalesforce({ objects: others })
    expect(await directoryOf({ fake: without }, { team: { accountTeam: 'X' } }).check()).toMatchObject([
      { path: 'roles.team.0', code: 'missing', remedy: 'switch account teams on' },
    ])
    expect(await directoryOf(all, { head: { people: [] } }, { people: { id: 'Gone__c' } }).check()).toMatchObject([
      { path: 'people.id', code: 'missing' },
    ])
  })
})

describe('the configuration', () => {
  test.each([
    ['a permission set', { roles: { head: { permissionSet: "X' OR Name != '" } } }, 'roles.head.0'],
    ['a group', { roles: { head: [{ people: [] }, { group: 'a.b' }] } }, 'roles.head.1'],
    ['a field of the account', { roles: { head: { accountField: 'OwnerId FROM Account' } } }, 'roles.head.0'],
    ['a field that is no lookup', { roles: { head: { accountField: 'Name' } } }, 'roles.head.0'],
    ['a team of something else', { roles: { head: { accountTeam: 'X' } }, accounts: { object: 'Partner__c' } }, 'roles.head.0'],
    ['the id of people', { roles: {}, people: { id: 'Manager.Name' } }, 'people.id'],
    ['accounts', { roles: {}, accounts: { id: 'Id, Name' } }, 'accounts.id'],
    [
      'delegations',
      { roles: {}, timeZone: 'UTC', delegations: { object: 'D__c', from: 'A__c', to: "B'", since: 'C__c', until: 'D__c' } },
      'delegations.to',
    ],
    [
      'delegations without a zone',
      { roles: {}, delegations: [{ from: 'a', to: 'b', since: '2026-01-01', until: '2026-01-02' }] },
      'timeZone',
    ],
    ['no way in', { roles: {}, connection: undefined }, 'connection'],
  ] as const)('%s that is none is named with its place', (_, given, path) => {
    const connection = { instanceUrl: 'https://example.my.salesforce.com' }
    expect(() => createSalesforceDirectory({ connection, ...given } as SalesforceDirectoryOptions)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        findings: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
      }) as Error,
    )
  })
})
