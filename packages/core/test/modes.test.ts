import { describe, expect, test } from 'vitest'
import { codes, createHarness, ok } from './support/harness.ts'
import { play } from './support/story.ts'
import * as s from './support/stories.ts'

const forward = { type: 'forward', department: 'product' } as const

describe.each(['observe', 'warn'] as const)('%s [GOV-09]', (mode) => {
  test('what would have been refused passes, and stands in the journal with every reason', async () => {
    const h = createHarness({ mode: { complaint: mode } })
    const played = await play(h, s.received())
    const result = ok(await h.governance.complaint.send(played.id(), forward, { actor: 'u-wu' }))
    expect(result.entry.observed).toMatchObject([{ code: 'role_required', rule: 'mayWithRole', clause: 'CPL-02' }])
    // A warning is for whoever sends; an observation for whoever reads the journal.
    expect(result.observed).toEqual(mode === 'warn' ? result.entry.observed : [])
    expect(result.state).toBe('assigned')
    const unknown = ok(await h.governance.complaint.send(played.id(), { type: 'accept' }, { actor: 'u-nobody' }))
    expect(unknown.entry.observed).toMatchObject([{ code: 'actor_without_roles' }])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('what is allowed leaves no mark', async () => {
    const h = createHarness({ mode: { complaint: mode } })
    const played = await play(h, s.received())
    const result = ok(await h.governance.complaint.send(played.id(), forward, { actor: 'u-huang' }))
    expect(result.observed).toEqual([])
    expect(result.entry.observed).toBeUndefined()
  })

  test('out of turn is refused in every mode: the machine has no such step', async () => {
    const h = createHarness({ mode: { complaint: mode } })
    const played = await play(h, s.received())
    expect(codes(await h.governance.complaint.send(played.id(), { type: 'accept' }, { actor: 'u-peters' }))).toContain(
      'command_not_available',
    )
  })

  test('what only instances send each other is open to nobody, in no mode', async () => {
    const h = createHarness({ mode: { complaint: mode, account: mode, 'tier-adjustment': mode }, start: s.august })
    const played = await play(h, s.received())
    expect(
      codes(await h.governance.complaint.send(played.id(), { type: 'tierChanged', tier: 'A' }, { actor: 'u-huang' })),
    ).toEqual(['role_required'])
    const changeTier = { type: 'changeTier', by: 'tier-x', cycle: '2026-H1', to: 'A' } as const
    expect(codes(await h.governance.account.send('account-acme', changeTier, { actor: 'u-chen' }))).toEqual(['role_required'])
    expect((await h.governance.account.get('account-acme'))?.context.tier).toBe('B')
  })

  test('other workflows stay enforced', async () => {
    const h = createHarness({ mode: { account: mode }, start: s.august })
    const played = await play(h, s.received())
    expect(codes(await h.governance.complaint.send(played.id(), forward, { actor: 'u-wu' }))).toEqual(['role_required'])
  })

  test('preview says what would pass; options say what enforcement says', async () => {
    const h = createHarness({ mode: { complaint: mode } })
    const played = await play(h, s.received())
    const preview = await h.governance.complaint.preview(played.id(), forward, { actor: 'u-wu', idempotencyKey: 'k' })
    expect(preview.ok && preview.entries[0]?.observed).toMatchObject([{ code: 'role_required' }])
    const options = await h.governance.complaint.options(played.id(), { actor: 'u-wu' })
    expect(options?.find((o) => o.command === 'forward')?.status).toBe('refused')
  })
})

test('enforced by default', async () => {
  const h = createHarness()
  const played = await play(h, s.received())
  expect(codes(await h.governance.complaint.send(played.id(), forward, { actor: 'u-wu' }))).toEqual(['role_required'])
})
