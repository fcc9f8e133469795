import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../load.ts'
import { manufacturer } from '../testing.ts'
import { daysAfter } from './days-after.ts'
import { changed, found, wd, type Change } from './testing/cases.ts'

const asked = (changes: readonly Change[], options: { readonly until?: string; readonly on?: string }) =>
  checkPolicy(changed(changes, manufacturer), options).findings.map((f) => [f.check, f.path, f.clause, f.data])

describe('I-18: holidays for every day that is counted', () => {
  test('the official list of China ends with 2026; whoever asks for 2027 is told', () => {
    expect(asked([], { until: '2026-11-30' })).toEqual([])
    expect(asked([], { until: '2027-06-30' })).toEqual([
      [
        'holidaysMissing',
        'calendars.main.coverage',
        'I-18',
        { from: '2020-01-01', to: '2026-12-31', since: '2026-01-01', until: '2027-07-29' },
      ],
    ])
  })

  test('the longest clock counts: one that starts on the last day runs on', () => {
    expect(asked([], { until: '2026-12-15' })).toHaveLength(1)
    expect(found([['effectiveFrom', '2026-12-15']]).map(([, code]) => code)).toEqual(['calendar_coverage'])
    expect(asked([['cycle.steps.freeze', wd(60)]], { until: '2026-11-01' })[0]?.[0]).toBe('holidaysMissing')
  })

  test('what a calendar says of itself wins over its lists, and its end is included', () => {
    const own = (to: string): Change => ['calendars.main.coverage', { from: '2026-01-01', to }]
    expect(found([own('2026-01-30')])).toEqual([])
    expect(found([own('2026-01-29')])).toHaveLength(1)
    expect(asked([own('2027-12-31')], { until: '2027-10-01' })).toEqual([])
  })

  test('a day before the policy holds asks for nothing more', () => {
    expect(asked([], { until: '1990-01-01' })).toEqual([])
  })

  test('no number of days leads beyond the last date there is', () => {
    expect(daysAfter('2026-01-31', 1)).toBe('2026-02-01')
    expect(daysAfter('2026-01-31', 1e300)).toBe('2199-12-31')
    const finds = asked([['complaint.resolution', wd(100_000)]], {})
    expect(finds.find(([check]) => check === 'holidaysMissing')?.[3]).toMatchObject({ until: '2199-12-31' })
  })
})

describe('GOV-05: notice before a policy holds', () => {
  const notice = (days: number): Change => ['publication.notice.days', days]
  test('counted in calendar days from the day on which it is announced', () => {
    expect(asked([notice(30)], {})).toEqual([])
    expect(asked([notice(30)], { on: '2025-12-02' })).toEqual([])
    expect(asked([notice(30)], { on: '2025-12-03' })).toEqual([
      ['noticeShort', 'effectiveFrom', 'GOV-05', { days: 30, from: '2026-01-01', on: '2025-12-03' }],
    ])
    expect(asked([notice(0)], { on: '2026-01-02' })[0]?.[0]).toBe('noticeShort')
    expect(asked([notice(1_000_000)], { on: '2026-01-01' })[0]?.[0]).toBe('noticeShort')
  })
})
