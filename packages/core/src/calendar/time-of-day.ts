import type { Milliseconds } from './types.ts'

const DAY = 86_400_000

const pattern = /^(?:([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?|24:00(?::00(?:\.000)?)?)$/

/** Milliseconds from midnight by the wall clock, or `undefined` for a text that is no time. "24:00" is the end of the day. */
export const tryTimeOfDay = (text: string): Milliseconds | undefined => {
  if (text.length > 12) return undefined
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, hours, minutes, seconds = '0', milliseconds = '0'] = match
  if (hours === undefined) return DAY
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(milliseconds)
}
