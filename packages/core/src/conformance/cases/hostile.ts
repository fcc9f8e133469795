import assert from 'node:assert/strict'
import { isGovernanceError, type JsonValue } from '../../errors/index.ts'
import { commitOne, expectHead, expectJournal, outcomeOf } from '../expect.ts'
import { makeCommit } from '../records.ts'
import type { ConformanceCase, ConformanceContext } from '../types.ts'

/** Stores the value in an entry and, as text, in a snapshot, and insists that both come back to the character. */
async function survives(ctx: ConformanceContext, name: string, value: JsonValue): Promise<void> {
  const instanceId = ctx.id(name)
  const snapshot = JSON.stringify({ context: value })
  const commit = makeCommit({ instanceId, command: { type: 'note', value }, snapshot })
  await commitOne(ctx, commit)
  await expectJournal(ctx, instanceId, [commit])
}

const hostileTexts: ConformanceCase = {
  id: 'hostile-texts',
  title: 'texts come back to the character: scripts, quotes, control characters, spaces at the ends, empty',
  async run(ctx) {
    await survives(ctx, 'texts', [
      '',
      ' ',
      '  leading and trailing\t\n',
      '客户投诉：产品“损坏”',
      'emoji 😀 👩‍👩‍👧‍👦 🇨🇳',
      'e\u0301 is not \u00e9',
      'שלום \u202e right to left',
      'nul \u0000 bell \u0007 delete \u007f',
      'lines \r\n \u2028 \u2029 \u0085',
      'quotes \' " ` \\ \\n \\ud83d',
      "'; DROP TABLE events; --",
      '<script>alert(1)</script> &amp; &lt;',
      '=1+1',
      'null',
      '\ufeffbyte order mark',
    ])
  },
}

const hostileLong: ConformanceCase = {
  id: 'hostile-long',
  title: 'a text of forty thousand characters is not cut',
  run: (ctx) => survives(ctx, 'long', '长'.repeat(20_000) + 'x'.repeat(20_000)),
}

const hostileKeys: ConformanceCase = {
  id: 'hostile-keys',
  title: 'property names that mean something to JavaScript are kept as names and pollute nothing',
  async run(ctx) {
    const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"":2,"a.b[0]":3}'
    await survives(ctx, 'keys', JSON.parse(text) as JsonValue)
    assert.equal(({} as { polluted?: boolean }).polluted, undefined)
    for (const key of ['__proto__', 'constructor', 'toString'])
      assert.equal(await ctx.store.entryByKey(ctx.id('keys'), key), null, `${key} was never used`)
    const named = makeCommit({ instanceId: ctx.id('keys'), seq: 2, idempotencyKey: '__proto__' })
    await commitOne(ctx, named)
    assert.deepEqual(await ctx.store.entryByKey(ctx.id('keys'), '__proto__'), named.entry)
    assert.equal(await ctx.store.load('constructor'), null)
  },
}

const hostileNumbers: ConformanceCase = {
  id: 'hostile-numbers',
  title: 'numbers, booleans, null and nesting come back as they were',
  run: (ctx) =>
    survives(ctx, 'numbers', {
      numbers: [0, -1, 0.1 + 0.2, 1e21, 1e-7, 5e-324, Number.MAX_SAFE_INTEGER, -Number.MAX_VALUE, 1.005],
      rest: [true, false, null, [], {}, [[[[]]]], { a: { b: { c: [null] } } }],
      looksLike: ['1', '001', 'true', '2026-02-30', '1e3'],
    }),
}

const hostileSurrogates: ConformanceCase = {
  id: 'hostile-surrogates',
  title: 'half a surrogate pair is refused before anything is stored, or comes back as it was: never replaced',
  async run(ctx) {
    const commit = makeCommit({ instanceId: ctx.id(), command: { type: 'note', text: 'half \ud83d' } })
    let refused = false
    try {
      await commitOne(ctx, commit)
    } catch (error) {
      if (!isGovernanceError(error)) throw error
      refused = true
    }
    if (refused) {
      await expectHead(ctx, ctx.id(), undefined)
      assert.equal(await ctx.witness.countEvents(ctx.id()), 0)
    } else await expectJournal(ctx, ctx.id(), [commit])
  },
}

const hostileIds: ConformanceCase = {
  id: 'hostile-ids',
  title: 'ids of eighty characters work, and ids that differ in the last one are different instances',
  async run(ctx) {
    const long = ctx.id().padEnd(79, 'x')
    const commits = ['a', 'b'].map((end) => makeCommit({ instanceId: long + end, state: `state-${end}` }))
    for (const commit of commits) assert.notEqual((await outcomeOf(ctx, commit)).status, 'conflict')
    for (const commit of commits) {
      if (!ctx.store.capabilities.atomicProjection) await ctx.store.project(commit.projection)
      await expectJournal(ctx, commit.entry.instanceId, [commit])
    }
  },
}

export const hostileCases: readonly ConformanceCase[] = [
  hostileTexts,
  hostileLong,
  hostileKeys,
  hostileNumbers,
  hostileSurrogates,
  hostileIds,
]
