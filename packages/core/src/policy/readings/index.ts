import type { Finding } from '../../errors/index.ts'
import { readingCodes } from './codes.ts'
import type { Readings } from './data.ts'
import { readingTexts } from './texts.ts'

export type { CommandReadingData, NotPlain, ReadingData, Readings, ReadingText, TextsOf, ValueKind, YamlSlip } from './data.ts'
export { readingTexts } from './texts.ts'

/**
 * What reading found at a path: its words in English, and in `data` the kind and its particulars, from which the other languages make theirs. Places of a policy
 * are written by `formatPath`, those of a command with dots alone.
 */
export function reading<K extends keyof Readings>(path: string, kind: K, data: Readings[K]): Finding {
  const [message, remedy] = readingTexts[kind](data)
  return { path, code: readingCodes[kind].code, message, remedy, data: { kind, ...data } }
}
