import { createWorkingCalendar, type CalendarDocument } from '../index.ts'

/** The calendar that most tests in this folder look at: Berlin, Monday to Friday from nine to five. 2026-05-04 is a Monday. */
export const nineToFive: [string, string][] = [['09:00', '17:00']]
export const office: CalendarDocument = {
  timeZone: 'Europe/Berlin',
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
}
export const calendar = createWorkingCalendar(office)

/** An instant in the calendar's zone: `at('2026-05-04 09:00')`. */
export const at = (text: string, of = calendar): number => of.instantOf(text.slice(0, 10), text.slice(11))

/** What a call throws; an answer is none. */
export const thrownBy = (ask: () => unknown): unknown => {
  try {
    return { answered: ask() }
  } catch (error) {
    return error
  }
}
