/** Something that happens at an instant of the virtual clock. */
export interface Happening {
  readonly at: number
  readonly run: () => Promise<void>
}

/** Happenings in order of time; at the same instant in the order in which they were planned. */
export interface Timeline {
  plan(at: number, run: () => Promise<void>): void
  next(): Happening | undefined
  peek(): number | undefined
  readonly size: number
}

/** A binary heap. */
export function createTimeline(): Timeline {
  const heap: (Happening & { readonly seq: number })[] = []
  let seq = 0
  const before = (a: number, b: number): boolean => {
    const x = heap[a]
    const y = heap[b]
    return x !== undefined && y !== undefined && (x.at < y.at || (x.at === y.at && x.seq < y.seq))
  }
  const swap = (a: number, b: number): void => {
    const x = heap[a]
    const y = heap[b]
    if (x === undefined || y === undefined) return
    heap[a] = y
    heap[b] = x
  }
  return {
    get size() {
      return heap.length
    },
    peek: () => heap[0]?.at,
    plan(at, run) {
      heap.push({ at: Math.round(at), run, seq: (seq += 1) })
      for (let i = heap.length - 1; i > 0;) {
        const up = (i - 1) >> 1
        if (!before(i, up)) break
        swap(i, up)
        i = up
      }
    },
    next() {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined || heap.length === 0) return first
      heap[0] = last
      for (let i = 0; ;) {
        const left = 2 * i + 1
        let least = i
        if (before(left, least)) least = left
        if (before(left + 1, least)) least = left + 1
        if (least === i) return first
        swap(i, least)
        i = least
      }
    },
  }
}
