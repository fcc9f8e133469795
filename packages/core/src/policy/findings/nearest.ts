import { limits } from '../source/index.ts'

const MIN_LENGTH = 3
const MAX_LENGTH = 40

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other; letter case costs nothing. */
const distance = (from: string, to: string): number => {
  const a = from.toLowerCase()
  const b = to.toLowerCase()
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped))
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

/**
 * The known word most like a mistyped one, or `undefined` when none is near (more than a third of the letters differ).
 *
 * @example
 * ```ts
 * nearest('lookbak', ['lookback', 'min']) // => 'lookback'
 * ```
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length < MIN_LENGTH || word.length > MAX_LENGTH) return undefined
  const limit = Math.max(1, Math.ceil(word.length / 3))
  return known
    .filter((k) => Math.abs(k.length - word.length) <= limit)
    .map((k) => ({ k, d: distance(word, k) }))
    .filter(({ d }) => d <= limit)
    .sort((x, y) => x.d - y.d || (x.k < y.k ? -1 : 1))[0]?.k
}

/**
 * Guesses for many words of one kind: looks among the first known ones only, and stops guessing after a while, so that a document full of mistakes costs no
 * more than a long one.
 */
export function guesser(known: Iterable<string>): (word: string) => string | undefined {
  let words: readonly string[] | undefined
  let left: number = limits.guesses
  return (word) => {
    if (left <= 0) return undefined
    left -= 1
    words ??= [...known].slice(0, limits.guessedFrom)
    return nearest(word, words)
  }
}
