import { compareText } from '../../rules/index.ts'

/** Where the curve of cumulated shares is cut, in percent: A up to `a`, B up to `b`, C the rest. */
export type AbcCuts = { readonly a: number; readonly b: number }

/** A customer's place on the curve. */
export type AbcItem<Key> = {
  readonly key: Key
  readonly value: number
  /** From the largest down, this one included. */
  readonly cumulative: number
  readonly class: 'A' | 'B' | 'C'
}

/**
 * ABC analysis of customers by what they contribute [CLS-01, CLS-05]: from the largest down, A while the running total with the customer stays within `a`
 * percent of all, B within `b`, else C. Equal values keep the order of their keys, so that the outcome does not depend on the order of the input. Nothing to
 * share out (a total of 0 or less) makes everybody C; what is negative (more returned than bought) counts as nothing.
 *
 * @example
 * ```ts
 * abcOf([{ key: 'x', value: 60 }, { key: 'y', value: 40 }], { a: 60, b: 90 }).map((c) => c.class) // => ['A', 'C']
 * ```
 */
export function abcOf<Key extends string>(
  items: readonly { readonly key: Key; readonly value: number }[],
  cuts: AbcCuts,
): readonly AbcItem<Key>[] {
  const sorted = items
    .map(({ key, value }) => ({ key, value: Math.max(0, value) }))
    .sort((x, y) => y.value - x.value || compareText(x.key, y.key))
  const total = sorted.reduce((sum, item) => sum + item.value, 0)
  let cumulative = 0
  return sorted.map((item) => {
    cumulative += item.value
    // Compared as products, so that a customer exactly on the cut is inside it.
    const within = (percent: number): boolean => total > 0 && cumulative * 100 <= total * percent
    return { ...item, cumulative, class: within(cuts.a) ? 'A' : within(cuts.b) ? 'B' : 'C' }
  })
}
