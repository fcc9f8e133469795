/**
 * Writes packages/core/src/calendar/data/china.ts from the data of the dev dependency chinese-days (MIT).
 * Run it when the State Council has published a new year, then raise LAST_YEAR and VERSION:
 *
 *   TZ=UTC node scripts/make-china-days.ts
 */
import { writeFileSync } from 'node:fs'
import chineseDays from 'chinese-days'

const FIRST_YEAR = 2020
const LAST_YEAR = 2026
const VERSION = '2026.1'
const target = new URL('../packages/core/src/calendar/data/china.ts', import.meta.url)

// The package reads a date as UTC and formats it in the host's zone: anywhere west of Greenwich every day would be one too early.
if (new Date(0).getTimezoneOffset() !== 0) throw new Error('Run this under TZ=UTC')

const DAY = 86_400_000
const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

type Run = { first: string; last: string; en: string; zh: string }
const runs: Run[] = []
const workdays: string[] = []

for (let day = Date.UTC(FIRST_YEAR, 0, 1) / DAY; day < Date.UTC(LAST_YEAR + 1, 0, 1) / DAY; day += 1) {
  const date = iso(day)
  const { work, name } = chineseDays.getDayDetail(date)
  // A listed day is named "Spring Festival,春节,4"; any other day bears the name of its weekday.
  const [en, zh] = name.split(',')
  if (en === undefined || zh === undefined) continue
  if (work) {
    workdays.push(date)
    continue
  }
  const run = runs.at(-1)
  if (run !== undefined && run.zh === zh && run.last === iso(day - 1)) run.last = date
  else runs.push({ first: date, last: date, en, zh })
}

const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index)
const yearOf = (date: string): number => Number(date.slice(0, 4))

const content = `// Written by scripts/make-china-days.ts. Do not edit; run it again.
import type { Holiday, HolidaySet } from '../holiday-set.ts'
import { addDays } from '../local-date.ts'
import type { LocalDate } from '../types.ts'

/** First day off, last day off, English name, Chinese name. */
type Run = readonly [first: LocalDate, last: LocalDate, en: string, zh: string]

// prettier-ignore
const daysOff: readonly Run[] = [
${years
  .map((year) =>
    runs
      .filter(({ first }) => yearOf(first) === year)
      .map(({ first, last, en, zh }) => `  ['${first}', '${last}', '${en.replaceAll("'", "\\'")}', '${zh}'],`)
      .join('\n'),
  )
  .join('\n')}
]

// prettier-ignore
const makeupWorkdays: readonly LocalDate[] = [
${years
  .map(
    (year) =>
      `  ${workdays
        .filter((date) => yearOf(date) === year)
        .map((date) => `'${date}'`)
        .join(', ')},`,
  )
  .join('\n')}
]

const expand = ([first, last, en, zh]: Run): Holiday[] => {
  const days: Holiday[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) days.push({ date, name: { en, 'zh-CN': zh } })
  return days
}

/**
 * China's official days off and make-up workdays (调休), as the General Office of the State Council announced them (I-18). A notice names
 * the days off that fall on a weekend too, and may name days of the year before. Next year's notice appears about November: until it is
 * here, due dates of that year are provisional.
 */
export const chinaHolidays: HolidaySet = {
  name: 'cn',
  version: '${VERSION}',
  coverage: { from: '${FIRST_YEAR}-01-01', to: '${LAST_YEAR}-12-31' },
  holidays: daysOff.flatMap(expand),
  makeupWorkdays,
  source: {
    issuer: '国务院办公厅 (General Office of the State Council)',
    notices: [
      { year: 2020, title: '国务院办公厅关于延长2020年春节假期的通知' },
${years.map((year) => `      { year: ${year}, title: '国务院办公厅关于${year}年部分节假日安排的通知' },`).join('\n')}
    ],
  },
}
`

writeFileSync(target, content)
console.log(
  `${String(runs.length)} runs of days off, ${String(workdays.length)} make-up workdays, ${String(FIRST_YEAR)}-${String(LAST_YEAR)}`,
)
