export type {
  AddDaysOptions,
  Closing,
  Coverage,
  DayBounds,
  DayStart,
  Direction,
  Edge,
  Instant,
  LocalDate,
  Milliseconds,
  Opening,
  Pause,
  Sign,
  TimeOfDay,
  WorkingCalendar,
  WorkingInterval,
} from './types.ts'
export { createWorkingCalendar, type WorkingCalendarOptions } from './working-calendar.ts'
export { calendarIssueTexts, issueTold, type CalendarIssueData } from './issues.ts'
export { checkCalendar, parseCalendar } from './parse-calendar.ts'
export { calendarSchema, calendarSchemaWith, type CalendarDocument } from './schema.ts'
export { bundledHolidaySets, type Holiday, type HolidaySet } from './holiday-set.ts'
export { chinaHolidays } from './data/china.ts'
export { withDates, type DateCalendar, type DateInterval, type DatePause } from './date-calendar.ts'
export {
  addDays,
  addMonths,
  compareLocalDates,
  daysBetween,
  epochDayOf,
  localDateOfEpochDay,
  parseLocalDate,
  type EpochDay,
} from './local-date.ts'
export { localDateIn } from './local-date-in.ts'
export { zoneFormat } from './zone-format.ts'
export { startOfDay } from './start-of-day.ts'
