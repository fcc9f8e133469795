import { layOutStatechart, type Box, type Wire } from './statechart-layout.ts'
import type { ChartState, ChartStep, Statechart } from './statechart.ts'

/** How a statechart is labelled and what is marked in it. */
export type StatechartSvgOptions = Readonly<{
  /** Read by a screen reader and shown on hover; the machine's id otherwise. */
  title?: string
  /** The name of a state in the reader's language; its key otherwise. */
  stateLabel?: (state: ChartState) => string
  /** The name of a command or deadline in the reader's language; otherwise its type, with the guard in brackets. */
  stepLabel?: (step: ChartStep) => string
  /** Ids of states to mark, those around them included: where a case stands. */
  current?: readonly string[]
}>

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char)

const n = (value: number): string => String(Math.round(value * 10) / 10)

/** `vote [isApproval(outcome: approved)]`. */
const plainStepLabel = (step: ChartStep): string => {
  const event = step.event === '' ? 'always' : step.event
  return step.guard === null ? event : `${event} [${step.guard}]`
}

// Dark enough for thin lines on white, and told apart by people who see red and green alike.
const colours = ['#0b5cad', '#b3541e', '#2f7d5b', '#7a3e9d', '#946200', '#3d5a6c', '#b0286b', '#4d6b00'] as const

const boxSvg = (box: Box, isCurrent: boolean): string => {
  const { state } = box
  const surrounds = state.kind === 'compound' || state.kind === 'parallel'
  const fill = isCurrent ? '#fff3c4' : surrounds ? (state.depth % 2 === 0 ? '#f6f8fa' : '#ffffff') : '#ffffff'
  const stroke = isCurrent ? '#946200' : '#57606a'
  const rect = (by: number): string =>
    `<rect x="${n(box.x + by)}" y="${n(box.y + by)}" width="${n(box.width - 2 * by)}" height="${n(box.height - 2 * by)}" rx="6" fill="${fill}" stroke="${stroke}"${state.kind === 'parallel' ? ' stroke-dasharray="5 3"' : ''}/>`
  const dot = state.isInitial ? `<circle cx="${n(box.x + 14)}" cy="${n(box.y + 14)}" r="4" fill="${stroke}"/>` : ''
  const name = `<text x="${n(box.x + (state.isInitial ? 24 : 12))}" y="${n(box.y + 18.5)}" font-size="13" font-weight="600">${escape(box.label)}</text>`
  const rows = box.rows.map((row) => `<text x="${n(box.x + 16)}" y="${n(row.y + 4)}" fill="#424a53">${escape(row.label)}</text>`)
  return [rect(0), ...(state.kind === 'final' ? [rect(3)] : []), dot, name, ...rows].filter((part) => part !== '').join('')
}

const wireSvg = (wire: Wire, colour: string): string => {
  const branches = wire.branches.map((branch) => `M${n(branch.x)} ${n(branch.y)}H${n(wire.x)}`).join('')
  const heights = [wire.arrow.y, ...wire.branches.map((branch) => branch.y)]
  const trunk = `M${n(wire.x)} ${n(Math.min(...heights))}V${n(Math.max(...heights))}`
  const toward = wire.side === 'left' ? -1 : 1
  const { x, y } = wire.arrow
  const tip = `M${n(x + 7 * toward)} ${n(y - 3.5)}L${n(x)} ${n(y)}L${n(x + 7 * toward)} ${n(y + 3.5)}Z`
  return `<g stroke="${colour}" fill="none"><path d="${branches}${trunk}M${n(wire.x)} ${n(y)}H${n(x + 6 * toward)}"/><path d="${tip}" fill="${colour}"/></g>`
}

/**
 * Draws a statechart as one self-contained SVG: a box for each state with the commands that lead on, lines on the right to what comes later and on
 * the left back to what came before. Every text is escaped; no script, no font, no address. The same chart gives the same bytes.
 *
 * @example
 * ```ts
 * import { complaintMachine } from '@ka-governance/core/machines'
 *
 * const svg = statechartSvg(readStatechart(complaintMachine), { title: 'Complaint' })
 * svg.startsWith('<svg ') // => true
 * ```
 */
export function statechartSvg(chart: Statechart, options: StatechartSvgOptions = {}): string {
  const layout = layOutStatechart(chart, {
    stateLabel: options.stateLabel ?? ((state) => state.name),
    stepLabel: options.stepLabel ?? plainStepLabel,
  })
  const current = options.current ?? []
  const isCurrent = (state: ChartState): boolean => current.some((id) => id === state.id || id.startsWith(`${state.id}.`))
  const targets = [...new Set(layout.wires.map((wire) => wire.to))]
  const colour = (wire: Wire): string => colours[targets.indexOf(wire.to) % colours.length] ?? colours[0]
  const size = `width="${n(layout.width)}" height="${n(layout.height)}" viewBox="0 0 ${n(layout.width)} ${n(layout.height)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif" font-size="12" fill="#1f2328">`,
    `<title>${escape(options.title ?? chart.id)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...layout.boxes.map((box) => boxSvg(box, isCurrent(box.state))),
    ...layout.wires.map((wire) => wireSvg(wire, colour(wire))),
    '</svg>',
  ].join('\n')
}
