import type { GovernanceStore } from '@ka-governance/core'

/**
 * What the simulated company's CRM knows of its accounts beside the files: who is under governance, who is a key account by now, and which records became
 * one. Written when the governance has accepted it.
 */
export interface Book {
  /** Accounts with a tier, that the next cycle reviews. */
  readonly governed: Set<string>
  /** Accounts whose relation changed while the run went on: a review asks their ledgers first. */
  readonly moved: Set<string>
  readonly keyAccounts: Set<string>
  /** First day of the contract of who was admitted: its relation begins with it [ADM-09]. */
  readonly since: Map<string, string>
  /** Absorbed account → survivor. */
  readonly survivors: Map<string, string>
  /** The account that the account's business is with now. */
  survivorOf(accountId: string): string
  /** Ids of the open instances of a kind, of an account. */
  open(kind: string, accountId: string): Promise<readonly string[]>
}

export function createBook(store: Pick<GovernanceStore, 'find'>, keyAccounts: Iterable<string>): Book {
  const survivors = new Map<string, string>()
  return {
    governed: new Set(),
    moved: new Set(),
    keyAccounts: new Set(keyAccounts),
    since: new Map(),
    survivors,
    survivorOf: (accountId) => {
      let at = accountId
      for (let next = survivors.get(at); next !== undefined; next = survivors.get(at)) at = next
      return at
    },
    open: async (kind, accountId) => {
      const ids: string[] = []
      for await (const projection of store.find({ kind, accountId, open: true })) ids.push(projection.instanceId)
      return ids.sort()
    },
  }
}
