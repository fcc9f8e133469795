import { describe, expect, test } from 'vitest'
import { factsOf } from './support/facts.ts'
import { codes, collect, createHarness, ok, sweepAll, type HarnessOptions } from './support/harness.ts'
import { completeExit } from './support/account-stories.ts'
import * as s from './support/stories.ts'
import { complaintForm, duration, play, type Step, type Story } from './support/story.ts'
import { shanghai, toldAdjustment } from './support/told.ts'

const { adjustment, account, sweep } = s
const evidence = [{ uri: 'report:1' }]
const august: HarnessOptions = { start: s.august }
const twoHands: HarnessOptions = { ...august, policy: s.twoHands }
const reviewed: Story = [...s.inReview(), s.vote('u-wang', 'review'), s.vote('u-okafor', 'review')]
const decided: Story = [...reviewed, s.vote('u-chen', 'decision')]

describe('decision', () => {
  test('ADJ-12, ADJ-02 … ADJ-08, CLS-06: up, told to departments and customer, in force on the first day of the next month', async () => {
    const { h, view, ledger } = await toldAdjustment([...decided, sweep()])
    expect((await view()).context).toMatchObject({ decided: 'B', effectiveAt: shanghai('2026-09-01T00:00:00') })
    expect((await ledger()).context.tier).toBe('C')
    const customer = h.told.filter((d) => d.type === 'tellCustomer').map((d) => d.params)
    // The arrangement, never the letter.
    expect(customer).toEqual([{ message: 'serviceArrangement', data: { serviceLevel: 2 } }])
    h.clock.set('2026-08-31T23:59:59+08:00')
    await sweepAll(h.governance)
    expect((await view()).state).toBe('announcing')
    h.clock.set('2026-09-01T00:00:00+08:00')
    await sweepAll(h.governance)
    expect((await view()).state).toBe('applied')
    expect((await ledger()).context).toMatchObject({
      tier: 'B',
      adjustment: null,
      lastMove: { cycle: '2026-H1', direction: 'up' },
    })
  })
  test('ADJ-05, I-17: down from A needs both managers', async () => {
    const falling = factsOf('acme', { perOrder: { '2025-H2': 5_000_000, '2026-H1': 2_000_000 } })
    const { step, view, ledger, h } = await toldAdjustment(
      [...s.collecting('A'), s.propose('B'), s.vote('u-wang', 'review'), s.vote('u-okafor', 'review')],
      { ...august, facts: { acme: falling } },
    )
    expect((await view()).context.recommendation).toMatchObject({ direction: 'down', recommended: 'B' })
    await step(s.vote('u-chen', 'decision'))
    expect((await view()).state).toBe('inDecision')
    await step(s.vote('u-brandt', 'decision'))
    h.clock.advance(duration('40d'))
    await sweepAll(h.governance)
    expect((await ledger()).context).toMatchObject({ tier: 'B', lastMove: { direction: 'down' } })
  })
  test('ADJ-12: kept when management approves what holds, and when it rejects', async () => {
    const same = await toldAdjustment([
      ...s.inReview('C'),
      s.vote('u-wang', 'review'),
      s.vote('u-okafor', 'review'),
      s.vote('u-chen', 'decision'),
    ])
    expect((await same.view()).state).toBe('kept')
    const rejected = await toldAdjustment([
      ...reviewed,
      s.vote('u-chen', 'decision', 'reject'),
      s.vote('u-brandt', 'decision', 'reject'),
    ])
    expect((await rejected.view()).state).toBe('kept')
    for (const { ledger } of [same, rejected]) expect((await ledger()).context).toMatchObject({ tier: 'C', adjustment: null })
  })
  test('ADJ-12: undisputed cases are decided as a list, each judged by itself', async () => {
    const names = ['acme', 'bravo']
    const h = createHarness({ ...august, facts: Object.fromEntries(names.map((n) => [n, factsOf(n)])) })
    const items: { id: string; basis: string }[] = []
    for (const accountId of names) {
      const { ids } = await play(
        h,
        [
          { on: 'adopt', command: { accountId, tier: 'C' } },
          { on: 'review', command: { accountId } },
          s.propose('B'),
          s.vote('u-wang', 'review'),
          s.vote('u-okafor', 'review'),
        ],
        accountId,
      )
      const id = ids['adjustment'] ?? ''
      items.push({ id, basis: (await h.governance.tierAdjustment.get(id))?.approvals['decision']?.basis ?? '' })
    }
    items[1] = { ...items[1]!, basis: 'stale' }
    const results = await collect(
      h.governance.tierAdjustment.decideBatch(items, { approval: 'decision', decision: 'approve' }, { actor: 'u-chen' }),
    )
    expect(results.map(codes)).toEqual([['accepted'], ['basis_changed']])
  })
})

describe('overrides [ADJ-12]', () => {
  const override = (to: string, until = '2026-12-31'): Step =>
    adjustment('u-chen', { type: 'override', to, until, reason: 'strategic' })
  test('with another tier, a reason and an end; whoever overrules does not decide', async () => {
    const { step } = await toldAdjustment([...s.inReview(), s.vote('u-chen', 'review')], twoHands)
    expect(await step(override('B'))).toEqual(['nothing_to_change'])
    expect(await step(override('A', '2027-07-01'))).toEqual(['value_too_large'])
    for (const until of ['2026-08-01', '2026-08-03']) expect(await step(override('A', until))).toEqual(['value_too_small'])
    expect(await step({ ...override('A'), actor: 'u-wu' })).toEqual(['role_required'])
    expect(await step(override('A'))).toEqual(['accepted'])
    expect(await step(s.vote('u-chen', 'decision'))).toContain('maker_is_checker')
    expect(await step(s.vote('u-brandt', 'decision'))).toEqual(['accepted'])
  })
  test('fails closed where nobody is left to decide', async () => {
    const { step } = await toldAdjustment(reviewed)
    expect(await step(override('A'))).toEqual(['empty_electorate'])
  })
  const overridden: Story = [
    ...s.inReview(),
    s.vote('u-chen', 'review'),
    override('A'),
    s.vote('u-brandt', 'decision'),
    sweep('40d'),
  ]
  test('lapses by itself at its instant, whether anybody sweeps or not; new complaints count by the tier that then holds', async () => {
    const { h, ledger } = await toldAdjustment(overridden, twoHands)
    expect((await ledger()).context).toMatchObject({ tier: 'A', override: { until: '2026-12-31', before: 'C' } })
    h.clock.set('2026-12-31T23:59:59+08:00')
    expect((await ledger()).context.tier).toBe('A')
    h.clock.set('2027-01-01T00:00:00+08:00')
    expect((await ledger()).context).toMatchObject({ tier: 'C', override: null })
    const { id } = ok(await h.governance.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang' }))
    expect((await h.governance.complaint.get(id))?.context.tier).toBe('C')
    await sweepAll(h.governance)
    expect((await ledger()).context.tier).toBe('C')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
  test('open complaints hear of the lapse', async () => {
    const { h } = await toldAdjustment([...overridden, { on: 'open' }], twoHands)
    const [open] = await collect(h.store.find({ kind: 'complaint' }))
    expect((await h.governance.complaint.get(open!.instanceId))?.context.tier).toBe('A')
    h.clock.set('2027-01-02T00:00:00+08:00')
    await sweepAll(h.governance)
    expect((await h.governance.complaint.get(open!.instanceId))?.context.tier).toBe('C')
  })
  test('within a share of the accounts; one is always possible', async () => {
    const names = ['acme', 'bravo']
    const h = createHarness({ ...twoHands, facts: Object.fromEntries(names.map((n) => [n, factsOf(n)])) })
    const upTo = async (accountId: string) =>
      play(
        h,
        [
          { on: 'adopt', command: { accountId, tier: 'C' } },
          { on: 'review', command: { accountId } },
          s.propose('B'),
          s.vote('u-chen', 'review'),
        ],
        accountId,
      )
    const first = await upTo('acme')
    const send = (id: string, step: Step, key: string) =>
      h.governance.tierAdjustment.send(id, step.command as never, { actor: step.actor ?? '', idempotencyKey: key })
    ok(await send(first.id('adjustment'), override('A'), 'a'))
    const basis = (await h.governance.tierAdjustment.get(first.id('adjustment')))?.approvals['decision']?.basis
    ok(
      await h.governance.tierAdjustment.send(
        first.id('adjustment'),
        { type: 'vote', approval: 'decision', decision: 'approve', basis: basis ?? '' },
        { actor: 'u-brandt' },
      ),
    )
    const second = await upTo('bravo')
    h.clock.advance(duration('40d'))
    await sweepAll(h.governance)
    const refused = await send(second.id('adjustment'), override('A'), 'b')
    expect(refused.ok ? [] : refused.refusals).toMatchObject([
      { code: 'quota_exceeded', parameter: 'adjust.override.maxShare', required: 1, actual: 2 },
    ])
  })
})

describe('exit and appeal', () => {
  const exiting: Story = [...s.inReview('exit'), s.vote('u-chen', 'review'), s.vote('u-chen', 'decision'), sweep('40d')]
  test('ADJ-08, TIER-07: the relation ends with its checklist, and not while anything of it is open', async () => {
    const { h, step, ledger, view } = await toldAdjustment([...exiting, { on: 'open' }], twoHands)
    expect(await view()).toMatchObject({ state: 'applied', context: { decided: 'exit' } })
    const customer = h.told.filter((d) => d.type === 'tellCustomer').map((d) => (d.params as { message: string }).message)
    expect(customer).toEqual(['cooperationEnding'])
    expect((await ledger()).projection).toMatchObject({ state: 'exiting', noDueReason: 'exitChecklist' })
    expect(await step(account('u-wang', completeExit))).toEqual(['open_elsewhere'])
    const [open] = await collect(h.store.find({ kind: 'complaint', open: true }))
    ok(await h.governance.complaint.send(open!.instanceId, { type: 'withdraw', saidBy: 'Ms Li', evidence }, { actor: 'u-huang' }))
    expect(await step(account('u-huang', completeExit))).toEqual(['role_required'])
    await expect(step(account('u-wang', { ...completeExit, receivablesSettled: false }))).rejects.toMatchObject({
      code: 'invalid_command',
    })
    expect(await step(account('u-wang', completeExit))).toEqual(['accepted'])
    expect((await ledger()).projection).toMatchObject({ state: 'exited', open: false, owner: null })
  })
  test('TIER-07: an exit can be stopped, and appealed', async () => {
    const stopped = await toldAdjustment([...exiting, account('u-chen', { type: 'stopExit', reason: 'they stay' })], twoHands)
    expect((await stopped.ledger()).state).toBe('ka')
    const appealed = await toldAdjustment([...exiting, s.appeal('D'), s.vote('u-chen', 'appeal'), sweep('40d')], twoHands)
    expect(await appealed.ledger()).toMatchObject({ state: 'ka', context: { tier: 'D', adjustment: null } })
  })
  test('I-36: an appeal comes once, in time, for another tier, and takes the account’s one claim', async () => {
    const { step, view, ledger } = await toldAdjustment([...s.collecting('B')], twoHands)
    expect(await step(s.appeal('B'))).toEqual(['nothing_to_change'])
    expect(await step(s.appeal('A'))).toEqual(['accepted'])
    expect((await ledger()).context.adjustment).toBe('tier-acme-2026-h1')
    await step(s.vote('u-chen', 'appeal', 'reject'))
    await step(s.vote('u-brandt', 'appeal', 'reject'))
    await step(sweep())
    expect((await view()).state).toBe('kept')
    expect((await ledger()).context.adjustment).toBeNull()
    expect(await step(s.appeal('A'))).toEqual(['already_done'])
    const late = await toldAdjustment([...s.collecting('B'), sweep('30d')], twoHands)
    expect(await late.step(s.appeal('A'))).toEqual(['too_late'])
  })
})

describe('ADJ-13: a new tier re-budgets open complaints, keeping what was used', () => {
  const tighter = {
    ...s.twoHands,
    complaint: {
      tighter: [{ when: { tiers: ['B'] }, resolution: { amount: 25, unit: 'workingDays' } }],
      resolution: { amount: 40, unit: 'workingDays' },
      complex: { extension: { amount: 5, unit: 'workingDays' } },
    },
    feedback: { complex: { max: { amount: 45, unit: 'workingDays' } } },
    adjust: { A: { down: { disputeSettleWithin: { amount: 90, unit: 'calendarDays' } } } },
  }
  test('a tighter budget counts from the same receipt; a looser one never lengthens a promise', async () => {
    const { h, view } = await toldAdjustment(
      [
        { on: 'adopt', command: { tier: 'C' } },
        { on: 'open', name: 'open' },
        { on: 'review' },
        s.propose('B'),
        s.vote('u-chen', 'review'),
        s.vote('u-brandt', 'decision'),
      ],
      { ...august, policy: tighter },
    )
    const [shown] = await collect(h.store.find({ kind: 'complaint' }))
    const due = async () =>
      (await h.governance.complaint.get(shown!.instanceId))?.clocks.find((c) => c.name === 'resolution')?.standing.dueAt
    expect(await due()).toBe(shanghai('2026-09-28T17:30:00'))
    h.clock.set('2026-09-01T00:00:00+08:00')
    await sweepAll(h.governance)
    expect((await view()).state).toBe('applied')
    expect(await due()).toBe(shanghai('2026-09-07T17:30:00'))
    const clock = (await h.governance.complaint.get(shown!.instanceId))?.clocks.find((c) => c.name === 'resolution')
    expect(clock?.clock.promises.map((p) => p.reason)).toContain('tier')
    expect(clock?.clock.startedAt).toBe(clock?.clock.promises[0]?.from)
  })
})
