import type { GovernanceStore } from '../../src/index.ts'

/** A store that answers the snapshot of one instance otherwise than it was written; `which` is asked at every load; several are loaded one by one. */
export const corrupting =
  (which: () => string) =>
  ({ loadMany: _, ...store }: GovernanceStore): GovernanceStore => ({
    ...store,
    load: async (id) => {
      const stored = await store.load(id)
      return stored !== null && id === which() ? { ...stored, snapshot: `${stored.snapshot} ` } : stored
    },
  })
