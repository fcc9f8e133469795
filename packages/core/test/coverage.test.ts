import { afterAll, describe, expect, test } from 'vitest'
import { accountCoverage } from './support/account-coverage.ts'
import { checklist } from './support/account-stories.ts'
import { admissionCoverage } from './support/admission-coverage.ts'
import { oneHand } from './support/admission-stories.ts'
import { createHarness, type HarnessOptions } from './support/harness.ts'
import { factsOf } from './support/facts.ts'
import { policyCoverage } from './support/policy-coverage.ts'
import { projectCoverage } from './support/project-coverage.ts'
import { play, type Story } from './support/story.ts'
import * as s from './support/stories.ts'
import { coverage, trace, type Walked } from './support/trace.ts'

const walked = new Map<string, Walked>()
const { complaint, adjustment, account, sweep } = s

/** Plays a story through the runtime, sweeps, verifies the journals and notes what they walked through. */
function story(title: string, steps: Story, options: HarnessOptions = {}): void {
  test(title, async () => {
    const h = createHarness(options)
    await play(h, steps)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    await trace(h.store, h.policy, walked)
  })
}
const inAugust: HarnessOptions = { start: s.august }

describe('the life of an account [ADM-05 … ADM-12, I-23, I-33, I-37 … I-39]', () => {
  for (const { title, story: steps, options } of accountCoverage) story(title, steps, options)
})

describe('admission [ADM-05 … ADM-10, SVC-01]', () => {
  for (const { title, story: steps, options } of admissionCoverage) story(title, steps, { policy: oneHand, ...options })
})

describe('policies and their publication [GOV-05]', () => {
  for (const { title, story: steps, options } of policyCoverage) story(title, steps, options)
})

describe('projects and their changes [PRJ-01 … PRJ-11, CHG-01, CHG-02]', () => {
  for (const { title, story: steps, options } of projectCoverage) story(title, steps, options)
})

describe('complaint [CPL-01 … CPL-11]', () => {
  story('from the message to the archive, and what is left to do afterwards', [
    ...s.archived(),
    complaint(
      'u-liu',
      { type: 'checkPrevention', effective: false, finding: 'still cracks', newMeasure: 'new supplier' },
      { after: '90d' },
    ),
    complaint('u-liu', { type: 'checkPrevention', effective: true, finding: 'no cracks' }, { after: '90d' }),
  ])
  story('reopened after the archive and after a refusal', [
    ...s.archived(),
    complaint('u-huang', { type: 'reopen', reason: 'cracked again', evidence: [{ uri: 'call:2' }] }, { after: '2d' }),
    complaint('u-qian', { type: 'notUphold', reasons: 'misuse', evidence: [{ uri: 'lab:2' }], customerToldAt: '@now' }),
    complaint('u-huang', { type: 'reopen', reason: 'new evidence', evidence: [{ uri: 'call:3' }] }, { after: '2d' }),
  ])
  story('what is possible in every open state', [
    ...s.received(),
    complaint('u-huang', { type: 'contain', measure: 'stop shipping' }),
    complaint('u-huang', { type: 'recordContact', channel: 'hotline', at: '@now', outcome: 'reached' }),
    complaint('u-okafor', { type: 'reclassify', severity: 'critical', reason: 'line stopped' }),
    complaint('u-okafor', { type: 'split', parts: [{ matter: 'late delivery' }], reason: 'two matters' }),
    complaint('u-huang', { type: 'forward', department: 'product' }),
    complaint('u-peters', { type: 'disputeAssignment', reason: 'a delivery matter' }),
    complaint('u-okafor', { type: 'assign', department: 'product', reason: 'the product failed' }),
    complaint('u-peters', { type: 'accept' }),
    complaint('u-huang', { type: 'callMeeting', heldAt: '@now', departments: ['product', 'technical'], minutes: 'agreed' }),
    complaint('u-peters', { type: 'reportProgress', toldAt: '@now', note: 'started' }),
    complaint('u-peters', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'which batch?' }),
    complaint('u-okafor', { type: 'assign', department: 'product', reason: 'another team' }),
    complaint('u-huang', { type: 'customerReplied', answer: 'batch 7' }),
    complaint('u-peters', { type: 'accept' }),
    s.determine({ rework: 'physical', goodsReturned: true }),
    s.determine({ rework: 'chemical', goodsReturned: true }),
    s.plan(),
    s.plan({ measures: 'repair' }),
    complaint('u-rossi', { type: 'reportRework', result: 'passed' }),
    complaint('u-liu', { type: 'decideReturn', disposition: 'scrap', reason: 'beyond repair' }),
    s.complete(),
    complaint('u-huang', { type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'mail:1' }] }),
  ])
  for (const [state, reached] of Object.entries({
    received: s.received(),
    assigned: s.assigned(),
    investigating: s.investigating(),
  }))
    story(`duplicate found when ${state}`, [...reached, complaint('u-huang', { type: 'markDuplicate', of: 'cmp-other' })])
  story('notices are owed once the time was extended', [
    ...s.investigating(),
    s.extensionAsked,
    s.cast(complaint, 'extension', 'u-okafor', 'approve'),
    complaint('u-peters', { type: 'reportProgress', toldAt: '@now', note: 'laboratory booked' }, { after: '1d' }),
    sweep('10d'),
  ])
  story('confirmed per site', [
    ...s.confirming({ sites: ['north', 'south'] }),
    s.satisfied({ site: 'north' }),
    s.satisfied({ site: 'south' }),
  ])
  story('partly satisfied twice: the committee decides', [
    ...s.confirming(),
    s.partlySatisfied,
    s.plan(),
    s.complete(),
    s.partlySatisfied,
  ])
  const attempt = (after: string) =>
    complaint('u-huang', { type: 'recordContact', channel: 'email', at: '@now', outcome: 'notReached' }, { after })
  story('unconfirmed when the follow-up ends after its attempts', [
    ...s.confirming(),
    attempt('2h'),
    attempt('1d'),
    attempt('1d'),
    sweep('10d'),
  ])
  story('unconfirmed with the last attempt after the follow-up', [
    ...s.confirming(),
    attempt('2h'),
    sweep('10d'),
    attempt('1d'),
    attempt('1d'),
  ])
  story(
    'an account changes its tier while a complaint is open',
    [
      ...s.collecting(),
      { on: 'open' },
      s.propose('B'),
      s.vote('u-wang', 'review'),
      s.vote('u-okafor', 'review'),
      s.vote('u-chen', 'decision'),
      sweep('40d'),
    ],
    inAugust,
  )
})

describe('approvals of a complaint [I-17]', () => {
  const openers: { readonly [name: string]: Story } = {
    extension: [...s.investigating(), s.extensionAsked],
    compensation: [...s.planning(), s.dearPlan],
    dissatisfaction: s.inCommittee(),
  }
  for (const [name, opener] of Object.entries(openers)) {
    for (const [branch, steps] of Object.entries(s.approvalBranches(complaint, name)))
      story(`${name}: ${branch}`, [...opener, ...steps], { policy: s.twoHands })
    for (const [branch, steps] of Object.entries(s.stagedBranches(complaint, name)))
      story(`${name}: ${branch}`, [...opener, ...steps], { policy: s.staged })
  }
})

describe('tier adjustment [ADJ-09 … ADJ-13]', () => {
  const twoHands: HarnessOptions = { ...inAugust, policy: s.twoHands }
  const decided: Story = [...s.inReview(), s.vote('u-chen', 'review')]
  const applied: Story = [...decided, s.vote('u-brandt', 'decision'), sweep('40d')]
  const kept: Story = [...decided, s.vote('u-chen', 'decision', 'reject'), s.vote('u-brandt', 'decision', 'reject')]
  const openers: { readonly [name: string]: readonly [approval: string, Story] } = {
    review: ['review', s.inReview()],
    decision: ['decision', decided],
    'decision that keeps': ['decision', [...s.inReview('C'), s.vote('u-chen', 'review')]],
    'appeal from applied': ['appeal', [...applied, s.appeal('A')]],
    'appeal from kept': ['appeal', [...kept, s.appeal('A')]],
  }
  for (const [name, [approval, opener]] of Object.entries(openers))
    for (const [branch, steps] of Object.entries(s.approvalBranches(adjustment, approval)))
      story(`${name}: ${branch}`, [...opener, ...steps], twoHands)

  const both = (approval: string): Story => [s.vote('u-chen', approval), s.vote('u-meyer', approval)]
  const staged: { readonly [name: string]: readonly [approval: string, Story] } = {
    review: ['review', s.inReview()],
    decision: ['decision', [...s.inReview(), ...both('review')]],
    appeal: ['appeal', [...s.inReview(), ...both('review'), ...both('decision'), sweep('40d'), s.appeal('A')]],
  }
  for (const [name, [approval, opener]] of Object.entries(staged))
    for (const [branch, steps] of Object.entries(s.stagedBranches(adjustment, approval)))
      story(`${name}: ${branch}`, [...opener, ...steps], { ...inAugust, policy: s.staged })

  const notPassed: Story = [...s.inReview(), s.vote('u-wang', 'review', 'reject')]
  story('not passed, revised', [...notPassed, adjustment('u-wu', { type: 'revise', reason: 'more facts' })], inAugust)
  story('not passed, closed', [...notPassed, adjustment('u-wu', { type: 'closeNotPassed', reason: 'agreed' })], inAugust)
  story(
    'not passed, forwarded with dissent',
    [...notPassed, adjustment('u-novak', { type: 'forwardWithDissent', reason: 'strategy' })],
    inAugust,
  )
  story(
    'overruled for a while',
    [...decided, adjustment('u-chen', { type: 'override', to: 'A', until: '2026-12-31', reason: 'strategic' })],
    { ...inAugust, policy: s.twoHands },
  )
  story('nothing to change, appealed', [...s.collecting('B'), s.appeal('A')], inAugust)
})

describe('account ledger [ADM-08, ADJ-01]', () => {
  const exitDecided = (form: object): Story => [
    { on: 'adopt', command: form as never },
    { on: 'review' },
    s.propose('exit'),
    s.vote('u-chen', 'review'),
    s.vote('u-chen', 'decision'),
    sweep('40d'),
  ]
  const twoHands: HarnessOptions = { ...inAugust, policy: s.twoHands }
  for (const isKeyAccount of [true, false]) {
    const kind = isKeyAccount ? 'key account' : 'customer'
    const exiting = exitDecided({ tier: 'C', isKeyAccount })
    story(`${kind}: exit stopped`, [...exiting, account('u-chen', { type: 'stopExit', reason: 'they stay' })], twoHands)
    story(`${kind}: exit appealed with success`, [...exiting, s.appeal('C'), s.vote('u-chen', 'appeal'), sweep('40d')], twoHands)
    story(
      `${kind}: exit appealed in vain`,
      [...exiting, s.appeal('C'), s.vote('u-chen', 'appeal', 'reject'), s.vote('u-brandt', 'appeal', 'reject'), sweep()],
      twoHands,
    )
    const overridden: Story = [
      { on: 'adopt', command: { tier: 'C', isKeyAccount } },
      { on: 'review' },
      s.propose('B'),
      s.vote('u-chen', 'review'),
      adjustment('u-chen', { type: 'override', to: 'A', until: '2026-12-31', reason: 'strategic' }),
      s.vote('u-brandt', 'decision'),
      sweep(),
      sweep('40d'),
    ]
    story(`${kind}: an override lapses by itself`, [...overridden, sweep('200d')], twoHands)
    story(
      `${kind}: kept after an appeal that finds nothing changed`,
      [
        { on: 'adopt', command: { tier: 'B', isKeyAccount } },
        { on: 'review' },
        s.appeal('A'),
        s.vote('u-chen', 'appeal', 'reject'),
        s.vote('u-brandt', 'appeal', 'reject'),
        sweep(),
      ],
      twoHands,
    )
    // Without a cycle of grace, so that a review on demand can open under an override that ends before its cycle does.
    story(
      `${kind}: an override lapses while the relation ends`,
      [
        { on: 'adopt', command: { tier: 'D', isKeyAccount } },
        { on: 'review' },
        s.propose('C'),
        s.vote('u-chen', 'review'),
        adjustment('u-chen', { type: 'override', to: 'B', until: '2026-12-31', reason: 'strategic' }),
        s.vote('u-brandt', 'decision'),
        sweep('40d'),
        { on: 'review', command: { cycle: '2026-H2', onDemand: 'insolvent' } },
        s.propose('exit'),
        s.vote('u-chen', 'review'),
        s.vote('u-brandt', 'decision'),
        sweep('40d'),
        sweep('100d'),
        account('u-chen', { type: 'stopExit', reason: 'they pay' }),
      ],
      {
        ...inAugust,
        facts: { acme: factsOf('acme', { perOrder: { '2026-H2': 0 } }) },
        policy: { ...s.twoHands, adjust: { grace: 0 } },
      },
    )
  }
  story('exit completed with its checklist', [...exitDecided({ tier: 'C' }), checklist], twoHands)
})

afterAll(() => {
  const { rows, missing } = coverage(walked)
  process.stdout.write(
    `${rows.map((r) => `${r.machine.padEnd(16)} states ${r.states.padEnd(6)} transitions ${r.transitions}`).join('\n')}\n`,
  )
  expect(missing).toEqual([])
})
