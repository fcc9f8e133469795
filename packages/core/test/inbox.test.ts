import { faultScript, type MemoryCommand } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import { createGovernance, formatInboundVerdict, formatOptionsOf } from '../src/index.ts'
import { createHarness, collect, journals, ok } from './support/harness.ts'
import { accept, forward, office, opening } from './support/inbox-office.ts'
import * as s from './support/stories.ts'
import { complaintForm, play } from './support/story.ts'

describe('answers', () => {
  test('accepted: done, the state, the next due, the entry; in the language of the person', async () => {
    const o = await office()
    const [en, zh] = [o.leave({ ...forward, locale: 'en_US' }), o.leave({ ...accept, locale: 'zh_CN' })]
    expect(await o.run()).toEqual({ accepted: 2, refused: 0, failed: 0, left: [], more: false })
    expect(o.answer(en)).toEqual({
      id: en,
      status: 'accepted',
      text: `Done: “Forward to the responsible department” (Complaint ${o.id}).\nState now: “Assigned, to be accepted”.\nNext due: 2 March 2026, 13:42.`,
      instanceId: o.id,
      entryKey: `${o.id}-000002`,
      state: 'assigned',
      nextDueAt: Date.parse('2026-03-02T13:42:00+08:00'),
      tries: 0,
    })
    expect(o.answer(zh).text).toBe(`已办理：“签收”（客户投诉 ${o.id}）。\n当前状态：“调查中”。\n到期时间：2026年3月10日 11:54。`)
    const entries = await collect(o.store.history(o.id))
    expect(entries.map(({ actor, idempotencyKey }) => [actor.id, idempotencyKey]).slice(1)).toEqual([
      ['u-huang', `inbox-${en}`],
      ['u-peters', `inbox-${zh}`],
    ])
  })

  test('refused: every reason with its remedy, nothing written', async () => {
    const o = await office()
    const before = await journals(o.store)
    const command = { type: 'archive', lessons: '-', prevention: { measure: 'x', owner: 'u-nobody' } } as const
    const { type, ...form } = command
    const row = o.leave({ command: type, form, actor: 'u-garcia', locale: 'zh-Hans' })
    expect(await o.run()).toMatchObject({ refused: 1, left: [] })
    const api = await o.governance.complaint.send(o.id, command, { actor: 'u-garcia' })
    if (api.ok) throw new Error('the API accepts it')
    const { refusals } = api
    const verdict = {
      status: 'refused',
      kind: 'complaint',
      command: type,
      instanceId: o.id,
      state: 'received',
      refusals,
    } as const
    expect(o.answer(row)).toMatchObject({ status: 'refused', instanceId: o.id, state: 'received', entryKey: null })
    expect(o.answer(row).text).toBe(formatInboundVerdict(verdict, 'zh-CN', formatOptionsOf(o.policy)))
    expect(o.answer(row).text.split('\n')).toHaveLength(1 + refusals.length)
    expect(await journals(o.store)).toEqual(before)
  })

  test('warn: what was let pass is said', async () => {
    const o = await office(s.received(), { mode: { complaint: 'warn' } })
    const row = o.leave({ ...forward, actor: 'u-xu' })
    expect(await o.run()).toMatchObject({ accepted: 1 })
    expect(o.answer(row).text).toMatch(/It passed, although the policy would refuse it:\n- .*\[CPL/)
  })

  test('openings answer with the instance that they open, which may not be the one that has the entry', async () => {
    const h = createHarness({ start: s.august, policy: s.twoHands })
    const { inbox } = h.memory
    const leave = (command: MemoryCommand): string => inbox.submit(command)
    const ids = [
      leave({
        kind: 'account',
        form: { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'C', manager: 'u-liu' },
        actor: 'u-liu',
      }),
      leave(opening(h)),
      leave({ kind: 'tier-adjustment', command: 'open', form: { accountId: 'acme', cycle: '2026-H1' }, actor: 'u-novak' }),
    ]
    expect(await h.governance.inbox.process()).toMatchObject({ accepted: 3, refused: 0, failed: 0 })
    const [adopted, opened, reviewed] = ids.map((id) => inbox.answerTo(id))
    expect(adopted).toMatchObject({ instanceId: 'account-acme', entryKey: 'account-acme-000001' })
    expect(opened?.entryKey).toBe(`${opened?.instanceId ?? ''}-000001`)
    expect((await h.governance.complaint.get(opened?.instanceId ?? ''))?.state).toBe('received')
    const adjustment = await h.governance.tierAdjustment.get(reviewed?.instanceId ?? '')
    expect(reviewed).toMatchObject({
      entryKey: 'account-acme-000002',
      state: adjustment?.state,
      nextDueAt: adjustment?.projection.nextDueAt,
    })
    expect(reviewed?.instanceId).toBe('tier-acme-2026-h1')
  })

  test('failed: what is wrong, place by place, with no word of English for who reads Chinese', async () => {
    const o = await office()
    const [broken, wrong] = [
      o.leave({ ...forward, form: '{“department”: "product"}', locale: 'zh_CN' }),
      o.leave({ ...forward, form: { departmnt: 'product' }, locale: 'zh_CN' }),
    ]
    expect(await o.run()).toMatchObject({ failed: 2 })
    expect(o.answer(broken).text).toBe(
      '无法办理，未作任何更改。\n表单填写有误，请更正所列问题。\n- 内容（form、第1行第2列）：无法读取（不是有效的JSON文本）。请填写一个JSON对象，例如：“{"department": "product"}”。',
    )
    expect(o.answer(wrong).text.split('\n').slice(2)).toEqual([
      '- 责任部门（department）：缺失。请补上文本。',
      '- departmnt：没有这一项。是否应为“department”？',
    ])
  })

  test('a language without texts gets the one that the host prefers', async () => {
    const o = await office()
    const rows = [o.leave({ ...accept, locale: 'de' }), o.leave({ ...accept }), o.leave({ ...accept, locale: 'en' })]
    await o.run({ locale: 'zh-CN' })
    expect(rows.map((row) => /[一-龥]/.test(o.answer(row).text))).toEqual([true, true, false])
  })

  test('once carried out, the form is gone from the inbox, personal texts with it; others keep theirs to be corrected [SEC-02]', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const [done, wrong] = [
      h.memory.inbox.submit(opening(h)),
      h.memory.inbox.submit({ ...opening(h), form: { contact: 'Ms Li' } }),
    ]
    await h.governance.inbox.process()
    const rows = [...h.memory.client.table('commands').rows()]
    expect(rows.find(({ id }) => id === done)?.form).toBe('')
    expect(rows.find(({ id }) => id === wrong)?.form).toContain('Ms Li')
  })
})

describe('who may send what', () => {
  test('the runtime itself is nobody who leaves commands, nor is nobody', async () => {
    const o = await office()
    const rows = [o.leave({ ...forward, actor: 'system' }), o.leave({ ...forward, actor: '' })]
    expect(await o.run()).toMatchObject({ failed: 2 })
    expect(rows.map((row) => o.answer(row).status)).toEqual(['failed', 'failed'])
    expect((await o.governance.complaint.get(o.id))?.version).toBe(1)
  })

  test('whoever has no role is refused as anywhere', async () => {
    const o = await office()
    const row = o.leave({ ...forward, actor: 'u-stranger' })
    expect(await o.run()).toMatchObject({ refused: 1 })
    expect(o.answer(row).text).toContain('u-stranger')
  })

  test.each([
    ['has no role', { ...accept, actor: 'u-stranger' }],
    ['has no role, out of turn', { ...forward, actor: 'u-stranger' }],
    ['has no role, of another version', { ...accept, actor: 'u-stranger', expectedVersion: 7 }],
    ['is barred', accept],
    ['is barred, out of turn', { ...accept, command: 'plan', form: { measures: 'replace' } }],
    ['is nobody’s delegate, out of turn', { ...forward, onBehalfOf: 'u-stranger' }],
  ])('who %s hears that alone, and nothing of the instance', async (_, command) => {
    const o = await office(s.assigned({ named: ['u-peters'] }))
    const row = o.leave(command)
    expect(await o.run()).toMatchObject({ refused: 1 })
    expect(o.answer(row)).toMatchObject({ status: 'refused', state: null })
    const lines = o.answer(row).text.split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).not.toMatch(/assigned|version|state/i)
  })

  test.each(['noSuchCommand', 'constructor'])(
    'who sends %s, of another version, hears nothing of the instance either',
    async (command) => {
      const o = await office()
      const row = o.leave({ command, form: {}, actor: 'u-stranger', expectedVersion: 7 })
      expect(await o.run()).toMatchObject({ refused: 0, failed: 1, left: [] })
      expect(o.answer(row)).toMatchObject({ status: 'failed', state: null })
      expect(o.answer(row).text).toMatch(/no such command/)
      expect(o.answer(row).text).not.toMatch(/received|version/i)
    },
  )

  test('who may open nothing hears nothing of the account either', async () => {
    const o = await office()
    const unknown = { ...opening(o), form: { ...complaintForm(o.clock.now()), accountId: 'nobody' } }
    const rows = ['u-stranger', 'u-huang'].map((actor) => o.memory.inbox.submit({ ...unknown, actor }))
    expect(await o.run()).toMatchObject({ refused: 2 })
    expect(rows.map((row) => o.answer(row).text.includes('nobody'))).toEqual([false, true])
  })

  test('of what kind an instance is instead of the one given is not told', async () => {
    const o = await office()
    const rows = [o.id, 'cmp-none'].map((instanceId) => o.leave({ kind: 'project', instanceId, command: 'close', form: {} }))
    expect(await o.run()).toMatchObject({ failed: 2 })
    const [known, unknown] = rows.map((row) => o.answer(row).text)
    expect(known?.replaceAll(o.id, 'cmp-none')).toBe(unknown)
  })

  test('on behalf of another only with a delegation', async () => {
    const o = await office()
    const row = o.leave({ ...forward, actor: 'u-xu', onBehalfOf: 'u-huang' })
    expect(await o.run()).toMatchObject({ refused: 1 })
    expect(o.answer(row).text).toContain('[I-17]')
  })

  test('what instances send each other is refused, in no mode let pass', async () => {
    const o = await office(s.received(), { mode: { complaint: 'observe' } })
    const row = o.leave({ command: 'relocate', form: { accountId: 'bolt' }, actor: 'u-chen' })
    expect(await o.run()).toMatchObject({ refused: 1 })
    expect(o.answer(row).status).toBe('refused')
  })

  test('a host may take some commands only: the others fail with the names of those', async () => {
    const o = await office()
    const commands = { complaint: ['accept'] }
    const rows = [o.leave(forward), o.leave({ kind: 'account', instanceId: 'account-acme', command: 'resume' })]
    expect(await o.run({ commands })).toMatchObject({ failed: 2 })
    expect(o.answer(rows[0] ?? '').text).toMatch(/not taken here .*One of accept\./)
    expect((await o.governance.complaint.get(o.id))?.version).toBe(1)
  })
})

describe('judging what was seen', () => {
  const evidence = [{ uri: 'lab:1' }]
  const satisfied = { command: 'customerSatisfied', form: { saidBy: 'Ms Li', evidence } }

  test('whoever expects the version that the record showed has seen what it held', async () => {
    const o = await office(s.confirming())
    const version = (await o.governance.complaint.get(o.id))?.version ?? 0
    const without = o.leave(satisfied)
    const stale = o.leave({ ...satisfied, expectedVersion: version - 1 })
    const seen = o.leave({ ...satisfied, expectedVersion: version })
    expect(await o.run()).toMatchObject({ accepted: 1, refused: 2 })
    expect([without, stale, seen].map((row) => o.answer(row).status)).toEqual(['refused', 'refused', 'accepted'])
    expect(o.answer(stale).text).toMatch(/version/i)
  })

  test('a vote is bound to the approval that the version held; sent again after a crash it is the same vote', async () => {
    const faults = faultScript()
    const h = createHarness({ start: s.august, policy: s.twoHands, store: { faults } })
    const { id } = await play(h, s.inReview())
    const version = (await h.governance.tierAdjustment.get(id('adjustment')))?.version ?? 0
    const form = { approval: 'review', decision: 'approve', comment: 'seen' }
    const row = h.memory.inbox.submit({
      kind: 'tier-adjustment',
      instanceId: id('adjustment'),
      command: 'vote',
      form,
      actor: 'u-chen',
      expectedVersion: version,
    })
    faults.next('outage', 'inbox.answer')
    await expect(h.governance.inbox.process()).rejects.toMatchObject({ code: 'unavailable' })
    expect(h.memory.inbox.answerTo(row)).toBeNull()
    expect(await h.governance.inbox.process()).toMatchObject({ accepted: 1 })
    expect(h.memory.inbox.answerTo(row)).toMatchObject({
      status: 'accepted',
      entryKey: `${id('adjustment')}-${String(version + 1).padStart(6, '0')}`,
    })
    expect(h.memory.inbox.answerTo(row)?.text).not.toContain('edited')
    expect((await h.governance.tierAdjustment.get(id('adjustment')))?.version).toBe(version + 1)
  })
})

describe('order', () => {
  test('rows are carried out as they were made, also over pages', async () => {
    const o = await office()
    const rows = [o.leave(forward), o.leave(accept)]
    for (let k = 0; k < 60; k += 1) o.leave({ command: 'contain', form: { measure: `stop ${String(k)}` }, actor: 'u-peters' })
    expect(await o.run()).toMatchObject({ accepted: 62, more: false })
    const keys = (await collect(o.store.history(o.id))).slice(1).map(({ idempotencyKey }) => idempotencyKey)
    expect(keys.slice(0, 2)).toEqual(rows.map((row) => `inbox-${row}`))
    expect(keys).toEqual([...keys].sort())
  })

  test('the limit ends a call, not the inbox; untilEmpty goes on', async () => {
    const o = await office()
    for (let k = 0; k < 130; k += 1) o.leave(accept)
    expect(await o.run({ limit: 60 })).toEqual({ accepted: 0, refused: 60, failed: 0, left: [], more: true })
    expect(await o.run({ limit: 7, untilEmpty: true })).toEqual({ accepted: 0, refused: 70, failed: 0, left: [], more: false })
    expect(await o.run()).toEqual({ accepted: 0, refused: 0, failed: 0, left: [], more: false })
  })

  test('a poll that finds nothing is one call, a page of rows one more for its answers', async () => {
    const o = await office()
    const calls = async (): Promise<readonly string[]> => {
      const before = o.faults.count()
      await o.run()
      return o.faults.calls.slice(before).flatMap(({ method }) => (method.startsWith('inbox') ? [method] : []))
    }
    expect(await calls()).toEqual(['inbox.pending'])
    for (let k = 0; k < 20; k += 1) o.leave({ ...accept, instanceId: `cmp-${String(k)}` })
    expect(await calls()).toEqual(['inbox.pending', 'inbox.answer'])
  })
})

test('a key of the inbox is nobody else’s', async () => {
  const o = await office()
  const sent = o.governance.complaint.send(
    o.id,
    { type: 'forward', department: 'product' },
    { actor: 'u-huang', idempotencyKey: 'inbox-in-000000000009' },
  )
  await expect(sent).rejects.toMatchObject({ code: 'invalid_input' })
})

test('a store without an inbox says so; wrong options are told', async () => {
  const o = await office()
  const { inbox: _, ...bare } = o.store
  const without = createGovernance({ store: bare, policy: o.policy })
  await expect(without.inbox.process()).rejects.toMatchObject({ code: 'invalid_input' })
  for (const options of [{ limit: 0 }, { limit: 1.5 }, { tries: 0 }, { limit: Number.NaN }])
    await expect(o.run(options)).rejects.toMatchObject({ code: 'invalid_input' })
  expect(
    ok(await o.governance.complaint.send(o.id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })).version,
  ).toBe(2)
})
