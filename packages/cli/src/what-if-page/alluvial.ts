import { html, type Html } from '../report/html.ts'

/** A class on one side of the drawing. */
export interface FlowNode {
  readonly key: string
  /** Written beside its bar. */
  readonly label: string
  readonly note: string
  readonly fill: string
}

/** So many accounts of a class on the left are in a class on the right. */
export interface Flow {
  readonly from: string
  readonly to: string
  readonly value: number
  /** `stay` is drawn pale, the moves stand out. */
  readonly tone: 'stay' | 'rise' | 'fall'
  readonly title: string
}

export interface AlluvialOptions {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly left: readonly FlowNode[]
  readonly right: readonly FlowNode[]
  readonly leftHead: string
  readonly rightHead: string
  readonly flows: readonly Flow[]
}

const width = 760
const top = 34
const plot = 290
const gap = 12
/** Room for a label of two lines beside a thin bar. */
const slot = 32
const bar = 13
const leftX = 128
const rightX = width - 128 - bar
/** A move of one account among a million is still a line that can be seen. */
const thinnest = 2.5

interface Band extends Flow {
  readonly size: number
  leftY: number
  rightY: number
}

interface Placed extends FlowNode {
  readonly y: number
  readonly height: number
}

/** Stacks the nodes of one side from the top and gives each band its place there, in the order of the other side's nodes. */
function place(
  nodes: readonly FlowNode[],
  otherSide: readonly FlowNode[],
  bands: readonly Band[],
  mine: 'from' | 'to',
  set: (band: Band, y: number) => void,
): readonly Placed[] {
  const theirs = mine === 'from' ? 'to' : 'from'
  let y = top
  return nodes.map((node) => {
    const height = bands.filter((b) => b[mine] === node.key).reduce((sum, b) => sum + b.size, 0)
    const room = Math.max(height, slot)
    const start = y + (room - height) / 2
    let at = start
    for (const other of otherSide) {
      const band = bands.find((b) => b[mine] === node.key && b[theirs] === other.key)
      if (band === undefined) continue
      set(band, at)
      at += band.size
    }
    y += room + gap
    return { ...node, y: start, height }
  })
}

const n = (value: number): string => String(Math.round(value * 10) / 10)

function ribbon(band: Band): Html {
  const from = leftX + bar
  const middle = (from + rightX) / 2
  const { leftY: a, rightY: b, size: h } = band
  const d = [
    `M${n(from)} ${n(a)}C${n(middle)} ${n(a)} ${n(middle)} ${n(b)} ${n(rightX)} ${n(b)}`,
    `L${n(rightX)} ${n(b + h)}C${n(middle)} ${n(b + h)} ${n(middle)} ${n(a + h)} ${n(from)} ${n(a + h)}Z`,
  ].join('')
  return html`<path class="flow ${band.tone}" d="${d}"><title>${band.title}</title></path>`
}

/**
 * How accounts flow from the classes of one policy to those of another: bands between two columns of bars, as thick as they are large, the moves drawn over
 * what stays. Bands that would be too thin to see are widened; the table beside it has the numbers.
 */
export function alluvial({ id, title, description, left, right, leftHead, rightHead, flows }: AlluvialOptions): Html {
  const shown = flows.filter((flow) => flow.value > 0)
  const total = shown.reduce((sum, flow) => sum + flow.value, 0)
  // Widened bands take their room from the others.
  const small = shown.filter((flow) => (flow.value / total) * plot < thinnest)
  const rest = total - small.reduce((sum, flow) => sum + flow.value, 0)
  const scale = rest === 0 ? 0 : Math.max(0, plot - small.length * thinnest) / rest
  const bands = shown.map((flow): Band => ({
    ...flow,
    size: small.includes(flow) ? thinnest : flow.value * scale,
    leftY: 0,
    rightY: 0,
  }))
  const lefts = place(left, right, bands, 'from', (band, y) => (band.leftY = y))
  const rights = place(right, left, bands, 'to', (band, y) => (band.rightY = y))
  const bottom = Math.max(...[...lefts, ...rights].map((node) => node.y + Math.max(node.height, (node.height + slot) / 2)))
  const drawn = [...bands.filter((b) => b.tone === 'stay'), ...bands.filter((b) => b.tone !== 'stay')].map(ribbon)
  const column = (nodes: readonly Placed[], x: number, anchor: 'start' | 'end'): readonly Html[] => {
    const textX = anchor === 'end' ? x - 10 : x + bar + 10
    return nodes.map((node) => {
      const middle = node.y + node.height / 2
      return html`<rect
          x="${n(x)}"
          y="${n(node.y)}"
          width="${bar}"
          height="${n(Math.max(1, node.height))}"
          rx="2"
          fill="${node.fill}"
        /><text x="${n(textX)}" y="${n(middle - 1)}" text-anchor="${anchor}" style="font-size:14px;font-weight:600"
          >${node.label}</text
        ><text class="soft" x="${n(textX)}" y="${n(middle + 14)}" text-anchor="${anchor}">${node.note}</text>`
    })
  }
  return html`<svg
    class="wide"
    viewBox="0 0 ${width} ${n(bottom + 8)}"
    role="img"
    aria-labelledby="${id}-title ${id}-desc"
    xmlns="http://www.w3.org/2000/svg"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${description}</desc>
    <text class="soft" x="${leftX + bar}" y="14" text-anchor="end">${leftHead}</text>
    <text class="soft" x="${rightX}" y="14" text-anchor="start">${rightHead}</text>
    ${drawn}${column(lefts, leftX, 'end')}${column(rights, rightX, 'start')}
  </svg>`
}
