import {
  compareText,
  createCache,
  directoryAnswer,
  directoryNotKnown,
  refuseSharedIds,
  type Delegation,
  type Directory,
  type Finding,
} from '@ka-governance/core'
import { clientOf } from '../client-of.ts'
import { hasAccountRoles, loadAccountRoles, type AccountRoles } from './account-roles.ts'
import { checkDirectory } from './check.ts'
import { createDelegationReader } from './delegations.ts'
import { resolveDirectory, type SalesforceDirectoryOptions } from './options.ts'
import { loadRoster, type Roster } from './roster.ts'
import { loadSuperior } from './superiors.ts'

/** A directory of an org, with its preflight. */
export interface SalesforceDirectory extends Directory {
  /**
   * What stands between this org and the configuration: names that do not exist, roles that nobody holds, ids that are not unique, and, of the policy's roles
   * given here, those that are mapped to nothing. Reads only, and nothing that was kept.
   */
  readonly check: (policyRoles?: readonly string[]) => Promise<readonly Finding[]>
  /** Forgets what was kept: the next question asks the org. */
  readonly refresh: () => void
}

/**
 * Who is who, from the users, permission sets, groups, queues, roles and account teams of an org. Only active users hold roles. The org knows the present: it
 * answers as it is now, not older than `cacheMs`, whatever instant is asked about; of the instant depend assignments that expire, and delegations.
 *
 * A person is the `people.id` of a user, to the character. What cannot be answered is `StoreError` `unavailable`, never an empty answer: a source that the org
 * does not have, a group in it that cannot be followed, an id that several users share.
 *
 * @throws InvalidInputError when the configuration names what cannot be a name
 * @example
 * ```ts no-run: needs an org
 * const connection = { instanceUrl: 'https://example.my.salesforce.com', accessToken: '…' }
 * const directory = createSalesforceDirectory({
 *   connection,
 *   roles: {
 *     accountManager: { accountField: 'OwnerId' },
 *     regionalManager: [{ userRole: 'Regional_Manager' }, { accountTeam: 'Regional Manager' }],
 *     'product.head': { permissionSet: 'Head_of_Product' },
 *   },
 * })
 * const policy = loadPolicy(presets.manufacturerCn)
 * const governance = createGovernance({ store: createSalesforceStore({ connection }), policy, directory })
 * ```
 */
export function createSalesforceDirectory(options: SalesforceDirectoryOptions): SalesforceDirectory {
  const resolved = resolveDirectory(options)
  const client = clientOf(options)
  const settings = { ms: options.cacheMs ?? 60_000, size: options.cacheSize ?? 1000, clock: options.clock ?? Date.now }
  const rosters = createCache<Roster>({ ...settings, size: 1 })
  const accounts = createCache<AccountRoles>(settings)
  const superiors = createCache<string | null>(settings)
  const delegated = createCache<readonly Delegation[]>(settings)
  const readDelegations = createDelegationReader(client, resolved)
  const perAccount = hasAccountRoles(resolved)

  const roster = (): Promise<Roster> =>
    rosters.get('', () =>
      directoryAnswer(async () => {
        const found = await loadRoster(client, resolved)
        const broken = found.findings.filter(({ severity }) => severity !== 'warning')
        if (broken.length > 0) throw directoryNotKnown(broken)
        return found
      }),
    )
  const ofAccount = async (accountId: string | undefined): Promise<AccountRoles> =>
    !perAccount || accountId === undefined
      ? new Map()
      : accounts.get(accountId, () => directoryAnswer(() => loadAccountRoles(client, resolved, accountId)))

  return {
    rolesOf: async (person, { accountId }, at) => {
      const [everywhere, here] = await Promise.all([roster(), ofAccount(accountId)])
      refuseSharedIds(everywhere.shared, [person])
      return resolved.roles
        .map(({ role }) => role)
        .filter((role) => holds(everywhere.roles.get(role)?.get(person), at) || here.get(role)?.has(person) === true)
    },

    members: async (role, { accountId }, at) => {
      const [everywhere, here] = await Promise.all([roster(), ofAccount(accountId)])
      const always = [...(everywhere.roles.get(role) ?? [])].filter(([, until]) => holds(until, at)).map(([person]) => person)
      const people = [...new Set([...always, ...(here.get(role) ?? [])])].sort(compareText)
      refuseSharedIds(everywhere.shared, people)
      return people
    },

    delegations: async (person, at) =>
      (await delegated.get(person, () => directoryAnswer(() => readDelegations(person)))).filter(
        ({ since, until }) => since <= at && at < until,
      ),

    superiorOf: (person) => superiors.get(person, () => directoryAnswer(() => loadSuperior(client, resolved.personId, person))),

    check: (policyRoles = []) => checkDirectory(client, resolved, policyRoles),

    refresh: () => {
      for (const each of [rosters, accounts, superiors, delegated]) each.clear()
    },
  }
}

/** `undefined`: does not hold it at all; `null`: holds it without end. */
const holds = (until: number | null | undefined, at: number): boolean => until === null || (until !== undefined && at < until)
