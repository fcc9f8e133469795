import { describe, expect, test } from 'vitest'
import { ok } from './support/harness.ts'
import * as s from './support/stories.ts'
import { complaintForm, duration, type Step } from './support/story.ts'
import { clockOf, toldComplaint } from './support/told.ts'

const { complaint, sweep } = s
const evidence = [{ uri: 'call:1' }]

describe('confirmation and rounds', () => {
  test('CPL-06: never on the company’s word: whoever handled it cannot confirm, and what was not seen is not judged', async () => {
    const { step, view } = await toldComplaint(s.confirming(), {
      policy: { directory: { people: { 'u-peters': { roles: ['product', 'productManager', 'customerService'] } } } },
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
    const { step, view } = await toldComplaint(s.confirming({ sites: ['north', 'south'] }))
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
    const { step } = await toldComplaint(s.confirming())
    expect(await step(s.satisfied({ site: 'north' }))).toEqual(['value_not_allowed'])
  })
  test('CPL-06: what a site said before the complaint was reopened confirms nothing now', async () => {
    const { step, view } = await toldComplaint([
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
    const { step, view } = await toldComplaint([...s.confirming(), s.dissatisfied])
    expect(await view()).toMatchObject({ state: 'planning', context: { round: 2, plan: null, result: null } })
    expect(clockOf(await view(), 'round')?.clock.status).toBe('running')
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
    const { step, view } = await toldComplaint(s.inCommittee())
    for (const actor of ['u-wang', 'u-zhao', 'u-lin']) await step(s.cast(complaint, 'dissatisfaction', actor, 'sendBack'))
    expect(await view()).toMatchObject({ state: 'planning', context: { round: 3 } })
  })
  test('CPL-06: attempts on three days, and the time for them is over: closed as unconfirmed', async () => {
    const attempt = (after: string): Step =>
      complaint('u-huang', { type: 'recordContact', channel: 'email', at: '@now', outcome: 'notReached' }, { after })
    const { step, view } = await toldComplaint([...s.confirming(), attempt('1h'), attempt('1h'), attempt('1h'), sweep('10d')])
    expect((await view()).state).toBe('confirming')
    expect(await step(attempt('1d'))).toEqual(['accepted'])
    expect((await view()).state).toBe('confirming')
    expect(await step(attempt('1d'))).toEqual(['accepted'])
    expect(await view()).toMatchObject({ state: 'reviewing', context: { confirmation: 'unconfirmed' } })
  })
  test('CPL-06: contacts from before the result was told are no attempts to confirm it', async () => {
    const { step, view, h } = await toldComplaint(s.confirming(), { start: '2026-03-09T09:00:00+08:00' })
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
    const { step } = await toldComplaint(s.confirming())
    expect(
      await step(complaint('u-huang', { type: 'recordContact', channel: 'email', at: 7_258_118_400_000, outcome: 'reached' })),
    ).toEqual(['too_late'])
  })
})

describe('archive and afterwards', () => {
  test('CPL-07: no archive without lessons and a measure; whether it works is checked later, by somebody else, until it does', async () => {
    const { step, view } = await toldComplaint(s.reviewing())
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
    const { step, view } = await toldComplaint(s.archived())
    expect(await step(complaint('u-huang', { type: 'reopen', reason: 'cracked again', evidence }, { after: '29d' }))).toEqual([
      'accepted',
    ])
    expect(await view()).toMatchObject({
      state: 'investigating',
      context: { cycle: 2, round: 1, confirmation: null, verdicts: [{ cycle: 1 }] },
    })
  })
  test('CPL-07: later a new complaint, linked to the old one', async () => {
    const { step, h, id } = await toldComplaint(s.archived())
    expect(await step(complaint('u-huang', { type: 'reopen', reason: 'again', evidence }, { after: '40d' }))).toEqual([
      'too_late',
    ])
    const next = ok(await h.governance.complaint.open({ ...complaintForm(h.clock.now()), relatedTo: id }, { actor: 'u-huang' }))
    expect((await h.governance.complaint.get(next.id))?.context.relatedTo).toBe(id)
  })
  test('CPL-02: a duplicate is one of another complaint', async () => {
    const { step, id, view } = await toldComplaint(s.received())
    expect(await step(complaint('u-huang', { type: 'markDuplicate', of: id }))).toEqual(['value_not_allowed'])
    expect(await step(complaint('u-huang', { type: 'markDuplicate', of: 'cmp-first' }))).toEqual(['accepted'])
    expect(await view()).toMatchObject({ state: 'duplicate', context: { relatedTo: 'cmp-first' } })
  })
})
