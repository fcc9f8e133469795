import { describe, expect, test } from 'vitest'
import * as s from './support/stories.ts'
import type { Step } from './support/story.ts'
import { rungs, clockOf, shanghai, toldComplaint } from './support/told.ts'

const { complaint, sweep } = s

describe('handling and time', () => {
  test('CPL-04, P-05: seven working days from the receipt; the customer hears the result', async () => {
    const { view, h, id } = await toldComplaint(s.handling())
    // Monday 2 March, the seventh working day after it is Wednesday 11 March, at the close.
    expect(clockOf(await view(), 'resolution')?.standing.dueAt).toBe(shanghai('2026-03-11T17:30:00'))
    h.clock.set('2026-03-11T17:30:00+08:00')
    await h.governance.sweep()
    expect((await rungs(h, id)).filter((r) => r.startsWith('resolution'))).toEqual(['resolution.warn', 'resolution.breach'])
    expect((await view()).projection.nextDue).toBe('resolution.escalate')
  })
  test('CPL-04: compensation above the limit is approved first; refused, it can be planned anew', async () => {
    const { step, view } = await toldComplaint([...s.planning(), s.dearPlan])
    expect(await step(s.complete())).toEqual(['approval_missing'])
    expect(await step(s.cast(complaint, 'compensation', 'u-meyer', 'reject'))).toEqual(['accepted'])
    expect(await step(s.complete())).toEqual(['approval_missing'])
    expect(await step(s.plan({ compensation: { currency: 'USD', minor: 1 } }))).toEqual(['value_not_allowed'])
    expect(await step(s.plan({ compensation: { currency: 'CNY', minor: 1_000_000 } }))).toEqual(['accepted'])
    expect((await view()).context.approvals.compensation).toBeUndefined()
    expect(await step(s.complete())).toEqual(['accepted'])
  })
  test('CPL-04: an approved plan that changes needs its approval again', async () => {
    const { step } = await toldComplaint([...s.planning(), s.dearPlan])
    for (const actor of ['u-meyer', 'u-okafor'])
      expect(await step(s.cast(complaint, 'compensation', actor, 'approve'))).toEqual(['accepted'])
    expect(await step({ ...s.dearPlan, command: { ...s.dearPlan.command, measures: 'two new ones' } })).toEqual(['accepted'])
    expect(await step(s.complete())).toEqual(['approval_missing'])
  })
  test('CPL-05, I-10: extended once, before the breach, by eight working days, approved by the head of service', async () => {
    const { step, view } = await toldComplaint(s.investigating())
    expect(await step(s.extensionAsked)).toEqual(['accepted'])
    expect(await step(s.extensionAsked)).toEqual(['already_done'])
    expect(await step(s.cast(complaint, 'extension', 'u-wang', 'approve'))).toContain('not_an_elector')
    expect(await step(s.cast(complaint, 'extension', 'u-okafor', 'approve'))).toEqual(['accepted'])
    expect(clockOf(await view(), 'resolution')?.standing.dueAt).toBe(shanghai('2026-03-23T17:30:00'))
    expect(clockOf(await view(), 'progress')?.clock.status).toBe('running')
    expect(await step(s.extensionAsked)).toEqual(['already_done'])
  })
  test('CPL-05: not after the breach', async () => {
    const { step, h } = await toldComplaint(s.investigating())
    h.clock.set('2026-03-11T17:30:00+08:00')
    expect(await step(s.extensionAsked)).toEqual(['clock_breached'])
  })
  test('CPL-05: an extension that nobody decided ends with its round and does not lengthen the next', async () => {
    const { step, view } = await toldComplaint([...s.planning(), s.extensionAsked, s.plan(), s.complete(), s.dissatisfied])
    expect(await step(s.cast(complaint, 'extension', 'u-okafor', 'approve'))).toEqual(['approval_closed'])
    expect((await view()).context.extended).toBe(false)
    expect(await step({ ...s.extensionAsked })).toEqual(['accepted'])
  })
  test('CPL-05: after an extension a notice is owed every three working days; a missing one is a rung, and the next is owed again', async () => {
    const { step, h, id } = await toldComplaint([
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
    const { step, view } = await toldComplaint(s.investigating())
    expect(await step(complaint('u-peters', { type: 'reportProgress', toldAt: '@now', note: 'started' }))).toEqual(['accepted'])
    expect(clockOf(await view(), 'progress')).toBeUndefined()
  })
  test('decision 12: the clock pauses for a stated reason and a recorded question, resumes with the answer, and never beyond the caps', async () => {
    const { step, view } = await toldComplaint(s.investigating())
    const wait = (reason: string): Step => complaint('u-peters', { type: 'waitForCustomer', reason, question: 'which batch?' })
    const reply = complaint('u-huang', { type: 'customerReplied', answer: 'batch 7' }, { after: '2d' })
    const due = clockOf(await view(), 'resolution')?.standing.dueAt ?? 0
    expect(await step(reply)).toEqual(['clock_not_paused'])
    expect(await step(wait('holiday'))).toEqual(['value_not_allowed'])
    expect(await step(wait('customerAnswer'))).toEqual(['accepted'])
    expect(await step(wait('customerAnswer'))).toEqual(['already_done', 'clock_not_running'].slice(0, 1))
    expect(clockOf(await view(), 'resolution')?.standing.paused).toBe(true)
    await step(s.determine())
    await step(s.plan())
    expect(await step(s.complete())).toEqual(['field_missing'])
    expect(await step(reply)).toEqual(['accepted'])
    expect(clockOf(await view(), 'resolution')?.standing.dueAt).toBeGreaterThan(due)
    // Ten working days a pause: the clock runs on by itself.
    expect(await step(wait('sampleOrSite'))).toEqual(['accepted'])
    await step(sweep('30d'))
    expect(clockOf(await view(), 'resolution')?.standing).toMatchObject({ paused: false })
    expect(await step(reply)).toEqual(['accepted'])
    await step(wait('customerAnswer'))
    await step(sweep('30d'))
    await step(reply)
    expect(await step(wait('customerAnswer'))).toEqual(['pause_cap_reached'])
  })
  test('decision 12: before a department works on it there is nothing to wait for', async () => {
    const { step } = await toldComplaint(s.assigned())
    expect(await step(complaint('u-huang', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'which?' }))).toContain(
      'command_not_available',
    )
  })
  test('decision 12: an answer that comes while the complaint is handed on resumes the clock', async () => {
    const { step, view } = await toldComplaint([
      ...s.investigating(),
      complaint('u-peters', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'which batch?' }),
      complaint('u-okafor', { type: 'assign', department: 'production', reason: 'made there' }),
    ])
    expect(await step(complaint('u-huang', { type: 'customerReplied', answer: 'batch 7' }))).toEqual(['accepted'])
    expect(clockOf(await view(), 'resolution')?.clock.status).toBe('running')
  })
})

describe('group feedback', () => {
  test.each([
    ['CPL-13, CPL-14, P-23: three working days', false, '2026-03-05T17:30:00'],
    ['CPL-15, P-24: fifteen working days where it is complex', true, '2026-03-23T17:30:00'],
  ])('%s', async (_, complex, due) => {
    const { view } = await toldComplaint(s.received({ fromGroup: true, complex, channel: 'group' }))
    expect(clockOf(await view(), 'groupFeedback')?.standing.dueAt).toBe(shanghai(due))
  })
  test('CPL-14: what was asked in the group is explained in the group', async () => {
    const { step, view } = await toldComplaint(s.handling({ fromGroup: true }))
    expect(await step(s.complete())).toEqual(['field_missing'])
    expect(await step(s.complete({ toldInGroup: true }))).toEqual(['accepted'])
    expect(clockOf(await view(), 'groupFeedback')?.clock.status).toBe('stopped')
  })
  test('CPL-13: what did not come from a group owes it nothing', async () => {
    const { view } = await toldComplaint(s.received())
    expect(clockOf(await view(), 'groupFeedback')).toBeUndefined()
  })
})
