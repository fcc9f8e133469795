import { describe, expect, test } from 'vitest'
import { codes, collect, ok } from './support/harness.ts'
import { complaintForm } from './support/story.ts'
import { received } from './support/told.ts'

describe('idempotency keys [architecture rule 8]', () => {
  const contain = { type: 'contain', measure: 'stop' }
  const o = { actor: 'u-huang', idempotencyKey: 'one' }
  test('the same again gives the first outcome, however much happened since', async () => {
    const { h, id, send } = await received()
    const first = ok(await send(contain, o))
    ok(await send({ type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'x' }] }))
    expect(await send(contain, o)).toMatchObject({ ok: true, duplicate: true, version: first.version, state: 'received' })
    expect((await collect(h.store.history(id))).length).toBe(3)
  })
  test.each<[string, object, object]>([
    ['another command', { ...contain, measure: 'go on' }, o],
    ['a command that would be refused', { type: 'accept' }, o],
    ['another person', contain, { ...o, actor: 'u-garcia' }],
  ])('the same key with %s is refused', async (_, command, options) => {
    const { send } = await received()
    ok(await send(contain, o))
    expect(codes(await send(command, options))).toEqual(['idempotency_key_reused'])
  })
  test.each(['fly', 'constructor'])(
    'the same key with %s, which is no command, on a version that is gone: an error',
    async (type) => {
      const { send } = await received()
      ok(await send(contain, o))
      await expect(send({ type }, { ...o, expectedVersion: 1 })).rejects.toMatchObject({
        code: 'invalid_command',
        findings: [{ path: 'type', code: 'unknown_command' }],
      })
    },
  )
  test('the same key on behalf of somebody else is refused', async () => {
    const { send } = await received({
      policy: { directory: { delegations: [{ from: 'u-garcia', to: 'u-huang', since: '2026-01-01', until: '2026-12-31' }] } },
    })
    ok(await send(contain, o))
    expect(codes(await send(contain, { ...o, onBehalfOf: 'u-garcia' }))).toEqual(['idempotency_key_reused'])
    expect(ok(await send(contain, { actor: 'u-huang', onBehalfOf: 'u-garcia' })).entry.actor).toMatchObject({
      id: 'u-huang',
      onBehalfOf: 'u-garcia',
    })
  })
  test('a repeated open finds its complaint; another form under its key is refused; a key that is not given is made and returned', async () => {
    const { h } = await received()
    const form = complaintForm(h.clock.now())
    const first = ok(await h.governance.complaint.open(form, o))
    expect(await h.governance.complaint.open(form, o)).toMatchObject({ id: first.id, duplicate: true })
    expect(codes(await h.governance.complaint.open({ ...form, matter: 'another' }, o))).toEqual(['idempotency_key_reused'])
    const made = ok(await h.governance.complaint.open(form, { actor: 'u-huang' }))
    expect(made.idempotencyKey).toMatch(/^id-/)
    expect(made.id).not.toBe(first.id)
  })
  test.each(['cmp-1-000002-e1', 'settle-1', 'backlog-4', 'delivered-x', 'review-2026-H1'])(
    'nobody takes %s, a key under which the runtime will carry out a command of its own',
    async (idempotencyKey) => {
      const { send } = await received()
      await expect(send(contain, { actor: 'u-huang', idempotencyKey })).rejects.toMatchObject({
        code: 'invalid_input',
        findings: [{ path: 'idempotencyKey', code: 'reserved_key' }],
      })
    },
  )
})
