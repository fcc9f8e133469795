import { describe, expect, test } from 'vitest'
import { formatRefusal } from '../src/index.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import { codes, collect, ok, refusalsOf, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import * as p from './support/project-stories.ts'
import { complaintForm, type Step, type Story } from './support/story.ts'
import * as s from './support/stories.ts'
import { toldAccount } from './support/told.ts'

/** Plays a story of acme and beta and goes on from there. */
async function told(story: Story, options?: HarnessOptions) {
  const { h, send, ids } = await toldAccount(story, options)
  return { h, step: send, ids }
}

const merged: Story = [...c.withBeta(), c.merge(), s.sweep()]
const survivor = { code: 'account_not_active', required: 'beta', actual: 'merged' }
const byHand = { kind: 'change', field: 'accountId', to: 'beta' }
const slow: HarnessOptions = { ...c.options, store: { without: ['atomicMultiCommit'] } }
const blacklist: Story = [c.motion, c.resolve()]
const deadOf = (h: Harness) => h.governance.effects.dead()

describe('something new for an account that is no longer there', () => {
  test('CPL-02, PRJ-01, ADM-05: for a merged one it is refused and the survivor named, in both languages', async () => {
    const { h, step } = await told(merged)
    for (const next of [{ on: 'open' }, { on: 'openProject', actor: 'u-liu' }, { ...c.applies, actor: 'u-liu' }] as const) {
      const [refusal, ...others] = refusalsOf(await step(next))
      expect(others).toEqual([])
      expect(refusal).toMatchObject({ ...survivor, remedy: byHand })
      if (refusal === undefined) continue
      expect(formatRefusal(refusal, 'en')).toContain('this customer was merged; it goes on as “beta”')
      expect(formatRefusal(refusal, 'zh-CN')).toContain('该客户已合并至“beta”')
    }
    expect(await collect(h.store.find({ accountId: 'acme', open: true }))).toEqual([])
    expect(
      codes(await h.governance.complaint.open({ ...complaintForm(h.clock.now()), accountId: 'beta' }, { actor: 'u-huang' })),
    ).toEqual(['accepted'])
  })

  test('CPL-02, PRJ-01: who was blacklisted or has left may complain still, and begins no project', async () => {
    for (const [state, story, en, zh] of [
      ['blacklisted', [c.adopt(), ...blacklist], 'its state is “Blacklisted”', '“已列入黑名单”'],
      ['exited', c.exited, 'its state is “Relation ended”', '“已终止合作”'],
    ] as const) {
      const { h, step } = await told(story)
      expect((await h.governance.account.get('account-acme'))?.state).toBe(state)
      expect(codes(ok((await step({ on: 'open' })) ?? failed()))).toEqual(['accepted'])
      const refusals = refusalsOf(await step({ on: 'openProject', actor: 'u-liu' }))
      expect(refusals).toMatchObject([{ code: 'account_not_active', required: null, actual: state, clause: 'PRJ-01' }])
      for (const refusal of refusals) {
        expect(formatRefusal(refusal, 'en', { kind: 'project' })).toContain(en)
        expect(formatRefusal(refusal, 'zh-CN', { kind: 'project' })).toContain(zh)
      }
    }
  })

  test('I-36: an appeal against what was decided for a merged account is refused, and the survivor named', async () => {
    const { step } = await told([
      ...c.withBeta(),
      { on: 'review' },
      s.propose('B'),
      s.cast(s.adjustment, 'review', 'u-chen', 'approve'),
      ...['u-chen', 'u-brandt'].map((actor) => s.cast(s.adjustment, 'decision', actor, 'reject')),
      s.sweep(),
      c.merge(),
      s.sweep(),
    ])
    expect(refusalsOf(await step(s.appeal('B')))).toMatchObject([{ ...survivor, rule: 'mayAppealAsStandingAccount' }])
  })
})

test('ADM-05: applying again while an application is under way names it, before and after the approval', async () => {
  for (const story of [[c.applies], [c.applies, a.register(), a.recommend(), a.vote('u-chen')]]) {
    const { h, step } = await told(story)
    for (const again of [c.applies, a.apply({ accountId: 'acme', name: 'Acme', leadSource: 'rumour' })])
      expect(refusalsOf(await step(again))).toMatchObject([{ code: 'open_elsewhere', actual: 'adm-acme-1', clause: 'ADM-05' }])
    const option = (await h.governance.account.options('account-acme', { actor: 'u-liu' }))?.find(
      (o) => o.command === 'openAdmission',
    )
    expect(option).toMatchObject({ status: 'refused', refusals: [{ code: 'open_elsewhere', actual: 'adm-acme-1' }] })
  }
  // Observed, too: nobody takes the claim of the one that is open.
  const { step } = await told([c.applies], { ...c.options, mode: { account: 'observe' } })
  expect(refusalsOf(await step(c.applies))).toMatchObject([{ code: 'open_elsewhere' }])
})

describe('what moved with its account sends to the survivor’s ledger from then on [I-33, architecture 9]', () => {
  const options = [
    ['commits together', c.options],
    ['commits one by one', slow],
  ] as const

  test.each(options)('a change goes on, is implemented and changed back for the survivor: %s', async (_, over) => {
    const policy = { ...c.oneHand, approval: { ...(c.oneHand['approval'] as object), ...(p.oneHand['approval'] as object) } }
    const { h, step } = await told(
      [c.beta(), ...p.approved().map((x): Step => (x.on === 'adopt' ? c.adopt({ tier: 'C' }) : x)), c.merge(), s.sweep()],
      { ...over, policy },
    )
    for (const next of [p.implement(), s.sweep(), p.verify(false), s.sweep()]) {
      const result = await step(next)
      expect(result === null ? ['accepted'] : codes(result)).toEqual(['accepted'])
    }
    const open = await collect(h.store.find({ accountId: 'beta', open: true }))
    expect(open.map(({ kind }) => kind).sort()).toEqual(['account', 'project', 'project-change', 'project-change'])
    expect(await collect(h.store.find({ accountId: 'acme', open: true }))).toEqual([])
    expect(await deadOf(h)).toEqual([])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test.each(options)(
    'the parts of a complaint follow, though they were on their way as the account merged: %s',
    async (_, over) => {
      const { h, step, ids } = await told([...c.withBeta(), ...s.investigating().slice(1)], over)
      const split = s.complaint('u-okafor', { type: 'split', parts: [{ matter: 'late' }, { matter: 'dirty' }], reason: 'two' })
      expect(await step(split)).toMatchObject({ ok: true })
      expect(await step(c.merge())).toMatchObject({ ok: true })
      await sweepAll(h.governance)
      const complaints = await collect(h.store.find({ kind: 'complaint' }))
      expect(complaints.map(({ accountId }) => accountId)).toEqual(['beta', 'beta', 'beta'])
      expect((await h.governance.complaint.get(ids['complaint'] ?? ''))?.context).toMatchObject({ accountId: 'beta' })
      expect(await deadOf(h)).toEqual([])
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    },
  )

  test.each(options)(
    'CPL-06: a complaint that was closed before comes to the survivor as it is reopened: %s',
    async (_, over) => {
      const { h, step, ids } = await told([...c.withBeta(), ...s.archived().slice(1), c.merge(), s.sweep()], over)
      const reopen = s.complaint('u-huang', { type: 'reopen', reason: 'again', evidence: c.evidence }, { after: '2d' })
      expect(await step(reopen)).toMatchObject({ ok: true })
      await sweepAll(h.governance)
      const view = await h.governance.complaint.get(ids['complaint'] ?? '')
      expect(view).toMatchObject({ state: 'investigating', accountId: 'beta', context: { accountId: 'beta' } })
      expect(await deadOf(h)).toEqual([])
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    },
  )

  test('claims do not move: an account with an open review or application is not merged', async () => {
    const reviewed = await told([...c.withBeta(), { on: 'review' }])
    expect(codes((await reviewed.step(c.merge())) ?? failed())).toEqual(['open_elsewhere'])
    const applying = await told([...c.withBeta({ isKeyAccount: false }), c.applies])
    expect(codes((await applying.step(c.merge())) ?? failed())).toEqual(['open_elsewhere'])
  })
})

test.each([
  ['commits together', c.options],
  ['commits one by one', slow],
] as const)('I-33: two who split the same account off at once: one does, and the other is told: %s', async (_, options) => {
  const { h } = await told([c.adopt({ tier: 'C' })], options)
  const split = async (actor: string) =>
    h.another().account.send('account-acme', c.split().command as never, { actor, idempotencyKey: `split-${actor}` })
  const results = await Promise.all([split('u-wang'), split('u-sun')])
  expect(results.flatMap((r) => codes(r)).sort()).toEqual(['accepted', 'already_done'])
  expect(codes(await split('u-wang'))).toEqual(codes(results[0]))
  await sweepAll(h.governance)
  expect(await h.governance.account.get('account-gamma')).toMatchObject({ state: 'ka', version: 1, context: { tier: 'C' } })
  expect((await h.governance.account.get('account-acme'))?.context).toMatchObject({ splitOff: ['gamma'] })
  expect(await deadOf(h)).toEqual([])
  expect((await h.governance.verifyJournal()).problems).toEqual([])
})

describe('late news: whoever has closed before it came has nothing left to do', () => {
  test('I-39: an admission that was withdrawn, an adjustment that was decided as the customer was blacklisted', async () => {
    const cases: readonly (readonly [Story, string])[] = [
      [[c.applies, s.sweep(), c.motion, c.resolve(), a.withdraw], 'withdrawn'],
      [
        [
          c.adopt({ tier: 'C' }),
          { on: 'review' },
          s.sweep(),
          s.propose('B'),
          s.cast(s.adjustment, 'review', 'u-chen', 'approve'),
          c.motion,
          s.cast(s.adjustment, 'decision', 'u-chen', 'reject'),
          c.resolve(),
          s.cast(s.adjustment, 'decision', 'u-brandt', 'reject'),
        ],
        'kept',
      ],
    ]
    for (const [story, state] of cases) {
      const { h, ids } = await told([...story, s.sweep()], slow)
      const view =
        ids['admission'] === undefined
          ? await h.governance.tierAdjustment.get(ids['adjustment'] ?? '')
          : await h.governance.admission.get(ids['admission'])
      expect(view?.state).toBe(state)
      expect(await deadOf(h)).toEqual([])
      expect(await h.store.effects.pending({ limit: 10, at: Number.MAX_SAFE_INTEGER })).toEqual([])
    }
  })

  test('ADJ-13: a complaint that was withdrawn as the tier changed', async () => {
    const { h } = await told([c.adopt({ tier: 'C' }), { on: 'open' }, ...c.decided('B').flatMap((x) => [x, s.sweep()])], slow)
    await sweepAll(h.governance)
    h.clock.advance(40 * 86_400_000)
    // The ledger has changed the tier; its news is still on its way.
    await h.governance.sweep({ effects: 0 })
    const [complaint] = await collect(h.store.find({ kind: 'complaint', open: true }))
    const id = complaint?.instanceId ?? ''
    for (let i = 0; i < 40 && (await pendingFor(h, id)) === 0; i += 1) await h.governance.sweep({ effects: 1 })
    expect(await pendingFor(h, id)).toBe(1)
    ok(await h.governance.complaint.send(id, { type: 'withdraw', saidBy: 'Ms Li', evidence: c.evidence }, { actor: 'u-huang' }))
    await sweepAll(h.governance)
    expect(await deadOf(h)).toEqual([])
    expect((await h.governance.complaint.get(id))?.state).toBe('withdrawn')
  })

  test('a person who sends one is refused all the same', async () => {
    const { h } = await told([c.applies, a.withdraw])
    const sent = await h.governance.admission.send('adm-acme-1', { type: 'accountBlacklisted', by: 'account-acme' } as never, {
      actor: 'u-wang',
    })
    expect(codes(sent)).toEqual(['command_not_available'])
  })
})

const pendingFor = async (h: Harness, id: string): Promise<number> =>
  (await h.store.effects.pending({ limit: 100, at: Number.MAX_SAFE_INTEGER })).filter(
    ({ effect }) => (effect.params as { instanceId?: string }).instanceId === id,
  ).length

function failed(): never {
  throw new Error('a step without a result')
}
