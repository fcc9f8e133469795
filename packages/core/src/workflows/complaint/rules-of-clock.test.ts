import { describe, expect, it } from 'vitest'
import { fill, send } from '../../rules/testing/asking.ts'
import { at } from '../../sla/testing/fixtures.ts'
import { extendClock, pauseClock, startClock, type Clock } from '../../sla/index.ts'
import { runningResolution } from './rules.ts'
import { asked, days, now, terms, value } from './testing/asked.ts'
import type { ComplaintContext } from './types.ts'

// The clock of a complaint, asked directly: where it may be extended and paused, and every word of what is said where it may not [CPL-05, I-10].

describe('the clock of a complaint', () => {
  const clock = (name: string, from = '03-02 10:00'): Clock => startClock(name, days(2), at(from))
  const running = (...clocks: Clock[]) => runningResolution({ clocks } as never)?.name

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
