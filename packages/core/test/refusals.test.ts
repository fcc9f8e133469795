import { editRecord } from '@ka-governance/adapter-memory'
import { afterAll, expect, test } from 'vitest'
import { refusalCodes, type RefusalCode } from '../src/index.ts'
import { mayPauseClock, mayStopClock, startClock, stopClock } from '../src/sla/index.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import { factsOf } from './support/facts.ts'
import { codes, createHarness, policyWith, refusalsOf, type HarnessOptions } from './support/harness.ts'
import * as q from './support/policy-stories.ts'
import * as p from './support/project-stories.ts'
import { completeExit } from './support/account-stories.ts'
import { createSession, duration, play, type Step, type Story } from './support/story.ts'
import * as s from './support/stories.ts'

const { adjustment, account, complaint } = s
const august: HarnessOptions = { start: s.august }
const raised = new Set<RefusalCode>()

/** The last step of a story meets this refusal, complete and typed. */
function refusal(code: RefusalCode, story: Story, options: HarnessOptions = {}): void {
  test(code, async () => {
    const h = createHarness(options)
    const session = createSession(h)
    for (const [i, step] of story.entries()) {
      if (step.after !== undefined) h.clock.advance(duration(step.after))
      const result = await session.play(step, `step-${String(i)}`)
      if (i < story.length - 1) expect([i, result === null ? ['accepted'] : codes(result)]).toEqual([i, ['accepted']])
      else {
        const found = refusalsOf(result).filter((r) => r.code === code)
        expect(found.length).toBeGreaterThan(0)
        for (const r of found) {
          expect(r.rule).toMatch(/^may[A-Z]/)
          expect(r.clause).toMatch(/^(?:[A-Z]+-\d|architecture)/)
          expect(JSON.parse(JSON.stringify(r))).toEqual(r)
          raised.add(r.code)
        }
      }
    }
  })
}
const asked: Story = [...s.investigating(), s.extensionAsked]
const forward = complaint('u-huang', { type: 'forward', department: 'product' })
const copy = (k: number): Step =>
  complaint('u-okafor', {
    type: 'copyTo',
    approval: 'extension',
    people: Array.from({ length: 20 }, (_, i) => `p-${String(k)}-${String(i)}`),
  })
const wait: Step = complaint('u-peters', { type: 'waitForCustomer', reason: 'sampleOrSite', question: 'sample?' })
const reply: Step = complaint('u-huang', { type: 'customerReplied', answer: 'here' }, { after: '30d' })
const decisive: HarnessOptions = { ...august, policy: s.twoHands }
const toDecide: Story = [...s.inReview(), s.vote('u-chen', 'review')]
const override = (to: string, until: string): Step => adjustment('u-chen', { type: 'override', to, until, reason: 'x' })

refusal('command_not_available', [...s.received(), complaint('u-peters', { type: 'accept' })])
refusal('role_required', [...s.received(), { ...forward, actor: 'u-wu' }])
refusal('actor_without_roles', [...s.received(), { ...forward, actor: 'u-nobody' }])
refusal('person_barred', [...s.reviewing({ named: ['u-tang'] }), s.archive])
refusal('maker_is_checker', [...s.archived(), complaint('u-garcia', { type: 'checkPrevention', effective: true, finding: 'x' })])
refusal('not_an_elector', [...asked, complaint('u-liu', { type: 'recuse', approval: 'extension', reason: 'x' })])
refusal('elector_exists', [
  ...asked,
  complaint('u-okafor', { type: 'addApprover', approval: 'extension', person: 'u-okafor', reason: 'x' }),
])
refusal(
  'empty_electorate',
  [...s.inReview(), s.vote('u-wang', 'review'), s.vote('u-okafor', 'review'), override('A', '2026-12-31')],
  august,
)
refusal('delegation_invalid', [...s.received(), { ...forward, onBehalfOf: 'u-okafor' }])
refusal('approval_closed', [...asked, s.cast(complaint, 'dissatisfaction', 'u-okafor', 'approve')])
refusal('basis_required', [...s.confirming(), s.satisfied({ basis: undefined })])
refusal('basis_changed', [...s.confirming(), s.satisfied({ basis: 'seen-long-ago' })])
refusal('field_missing', [...s.handling({ fromGroup: true }), s.complete()])
refusal('value_not_allowed', [...s.received(), complaint('u-huang', { type: 'forward', department: 'astrology' })])
refusal('value_too_small', [...toDecide, override('A', '2026-08-01')], decisive)
refusal('value_too_large', [...toDecide, override('A', '2099-01-01')], decisive)
refusal('too_early', [...s.adopted, { on: 'review' }])
refusal('too_late', [
  ...s.archived(),
  complaint('u-huang', { type: 'reopen', reason: 'x', evidence: [{ uri: 'x' }] }, { after: '60d' }),
])
refusal('limit_reached', [...asked, copy(1), copy(2), copy(3)])
refusal('already_done', [...s.collecting('B'), { on: 'review' }], august)
refusal('clock_not_paused', [...s.investigating(), reply])
refusal('pause_cap_reached', [...s.investigating(), wait, reply, wait, reply, wait])
refusal('clock_breached', [...s.investigating(), { ...s.extensionAsked, after: '30d' }])
refusal('open_elsewhere', [...s.collecting(), { on: 'review', command: { onDemand: 'x' } }], august)
refusal('account_unknown', [...s.adopted, { on: 'open', command: { accountId: 'nobody' } }])
refusal('account_not_active', [...c.exited, { on: 'openProject', actor: 'u-liu' }], c.options)
refusal('nothing_to_change', [...s.handling(), complaint('u-rossi', { type: 'reportRework', result: 'x' })])
refusal(
  'rate_missing',
  [...a.screening(), a.recommend({ need: { ...a.findings.need, annualVolume: { currency: 'USD', minor: 1 } } })],
  { policy: a.oneHand },
)
refusal(
  'condition_open',
  [...a.contracting([a.due(1)]), { ...a.sign({ signedOn: '2026-03-05', to: '2028-01-01' }), after: '3d' }],
  {
    policy: a.oneHand,
  },
)
refusal('approval_missing', [...s.planning(), s.dearPlan, s.complete()])
refusal(
  'open_elsewhere',
  [
    ...s.inReview('exit'),
    s.vote('u-chen', 'review'),
    s.vote('u-chen', 'decision'),
    s.sweep('40d'),
    { on: 'open' },
    account('u-wang', completeExit),
  ],
  decisive,
)

refusal('nothing_differs', [
  ...s.adopted,
  account('u-lin', { type: 'resolveDrift', decision: 'repair', basis: 'a'.repeat(64), reason: 'x' }),
])

test('not_acceptable', async () => {
  const h = createHarness()
  const played = await play(h, s.adopted)
  editRecord(h.memory.client, played.id('account'), { values: { state: 'suspended' } })
  for await (const drift of h.governance.drift.find()) {
    const result = await h.governance.drift.resolve(drift, { actor: 'u-lin', reason: 'x', decision: 'accept' })
    expect(codes(result)).toEqual(['not_acceptable'])
    raised.add('not_acceptable')
  }
})

test('version_changed, idempotency_key_reused', async () => {
  const h = createHarness()
  const session = createSession(h)
  for (const [i, step] of s.received().entries()) await session.play(step, `step-${String(i)}`)
  const id = session.ids.get('complaint') ?? ''
  const contain = (measure: string, o: object) =>
    h.governance.complaint.send(id, { type: 'contain', measure }, { actor: 'u-huang', ...o })
  for (const result of [
    await contain('stop', { expectedVersion: 7 }),
    await contain('stop', { idempotencyKey: 'k' }),
    await contain('go', { idempotencyKey: 'k' }),
  ])
    if (!result.ok) for (const { code } of result.refusals) raised.add(code)
  expect(raised).toContain('version_changed')
  expect(raised).toContain('idempotency_key_reused')
})

test('quota_exceeded', async () => {
  const h = createHarness({ ...decisive, facts: { acme: factsOf('acme'), bravo: factsOf('bravo') } })
  const overridden = (accountId: string): Story => [
    { on: 'adopt', command: { accountId, tier: 'C' } },
    { on: 'review', command: { accountId } },
    s.propose('B'),
    s.vote('u-chen', 'review'),
    override('A', '2026-12-31'),
    s.vote('u-brandt', 'decision'),
    s.sweep(accountId === 'acme' ? '40d' : '1d'),
  ]
  const session = createSession(h)
  const found: string[][] = []
  for (const accountId of ['acme', 'bravo'])
    for (const [i, step] of overridden(accountId).entries()) {
      if (step.after !== undefined) h.clock.advance(duration(step.after))
      const result = await session.play(step, `${accountId}-${String(i)}`)
      if (result?.ok === false) found.push(result.refusals.map((r) => r.code))
      for (const { code } of refusalsOf(result)) raised.add(code)
    }
  expect(found[0]).toEqual(['quota_exceeded'])
})

const published: HarnessOptions = { policy: q.oneHand }
refusal('version_not_above', [...q.inForce(), q.openVersion('0.9')], published)
refusal(
  'day_taken',
  [
    ...q.inForce(),
    q.openVersion('1.1'),
    q.check({ ...q.next, effectiveFrom: '2026-03-03' }),
    q.recordWhatIf({ ...q.next, effectiveFrom: '2026-03-03', against: {} }),
    q.submit(),
  ],
  published,
)
refusal('what_if_missing', [...q.drafting(), q.check(), q.submit()], published)
refusal('what_if_partial', [...q.drafting(), q.check(), q.recordWhatIf({ scope: 'some' })], published)
refusal('policy_not_in_force', [...q.inForce(), q.openVersion('1.1'), q.check(q.next), q.recordWhatIf(q.next)], published)
refusal('version_taken', [...s.adopted, ...q.drafting(), q.check({ effectiveFrom: '2026-04-01' })], published)
test('what_if_invalid', async () => {
  const h = createHarness(published)
  const played = await play(h, [...q.drafting(), q.check()])
  const found = refusalsOf(await h.governance.policy.recordWhatIf(played.id('publication'), { schema: 2 }, { actor: q.drafter }))
  expect(found).toMatchObject([{ code: 'what_if_invalid', rule: 'mayRecordSimulation', clause: 'GOV-05', actual: 'schema' }])
  for (const { code } of found) raised.add(code)
})
test('policy_invalid', async () => {
  const h = createHarness(published)
  const played = await play(h, q.drafting())
  const document = { ...(h.policy as object), complaint: '[X]', sla: {} }
  const result = await h.governance.policy.check(played.id('publication'), document, { actor: q.drafter })
  const found = result.ok ? [] : result.refusals
  expect(found.length).toBeGreaterThan(1)
  for (const { code, rule, parameter } of found) {
    expect([code, rule]).toEqual(['policy_invalid', 'mayCheckUsablePolicy'])
    expect(parameter).toMatch(/^(?:complaint|sla)/)
    raised.add(code)
  }
})
test('not_movable', async () => {
  const h = createHarness()
  const played = await play(h, [
    ...s.received(),
    complaint('u-huang', { type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'mail:1' }] }),
  ])
  const other = h.another({ policy: policyWith({ version: '1.1' }) })
  await other.account.adopt({ accountId: 'bravo', name: 'Bravo', isKeyAccount: false, tier: 'C' }, { actor: 'u-liu' })
  const moved = await other.policy.migrate(played.id(), { actor: 'u-lin', policy: other.policy.own, reason: 'new version' })
  expect(codes(moved)).toEqual(['not_movable'])
  if (!moved.ok) for (const { code } of moved.refusals) raised.add(code)
})

const oneHand: HarnessOptions = { policy: p.oneHand }
refusal('baseline_changed', [...p.approved(), ...p.other({ qualityStandard: 'ISO 3834-2' }), s.sweep(), p.implement()], oneHand)
refusal('project_unknown', [...p.active(), { ...p.openChange(), command: { projectId: 'no-such' } }], oneHand)
refusal('project_not_active', [...p.active(), p.cancelProject, p.openChange()], oneHand)

test('not_found_in_instance', async () => {
  const h = createHarness({ mode: { complaint: 'observe' } })
  const session = createSession(h)
  for (const [i, step] of s.investigating().entries()) await session.play(step, `step-${String(i)}`)
  // Observed, the rule that the approval is open lets pass; that there is none, nothing lets pass.
  const result = await session.play(s.cast(complaint, 'extension', 'u-okafor', 'approve'), 'vote')
  expect(result === null ? [] : codes(result)).toContain('not_found_in_instance')
  for (const { code } of refusalsOf(result)) raised.add(code)
})

test('clock_not_pausable, clock_not_running: by the clocks module; the machines pause and extend only what runs and may pause', () => {
  const handoff = startClock('handoff', { amount: 4, unit: 'workingHours' }, 0, { pausable: false })
  const failures = [...mayPauseClock(handoff, {} as never, 1), ...mayStopClock(stopClock(handoff, 2))]
  expect(failures.map((f) => f.code)).toEqual(['clock_not_pausable', 'clock_not_running'])
  for (const { code } of failures) raised.add(code)
})

afterAll(() => {
  expect(refusalCodes.filter((code) => !raised.has(code))).toEqual([])
})
