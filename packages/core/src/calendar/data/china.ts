import type { HolidaySet } from '../holiday-set.ts'
export const chinaHolidays: HolidaySet = { name: 'cn', version: '0', coverage: { from: '2020-01-01', to: '2026-12-31' }, holidays: [], makeupWorkdays: [], source: { issuer: '', notices: [] } }
