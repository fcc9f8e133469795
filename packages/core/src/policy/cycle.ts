import { addMonths, parseLocalDate, type LocalDate } from '../calendar/index.ts'
import { InvalidInputError } from '../errors/index.ts'
import { reading } from './readings/index.ts'
import type { Policy } from './schema.ts'

/** What decides where cycles begin: `policy.cycle`. */
export type CycleRule = Pick<Policy['cycle'], 'length' | 'anchor'>

/** An evaluation cycle, half-open: `from` belongs to it, `to` is the first day of the next. */
export type Cycle = { readonly id: string; readonly from: LocalDate; readonly to: LocalDate }

/** Months since the year 0, so that a month is one number. */
const monthOf = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

/** The cycle that starts `steps` cycles after the anchor. Always counted from the anchor, so that a short month cannot shift later ones. */
const cycleAt = (steps: number, { length, anchor }: CycleRule): Cycle => {
  const from = addMonths(anchor, steps * length)
  const year = Math.floor(monthOf(from) / 12)
  const rank = Math.floor((monthOf(from) - year * 12) / length) + 1
  return { id: `${String(year)}-${letterOf(length)}${String(rank)}`, from, to: addMonths(anchor, (steps + 1) * length) }
}

const letterOf = (length: number): 'H' | 'C' => (length === 6 ? 'H' : 'C')

const stepsTo = (date: LocalDate, rule: CycleRule): number => {
  const steps = Math.floor((monthOf(date) - monthOf(rule.anchor)) / rule.length)
  // The month can begin before the anchor's day of it; then the date still belongs to the cycle before.
  return addMonths(rule.anchor, steps * rule.length) > date ? steps - 1 : steps
}

/**
 * The evaluation cycle that a date belongs to (ADJ-01, I-16). Half-years are `2026-H1`, `2026-H2`; cycles of another length are counted in
 * the year in which they begin: `2026-C3`. The anchor may be the first day of any of them, earlier or later than the date.
 *
 * @throws InvalidInputError when the date is none of the years 1900 to 2200.
 * @example
 * ```ts
 * cycleOf('2026-08-15', { length: 6, anchor: '2026-01-01' }) // => { id: '2026-H2', from: '2026-07-01', to: '2027-01-01' }
 * ```
 */
export function cycleOf(date: LocalDate, rule: CycleRule): Cycle {
  return cycleAt(stepsTo(parseLocalDate(date), rule), rule)
}

/** The cycle before. */
export function previousCycle(cycle: Pick<Cycle, 'from'>, rule: CycleRule): Cycle {
  return cycleAt(stepsTo(cycle.from, rule) - 1, rule)
}

/** The cycle after. */
export function nextCycle(cycle: Pick<Cycle, 'from'>, rule: CycleRule): Cycle {
  return cycleAt(stepsTo(cycle.from, rule) + 1, rule)
}

/**
 * The cycle of an id.
 *
 * @throws InvalidInputError when no cycle under this rule has the id.
 * @example
 * ```ts
 * cycleById('2025-H2', { length: 6, anchor: '2026-01-01' }).from // => '2025-07-01'
 * ```
 */
export function cycleById(id: string, rule: CycleRule): Cycle {
  const [, year = '', rank = ''] = /^(19\d\d|2[01]\d\d)-[HC]([1-9]\d?)$/.exec(id) ?? []
  if (year !== '') {
    const first = Number(year) * 12
    const offset = (((monthOf(rule.anchor) - first) % rule.length) + rule.length) % rule.length
    const month = first + offset + (Number(rank) - 1) * rule.length
    const found = cycleAt((month - monthOf(rule.anchor)) / rule.length, rule)
    if (found.id === id) return found
  }
  throw new InvalidInputError('Cycle', [{ ...reading('cycle', 'noCycle', { example: cycleAt(0, rule).id }), clause: 'I-16' }])
}

/**
 * The cycles that share at least one day with a span, in order. `to` is excluded, as in a cycle; an empty span has none.
 *
 * @example
 * ```ts
 * cyclesBetween('2026-01-01', '2027-01-01', { length: 6, anchor: '2026-01-01' }).map((c) => c.id) // => ['2026-H1', '2026-H2']
 * ```
 */
export function cyclesBetween(from: LocalDate, to: LocalDate, rule: CycleRule): readonly Cycle[] {
  if (parseLocalDate(from) >= parseLocalDate(to)) return []
  const cycles: Cycle[] = []
  for (let cycle = cycleOf(from, rule); cycle.from < to; cycle = nextCycle(cycle, rule)) cycles.push(cycle)
  return cycles
}
