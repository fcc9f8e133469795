import { createWorkingCalendar } from '../../calendar/index.ts'
import type { Clock, ClockTerms, LadderRung } from '../types.ts'

/** Fixtures of the tests in this folder. 2026-03-02 is a Monday. */
const hours: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]
export const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours }
export const calendar = createWorkingCalendar({
  timeZone: 'Asia/Shanghai',
  week,
  holidays: ['2026-03-09'],
  coverage: { from: '2026-01-01', to: '2026-12-31' },
})
/** Summer time, an early shift on Saturdays, a night shift from Wednesday to Thursday. */
export const berlin = createWorkingCalendar({
  timeZone: 'Europe/Berlin',
  week: { mon: [['08:00', '16:00']], wed: [['22:00', '06:00']], fri: [['08:00', '16:00']], sat: [['00:00', '04:30']] },
  holidays: ['2026-04-03'],
})
export const ladder: readonly LadderRung[] = [
  { at: 80, kind: 'warn', notify: 'accountManager' },
  { at: 100, kind: 'breach', notify: 'superior' },
  { at: 150, kind: 'escalate', notify: 'kaGroup' },
]
export const terms: ClockTerms = {
  calendar,
  ladder,
  maxPause: { each: { amount: 10, unit: 'workingDays' }, total: { amount: 15, unit: 'workingDays' } },
}
export const uncapped: ClockTerms = { calendar, ladder }
export const hour = 3_600_000

/** An instant of 2026 in the calendar's zone: `at('03-02 09:00')`. */
export function at(text: string, of = calendar): number {
  const [date = '', time = ''] = text.split(' ')
  return of.instantOf(`2026-${date}`, time)
}

/** What no clock may ever hold: stretches that overlap, run backwards or do not adjoin. */
export function ledgerFaults(clock: Clock): readonly string[] {
  return clock.ledger.flatMap((stretch, index) => {
    const next = clock.ledger[index + 1]
    const faults: string[] = []
    if (stretch.to !== null && stretch.to <= stretch.from) faults.push(`stretch ${String(index)} has no length`)
    if (next !== undefined && stretch.to !== next.from) faults.push(`stretch ${String(index)} does not adjoin the next`)
    if (next === undefined && (stretch.to === null) !== (clock.endedAt === null))
      faults.push('only an open clock ends in an open stretch')
    return faults
  })
}
