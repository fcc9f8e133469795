import { inOneCall, pairKey, type AccountRecord, type GovernanceStore, type JsonValue } from '@ka-governance/core'
import type { SalesforceClient } from './client.ts'
import { meaningOf, siblings } from './errors.ts'
import { accountFacts, sameId } from './facts.ts'
import { accountColumns, accountsThatCount, toAccount } from './list-queries.ts'
import { rowsOfMany } from './many.ts'
import { policyFields, toPolicy } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { FieldName, Names } from './schema.ts'
import { isRecordId, raw, soql, type Soql } from './soql.ts'

/** Published policies: a version, once put, stays as it is. */
export function createPolicyStore(client: SalesforceClient, names: Names): GovernanceStore['policies'] {
  const f = (name: FieldName<'Policy'>): Soql => raw(names.field('Policy', name))
  const object = raw(names.object('Policy'))
  const columns = raw(
    (['PolicyKey', 'PolicyId', 'Version', 'Hash', 'Document'] as const).map((name) => names.field('Policy', name)).join(', '),
  )

  async function get(id: string, version: string) {
    const query = soql`SELECT ${columns} FROM ${object} WHERE ${f('PolicyKey')} = ${pairKey(id, version)} LIMIT 1`
    for await (const row of client.query(query)) return toPolicy(names, row)
    return null
  }

  return {
    get,

    put: async (record) => {
      const [answer] = await client.composite(
        [{ method: 'POST', url: `/sobjects/${object.text}`, referenceId: 'policy', body: policyFields(names, record) }],
        { repeatable: true },
      )
      const causes = (answer?.errors ?? []).filter(({ code }) => !siblings.has(code))
      if (answer !== undefined && causes.length === 0 && answer.status < 300) return 'stored'
      if (causes.some(({ code }) => code !== 'DUPLICATE_VALUE')) throw meaningOf(causes, answer?.status ?? 400)
      const there = await get(record.id, record.version)
      // Neither stored nor there: refused for another reason.
      if (there === null) throw meaningOf(answer?.errors ?? [], answer?.status ?? 400)
      return there.hash === record.hash ? 'exists' : 'conflict'
    },

    async *list(id) {
      const where = id === undefined ? raw('') : raw(soql` WHERE ${f('PolicyId')} = ${id}`)
      for await (const row of client.query(soql`SELECT ${columns} FROM ${object}${where} ORDER BY Name ASC`))
        yield toPolicy(names, row)
    },
  }
}

const accountPage = 2000

/** The accounts of the CRM. Read only. */
export function createAccountStore(client: SalesforceClient, mapping: ResolvedMapping): GovernanceStore['accounts'] {
  const { accounts } = mapping
  const id = raw(accounts.id)
  const wanted = raw(accountColumns(mapping))
  const counts = accountsThatCount(mapping)

  async function page(condition: string, limit: number): Promise<AccountRecord[]> {
    const found: AccountRecord[] = []
    const query = soql`SELECT ${wanted} FROM ${raw(accounts.object)} WHERE ${raw(condition)}${raw(counts)} ORDER BY ${id} ASC LIMIT ${limit}`
    for await (const row of client.query(query)) found.push(toAccount(mapping, row))
    return found
  }

  async function several(accountIds: readonly string[]): Promise<readonly (AccountRecord | null)[]> {
    const rows = await rowsOfMany(
      client,
      accountIds.filter((accountId) => isId(accounts.id, accountId)),
      (ids) => soql`SELECT ${wanted} FROM ${raw(accounts.object)} WHERE ${id} IN ${ids}${raw(counts)}`,
    )
    const byId = new Map(
      rows.map((row) => toAccount(mapping, row)).map((account) => [sameId(accounts.id, account.accountId), account]),
    )
    return accountIds.map((accountId) => byId.get(sameId(accounts.id, accountId)) ?? null)
  }

  async function factsOf(accountIds: readonly string[]): Promise<readonly (JsonValue | null)[]> {
    const known = accountIds.filter((accountId) => isId(accounts.id, accountId))
    const found = new Map((await accountFacts(client, mapping, known)).map((each, k) => [known[k], each]))
    return accountIds.map((accountId) => found.get(accountId) ?? null)
  }

  type Accounts = GovernanceStore['accounts']
  const get: Accounts['get'] = async (accountId) => (await several([accountId]))[0] ?? null
  const facts: Accounts['facts'] = async (accountId) => (await factsOf([accountId]))[0] ?? null

  return {
    get,
    getMany: inOneCall(several, get),

    async *list({ after } = {}) {
      let behind = after
      for (;;) {
        const found = await page(behind === undefined ? soql`${id} != ${null}` : soql`${id} > ${behind}`, accountPage)
        yield* found
        behind = found.at(-1)?.accountId
        if (found.length < accountPage || behind === undefined) return
      }
    },

    facts,
    factsMany: inOneCall(factsOf, facts),
  }
}

/** A record id of Salesforce: anything else in its place would be refused as malformed, not answered as absent. */
const isId = (field: string, accountId: string): boolean => field !== 'Id' || isRecordId(accountId)
