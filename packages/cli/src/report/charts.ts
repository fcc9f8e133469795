import { html, type Html } from './html.ts'

export interface StackedBar {
  readonly label: string
  readonly note: string
  readonly parts: readonly { readonly key: string; readonly value: number; readonly text: string }[]
}

const fills: { readonly [key: string]: readonly [string, string] } = {
  A: ['var(--a)', 'var(--on-a)'],
  B: ['var(--b)', 'var(--on-b)'],
  C: ['var(--c)', 'var(--on-c)'],
  D: ['var(--d)', 'var(--on-d)'],
  none: ['var(--n)', 'var(--on-n)'],
}

/** Columns stacked from the last part at the bottom to the first on top, each labelled where there is room. Sizes in SVG user units. */
export function stackedColumns(bars: readonly StackedBar[], title: string): Html {
  const width = 500
  const height = 250
  const left = 4
  const top = 22
  const bottom = 44
  const plot = height - top - bottom
  const max = Math.max(1, ...bars.map((b) => b.parts.reduce((s, p) => s + Math.max(0, p.value), 0)))
  const step = (width - left) / Math.max(1, bars.length)
  const barWidth = Math.min(74, step * 0.7)
  const columns = bars.map((bar, i) => {
    const x = left + i * step + (step - barWidth) / 2
    let y = top + plot
    const rects = [...bar.parts].reverse().map((part) => {
      const h = (Math.max(0, part.value) / max) * plot
      y -= h
      const [fill, ink] = fills[part.key] ?? ['var(--n)', 'var(--on-n)']
      if (h <= 0) return html``
      const label =
        h >= 13 && barWidth >= 26
          ? html`<text
              x="${r(x + barWidth / 2)}"
              y="${r(y + h / 2 + 4)}"
              text-anchor="middle"
              style="fill:${ink};font-size:11.5px"
              >${part.text}</text
            >`
          : ''
      return html`<rect x="${r(x)}" y="${r(y)}" width="${r(barWidth)}" height="${r(Math.max(0, h - 1))}" rx="2" fill="${fill}"
          ><title>${bar.label} · ${part.key}: ${part.text}</title></rect
        >${label}`
    })
    const mid = r(x + barWidth / 2)
    return html`${rects}<text class="soft" x="${mid}" y="${r(y - 7)}" text-anchor="middle">${bar.note}</text
      ><text x="${mid}" y="${height - 24}" text-anchor="middle" style="font-size:${bars.length > 8 ? 10 : 12}px"
        >${bar.label}</text
      >`
  })
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
    <line x1="0" x2="${width}" y1="${top + plot}" y2="${top + plot}" stroke="var(--rule)" />
    ${columns}
  </svg>`
}

const bands = ['≤ 25', '25–50', '50–75', '75–100', '100–150', '> 150']

/** How much of a budget was used, in six bands; those beyond the budget in the colour of lateness. */
export function budgetHistogram(counts: readonly number[], title: string, format: (n: number) => string): Html {
  const max = Math.max(1, ...counts)
  const bars = counts.map((n, i) => {
    const h = n === 0 ? 0 : Math.max(1.5, (n / max) * 62)
    const x = 4 + i * 48
    return html`<rect
        x="${x}"
        y="${r(82 - h)}"
        width="40"
        height="${r(h)}"
        rx="2"
        fill="${i < 4 ? 'var(--b)' : 'var(--bad)'}"
      /><text x="${x + 20}" y="${r(82 - h - 5)}" text-anchor="middle" style="font-size:11px">${n === 0 ? '' : format(n)}</text
      ><text class="soft" x="${x + 20}" y="97" text-anchor="middle" style="font-size:10px">${bands[i] ?? ''}</text>`
  })
  return html`<svg viewBox="0 0 296 102" role="img" aria-label="${title}" style="max-width:296px">
    <line x1="0" x2="296" y1="82.5" y2="82.5" stroke="var(--rule)" />
    ${bars}
    <line x1="194" x2="194" y1="12" y2="82" stroke="var(--bad)" stroke-dasharray="2 3" />
  </svg>`
}

const r = (n: number): string => String(Math.round(n * 10) / 10)
