import { formatLocalDate, type Simulation } from '@ka-governance/core'
import type { Locale } from '../report/model.ts'

const day = 86_400_000

/** First and last day of a cycle in words; the data has the day after the last. */
export function periodText(period: Simulation['period'], locale: Locale): readonly [from: string, to: string] {
  const end = Date.parse(`${period.to}T00:00:00Z`)
  const last = Number.isNaN(end) ? period.to : new Date(end - day).toISOString().slice(0, 10)
  return [formatLocalDate(period.from, locale), formatLocalDate(last, locale)]
}
