// Whole workflows under people who are users of an org: the journals are those under the same people written in the policy.
import { createSalesforceDirectory, type RoleSource } from '@ka-governance/adapter-salesforce'
import { createStaticDirectory, type Directory, type Policy } from '@ka-governance/core'
import { describe, expect, test } from 'vitest'
import { createHarness, wholeJournal } from '../../core/test/support/harness.ts'
import { longStories } from '../../core/test/support/long-stories.ts'
import { play } from '../../core/test/support/story.ts'
import { createPeopledFake } from './fake/people.ts'

/** Every source in turn, so that the people of a policy come from all of them. */
const kinds = ['permissionSet', 'permissionSetGroup', 'group', 'queue', 'people'] as const

/** An org with the users of a policy, who hold its roles in one way or another. */
function orgOf({ directory, timeZone }: Policy) {
  const fake = createPeopledFake()
  const make = (object: string, values: object): string => fake.org.create(object, { ...values }, 0)
  const people = Object.entries(directory?.people ?? {})
  const users = new Map(
    people.map(([id, { name }]) => [id, make('User', { Name: name, IsActive: true, FederationIdentifier: id })]),
  )
  for (const [id, { superior }] of people)
    if (superior !== undefined) fake.org.update('User', users.get(id) ?? '', { ManagerId: users.get(superior) ?? null })
  const roles = [...new Set(people.flatMap(([, person]) => person.roles))]
  const sources = roles.map((role, k): [string, RoleSource] => {
    const name = role.replaceAll(/\W/g, '_')
    const holders = people.filter(([, person]) => person.roles.includes(role)).map(([id]) => id)
    const each = (work: (userId: string) => void): void => {
      for (const id of holders) work(users.get(id) ?? '')
    }
    const kind = kinds[k % kinds.length] ?? 'people'
    switch (kind) {
      case 'permissionSet': {
        const PermissionSetId = make('PermissionSet', { Name: name })
        each((AssigneeId) => make('PermissionSetAssignment', { AssigneeId, PermissionSetId, IsActive: true }))
        return [role, { permissionSet: name }]
      }
      case 'permissionSetGroup': {
        const PermissionSetGroupId = make('PermissionSetGroup', { DeveloperName: name })
        each((AssigneeId) => make('PermissionSetAssignment', { AssigneeId, PermissionSetGroupId, IsActive: true }))
        return [role, { permissionSetGroup: name }]
      }
      case 'group':
      case 'queue': {
        const GroupId = make('Group', { DeveloperName: name, Type: kind === 'queue' ? 'Queue' : 'Regular' })
        each((UserOrGroupId) => make('GroupMember', { GroupId, UserOrGroupId }))
        return [role, kind === 'queue' ? { queue: name } : { group: name }]
      }
      case 'people':
        return [role, { people: holders }]
    }
  })
  const salesforce = createSalesforceDirectory({
    connection: fake.session,
    fetch: fake.fetch,
    sleep: async () => undefined,
    roles: Object.fromEntries(sources),
    people: { id: 'FederationIdentifier' },
    delegations: directory?.delegations ?? [],
    timeZone,
  })
  return { fake, salesforce }
}

/** The order of a person's roles is that of the configuration, and stands in the journal. */
const ordered = (directory: Directory): Directory => ({
  ...directory,
  rolesOf: async (person, scope, at) => [...(await directory.rolesOf(person, scope, at))].sort(),
})

describe('the same people in an org and in the policy give the same journal, byte for byte', () => {
  test.each(longStories)('%s', async (_, story, options) => {
    const { policy, clock } = createHarness(options)
    const { fake, salesforce } = orgOf(policy)
    const written = createStaticDirectory(policy)
    for (const id of Object.keys(policy.directory?.people ?? {})) {
      expect(await salesforce.superiorOf(id, clock.now())).toBe(await written.superiorOf(id, clock.now()))
      expect(await salesforce.delegations(id, clock.now())).toEqual(await written.delegations(id, clock.now()))
    }
    expect((await salesforce.check()).filter(({ severity }) => severity !== 'warning')).toEqual([])
    salesforce.refresh()
    const before = fake.log.length
    const [here, there] = [
      createHarness({ ...options, directory: ordered(written) }),
      createHarness({ ...options, directory: ordered(salesforce) }),
    ]
    await play(here, story)
    await play(there, story)
    const journal = await wholeJournal(there.store)
    expect(Object.keys(journal).length).toBeGreaterThan(0)
    expect(JSON.stringify(journal)).toBe(JSON.stringify(await wholeJournal(here.store)))
    // However long the story: everything is asked once, and delegations once a person.
    expect(fake.log.length - before).toBeLessThanOrEqual(4)
  })
})
