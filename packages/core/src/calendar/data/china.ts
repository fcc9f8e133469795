// Written by scripts/make-china-days.ts. Do not edit; run it again.
import type { Holiday, HolidaySet } from '../holiday-set.ts'
import { addDays } from '../local-date.ts'
import type { LocalDate } from '../types.ts'

/** First day off, last day off, English name, Chinese name. */
type Run = readonly [first: LocalDate, last: LocalDate, en: string, zh: string]

// prettier-ignore
const daysOff: readonly Run[] = [
  ['2020-01-01', '2020-01-01', 'New Year\'s Day', '元旦'],
  ['2020-01-24', '2020-02-02', 'Spring Festival', '春节'],
  ['2020-04-04', '2020-04-06', 'Tomb-sweeping Day', '清明'],
  ['2020-05-01', '2020-05-05', 'Labour Day', '劳动节'],
  ['2020-06-25', '2020-06-27', 'Dragon Boat Festival', '端午'],
  ['2020-10-01', '2020-10-08', 'National Day', '国庆节'],
  ['2021-01-01', '2021-01-03', 'New Year\'s Day', '元旦'],
  ['2021-02-11', '2021-02-17', 'Spring Festival', '春节'],
  ['2021-04-03', '2021-04-05', 'Tomb-sweeping Day', '清明'],
  ['2021-05-01', '2021-05-05', 'Labour Day', '劳动节'],
  ['2021-06-12', '2021-06-14', 'Dragon Boat Festival', '端午'],
  ['2021-09-19', '2021-09-21', 'Mid-autumn Festival', '中秋'],
  ['2021-10-01', '2021-10-07', 'National Day', '国庆节'],
  ['2022-01-01', '2022-01-03', 'New Year\'s Day', '元旦'],
  ['2022-01-31', '2022-02-06', 'Spring Festival', '春节'],
  ['2022-04-03', '2022-04-05', 'Tomb-sweeping Day', '清明'],
  ['2022-04-30', '2022-05-04', 'Labour Day', '劳动节'],
  ['2022-06-03', '2022-06-05', 'Dragon Boat Festival', '端午'],
  ['2022-09-10', '2022-09-12', 'Mid-autumn Festival', '中秋'],
  ['2022-10-01', '2022-10-07', 'National Day', '国庆节'],
  ['2022-12-31', '2023-01-02', 'New Year\'s Day', '元旦'],
  ['2023-01-21', '2023-01-27', 'Spring Festival', '春节'],
  ['2023-04-05', '2023-04-05', 'Tomb-sweeping Day', '清明'],
  ['2023-04-29', '2023-05-03', 'Labour Day', '劳动节'],
  ['2023-06-22', '2023-06-24', 'Dragon Boat Festival', '端午'],
  ['2023-09-29', '2023-09-29', 'Mid-autumn Festival', '中秋'],
  ['2023-09-30', '2023-10-06', 'National Day', '国庆节'],
  ['2024-01-01', '2024-01-01', 'New Year\'s Day', '元旦'],
  ['2024-02-10', '2024-02-17', 'Spring Festival', '春节'],
  ['2024-04-04', '2024-04-06', 'Tomb-sweeping Day', '清明'],
  ['2024-05-01', '2024-05-05', 'Labour Day', '劳动节'],
  ['2024-06-10', '2024-06-10', 'Dragon Boat Festival', '端午'],
  ['2024-09-15', '2024-09-17', 'Mid-autumn Festival', '中秋'],
  ['2024-10-01', '2024-10-07', 'National Day', '国庆节'],
  ['2025-01-01', '2025-01-01', 'New Year\'s Day', '元旦'],
  ['2025-01-28', '2025-02-04', 'Spring Festival', '春节'],
  ['2025-04-04', '2025-04-06', 'Tomb-sweeping Day', '清明'],
  ['2025-05-01', '2025-05-05', 'Labour Day', '劳动节'],
  ['2025-05-31', '2025-06-02', 'Dragon Boat Festival', '端午'],
  ['2025-10-01', '2025-10-05', 'National Day', '国庆节'],
  ['2025-10-06', '2025-10-06', 'Mid-autumn Festival', '中秋'],
  ['2025-10-07', '2025-10-08', 'National Day', '国庆节'],
  ['2026-01-01', '2026-01-03', 'New Year\'s Day', '元旦'],
  ['2026-02-15', '2026-02-23', 'Spring Festival', '春节'],
  ['2026-04-04', '2026-04-06', 'Tomb-sweeping Day', '清明'],
  ['2026-05-01', '2026-05-05', 'Labour Day', '劳动节'],
  ['2026-06-19', '2026-06-21', 'Dragon Boat Festival', '端午'],
  ['2026-09-25', '2026-09-27', 'Mid-autumn Festival', '中秋'],
  ['2026-10-01', '2026-10-07', 'National Day', '国庆节'],
]

// prettier-ignore
const makeupWorkdays: readonly LocalDate[] = [
  '2020-01-19', '2020-04-26', '2020-05-09', '2020-06-28', '2020-09-27', '2020-10-10',
  '2021-02-07', '2021-02-20', '2021-04-25', '2021-05-08', '2021-09-18', '2021-09-26', '2021-10-09',
  '2022-01-29', '2022-01-30', '2022-04-02', '2022-04-24', '2022-05-07', '2022-10-08', '2022-10-09',
  '2023-01-28', '2023-01-29', '2023-04-23', '2023-05-06', '2023-06-25', '2023-10-07', '2023-10-08',
  '2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12',
  '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11',
  '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10',
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
  version: '2026.1',
  coverage: { from: '2020-01-01', to: '2026-12-31' },
  holidays: daysOff.flatMap(expand),
  makeupWorkdays,
  source: {
    issuer: '国务院办公厅 (General Office of the State Council)',
    notices: [
      { year: 2020, title: '国务院办公厅关于延长2020年春节假期的通知' },
      { year: 2020, title: '国务院办公厅关于2020年部分节假日安排的通知' },
      { year: 2021, title: '国务院办公厅关于2021年部分节假日安排的通知' },
      { year: 2022, title: '国务院办公厅关于2022年部分节假日安排的通知' },
      { year: 2023, title: '国务院办公厅关于2023年部分节假日安排的通知' },
      { year: 2024, title: '国务院办公厅关于2024年部分节假日安排的通知' },
      { year: 2025, title: '国务院办公厅关于2025年部分节假日安排的通知' },
      { year: 2026, title: '国务院办公厅关于2026年部分节假日安排的通知' },
    ],
  },
}
