/** The first so many of what is shown to it, in an order of its own: memory does not grow with what goes by. */
export interface TopList<T> {
  readonly add: (item: T) => void
  readonly listed: () => readonly T[]
}

/** @param order negative: the first one stands before the second. It must tell any two items apart, so that the list does not depend on who came first. */
export function createTopList<T>(limit: number, order: (a: T, b: T) => number): TopList<T> {
  const items: T[] = []
  return {
    add: (item) => {
      const last = items.at(-1)
      if (limit === 0 || (items.length >= limit && last !== undefined && order(item, last) >= 0)) return
      let low = 0
      let high = items.length
      while (low < high) {
        const middle = (low + high) >> 1
        const other = items[middle]
        if (other !== undefined && order(item, other) >= 0) low = middle + 1
        else high = middle
      }
      items.splice(low, 0, item)
      if (items.length > limit) items.pop()
    },
    listed: () => [...items],
  }
}
