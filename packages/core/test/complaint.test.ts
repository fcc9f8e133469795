import { describe, expect, test } from 'vitest'
import type { InstanceView } from '../src/index.ts'
import type { ComplaintContext } from '../src/workflows/complaint/types.ts'
import { codes, collect, createHarness, ok, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import { complaintForm, createSession, duration, play, type Step, type Story } from './support/story.ts'
import * as s from './support/stories.ts'

const { complaint, sweep } = s
const evidence = [{ uri: 'call:1' }]
type View = InstanceView<ComplaintContext>

/** Plays a story and shows the complaint; `step` goes on. */
async function told(story: Story, options: HarnessOptions = {}) {
  const h = createHarness(options)
  const played = await play(h, story)
  const id = played.id()
  let n = 0
  const session = createSession(h)
  for (const [name, of] of Object.entries(played.ids)) session.ids.set(name, of)
  const step = async (next: Step): Promise<readonly string[]> => {
    if (next.after !== undefined) h.clock.advance(duration(next.after))
    const result = await session.play(next, `next-${String((n += 1))}`)
    return result === null ? [] : codes(result)
  }
  const view = async (): Promise<View> => (await h.governance.complaint.get(id)) as View
  return { h, id, step, view, played }
}
const clock = (view: View, name: string) => view.clocks.find((c) => c.name === name)
const shanghai = (text: string): number => Date.parse(`${text}+08:00`)
const rungs = async (h: Harness, id: string): Promise<string[]> =>
  (await collect(h.governance.complaint.history(id))).flatMap((e) => e.settled.map((r) => `${r.clock}.${r.kind}`))

describe('intake and hand-off', () => {
  test.each(['hotline', 'email', 'onlineService', 'group'])('CPL-01: comes in by %s', async (channel) => {
    const { view } = await told(s.received({ channel }))
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
    const view = (await h.governance.complaint.get(id)) as View
    expect(clock(view, 'handoff')?.standing.dueAt).toBe(receivedAt + clock(view, 'handoff')!.standing.dueAt! - receivedAt)
    expect(clock(view, 'handoff')?.clock.startedAt).toBe(receivedAt)
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
    const { step } = await told(s.received())
    expect(await step(complaint('u-huang', { type: 'forward', department: 'astrology' }))).toEqual(['value_not_allowed'])
  })
  test('CPL-08, I-40: the department disputes, the head of customer service decides, the clock runs', async () => {
    const { step, view } = await told([
      ...s.assigned(),
      complaint('u-peters', { type: 'disputeAssignment', reason: 'a delivery matter' }),
    ])
    expect((await view()).projection).toMatchObject({ state: 'disputed', owner: 'customerService.head' })
    expect(clock(await view(), 'acceptance')?.clock.status).toBe('running')
    expect(await step(complaint('u-huang', { type: 'assign', department: 'sales', reason: 'theirs' }))).toEqual(['role_required'])
    expect(await step(complaint('u-okafor', { type: 'assign', department: 'sales', reason: 'theirs' }))).toEqual(['accepted'])
    expect((await view()).projection.owner).toBe('sales')
    expect(await step(complaint('u-wang', { type: 'accept' }))).toEqual(['accepted'])
    expect((await view()).context.handler).toBe('u-wang')
  })
  test('CPL-10: several matters are split into complaints of their own, linked, with the receipt of the first', async () => {
    const { h, id, step } = await told(s.received({ named: ['u-liu'] }))
    expect(
      await step(complaint('u-okafor', { type: 'split', parts: [{ matter: 'late', sites: ['north'] }], reason: 'two matters' })),
    ).toEqual(['accepted'])
    const [part] = (await collect(h.store.find({ kind: 'complaint' }))).filter((p) => p.instanceId !== id)
    const child = (await h.governance.complaint.get(part?.instanceId ?? '')) as View
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
    const { step, view } = await told(s.received(), { policy: tighter })
    const reclassify = (severity: string) => complaint('u-okafor', { type: 'reclassify', severity, reason: 'line stopped' })
    expect(await step(reclassify('minor'))).toEqual(['nothing_to_change'])
    const before = clock(await view(), 'resolution')?.standing.dueAt ?? 0
    expect(await step(reclassify('critical'))).toEqual(['accepted'])
    const tight = clock(await view(), 'resolution')?.standing.dueAt ?? 0
    expect(tight).toBeLessThan(before)
    expect(await step(reclassify('minor'))).toEqual(['accepted'])
    expect(clock(await view(), 'resolution')?.standing.dueAt).toBe(tight)
  })
})

describe('investigation and determination', () => {
  test('CPL-03: not upheld with reasons and evidence, once the customer was told', async () => {
    const { step, view, h } = await told(s.investigating())
    const notUphold = (customerToldAt: unknown): Step =>
      complaint('u-qian', { type: 'notUphold', reasons: 'misuse', evidence, customerToldAt })
    expect(await step(notUphold(h.clock.now() + 60_000))).toEqual(['too_late'])
    expect(await step(notUphold('@now'))).toEqual(['accepted'])
    expect((await view()).projection).toMatchObject({ state: 'notUpheld', open: false, nextDueAt: null, noDueReason: 'closed' })
  })
  test('CPL-11, decision 22: the technical department judges products, the responsible one everything else', async () => {
    const product = await told(s.investigating())
    expect(await product.step(s.determine({}))).toEqual(['accepted'])
    const other = await told(s.investigating({ about: 'delivery' }))
    expect(await other.step(s.determine())).toEqual(['role_required'])
    expect(await other.step({ ...s.determine(), actor: 'u-peters' })).toEqual(['accepted'])
  })
  test('CPL-11: rework has a nature of the policy, and its result is fed back before the handling is complete', async () => {
    const { step, view } = await told(s.investigating())
    expect(await step(s.determine({ rework: 'magical' }))).toEqual(['value_not_allowed'])
    expect(await step(s.determine({ rework: 'chemical' }))).toEqual(['accepted'])
    expect(await step(s.plan())).toEqual(['accepted'])
    expect(await step(s.complete())).toEqual(['field_missing'])
    expect(await step(complaint('u-rossi', { type: 'reportRework', result: 'purity 99.8 %' }))).toEqual(['accepted'])
    expect((await view()).context.rework).toEqual({ nature: 'chemical', result: 'purity 99.8 %' })
    expect(await step(s.complete())).toEqual(['accepted'])
  })
  test('CPL-11: no result of a rework that nobody ordered', async () => {
    const { step } = await told(s.handling())
    expect(await step(complaint('u-rossi', { type: 'reportRework', result: 'passed' }))).toEqual(['nothing_to_change'])
  })
  test('CPL-09: the account manager decides what becomes of returned goods; nobody else, and before all is done', async () => {
    const { step, view } = await told(s.investigating())
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
    const { step } = await told(s.handling())
    expect(await step(complaint('u-liu', { type: 'decideReturn', disposition: 'scrap', reason: 'x' }))).toEqual([
      'nothing_to_change',
    ])
  })
  test('CPL-15: several departments meet before there is a plan', async () => {
    const { step } = await told(s.planning({ complex: true }))
    expect(await step(s.plan())).toEqual(['field_missing'])
    const meeting = (heldAt: unknown): Step =>
      complaint('u-huang', { type: 'callMeeting', heldAt, departments: ['product', 'technical'], minutes: 'agreed' })
    expect(await step(meeting(7_258_118_400_000))).toEqual(['too_late'])
    expect(await step(meeting('@now'))).toEqual(['accepted'])
    expect(await step(s.plan())).toEqual(['accepted'])
  })
})

describe('handling and time', () => {
  test('CPL-04, P-05: seven working days from the receipt; the customer hears the result', async () => {
    const { view, h, id } = await told(s.handling())
    // Monday 2 March, the seventh working day after it is Wednesday 11 March, at the close.
    expect(clock(await view(), 'resolution')?.standing.dueAt).toBe(shanghai('2026-03-11T17:30:00'))
    h.clock.set('2026-03-11T17:30:00+08:00')
    await h.governance.sweep()
    expect((await rungs(h, id)).filter((r) => r.startsWith('resolution'))).toEqual(['resolution.warn', 'resolution.breach'])
    expect((await view()).projection.nextDue).toBe('resolution.escalate')
  })
  test('CPL-04: compensation above the limit is approved first; refused, it can be planned anew', async () => {
    const { step, view } = await told([...s.planning(), s.dearPlan])
    expect(await step(s.complete())).toEqual(['approval_missing'])
    expect(await step(s.cast(complaint, 'compensation', 'u-meyer', 'reject'))).toEqual(['accepted'])
    expect(await step(s.complete())).toEqual(['approval_missing'])
    expect(await step(s.plan({ compensation: { currency: 'USD', minor: 1 } }))).toEqual(['value_not_allowed'])
    expect(await step(s.plan({ compensation: { currency: 'CNY', minor: 1_000_000 } }))).toEqual(['accepted'])
    expect((await view()).context.approvals.compensation).toBeUndefined()
    expect(await step(s.complete())).toEqual(['accepted'])
  })
  test('CPL-04: an approved plan that changes needs its approval again', async () => {
    const { step } = await told([...s.planning(), s.dearPlan])
    for (const actor of ['u-meyer', 'u-okafor'])
      expect(await step(s.cast(complaint, 'compensation', actor, 'approve'))).toEqual(['accepted'])
    expect(await step({ ...s.dearPlan, command: { ...s.dearPlan.command, measures: 'two new ones' } })).toEqual(['accepted'])
    expect(await step(s.complete())).toEqual(['approval_missing'])
  })
  test('CPL-05, I-10: extended once, before the breach, by eight working days, approved by the head of service', async () => {
    const { step, view } = await told(s.investigating())
    expect(await step(s.extensionAsked)).toEqual(['accepted'])
    expect(await step(s.extensionAsked)).toEqual(['already_done'])
    expect(await step(s.cast(complaint, 'extension', 'u-wang', 'approve'))).toContain('not_an_elector')
    expect(await step(s.cast(complaint, 'extension', 'u-okafor', 'approve'))).toEqual(['accepted'])
    expect(clock(await view(), 'resolution')?.standing.dueAt).toBe(shanghai('2026-03-23T17:30:00'))
    expect(clock(await view(), 'progress')?.clock.status).toBe('running')
    expect(await step(s.extensionAsked)).toEqual(['already_done'])
  })
  test('CPL-05: not after the breach', async () => {
    const { step, h } = await told(s.investigating())
    h.clock.set('2026-03-11T17:30:00+08:00')
    expect(await step(s.extensionAsked)).toEqual(['clock_breached'])
  })
  test('CPL-05: an extension that nobody decided ends with its round and does not lengthen the next', async () => {
    const { step, view } = await told([...s.planning(), s.extensionAsked, s.plan(), s.complete(), s.dissatisfied])
    expect(await step(s.cast(complaint, 'extension', 'u-okafor', 'approve'))).toEqual(['approval_closed'])
    expect((await view()).context.extended).toBe(false)
    expect(await step({ ...s.extensionAsked })).toEqual(['accepted'])
  })
  test('CPL-05: after an extension a notice is owed every three working days; a missing one is a rung, and the next is owed again', async () => {
    const { step, h, id } = await told([
      ...s.investigating(),
      s.extensionAsked,
      s.cast(complaint, 'extension', 'u-okafor', 'approve'),
    ])
    expect(
      await step(complaint('u-peters', { type: 'reportProgress', toldAt: '@now', note: 'laboratory' }, { after: '2d' })),
    ).toEqual(['accepted'])
    await step(sweep('9d'))
    expect((await rungs(h, id)).filter((r) => r === 'progress.breach').length).toBe(2)
    expect(
      await step(complaint('u-peters', { type: 'reportProgress', toldAt: shanghai('2026-03-01T09:00:00'), note: 'x' })),
    ).toEqual(['too_early'])
  })
  test('CPL-05: a notice that nobody owed binds nobody to the next', async () => {
    const { step, view } = await told(s.investigating())
    expect(await step(complaint('u-peters', { type: 'reportProgress', toldAt: '@now', note: 'started' }))).toEqual(['accepted'])
    expect(clock(await view(), 'progress')).toBeUndefined()
  })
  test('decision 12: the clock pauses for a stated reason and a recorded question, resumes with the answer, and never beyond the caps', async () => {
    const { step, view } = await told(s.investigating())
    const wait = (reason: string): Step => complaint('u-peters', { type: 'waitForCustomer', reason, question: 'which batch?' })
    const reply = complaint('u-huang', { type: 'customerReplied', answer: 'batch 7' }, { after: '2d' })
    const due = clock(await view(), 'resolution')?.standing.dueAt ?? 0
    expect(await step(reply)).toEqual(['clock_not_paused'])
    expect(await step(wait('holiday'))).toEqual(['value_not_allowed'])
    expect(await step(wait('customerAnswer'))).toEqual(['accepted'])
    expect(await step(wait('customerAnswer'))).toEqual(['already_done', 'clock_not_running'].slice(0, 1))
    expect(clock(await view(), 'resolution')?.standing.paused).toBe(true)
    await step(s.determine())
    await step(s.plan())
    expect(await step(s.complete())).toEqual(['field_missing'])
    expect(await step(reply)).toEqual(['accepted'])
    expect(clock(await view(), 'resolution')?.standing.dueAt).toBeGreaterThan(due)
    // Ten working days a pause: the clock runs on by itself.
    expect(await step(wait('sampleOrSite'))).toEqual(['accepted'])
    await step(sweep('30d'))
    expect(clock(await view(), 'resolution')?.standing).toMatchObject({ paused: false })
    expect(await step(reply)).toEqual(['accepted'])
    await step(wait('customerAnswer'))
    await step(sweep('30d'))
    await step(reply)
    expect(await step(wait('customerAnswer'))).toEqual(['pause_cap_reached'])
  })
  test('decision 12: before a department works on it there is nothing to wait for', async () => {
    const { step } = await told(s.assigned())
    expect(await step(complaint('u-huang', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'which?' }))).toContain(
      'command_not_available',
    )
  })
  test('decision 12: an answer that comes while the complaint is handed on resumes the clock', async () => {
    const { step, view } = await told([
      ...s.investigating(),
      complaint('u-peters', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'which batch?' }),
      complaint('u-okafor', { type: 'assign', department: 'production', reason: 'made there' }),
    ])
    expect(await step(complaint('u-huang', { type: 'customerReplied', answer: 'batch 7' }))).toEqual(['accepted'])
    expect(clock(await view(), 'resolution')?.clock.status).toBe('running')
  })
})

describe('group feedback', () => {
  test.each([
    ['CPL-13, CPL-14, P-23: three working days', false, '2026-03-05T17:30:00'],
    ['CPL-15, P-24: fifteen working days where it is complex', true, '2026-03-23T17:30:00'],
  ])('%s', async (_, complex, due) => {
    const { view } = await told(s.received({ fromGroup: true, complex, channel: 'group' }))
    expect(clock(await view(), 'groupFeedback')?.standing.dueAt).toBe(shanghai(due))
  })
  test('CPL-14: what was asked in the group is explained in the group', async () => {
    const { step, view } = await told(s.handling({ fromGroup: true }))
    expect(await step(s.complete())).toEqual(['field_missing'])
    expect(await step(s.complete({ toldInGroup: true }))).toEqual(['accepted'])
    expect(clock(await view(), 'groupFeedback')?.clock.status).toBe('stopped')
  })
  test('CPL-13: what did not come from a group owes it nothing', async () => {
    const { view } = await told(s.received())
    expect(clock(await view(), 'groupFeedback')).toBeUndefined()
  })
})

describe('confirmation and rounds', () => {
  test('CPL-06: never on the company’s word: whoever handled it cannot confirm, and what was not seen is not judged', async () => {
    const { step, view } = await told(s.confirming(), {
      policy: { directory: { people: { 'u-peters': { roles: ['product', 'customerService'] } } } },
    })
    expect(await step({ ...s.satisfied(), actor: 'u-peters' })).toEqual(['maker_is_checker'])
    expect(await step(s.satisfied({ basis: undefined }))).toEqual(['basis_required'])
    expect(await step(s.satisfied({ basis: 'f'.repeat(64) }))).toEqual(['basis_changed'])
    expect(await step(s.satisfied())).toEqual(['accepted'])
    expect((await view()).context).toMatchObject({
      confirmation: 'confirmed',
      verdicts: [{ round: 1, cycle: 1, says: 'satisfied', saidBy: 'Ms Li' }],
    })
  })
  test('CPL-06: one cause at several sites: each confirms for itself', async () => {
    const { step, view } = await told(s.confirming({ sites: ['north', 'south'] }))
    expect(await step(s.satisfied())).toEqual(['field_missing'])
    expect(await step(s.satisfied({ site: 'east' }))).toEqual(['value_not_allowed'])
    expect(await step(s.satisfied({ site: 'north' }))).toEqual(['accepted'])
    expect((await view()).state).toBe('confirming')
    expect(await step(s.satisfied({ site: 'north' }))).toEqual(['accepted'])
    expect((await view()).state).toBe('confirming')
    expect(await step(s.satisfied({ site: 'south' }))).toEqual(['accepted'])
    expect((await view()).state).toBe('reviewing')
  })
  test('CPL-06: a site where there is none', async () => {
    const { step } = await told(s.confirming())
    expect(await step(s.satisfied({ site: 'north' }))).toEqual(['value_not_allowed'])
  })
  test('CPL-06: what a site said before the complaint was reopened confirms nothing now', async () => {
    const { step, view } = await told([
      ...s.confirming({ sites: ['north', 'south'] }),
      s.satisfied({ site: 'north' }),
      s.satisfied({ site: 'south' }),
      s.archive,
      complaint('u-huang', { type: 'reopen', reason: 'cracked again', evidence }),
      s.determine(),
      s.plan(),
      s.complete(),
    ])
    expect(await step(s.satisfied({ site: 'north' }))).toEqual(['accepted'])
    expect((await view()).state).toBe('confirming')
  })
  test('decision 11: not satisfied opens a round with its own clock, the first verdict stays; the second goes to the committee', async () => {
    const { step, view } = await told([...s.confirming(), s.dissatisfied])
    expect(await view()).toMatchObject({ state: 'planning', context: { round: 2, plan: null, result: null } })
    expect(clock(await view(), 'round')?.clock.status).toBe('running')
    for (const next of [s.plan(), s.complete(), s.partlySatisfied]) expect(await step(next)).toEqual(['accepted'])
    const committee = await view()
    expect(committee).toMatchObject({ state: 'inCommittee', projection: { owner: 'kaGroup.head' } })
    expect(committee.context.verdicts.map((v) => v.says)).toEqual(['dissatisfied', 'partlySatisfied'])
    for (const actor of ['u-wang', 'u-zhao', 'u-lin'])
      expect(await step(s.cast(complaint, 'dissatisfaction', actor, 'approve'))).toEqual(['accepted'])
    expect(await view()).toMatchObject({ state: 'closedWithoutSatisfaction', projection: { open: false } })
    expect((await view()).clocks.filter((c) => c.clock.status === 'running')).toEqual([])
  })
  test('decision 11: the committee may order a further round', async () => {
    const { step, view } = await told(s.inCommittee())
    for (const actor of ['u-wang', 'u-zhao', 'u-lin']) await step(s.cast(complaint, 'dissatisfaction', actor, 'sendBack'))
    expect(await view()).toMatchObject({ state: 'planning', context: { round: 3 } })
  })
  test('CPL-06: attempts on three days, and the time for them is over: closed as unconfirmed', async () => {
    const attempt = (after: string): Step =>
      complaint('u-huang', { type: 'recordContact', channel: 'email', at: '@now', outcome: 'notReached' }, { after })
    const { step, view } = await told([...s.confirming(), attempt('1h'), attempt('1h'), attempt('1h'), sweep('10d')])
    expect((await view()).state).toBe('confirming')
    expect(await step(attempt('1d'))).toEqual(['accepted'])
    expect((await view()).state).toBe('confirming')
    expect(await step(attempt('1d'))).toEqual(['accepted'])
    expect(await view()).toMatchObject({ state: 'reviewing', context: { confirmation: 'unconfirmed' } })
  })
  test('CPL-06: contacts from before the result was told are no attempts to confirm it', async () => {
    const { step, view, h } = await told(s.confirming(), { start: '2026-03-09T09:00:00+08:00' })
    for (const days of ['3d', '2d', '1d'])
      expect(
        await step(
          complaint('u-huang', {
            type: 'recordContact',
            channel: 'email',
            at: h.clock.now() - duration(days),
            outcome: 'notReached',
          }),
        ),
      ).toEqual(['accepted'])
    await step(sweep('10d'))
    expect((await view()).state).toBe('confirming')
  })
  test('CPL-06: a contact lies in the past', async () => {
    const { step } = await told(s.confirming())
    expect(
      await step(complaint('u-huang', { type: 'recordContact', channel: 'email', at: 7_258_118_400_000, outcome: 'reached' })),
    ).toEqual(['too_late'])
  })
})

describe('archive and afterwards', () => {
  test('CPL-07: no archive without lessons and a measure; whether it works is checked later, by somebody else, until it does', async () => {
    const { step, view } = await told(s.reviewing())
    const archiveWith = (form: object): Step => ({ ...s.archive, command: { ...s.archive.command, ...form } })
    await expect(step(archiveWith({ lessons: undefined }))).rejects.toMatchObject({ code: 'invalid_command' })
    expect(await step(s.archive)).toEqual(['accepted'])
    expect((await view()).projection).toMatchObject({
      state: 'archived',
      open: false,
      owner: 'person:u-tang',
      nextDue: 'preventionCheck.warn',
    })
    const check = (actor: string, form: object): Step =>
      complaint(actor, { type: 'checkPrevention', finding: 'seen', ...form }, { after: '80d' })
    expect(await step(check('u-garcia', { effective: true }))).toEqual(['maker_is_checker'])
    expect(await step(check('u-liu', { effective: false }))).toEqual(['field_missing'])
    expect(await step(check('u-liu', { effective: false, newMeasure: 'new supplier' }))).toEqual(['accepted'])
    expect(await step(check('u-liu', { effective: true }))).toEqual(['accepted'])
    expect(await step(check('u-liu', { effective: true }))).toEqual(['already_done'])
    expect((await view()).projection).toMatchObject({ owner: null, nextDueAt: null, noDueReason: 'closed' })
  })
  test('CPL-07: reopened within thirty days, with a new cycle and the old verdict kept', async () => {
    const { step, view } = await told(s.archived())
    expect(await step(complaint('u-huang', { type: 'reopen', reason: 'cracked again', evidence }, { after: '29d' }))).toEqual([
      'accepted',
    ])
    expect(await view()).toMatchObject({
      state: 'investigating',
      context: { cycle: 2, round: 1, confirmation: null, verdicts: [{ cycle: 1 }] },
    })
  })
  test('CPL-07: later a new complaint, linked to the old one', async () => {
    const { step, h, id } = await told(s.archived())
    expect(await step(complaint('u-huang', { type: 'reopen', reason: 'again', evidence }, { after: '40d' }))).toEqual([
      'too_late',
    ])
    const next = ok(await h.governance.complaint.open({ ...complaintForm(h.clock.now()), relatedTo: id }, { actor: 'u-huang' }))
    expect((await h.governance.complaint.get(next.id))?.context.relatedTo).toBe(id)
  })
  test('CPL-02: a duplicate is one of another complaint', async () => {
    const { step, id, view } = await told(s.received())
    expect(await step(complaint('u-huang', { type: 'markDuplicate', of: id }))).toEqual(['value_not_allowed'])
    expect(await step(complaint('u-huang', { type: 'markDuplicate', of: 'cmp-first' }))).toEqual(['accepted'])
    expect(await view()).toMatchObject({ state: 'duplicate', context: { relatedTo: 'cmp-first' } })
  })
})

describe('people who are complained about', () => {
  const about = { named: ['u-liu'] }
  test('CON-01: a complaint against the account manager goes to the head of the KA department; the manager has no part in it', async () => {
    const { step, view, h } = await told(s.investigating(about))
    await step(s.determine({ goodsReturned: true }))
    await step(s.plan())
    const decide = (actor: string): Step => complaint(actor, { type: 'decideReturn', disposition: 'scrap', reason: 'x' })
    expect(await step(decide('u-liu'))).toEqual(['role_required', 'person_barred'])
    expect(await step(decide('u-smith'))).toEqual(['role_required'])
    expect(await step(decide('u-sun'))).toEqual(['accepted'])
    expect((await view()).context.managerNamed).toBe(true)
    await sweepAll(h.governance)
    const toldAtOpening = h.told.find(
      (d) => d.type === 'notify' && (d.params as { message: string }).message === 'complaintReceived',
    )
    expect((toldAtOpening?.params as { to: string[] }).to).not.toContain('accountManager')
    expect((toldAtOpening?.params as { to: string[] }).to).toContain('keyAccounts.head')
  })
  test('CON-01: barred from every act and every office: as a handler, as owner of the prevention, as voter, by a delegate, from opening it', async () => {
    const named = { named: ['u-peters', 'u-wang', 'u-tang', 'u-huang'] }
    const policy = { directory: { delegations: [{ from: 'u-peters', to: 'u-zhao', since: '2026-01-01', until: '2026-12-31' }] } }
    const { step } = await told(
      [
        { on: 'adopt' },
        { on: 'open', actor: 'u-garcia', command: named },
        complaint('u-garcia', { type: 'forward', department: 'product' }),
      ],
      { policy },
    )
    expect(await step(complaint('u-peters', { type: 'accept' }))).toEqual(['person_barred'])
    expect(await step(complaint('u-zhao', { type: 'accept' }, { onBehalfOf: 'u-peters' }))).toEqual(['person_barred'])
    expect(await step(complaint('u-zhao', { type: 'accept', handler: 'u-peters' }))).toEqual(['person_barred'])
    expect(await step(complaint('u-zhao', { type: 'accept' }))).toEqual(['accepted'])
    for (const next of [s.determine(), { ...s.plan(), actor: 'u-zhao' }, { ...s.complete(), actor: 'u-zhao' }])
      expect(await step(next)).toEqual(['accepted'])
    for (const next of [
      { ...s.dissatisfied, actor: 'u-garcia' },
      { ...s.plan(), actor: 'u-zhao' },
      { ...s.complete(), actor: 'u-zhao' },
      { ...s.dissatisfied, actor: 'u-garcia' },
    ])
      expect(await step(next)).toEqual(['accepted'])
    expect(await step(s.cast(complaint, 'dissatisfaction', 'u-wang', 'approve'))).toContain('person_barred')
    expect(
      await step(complaint('u-lin', { type: 'addApprover', approval: 'dissatisfaction', person: 'u-tang', reason: 'knows' })),
    ).toEqual(['person_barred'])
    const h = createHarness()
    await play(h, s.adopted)
    expect(
      codes(await h.governance.complaint.open({ ...complaintForm(h.clock.now()), named: ['u-huang'] }, { actor: 'u-huang' })),
    ).toEqual(['person_barred'])
  })
  test('CON-01: the prevention has an owner who is not named', async () => {
    const { step } = await told(s.reviewing({ named: ['u-tang'] }))
    expect(await step(s.archive)).toEqual(['person_barred'])
  })
})

describe('approvals: practice [I-17]', () => {
  test('an elector who leaves is replaced by the substitute; electors are people once', async () => {
    const { step, view } = await told([...s.investigating(), s.extensionAsked])
    expect(
      await step(complaint('u-okafor', { type: 'addApprover', approval: 'extension', person: 'u-okafor', reason: 'me again' })),
    ).toEqual(['elector_exists'])
    expect(await step(complaint('u-okafor', { type: 'recuse', approval: 'extension', reason: 'related' }))).toEqual(['accepted'])
    expect((await view()).approvals['extension']?.mayAct.map((a) => a.person)).toEqual(['u-lin'])
    expect(await step(s.cast(complaint, 'extension', 'u-lin', 'approve'))).toEqual(['accepted'])
    expect((await view()).context.extended).toBe(true)
  })
  test('a delegate votes with both names in the journal, whichever way it is said', async () => {
    const policy = { directory: { delegations: [{ from: 'u-okafor', to: 'u-sun', since: '2026-01-01', until: '2026-12-31' }] } }
    for (const way of ['command', 'sender'] as const) {
      const { step, h, id } = await told([...s.investigating(), s.extensionAsked], { policy })
      const cast = s.cast(complaint, 'extension', 'u-sun', 'approve', way === 'command' ? { onBehalfOf: 'u-okafor' } : {})
      expect(await step(way === 'sender' ? { ...cast, onBehalfOf: 'u-okafor' } : cast)).toEqual(['accepted'])
      const entry = (await collect(h.governance.complaint.history(id))).at(-1)
      expect(JSON.stringify(entry)).toContain('"chain":["u-okafor","u-sun"]')
      expect(entry?.actor.id).toBe('u-sun')
    }
  })
  test('a vote is bound to what was seen', async () => {
    const { step } = await told([...s.investigating(), s.extensionAsked])
    const bound = (basis: string | undefined) =>
      complaint('u-okafor', {
        type: 'vote',
        approval: 'extension',
        decision: 'approve',
        ...(basis === undefined ? {} : { basis }),
      })
    expect(await step(bound(undefined))).toEqual(['basis_required'])
    expect(await step(bound('another'))).toEqual(['basis_changed'])
    expect(await step(s.cast(complaint, 'dissatisfaction', 'u-okafor', 'approve'))).toEqual(['approval_closed'])
    expect(
      await step(complaint('u-okafor', { type: 'vote', approval: 'extension', decision: 'reject', basis: '@approval' })),
    ).toEqual(['field_missing'])
  })
})

test('CPL-16 is served by find: matters, departments and severities stand on every projection', async () => {
  const { h } = await told(s.assigned())
  const [shown] = await collect(h.store.find({ kind: 'complaint' }))
  expect(shown?.fields).toMatchObject({ severity: 'minor', about: 'product', department: 'product', tier: 'B', round: 1 })
})
