import { describe, expect, test } from 'vitest'
import { factsOf } from './support/facts.ts'
import { collect, createHarness, type HarnessOptions } from './support/harness.ts'
import * as s from './support/stories.ts'
import { play, type Step, type Story } from './support/story.ts'
import { toldAdjustment } from './support/told.ts'

const { adjustment, account } = s
const evidence = [{ uri: 'report:1' }]
const august: HarnessOptions = { start: s.august }

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
    const { step, h } = await toldAdjustment(s.adopted, { start: '2026-07-30T09:00:00+08:00' })
    expect(await step({ on: 'review' })).toEqual(['too_early'])
    h.clock.set('2026-07-31T00:00:00+08:00')
    expect(await step({ on: 'review' })).toEqual(['accepted'])
    expect(await step({ on: 'review' })).toEqual(['already_done'])
  })
  test('ADJ-09: the owner of the tier data signs it off, nobody else', async () => {
    const { step } = await toldAdjustment(s.adopted)
    expect(await step({ on: 'review', actor: 'u-chen' })).toEqual(['role_required'])
  })
  test('ADJ-05: on demand with a reason, between the cycles; one open adjustment an account', async () => {
    const { step, view } = await toldAdjustment(s.collecting())
    expect(await step({ on: 'review', command: { onDemand: 'serious dispute' } })).toEqual(['open_elsewhere'])
    expect(await step(adjustment('u-wu', { type: 'propose', to: 'C', reason: 'wait', evidence }))).toEqual(['accepted'])
    expect((await view()).state).toBe('inReview')
  })
  test('ADJ-01: the ledger takes no made-up instance', async () => {
    const { step } = await toldAdjustment(s.adopted)
    const open = (instanceId: string): Step => account('u-novak', { type: 'openAdjustment', cycle: '2026-H1', instanceId })
    await expect(step(open('cmp-1'))).rejects.toMatchObject({ code: 'invalid_command' })
    expect(
      await step(account('u-novak', { type: 'openAdjustment', cycle: '2026-H1', instanceId: 'tier-acme-od7', onDemand: 'x' })),
    ).toEqual(['already_done'])
  })
  test('I-32: an account adopted without a tier has the provisional one', async () => {
    const { ledger } = await toldAdjustment([{ on: 'adopt', command: { tier: null } }])
    expect((await ledger()).context).toMatchObject({ tier: 'B', provisionalUntil: '2027-07-01' })
    const other = await toldAdjustment([{ on: 'adopt', command: { tier: null, isKeyAccount: false } }])
    expect((await other.ledger()).context.tier).toBe('C')
  })
})

describe('proposal and opinions', () => {
  test('ADJ-10: marketing proposes with a reason; who differs from the recommendation shows evidence', async () => {
    const { step, view } = await toldAdjustment(s.collecting())
    const bare = (actor: string, to: string): Step => adjustment(actor, { type: 'propose', to, reason: 'strategy' })
    expect(await step(bare('u-wang', 'B'))).toEqual(['role_required'])
    expect(await step(bare('u-wu', 'A'))).toEqual(['field_missing'])
    expect(await step(bare('u-wu', 'B'))).toEqual(['accepted'])
    expect((await view()).context.proposal).toMatchObject({ to: 'B', differs: false, by: 'u-wu' })
  })
  test('ADJ-10, ADJ-13: the consequences are listed with the proposal, so that they are reviewed with it', async () => {
    const { view, played } = await toldAdjustment([
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
    const { step, view } = await toldAdjustment(s.inReview())
    expect(await step(s.vote('u-wang', 'review'))).toEqual(['accepted'])
    expect((await view()).state).toBe('inReview')
    expect(await step(s.vote('u-okafor', 'review', 'reject'))).toEqual(['accepted'])
    expect(await view()).toMatchObject({
      state: 'notPassed',
      projection: { owner: 'marketing', nextDueAt: null, noDueReason: 'marketingDecides' },
    })
  })
  test('ADJ-11: sent back to marketing, proposed anew, with new votes', async () => {
    const { step, view } = await toldAdjustment(s.inReview())
    await step(s.vote('u-wang', 'review'))
    await step(s.vote('u-okafor', 'review', 'sendBack'))
    expect(await view()).toMatchObject({ state: 'collecting', context: { returns: 1 } })
    await step(s.propose('B'))
    expect(await step(s.vote('u-okafor', 'review'))).toEqual(['accepted'])
    expect((await view()).state).toBe('inReview')
  })
  test('ADJ-12: what did not pass goes on only with its dissent, is revised, or is closed and frees the account', async () => {
    const notPassed: Story = [...s.inReview(), s.vote('u-wang', 'review', 'reject')]
    const forwarded = await toldAdjustment(notPassed)
    expect(await forwarded.step(adjustment('u-wu', { type: 'forwardWithDissent', reason: 'strategy' }))).toEqual([
      'role_required',
    ])
    expect(await forwarded.step(adjustment('u-novak', { type: 'forwardWithDissent', reason: 'strategy' }))).toEqual(['accepted'])
    expect(await forwarded.view()).toMatchObject({ state: 'inDecision', context: { dissent: 'strategy' } })
    const closed = await toldAdjustment(notPassed)
    await closed.step(adjustment('u-wu', { type: 'closeNotPassed', reason: 'agreed' }))
    expect((await closed.view()).state).toBe('kept')
    expect((await closed.ledger()).context.adjustment).toBeNull()
  })
  test('maker and checker: whoever proposed does not vote, and their seat goes to the substitute', async () => {
    const { step } = await toldAdjustment(s.collecting(), {
      ...august,
      policy: { directory: { people: { 'u-wang': { roles: ['sales.head', 'kaGroup.member', 'marketing'] } } } },
    })
    await step({ ...s.propose('B'), actor: 'u-wang' })
    expect(await step(s.vote('u-wang', 'review'))).toEqual(expect.arrayContaining(['maker_is_checker']))
    for (const actor of ['u-lin', 'u-okafor']) expect(await step(s.vote(actor, 'review'))).toEqual(['accepted'])
  })
})
