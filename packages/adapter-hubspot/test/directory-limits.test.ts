// What the directory costs, how long an answer lives, what it does when the portal does not answer, and what the configuration may not say.
import { createHubSpotDirectory, type HubSpotDirectoryOptions } from '@ka-governance/adapter-hubspot'
import { describe, expect, test } from 'vitest'
import { change, company, directoryOf, now, ownerOf, user } from './company.ts'
import type { Fault } from './fake/server.ts'

describe('what it costs, and how long it is kept', () => {
  test('one call for everybody, one for an account, then none until it is old', async () => {
    const all = company()
    const accounts = ['1', '2'].map(
      (name) => all.fake.portal.create('companies', { name, hubspot_owner_id: ownerOf(all.fake, all.bo) }).record.id,
    )
    let at = now
    const directory = directoryOf(
      all,
      { east: { team: 'Region East' }, west: { teamId: all.west.id }, am: { accountProperty: 'hubspot_owner_id' } },
      { clock: () => at, superiors: { teams: { [all.east.id]: all.anna } } },
    )
    const calls = async (work: () => Promise<unknown>): Promise<number> => {
      const before = all.fake.log.length
      await work()
      return all.fake.log.length - before
    }
    expect(await calls(() => directory.rolesOf(all.bo, {}, now))).toBe(1)
    expect(await calls(() => Promise.all([directory.members('east', {}, now), directory.superiorOf(all.bo, now)]))).toBe(0)
    expect(await calls(() => directory.rolesOf(all.bo, { accountId: accounts[0] ?? '' }, now))).toBe(1)
    expect(await calls(() => directory.members('am', { accountId: accounts[0] ?? '' }, now))).toBe(0)
    at += 60_000
    const together = (): Promise<unknown> =>
      Promise.all(
        accounts.flatMap((accountId) => [
          directory.rolesOf(all.bo, { accountId }, now),
          directory.members('am', { accountId }, now),
        ]),
      )
    expect(await calls(together)).toBe(3)
    // Roles that are the same for every account cost nothing for one.
    const plain = directoryOf(all, { east: { team: 'Region East' } })
    expect(await calls(() => plain.members('east', { accountId: accounts[0] ?? '' }, now))).toBe(1)
  })

  test('a right that was taken away lasts as long as what is kept, and not longer', async () => {
    const all = company()
    let at = now
    const directory = directoryOf(all, { east: { team: 'Region East' } }, { clock: () => at, cacheMs: 1000 })
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual(['east'])
    change(all.fake, all.bo, { archived: true })
    at += 999
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual(['east'])
    at += 1
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual([])
    change(all.fake, all.bo, { archived: false })
    directory.refresh()
    expect(await directory.rolesOf(all.bo, {}, at)).toEqual(['east'])
  })

  test('more people than a page has', async () => {
    const all = company()
    const many = Array.from({ length: 1200 }, (_, k) =>
      user(all.fake, `u${String(k)}`, { teams: [{ id: '7', name: 'Everybody', primary: false }] }),
    )
    const directory = directoryOf(all, { everybody: { teamId: '7' } })
    expect(await directory.members('everybody', {}, now)).toEqual([...many].sort())
    expect(all.fake.log).toHaveLength(3)
  })
})

describe('it fails closed', () => {
  const faults: readonly Fault[] = [
    'cutBefore',
    'midBody',
    'redirect',
    'html',
    'unauthorized',
    'unavailable',
    'daily',
    'tenSecondly',
    'migration',
  ]
  test.each(faults)('%s for ever: unavailable to every question, and nothing of it is kept', async (fault) => {
    const all = company()
    const { id: accountId } = all.fake.portal.create('companies', { hubspot_owner_id: ownerOf(all.fake, all.bo) }).record
    const directory = directoryOf(
      all,
      { east: { team: 'Region East' }, am: { accountProperty: 'hubspot_owner_id' } },
      { superiors: { people: { [all.bo]: all.anna } } },
    )
    const asked = [
      () => directory.rolesOf(all.bo, {}, now),
      () => directory.members('east', {}, now),
      () => directory.members('am', { accountId }, now),
      () => directory.superiorOf(all.bo, now),
    ]
    all.fake.script = () => fault
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'unavailable' })
    all.fake.script = null
    expect(await Promise.all(asked.map((ask) => ask()))).toEqual([['east'], [all.anna, all.bo, all.chen], [all.bo], all.anna])
  })

  test('the account alone does not answer: no role of it is taken for "nobody"', async () => {
    const all = company()
    const { id: accountId } = all.fake.portal.create('companies', { hubspot_owner_id: ownerOf(all.fake, all.bo) }).record
    const directory = directoryOf(all, { east: { team: 'Region East' }, am: { accountProperty: 'hubspot_owner_id' } })
    all.fake.script = ({ path }) => (path.includes('/companies/') ? 'unavailable' : null)
    await expect(directory.rolesOf(all.bo, { accountId }, now)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(directory.members('am', { accountId }, now)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await directory.rolesOf(all.bo, {}, now)).toEqual(['east'])
  })

  test('an owner that cannot be read is no owner left out', async () => {
    const all = company()
    for (const teams of [{}, [{ name: 'without an id' }], [null]]) {
      change(all.fake, all.bo, { teams: teams as never })
      await expect(directoryOf(all, { east: { team: 'Region East' } }).rolesOf(all.anna, {}, now)).rejects.toMatchObject({
        ...{ code: 'unavailable', details: { because: 'corrupt_record' } },
      })
    }
  })

  test('a team that the portal does not show is no empty role: its members are not known, while everybody’s own teams are', async () => {
    const all = company()
    const directory = directoryOf(all, {
      east: [{ team: 'Region East' }, { team: 'Region Est' }],
      gone: { teamId: '999' },
      west: { teamId: all.west.id },
    })
    for (const [role, place] of [
      ['east', 'roles.east.1'],
      ['gone', 'roles.gone.0'],
    ] as const)
      await expect(directory.members(role, {}, now)).rejects.toMatchObject({ code: 'unavailable', details: { places: [place] } })
    expect(await directory.members('west', {}, now)).toEqual([all.chen])
    expect(await directory.rolesOf(all.bo, {}, now)).toEqual(['east'])
    expect((await directory.check()).map(({ path, code, severity }) => [path, code, severity])).toEqual([
      ['roles.east.1', 'missing', undefined],
      ['roles.gone.0', 'missing', undefined],
    ])
  })

  test('two teams of one name: nobody knows which is meant, and nobody acts by it', async () => {
    const all = company()
    user(all.fake, 'eve', { teams: [{ id: '5', name: 'Region East', primary: true }] })
    const directory = directoryOf(all, { east: { team: 'Region East' }, west: { team: 'Region West' } })
    const refused = { code: 'unavailable', details: { places: ['roles.east.0'] } }
    await expect(directory.members('east', {}, now)).rejects.toMatchObject(refused)
    await expect(directory.rolesOf(all.chen, {}, now)).rejects.toMatchObject(refused)
    expect(await directory.members('west', {}, now)).toEqual([all.chen])
    expect(await directory.check()).toMatchObject([{ path: 'roles.east.0', code: 'ambiguous' }])
    expect(await directoryOf(all, { east: { teamId: '5' } }).rolesOf(all.bo, {}, now)).toEqual([])
  })
})

describe('the preflight', () => {
  test('all that is wrong at once, with a remedy each', async () => {
    const all = company()
    const directory = directoryOf(
      all,
      {
        am: [{ accountProperty: 'gone' }, { accountProperty: 'country' }, { accountProperty: 'hubspot_owner_id' }],
        none: { people: [] },
        some: { people: [all.bo, all.dee] },
      },
      {
        accounts: { id: 'domain' },
        superiors: { people: { [all.bo]: 'u-x' }, teams: { [all.east.id]: all.anna } },
        delegations: [{ from: all.anna, to: 'u-y', since: '2026-01-01', until: '2026-01-02' }],
        timeZone: 'UTC',
      },
    )
    const findings = await directory.check(['am', 'executive'])
    expect(findings.map(({ path, code, severity }) => [path, code, severity ?? 'error'])).toEqual([
      ['accounts.id', 'not_unique', 'error'],
      ['roles.am.0', 'missing', 'error'],
      ['roles.am.1', 'not_a_user', 'error'],
      ['roles.none', 'nobody', 'warning'],
      ['roles.some.0', 'inactive', 'warning'],
      [`superiors.people.${all.bo}`, 'inactive', 'warning'],
      ['delegations.0', 'inactive', 'warning'],
      ['roles.executive', 'unmapped', 'warning'],
    ])
    expect(findings.every(({ remedy }) => remedy.length > 10)).toBe(true)
    expect(
      await directoryOf(all, { east: { team: 'Region East' }, am: { accountProperty: 'hubspot_owner_id' } }).check(),
    ).toEqual([])
  })

  test('a right that the app lacks is a finding; a portal that is not there is an error', async () => {
    const all = company()
    const directory = directoryOf(all, { am: { accountProperty: 'hubspot_owner_id' } })
    const refused = { accessToken: 'not a token' }
    expect(
      await directoryOf(
        all,
        { am: { accountProperty: 'hubspot_owner_id' } },
        { client: { ...all.fake.source, ...refused } },
      ).check(),
    ).toMatchObject([
      { path: 'accounts', code: 'forbidden' },
      { path: 'people', code: 'forbidden' },
    ])
    all.fake.script = () => 'unavailable'
    await expect(directory.check()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('the configuration', () => {
  test.each([
    ['a property of the account', { roles: { head: { accountProperty: 'hubspot_owner_id,name' } } }, 'roles.head.0'],
    ['a team id', { roles: { head: [{ people: [] }, { teamId: 'East' }] } }, 'roles.head.1'],
    ['a team', { roles: { head: { team: ' ' } } }, 'roles.head.0'],
    ['the id of people', { roles: {}, people: { id: 'firstName' } }, 'people.id'],
    ['a type', { roles: {}, accounts: { type: 'companies/1' } }, 'accounts.type'],
    ['the id of accounts', { roles: {}, accounts: { id: 'Name' } }, 'accounts.id'],
    ['a team with a superior', { roles: {}, superiors: { teams: { East: '1' } } }, 'superiors.teams.East'],
    [
      'delegations without a zone',
      { roles: {}, delegations: [{ from: 'a', to: 'b', since: '2026-01-01', until: '2026-01-02' }] },
      'timeZone',
    ],
  ] as const)('%s that is none is named with its place', (_, given, path) => {
    expect(() => createHubSpotDirectory({ client: { accessToken: 'x' }, ...given } as HubSpotDirectoryOptions)).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path })] }) as Error,
    )
  })
})
