import { pairKey, type AccountRecord, type GovernanceStore } from '@ka-governance/core'
import type { SalesforceClient } from './client.ts'
import { meaningOf, siblings } from './errors.ts'
import { accountFacts } from './facts.ts'
import { policyFields, toAccount, toPolicy } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { FieldName, Names } from './schema.ts'
import { raw, soql, type Soql } from './soql.ts'

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
      return (await get(record.id, record.version))?.hash === record.hash ? 'exists' : 'conflict'
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
  const wanted = raw(
    [...new Set([accounts.id, 'Id', accounts.name, accounts.region, accounts.parent].filter((name) => name !== null))].join(', '),
  )
  const counts = accounts.where === null ? '' : ` AND (${accounts.where})`

  async function page(condition: string, limit: number): Promise<AccountRecord[]> {
    const found: AccountRecord[] = []
    const query = soql`SELECT ${wanted} FROM ${raw(accounts.object)} WHERE ${raw(condition)}${raw(counts)} ORDER BY ${id} ASC LIMIT ${limit}`
    for await (const row of client.query(query)) found.push(toAccount(mapping, row))
    return found
  }

  return {
    get: async (accountId) => (isId(accounts.id, accountId) ? ((await page(soql`${id} = ${accountId}`, 1))[0] ?? null) : null),

    async *list({ after } = {}) {
      let behind = after
      for (;;) {
        const found = await page(behind === undefined ? soql`${id} != ${null}` : soql`${id} > ${behind}`, accountPage)
        yield* found
        behind = found.at(-1)?.accountId
        if (found.length < accountPage || behind === undefined) return
      }
    },

    facts: async (accountId) => (isId(accounts.id, accountId) ? accountFacts(client, mapping, accountId) : null),
  }
}

/** A record id of Salesforce: anything else in its place would be refused as malformed, not answered as absent. */
const isId = (field: string, accountId: string): boolean =>
  field !== 'Id' || /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(accountId)
