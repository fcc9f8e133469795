import { describe, expect, test } from 'vitest'
import type { InstanceView } from '../src/index.ts'
import type { AccountContext } from '../src/ledgers/account/types.ts'
import type { TierAdjustmentContext } from '../src/workflows/tier-adjustment/types.ts'
import { factsOf } from './support/facts.ts'
import { codes, collect, createHarness, ok, sweepAll, type HarnessOptions } from './support/harness.ts'
import { exitChecklist } from './support/states.ts'
import { complaintForm, createSession, duration, play, type Step, type Story } from './support/story.ts'
import * as s from './support/stories.ts'

const { adjustment, account, sweep } = s
const evidence = [{ uri: 'report:1' }]
const august: HarnessOptions = { start: s.august }
const twoHands: HarnessOptions = { ...august, policy: s.twoHands }
const shanghai = (text: string): number => Date.parse(`${text}+08:00`)

async function told(story: Story, options: HarnessOptions = august) {
  const h = createHarness(options)
  const played = await play(h, story)
  const id = played.id('adjustment')
  const session = createSession(h)
  for (const [name, of] of Object.entries(played.ids)) session.ids.set(name, of)
  let n = 0
  const step = async (next: Step): Promise<readonly string[]> => {
    if (next.after !== undefined) h.clock.advance(duration(next.after))
    const result = await session.play(next, `next-${String((n += 1))}`)
    return result === null ? [] : codes(result)
  }
  const view = async () => (await h.governance.tierAdjustment.get(id)) as InstanceView<TierAdjustmentContext>
  const ledger = async () => (await h.governance.account.get('account-acme')) as InstanceView<AccountContext>
  return { h, id, step, view, ledger, played, session }
}
const reviewed: Story = [...s.inReview(), s.vote('u-wang', 'review'), s.vote('u-okafor', 'review')]
const decided: Story = [...reviewed, s.vote('u-chen', 'decision')]

describe('the half-yearly review', () => {
  test('ADJ-01, ADJ-09: every account once a cycle; what changes waits for a proposal, the rest is closed at once; run again, nothing doubles', async () => {
    const names = ['acme', 'bravo', 'carol', 'ghost']
    const h = createHarness({ ...august, facts: Object.fromEntries(names.map((n) => [n, factsOf(n)])) })
    const tiers = { acme: 'C', bravo: 'B', carol: 'A' }
    for (const [accountId, tier] of Object.entries(tiers))
      await play(h, [{ on: 'adopt', command: { accountId, tier } }], accountId)
    const first = await collect(h.governance.review({ cycle: '2026-H1', actor: 'u-novak' }))
    expect(first.map((p) => [p.accountId, p.status, p.recommendation?.recommended ?? null, p.done])).toEqual([
      ['acme', 'opened', 'B', 1],
      ['bravo', 'unchanged', 'B', 2],
      ['carol', 'unchanged', 'A', 3],
      ['ghost', 'refused', null, 4],
    ])
    expect(first[3]?.refusals[0]).toMatchObject({ code: 'account_unknown', remedy: { kind: 'send', command: 'account.adopt' } })
    const again = await collect(h.governance.review({ cycle: '2026-H1', actor: 'u-novak' }))
    expect(again.map((p) => p.status)).toEqual(['reviewed', 'reviewed', 'reviewed', 'refused'])
    const resumed = await collect(h.governance.review({ cycle: '2026-H1', actor: 'u-novak', after: 'bravo' }))
    expect(resumed.map((p) => p.accountId)).toEqual(['carol', 'ghost'])
    expect((await collect(h.store.find({ kind: 'tier-adjustment' }))).length).toBe(3)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
  test('ADJ-01, I-26: not before the facts are frozen, and every cycle once', async () => {
    const { step, h } = await told(s.adopted, { start: '2026-07-30T09:00:00+08:00' })
    expect(await step({ on: 'review' })).toEqual(['too_early'])
    h.clock.set('2026-07-31T00:00:00+08:00')
    expect(await step({ on: 'review' })).toEqual(['accepted'])
    expect(await step({ on: 'review' })).toEqual(['already_done'])
  })
  test('ADJ-09: the owner of the tier data signs it off, nobody else', async () => {
    const { step } = await told(s.adopted)
    expect(await step({ on: 'review', actor: 'u-chen' })).toEqual(['role_required'])
  })
  test('ADJ-05: on demand with a reason, between the cycles; one open adjustment an account', async () => {
    const { step, view } = await told(s.collecting())
    expect(await step({ on: 'review', command: { onDemand: 'serious dispute' } })).toEqual(['open_elsewhere'])
    expect(await step(adjustment('u-wu', { type: 'propose', to: 'C', reason: 'wait', evidence }))).toEqual(['accepted'])
    expect((await view()).state).toBe('inReview')
  })
  test('ADJ-01: the ledger takes no made-up instance', async () => {
    const { step } = await told(s.adopted)
    const open = (instanceId: string): Step => account('u-novak', { type: 'openAdjustment', cycle: '2026-H1', instanceId })
    await expect(step(open('cmp-1'))).rejects.toMatchObject({ code: 'invalid_command' })
    expect(
      await step(account('u-novak', { type: 'openAdjustment', cycle: '2026-H1', instanceId: 'tier-acme-od7', onDemand: 'x' })),
    ).toEqual(['already_done'])
  })
  test('I-32: an account adopted without a tier has the provisional one', async () => {
    const { ledger } = await told([{ on: 'adopt', command: { tier: null } }])
    expect((await ledger()).context).toMatchObject({ tier: 'B', provisionalUntil: '2027-07-01' })
    const other = await told([{ on: 'adopt', command: { tier: null, isKeyAccount: false } }])
    expect((await other.ledger()).context.tier).toBe('C')
  })
})

describe('proposal and opinions', () => {
  test('ADJ-10: marketing proposes with a reason; who differs from the recommendation shows evidence', async () => {
    const { step, view } = await told(s.collecting())
    const bare = (actor: string, to: string): Step => adjustment(actor, { type: 'propose', to, reason: 'strategy' })
    expect(await step(bare('u-wang', 'B'))).toEqual(['role_required'])
    expect(await step(bare('u-wu', 'A'))).toEqual(['field_missing'])
    expect(await step(bare('u-wu', 'B'))).toEqual(['accepted'])
    expect((await view()).context.proposal).toMatchObject({ to: 'B', differs: false, by: 'u-wu' })
  })
  test('ADJ-10, ADJ-13: the consequences are listed with the proposal, so that they are reviewed with it', async () => {
    const { view, played } = await told([
      { on: 'adopt', command: { tier: 'C' } },
      { on: 'open' },
      { on: 'review' },
      s.propose('B'),
    ])
    expect((await view()).context.consequences).toEqual([
      { what: 'group', from: 'C', to: 'B' },
      { what: 'serviceLevel', from: 3, to: 2 },
      { what: 'clocks', instances: [played.id()] },
    ])
  })
  test('ADJ-11: sales and service both; one objection does not pass', async () => {
    const { step, view } = await told(s.inReview())
    expect(await step(s.vote('u-wang', 'review'))).toEqual(['accepted'])
    expect((await view()).state).toBe('inReview')
    expect(await step(s.vote('u-okafor', 'review', 'reject'))).toEqual(['accepted'])
    expect(await view()).toMatchObject({
      state: 'notPassed',
      projection: { owner: 'marketing', nextDueAt: null, noDueReason: 'marketingDecides' },
    })
  })
  test('ADJ-11: sent back to marketing, proposed anew, with new votes', async () => {
    const { step, view } = await told(s.inReview())
    await step(s.vote('u-wang', 'review'))
    await step(s.vote('u-okafor', 'review', 'sendBack'))
    expect(await view()).toMatchObject({ state: 'collecting', context: { returns: 1 } })
    await step(s.propose('B'))
    expect(await step(s.vote('u-okafor', 'review'))).toEqual(['accepted'])
    expect((await view()).state).toBe('inReview')
  })
  test('ADJ-12: what did not pass goes on only with its dissent, is revised, or is closed and frees the account', async () => {
    const notPassed: Story = [...s.inReview(), s.vote('u-wang', 'review', 'reject')]
    const forwarded = await told(notPassed)
    expect(await forwarded.step(adjustment('u-wu', { type: 'forwardWithDissent', reason: 'strategy' }))).toEqual([
      'role_required',
    ])
    expect(await forwarded.step(adjustment('u-novak', { type: 'forwardWithDissent', reason: 'strategy' }))).toEqual(['accepted'])
    expect(await forwarded.view()).toMatchObject({ state: 'inDecision', context: { dissent: 'strategy' } })
    const closed = await told(notPassed)
    await closed.step(adjustment('u-wu', { type: 'closeNotPassed', reason: 'agreed' }))
    expect((await closed.view()).state).toBe('kept')
    expect((await closed.ledger()).context.adjustment).toBeNull()
  })
  test('maker and checker: whoever proposed does not vote, and their seat goes to the substitute', async () => {
    const { step } = await told(s.collecting(), {
      ...august,
      policy: { directory: { people: { 'u-wang': { roles: ['sales.head', 'kaGroup.member', 'marketing'] } } } },
    })
    await step({ ...s.propose('B'), actor: 'u-wang' })
    expect(await step(s.vote('u-wang', 'review'))).toEqual(expect.arrayContaining(['maker_is_checker']))
    for (const actor of ['u-lin', 'u-okafor']) expect(await step(s.vote(actor, 'review'))).toEqual(['accepted'])
  })
})

describe('decision', () => {
  test('ADJ-12, ADJ-02 … ADJ-08: up, told to departments and customer, in force on the first day of the next month', async () => {
    const { h, view, ledger } = await told([...decided, sweep()])
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
    const { step, view, ledger, h } = await told(
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
    const same = await told([
      ...s.inReview('C'),
      s.vote('u-wang', 'review'),
      s.vote('u-okafor', 'review'),
      s.vote('u-chen', 'decision'),
    ])
    expect((await same.view()).state).toBe('kept')
    const rejected = await told([...reviewed, s.vote('u-chen', 'decision', 'reject'), s.vote('u-brandt', 'decision', 'reject')])
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
    const { step } = await told([...s.inReview(), s.vote('u-chen', 'review')], twoHands)
    expect(await step(override('B'))).toEqual(['nothing_to_change'])
    expect(await step(override('A', '2027-07-01'))).toEqual(['value_too_large'])
    expect(await step(override('A', '2026-08-01'))).toEqual(['value_too_small'])
    expect(await step({ ...override('A'), actor: 'u-wu' })).toEqual(['role_required'])
    expect(await step(override('A'))).toEqual(['accepted'])
    expect(await step(s.vote('u-chen', 'decision'))).toContain('maker_is_checker')
    expect(await step(s.vote('u-brandt', 'decision'))).toEqual(['accepted'])
  })
  test('fails closed where nobody is left to decide', async () => {
    const { step } = await told(reviewed)
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
    const { h, ledger } = await told(overridden, twoHands)
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
    const { h } = await told([...overridden, { on: 'open' }], twoHands)
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
    const { h, step, ledger, view } = await told([...exiting, { on: 'open' }], twoHands)
    expect(await view()).toMatchObject({ state: 'applied', context: { decided: 'exit' } })
    const customer = h.told.filter((d) => d.type === 'tellCustomer').map((d) => (d.params as { message: string }).message)
    expect(customer).toEqual(['cooperationEnding'])
    expect((await ledger()).projection).toMatchObject({ state: 'exiting', noDueReason: 'exitChecklist' })
    expect(await step(account('u-wang', exitChecklist))).toEqual(['open_elsewhere'])
    const [open] = await collect(h.store.find({ kind: 'complaint', open: true }))
    ok(await h.governance.complaint.send(open!.instanceId, { type: 'withdraw', saidBy: 'Ms Li', evidence }, { actor: 'u-huang' }))
    expect(await step(account('u-huang', exitChecklist))).toEqual(['role_required'])
    await expect(step(account('u-wang', { ...exitChecklist, receivablesSettled: false }))).rejects.toMatchObject({
      code: 'invalid_command',
    })
    expect(await step(account('u-wang', exitChecklist))).toEqual(['accepted'])
    expect((await ledger()).projection).toMatchObject({ state: 'exited', open: false, owner: null })
  })
  test('TIER-07: an exit can be stopped, and appealed', async () => {
    const stopped = await told([...exiting, account('u-chen', { type: 'stopExit', reason: 'they stay' })], twoHands)
    expect((await stopped.ledger()).state).toBe('ka')
    const appealed = await told([...exiting, s.appeal('D'), s.vote('u-chen', 'appeal'), sweep('40d')], twoHands)
    expect(await appealed.ledger()).toMatchObject({ state: 'ka', context: { tier: 'D', adjustment: null } })
  })
  test('I-36: an appeal comes once, in time, for another tier, and takes the account’s one claim', async () => {
    const { step, view, ledger } = await told([...s.collecting('B')], twoHands)
    expect(await step(s.appeal('B'))).toEqual(['nothing_to_change'])
    expect(await step(s.appeal('A'))).toEqual(['accepted'])
    expect((await ledger()).context.adjustment).toBe('tier-acme-2026-h1')
    await step(s.vote('u-chen', 'appeal', 'reject'))
    await step(s.vote('u-brandt', 'appeal', 'reject'))
    await step(sweep())
    expect((await view()).state).toBe('kept')
    expect((await ledger()).context.adjustment).toBeNull()
    expect(await step(s.appeal('A'))).toEqual(['already_done'])
    const late = await told([...s.collecting('B'), sweep('30d')], twoHands)
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
    const { h, view } = await told(
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
