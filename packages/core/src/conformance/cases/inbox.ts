import assert from 'node:assert/strict'
import type { CommandInbox, InboundAnswer, InboundCommand, InboundStatus } from '../../ports/index.ts'
import { only, rejectsWith } from '../expect.ts'
import type { ConformanceCase, ConformanceContext, InboxWitness, LeftCommand } from '../types.ts'

interface Sides {
  readonly inbox: CommandInbox
  readonly witness: InboxWitness
  /** Ids of three records, in their order. */
  readonly ids: readonly [string, string, string]
  /** Those of the three that are pending, in their order: a backend that outlives the run may hold others. */
  readonly pending: () => Promise<readonly string[]>
}

const hostile = JSON.stringify({ text: `客户 😀 "quoted" \\ ' <b> \n {}`, list: [1, null, { nested: true }] })

const left = (ctx: ConformanceContext, form: string): LeftCommand => ({
  kind: 'complaint',
  instanceId: ctx.id(),
  command: 'forward',
  form,
  expectedVersion: 3,
})

async function setUp(ctx: ConformanceContext): Promise<Sides> {
  const { inbox: witness, store } = ctx
  assert.ok(witness, 'the subject offers an inbox')
  assert.ok(store.inbox, 'a subject that offers an inbox has a store with one')
  const ids: string[] = []
  for (const form of ['{"a":1}', hostile, '']) ids.push(await witness.submit(left(ctx, form)))
  const { inbox } = store
  const pending = async (): Promise<string[]> => (await idsOf(inbox, { limit: 1000 })).filter((id) => ids.includes(id))
  return { inbox, witness, ids: ids as unknown as Sides['ids'], pending }
}

/** A case that begins with three records that nobody has answered. */
const withThree =
  (run: (sides: Sides, ctx: ConformanceContext) => Promise<void>): ConformanceCase['run'] =>
  async (ctx) =>
    run(await setUp(ctx), ctx)

const answer = (id: string, status: InboundStatus, text: string, tries = 0): InboundAnswer => ({
  id,
  status,
  text,
  instanceId: status === 'accepted' ? 'cmp-1' : null,
  entryKey: status === 'accepted' ? 'cmp-1-000002' : null,
  state: null,
  nextDueAt: null,
  tries,
})

const idsOf = async (inbox: CommandInbox, query: { readonly limit: number; readonly after?: string }): Promise<string[]> =>
  (await inbox.pending(query)).map(({ id }) => id)

const inboxPending: ConformanceCase = {
  id: 'inbox-pending',
  title: 'records without an answer come in the order in which they were made, whole, at most `limit`, behind `after`',
  uses: ['inbox'],
  run: withThree(async ({ inbox, witness, ids, pending }, ctx) => {
    assert.deepEqual(await pending(), ids)
    const rows = (await inbox.pending({ limit: 1000 })).filter(({ id }) => ids.includes(id))
    for (const [k, row] of rows.entries()) {
      const { id, place, actor, at, tries, locale: _, ...rest } = row
      assert.deepEqual(rest, { ...left(ctx, ['{"a":1}', hostile, ''][k] ?? ''), onBehalfOf: null }, 'as it was left')
      assert.equal(actor, witness.author, 'the backend says who made it')
      assert.ok(Number.isSafeInteger(at) && tries === 0, 'and when')
      const behind = (await idsOf(inbox, { limit: 1000, after: place })).filter((other) => ids.includes(other))
      assert.deepEqual(behind, ids.slice(k + 1), `behind ${id}`)
    }
    const first = rows[0]
    assert.ok(first)
    assert.equal((await inbox.pending({ limit: 2, after: first.place })).length, 2)
    assert.deepEqual(await idsOf(inbox, { limit: 1, after: first.place }), [ids[1]])
    assert.equal(await witness.read('no-such-record'), null)
  }),
}

const inboxAnswer: ConformanceCase = {
  id: 'inbox-answer',
  title: 'an answered record is pending no more, and holds its answer; an accepted one its form no longer, others do',
  uses: ['inbox'],
  run: withThree(async ({ inbox, witness, ids, pending }) => {
    await inbox.answer([answer(ids[0], 'accepted', '已办理：“转交”。\nNext due: –'), answer(ids[1], 'refused', 'Not allowed.')])
    assert.deepEqual(await pending(), [ids[2]])
    assert.deepEqual(await witness.read(ids[0]), {
      status: 'accepted',
      text: '已办理：“转交”。\nNext due: –',
      entryKey: 'cmp-1-000002',
      tries: 0,
      form: '',
    })
    assert.deepEqual(await witness.read(ids[1]), {
      status: 'refused',
      text: 'Not allowed.',
      entryKey: null,
      tries: 0,
      form: hostile,
    })
    await inbox.answer([])
  }),
}

const inboxAnswerOnce: ConformanceCase = {
  id: 'inbox-answer-once',
  title: 'the first answer stays, but for an acceptance; others and those to records that are not there hold up no answer',
  uses: ['inbox'],
  run: withThree(async ({ inbox, witness, ids, pending }) => {
    await inbox.answer([answer(ids[0], 'failed', 'first', 2)])
    const before = await witness.read(ids[0])
    await inbox.answer([
      answer(ids[0], 'refused', 'second'),
      answer(ids[0], 'pending', 'third', 9),
      answer(`${ids[0].slice(0, -1)}${ids[0].endsWith('Z') ? 'Y' : 'Z'}`, 'accepted', 'nobody’s'),
      answer(ids[1], 'accepted', 'Done.'),
    ])
    assert.deepEqual(await witness.read(ids[0]), before)
    assert.equal(before?.text, 'first')
    assert.equal((await witness.read(ids[1]))?.status, 'accepted')
    assert.deepEqual(await pending(), [ids[2]])
    await inbox.answer([answer(ids[0], 'accepted', 'It was done.', 2), answer(ids[1], 'accepted', 'Done twice.')])
    await inbox.answer([answer(ids[0], 'failed', 'too late')])
    const [done, twice] = [await witness.read(ids[0]), await witness.read(ids[1])]
    assert.deepEqual([done?.status, done?.text, done?.form], ['accepted', 'It was done.', ''])
    assert.equal(twice?.text, 'Done.')
  }),
}

const inboxTries: ConformanceCase = {
  id: 'inbox-tries',
  title: 'an answer that says `pending` leaves the record where it stands, with its tries, its form and the instance named',
  uses: ['inbox'],
  run: withThree(async ({ inbox, witness, ids, pending }) => {
    for (const tries of [1, 2]) {
      await inbox.answer([answer(ids[0], 'pending', `try ${String(tries)}`, tries)])
      assert.deepEqual(await pending(), ids)
      const row = only((await inbox.pending({ limit: 1000 })).filter(({ id }) => id === ids[0]))
      assert.deepEqual([row.tries, row.form], [tries, '{"a":1}'])
      assert.deepEqual(await witness.read(ids[0]), {
        status: 'pending',
        text: `try ${String(tries)}`,
        entryKey: null,
        tries,
        form: '{"a":1}',
      })
    }
    await inbox.answer([answer(ids[0], 'accepted', 'Done.', 2)])
    assert.equal((await witness.read(ids[0]))?.status, 'accepted')
    await inbox.answer([{ ...answer(ids[1], 'pending', ''), instanceId: 'account-about-to-be' }])
    const rows = (await inbox.pending({ limit: 1000 })).filter(({ id }) => ids.includes(id))
    assert.deepEqual(
      rows.map(({ id, begun }) => [id, begun]),
      [
        [ids[1], 'account-about-to-be'],
        [ids[2], undefined],
      ],
      'where it was about to write',
    )
  }),
}

const inboxRace: ConformanceCase = {
  id: 'inbox-race',
  title: 'of racing answers to one record one acceptance stays, whole',
  uses: ['inbox'],
  run: withThree(async ({ inbox, witness, ids, pending }) => {
    const texts = ['one', 'two', 'three', 'four']
    await Promise.all(
      texts.map((text) => inbox.answer(ids.map((id) => answer(id, text === 'two' ? 'refused' : 'accepted', text)))),
    )
    assert.deepEqual(await pending(), [])
    for (const id of ids) {
      const stands = await witness.read(id)
      assert.ok(stands !== null && texts.includes(stands.text))
      assert.deepEqual([stands.status, stands.text === 'two'], ['accepted', false], 'what was done, said as one answer said it')
    }
  }),
}

const inboxOutage: ConformanceCase = {
  id: 'inbox-outage',
  title: 'a backend that does not answer is an error, never an empty inbox; nothing is answered then',
  uses: ['inbox', 'disturb'],
  run: withThree(async ({ inbox, witness, ids, pending }, ctx) => {
    const down = ['unavailable', 'throttled', 'unknown_outcome'] as const
    await ctx.disturb?.('outage')
    const rows: InboundCommand[] = []
    const reading = inbox.pending({ limit: 1000 }).then((given) => {
      rows.push(...given)
    })
    // A store that tries again and gets through keeps the promise, too.
    if (!(await rejectsWith(reading, down)))
      assert.deepEqual(
        rows.map(({ id }) => id).filter((id) => ids.includes(id)),
        ids,
      )
    await ctx.disturb?.('outage')
    const unwritten = await rejectsWith(inbox.answer([answer(ids[0], 'accepted', 'Done.')]), down)
    assert.equal((await witness.read(ids[0]))?.status, unwritten ? 'pending' : 'accepted')
    assert.deepEqual(await pending(), unwritten ? ids : ids.slice(1))
  }),
}

export const inboxCases: readonly ConformanceCase[] = [
  inboxPending,
  inboxAnswer,
  inboxAnswerOnce,
  inboxTries,
  inboxRace,
  inboxOutage,
]
