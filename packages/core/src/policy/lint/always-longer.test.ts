import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWorkingCalendar, parseCalendar } from '../../calendar/index.ts'
import type { Budget } from '../parts.ts'
import { alwaysLonger, standardWeeks } from './standard-day.ts'
import { found, elapsed, h, wd } from './testing/cases.ts'

const document = {
  timeZone: 'Asia/Shanghai',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
}
const calendar = createWorkingCalendar(parseCalendar(document))
const weeks = standardWeeks({ calendar: { default: 'main' }, calendars: { main: document } })
const hour = 3_600_000

const dueOf = ({ amount, unit }: Budget, start: number): number => {
  if (unit === 'workingHours') return calendar.addWorkingTime(start, amount * hour)
  if (unit === 'workingDays') return calendar.closeOfWorkingDay(start, amount)
  return start + amount * (unit === 'calendarDays' ? 24 : 1) * hour
}

const budget: fc.Arbitrary<Budget> = fc.oneof(
  fc.record({
    amount: fc.integer({ min: 1, max: 100 }),
    unit: fc.constantFrom('workingHours' as const, 'elapsedHours' as const),
  }),
  fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const) }),
)
const isElapsed = ({ unit }: Budget): boolean => unit === 'elapsedHours' || unit === 'calendarDays'

test('decision 9: a clock that is said never to count is never due before the other, whenever they begin', () => {
  let said = 0
  fc.assert(
    fc.property(budget, budget, fc.integer({ min: 0, max: 24 * 14 * 4 }), (a, b, quarter) => {
      fc.pre(isElapsed(a) !== isElapsed(b))
      if (alwaysLonger(a, b, weeks) === null) return
      said += 1
      const start = Date.UTC(2026, 2, 2) + (quarter * hour) / 4
      expect(dueOf(a, start)).toBeGreaterThanOrEqual(dueOf(b, start))
    }),
    { numRuns: 3000 },
  )
  expect(said).toBeGreaterThan(100)
})

test.each([
  ['P-02 round the clock, P-21 in working hours: over a weekend the first is sooner', elapsed(48), h(4), false],
  ['P-02 round the clock, longer than a weekend and the hours after it', elapsed(400), h(4), true],
  ['P-02 in working hours, P-21 round the clock: longer at any hour of the week', h(5), elapsed(4), true],
  ['P-02 in working hours, P-21 round the clock and as many hours', h(4), elapsed(4), false],
  ['both in working time', wd(1), h(4), true],
])('%s', (_, first, group, says) => {
  const finds = found([
    ['demand.urgent.firstResponse', first],
    ['demand.urgent.solution', wd(80)],
    ['demand.normal', { firstResponse: wd(80), answer: wd(80) }],
    ['group.reply.urgent', group],
    ['group.reply.general', wd(1)],
  ])
  expect(finds.some(([, code, path]) => code === 'no_effect' && path === 'demand.urgent.firstResponse')).toBe(says)
})
