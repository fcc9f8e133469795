import { createMemoryStore, faultScript } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import type { CommandInbox, InboundAnswer } from '../src/index.ts'
import { createHarness, collect, ok } from './support/harness.ts'
import { accept, forward, office, opening } from './support/inbox-office.ts'
import * as s from './support/stories.ts'
import { complaintForm, play } from './support/story.ts'

describe('two workers', () => {
  test('what one refused and the other carried out a moment later was done, and is said', async () => {
    const o = await office()
    const row = o.leave(accept)
    const slow = o.another({
      store: {
        ...o.memory,
        inbox: {
          ...o.memory.inbox,
          answer: async (answers) => {
            // Somebody forwards it through a program, and another worker comes by, before the refusal is written.
            ok(await o.governance.complaint.send(o.id, { type: 'forward', department: 'product' }, { actor: 'u-huang' }))
            const pending = await o.memory.inbox.pending({ limit: 1 })
            expect(pending.map(({ id }) => id)).toEqual([row])
            const other = o.another({ store: { ...o.memory, inbox: { ...o.memory.inbox, answer: (late) => answerLate(late) } } })
            let write = (): Promise<void> => Promise.resolve()
            const answerLate = (late: readonly InboundAnswer[]): Promise<void> => {
              write = () => o.memory.inbox.answer(late)
              return Promise.resolve()
            }
            expect(await other.inbox.process()).toMatchObject({ accepted: 1 })
            await o.memory.inbox.answer(answers)
            expect(o.answer(row).status).toBe('refused')
            await write()
          },
        },
      },
    })
    expect(await slow.inbox.process()).toMatchObject({ refused: 1 })
    expect(o.answer(row)).toMatchObject({ status: 'accepted', entryKey: `${o.id}-000003` })
  })

  test('a refusal is answered before the next row of its instance is carried out', async () => {
    const o = await office()
    const rows = [o.leave(accept), o.leave(forward), o.leave(accept)]
    const before = o.faults.count()
    await o.run()
    const methods = o.faults.calls.slice(before).map(({ method }) => method)
    expect(methods.indexOf('inbox.answer')).toBeLessThan(methods.indexOf('commit'))
    expect(rows.map((row) => o.answer(row).status)).toEqual(['refused', 'accepted', 'accepted'])
  })
})

describe('what is no answer', () => {
  test('a store that is down: the row stays as it is, the second failure in a row ends the call, the next one goes on', async () => {
    const o = await office()
    const rows = [
      o.leave(forward),
      o.leave(accept),
      o.leave({ ...accept, instanceId: 'cmp-other' }),
      o.leave({ ...accept, instanceId: 'cmp-more' }),
    ]
    const begun = o.faults.count('load')
    o.faults.when(({ method }) => (method === 'load' ? 'outage' : null))
    const down = await o.run()
    expect(down).toMatchObject({ accepted: 0, refused: 0, failed: 0, more: true })
    expect(down.left.map(({ id }) => id)).toEqual([rows[0], rows[1], rows[2]])
    expect(down.left[1]?.reason).toBe(`waits for ${rows[0] ?? ''}`)
    expect(o.faults.count('load') - begun).toBe(2)
    o.faults.when(() => null)
    expect(await o.run()).toMatchObject({ accepted: 2, failed: 2, left: [], more: false })
    expect(o.answer(rows[0] ?? '')).toMatchObject({ status: 'accepted', tries: 0 })
  })

  test('an outage of one row holds its instance and what is opened for its account, and nothing else', async () => {
    const h = createHarness({ facts: { acme: null, bolt: null }, store: { faults: faultScript() } })
    const faults = faultScript()
    const store = createMemoryStore({ client: h.memory.client, clock: h.clock.now, faults })
    const g = h.another({ store })
    const adopt = (accountId: string) => ({
      kind: 'account',
      form: { accountId, name: accountId, isKeyAccount: true, tier: 'B', manager: 'u-liu' },
      actor: 'u-liu',
    })
    const open = (accountId: string) => ({ ...opening(h), form: { ...complaintForm(h.clock.now()), accountId } })
    const rows = [adopt('acme'), open('acme'), adopt('bolt'), open('bolt')].map((row) => store.inbox.submit(row))
    faults.next('lostRequest', 'commit')
    const first = await g.inbox.process()
    expect(first).toMatchObject({ accepted: 2, more: false })
    expect(first.left.map(({ id }) => id)).toEqual(rows.slice(0, 2))
    expect(await g.inbox.process()).toMatchObject({ accepted: 2, left: [] })
    expect(rows.map((row) => store.inbox.answerTo(row)?.status)).toEqual(['accepted', 'accepted', 'accepted', 'accepted'])
  })

  test('outages that do not follow one another are the rows’ own: the call goes on', async () => {
    const o = await office()
    const rows = ['a', 'b', 'c', 'd'].map((name) => o.leave({ ...accept, instanceId: `cmp-${name}` }))
    const begun = o.faults.count('load')
    for (const number of [1, 3]) o.faults.on('load', begun + number, 'outage')
    const done = await o.run()
    expect(done).toMatchObject({ failed: 2, more: false })
    expect(done.left.map(({ id }) => id)).toEqual([rows[0], rows[2]])
    expect(o.faults.unplayed).toBe(0)
  })

  test('an outage between entry and answer puts the answer off, with everything in it', async () => {
    const o = await office()
    const row = o.leave(forward)
    const [commits, before] = [o.faults.count('commit'), o.faults.count('load')]
    o.faults.when(({ method }) => (method === 'load' && o.faults.count('commit') > commits ? 'outage' : null))
    expect(await o.run()).toMatchObject({ accepted: 0, left: [{ id: row }] })
    expect(o.faults.count('load')).toBeGreaterThan(before + 1)
    o.faults.when(() => null)
    expect(await o.run()).toMatchObject({ accepted: 1 })
    expect(o.answer(row)).toMatchObject({ state: 'assigned', nextDueAt: Date.parse('2026-03-02T13:42:00+08:00') })
  })

  test('an unknown outcome is found by the next call: carried out once', async () => {
    const o = await office()
    const row = o.leave(forward)
    o.faults.next('lostAnswer', 'commit')
    expect(await o.run()).toMatchObject({ accepted: 0, left: [{ id: row }] })
    expect(o.memory.inbox.answerTo(row)).toBeNull()
    expect(await o.run()).toMatchObject({ accepted: 1 })
    expect((await o.governance.complaint.get(o.id))?.version).toBe(2)
  })

  test('anything else is tried again with the reason in the row, and fails when it was tried often enough', async () => {
    const o = await office()
    const [row, behind] = [o.leave(forward), o.leave(accept)]
    const stored: string[] = []
    const answer: CommandInbox['answer'] = (answers) => {
      stored.push(...answers.map(({ text }) => text))
      return o.memory.inbox.answer(answers)
    }
    const broken = o.another({
      store: { ...o.memory, inbox: { ...o.memory.inbox, answer } },
      directory: {
        rolesOf: () => Promise.reject(new TypeError('no such function')),
        members: () => Promise.resolve([]),
        delegations: () => Promise.resolve([]),
        superiorOf: () => Promise.resolve(null),
      },
    })
    for (let k = 1; k < 3; k += 1) {
      expect(await broken.inbox.process({ tries: 3 })).toMatchObject({
        failed: 0,
        left: [{ id: row, reason: 'no such function' }, { id: behind }],
      })
      const [raw] = await o.memory.inbox.pending({ limit: 1 })
      expect(raw).toMatchObject({ id: row, tries: k })
      // What another program says of itself is for the host.
      expect(stored.at(-1)).not.toContain('no such function')
    }
    expect(await broken.inbox.process({ tries: 3 })).toMatchObject({ failed: 1, left: [{ id: behind }] })
    expect(o.answer(row)).toMatchObject({ status: 'failed', tries: 3 })
    expect(o.answer(row).text).toContain('Nothing was changed')
    expect(o.answer(row).text).not.toContain('no such function')
  })

  test('rows that wait behind another use up no limit: those behind them are judged', async () => {
    const o = await office()
    const rows = [forward, accept, accept, accept].map((command) => o.leave(command))
    const others = ['a', 'b'].map((name) => o.leave({ ...accept, instanceId: `cmp-${name}` }))
    o.faults.on('load', o.faults.count('load') + 1, 'outage')
    const first = await o.run({ limit: 2 })
    expect(first).toMatchObject({ failed: 1, more: true })
    expect(first.left.map(({ id }) => id)).toEqual(rows)
    expect(others.map((row) => o.memory.inbox.answerTo(row)?.status)).toEqual(['failed', undefined])
  })

  test('races lost again and again are tried again', async () => {
    const o = await office()
    const row = o.leave(forward)
    o.faults.when(({ method }) => (method === 'commit' ? 'conflict' : null))
    expect(await o.run()).toMatchObject({ left: [{ id: row }] })
    o.faults.when(() => null)
    expect(await o.run()).toMatchObject({ accepted: 1 })
    expect(o.answer(row)).toMatchObject({ status: 'accepted', tries: 1 })
  })

  test('answers that cannot be written are thrown, and written by the next call', async () => {
    const o = await office()
    const row = o.leave(forward)
    o.faults.next('throttled', 'inbox.answer')
    await expect(o.run()).rejects.toMatchObject({ code: 'throttled' })
    expect(await o.run()).toMatchObject({ accepted: 1 })
    expect(o.answer(row).entryKey).toBe(`${o.id}-000002`)
  })
})

describe('rows that are edited', () => {
  function adoptions() {
    const h = createHarness({ facts: { acme: null, bolt: null } })
    const faults = faultScript()
    const store = createMemoryStore({ client: h.memory.client, clock: h.clock.now, faults })
    const adopting = { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' }
    return { g: h.another({ store }), store, faults, adopting }
  }

  test('after the answer nothing can be edited', async () => {
    const o = await office()
    const row = o.leave({ ...forward, form: '{' })
    await o.run()
    expect(o.memory.inbox.edit(row, JSON.stringify(forward.form))).toBe(false)
    expect(await o.run()).toEqual({ accepted: 0, refused: 0, failed: 0, left: [], more: false })
    expect(o.answer(row).status).toBe('failed')
  })

  test.each([
    ['to another command', '{"department":"quality"}'],
    ['to something that cannot be read', '{'],
    ['to an unknown field', '{"department":"product","more":1}'],
  ])('between entry and answer, %s: the answer is about what was carried out', async (_, form) => {
    const o = await office()
    const row = o.leave(forward)
    o.faults.next('outage', 'inbox.answer')
    await expect(o.run()).rejects.toMatchObject({ code: 'unavailable' })
    expect(o.memory.inbox.edit(row, form)).toBe(true)
    expect(await o.run()).toMatchObject({ accepted: 1 })
    expect(o.answer(row)).toMatchObject({ status: 'accepted', entryKey: `${o.id}-000002`, state: 'assigned' })
    expect(o.answer(row).text).toContain('edited after it had been carried out')
    expect((await o.governance.complaint.get(o.id))?.version).toBe(2)
  })

  test.each([
    ['to another account', { accountId: 'bolt' }],
    ['to something that opens nothing', { accountId: 'acme', more: 1 }],
  ])('the same for what is opened under an id of the form: %s', async (_, change) => {
    const { g, store, faults, adopting } = adoptions()
    const row = store.inbox.submit({ kind: 'account', form: adopting, actor: 'u-liu' })
    faults.on('inbox.answer', 2, 'outage')
    await expect(g.inbox.process()).rejects.toMatchObject({ code: 'unavailable' })
    store.inbox.edit(row, JSON.stringify({ ...adopting, ...change }))
    expect(await g.inbox.process()).toMatchObject({ accepted: 1 })
    expect(store.inbox.answerTo(row)).toMatchObject({ status: 'accepted', entryKey: 'account-acme-000001' })
    expect(store.inbox.answerTo(row)?.text).toContain('edited after it had been carried out')
    expect(await collect(store.find({}))).toHaveLength(1)
  })

  test.each(['outage', 'conflict'] as const)(
    'edited before anything was written (%s): what it says now is carried out',
    async (fault) => {
      const { g, store, faults, adopting } = adoptions()
      const row = store.inbox.submit({ kind: 'account', form: adopting, actor: 'u-liu' })
      faults.when(({ method }) => (method === 'commit' ? fault : null))
      expect(await g.inbox.process()).toMatchObject({ accepted: 0, left: [{ id: row }] })
      expect(await store.inbox.pending({ limit: 1 })).toMatchObject([{ id: row, begun: 'account-acme' }])
      faults.when(() => null)
      store.inbox.edit(row, JSON.stringify({ ...adopting, accountId: 'bolt' }))
      expect(await g.inbox.process()).toMatchObject({ accepted: 1 })
      expect(store.inbox.answerTo(row)).toMatchObject({ entryKey: 'account-bolt-000001' })
      expect(store.inbox.answerTo(row)?.text).not.toContain('edited')
    },
  )

  test('the same for a complaint that the row opened', async () => {
    const h = createHarness({ store: { faults: faultScript() } })
    await play(h, s.adopted)
    const faults = faultScript()
    const store = createMemoryStore({ client: h.memory.client, clock: h.clock.now, faults })
    const g = h.another({ store })
    const row = store.inbox.submit(opening(h))
    faults.next('outage', 'inbox.answer')
    await expect(g.inbox.process()).rejects.toMatchObject({ code: 'unavailable' })
    store.inbox.edit(row, '[]')
    expect(await g.inbox.process()).toMatchObject({ accepted: 1 })
    expect(await collect(store.find({ kind: 'complaint' }))).toHaveLength(1)
  })
})
