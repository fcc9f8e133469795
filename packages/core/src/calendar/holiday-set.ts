import { chinaHolidays } from './data/china.ts'
import type { LocalDate } from './types.ts'

/** An official holiday list: days off, the working days that make up for them, and the dates it covers. */
export interface HolidaySet {
  /** Name by which a calendar document asks for it, e.g. `cn`. */
  readonly name: string
  /** Changes whenever the data does; a document may pin it as `cn@2026.1`. */
  readonly version: string
  /** The dates for which the list is complete, both included. */
  readonly coverage: { readonly from: LocalDate; readonly to: LocalDate }
  readonly holidays: readonly Holiday[]
  readonly makeupWorkdays: readonly LocalDate[]
  readonly source: { readonly issuer: string; readonly notices: readonly { readonly year: number; readonly title: string }[] }
}

/** A day off with its names. */
export interface Holiday {
  readonly date: LocalDate
  readonly name: { readonly en: string; readonly 'zh-CN': string }
}

/** The official lists that ship with the SDK. */
export const bundledHolidaySets: readonly HolidaySet[] = [chinaHolidays]

/** The set that a document's entry names (`cn`, or pinned `cn@2026.1`), or `undefined`. */
export const findHolidaySet = (entry: string, sets: readonly HolidaySet[]): HolidaySet | undefined =>
  sets.find(({ name, version }) => entry === name || entry === `${name}@${version}`)
