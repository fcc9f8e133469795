import type { GovernanceStore } from '@ka-governance/core'
import { createMemoryClient, type MemoryClient } from './client.ts'
import { dumpMemory, restoreMemory, type MemoryDump } from './dump.ts'
import { createInbox, type MemoryInbox } from './inbox.ts'
import { toAccountRow } from './mapping.ts'
import { resolveOptions, type MemoryStoreOptions } from './options.ts'
import { provision } from './provision.ts'
import { createStoreOver } from './store.ts'
import { withFaults } from './with-faults.ts'

/** The port, and the database behind it for those who want to look at raw rows. */
export interface MemoryStore extends GovernanceStore {
  readonly client: MemoryClient
  /** Where commands are left for `governance.inbox.process`. */
  readonly inbox: MemoryInbox
  /** Everything it holds, as plain JSON, for `createMemoryStore({ from })` in another process. */
  readonly dump: () => MemoryDump
}

/**
 * A governance store in memory, with every capability. What is stored is text: neither what was given nor what is answered is shared with it.
 *
 * @throws InvalidInputError when an account has no id or stands twice, or when `from` is no dump
 * @example
 * ```ts
 * const store = createMemoryStore({ accounts: [{ accountId: 'acc-1', name: 'Acme', region: null, parentId: null }] })
 * await store.load('cmp-1') // => null
 * ```
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const resolved = resolveOptions(options)
  const client = options.client ?? createMemoryClient()
  provision(client)
  if (options.from !== undefined) restoreMemory(client, options.from)
  const accounts = client.table('accounts')
  for (const account of resolved.accounts) {
    const known = options.from === undefined ? undefined : accounts.get(account.accountId)
    if (known !== undefined) accounts.remove(known)
    accounts.insert(toAccountRow(account))
  }
  const people = createInbox(client, resolved.clock)
  const store = { ...createStoreOver(client, resolved), inbox: people }
  const port = options.faults === undefined ? store : withFaults(store, options.faults)
  return { ...port, inbox: { ...people, ...port.inbox }, client, dump: () => dumpMemory(client) }
}
