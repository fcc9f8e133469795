// A company with users and teams, and a directory on it.
import { createHubSpotDirectory, type HubSpotDirectory, type HubSpotDirectoryOptions } from '@ka-governance/adapter-hubspot'
import type { FakeOwner } from './fake/definitions.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'

export const now = Date.parse('2026-11-22T09:00:00+08:00')

/** Puts somebody into the portal; the user's id differs from the owner's. The answer is the user's. */
export function user(fake: FakeHubSpot, name: string, over: Partial<FakeOwner> = {}): string {
  const k = fake.definitions.owners.length
  const userId = 75_514_748 + k
  fake.definitions.owners.push({
    ...{
      id: String(41_629_779 + k),
      userId,
      email: `${name}@example.com`,
      firstName: name,
      lastName: 'Test',
      archived: false,
      teams: [],
    },
    ...over,
  })
  return String(userId)
}

/** Changes what the portal knows of an owner. */
export function change(fake: FakeHubSpot, userId: string, over: Partial<FakeOwner>): void {
  const at = fake.definitions.owners.findIndex((each) => String(each.userId) === userId)
  const known = fake.definitions.owners[at]
  if (known !== undefined) fake.definitions.owners[at] = { ...known, ...over }
}

export const ownerOf = (fake: FakeHubSpot, userId: string): string =>
  fake.definitions.owners.find((each) => String(each.userId) === userId)?.id ?? ''

export function directoryOf(
  { fake }: { readonly fake: FakeHubSpot },
  roles: HubSpotDirectoryOptions['roles'],
  over: Partial<HubSpotDirectoryOptions> = {},
): HubSpotDirectory {
  return createHubSpotDirectory({
    client: fake.source,
    fetch: fake.fetch,
    now: fake.clock.now,
    sleep: fake.clock.sleep,
    jitter: () => 0.5,
    clock: () => now,
    roles,
    ...over,
  })
}

const east = { id: '178588', name: 'Region East', primary: true }
const west = { id: '178590', name: 'Region West', primary: true }

/** A company: Anna leads the east, Bo works there, Chen in the west and a little in the east; Dee has left. */
export function company() {
  const fake = createFakeHubSpot()
  const anna = user(fake, 'anna', { teams: [east] })
  const bo = user(fake, 'bo', { teams: [east] })
  const chen = user(fake, 'chen', { teams: [west, { ...east, primary: false }] })
  const dee = user(fake, 'dee', { teams: [east], archived: true })
  return { fake, anna, bo, chen, dee, east, west }
}
