import { z } from 'zod'
import { InvalidInputError } from '../../errors/index.ts'
import { createWorkingCalendar, type CalendarDocument, type Pause, type WorkingCalendar } from '../index.ts'
import { readings, type Answer, type Reading } from './readings.ts'

const instant = z.iso.datetime()

/** A vector file: inputs and outputs of calendar operations in a neutral format. Unknown fields of the file itself are allowed. */
const vectorFile = z.object({
  vectors: z.array(
    z.object({
      id: z.string(),
      source: z.string().optional(),
      calendar: z.unknown(),
      op: z.string(),
      args: z.object({
        at: z.string().optional(),
        date: z.string().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
        minutes: z.number().optional(),
        days: z.int().optional(),
        count: z.int().optional(),
        direction: z.enum(['forward', 'backward']).optional(),
        pauses: z.array(z.tuple([instant, instant.nullable()])).optional(),
      }),
      expected: z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(z.tuple([z.string(), z.string()]))]),
      unanimous: z.boolean(),
      validUnder: z.array(z.string()),
    }),
  ),
})

/** One vector. */
export type Vector = z.infer<typeof vectorFile>['vectors'][number]

/** What became of a vector: `skipped` names the readings that no option of the calendar offers. */
export type Outcome =
  | { readonly status: 'passed'; readonly vector: Vector; readonly readings: readonly string[] }
  | { readonly status: 'failed'; readonly vector: Vector; readonly reading: string; readonly got: string }
  | { readonly status: 'skipped'; readonly vector: Vector; readonly readings: readonly string[] }

/**
 * Reads the text of a vector file.
 *
 * @throws InvalidInputError when it is no JSON, or not of the format.
 */
export const parseVectors = (text: string): readonly Vector[] => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new InvalidInputError('Vector file', [{ path: '', code: 'json', message, remedy: 'give a JSON file' }])
  }
  const result = vectorFile.safeParse(json)
  if (result.success) return result.data.vectors
  throw new InvalidInputError(
    'Vector file',
    result.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      code: 'type',
      message,
      remedy: 'see the sample vectors for the format',
    })),
  )
}

/** Epoch milliseconds of an ISO 8601 instant, with the microseconds that `Date.parse` would drop. */
export const parseInstant = (text: string): number => {
  const [, whole, fraction] = /^(.*?)(\.\d+)?Z$/.exec(text) ?? []
  const at = Date.parse(`${whole ?? text}Z`)
  if (Number.isNaN(at))
    throw new InvalidInputError('Vector', [{ path: 'args', code: 'instant', message: text, remedy: 'write ISO 8601 UTC' }])
  return at + Number(fraction ?? 0) * 1_000
}

const isInstant = (text: string): boolean => text.includes('T')

// A microsecond, expressed in milliseconds and (for working minutes) far below what a float of minutes can hold exactly.
const TOLERANCE = 0.001

const agree = (expected: Vector['expected'], got: Answer): boolean => {
  if (typeof expected === 'string')
    return typeof got === 'number' && isInstant(expected) ? Math.abs(parseInstant(expected) - got) < TOLERANCE : expected === got
  if (typeof expected === 'number') return typeof got === 'number' && Math.abs(expected - got) < TOLERANCE / 60
  if (!Array.isArray(expected)) return expected === got
  return (
    typeof got === 'object' &&
    got !== null &&
    got.length === expected.length &&
    expected.every(([start, end], index) => agree(start, got[index]?.start ?? null) && agree(end, got[index]?.end ?? null))
  )
}

const show = (answer: Answer, op: string): string => {
  if (typeof answer === 'object' && answer !== null)
    return JSON.stringify(answer.map(({ start, end }) => [show(start, ''), show(end, '')]))
  const isCount = op === 'workingMinutesBetween' || op === 'workingDaysBetween'
  return typeof answer === 'number' && !isCount ? new Date(answer).toISOString() : JSON.stringify(answer)
}

const calendars = new Map<string, WorkingCalendar>()

const calendarOf = (vector: Vector): WorkingCalendar => {
  const key = JSON.stringify(vector.calendar)
  let calendar = calendars.get(key)
  if (calendar === undefined) calendars.set(key, (calendar = createWorkingCalendar(vector.calendar as CalendarDocument)))
  return calendar
}

const pausesOf = (vector: Vector): readonly Pause[] =>
  (vector.args.pauses ?? []).map(([from, to]) => ({ from: parseInstant(from), to: to === null ? null : parseInstant(to) }))

const answerOf = (reading: Reading, vector: Vector): Answer => {
  const { at, from = at, date = from, to = '' } = vector.args
  if (date === undefined)
    throw new InvalidInputError('Vector', [{ path: 'args', code: 'unset', message: 'no from', remedy: 'give one' }])
  const calendar = calendarOf(vector)
  const local = (text: string): string => (isInstant(text) ? calendar.localDateOf(parseInstant(text)) : text)
  return reading({
    calendar,
    at: isInstant(date) ? parseInstant(date) : Number.NaN,
    date: local(date),
    isDate: !isInstant(date),
    to: isInstant(to) ? parseInstant(to) : Number.NaN,
    toDate: local(to),
    amount: Math.round((vector.args.minutes ?? 0) * 60_000 * 1_000) / 1_000,
    days: vector.args.days ?? 0,
    count: vector.args.count ?? 0,
    direction: vector.args.direction ?? 'forward',
    pauses: pausesOf(vector),
  })
}

/** Runs a vector under every reading that it is valid under and the calendar offers; a unanimous one under the documented reading as well. */
export const runVector = (vector: Vector): Outcome => {
  const offered = readings(vector.op)
  const names = new Set(vector.validUnder.filter((name) => offered.named.has(name)))
  if (vector.unanimous && offered.documented !== undefined) names.add(offered.documented)
  if (names.size === 0)
    return { status: 'skipped', vector, readings: offered.named.size === 0 ? [`op ${vector.op}`] : vector.validUnder }
  for (const name of names) {
    const reading = offered.named.get(name)
    if (reading === undefined) continue
    try {
      const got = answerOf(reading, vector)
      if (!agree(vector.expected, got)) return { status: 'failed', vector, reading: name, got: show(got, vector.op) }
    } catch (error) {
      return { status: 'failed', vector, reading: name, got: error instanceof Error ? error.message : String(error) }
    }
  }
  return { status: 'passed', vector, readings: [...names] }
}
