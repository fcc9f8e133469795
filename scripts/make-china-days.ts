/**
 * Writes packages/core/src/calendar/data/china.ts from the data of the dev dependency chinese-days (MIT). Its data, not its functions:
 * those read a date as UTC and look it up in the host's zone. When the State Council has published a new year, update the dependency,
 * raise LAST_YEAR and VERSION, and run
 *
 *   node scripts/make-china-days.ts
 */
import { writeFileSync } from 'node:fs'
import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' }

const FIRST_YEAR = 2020
const LAST_YEAR = 2026
const VERSION = '2026.1'
const target = new URL('../packages/core/src/calendar/data/china.ts', import.meta.url)

const DAY = 86_400_000

type Run = { first: string; last: string; en: string; zh: string }

const isWanted = (date: string): boolean => date >= `${String(FIRST_YEAR)}-01-01` && date <= `${String(LAST_YEAR)}-12-31`
const isNextDay = (date: string, next: string): boolean => Date.parse(next) - Date.parse(date) === DAY

const runs: Run[] = []
for (const [date, names] of Object.entries(data.holidays).sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (!isWanted(date)) continue
  const [en = '', zh = ''] = names.split(',')
  const run = runs.at(-1)
  if (run !== undefined && run.zh === zh && isNextDay(run.last, date)) run.last = date
  else runs.push({ first: date, last: date, en, zh })
}
const workdays = Object.keys(data.workdays).filter(isWanted).sort()

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
