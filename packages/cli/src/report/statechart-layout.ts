import type { ChartState, ChartStep, Statechart } from './statechart.ts'

/** A state as a box, and the lines that it lists: the commands that lead out of it. Measures are pixels. */
export type Box = Readonly<{
  state: ChartState
  label: string
  x: number
  y: number
  width: number
  height: number
  rows: readonly BoxRow[]
}>
export type BoxRow = Readonly<{ y: number; label: string; step: ChartStep }>

/** All ways into one state on one side: a trunk at `x`, a branch at the height of each row it comes from, an arrow into the box. */
export type Wire = Readonly<{
  to: string
  side: 'left' | 'right'
  x: number
  arrow: Readonly<{ x: number; y: number }>
  branches: readonly Readonly<{ x: number; y: number; from: string }>[]
}>

export type ChartLayout = Readonly<{ width: number; height: number; boxes: readonly Box[]; wires: readonly Wire[] }>

export type LayoutOptions = Readonly<{ stateLabel: (state: ChartState) => string; stepLabel: (step: ChartStep) => string }>

const header = 28
const line = 18
const inset = 14
const gap = 12
const track = 9
const margin = 12

/** Estimated width of a text at 12 px: Chinese characters take a whole square. */
export const textWidth = (text: string): number =>
  Array.from(text).reduce((sum, char) => sum + (/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/.test(char) ? 12.5 : 6.9), 0)

type Placed = { state: ChartState; label: string; y: number; height: number; rows: BoxRow[] }

/** Boxes one below the other, in the machine's order, inner ones inside: the order in which a case usually moves on. */
const stack = (chart: Statechart, options: LayoutOptions): readonly Placed[] => {
  const placed: Placed[] = []
  const place = (parent: string | null, from: number): number => {
    let y = from
    for (const state of chart.states.filter((item) => item.parent === parent)) {
      const steps = chart.steps.filter((step) => step.from === state.id && step.to !== null)
      const rows = steps.map((step, index): BoxRow => ({
        y: y + header + line * index + line / 2,
        label: options.stepLabel(step),
        step,
      }))
      const box: Placed = { state, label: options.stateLabel(state), y, height: 0, rows }
      placed.push(box)
      const body = y + header + line * rows.length + (rows.length > 0 ? 5 : 0)
      const inner = place(state.id, body + 2)
      box.height = (inner === body + 2 ? body : inner) - y
      y += box.height + gap
    }
    // The last box needs its gap only as the inset of the one around it.
    return y
  }
  place(null, margin)
  return placed
}

type Trunk = {
  to: string
  side: Wire['side']
  from: number
  until: number
  sources: { y: number; depth: number; id: string }[]
  target: Placed
}

const trunksOf = (boxes: readonly Placed[]): readonly Trunk[] => {
  const trunks = new Map<string, Trunk>()
  for (const box of boxes) {
    for (const row of box.rows) {
      const target = boxes.find((other) => other.state.id === row.step.to)
      if (target === undefined) continue
      const entry = target.y + header / 2
      // On the right the case goes on, on the left it goes back.
      const side = entry > row.y ? 'right' : 'left'
      const key = `${side} ${target.state.id}`
      const trunk = trunks.get(key) ?? { to: target.state.id, side, from: entry, until: entry, sources: [], target }
      trunk.from = Math.min(trunk.from, row.y)
      trunk.until = Math.max(trunk.until, row.y)
      trunk.sources.push({ y: row.y, depth: box.state.depth, id: box.state.id })
      trunks.set(key, trunk)
    }
  }
  return [...trunks.values()]
}

/** Short trunks next to the boxes, and no two that overlap on one track. */
const tracks = (trunks: readonly Trunk[]): ReadonlyMap<Trunk, number> => {
  const taken: Trunk[][] = []
  const result = new Map<Trunk, number>()
  for (const trunk of [...trunks].sort((a, b) => a.until - a.from - (b.until - b.from) || a.from - b.from)) {
    const free = taken.findIndex((others) =>
      others.every((other) => trunk.until + 4 < other.from || other.until + 4 < trunk.from),
    )
    const index = free === -1 ? taken.length : free
    taken[index] = [...(taken[index] ?? []), trunk]
    result.set(trunk, index)
  }
  return result
}

/**
 * Places a statechart: every state a box with the commands that lead out of it, inner states inside, and one trunk of lines for each state that
 * is led to. Deterministic: the same chart gives the same numbers.
 */
export function layOutStatechart(chart: Statechart, options: LayoutOptions): ChartLayout {
  const placed = stack(chart, options)
  const trunks = trunksOf(placed)
  const left = tracks(trunks.filter((trunk) => trunk.side === 'left'))
  const right = tracks(trunks.filter((trunk) => trunk.side === 'right'))
  const count = (side: ReadonlyMap<Trunk, number>): number => Math.max(0, ...[...side.values()].map((index) => index + 1))

  const start = margin + count(left) * track + 10
  const need = (box: Placed): number =>
    2 * inset * box.state.depth +
    34 +
    Math.max(textWidth(box.label) * 1.1 + 24, ...box.rows.map((row) => textWidth(row.label) + 14))
  const inner = Math.ceil(Math.max(160, ...placed.map(need)))
  const end = start + inner

  const boxes = placed.map((box): Box => {
    const shift = inset * box.state.depth
    return { ...box, x: start + shift, width: inner - 2 * shift }
  })
  const edge = (side: Wire['side'], depth: number): number => (side === 'left' ? start + inset * depth : end - inset * depth)
  const wires = trunks.map((trunk): Wire => {
    const index = (trunk.side === 'left' ? left : right).get(trunk) ?? 0
    return {
      to: trunk.to,
      side: trunk.side,
      x: trunk.side === 'left' ? start - 10 - index * track : end + 10 + index * track,
      arrow: { x: edge(trunk.side, trunk.target.state.depth), y: trunk.target.y + header / 2 },
      branches: trunk.sources.map((source) => ({ x: edge(trunk.side, source.depth), y: source.y, from: source.id })),
    }
  })
  const height = Math.max(0, ...placed.map((box) => box.y + box.height)) + margin
  return { width: Math.ceil(end + 10 + count(right) * track + margin), height: Math.ceil(height), boxes, wires }
}
