import type { GovernanceStore } from './store.ts'

/**
 * A method that asks several questions in one call, and the methods that answer them one by one (`of`). A store is an object of which a host may replace a part: where one
 * of those was replaced, this no longer answers as it does, and does not count.
 */
export type InOneCall<F> = F & { readonly of?: readonly unknown[] }

/**
 * Ties a method to those that answer the same one by one, so that it counts only as long as they are its own.
 *
 * @typeParam F The method for several.
 * @example
 * ```ts
 * const get = async (id: string) => (id === 'a' ? 1 : null)
 * const getMany = inOneCall((ids: readonly string[]) => Promise.all(ids.map(get)), get)
 * await getMany(['a', 'b']) // => [1, null]
 * ```
 */
export function inOneCall<F extends (...args: never[]) => unknown>(method: F, ...of: readonly unknown[]): InOneCall<F> {
  return Object.assign(method, { of })
}

/** What a store offers for several in one call. */
export interface OfMany {
  /** Heads of several instances. */
  readonly loadMany: GovernanceStore['loadMany']
  /** Entries by several idempotency keys. */
  readonly entriesByKey: GovernanceStore['entriesByKey']
  /** What is due and what is pending. */
  readonly agenda: GovernanceStore['agenda']
  /** Several accounts. */
  readonly getMany: GovernanceStore['accounts']['getMany']
  /** Facts of several accounts. */
  readonly factsMany: GovernanceStore['accounts']['factsMany']
}

/**
 * What a store offers for several in one call, each method bound to it; `undefined` where it offers none, and where a method that it stands for was replaced.
 *
 * @example
 * ```ts
 * import { createMemoryStore } from '@ka-governance/adapter-memory'
 *
 * const store = createMemoryStore()
 * await ofMany(store).loadMany?.(['cmp-1']) // => [null]
 * ofMany({ ...store, load: async () => null }).loadMany // => undefined
 * ```
 */
export function ofMany(store: GovernanceStore): OfMany {
  const { accounts, effects } = store
  /* eslint-disable @typescript-eslint/unbound-method -- compared, never called */
  return {
    loadMany: asItsOwn(store.loadMany, store.load)?.bind(store),
    entriesByKey: asItsOwn(store.entriesByKey, store.entryByKey)?.bind(store),
    agenda: asItsOwn(store.agenda, store.due, effects.pending)?.bind(store),
    getMany: asItsOwn(accounts.getMany, accounts.get)?.bind(accounts),
    factsMany: asItsOwn(accounts.factsMany, accounts.facts)?.bind(accounts),
  }
  /* eslint-enable @typescript-eslint/unbound-method */
}

/** `own`: the methods as they are now, in the order in which it was tied to them. One that was tied to none is taken at its word. */
function asItsOwn<F>(method: InOneCall<F> | undefined, ...own: readonly unknown[]): InOneCall<F> | undefined {
  return method?.of === undefined || method.of.every((each, k) => each === own[k]) ? method : undefined
}
