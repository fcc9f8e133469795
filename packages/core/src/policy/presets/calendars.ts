import type { CalendarDocument } from '../../calendar/index.ts'

type Hours = NonNullable<CalendarDocument['week']['mon']>

const mondayToFriday = (hours: Hours): CalendarDocument['week'] => ({
  mon: hours,
  tue: hours,
  wed: hours,
  thu: hours,
  fri: hours,
})

const chinaHours: Hours = [
  ['08:30', '12:00'],
  ['13:00', '17:30'],
]

/** I-18 (i): eight hours, official holidays, make-up days with the hours of a weekday. */
export const chinaCalendar = {
  timeZone: 'Asia/Shanghai',
  week: mondayToFriday(chinaHours),
  makeupHours: chinaHours,
  holidaySets: ['cn'],
} satisfies CalendarDocument

const twoYears = { from: '2026-01-01', to: '2027-12-31' }

/** I-18 (ii): the hub, nine hours staffed through lunch; the holidays of all German states. */
export const hubCalendar = {
  timeZone: 'Europe/Berlin',
  week: mondayToFriday([['08:30', '17:30']]),
  holidays: [
    ...[
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-10-03',
      '2026-12-25',
      '2026-12-26',
    ],
    ...[
      '2027-01-01',
      '2027-03-26',
      '2027-03-29',
      '2027-05-01',
      '2027-05-06',
      '2027-05-17',
      '2027-10-03',
      '2027-12-25',
      '2027-12-26',
    ],
  ],
  coverage: twoYears,
} satisfies CalendarDocument

/** Bank holidays of England and Wales, the days given in lieu of those at a weekend included. */
export const ukCalendar = {
  timeZone: 'Europe/London',
  week: mondayToFriday([['08:30', '17:30']]),
  holidays: [
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
    ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ],
  coverage: twoYears,
} satisfies CalendarDocument

/** The holidays that most United States businesses keep. */
export const usCalendar = {
  timeZone: 'America/Chicago',
  week: mondayToFriday([['08:00', '17:00']]),
  holidays: [
    ...['2026-01-01', '2026-05-25', '2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'],
    ...['2027-01-01', '2027-05-31', '2027-07-05', '2027-09-06', '2027-11-25', '2027-12-24'],
  ],
  coverage: twoYears,
} satisfies CalendarDocument

/** Monday to Friday, 09:00 to 17:00, no holidays: what is known of a sample data set's company. */
export const plainCalendar = (timeZone: string) =>
  ({ timeZone, week: mondayToFriday([['09:00', '17:00']]) }) satisfies CalendarDocument
