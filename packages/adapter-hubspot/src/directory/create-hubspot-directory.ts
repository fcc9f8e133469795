import {
  compareText,
  createCache,
  datedDelegations,
  directoryAnswer,
  directoryNotKnown,
  refuseSharedIds,
  type Directory,
  type Finding,
} from '@ka-governance/core'
import { clientOf } from '../client-of.ts'
import { loadAccountOwners } from './account-roles.ts'
import { checkDirectory } from './check.ts'
import { accountProperties, resolveDirectory, type HubSpotDirectoryOptions } from './options.ts'
import { loadRoster, type Roster } from './roster.ts'
import { superiorIn } from './superiors.ts'

/** A directory of a portal, with its preflight. */
export interface HubSpotDirectory extends Directory {
  /**
   * What stands between this portal and the configuration: teams and properties that are not there, roles that nobody holds, people who are not active, and, of the
   * policy's roles given here, those that are mapped to nothing. Reads only, and nothing that was kept.
   */
  readonly check: (policyRoles?: readonly string[]) => Promise<readonly Finding[]>
  /** Forgets what was kept: the next question asks the portal. */
  readonly refresh: () => void
}

/**
 * Who is who, from the owners and teams of a portal and the owners of an account; superiors and delegations, which HubSpot does not know, from the configuration. Only
 * active users hold roles. The portal knows the present: it answers as it is now, not older than `cacheMs`, whatever instant is asked about; of the instant depend
 * delegations alone.
 *
 * A person is the `people.id` of an owner, to the character. What cannot be answered is `StoreError` `unavailable`, never an empty answer: a portal that does not
 * answer, an id that several users share, the members of a role with a team that the portal does not show.
 *
 * @throws InvalidInputError when the configuration names what cannot be a name; RangeError for a time zone that is not known
 * @example
 * ```ts no-run: needs a portal
 * import { createGovernance, loadPolicy, presets } from '@ka-governance/core'
 *
 * const client = { accessToken: 'a service key' }
 * const directory = createHubSpotDirectory({
 *   client,
 *   roles: {
 *     accountManager: { accountProperty: 'hubspot_owner_id' },
 *     regionalManager: [{ team: 'Region East', primary: true }, { teamId: '178588' }],
 *     executive: { people: ['75514748'] },
 *   },
 *   superiors: { teams: { '178588': '75514748' } },
 * })
 * const store = createHubSpotStore({ client })
 * const governance = createGovernance({ store, policy: loadPolicy(presets.manufacturerCn), directory })
 * ```
 */
export function createHubSpotDirectory(options: HubSpotDirectoryOptions): HubSpotDirectory {
  const resolved = resolveDirectory(options)
  const client = clientOf(options)
  const settings = { ms: options.cacheMs ?? 60_000, size: options.cacheSize ?? 1000, clock: options.clock ?? Date.now }
  const rosters = createCache<Roster>({ ...settings, size: 1 })
  const accounts = createCache<Awaited<ReturnType<typeof loadAccountOwners>>>(settings)
  const delegated = datedDelegations(resolved.delegations, resolved.timeZone)
  const perAccount = accountProperties(resolved).length > 0

  const roster = (): Promise<Roster> => rosters.get('', () => directoryAnswer(() => loadRoster(client, resolved)))
  /** Who holds which role for the account at hand. */
  async function ofAccount({ owners }: Roster, accountId: string | undefined): Promise<(role: string) => readonly string[]> {
    if (!perAccount || accountId === undefined) return () => []
    const found = await accounts.get(accountId, () => directoryAnswer(() => loadAccountOwners(client, resolved, accountId)))
    return (role) =>
      resolved.roles
        .filter((each) => each.role === role)
        .flatMap(({ sources }) => sources.flatMap((source) => ('accountProperty' in source ? [source.accountProperty] : [])))
        .flatMap((property) => found.get(property) ?? [])
        .flatMap((ownerId) => owners.get(ownerId) ?? [])
  }

  return {
    // In which teams a person is, the person's own record says: a team that nobody shows is none of theirs. Of two with one name nobody knows which is meant.
    rolesOf: async (person, { accountId }) => {
      const everywhere = await roster()
      const ambiguous = [...everywhere.unknown.values()].flat().filter(({ code }) => code === 'ambiguous')
      if (ambiguous.length > 0) throw directoryNotKnown(ambiguous)
      refuseSharedIds(everywhere.shared, [person])
      const here = await ofAccount(everywhere, accountId)
      return resolved.roles
        .map(({ role }) => role)
        .filter((role) => everywhere.roles.get(role)?.has(person) === true || here(role).includes(person))
    },

    members: async (role, { accountId }) => {
      const everywhere = await roster()
      const unknown = everywhere.unknown.get(role) ?? []
      if (unknown.length > 0) throw directoryNotKnown(unknown)
      const here = await ofAccount(everywhere, accountId)
      const people = [...new Set([...(everywhere.roles.get(role) ?? []), ...here(role)])].sort(compareText)
      refuseSharedIds(everywhere.shared, people)
      return people
    },

    delegations: (person, at) =>
      Promise.resolve(delegated.filter(({ to, since, until }) => to === person && since <= at && at < until)),

    superiorOf: async (person) => {
      const everywhere = await roster()
      refuseSharedIds(everywhere.shared, [person])
      const superior = superiorIn(resolved, everywhere, person)
      if (superior !== null) refuseSharedIds(everywhere.shared, [superior])
      return superior
    },

    check: (policyRoles = []) => checkDirectory(client, resolved, policyRoles),

    refresh: () => {
      rosters.clear()
      accounts.clear()
    },
  }
}
