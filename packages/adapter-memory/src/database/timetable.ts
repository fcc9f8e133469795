import { firstTrue } from './first-true.ts'
import type { UndoLog } from './table.ts'

/** Something to be done at an instant. */
export interface Appointment {
  /** Epoch milliseconds. */
  readonly at: number
  readonly id: string
  readonly label: string
}

/** Appointments in order of instant, then id. An id has at most one. */
export interface Timetable {
  readonly size: number
  /** Moves the appointment of `id`; `before` and `after` are its instants, null for none. */
  readonly move: (id: string, label: string, before: number | null, after: number | null) => void
  /** In order, those behind `after`; nothing may be moved while the iteration is under way. */
  readonly from: (after?: Pick<Appointment, 'at' | 'id'>) => Generator<Appointment, void, undefined>
}

const blockLimit = 512

interface Block {
  readonly at: number[]
  readonly ids: string[]
  readonly labels: string[]
}

/**
 * An ordered index that holds everything a sweep asks for in columns. Rows of a million instances lie all over the memory, and fetching a thousand of
 * them costs more than finding them; columns are read from start to end, so that the answer costs the same however many instances there are.
 */
export function createTimetable(undo: UndoLog): Timetable {
  const blocks: Block[] = []
  let size = 0

  const isAtOrBehind = (block: Block, place: number, at: number, id: string): boolean => {
    const other = block.at[place] ?? 0
    return other > at || (other === at && (block.ids[place] ?? '') >= id)
  }

  /** The first appointment at or behind this one. */
  function locate(at: number, id: string): { readonly index: number; readonly block: Block | undefined; readonly place: number } {
    const index = firstTrue(blocks.length, (b) => {
      const block = blocks[b]
      return block !== undefined && isAtOrBehind(block, block.at.length - 1, at, id)
    })
    const block = blocks[index]
    return { index, block, place: block === undefined ? 0 : firstTrue(block.at.length, (i) => isAtOrBehind(block, i, at, id)) }
  }

  function add(at: number, id: string, label: string): void {
    size += 1
    const found = locate(at, id)
    const block = found.block ?? blocks.at(-1)
    if (block === undefined) {
      blocks.push({ at: [at], ids: [id], labels: [label] })
      return
    }
    const place = found.block === undefined ? block.at.length : found.place
    block.at.splice(place, 0, at)
    block.ids.splice(place, 0, id)
    block.labels.splice(place, 0, label)
    if (block.at.length <= blockLimit) return
    const half = blockLimit >>> 1
    const tail = { at: block.at.splice(half), ids: block.ids.splice(half), labels: block.labels.splice(half) }
    blocks.splice(blocks.indexOf(block, Math.min(found.index, blocks.length - 1)) + 1, 0, tail)
  }

  function remove(at: number, id: string): void {
    const { index, block, place } = locate(at, id)
    if (block?.at[place] !== at || block.ids[place] !== id) return
    for (const column of [block.at, block.ids, block.labels]) column.splice(place, 1)
    if (block.at.length === 0) blocks.splice(index, 1)
    size -= 1
  }

  function replace(id: string, label: string, before: number | null, after: number | null): void {
    if (before !== null) remove(before, id)
    if (after !== null) add(after, id, label)
  }

  return {
    get size() {
      return size
    },
    move(id, label, before, after) {
      if (before === after) return
      replace(id, label, before, after)
      undo(() => {
        replace(id, label, after, before)
      })
    },
    *from(after) {
      const start = after === undefined ? { index: 0, place: 0 } : locate(after.at, `${after.id}\0`)
      for (let index = start.index; index < blocks.length; index += 1) {
        const block = blocks[index] as Block
        for (let place = index === start.index ? start.place : 0; place < block.at.length; place += 1)
          yield { at: block.at[place] as number, id: block.ids[place] as string, label: block.labels[place] as string }
      }
    },
  }
}
