// What a directory costs, how long it keeps what it knows, and what it does when it knows nothing.
import { createSalesforceDirectory, type SalesforceDirectoryOptions } from '@ka-governance/adapter-salesforce'
import { describe, expect, test } from 'vitest'
import { company, directoryOf, now, sorted } from './company.ts'
import { createFakeSalesforce, passingReadFaults, type Fault } from './fake/server.ts'

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

  const faults: readonly Fault[] = [...passingReadFaults, 'daily']
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
    const without = createFakeSalesforce({ objects: others })
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
