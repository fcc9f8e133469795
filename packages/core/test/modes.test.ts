import { describe, expect, test } from 'vitest'
import { codes, createHarness, ok } from './support/harness.ts'
import { play } from './support/story.ts'
import * as c from './support/account-stories.ts'
import * as s from './support/stories.ts'

const forward = { type: 'forward', department: 'product' } as const

describe.each(['observe', 'warn'] as const)('%s [GOV-09]', (mode) => {
  test('what would have been refused passes, and stands in the journal with every reason', async () => {
    const h = createHarness({ mode: { complaint: mode } })
    const played = await play(h, s.received())
    const result = ok(await h.governance.complaint.send(played.id(), forward, { actor: 'u-wu' }))
    expect(result.entry.observed).toMatchObject([{ code: 'role_required', rule: 'mayWithRole', clause: 'CPL-02' }])
    expect(result.entry.mode).toBe(mode)
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
    // That it was not enforced stands there all the same; an enforced one says nothing.
    expect(result.entry.mode).toBe(mode)
    const enforced = ok(await h.another({ mode: {} }).complaint.send(played.id(), { type: 'accept' }, { actor: 'u-peters' }))
    expect(enforced.entry.mode).toBeUndefined()
    expect((await h.governance.verifyJournal()).problems).toEqual([])
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

  test('what keeps instances together holds: claims, groups, mergers [I-33, ADM-05, ADJ-01]', async () => {
    const h = createHarness({ ...c.options, mode: { account: mode, admission: mode, 'tier-adjustment': mode } })
    await play(h, [...c.withBeta({ isKeyAccount: false }), { on: 'review' }])
    const { account, admission, tierAdjustment } = h.governance
    const apply = () => admission.open({ accountId: 'acme', name: 'Acme', leadSource: 'fair' }, { actor: 'u-liu' })
    expect(codes(await apply())).toEqual(['accepted'])
    expect(codes(await apply())).toEqual(['open_elsewhere'])
    const demand = { accountId: 'acme', cycle: '2026-H1', onDemand: 'a dispute' }
    expect(codes(await tierAdjustment.open(demand, { actor: 'u-novak' }))).toEqual(['open_elsewhere'])
    const send = (command: object) => account.send('account-beta', command as never, { actor: 'u-wang' })
    const merger = { type: 'merge', reason: 'one company', evidence: c.evidence }
    expect(codes(await send({ ...merger, into: 'beta' }))).toEqual(['value_not_allowed'])
    expect(codes(await send({ ...merger, into: 'nobody' }))).toEqual(['account_unknown'])
    expect(codes(await send({ type: 'changeParent', parentId: 'beta', reason: 'bought' }))).toEqual(['value_not_allowed'])
    expect((await account.get('account-beta'))?.state).toBe('ka')
    expect((await account.get('account-acme'))?.context).toMatchObject({
      admission: { id: 'adm-acme-1' },
      adjustment: 'tier-acme-2026-h1',
    })
    // Roles, dates and figures are the policy's, and are observed.
    const end = { type: 'endByCustomer', reason: 'moved away', evidence: c.evidence, lastDay: '2026-12-31' }
    expect(ok(await account.send('account-beta', end as never, { actor: 'u-xu' })).entry.observed).toMatchObject([
      { code: 'role_required' },
    ])
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
