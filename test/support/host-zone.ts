// Which files of tests ask where the host stands. One that never asks runs the same, step by step, in every zone: to run it again elsewhere would show
// nothing. Everything by which JavaScript learns the host's zone is listened to, and what is not known to be free of it counts as asking.
// Not listened to: a process that a test starts, and `process.env.TZ` (core may touch neither, see scripts/eslint/purity.mjs).

type Args = readonly unknown[]
type Method = (...args: never[]) => unknown

/** What the listener has heard since it was last set back to false. */
export type Listening = { asked: boolean }

// Offsets are whole seconds, so that the milliseconds are the same everywhere.
const free = /UTC|^(constructor|[gs]etTime|[gs]etMilliseconds|valueOf|toISOString|toJSON|toGMTString|toTemporalInstant)$/

/** A day is read in UTC, and so is what ends in Z or in an offset behind a time; an instant needs no reading. */
const isAbsolute = (value: unknown): boolean =>
  typeof value === 'string'
    ? /^\d{4}(-\d\d){0,2}$|(Z|:\d\d(\.\d+)?[+-]\d\d:?\d\d)$/.test(value)
    : typeof value !== 'object' || value === null || value instanceof Date

const isNamed = ([, options]: Args): boolean => (options as Intl.DateTimeFormatOptions | undefined)?.timeZone !== undefined

/** Wraps the host's `Date` and `Intl.DateTimeFormat`, once a worker: files share it. */
const listen = (): Listening => {
  const state: Listening = { asked: false }
  const hear = <F extends object>(target: F, isFree: (args: Args) => boolean, isFreeCall = isFree): F =>
    new Proxy(target, {
      apply: (called, self, args: Args) => {
        state.asked ||= !isFreeCall(args)
        return Reflect.apply(called as Method, self, args) as unknown
      },
      construct: (made, args: Args, newTarget) => {
        state.asked ||= !isFree(args)
        return Reflect.construct(made as new () => object, args, newTarget) as object
      },
    })
  const never = (): boolean => false

  const prototype = Date.prototype as unknown as Record<string, Method>
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
    if (!free.test(name)) prototype[name] = hear(value as Method, never)
  Date.parse = hear(Date.parse, (args) => isAbsolute(args[0]))
  globalThis.Date = hear(Date, (args) => args.length === 0 || (args.length === 1 && isAbsolute(args[0])), never)
  Object.defineProperty(Date.prototype, 'constructor', { value: Date })
  Intl.DateTimeFormat = hear(Intl.DateTimeFormat, isNamed)
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'constructor', { value: Intl.DateTimeFormat })
  return state
}

const key = Symbol.for('ka-governance: what asks for the zone of the host')
const worker = globalThis as unknown as { [key]: Listening | undefined }

export const hostZone = (): Listening => (worker[key] ??= listen())
