import assert from 'node:assert/strict'
import type { InstanceQuery } from '../../ports/index.ts'
import { collect, commitAll, commitOne, eventually } from '../expect.ts'
import { makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

/** The case's own instances that a query answers, by name. */
async function found(ctx: ConformanceContext, query: InstanceQuery): Promise<string[]> {
  const mine = ctx.id('')
  const all = (await collect(ctx.store.find(query))).map((projection) => projection.instanceId)
  return all.filter((id) => id.startsWith(mine)).map((id) => id.slice(mine.length))
}

const findFilters: ConformanceCase = {
  id: 'find-filters',
  title: 'find answers exactly the instances that match every given criterion, ordered by id',
  async run(ctx) {
    const one = ctx.accounts[0]?.accountId ?? ''
    const two = ctx.accounts[1]?.accountId ?? ''
    const rows = [
      { name: 'd', kind: 'complaint', accountId: one, open: true, state: 'received' },
      { name: 'c', kind: 'complaint', accountId: one, open: false, state: 'archived' },
      { name: 'b', kind: 'complaint', accountId: two, open: true, state: 'received' },
      { name: 'a', kind: 'admission', accountId: one, open: true, state: 'received' },
    ]
    for (const { name, ...plan } of rows) {
      const commit = makeCommit({ ...plan, instanceId: ctx.id(name) })
      await commitOne(ctx, commit)
      assert.deepEqual(await ctx.witness.projection(ctx.id(name)), commit.projection)
    }
    const questions: readonly [InstanceQuery, string[]][] = [
      [{}, ['a', 'b', 'c', 'd']],
      [{ kind: 'complaint' }, ['b', 'c', 'd']],
      [{ open: true }, ['a', 'b', 'd']],
      [{ open: false }, ['c']],
      [{ kind: 'complaint', open: true }, ['b', 'd']],
      [{ kind: 'complaint', open: false }, ['c']],
      [{ accountId: one }, ['a', 'c', 'd']],
      [{ accountId: one, open: true }, ['a', 'd']],
      [{ accountId: one, kind: 'complaint', open: true }, ['d']],
      [{ state: 'archived' }, ['c']],
      [{ state: 'received', kind: 'admission' }, ['a']],
      [{ accountId: 'acc-of-nobody-at-all' }, []],
      [{ kind: 'nothing' }, []],
    ]
    await eventually(ctx, async () => {
      for (const [query, names] of questions) assert.deepEqual(await found(ctx, query), names, JSON.stringify(query))
    })
  },
}

const findFollows: ConformanceCase = {
  id: 'find-follows',
  title: 'find answers the projection of the last entry, under its new values only',
  async run(ctx) {
    const instanceId = ctx.id()
    const accountId = ctx.accounts[0]?.accountId ?? ''
    const opened = makeCommit({ instanceId, accountId, state: 'received' })
    const closed = makeCommit({ instanceId, accountId, seq: 2, state: 'archived', open: false })
    await commitAll(ctx, [opened, closed])
    await eventually(ctx, async () => {
      const mine = (await collect(ctx.store.find({ accountId }))).filter((projection) => projection.instanceId === instanceId)
      assert.deepEqual(mine, [closed.projection])
      assert.deepEqual(await found(ctx, { accountId, open: true }), [])
      assert.deepEqual(await found(ctx, { state: 'received', accountId }), [])
    })
    assert.deepEqual(await ctx.witness.projection(instanceId), closed.projection)
  },
}

const findMany: ConformanceCase = {
  id: 'find-many',
  title: 'find streams more than one page of the backend: nothing missing, nothing twice',
  async run(ctx) {
    const names = Array.from({ length: 230 }, (_, index) => String(index).padStart(3, '0'))
    const commits = names.map((name) => makeCommit({ instanceId: ctx.id(name), kind: 'project-change' }))
    for (let start = 0; start < commits.length; start += 50) {
      const part = commits.slice(start, start + 50)
      const outcomes = await ctx.store.commit(part)
      for (const [index, outcome] of outcomes.entries()) {
        assert.equal(outcome.status, 'committed')
        const commit = part[index]
        if (outcome.projection === 'pending' && commit) await ctx.store.project(commit.projection)
      }
    }
    await eventually(ctx, async () => {
      assert.deepEqual(await found(ctx, { kind: 'project-change' }), names)
    })
    assert.equal(await ctx.witness.countEvents(ctx.id('229')), 1)
  },
}

export const findCases: readonly ConformanceCase[] = [findFilters, findFollows, findMany]
