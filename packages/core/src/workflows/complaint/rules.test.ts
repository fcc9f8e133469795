import { describe, expect, it } from 'vitest'
import { at, berlin, calendar, hour, ladder } from '../../sla/testing/fixtures.ts'
import { extendClock, pauseClock, startClock, type Clock } from '../../sla/index.ts'
import * as rules from './rules.ts'
import { initialComplaint, type ComplaintContext } from './types.ts'

// The rules of a complaint, asked directly: where each begins to refuse, and every word of what it says then [CPL-01 … CPL-15, CON-01].

type Rules = typeof rules
type Name = { [N in keyof Rules]: Rules[N] extends { check: unknown } ? N : never }[keyof Rules]
/** What a rule reads, and nothing else: a rule that reads more fails here. */
type Asked = {
  readonly context?: Partial<ComplaintContext>
  readonly command?: object
  readonly at?: number
  readonly [name: string]: unknown
}
const asked = (name: Name, { context, ...rest }: Asked): readonly unknown[] =>
  rules[name].check({ ...rest, context: { ...initialComplaint, ...context } } as never)
const send = (command: string) => ({ kind: 'send', command })
const fill = (field: string) => ({ kind: 'fill', field })
const change = (field: string, to: unknown) => ({ kind: 'change', field, to })

const now = at('03-03 10:00')
/** Days of eight working hours. */
const days = (amount: number) => ({ amount: 8 * amount, unit: 'workingHours' as const })
const terms = {
  calendar,
  policy: {
    currency: 'CNY',
    departments: { service: {}, quality: {} },
    complaint: {
      channels: { phone: {}, wechat: {} },
      severities: [{ id: 'minor' }, { id: 'major' }],
      reworkNatures: { repair: {}, replace: {} },
      compensationLimit: { minor: 100_000, currency: 'CNY' },
      reopenWithin: days(2),
    },
    sla: {
      maxBackdate: days(1),
      pauseReasons: { customerAnswer: {}, sample: {} },
      maxPause: { each: days(1), total: days(2) },
      ladder,
    },
  },
}
const value = (rule: Name, clause: string, parameter: string, field: string, required: readonly unknown[], actual: unknown) => ({
  rule,
  clause,
  code: 'value_not_allowed',
  parameter,
  required,
  actual,
  remedy: change(field, required[0] ?? null),
})

describe('whoever is named in a complaint [CON-01]', () => {
  const barred = (rule: Name, actual: string) => [
    { rule, clause: 'CON-01', code: 'person_barred', required: 'not named in the complaint', actual },
  ]

  it('acts in it neither in person nor behind another’s hand', () => {
    const acts = (actor: object) =>
      asked('mayActUnlessNamed', { command: { type: 'vote', named: ['li'] }, actor, context: { named: ['wang'] } })
    expect([acts({ id: 'li' }), acts({ id: 'li', onBehalfOf: 'zhao' })]).toEqual([[null], [null]])
    expect(acts({ id: 'wang' })).toEqual(barred('mayActUnlessNamed', 'wang'))
    expect(acts({ id: 'li', onBehalfOf: 'wang' })).toEqual(barred('mayActUnlessNamed', 'wang'))
  })

  it('does not open it: there the form names them', () => {
    const opens = (id: string) =>
      asked('mayActUnlessNamed', { command: { type: 'open', named: ['li'] }, actor: { id }, context: { named: ['wang'] } })
    expect([opens('wang'), opens('li')]).toEqual([[null], barred('mayActUnlessNamed', 'li')])
  })

  it('is not given it to handle, nor the measure that follows', () => {
    const given = (command: object) => asked('mayHandleUnlessNamed', { command, context: { named: ['wang'] } })
    expect([given({ type: 'accept', handler: 'li' }), given({ type: 'accept' })]).toEqual([[null], [null]])
    expect(given({ type: 'accept', handler: 'wang' })).toEqual(barred('mayHandleUnlessNamed', 'wang'))
    expect(given({ type: 'archive', prevention: { owner: 'li' } })).toEqual([null])
    expect(given({ type: 'archive', prevention: { owner: 'wang' } })).toEqual(barred('mayHandleUnlessNamed', 'wang'))
  })
})

describe('what a complaint begins with', () => {
  it('is a known account, under the name by which it goes on [CPL-02]', () => {
    const complains = (facts: object) =>
      asked('mayComplainForKnownAccount', { facts, accountId: 'acme', actor: { id: 'li' }, command: {} })
    expect(complains({ account: { status: 'blacklisted' } })).toEqual([null])
    expect(complains({ account: { status: 'merged' }, survivor: 'bravo' })).toEqual([
      {
        rule: 'mayComplainForKnownAccount',
        clause: 'CPL-02',
        code: 'account_not_active',
        required: 'bravo',
        actual: 'merged',
        remedy: change('accountId', 'bravo'),
      },
    ])
    expect(complains({ account: null })).toEqual([
      {
        rule: 'mayComplainForKnownAccount',
        clause: 'CPL-02',
        code: 'account_unknown',
        required: 'adopted',
        actual: 'acme',
        remedy: send('account.adopt'),
      },
    ])
  })

  it('is in the words of the policy [CPL-01]', () => {
    const uses = (command: object) => asked('mayUsePolicyTerms', { ...terms, command })
    const channel = value('mayUsePolicyTerms', 'CPL-01', 'complaint.channels', 'channel', ['phone', 'wechat'], 'fax')
    const severity = value('mayUsePolicyTerms', 'CPL-01', 'complaint.severities', 'severity', ['minor', 'major'], 'awful')
    expect(uses({ type: 'open', channel: 'wechat', severity: 'major' })).toEqual([null, null])
    expect(uses({ type: 'open', channel: 'fax', severity: 'awful' })).toEqual([channel, severity])
    // A reclassification has no channel, and need not change the severity; a contact has no severity.
    expect(uses({ type: 'reclassify', severity: 'awful' })).toEqual([null, severity])
    expect(uses({ type: 'reclassify' })).toEqual([null, null])
    expect(uses({ type: 'recordContact', channel: 'fax' })).toEqual([channel, null])
    expect(uses({ type: 'recordContact', channel: 'phone', severity: 'awful' })).toEqual([null, null])
  })

  it('is a receipt of the past, entered while it may be; a part of a split keeps that of its parent [CPL-02, decision 12]', () => {
    const receives = (receivedAt: number, id = 'li') =>
      asked('mayBackdateReceipt', { ...terms, command: { type: 'open', receivedAt }, at: now, actor: { id } })
    const refusal = { rule: 'mayBackdateReceipt', clause: 'CPL-02' }
    expect([receives(now), receives(now - 8 * hour), receives(at('03-02 10:00'))]).toEqual([[null], [null], [null]])
    expect(receives(at('03-02 10:00') - 1)).toEqual([
      {
        ...refusal,
        code: 'too_early',
        parameter: 'sla.maxBackdate',
        required: now - 1,
        actual: now,
        remedy: change('receivedAt', now),
      },
    ])
    expect(receives(at('03-01 10:00'), 'system')).toEqual([null])
    const future = [{ ...refusal, code: 'too_late', required: now, actual: now + 1, remedy: change('receivedAt', now) }]
    expect([receives(now + 1), receives(now + 1, 'system')]).toEqual([future, future])
  })

  it('is, once forwarded, with a department of the policy [CPL-02]', () => {
    const names = (department: string) => asked('mayNameDepartment', { ...terms, command: { type: 'forward', department } })
    expect(names('quality')).toEqual([null])
    expect(names('canteen')).toEqual([
      value('mayNameDepartment', 'CPL-02', 'departments', 'department', ['service', 'quality'], 'canteen'),
    ])
  })

  it('is another complaint than the one that it repeats [CPL-02]', () => {
    const links = (of: string) => asked('mayLinkToAnother', { command: { of }, instanceId: 'cpl-1' })
    expect([links('cpl-2'), links('cpl-1')]).toEqual([
      [null],
      [
        {
          rule: 'mayLinkToAnother',
          clause: 'CPL-02',
          code: 'value_not_allowed',
          required: 'another complaint',
          actual: 'cpl-1',
        },
      ],
    ])
  })

  it('is reclassified only into something else [CPL-02]', () => {
    const context = { severity: 'minor', about: 'product', complex: false } as const
    const reclassifies = (command: object) => asked('mayReclassifySomething', { context, command })
    expect([{ severity: 'major' }, { about: 'service' }, { complex: true }].map(reclassifies)).toEqual([[null], [null], [null]])
    const same = [
      {
        rule: 'mayReclassifySomething',
        clause: 'CPL-02',
        code: 'nothing_to_change',
        required: 'severity, about or complex',
        actual: context,
      },
    ]
    expect([{}, { ...context }].map(reclassifies)).toEqual([same, same])
  })
})

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
  const missing = (rule: Name, clause: string, required: string, actual: unknown, remedy: object) => [
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
    const nothing = (rule: Name, clause: string, required: string, actual: unknown) => [
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

describe('the clock of a complaint', () => {
  const clock = (name: string, from = '03-02 10:00'): Clock => startClock(name, days(2), at(from))
  const running = (...clocks: Clock[]) => rules.runningResolution({ clocks } as never)?.name

  it('that binds is that of the further round or of the resolution, while it has not ended', () => {
    expect([running(clock('followUp')), running(clock('resolution')), running(clock('round'))]).toEqual([
      undefined,
      'resolution',
      'round',
    ])
    const ended: Clock = { ...clock('resolution'), status: 'done' as never }
    expect(running(ended, clock('round'))).toBe('round')
    expect(running(ended)).toBeUndefined()
    expect(running(pauseClock(clock('resolution'), now, 'sample'))).toBe('resolution')
  })

  const extends_ = (context: Partial<ComplaintContext>, clocks: readonly Clock[], when = now) =>
    asked('mayExtendOnceBeforeBreach', { ...terms, context, clocks, at: when })

  it('is extended once, also while that is being decided [CPL-05, I-10]', () => {
    const approval = (part: object) => ({ approvals: { extension: { decision: null, voided: null, ...part } } }) as never
    const clocks = [clock('resolution')]
    expect(extends_({}, clocks)).toEqual([])
    expect(extends_(approval({ decision: { outcome: 'rejected' } }), clocks)).toEqual([])
    expect(extends_(approval({ voided: { at: 1 } }), clocks)).toEqual([])
    const refusal = {
      rule: 'mayExtendOnceBeforeBreach',
      clause: 'CPL-05',
      code: 'already_done',
      parameter: 'complaint.complex.extension',
      required: 1,
    }
    expect(extends_(approval({}), clocks)).toEqual([{ ...refusal, actual: 0 }])
    expect(extends_({ extended: true }, clocks)).toEqual([{ ...refusal, actual: 1 }])
  })

  it('is extended only while it runs, and before it is breached [CPL-05]', () => {
    const refusal = { rule: 'mayExtendOnceBeforeBreach', clause: 'CPL-05' }
    expect(extends_({}, [clock('followUp')])).toEqual([
      { ...refusal, code: 'clock_not_running', required: 'resolution', actual: null },
    ])
    const due = at('03-04 10:00')
    expect(extends_({}, [clock('resolution')], due - 1)).toEqual([])
    expect(extends_({}, [clock('resolution')], due + 1)).toEqual([
      { ...refusal, code: 'clock_breached', required: due, actual: due + 1 },
    ])
    // The caps of pauses count: of a pause of three days, two; and the calendar is that of the account.
    const paused = pauseClock(clock('resolution'), at('03-02 11:00'), 'sample')
    expect(extends_({}, [paused], at('03-05 12:00'))).toMatchObject([{ code: 'clock_breached', required: at('03-05 10:00') }])
    expect(extends_({}, [extendClock(clock('resolution'), days(1), now)])).toMatchObject([{ code: 'limit_reached', required: 1 }])
  })

  const pauses = (command: object, context: Partial<ComplaintContext>, clocks: readonly Clock[], when = now) =>
    asked('mayPauseForReason', { ...terms, command, context, clocks, at: when })
  const pausable = (name: string): Clock => ({ ...clock(name), pausable: true })

  it('pauses for the reasons of the policy, one at a time [CPL-05, decision 12]', () => {
    const refusal = { rule: 'mayPauseForReason', clause: 'CPL-05' }
    const clocks = [pausable('resolution')]
    expect([pauses({}, {}, clocks), pauses({ reason: 'sample' }, {}, clocks)]).toEqual([
      [null, null],
      [null, null],
    ])
    expect(pauses({ reason: 'holiday' }, {}, clocks)).toEqual([
      value('mayPauseForReason', 'CPL-05', 'sla.pauseReasons', 'reason', ['customerAnswer', 'sample'], 'holiday'),
      null,
    ])
    expect(pauses({ reason: 'sample' }, { waiting: { reason: 'sample', question: 'Which batch?', since: 1 } }, clocks)).toEqual([
      { ...refusal, code: 'already_done', required: null, actual: 'Which batch?', remedy: send('customerReplied') },
    ])
    const nothingRuns = { ...refusal, code: 'clock_not_running', required: 'resolution', actual: null }
    expect(pauses({}, {}, [{ ...clock('firstContact'), pausable: false }])).toEqual([null, nothingRuns])
    expect(pauses({}, {}, [pauseClock(pausable('resolution'), at('03-02 11:00'), 'sample')])).toEqual([null, nothingRuns])
  })

  it('pauses no longer, and no more often, than it may [decision 12]', () => {
    const refusal = { rule: 'mayPauseForReason', clause: 'CPL-05' }
    const before = (...paused: readonly (readonly [number, number])[]): Clock => ({
      ...pausable('resolution'),
      ledger: [
        ...paused.map(([from, to]) => ({ from, to, kind: 'paused' as const })),
        { from: paused.at(-1)?.[1] ?? 0, to: null, kind: 'running' },
      ],
    })
    const twoDays = before([at('03-02 09:00'), at('03-03 09:00')], [at('03-03 09:00'), at('03-04 09:00')])
    expect(pauses({}, {}, [twoDays], at('03-04 10:00'))).toEqual([
      null,
      null,
      {
        ...refusal,
        code: 'pause_cap_reached',
        parameter: 'sla.maxPause.total',
        required: { amount: 16, unit: 'workingHours' },
        actual: 2,
      },
    ])
    const often = before(...Array.from({ length: 100 }, () => [0, 1] as const))
    expect(pauses({}, {}, [often])).toEqual([null, null, { ...refusal, code: 'limit_reached', required: 100, actual: 100 }])
  })

  it('goes on when the customer answers what was asked [CPL-05]', () => {
    const replies = (waiting: ComplaintContext['waiting']) => asked('mayReplyWhenAsked', { context: { waiting } })
    expect(replies({ reason: 'sample', question: 'Which batch?', since: 1 })).toEqual([null])
    expect(replies(null)).toEqual([
      {
        rule: 'mayReplyWhenAsked',
        clause: 'CPL-05',
        code: 'clock_not_paused',
        required: 'waiting',
        actual: null,
        remedy: send('waitForCustomer'),
      },
    ])
  })

  it('has progress to report from the receipt, or from the opening if that was earlier [CPL-05]', () => {
    const reports = (toldAt: number, openedAt: number) =>
      asked('mayReportProgressWhenOwed', { context: { receivedAt: 500 }, command: { toldAt }, openedAt })
    expect([reports(500, 900), reports(400, 400)]).toEqual([[null], [null]])
    const early = (actual: number) => [
      {
        rule: 'mayReportProgressWhenOwed',
        clause: 'CPL-05',
        code: 'too_early',
        required: 500,
        actual,
        remedy: fill('toldAt'),
      },
    ]
    expect([reports(499, 900), reports(399, 400)]).toEqual([early(499), early(399)])
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
