// Whole workflows under people who are users of a portal: the journals are those under the same people written in the policy.
import type { RoleSource } from '@ka-governance/adapter-hubspot'
import { createStaticDirectory, type Directory, type Policy } from '@ka-governance/core'
import { describe, expect, test } from 'vitest'
import { createHarness, wholeJournal } from '../../core/test/support/harness.ts'
import { longStories } from '../../core/test/support/long-stories.ts'
import { play } from '../../core/test/support/story.ts'
import { directoryOf, user } from './company.ts'
import { createFakeHubSpot } from './fake/server.ts'

/** A portal with the users of a policy, who hold its roles by teams, named in one way or the other, or by their ids. */
function portalOf({ directory, timeZone }: Policy) {
  const fake = createFakeHubSpot()
  const people = Object.entries(directory?.people ?? {})
  const roles = [...new Set(people.flatMap(([, person]) => person.roles))]
  for (const [id, person] of people)
    user(fake, id, {
      email: id,
      teams: person.roles.map((role, k) => ({ id: String(1000 + roles.indexOf(role)), name: role, primary: k === 0 })),
    })
  const sources = roles.map((role, k): [string, RoleSource] => [
    role,
    k % 3 === 0
      ? { team: role }
      : k % 3 === 1
        ? { teamId: String(1000 + k) }
        : { people: people.filter(([, person]) => person.roles.includes(role)).map(([id]) => id) },
  ])
  const superiors = people.flatMap(([id, { superior }]) => (superior === undefined ? [] : [[id, superior] as const]))
  const hubspot = directoryOf({ fake }, Object.fromEntries(sources), {
    people: { id: 'email' },
    superiors: { people: Object.fromEntries(superiors) },
    delegations: directory?.delegations ?? [],
    timeZone,
  })
  return { fake, hubspot }
}

/** The order of a person's roles is that of the configuration, and stands in the journal. */
const ordered = (directory: Directory): Directory => ({
  ...directory,
  rolesOf: async (person, scope, at) => [...(await directory.rolesOf(person, scope, at))].sort(),
})

describe('the same people in a portal and in the policy give the same journal, byte for byte', () => {
  test.each(longStories)('%s', async (_, story, options) => {
    const { policy, clock } = createHarness(options)
    const { fake, hubspot } = portalOf(policy)
    const written = createStaticDirectory(policy)
    for (const id of Object.keys(policy.directory?.people ?? {})) {
      expect(await hubspot.superiorOf(id, clock.now())).toBe(await written.superiorOf(id, clock.now()))
      expect(await hubspot.delegations(id, clock.now())).toEqual(await written.delegations(id, clock.now()))
    }
    expect((await hubspot.check()).filter(({ severity }) => severity !== 'warning')).toEqual([])
    hubspot.refresh()
    const before = fake.log.length
    const [here, there] = [
      createHarness({ ...options, directory: ordered(written) }),
      createHarness({ ...options, directory: ordered(hubspot) }),
    ]
    await play(here, story)
    await play(there, story)
    const journal = await wholeJournal(there.store)
    expect(Object.keys(journal).length).toBeGreaterThan(0)
    expect(JSON.stringify(journal)).toBe(JSON.stringify(await wholeJournal(here.store)))
    // However long the story: everybody is read once.
    expect(fake.log.length - before).toBe(1)
  })
})
