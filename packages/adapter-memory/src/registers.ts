import {
  compareText,
  inOneCall,
  pairKey,
  type AccountRecord,
  type GovernanceStore,
  type JsonValue,
  type PolicyRecord,
  type StoreCapabilities,
} from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import { translated } from './errors.ts'
import { toAccount, toFacts, toPolicy } from './mapping.ts'
import { pages } from './queries.ts'
import type { AccountRow, PolicyRow } from './schema.ts'

const pageSize = 128

/** Published policies: a version, once put, stays as it is. */
export function createPolicyStore(client: MemoryClient): GovernanceStore['policies'] {
  const isBehind = (row: PolicyRow, last: PolicyRecord): boolean =>
    (compareText(row.id, last.id) || compareText(row.version, last.version)) > 0

  return {
    get: async (id, version) =>
      translated(() => {
        const row = client.table('policies').get(pairKey(id, version))
        return row === undefined ? null : toPolicy(row)
      }),

    put: async ({ id, version, hash, document }) =>
      translated(() => {
        const policies = client.table('policies')
        if (policies.insert({ id, version, hash, document })) return 'stored'
        return policies.get(pairKey(id, version))?.hash === hash ? 'exists' : 'conflict'
      }),

    list: (id) =>
      pages((last: PolicyRecord | null) =>
        translated(() => {
          const start = (row: PolicyRow): boolean =>
            (id === undefined || compareText(row.id, id) >= 0) && (last === null || isBehind(row, last))
          const page: PolicyRecord[] = []
          for (const row of client.table('policies').from('version', start)) {
            if (page.length >= pageSize || (id !== undefined && row.id !== id)) break
            page.push(toPolicy(row))
          }
          return page
        }),
      ),
  }
}

/** The pretended CRM's accounts. Read only, as for every store. */
export function createAccountStore(client: MemoryClient, capabilities: StoreCapabilities): GovernanceStore['accounts'] {
  const rowOf = (accountId: string): AccountRow | undefined => client.table('accounts').get(accountId)

  function accountOf(accountId: string): AccountRecord | null {
    const row = rowOf(accountId)
    return row === undefined ? null : toAccount(row)
  }

  function factsOf(accountId: string): JsonValue | null {
    const row = rowOf(accountId)
    if (row === undefined) return null
    return capabilities.accountFacts ? toFacts(row) : {}
  }

  type Accounts = GovernanceStore['accounts']
  const get: Accounts['get'] = async (accountId) => translated(() => accountOf(accountId))
  const facts: Accounts['facts'] = async (accountId) => translated(() => factsOf(accountId))

  return {
    get,
    getMany: inOneCall(async (accountIds) => translated(() => accountIds.map(accountOf)), get),

    list: ({ after } = {}) =>
      pages((last: AccountRecord | null) =>
        translated(() => {
          const behind = last?.accountId ?? after
          const page: AccountRecord[] = []
          const start = (row: AccountRow): boolean => behind === undefined || compareText(row.accountId, behind) > 0
          for (const row of client.table('accounts').from('id', start)) {
            if (page.length >= pageSize) break
            page.push(toAccount(row))
          }
          return page
        }),
      ),

    facts,
    factsMany: inOneCall(async (accountIds) => translated(() => accountIds.map(factsOf)), facts),
  }
}
