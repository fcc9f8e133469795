import { defaultHost, type GovernanceStore } from '@ka-governance/core'
import { defaults } from './calls.ts'
import { createHubSpotClient, type HubSpotClient } from './client.ts'
import { gathered } from './gathered.ts'
import { createInbox } from './inbox.ts'
import { ownRecordsIn } from './journal-port.ts'
import { createActivityTools } from './native/activity-tools.ts'
import { resolveMapping, type HubSpotStoreOptions } from './options.ts'
import { createStoreOver } from './store.ts'
import { createKnownEntries, type StoreTools } from './tools.ts'

/** The port, and the client behind it for those who want to count or look. */
export interface HubSpotStore extends GovernanceStore {
  readonly client: HubSpotClient
}

/**
 * A governance store on the records of a HubSpot portal: the journal and what hangs on it in custom objects of its own, what people see on tickets, companies and
 * deals. An entry is one record, made once; the unique values of that record decide who wins. Nothing is called and nothing is written to disk until a method is.
 *
 * @throws InvalidInputError when the mapping names what cannot be a name of HubSpot's, or the inbox has no secret or no id of a portal
 * @example
 * ```ts no-run: needs a portal
 * import { createGovernance, loadPolicy, presets } from '@ka-governance/core'
 *
 * const store = createHubSpotStore({ client: { accessToken: 'a service key' } })
 * const governance = createGovernance({ store, policy: loadPolicy(presets.manufacturerCn) })
 * ```
 */
export function createHubSpotStore(options: HubSpotStoreOptions): HubSpotStore {
  const mapping = resolveMapping(options.mapping)
  const client = createHubSpotClient(options)
  const { journal } = options
  const kept = journal === undefined ? client : ownRecordsIn(journal, mapping.names)
  const tools: StoreTools = {
    client,
    own: { ...gathered(kept), inBulk: gathered(journal === undefined ? client.inBulk : kept) },
    mapping,
    sha256: defaultHost.sha256,
    sleep: options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms))),
    jitter: options.jitter ?? Math.random,
    now: options.now ?? Date.now,
    tries: options.tries ?? defaults.tries,
    // A journal of the host's promises what a portal was not tried for.
    confirm: journal === undefined && (options.confirm ?? true),
    consistentQueries: journal?.isConsistent === true,
    known: createKnownEntries(),
    activities: createActivityTools({
      client,
      directory: options.directory ?? null,
      personId: mapping.personId,
      isHosted: journal !== undefined,
      now: options.now ?? Date.now,
    }),
  }
  const inbox = options.inbox === undefined ? {} : { inbox: createInbox(tools, options.inbox) }
  return { ...createStoreOver(tools), ...inbox, client }
}
