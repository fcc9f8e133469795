import {
  compareText,
  corruptRecord,
  inOneCall,
  type AccountRecord,
  type GovernanceStore,
  type JsonValue,
  type PolicyRecord,
} from '@ka-governance/core'
import { waitBefore } from './calls.ts'
import type { HubSpotRecord } from './client.ts'
import { accountFacts, factColumns } from './facts.ts'
import type { ResolvedMapping } from './options.ts'
import { namesFor, policyKey, policyValues, toPolicy } from './records.ts'
import { canIdentify, recordId } from './schema.ts'
import { inBulk, type StoreTools } from './tools.ts'

/** Published policies: a version, once put, stays as it is. */
export function createPolicyStore({ own, mapping, sha256, sleep, jitter, tries }: StoreTools): GovernanceStore['policies'] {
  const { names } = mapping
  const type = names.type('policy')
  const properties = namesFor(names, 'policy', ['policy_key', 'policy_id', 'version', 'hash', 'document'])

  async function get(id: string, version: string): Promise<PolicyRecord | null> {
    const key = policyKey(id, version, sha256)
    const [record = null] = await own.readMany(type, [key], { idProperty: names.property('policy', 'policy_key'), properties })
    return record === null ? null : toPolicy(names, record)
  }

  return {
    get,

    put: async (record) => {
      const values = policyValues(names, record, sha256)
      for (let attempt = 1; ; attempt += 1) {
        const answer = await own.create(type, { properties: values })
        if (answer.status === 'created') return 'stored'
        const there = await get(record.id, record.version)
        if (there !== null) return there.hash === record.hash ? 'exists' : 'conflict'
        if (answer.status === 'refused' || attempt >= tries) throw answer.error
        await sleep(waitBefore(attempt, jitter))
      }
    },

    async *list(id) {
      for await (const record of own.list(type, { properties })) {
        const policy = toPolicy(names, record)
        if (id === undefined || policy.id === id) yield policy
      }
    },
  }
}

type Accounts = GovernanceStore['accounts']

/** The accounts of the CRM. Read only. */
export function createAccountStore(tools: StoreTools): Accounts {
  const { mapping } = tools
  const { accounts } = mapping
  const wanted = [...new Set([accounts.id, accounts.name, accounts.region, accounts.parent, accounts.where?.property])].filter(
    (name): name is string => name != null && name !== recordId,
  )
  const counts = ({ properties }: HubSpotRecord): boolean =>
    accounts.where === null || properties[accounts.where.property] === accounts.where.value

  /** Records of accounts that count, by the accounts' ids. */
  async function recordsOf(
    accountIds: readonly string[],
    more: readonly string[] = [],
  ): Promise<ReadonlyMap<string, { readonly accountId: string; readonly record: HubSpotRecord }>> {
    const { client } = accountIds.length > 1 ? inBulk(tools) : tools
    const ids = [...new Set(accountIds.filter((id) => canIdentify(accounts.id, id)))]
    const records = await client.readMany(accounts.type, ids, {
      properties: [...new Set([...wanted, ...more])],
      ...(accounts.id === recordId ? {} : { idProperty: accounts.id }),
    })
    // A record that went into another one answers under its old id too, and is no account any more.
    const found = new Map(
      records
        .filter((record) => record !== null)
        .filter(counts)
        .map((record) => {
          const { accountId } = toAccount(mapping, record)
          return [accountId, { accountId, record }] as const
        }),
    )
    return new Map(
      accountIds.flatMap((accountId) => {
        const one = found.get(accountId)
        return one === undefined ? [] : [[accountId, one] as const]
      }),
    )
  }

  /** Accounts of ids, `null` where there is none that counts. */
  async function several(accountIds: readonly string[]): Promise<readonly (AccountRecord | null)[]> {
    const found = await recordsOf(accountIds)
    return accountIds.map((accountId) => {
      const one = found.get(accountId)
      return one === undefined ? null : toAccount(mapping, one.record)
    })
  }

  async function factsOf(accountIds: readonly string[]): Promise<readonly (JsonValue | null)[]> {
    const found = await recordsOf(accountIds, factColumns(mapping))
    const { client } = accountIds.length > 1 ? inBulk(tools) : tools
    const made = await accountFacts(client, mapping, [...found.values()])
    const facts = new Map([...found.keys()].map((accountId, k) => [accountId, made[k] ?? null] as const))
    return accountIds.map((accountId) => facts.get(accountId) ?? null)
  }

  const get: Accounts['get'] = async (accountId) => (await several([accountId]))[0] ?? null
  const facts: Accounts['facts'] = async (accountId) => (await factsOf([accountId]))[0] ?? null

  return {
    get,
    getMany: inOneCall(several, get),

    /** The whole list is read before the first one is answered: HubSpot's own order is that of numbers. */
    async *list({ after } = {}) {
      const all: AccountRecord[] = []
      for await (const record of inBulk(tools).client.list(accounts.type, { properties: wanted }))
        if (counts(record) && (accounts.id === recordId || (record.properties[accounts.id] ?? '') !== ''))
          all.push(toAccount(mapping, record))
      all.sort((a, b) => compareText(a.accountId, b.accountId))
      for (const account of all) if (after === undefined || compareText(account.accountId, after) > 0) yield account
    },

    facts,
    factsMany: inOneCall(factsOf, facts),
  }
}

/** An account of the CRM. @throws StoreError `corrupt_record` */
export function toAccount({ accounts }: ResolvedMapping, record: HubSpotRecord): AccountRecord {
  const optional = (property: string | null): string | null => {
    const value = property === null ? null : property === recordId ? record.id : record.properties[property]
    return value === undefined || value === '' ? null : value
  }
  const accountId = optional(accounts.id)
  if (accountId === null) throw corruptRecord(accounts.type, record.id)
  return {
    accountId,
    name: optional(accounts.name) ?? '',
    region: optional(accounts.region),
    parentId: optional(accounts.parent),
  }
}
