import {
  aheadOfJournal,
  inOneCall,
  type GovernanceStore,
  type Projection,
  type StoreCapabilities,
  type StoredInstance,
} from '@ka-governance/core'
import { commitAll } from './commit-all.ts'
import { createDocumentStore } from './documents.ts'
import { findDrift } from './drift.ts'
import { createEffectStore } from './effects.ts'
import { showAll } from './follow.ts'
import { eventsByCommand, eventsOf, headsOf } from './journal.ts'
import { due, find } from './lists.ts'
import { projectionWrites } from './mapping.ts'
import { giveOutLeft } from './native/give-out.ts'
import { createCaseLinks } from './native/link-cases.ts'
import { commandKey, headColumns, numberIn, toEntry, toStored } from './records.ts'
import { createAccountStore, createPolicyStore } from './registers.ts'
import { settle } from './settle.ts'
import { inBulk, type StoreTools } from './tools.ts'

/** What HubSpot can promise: one record is written or not, and nothing else together with it; the index is behind, a journal of the host's perhaps not. */
export const capabilities = {
  atomicMultiCommit: false,
  leases: false,
  atomicProjection: false,
  consistentQueries: false,
  atomicDocuments: false,
} as const satisfies Partial<StoreCapabilities>

/** Entries behind the case that a load of one instance asks for at once. */
const ahead = 10

/** The port over a portal. What decides is read by keys; the index only says where to look. */
export function createStoreOver(tools: StoreTools): GovernanceStore {
  const { mapping, sha256 } = tools
  const { names } = mapping
  const several = (count: number): StoreTools => (count > 1 ? inBulk(tools) : tools)

  async function loadAll(instanceIds: readonly string[]): Promise<readonly (StoredInstance | null)[]> {
    const heads = await headsOf(several(instanceIds.length), instanceIds, headColumns, instanceIds.length > 1 ? 2 : ahead)
    return heads.map((head) => (head === null ? null : toStored(names, head.event, head.shown)))
  }
  const load: GovernanceStore['load'] = async (instanceId) => (await loadAll([instanceId]))[0] ?? null

  type Keys = Parameters<NonNullable<GovernanceStore['entriesByKey']>>[0]
  async function entriesByKey(keys: Keys) {
    const events = await eventsByCommand(
      several(keys.length),
      keys.map(({ instanceId, idempotencyKey }) => commandKey(instanceId, idempotencyKey, sha256)),
      ['event_key', 'command_key', 'entry'],
    )
    return events.map((event) => (event === null ? null : toEntry(names, event)))
  }
  const entryByKey: GovernanceStore['entryByKey'] = async (instanceId, idempotencyKey) =>
    (await entriesByKey([{ instanceId, idempotencyKey }]))[0] ?? null

  const effects = createEffectStore(tools)
  const sweeping = inBulk(tools)
  const sweptEffects = createEffectStore(sweeping)
  const links = createCaseLinks(sweeping)
  const dueHits: GovernanceStore['due'] = async (query) => {
    // A sweep begins with what did not follow: it may be due.
    if (query.after === undefined) {
      // Before the marks are taken away by which they are found.
      const unlinked = await links.linkMarked()
      await settle(tools)
      await links.link(unlinked)
      await giveOutLeft(tools)
    }
    return due(sweeping, query)
  }

  return {
    name: 'hubspot',
    capabilities: { ...capabilities, consistentQueries: tools.consistentQueries, accountFacts: mapping.facts !== null },

    load,
    loadMany: inOneCall(loadAll, load),

    commit: (commits) => commitAll(tools, commits),

    entryByKey,
    entriesByKey: inOneCall(entriesByKey, entryByKey),

    async *history(instanceId, fromSeq) {
      for await (const event of eventsOf(tools, instanceId, ['event_key', 'entry'], fromSeq)) yield toEntry(names, event)
    },

    due: dueHits,
    agenda: inOneCall(
      async (query) => {
        const hits = await dueHits(query.due)
        return { due: hits, effects: await sweptEffects.pending(query.effects) }
      },
      dueHits,
      // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, never called
      effects.pending,
    ),

    find: (query) => find(tools, query),

    effects,
    personal: createDocumentStore(tools),
    policies: createPolicyStore(tools),
    accounts: createAccountStore(tools),

    project: (projection) => project(projection),
    drift: (projections) => findDrift(tools, projections),
  }

  async function project(projection: Projection): Promise<'written' | 'stale' | 'blocked'> {
    const { instanceId, seq } = projection
    const [found = null] = await headsOf(tools, [instanceId], ['event_key', 'seq'], ahead)
    const head = found === null ? 0 : (numberIn(names, 'event', found.event, 'seq') ?? 0)
    if (seq > head) throw aheadOfJournal(instanceId, seq, head)
    if (seq < head) return 'stale'
    const [shown] = await showAll(tools, [projectionWrites(mapping, projection)])
    if (shown?.status === 'failed') throw shown.error
    return shown?.status === 'blocked' ? 'blocked' : 'written'
  }
}
