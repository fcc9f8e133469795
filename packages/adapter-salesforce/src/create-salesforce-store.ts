import { defaultHost, type GovernanceStore } from '@ka-governance/core'
import { createSalesforceClient, defaults, type SalesforceClient } from './client.ts'
import { resolveMapping, type SalesforceStoreOptions } from './options.ts'
import { createAccountTeams } from './native/account-team.ts'
import { createBehind } from './native/milestones.ts'
import { tasksOf } from './native/tasks.ts'
import { createUserIds } from './native/users.ts'
import { withScans } from './scan-lists.ts'
import { createScanner } from './scan.ts'
import { createStoreOver } from './store.ts'

/** The port, and the client behind it for those who want to count or look. */
export interface SalesforceStore extends GovernanceStore {
  readonly client: SalesforceClient
}

/**
 * A governance store on the records of a Salesforce org: one Composite request a command, journal and snapshot in one transaction with the records that people
 * see. Nothing is called and nothing is written to disk until a method is.
 *
 * @throws InvalidInputError when the mapping names what cannot be an API name
 * @example
 * ```ts no-run: needs an org
 * import { Org } from '@salesforce/core'
 *
 * const org = await Org.create({ aliasOrUsername: 'governance' })
 * const store = createSalesforceStore({ connection: org })
 * const governance = createGovernance({ store, policy: loadPolicy(presets.manufacturerCn) })
 * ```
 */
export function createSalesforceStore(options: SalesforceStoreOptions): SalesforceStore {
  const mapping = resolveMapping(options.mapping)
  const client = createSalesforceClient(options)
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const tasks = { mapping, directory: options.directory ?? null, userIds: createUserIds(client, mapping.personId) }
  const store = createStoreOver({
    client,
    mapping,
    sha256: defaultHost.sha256,
    sleep,
    jitter: options.jitter ?? Math.random,
    tries: options.tries ?? defaults.tries,
    behind: createBehind(),
    teams: createAccountTeams(client, mapping, tasks.userIds),
    ...(Object.keys(mapping.effects).length === 0 ? {} : { native: (commit, rows) => tasksOf(tasks, commit, rows.record) }),
  })
  const whole = { ...store, client }
  return options.scan === undefined ? whole : withScans(whole, mapping, createScanner(client, options.scan, sleep))
}
