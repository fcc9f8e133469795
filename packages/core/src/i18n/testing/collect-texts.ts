/** A text of a catalogue with its place. */
export interface CollectedText {
  readonly path: string
  readonly text: string
}

/**
 * Stands for any argument of a sentence: shows as ◇ wherever it is put, and so do its properties.
 */
const anything: unknown = new Proxy(() => '◇', {
  get: (_, name) => {
    if (name === Symbol.toPrimitive) return () => '◇'
    if (name === 'length') return 1
    return name === 'join' ? () => '◇' : anything
  },
})

/** Every text of a part of a catalogue; a sentence with ◇ for what is put in. */
export function collectTexts(part: unknown, path = ''): readonly CollectedText[] {
  if (typeof part === 'string') return [{ path, text: part }]
  if (typeof part === 'function') {
    const sentence = part as (...args: readonly unknown[]) => unknown
    return [{ path, text: String(sentence(...Array.from({ length: sentence.length }, () => anything))) }]
  }
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) => collectTexts(value, path === '' ? name : `${path}.${name}`))
}
