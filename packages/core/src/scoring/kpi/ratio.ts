/** A figure that names the instances behind it. `percent` is null where there is nothing to count: no data is never 0 % [decision 14]. */
export type Ratio = {
  /** Percent, rounded to two decimals. */
  readonly percent: number | null
  /** Ids that count, in the order given. */
  readonly counted: readonly string[]
  /** Ids of everything that was asked, the counted ones included. */
  readonly of: readonly string[]
}

/** The share of the items that count. */
export function ratioOf<Item>(items: readonly Item[], id: (item: Item) => string, counts: (item: Item) => boolean): Ratio {
  const counted = items.filter(counts).map(id)
  return {
    percent: items.length === 0 ? null : Math.round((counted.length / items.length) * 10_000) / 100,
    counted,
    of: items.map(id),
  }
}
