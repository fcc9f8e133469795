import { describe, expect, it } from 'vitest'
import { change, fill, send } from '../../rules/testing/asking.ts'
import { at, berlin, hour } from '../../sla/testing/fixtures.ts'
import { asked, now, terms, value } from './testing/asked.ts'
import type { ComplaintContext } from './types.ts'

// The plan of a complaint, its completion and what comes after, asked directly: where each rule begins to refuse, and every word of what it says then
// [CPL-04, CPL-06, CPL-07, CPL-09, CPL-11, CPL-14, CPL-15, I-17].

describe('a plan', () => {
  it('comes after the meeting where several departments are concerned [CPL-15]', () => {
    const plans = (complex: boolean, meetings: number) => asked('mayPlanAfterMeeting', { context: { complex, meetings } })
    expect([plans(false, 0), plans(true, 1)]).toEqual([[null], [null]])
    expect(plans(true, 0)).toEqual([
      {
        rule: 'mayPlanAfterMeeting',
        clause: 'CPL-15',
        code: 'field_missing',
        required: 'meeting',
        actual: 0,
        remedy: send('callMeeting'),
      },
    ])
  })

  it('promises money in the currency of the policy [CPL-04]', () => {
    const promises = (compensation?: object) => asked('mayPromiseInPolicyCurrency', { ...terms, command: { compensation } })
    expect([promises(), promises({ minor: 1, currency: 'CNY' })]).toEqual([[null], [null]])
    expect(promises({ minor: 1, currency: 'USD' })).toEqual([
      value('mayPromiseInPolicyCurrency', 'CPL-04', 'currency', 'compensation.currency', ['CNY'], 'USD'),
    ])
  })

  it('sends to rework of a nature that the policy knows [CPL-11]', () => {
    const judges = (rework?: string) => asked('mayJudgeRework', { ...terms, command: { rework } })
    expect([judges(), judges('replace')]).toEqual([[null], [null]])
    expect(judges('scrap')).toEqual([
      value('mayJudgeRework', 'CPL-11', 'complaint.reworkNatures', 'rework', ['repair', 'replace'], 'scrap'),
    ])
  })
})

describe('a round of handling is complete', () => {
  const missing = (rule: string, clause: string, required: string, actual: unknown, remedy: object) => [
    { rule, clause, code: 'field_missing', required, actual, remedy },
  ]

  it('after the result of the rework [CPL-11]', () => {
    const completes = (rework: ComplaintContext['rework']) => asked('mayCompleteAfterRework', { context: { rework } })
    expect([completes(null), completes({ nature: 'repair', result: 'done' })]).toEqual([[null], [null]])
    expect(completes({ nature: 'repair', result: null })).toEqual(
      missing('mayCompleteAfterRework', 'CPL-11', 'reworkResult', null, send('reportRework')),
    )
  })

  it('after it was decided what becomes of returned goods [CPL-09]', () => {
    const completes = (goodsReturned: boolean, disposition: ComplaintContext['disposition']) =>
      asked('mayCompleteAfterReturn', { context: { goodsReturned, disposition } })
    expect([completes(false, null), completes(true, 'scrap')]).toEqual([[null], [null]])
    expect(completes(true, null)).toEqual(missing('mayCompleteAfterReturn', 'CPL-09', 'disposition', null, send('decideReturn')))
  })

  it('with a compensation that was approved, if it had to be [CPL-04]', () => {
    const completes = (compensation: object | undefined, promised: object | null) =>
      asked('mayCompleteWithApprovedCompensation', {
        ...terms,
        context: {
          approvals: compensation === undefined ? {} : { compensation },
          plan: promised === null ? null : { compensation: promised },
        } as never,
      })
    const promised = { minor: 200_000, currency: 'CNY' }
    const open = { decision: null }
    expect([completes(undefined, promised), completes({ decision: { outcome: 'approved' } }, promised)]).toEqual([[null], [null]])
    const refusal = {
      rule: 'mayCompleteWithApprovedCompensation',
      clause: 'CPL-04',
      code: 'approval_missing',
      parameter: 'complaint.compensationLimit',
      required: { minor: 100_000, currency: 'CNY' },
      remedy: send('vote'),
    }
    expect(completes(open, promised)).toEqual([{ ...refusal, actual: promised }])
    expect(completes({ decision: { outcome: 'rejected' } }, null)).toEqual([{ ...refusal, actual: null }])
  })

  it('when the customer owes no answer [CPL-06]', () => {
    const completes = (waiting: ComplaintContext['waiting']) => asked('mayCompleteWhenNotWaiting', { context: { waiting } })
    expect(completes(null)).toEqual([null])
    expect(completes({ reason: 'sample', question: 'Which batch?', since: 1 })).toEqual(
      missing('mayCompleteWhenNotWaiting', 'CPL-06', 'answer', 'Which batch?', send('customerReplied')),
    )
  })

  it('when the group heard what was asked in the group, and the customer was told by now [CPL-14]', () => {
    const completes = (fromGroup: boolean, command: object) =>
      asked('mayCompleteWhenGroupTold', { context: { fromGroup }, command: { customerToldAt: now, ...command }, at: now })
    expect([completes(false, {}), completes(true, { toldInGroup: true })]).toEqual([
      [null, null],
      [null, null],
    ])
    const [untold] = missing('mayCompleteWhenGroupTold', 'CPL-14', 'toldInGroup', false, fill('toldInGroup'))
    const late = {
      rule: 'mayCompleteWhenGroupTold',
      clause: 'CPL-14',
      code: 'too_late',
      required: now,
      actual: now + 1,
      remedy: change('customerToldAt', now),
    }
    expect(completes(true, { customerToldAt: now + 1 })).toEqual([untold, late])
  })

  it('reports and decides only what was ordered [CPL-09, CPL-11]', () => {
    const nothing = (rule: string, clause: string, required: string, actual: unknown) => [
      { rule, clause, code: 'nothing_to_change', required, actual, remedy: send('determine') },
    ]
    const rework = { nature: 'repair', result: null }
    expect(asked('mayReportOrderedRework', { context: { rework } })).toEqual([null])
    expect(asked('mayReportOrderedRework', {})).toEqual(nothing('mayReportOrderedRework', 'CPL-11', 'rework', null))
    expect(asked('mayDecideReturnedGoods', { context: { goodsReturned: true } })).toEqual([null])
    expect(asked('mayDecideReturnedGoods', {})).toEqual(nothing('mayDecideReturnedGoods', 'CPL-09', 'goodsReturned', false))
  })
})

describe('things are recorded when they have happened [CPL-06]', () => {
  it.each([
    ['recordContact', 'at'],
    ['reportProgress', 'toldAt'],
    ['callMeeting', 'heldAt'],
    ['requestExtension', 'customerToldAt'],
    ['notUphold', 'customerToldAt'],
  ])('%s', (type, field) => {
    const records = (when: number) => asked('mayRecordOnlyThePast', { command: { type, [field]: when }, at: now })
    expect(records(now)).toEqual([null])
    expect(records(now + 1)).toEqual([
      {
        rule: 'mayRecordOnlyThePast',
        clause: 'CPL-06',
        code: 'too_late',
        required: now,
        actual: now + 1,
        remedy: change(field, now),
      },
    ])
  })
})

describe('what comes after', () => {
  it('is another handling, if asked for in time [CPL-07]', () => {
    const until = at('03-04 10:00')
    const reopens = (when: number, archivedAt: number | null = at('03-02 10:00')) =>
      asked('mayReopenInTime', { ...terms, context: { archivedAt }, at: when })
    expect([reopens(now), reopens(until)]).toEqual([[null], [null]])
    const late = {
      rule: 'mayReopenInTime',
      clause: 'CPL-07',
      code: 'too_late',
      parameter: 'complaint.reopenWithin',
      remedy: send('complaint.open'),
    }
    expect(reopens(until + 1)).toEqual([{ ...late, required: until, actual: until + 1 }])
    // What was never archived is as good as archived long ago.
    expect(asked('mayReopenInTime', { ...terms, calendar: berlin, at: 300 * hour })).toMatchObject([{ code: 'too_late' }])
  })

  it('is one check of the measure, and another measure if it did not work [CPL-07]', () => {
    const checks = (effective: boolean | null | undefined, command: object) =>
      asked('mayCheckPreventionOnce', {
        context: { prevention: effective === undefined ? null : { measure: 'train', owner: 'li', effective } },
        command,
      })
    expect([checks(undefined, { effective: true }), checks(null, { effective: false, newMeasure: 'train again' })]).toEqual([
      [null, null],
      [null, null],
    ])
    const refusal = { rule: 'mayCheckPreventionOnce', clause: 'CPL-07' }
    const done = (actual: boolean) => ({ ...refusal, code: 'already_done', required: null, actual })
    expect([checks(true, { effective: true }), checks(false, { effective: true })]).toEqual([
      [done(true), null],
      [done(false), null],
    ])
    expect(checks(null, { effective: false })).toEqual([
      null,
      { ...refusal, code: 'field_missing', required: 'newMeasure', actual: null, remedy: fill('newMeasure') },
    ])
  })

  it('is the word of each site [CPL-06]', () => {
    const confirms = (sites: readonly string[], site?: string) =>
      asked('mayConfirmForSite', { context: { sites }, command: { site } })
    const refusal = { rule: 'mayConfirmForSite', clause: 'CPL-06' }
    expect([confirms([]), confirms(['wuxi', 'suzhou'], 'suzhou')]).toEqual([[null], [null]])
    expect(confirms([], 'wuxi')).toEqual([{ ...refusal, code: 'value_not_allowed', required: [], actual: 'wuxi' }])
    expect(confirms(['wuxi', 'suzhou'])).toEqual([
      { ...refusal, code: 'field_missing', required: 'site', actual: null, remedy: fill('site') },
    ])
    expect(confirms(['wuxi', 'suzhou'], 'hefei')).toEqual([
      value('mayConfirmForSite', 'CPL-06', 'sites', 'site', ['wuxi', 'suzhou'], 'hefei'),
    ])
  })

  it('leaves no approval to act on where none is waited for [I-17]', () => {
    const acts = (state: string) => asked('mayActOnOpenApproval', { state, command: { type: 'recuse' } })
    const closed = { rule: 'mayActOnOpenApproval', clause: 'I-17', code: 'approval_closed', actual: null }
    expect(acts('inCommittee')).toEqual([{ ...closed, required: ['dissatisfaction'] }])
    expect(acts('planning')).toEqual([{ ...closed, required: ['extension', 'compensation'] }])
  })
})
