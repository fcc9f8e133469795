// One in so many changes, where a target is too large to be tried whole. Every file gives its share, rounded up, so that none is left out; which ones
// is a matter of their hash: the same code has the same sample, and one in two holds all of one in four.
import { createHash } from 'node:crypto'

/** A change, by the place in the repository and what stands there instead. */
export type Change = Readonly<{
  id: string
  file: string
  location: Readonly<{ start: Place; end: Place }>
  mutatorName: string
  replacement: string
}>

type Place = Readonly<{ line: number; column: number }>

const rankOf = (draw: number, { file, location: { start, end }, mutatorName, replacement }: Change): string =>
  createHash('sha256')
    .update([draw, file, start.line, start.column, end.line, end.column, mutatorName, replacement].join(' '))
    .digest('hex')

/** The ids of the changes to try. Another draw is another sample: for what the tests are worth that were written for the survivors of the first. */
export function sampleOf(oneIn: number, changes: readonly Change[], draw = 1): ReadonlySet<string> {
  const byFile = [...new Set(changes.map(({ file }) => file))].map((name) => changes.filter(({ file }) => file === name))
  return new Set(
    byFile.flatMap((own) =>
      own
        .map((change) => ({ id: change.id, rank: rankOf(draw, change) }))
        .sort((a, b) => (a.rank < b.rank ? -1 : 1))
        .slice(0, Math.ceil(own.length / oneIn))
        .map(({ id }) => id),
    ),
  )
}

/**
 * Where the share of all lies, with 95 % confidence, if `noticed` of `tried` were: Wilson's interval, narrower the fewer are left untried (Cochran,
 * Sampling Techniques, 3rd ed., 2.6). Of everything it is the share itself.
 */
export function intervalOf(noticed: number, tried: number, all: number): readonly [low: number, high: number] {
  const share = noticed / tried
  if (tried >= all) return [share, share]
  const n = (tried * (all - 1)) / (all - tried)
  const z2 = 1.959964 ** 2
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n)
  const reach = Math.sqrt(z2 * ((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)]
}
