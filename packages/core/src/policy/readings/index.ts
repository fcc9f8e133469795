import type { Finding } from '../../errors/index.ts'
import { readingCodes } from './codes.ts'
import type { ReadingData } from './data.ts'
import { readingTexts } from './texts.ts'

export type { NotPlain, ReadingData, ReadingText, TextsOf, ValueKind, YamlSlip } from './data.ts'
export { readingTexts } from './texts.ts'

/**
 * What reading found at a path as `formatPath` writes it: its words in English, and in `data` the kind and its particulars, from which the other
 * languages make theirs.
 */
export function reading<K extends keyof ReadingData>(path: string, kind: K, data: ReadingData[K]): Finding {
  const [message, remedy] = readingTexts[kind](data)
  return { path, code: readingCodes[kind].code, message, remedy, data: { kind, ...data } }
}
