import type { z } from 'zod'
import type { Finding } from '../errors/index.ts'

type Nothing = { readonly [name: string]: never }

/** What can be wrong with a calendar document, by kind, with the particulars of each. */
export type CalendarIssueData = {
  readonly timeOfDay: { readonly example: string }
  readonly localDate: { readonly example: string }
  readonly hoursOverlap: { readonly interval: number }
  readonly dateTwice: Nothing
  readonly timeZone: { readonly example: string }
  readonly coverageReversed: Nothing
  readonly holidaySetUnknown: { readonly known: readonly string[] }
  readonly holidaySetTwice: Nothing
  readonly makeupHoursMissing: Nothing
  readonly noWorkingTime: Nothing
  readonly partsUnknown: { readonly names: readonly string[] }
  readonly calendarTooLong: { readonly limit: number }
  readonly calendarTooShort: { readonly limit: number }
  readonly keyNoDate: { readonly format: string }
  readonly noDate: Nothing
  readonly partMalformed: Nothing
}

type Text = readonly [message: string, remedy: string]

/** The code of every kind. */
const codes = {
  timeOfDay: { code: 'time' },
  localDate: { code: 'date' },
  hoursOverlap: { code: 'overlap' },
  dateTwice: { code: 'duplicate' },
  timeZone: { code: 'zone' },
  coverageReversed: { code: 'coverage' },
  holidaySetUnknown: { code: 'holiday_set' },
  holidaySetTwice: { code: 'duplicate' },
  makeupHoursMissing: { code: 'makeup_hours' },
  noWorkingTime: { code: 'no_hours' },
  partsUnknown: { code: 'unknown_key' },
  calendarTooLong: { code: 'too_long' },
  calendarTooShort: { code: 'too_short' },
  keyNoDate: { code: 'date' },
  noDate: { code: 'unknown_key' },
  partMalformed: { code: 'type' },
} as const satisfies { readonly [K in keyof CalendarIssueData]: { readonly code: string } }

/** The English text of every kind; the other languages have theirs in the catalogues. */
export const calendarIssueTexts: { readonly [K in keyof CalendarIssueData]: (data: CalendarIssueData[K]) => Text } = {
  timeOfDay: ({ example }) => ['not a time of day', `write HH:mm from 00:00 to 24:00, e.g. ${example}`],
  localDate: ({ example }) => ['not an existing date of the years 1900 to 2200', `write YYYY-MM-DD, e.g. ${example}`],
  hoursOverlap: ({ interval }) => [`overlaps interval ${String(interval)} of the same day`, 'merge the two, or move one'],
  dateTwice: () => ['the date is listed twice', 'delete one of the two'],
  timeZone: ({ example }) => ['not a time zone this runtime knows', `use an IANA name, e.g. ${example}`],
  coverageReversed: () => ['ends before it starts', 'swap from and to'],
  holidaySetUnknown: ({ known }) => ['no such holiday set, or not in this version', `use one of: ${known.join(', ')}`],
  holidaySetTwice: () => ['the set is listed twice', 'delete one of the two'],
  makeupHoursMissing: () => [
    'there are make-up workdays, but no hours for them',
    'add makeupHours, e.g. the hours of an ordinary weekday',
  ],
  noWorkingTime: () => ['the calendar has no working time at all', 'give at least one weekday its hours'],
  partsUnknown: ({ names }) => [`unknown: ${names.join(', ')}`, 'delete it, or correct its name'],
  calendarTooLong: ({ limit }) => [`longer than ${String(limit)}`, 'shorten it'],
  calendarTooShort: ({ limit }) => [`shorter than ${String(limit)}`, 'complete it'],
  keyNoDate: ({ format }) => ['the key is not an existing date of the years 1900 to 2200', `write ${format}`],
  noDate: () => ['not a date', 'delete it'],
  partMalformed: () => ['not of the kind that is needed here', 'see the format of a calendar document'],
}

type Told = Pick<Finding, 'code' | 'message' | 'remedy' | 'data'>

/** What a finding says: its words in English, and in `data` the kind and its particulars, from which the other languages make theirs. */
export function calendarIssue<K extends keyof CalendarIssueData>(kind: K, data: CalendarIssueData[K]): Told {
  const [message, remedy] = calendarIssueTexts[kind](data)
  return { code: codes[kind].code, message, remedy, data: { kind, ...data } }
}

/** The same as an issue of the schema. */
export const asIssue = (told: Told): { readonly message: string; readonly params: { readonly told: Told } } => ({
  message: told.message,
  params: { told },
})

/** What an issue of the calendar's schema says of itself; `null` for an issue of another schema. */
export const issueTold = (params: z.core.$ZodIssueCustom['params']): Told | null => (params?.['told'] as Told | undefined) ?? null
