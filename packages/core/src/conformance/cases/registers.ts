import assert from 'node:assert/strict'
import type { PolicyRecord } from '../../ports/index.ts'
import { collect } from '../expect.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

const policyOf = (ctx: ConformanceContext, version: string, mark: string): PolicyRecord => ({
  id: ctx.id('policy'),
  version,
  hash: mark.repeat(64),
  document: `{"marke":"${mark} – 客户 \\u0000 😀","text":"${'x'.repeat(40_000)}"}`,
})

const policyImmutable: ConformanceCase = {
  id: 'policy-immutable',
  title: 'a published policy stays as it is: the same again exists, another under its version is a conflict',
  async run(ctx) {
    const record = policyOf(ctx, '1.0', 'a')
    assert.equal(await ctx.store.policies.get(record.id, record.version), null)
    assert.equal(await ctx.store.policies.put(record), 'stored')
    assert.equal(await ctx.store.policies.put({ ...record }), 'exists')
    assert.equal(await ctx.store.policies.put(policyOf(ctx, '1.0', 'b')), 'conflict')
    assert.deepEqual(await ctx.store.policies.get(record.id, record.version), record, 'to the character')
    assert.equal(await ctx.store.policies.put(policyOf(ctx, '1', 'c')), 'stored', 'versions are texts, not numbers')
    assert.equal(await ctx.store.policies.get(record.id, '1.00'), null)
  },
}

const policyRace: ConformanceCase = {
  id: 'policy-race',
  title: 'of racing publications of one version exactly one is stored, and it is the one that is read',
  async run(ctx) {
    const records = ['a', 'b', 'c', 'd'].map((mark) => policyOf(ctx, '2', mark))
    const answers = await Promise.all(records.map((record) => ctx.store.policies.put(record)))
    assert.deepEqual([...answers].sort(), ['conflict', 'conflict', 'conflict', 'stored'])
    assert.deepEqual(await ctx.store.policies.get(ctx.id('policy'), '2'), records[answers.indexOf('stored')])
  },
}

const policyList: ConformanceCase = {
  id: 'policy-list',
  title: 'list answers every version of one policy, and of all',
  async run(ctx) {
    const records = ['1', '2', '10'].map((version) => policyOf(ctx, version, 'e'))
    for (const record of records) await ctx.store.policies.put(record)
    await ctx.store.policies.put({ ...policyOf(ctx, '1', 'f'), id: ctx.id('policy-b') })
    const versions = (list: readonly PolicyRecord[]): string[] => list.map((record) => `${record.id} ${record.version}`).sort()
    assert.deepEqual(versions(await collect(ctx.store.policies.list(ctx.id('policy')))), versions(records))
    const all = versions(await collect(ctx.store.policies.list()))
    for (const wanted of [...versions(records), `${ctx.id('policy-b')} 1`])
      assert.ok(all.includes(wanted), `${wanted} is missing`)
    assert.deepEqual(await collect(ctx.store.policies.list(ctx.id('nothing'))), [])
  },
}

const accountsGet: ConformanceCase = {
  id: 'accounts-get',
  title: 'a known account is answered as the CRM has it, an unknown one as null',
  async run(ctx) {
    for (const account of ctx.accounts) assert.deepEqual(await ctx.store.accounts.get(account.accountId), account)
    assert.equal(await ctx.store.accounts.get('acc-of-nobody-at-all'), null)
  },
}

const accountsList: ConformanceCase = {
  id: 'accounts-list',
  title: 'accounts are listed by id, each once, and a listing resumes after one',
  async run(ctx) {
    const ids = async (after?: string): Promise<string[]> =>
      (await collect(ctx.store.accounts.list(after === undefined ? {} : { after }))).map((account) => account.accountId)
    const all = await ids()
    assert.deepEqual(all, [...new Set(all)].sort(), 'ordered by code units, each once')
    for (const { accountId } of ctx.accounts) assert.ok(all.includes(accountId), `${accountId} is missing`)
    for (const [index, id] of all.slice(0, 5).entries()) assert.deepEqual(await ids(id), all.slice(index + 1), `after ${id}`)
    assert.deepEqual(await ids(all.at(-1)), [])
  },
}

const accountsFacts: ConformanceCase = {
  id: 'accounts-facts',
  title: 'a known account has raw facts, an unknown one null; the answer is the caller’s own',
  needs: ['accountFacts'],
  async run(ctx) {
    assert.equal(await ctx.store.accounts.facts('acc-of-nobody-at-all'), null)
    for (const { accountId } of ctx.accounts) {
      const facts = await ctx.store.accounts.facts(accountId)
      assert.notEqual(facts, null, `${accountId} exists`)
      const text = JSON.stringify(facts)
      if (typeof facts === 'object' && facts !== null && !Object.isFrozen(facts)) Object.assign(facts, { scribble: true })
      assert.equal(JSON.stringify(await ctx.store.accounts.facts(accountId)), text)
    }
  },
}

export const registerCases: readonly ConformanceCase[] = [
  policyImmutable,
  policyRace,
  policyList,
  accountsGet,
  accountsList,
  accountsFacts,
]
