// Any portal: teams with one name, owners without an id, accounts with several owners. What the directory says is what one finds by asking "is this one in it?" again and again.
import { createVirtualClock } from '@ka-governance/adapter-memory'
import type { RoleSource } from '@ka-governance/adapter-hubspot'
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { change, directoryOf, now, ownerOf, user } from './company.ts'
import { createFakeHubSpot } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { mapping, storeOn } from './subject.ts'

const many = 4
const upTo = (max: number) => fc.integer({ min: 0, max })
const range = Array.from({ length: many }, (_, k) => k)

const portals = fc.record({
  users: fc.array(
    fc.record({
      active: fc.boolean(),
      isQueue: fc.boolean(),
      hasId: fc.boolean(),
      teams: fc.uniqueArray(fc.record({ team: upTo(many - 1), primary: fc.boolean() }), {
        selector: ({ team }) => team,
        maxLength: 3,
      }),
    }),
    { minLength: many, maxLength: many },
  ),
  /** Name of each team: several may have one. */
  names: fc.array(upTo(many - 1), { minLength: many, maxLength: many }),
  owners: fc.array(upTo(many - 1), { maxLength: 3 }),
  sources: fc.array(
    fc.oneof(
      fc.record({ name: upTo(many - 1), primary: fc.boolean() }),
      fc.record({ id: upTo(many - 1), primary: fc.boolean() }),
      fc.record({ people: fc.array(upTo(many - 1), { maxLength: 2 }) }),
      fc.constant({ account: true }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
})

test('everybody holds exactly the roles that the portal gives, and where nobody can tell, nobody is told', async () => {
  await fc.assert(
    fc.asyncProperty(portals, async ({ users, names, owners, sources }) => {
      const fake = createFakeHubSpot()
      const teamId = (team: number): string => String(100 + team)
      const teamName = (name: number): string => `T${String(name)}`
      const ids = users.map(({ active, isQueue, hasId, teams }, k) => {
        const id = user(fake, `u${String(k)}`, {
          ...{ archived: !active, type: isQueue ? 'QUEUE' : 'PERSON' },
          teams: teams.map(({ team, primary }) => ({ id: teamId(team), name: teamName(names[team] ?? 0), primary })),
        })
        if (!hasId) change(fake, id, { userId: null })
        return id
      })
      const ownerIds = fake.definitions.owners.map(({ id }) => id)
      const account = { hubspot_owner_id: owners.map((k) => ownerIds[k]).join(';') }
      const { id: accountId } = fake.portal.create('companies', account).record
      const given = sources.map((source): RoleSource => {
        if ('people' in source) return { people: source.people.map((k) => ids[k] ?? '') }
        if ('account' in source) return { accountProperty: 'hubspot_owner_id' }
        return 'name' in source
          ? { team: teamName(source.name), primary: source.primary }
          : { teamId: teamId(source.id), primary: source.primary }
      })
      const directory = directoryOf({ fake }, { role: given })

      const counts = (k: number): boolean => users[k]?.active === true && users[k].hasId && !users[k].isQueue
      const shown = (team: number): boolean =>
        range.some((k) => counts(k) && users[k]?.teams.some((each) => each.team === team) === true)
      const called = (name: number): readonly number[] => range.filter((team) => names[team] === name && shown(team))
      const candidates = sources.flatMap((source) =>
        'name' in source ? [called(source.name).length] : 'id' in source ? [shown(source.id) ? 1 : 0] : [],
      )
      const holds = (k: number, here: boolean): boolean =>
        counts(k) &&
        sources.some((source) => {
          if ('people' in source) return source.people.includes(k)
          if ('account' in source) return here && owners.includes(k)
          const isIt = (team: number): boolean => ('name' in source ? names[team] === source.name : team === source.id)
          return users[k]?.teams.some(({ team, primary }) => isIt(team) && (primary || !source.primary)) === true
        })

      for (const scope of [{}, { accountId }]) {
        const members = directory.members('role', scope, now)
        if (candidates.every((count) => count === 1))
          expect(await members).toEqual(
            range
              .filter((k) => holds(k, 'accountId' in scope))
              .map((k) => ids[k])
              .sort(),
          )
        else await expect(members).rejects.toMatchObject({ code: 'unavailable' })
        for (const k of range) {
          const roles = directory.rolesOf(ids[k] ?? '', scope, now)
          if (candidates.some((count) => count > 1)) await expect(roles).rejects.toMatchObject({ code: 'unavailable' })
          else expect(await roles).toEqual(holds(k, 'accountId' in scope) ? ['role'] : [])
        }
      }
      const told = new Set((await directory.check()).filter(({ severity }) => severity !== 'warning').map(({ code }) => code))
      expect(told).toEqual(new Set(candidates.flatMap((count) => (count === 1 ? [] : [count === 0 ? 'missing' : 'ambiguous']))))
    }),
    { numRuns: 200 },
  )
})

test('a command is refused or taken by what the portal says, and fails closed when it does not answer', async () => {
  const fake = preparedPortal(mapping)
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const [owner, other] = [user(fake, 'owner', { teams: [{ id: '7', name: 'Sales', primary: true }] }), user(fake, 'other')]
  const { id: accountId } = fake.portal.create('companies', { name: 'Acme', hubspot_owner_id: ownerOf(fake, owner) }).record
  const store = storeOn(fake, { mapping })
  const directory = directoryOf(
    { fake },
    { accountManager: { accountProperty: 'hubspot_owner_id' }, sales: { team: 'Sales' } },
    { client: store.client, clock: clock.now },
  )
  const governance = createGovernance({
    store,
    directory,
    policy: loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory }),
    host: { clock: clock.now },
    handlers: { default: () => Promise.resolve() },
  })
  const adopt = (actor: string) => governance.account.adopt({ accountId, name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor })
  expect(await adopt(other)).toMatchObject({ ok: false, refusals: [{ code: 'actor_without_roles' }] })
  // The demonstration's own directory is not asked.
  expect(await adopt('u-liu')).toMatchObject({ ok: false })
  fake.script = ({ path }) => (path.includes('/owners/') ? 'unavailable' : null)
  clock.advance(60_000)
  await expect(adopt(owner)).rejects.toMatchObject({ code: 'unavailable' })
  expect(fake.portal.ofType('kag_event')).toEqual([])
  fake.script = null
  expect(await adopt(owner)).toMatchObject({ ok: true })
})
