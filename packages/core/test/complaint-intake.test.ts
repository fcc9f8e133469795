import { describe, expect, test } from 'vitest'
import type { InstanceView } from '../src/index.ts'
import { codes, collect, createHarness, ok } from './support/harness.ts'
import * as s from './support/stories.ts'
import { complaintForm, duration, play, type Step } from './support/story.ts'
import { rungs, clockOf, shanghai, toldComplaint } from './support/told.ts'

const { complaint } = s
const evidence = [{ uri: 'call:1' }]

describe('intake and hand-off', () => {
  test.each(['hotline', 'email', 'onlineService', 'group'])('CPL-01: comes in by %s', async (channel) => {
    const { view } = await toldComplaint(s.received({ channel }))
    expect((await view()).context).toMatchObject({
      channel,
      matter: 'cracked flange',
      contact: 'Ms Li',
      expectedSolution: 'replacement',
    })
  })
  test('CPL-01: other channels and severities are named with what the policy has', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const result = await h.governance.complaint.open(
      { ...complaintForm(h.clock.now()), channel: 'pigeon', severity: 'awful' },
      { actor: 'u-huang' },
    )
    expect(result.ok ? [] : result.refusals).toMatchObject([
      {
        code: 'value_not_allowed',
        parameter: 'complaint.channels',
        actual: 'pigeon',
        required: ['hotline', 'email', 'onlineService', 'group'],
      },
      {
        code: 'value_not_allowed',
        parameter: 'complaint.severities',
        actual: 'awful',
        remedy: { kind: 'change', field: 'severity', to: 'minor' },
      },
    ])
  })
  test('CPL-02, P-04: passed on within four working hours of the receipt, however late it was entered', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    // Received on Friday at 16:00; Saturday's and Sunday's hours do not count: half past ten on Monday.
    const receivedAt = shanghai('2026-02-27T16:00:00')
    h.clock.advance(3_600_000)
    const { id } = ok(await h.governance.complaint.open(complaintForm(receivedAt), { actor: 'u-huang' }))
    const view = (await h.governance.complaint.get(id)) as InstanceView
    expect(clockOf(view, 'handoff')?.standing.dueAt).toBe(receivedAt + clockOf(view, 'handoff')!.standing.dueAt! - receivedAt)
    expect(clockOf(view, 'handoff')?.clock.startedAt).toBe(receivedAt)
    h.clock.advance(86_400_000)
    ok(await h.governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' }))
    expect(await rungs(h, id)).toEqual(['handoff.warn', 'handoff.breach', 'handoff.escalate'])
  })
  test('CPL-02: a receipt lies neither ahead nor further back than the policy allows', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const open = (receivedAt: number) => h.governance.complaint.open(complaintForm(receivedAt), { actor: 'u-huang' })
    expect(codes(await open(h.clock.now() + 1))).toEqual(['too_late'])
    expect(codes(await open(h.clock.now() - duration('10d')))).toEqual(['too_early'])
  })
  test('CPL-02: only to a department of the policy', async () => {
    const { step } = await toldComplaint(s.received())
    expect(await step(complaint('u-huang', { type: 'forward', department: 'astrology' }))).toEqual(['value_not_allowed'])
  })
  test('CPL-08, I-40: the department disputes, the head of customer service decides, the clock runs', async () => {
    const { step, view } = await toldComplaint([
      ...s.assigned(),
      complaint('u-peters', { type: 'disputeAssignment', reason: 'a delivery matter' }),
    ])
    expect((await view()).projection).toMatchObject({ state: 'disputed', owner: 'customerService.head' })
    expect(clockOf(await view(), 'acceptance')?.clock.status).toBe('running')
    expect(await step(complaint('u-huang', { type: 'assign', department: 'sales', reason: 'theirs' }))).toEqual(['role_required'])
    expect(await step(complaint('u-okafor', { type: 'assign', department: 'sales', reason: 'theirs' }))).toEqual(['accepted'])
    expect((await view()).projection.owner).toBe('sales')
    expect(await step(complaint('u-wang', { type: 'accept' }))).toEqual(['accepted'])
    expect((await view()).context.handler).toBe('u-wang')
  })
  test('CPL-10: several matters are split into complaints of their own, linked, with the receipt of the first', async () => {
    const { h, id, step } = await toldComplaint(s.received({ named: ['u-liu'] }))
    expect(
      await step(complaint('u-okafor', { type: 'split', parts: [{ matter: 'late', sites: ['north'] }], reason: 'two matters' })),
    ).toEqual(['accepted'])
    const [part] = (await collect(h.store.find({ kind: 'complaint' }))).filter((p) => p.instanceId !== id)
    const child = (await h.governance.complaint.get(part?.instanceId ?? '')) as InstanceView
    expect(child.context).toMatchObject({
      matter: 'late',
      relatedTo: id,
      sites: ['north'],
      named: ['u-liu'],
      receivedAt: (await h.governance.complaint.get(id))?.context.receivedAt,
    })
  })
  test('CPL-02: a reclassification changes something, and tightens the clock where the policy says so', async () => {
    const tighter = {
      complaint: { tighter: [{ when: { severities: ['critical'] }, resolution: { amount: 2, unit: 'workingDays' } }] },
    }
    const { step, view } = await toldComplaint(s.received(), { policy: tighter })
    const reclassify = (severity: string) => complaint('u-okafor', { type: 'reclassify', severity, reason: 'line stopped' })
    expect(await step(reclassify('minor'))).toEqual(['nothing_to_change'])
    const before = clockOf(await view(), 'resolution')?.standing.dueAt ?? 0
    expect(await step(reclassify('critical'))).toEqual(['accepted'])
    const tight = clockOf(await view(), 'resolution')?.standing.dueAt ?? 0
    expect(tight).toBeLessThan(before)
    expect(await step(reclassify('minor'))).toEqual(['accepted'])
    expect(clockOf(await view(), 'resolution')?.standing.dueAt).toBe(tight)
  })
})

describe('investigation and determination', () => {
  test('CPL-03: not upheld with reasons and evidence, once the customer was told', async () => {
    const { step, view, h } = await toldComplaint(s.investigating())
    const notUphold = (customerToldAt: unknown): Step =>
      complaint('u-qian', { type: 'notUphold', reasons: 'misuse', evidence, customerToldAt })
    expect(await step(notUphold(h.clock.now() + 60_000))).toEqual(['too_late'])
    expect(await step(notUphold('@now'))).toEqual(['accepted'])
    expect((await view()).projection).toMatchObject({ state: 'notUpheld', open: false, nextDueAt: null, noDueReason: 'closed' })
  })
  test('CPL-11, decision 22: the technical department judges products, the responsible one everything else', async () => {
    const product = await toldComplaint(s.investigating())
    expect(await product.step(s.determine({}))).toEqual(['accepted'])
    const other = await toldComplaint(s.investigating({ about: 'delivery' }))
    expect(await other.step(s.determine())).toEqual(['role_required'])
    expect(await other.step({ ...s.determine(), actor: 'u-peters' })).toEqual(['accepted'])
  })
  test('CPL-11: rework has a nature of the policy, and its result is fed back before the handling is complete', async () => {
    const { step, view } = await toldComplaint(s.investigating())
    expect(await step(s.determine({ rework: 'magical' }))).toEqual(['value_not_allowed'])
    expect(await step(s.determine({ rework: 'chemical' }))).toEqual(['accepted'])
    expect(await step(s.plan())).toEqual(['accepted'])
    expect(await step(s.complete())).toEqual(['field_missing'])
    expect(await step(complaint('u-rossi', { type: 'reportRework', result: 'purity 99.8 %' }))).toEqual(['accepted'])
    expect((await view()).context.rework).toEqual({ nature: 'chemical', result: 'purity 99.8 %' })
    expect(await step(s.complete())).toEqual(['accepted'])
  })
  test('CPL-11: no result of a rework that nobody ordered', async () => {
    const { step } = await toldComplaint(s.handling())
    expect(await step(complaint('u-rossi', { type: 'reportRework', result: 'passed' }))).toEqual(['nothing_to_change'])
  })
  test('CPL-09: the account manager decides what becomes of returned goods; nobody else, and before all is done', async () => {
    const { step, view } = await toldComplaint(s.investigating())
    await step(s.determine({ goodsReturned: true }))
    await step(s.plan())
    expect(await step(s.complete())).toEqual(['field_missing'])
    const decide = (actor: string): Step =>
      complaint(actor, { type: 'decideReturn', disposition: 'concession', reason: 'usable' })
    expect(await step(decide('u-okafor'))).toEqual(['role_required'])
    expect(await step(decide('u-liu'))).toEqual(['accepted'])
    expect((await view()).context.disposition).toBe('concession')
    expect(await step(s.complete())).toEqual(['accepted'])
  })
  test('CPL-09: nothing to decide where nothing came back', async () => {
    const { step } = await toldComplaint(s.handling())
    expect(await step(complaint('u-liu', { type: 'decideReturn', disposition: 'scrap', reason: 'x' }))).toEqual([
      'nothing_to_change',
    ])
  })
  test('CPL-15: several departments meet before there is a plan', async () => {
    const { step } = await toldComplaint(s.planning({ complex: true }))
    expect(await step(s.plan())).toEqual(['field_missing'])
    const meeting = (heldAt: unknown): Step =>
      complaint('u-huang', { type: 'callMeeting', heldAt, departments: ['product', 'technical'], minutes: 'agreed' })
    expect(await step(meeting(7_258_118_400_000))).toEqual(['too_late'])
    expect(await step(meeting('@now'))).toEqual(['accepted'])
    expect(await step(s.plan())).toEqual(['accepted'])
  })
})
