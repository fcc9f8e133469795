import { faultScript } from '@ka-governance/adapter-memory'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoreCapabilities } from '../src/index.ts'
import { codes, collect, createHarness, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import * as c from './support/account-stories.ts'
import { factsOf } from './support/facts.ts'
import { account, sweep } from './support/stories.ts'
import { ledgerOf, toldAccount as told } from './support/told.ts'
import { complaintForm, createSession, play, type Story } from './support/story.ts'
import { startProcess } from './support/process.ts'

const openOf = async (h: Harness, accountId: string) =>
  (await collect(h.store.find({ accountId, open: true, kind: 'complaint' }))).map((p) => p.instanceId)

describe('groups of companies [I-33, decision tier.level]', () => {
  test('I-33: both ledgers or none; one level; the tier is inherited on joining', async () => {
    const { h, step } = await told(c.withBeta({ tier: 'B' }))
    expect(await step(c.join('acme'))).toEqual(['value_not_allowed'])
    expect(await step(c.join('nobody'))).toEqual(['account_unknown'])
    expect(await step(c.join(null))).toEqual(['nothing_to_change'])
    expect(await step(c.join())).toEqual(['accepted'])
    await sweepAll(h.governance)
    expect((await ledgerOf(h, 'beta')).context.members).toEqual(['acme'])
    expect((await ledgerOf(h, 'acme')).context).toMatchObject({ group: 'beta', tier: 'C' })
    // Neither a member that leads nor a leader that is a member.
    expect(await step({ ...c.join('acme'), name: 'beta' })).toEqual(['value_not_allowed', 'open_elsewhere'])
    expect(await step(c.merge())).toEqual(['accepted'])
    await sweepAll(h.governance)
    expect((await ledgerOf(h, 'beta')).context).toMatchObject({ members: [], absorbed: ['acme'] })
    expect(await h.governance.effects.dead()).toEqual([])
  })
  test('decision tier.level: members are reviewed with their group, on the facts of all, and inherit what is decided', async () => {
    const group: Story = [c.beta(), c.adopt({ tier: 'C' }), { ...c.join('acme'), name: 'beta' }, sweep()]
    const falling = { ...c.facts, beta: factsOf('beta', { perOrder: { '2026-H1': 0, '2025-H2': 0 } }) }
    // Alone acme would rise; a member that buys nothing any more keeps the group where it is.
    const other = await told([...group, { on: 'review' }], { ...c.options, facts: falling })
    expect((await other.h.governance.tierAdjustment.get('tier-acme-2026-h1'))?.state).toBe('closedUnchanged')
    const { h, step } = await told(group)
    const alone = await h.governance.tierAdjustment.open({ accountId: 'beta', cycle: '2026-H1' }, { actor: 'u-novak' })
    expect(alone.ok ? [] : alone.refusals).toMatchObject([
      { rule: 'mayReviewAtGroupLevel', remedy: { field: 'accountId', to: 'acme' } },
    ])
    for (const next of [...c.decided('A'), sweep('40d')])
      expect([next, await step(next)]).toEqual([next, next.on === 'sweep' ? [] : ['accepted']])
    expect((await ledgerOf(h, 'acme')).context.tier).toBe('A')
    expect((await ledgerOf(h, 'beta')).context.tier).toBe('A')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
  test('decision tier.level: with the level of the account, members are reviewed by themselves', async () => {
    const { step } = await told([c.beta(), c.adopt({ tier: 'C', parentId: 'beta' })], {
      ...c.options,
      policy: { ...c.oneHand, tier: { level: 'account' } },
    })
    expect(await step({ on: 'review' })).toEqual(['accepted'])
  })
  test('an account joins no group while its tier is under review', async () => {
    const { step } = await told([...c.withBeta(), { on: 'review' }])
    expect(await step(c.join())).toEqual(['open_elsewhere'])
  })
  test('property: whoever joins, leaves and swaps, an account is in at most one group, and groups have one level', async () => {
    const names = ['acme', 'beta', 'gamma'] as const
    const move = fc.record({ of: fc.constantFrom(...names), to: fc.constantFrom(...names, null) })
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 12 }), async (moves) => {
        const h = createHarness(c.options)
        await play(
          h,
          names.map((n) => c.adopt({ accountId: n, name: n }, n)),
        )
        const send = (of: string, to: string | null) =>
          h.governance.account.send(`account-${of}`, { type: 'changeParent', parentId: to, reason: 'x' }, { actor: 'u-wang' })
        for (const { of, to } of moves) await send(of, to)
        // Two at once.
        const [first, second] = moves
        if (first && second) await Promise.all([send(second.of, first.to), send(first.of, second.to)])
        await sweepAll(h.governance)
        const all = await Promise.all(names.map((n) => ledgerOf(h, n)))
        for (const { accountId, context } of all) {
          const leaders = all.filter((l) => l.context.members.includes(accountId)).map((l) => l.accountId)
          expect(leaders).toEqual(context.group === null ? [] : [context.group])
          expect(context.group !== null && context.members.length > 0).toBe(false)
        }
        expect(await h.governance.effects.dead()).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})

describe('merging and splitting', () => {
  test('merged: open complaints follow the survivor and count by its tier; claims are settled first', async () => {
    const { h, step } = await told([...c.withBeta({ tier: 'C' }), { on: 'open' }, { on: 'open' }])
    expect(await step(c.merge('acme'))).toEqual(['value_not_allowed'])
    expect(await step(c.merge('nobody'))).toEqual(['account_unknown'])
    expect(await step({ on: 'review' })).toEqual(['accepted'])
    expect(await step(c.merge())).toEqual(['open_elsewhere'])
    const { h: other, step: then } = await told([...c.withBeta({ tier: 'A' }), { on: 'open' }, { on: 'open' }, c.motion])
    expect(await then(c.merge())).toEqual(['open_elsewhere'])
    for (const actor of ['u-chen', 'u-brandt']) await then(c.resolve('reject', actor))
    const moved = await openOf(other, 'acme')
    expect(await then(c.merge())).toEqual(['accepted'])
    await sweepAll(other.governance)
    expect(await openOf(other, 'acme')).toEqual([])
    expect(await openOf(other, 'beta')).toEqual(moved)
    const complaint = await other.governance.complaint.get(moved[0] ?? '')
    expect(complaint).toMatchObject({ accountId: 'beta', context: { tier: 'C' } })
    expect((await ledgerOf(other, 'acme')).state).toBe('merged')
    expect((await other.governance.verifyJournal()).problems).toEqual([])
    expect(await other.governance.effects.dead()).toEqual([])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
  test('the status survives: a key account is not merged into a customer', async () => {
    const { step } = await told(c.withBeta({}, { isKeyAccount: false }))
    expect(await step(c.merge())).toEqual(['value_not_allowed'])
  })
  test('nobody is merged into a blacklisted account', async () => {
    const motion = account('u-wang', { type: 'proposeBlacklisting', reason: 'fraud', evidence: c.evidence }, { name: 'beta' })
    const { step } = await told([...c.withBeta(), motion, { ...c.resolve(), name: 'beta' }])
    expect(await step(c.merge())).toEqual(['value_not_allowed'])
  })
  test('split: the listed open instances follow the new account, the others stay; a new account is new', async () => {
    const { h, step } = await told([c.adopt({ tier: 'A' }), { on: 'open' }, { on: 'open' }, { on: 'review' }])
    const [first = '', second = ''] = await openOf(h, 'acme')
    expect(await step(c.split(['cmp-x', 'tier-acme-2026-h1']))).toEqual(['not_found_in_instance', 'not_found_in_instance'])
    expect(await step(c.split([second]))).toEqual(['accepted'])
    await sweepAll(h.governance)
    expect(await openOf(h, 'acme')).toEqual([first])
    expect(await openOf(h, 'gamma')).toEqual([second])
    expect(await ledgerOf(h, 'gamma')).toMatchObject({ state: 'ka', context: { tier: 'A', manager: 'u-liu' } })
    expect(await step(c.split())).toEqual(['already_done'])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
  test('two who merge two accounts into each other: one survives', async () => {
    const h = createHarness(c.options)
    await play(h, [c.adopt({ tier: 'C' }), c.beta()])
    const send = (of: string, into: string) =>
      h.another().account.send(`account-${of}`, { type: 'merge', into, reason: 'one', evidence: c.evidence }, { actor: 'u-wang' })
    const results = await Promise.all([send('acme', 'beta'), send('beta', 'acme')])
    expect(results.filter((r) => r.ok).length).toBe(1)
    const states = await Promise.all(['acme', 'beta'].map(async (n) => (await ledgerOf(h, n)).state))
    expect([...states].sort()).toEqual(['ka', 'merged'])
  })
})

const capabilities: readonly (readonly (keyof StoreCapabilities)[])[] = [[], ['atomicMultiCommit']]
describe.each(capabilities.map((without) => ({ without })))('more than an entry holds, store without $without', ({ without }) => {
  async function many(count: number, store: HarnessOptions['store'] = {}): Promise<Harness> {
    const h = createHarness({ ...c.options, store: { without, ...store } })
    await play(h, c.withBeta({ tier: 'C' }))
    for (let i = 0; i < count; i += 1)
      await h.governance.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang', idempotencyKey: `c-${String(i)}` })
    return h
  }
  const decide = async (h: Harness): Promise<void> => {
    const session = createSession(h)
    session.ids.set('account', 'account-acme')
    for (const [i, next] of c.decided('B').entries()) {
      await session.play(next, `d-${String(i)}`)
      await sweepAll(h.governance)
    }
  }
  test('ADJ-13: 500 open complaints hear of the tier, though the process dies in the middle', { timeout: 120_000 }, async () => {
    const faults = faultScript()
    const h = await many(500, { faults })
    await decide(h)
    h.clock.advance(40 * 86_400_000)
    const dying = startProcess(h)
    faults.on('commit', faults.count('commit') + 4, 'crashAfter')
    await sweepAll(dying.governance).catch(() => undefined)
    expect(dying.crashed()).toBe(true)
    await sweepAll(h.another())
    const complaints = await collect(h.store.find({ accountId: 'acme', kind: 'complaint' }))
    expect(complaints.length).toBe(500)
    const views = await Promise.all(complaints.map((p) => h.governance.complaint.get(p.instanceId)))
    expect(new Set(views.map((v) => v?.context.tier))).toEqual(new Set(['B']))
    const heard = await Promise.all(
      complaints.map(async ({ instanceId }) =>
        (await collect(h.governance.complaint.history(instanceId))).filter(
          (e) => (e.command as { type?: string } | undefined)?.type === 'tierChanged',
        ),
      ),
    )
    expect(new Set(heard.map((entries) => entries.length))).toEqual(new Set([1]))
    expect(await h.governance.effects.dead()).toEqual([])
  })
  test(
    'ADJ-13: 200 open complaints follow a merged account, though the process dies in the middle',
    { timeout: 120_000 },
    async () => {
      const faults = faultScript()
      const h = await many(200, { faults })
      const merged = await h.governance.account.send(
        'account-acme',
        { type: 'merge', into: 'beta', reason: 'one company', evidence: c.evidence },
        { actor: 'u-wang' },
      )
      expect(codes(merged)).toEqual(['accepted'])
      const dying = startProcess(h)
      faults.on('commit', faults.count('commit') + 2, 'crashAfter')
      await sweepAll(dying.governance).catch(() => undefined)
      expect(dying.crashed()).toBe(true)
      await sweepAll(h.another())
      expect(await openOf(h, 'acme')).toEqual([])
      expect((await openOf(h, 'beta')).length).toBe(200)
      expect(await h.governance.effects.dead()).toEqual([])
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    },
  )
})
