import type { GovernanceStore } from '../../src/index.ts'

/** A store that answers the snapshot of one instance otherwise than it was written; `which` is asked at every load. */
export const corrupting =
  (which: () => string) =>
  (store: GovernanceStore): GovernanceStore => ({
    ...store,
    load: async (id) => {
      const stored = await store.load(id)
      return stored !== null && id === which() ? { ...stored, snapshot: `${stored.snapshot} ` } : stored
    },
  })
