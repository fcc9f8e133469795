import { stackedColumns } from './charts.ts'
import { fill, labelOf, tierChip, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import type { CycleReport, ReviewEnd, TierOrExit, TierOrNone } from './model.ts'

const shown: readonly TierOrNone[] = ['A', 'B', 'C', 'D', 'none']
const targets: readonly TierOrExit[] = ['A', 'B', 'C', 'D', 'exit', 'none']

function matrix({ t, f }: Context, cycle: CycleReport): Html {
  const rows = shown.filter((from) => targets.some((to) => cycle.matrix[from][to] > 0))
  const columns = targets.filter((to) => (to !== 'exit' && to !== 'none') || rows.some((from) => cycle.matrix[from][to] > 0))
  const rank = (tier: TierOrExit): number => targets.indexOf(tier)
  const cell = (from: TierOrNone, to: TierOrExit): Html => {
    const n = cycle.matrix[from][to]
    const kind = n === 0 ? 'zero' : from === to || from === 'none' ? 'stay' : rank(to) < rank(from) ? 'rise' : 'fall'
    return html`<td class="${kind}">${n === 0 ? '·' : f.int(n)}</td>`
  }
  return html`<div class="panel">
    <table class="matrix">
      <caption>
        ${fill(t.tiers.migration, { cycle: cycle.id })} · ${t.tiers.fromTo}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${columns.map((c) => html`<th scope="col">${tierChip(c, t)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (from) =>
            html`<tr>
              <th scope="row">${tierChip(from, t)}</th>
              ${columns.map((to) => cell(from, to))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

/** Tiers over time and the migration of each cycle. */
export function tiersSection(context: Context): Html {
  const { model, t, f } = context
  if (model.cycles.length === 0)
    return html`<section id="tiers">
      <h2>${t.nav.tiers}</h2>
      <p class="lede">${t.tiers.noCycles}</p>
    </section>`
  const keys = shown.filter((k) => model.cycles.some((c) => c.counts[k] > 0))
  const legend = html`<div class="legend">
    ${keys.map((k) => html`<span><i class="t${k}"></i>${k === 'none' ? t.tiers.none : k}</span>`)}
  </div>`
  const counts = stackedColumns(
    model.cycles.map((c) => ({
      label: c.id + (c.partial ? ' *' : ''),
      note: f.int(Object.values(c.counts).reduce((s, n) => s + n, 0)),
      parts: keys.map((key) => ({ key, value: c.counts[key], text: f.int(c.counts[key]) })),
    })),
    t.tiers.overTime,
  )
  const sales = stackedColumns(
    model.cycles.map((c) => ({
      label: c.id + (c.partial ? ' *' : ''),
      note: f.money(Object.values(c.sales).reduce((s, n) => s + n, 0)),
      parts: keys.map((key) => ({ key, value: c.sales[key], text: f.money(c.sales[key]).replace(/^[A-Z]+\u00a0/, '') })),
    })),
    t.tiers.salesOverTime,
  )
  const ends = (Object.keys(t.ends) as ReviewEnd[]).filter((e) => model.cycles.some((c) => c.ends[e] > 0))
  const endsTable = html`<table>
    <caption>
      ${t.tiers.ends}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t.tiers.cycle}</th>
        ${ends.map((e) => html`<th class="num" scope="col">${labelOf(t.ends, e)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${model.cycles.map(
        (c) =>
          html`<tr>
            <th scope="row">${c.id}${c.partial ? ' *' : ''}</th>
            ${ends.map((e) => html`<td class="num">${c.ends[e] === 0 ? '·' : f.int(c.ends[e])}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
  const hasMove = (c: CycleReport): boolean => shown.some((from) => targets.some((to) => from !== to && c.matrix[from][to] > 0))
  const matrices = [...model.cycles]
    .reverse()
    .filter((c, i) => i === 0 || hasMove(c))
    .map((c) => matrix(context, c))
  const star = model.cycles.some((c) => c.partial) ? html`<p class="muted small">* ${t.tiers.partial}</p>` : ''
  return html`<section id="tiers">
    <h2>${t.nav.tiers}</h2>
    <p class="lede">${t.tiers.lede}</p>
    <div class="two">
      <figure class="panel">
        <figcaption>${t.tiers.overTime}</figcaption>
        ${legend}${counts}
      </figure>
      <figure class="panel">
        <figcaption>${t.tiers.salesOverTime}</figcaption>
        ${legend}${sales}
      </figure>
    </div>
    ${star}
    <div class="panel scroll" style="margin-top:16px">${endsTable}</div>
    <div class="matrices">${matrices}</div>
  </section>`
}
