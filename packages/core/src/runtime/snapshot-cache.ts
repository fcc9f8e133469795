import type { Instance } from './instance.ts'

/** Snapshots that this process wrote or verified, so that a text is parsed and hashed once. Entries are immutable; the text is compared in full. */
export interface SnapshotCache {
  readonly get: (hash: string, text: string) => Instance | null
  readonly put: (hash: string, text: string, instance: Instance) => void
}

export function createSnapshotCache(size = 512): SnapshotCache {
  const known = new Map<string, { readonly text: string; readonly instance: Instance }>()
  return {
    get: (hash, text) => {
      const hit = known.get(hash)
      return hit?.text === text ? hit.instance : null
    },
    put: (hash, text, instance) => {
      known.set(hash, { text, instance })
      if (known.size <= size) return
      const oldest = known.keys().next()
      if (oldest.done !== true) known.delete(oldest.value)
    },
  }
}

/** Freezes data in depth: what callers get to see is shared with the cache. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) deepFreeze(inner)
  return value
}
