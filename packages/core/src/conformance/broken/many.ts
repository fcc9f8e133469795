import type { GovernanceStore, StoredInstance } from '../../ports/index.ts'
import type { BrokenStore } from './types.ts'

/** The same store, what it answers for several heads changed. */
function changingHeads(
  store: GovernanceStore,
  change: (heads: readonly (StoredInstance | null)[], ids: readonly string[]) => readonly (StoredInstance | null)[],
): GovernanceStore {
  return { ...store, loadMany: async (ids) => change((await store.loadMany?.(ids)) ?? [], ids) }
}

export const brokenMany: readonly BrokenStore[] = [
  {
    id: 'many-as-found',
    defect: 'answers several heads in the order in which the backend finds them',
    caughtBy: 'many-load',
    spoil: (store) =>
      changingHeads(store, (heads) => [...heads].sort((a, b) => ((a?.instanceId ?? '') < (b?.instanceId ?? '') ? -1 : 1))),
  },
  {
    id: 'many-without-gaps',
    defect: 'leaves out what does not exist, so that the answers behind it move up',
    caughtBy: 'many-load',
    spoil: (store) => changingHeads(store, (heads) => heads.filter((head) => head !== null)),
  },
  {
    id: 'many-one-page',
    defect: 'reads the first page of the backend only and takes the others for absent',
    caughtBy: 'many-load',
    spoil: (store) => changingHeads(store, (heads) => heads.map((head, k) => (k < 200 ? head : null))),
  },
  {
    id: 'many-stale',
    defect: 'answers several heads from a cache that commits do not refresh',
    caughtBy: 'many-load',
    spoil: (store) => {
      const cache = new Map<string, StoredInstance>()
      return changingHeads(store, (heads) =>
        heads.map((head) => {
          if (head === null) return null
          const cached = cache.get(head.instanceId) ?? head
          cache.set(head.instanceId, cached)
          return cached
        }),
      )
    },
  },
  {
    id: 'many-outage-as-absence',
    defect: 'answers an outage as if none of several instances were there',
    caughtBy: 'many-outage',
    spoil: (store) => ({
      ...store,
      loadMany: (ids) => store.loadMany?.(ids).catch(() => ids.map(() => null)) ?? Promise.resolve([]),
    }),
  },
  {
    id: 'many-keys-of-any',
    defect: 'looks for keys without their instances',
    caughtBy: 'many-entries',
    spoil: (store) => ({
      ...store,
      entriesByKey: async (keys) => {
        const instances = [...new Set(keys.map(({ instanceId }) => instanceId))]
        const found = []
        for (const { idempotencyKey } of keys) {
          let first = null
          for (const instanceId of instances) first ??= await store.entryByKey(instanceId, idempotencyKey)
          found.push(first)
        }
        return found
      },
    }),
  },
  {
    id: 'many-accounts-cut',
    defect: 'knows only the first of several accounts',
    caughtBy: 'many-accounts',
    spoil: (store) => ({
      ...store,
      accounts: {
        ...store.accounts,
        getMany: async (ids) => ((await store.accounts.getMany?.(ids)) ?? []).map((account, k) => (k === 0 ? account : null)),
      },
    }),
  },
  {
    id: 'many-facts-mixed',
    defect: 'gives an account the facts of its neighbour',
    caughtBy: 'many-facts',
    spoil: (store) => ({
      ...store,
      accounts: {
        ...store.accounts,
        factsMany: async (ids) => [...((await store.accounts.factsMany?.(ids)) ?? [])].reverse(),
      },
    }),
  },
  {
    id: 'agenda-without-waiting',
    defect: 'puts effects on the agenda that are not to be tried yet',
    caughtBy: 'many-agenda',
    spoil: (store) => ({
      ...store,
      agenda: async (query) => {
        const { at: _, ...effects } = query.effects
        return { due: await store.due(query.due), effects: await store.effects.pending(effects) }
      },
    }),
  },
  {
    id: 'agenda-one-limit',
    defect: 'takes the limit of what is due for both',
    caughtBy: 'many-agenda',
    spoil: (store) => ({
      ...store,
      agenda: async (query) => ({
        due: await store.due(query.due),
        effects: await store.effects.pending({ ...query.effects, limit: query.due.limit }),
      }),
    }),
  },
]
