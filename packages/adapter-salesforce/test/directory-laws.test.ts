// Any org: groups in groups, roles below roles, sets in groups of sets. What the directory says is what one finds by asking "is this user in it?" again and again.
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'
import { createVirtualClock } from '@ka-governance/adapter-memory'
import {
  createSalesforceDirectory,
  createSalesforceStore,
  type RoleSource,
  type SalesforceDirectoryOptions,
} from '@ka-governance/adapter-salesforce'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPeopledFake } from './fake/people.ts'

const now = Date.parse('2026-11-22T01:00:00Z')
const many = 5
const upTo = (max: number) => fc.integer({ min: 0, max })
const pairs = (max: number) => fc.array(fc.tuple(upTo(many - 1), upTo(max)), { maxLength: 8 })

const orgs = fc.record({
  active: fc.array(fc.boolean(), { minLength: many, maxLength: many }),
  /** Role of each user; parent of each role. A tree, a forest or a circle. */
  roleOf: fc.array(upTo(many - 1), { minLength: many, maxLength: many }),
  parentOf: fc.array(fc.option(upTo(many - 1)), { minLength: many, maxLength: many }),
  usersIn: pairs(many - 1),
  groupsIn: pairs(many - 1),
  /** A group that has a role of the hierarchy, with those below or without. */
  rolesIn: fc.array(fc.tuple(upTo(many - 1), upTo(many - 1), fc.boolean()), { maxLength: 4 }),
  assigned: pairs(many - 1),
  assignedToGroup: pairs(many - 1),
  setsIn: pairs(many - 1),
})

type Pairs = readonly (readonly [number, number])[]
interface Org {
  readonly active: readonly boolean[]
  readonly roleOf: readonly number[]
  readonly parentOf: readonly (number | null)[]
  readonly usersIn: Pairs
  readonly groupsIn: Pairs
  readonly rolesIn: readonly (readonly [number, number, boolean])[]
  readonly assigned: Pairs
  readonly assignedToGroup: Pairs
  readonly setsIn: Pairs
}

const range = Array.from({ length: many }, (_, k) => k)

/** By asking, not by walking: grows what is known to be true until nothing is new. */
function oracle(org: Org): (role: string, user: number) => boolean {
  const below = new Set(range.map((role) => `${String(role)} under ${String(role)}`))
  const isBelow = (top: number, role: number): boolean => below.has(`${String(role)} under ${String(top)}`)
  const inGroup = new Set<string>()
  const isIn = (group: number, user: number): boolean => inGroup.has(`${String(user)} in ${String(group)}`)
  for (let round = 0; round < many * many; round += 1) {
    for (const top of range)
      for (const role of range) {
        const parent = org.parentOf[role] ?? null
        if (parent !== null && isBelow(top, parent)) below.add(`${String(role)} under ${String(top)}`)
      }
    for (const group of range)
      for (const user of range)
        if (
          org.usersIn.some(([g, u]) => g === group && u === user) ||
          org.groupsIn.some(([g, inner]) => g === group && isIn(inner, user)) ||
          org.rolesIn.some(([g, role, all]) => {
            const own = org.roleOf[user] ?? -1
            return g === group && (all ? isBelow(role, own) : own === role)
          })
        )
          inGroup.add(`${String(user)} in ${String(group)}`)
  }
  const has = (list: readonly (readonly [number, number])[], a: number, b: number): boolean =>
    list.some(([x, y]) => x === a && y === b)
  return (role, user) => {
    const k = Number(role.at(-1))
    if (org.active[user] !== true) return false
    if (role.startsWith('group')) return isIn(k, user)
    if (role.startsWith('below')) return isBelow(k, org.roleOf[user] ?? -1)
    if (role.startsWith('role')) return org.roleOf[user] === k
    if (role.startsWith('setGroup')) return has(org.assignedToGroup, k, user)
    return has(org.assigned, k, user) || range.some((g) => has(org.setsIn, g, k) && has(org.assignedToGroup, g, user))
  }
}

function built(org: Org) {
  const fake = createPeopledFake()
  const make = (object: string, values: object): string => fake.org.create(object, { ...values }, 0)
  const roles = range.map((k) => make('UserRole', { DeveloperName: `R${String(k)}` }))
  for (const k of range) {
    const parent = org.parentOf[k] ?? null
    if (parent !== null) fake.org.update('UserRole', roles[k] ?? '', { ParentRoleId: roles[parent] ?? '' })
  }
  const users = range.map((k) =>
    make('User', { Name: String(k), IsActive: org.active[k], UserRoleId: roles[org.roleOf[k] ?? 0] }),
  )
  const group = (DeveloperName: string, Type: string, RelatedId: string | null = null): string =>
    make('Group', { DeveloperName, Type, RelatedId })
  const groups = range.map((k) => group(`G${String(k)}`, 'Regular'))
  const put = (g: number, UserOrGroupId = ''): string => make('GroupMember', { GroupId: groups[g], UserOrGroupId })
  for (const [g, u] of org.usersIn) put(g, users[u])
  for (const [g, inner] of org.groupsIn) put(g, groups[inner])
  for (const [g, role, all] of org.rolesIn)
    put(g, group(`X${String(role)}`, all ? 'RoleAndSubordinates' : 'Role', roles[role] ?? null))
  const sets = range.map((k) => make('PermissionSet', { Name: `S${String(k)}` }))
  const setGroups = range.map((k) => make('PermissionSetGroup', { DeveloperName: `SG${String(k)}` }))
  for (const [g, set] of org.setsIn)
    make('PermissionSetGroupComponent', { PermissionSetGroupId: setGroups[g], PermissionSetId: sets[set] })
  const assign = (u: number, values: object): string =>
    make('PermissionSetAssignment', { AssigneeId: users[u], IsActive: true, ...values })
  for (const [set, u] of org.assigned) assign(u, { PermissionSetId: sets[set] })
  for (const [g, u] of org.assignedToGroup) assign(u, { PermissionSetGroupId: setGroups[g] })
  return { fake, users }
}

test('everybody holds exactly the roles that the org gives', async () => {
  const roles: SalesforceDirectoryOptions['roles'] = Object.fromEntries(
    range.flatMap((k): [string, RoleSource][] => [
      [`group${String(k)}`, { group: `G${String(k)}` }],
      [`role${String(k)}`, { userRole: `R${String(k)}` }],
      [`below${String(k)}`, { userRole: `R${String(k)}`, subordinates: true }],
      [`set${String(k)}`, { permissionSet: `S${String(k)}` }],
      [`setGroup${String(k)}`, { permissionSetGroup: `SG${String(k)}` }],
    ]),
  )
  await fc.assert(
    fc.asyncProperty(orgs, async (org) => {
      const { fake, users } = built(org)
      const expected = oracle(org)
      const directory = createSalesforceDirectory({ connection: fake.session, fetch: fake.fetch, roles })
      for (const [k, user] of users.entries())
        expect(await directory.rolesOf(user, {}, now)).toEqual(Object.keys(roles).filter((role) => expected(role, k)))
      for (const role of Object.keys(roles))
        expect(await directory.members(role, {}, now)).toEqual(users.filter((_, k) => expected(role, k)).sort())
    }),
    { numRuns: 60 },
  )
})

test('a command is refused or taken by what the org says, and fails closed when it does not answer', async () => {
  const fake = createPeopledFake()
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const user = (Name: string): string => fake.org.create('User', { Name, IsActive: true }, 0)
  const [owner, other] = [user('Owner'), user('Other')]
  const set = fake.org.create('PermissionSet', { Name: 'Service' }, 0)
  fake.org.create('PermissionSetAssignment', { AssigneeId: owner, PermissionSetId: set, IsActive: true }, 0)
  const accountId = fake.org.create('Account', { Name: 'Acme', OwnerId: owner }, 0)
  const store = createSalesforceStore({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined })
  const directory = createSalesforceDirectory({
    client: store.client,
    clock: clock.now,
    roles: {
      accountManager: { accountField: 'OwnerId' },
      sales: { permissionSet: 'Service' },
    },
  })
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
  const writes = fake.org.rows('KagEvent__c').length
  fake.script = ({ path, body }) => (/PermissionSet/.test(`${path}${body ?? ''}`) ? 'unavailable' : null)
  clock.advance(60_000)
  await expect(adopt(owner)).rejects.toMatchObject({ code: 'unavailable' })
  expect(fake.org.rows('KagEvent__c')).toHaveLength(writes)
  fake.script = null
  expect(await adopt(owner)).toMatchObject({ ok: true })
})
