import { firstTrue } from './first-true.ts'

const blockLimit = 512

/** Items kept in order. Adding, removing and finding a place cost the logarithm of the size plus a move inside one small block. */
export interface OrderedIndex<T> {
  readonly size: number
  add(item: T): void
  /** False when no item compares equal. */
  remove(item: T): boolean
  /**
   * Items in order, from the first for which `reached` is true; `reached` must stay true from there on. Nothing may be added or removed while
   * the iteration is under way.
   */
  from(reached: (item: T) => boolean): Generator<T, void, undefined>
}

/**
 * An index over items in a total order: `compare` answers 0 for the very same item only. Sorted blocks instead of a heap, because a sweep resumes
 * after its last hit and a heap cannot start in the middle.
 */
export function createOrderedIndex<T>(compare: (a: T, b: T) => number, items: Iterable<T> = []): OrderedIndex<T> {
  const sorted = [...items].sort(compare)
  let size = sorted.length
  const blocks: T[][] = []
  for (let start = 0; start < size; start += blockLimit) blocks.push(sorted.slice(start, start + blockLimit))

  /** The block that holds `reached`'s first item, and the place inside it. */
  function locate(reached: (item: T) => boolean): { block: number; place: number } {
    const block = firstTrue(blocks.length, (b) => {
      const items = blocks[b] as T[]
      return reached(items[items.length - 1] as T)
    })
    const items = blocks[block]
    return { block, place: items === undefined ? 0 : firstTrue(items.length, (i) => reached(items[i] as T)) }
  }

  function insert(item: T): void {
    const { block, place } = locate((other) => compare(other, item) >= 0)
    const items = blocks[block] as T[]
    items.splice(place, 0, item)
    if (items.length > blockLimit) blocks.splice(block + 1, 0, items.splice(blockLimit >>> 1))
  }

  return {
    get size() {
      return size
    },
    add(item) {
      size += 1
      // Items often arrive in rising order: the end is tried first, and its block is left full when it is split.
      const end = blocks.at(-1)
      const greatest = end?.at(-1)
      if (end === undefined || greatest === undefined || (compare(greatest, item) < 0 && end.length >= blockLimit))
        blocks.push([item])
      else if (compare(greatest, item) < 0) end.push(item)
      else insert(item)
    },
    remove(item) {
      const { block, place } = locate((other) => compare(other, item) >= 0)
      const items = blocks[block]
      const found = items?.[place]
      if (items === undefined || found === undefined || compare(found, item) !== 0) return false
      items.splice(place, 1)
      if (items.length === 0) blocks.splice(block, 1)
      size -= 1
      return true
    },
    *from(reached) {
      const start = locate(reached)
      for (let block = start.block; block < blocks.length; block += 1) {
        const items = blocks[block] as T[]
        for (let place = block === start.block ? start.place : 0; place < items.length; place += 1) yield items[place] as T
      }
    },
  }
}
