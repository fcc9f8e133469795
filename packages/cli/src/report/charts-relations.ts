import { html, type Html } from './html.ts'

const day = 86_400_000
const width = 760
const round = (n: number): number => Math.round(n * 10) / 10

/** Ticks of a time axis: first days of half-years, or of years where the span is long. */
function ticks(from: number, to: number): readonly { readonly at: number; readonly label: string }[] {
  const months = (to - from) / (30.4 * day) > 36 ? 12 : (to - from) / (30.4 * day) > 14 ? 6 : 3
  const start = new Date(from)
  const found: { at: number; label: string }[] = []
  for (let m = 0; ; m += months) {
    const at = Date.UTC(start.getUTCFullYear(), m, 1)
    if (at > to) return found
    // A label at the very edge would be cut.
    if (at >= from && at <= to - (to - from) * 0.03) found.push({ at, label: new Date(at).toISOString().slice(0, 7) })
  }
}

function axis(from: number, to: number, x: (at: number) => number, y: number): Html {
  return html`<line x1="0" x2="${width}" y1="${y}" y2="${y}" stroke="var(--rule)" />${ticks(from, to).map(
      (tick) =>
        html`<line x1="${x(tick.at)}" x2="${x(tick.at)}" y1="${y}" y2="${y + 4}" stroke="var(--rule)" /><text
            class="soft"
            x="${x(tick.at)}"
            y="${y + 16}"
            text-anchor="middle"
            style="font-size:10.5px"
            >${tick.label}</text
          >`,
    )}`
}

const scale =
  (from: number, to: number) =>
  (at: number): number =>
    round(8 + ((Math.min(to, Math.max(from, at)) - from) / Math.max(1, to - from)) * (width - 16))

export interface Mark {
  readonly at: number
  /** Above the mark. */
  readonly label: string
  readonly title: string
  readonly fill: string
}

/** Marks on one line of time: the versions of a baseline. Labels that would touch stand on two heights. */
export function markLine(marks: readonly Mark[], title: string): Html {
  const first = Math.min(...marks.map((m) => m.at))
  const last = Math.max(...marks.map((m) => m.at))
  const from = first - 20 * day
  const to = Math.max(last + 20 * day, first + 120 * day)
  const x = scale(from, to)
  let before = Number.NEGATIVE_INFINITY
  let high = false
  const drawn = marks.map((mark) => {
    const at = x(mark.at)
    high = at - before < 74 && !high
    before = at
    return html`<g
      ><title>${mark.title}</title><circle cx="${at}" cy="48" r="6" fill="${mark.fill}" /><text
        x="${at}"
        y="${high ? 20 : 36}"
        text-anchor="middle"
        style="font-size:11px"
        >${mark.label}</text
      ></g
    >`
  })
  return html`<svg viewBox="0 0 ${width} 78" role="img" aria-label="${title}">
    <line x1="${x(first)}" x2="${x(to)}" y1="48" y2="48" stroke="var(--b)" stroke-width="2" />
    ${drawn}${axis(from, to, x, 60)}
  </svg>`
}

export interface Span {
  readonly from: number
  readonly to: number
  readonly label: string
  readonly fill: string
  readonly ink: string
}

/** Stretches of time, each with its name where there is room, and ticks for what happened. */
export function spanLine(
  spans: readonly Span[],
  events: readonly { readonly at: number; readonly title: string }[],
  from: number,
  to: number,
  title: string,
): Html {
  const x = scale(from, to)
  const bars = spans.map((span) => {
    const left = x(span.from)
    const w = Math.max(1.5, round(x(span.to) - left))
    const label =
      w > span.label.length * 7.5 + 8
        ? html`<text x="${round(left + w / 2)}" y="19" text-anchor="middle" style="fill:${span.ink};font-size:11px"
            >${span.label}</text
          >`
        : ''
    return html`<g
      ><title>${span.label}</title><rect x="${left}" y="6" width="${w}" height="18" rx="3" fill="${span.fill}" />${label}</g
    >`
  })
  const marks = events.map(
    (e) =>
      html`<g
        ><title>${e.title}</title><line x1="${x(e.at)}" x2="${x(e.at)}" y1="23" y2="31" stroke="var(--ink)" stroke-width="1.2"
      /></g>`,
  )
  return html`<svg viewBox="0 0 ${width} 50" role="img" aria-label="${title}">${bars}${marks}${axis(from, to, x, 30)}</svg>`
}
