import { budgetHistogram } from './charts.ts'
import { labelOf, tierChip, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import type { ClockReport } from './model.ts'
import { stateName } from './state-name.ts'

function bar(parts: readonly (readonly [string, number])[]): Html {
  const total = parts.reduce((s, [, n]) => s + n, 0)
  if (total === 0) return html`<div class="bar"></div>`
  return html`<div class="bar">
    ${parts.map(([kind, n]) => (n === 0 ? '' : html`<i class="${kind}" style="width:${String(Math.round((n / total) * 10_000) / 100)}%"></i>`))}
  </div>`
}

function clockRow({ t, f }: Context, c: ClockReport): Html {
  const done = c.met + c.late
  const rate = done === 0 ? '–' : f.share(c.met / done, 1)
  return html`<tr>
    <td>${labelOf(t.clocks, c.clock)}<br /><code class="muted">${c.parameter}</code></td>
    <td class="nowrap">${c.budget}</td>
    <td>
      ${bar([
        ['bm', c.met],
        ['bl', c.late],
        ['bo', c.open],
        ['bi', c.dropped],
      ])}
    </td>
    <td class="num">${f.int(c.met)}</td>
    <td class="num">${f.int(c.late)}</td>
    <td class="num">${f.int(c.open)}</td>
    <td class="num">${f.int(c.dropped)}</td>
    <td class="num">${rate}</td>
  </tr>`
}

/** How the complaints went: clocks, outcomes, the source's own verdict. */
export function complaintsSection(context: Context): Html {
  const { model, t, f } = context
  const { complaints } = model
  if (complaints.total === 0)
    return html`<section id="complaints">
      <h2>${t.nav.complaints}</h2>
      <p class="lede">${t.complaints.none}</p>
    </section>`
  const table = html`<div class="panel scroll">
    <div class="legend">
      <span><i class="bm"></i>${t.complaints.met}</span><span><i class="bl"></i>${t.complaints.late}</span
      ><span><i class="bo"></i>${t.complaints.open}</span><span><i class="bi"></i>${t.complaints.dropped}</span>
    </div>
    <table>
      <thead>
        <tr>
          <th>${t.complaints.clock}</th>
          <th>${t.complaints.budget}</th>
          <th></th>
          <th class="num">${t.complaints.met}</th>
          <th class="num">${t.complaints.late}</th>
          <th class="num">${t.complaints.open}</th>
          <th class="num">${t.complaints.dropped}</th>
          <th class="num">${t.complaints.rate}</th>
        </tr>
      </thead>
      <tbody>
        ${model.clocks.map((c) => clockRow(context, c))}
      </tbody>
    </table>
  </div>`
  const histograms = model.clocks
    .filter((c) => c.histogram.some((n) => n > 0))
    .slice(0, 6)
    .map(
      (c) =>
        html`<figure class="panel">
          <figcaption><b>${labelOf(t.clocks, c.clock)}</b> · ${t.complaints.used}, %</figcaption>
          ${budgetHistogram(c.histogram, labelOf(t.clocks, c.clock), (n) => f.int(n))}
        </figure>`,
    )
  const states = html`<div class="panel">
    <table>
      <caption>
        ${t.complaints.outcome}
      </caption>
      <thead>
        <tr>
          <th>${t.complaints.state}</th>
          <th></th>
          <th class="num">${t.complaints.count}</th>
        </tr>
      </thead>
      <tbody>
        ${complaints.states.map(
          (s) =>
            html`<tr>
              <td>${stateName('complaint', s.state, context.model.locale)}</td>
              <td>
                ${bar([
                  ['bm', s.count],
                  ['', complaints.total - s.count],
                ])}
              </td>
              <td class="num">${f.int(s.count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="muted small">
      ${f.int(complaints.satisfied)} ${t.complaints.satisfied} · ${f.int(complaints.dissatisfied)} ${t.complaints.dissatisfied} ·
      ${f.int(complaints.reopened)} ${t.complaints.reopened}
    </p>
  </div>`
  const byTier = html`<div class="panel">
    <table>
      <caption>
        ${t.complaints.byTier}
      </caption>
      <thead>
        <tr>
          <th></th>
          <th></th>
          <th class="num">${t.complaints.met}</th>
          <th class="num">${t.complaints.late}</th>
          <th class="num">${t.complaints.rate}</th>
        </tr>
      </thead>
      <tbody>
        ${complaints.byTier.map(
          (b) =>
            html`<tr>
              <td>${tierChip(b.tier, t)}</td>
              <td>
                ${bar([
                  ['bm', b.met],
                  ['bl', b.late],
                ])}
              </td>
              <td class="num">${f.int(b.met)}</td>
              <td class="num">${f.int(b.late)}</td>
              <td class="num">${b.met + b.late === 0 ? '–' : f.share(b.met / (b.met + b.late), 1)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
  const rec = complaints.recorded
  const recorded =
    rec === null
      ? ''
      : html`<div class="panel">
          <table>
            <caption>
              ${t.complaints.recorded}
            </caption>
            <tbody>
              ${(['bothMet', 'onlyOursLate', 'onlyTheirsLate', 'bothLate'] as const).map(
                (k) =>
                  html`<tr>
                    <td>${t.complaints[k]}</td>
                    <td class="num">${f.int(rec[k])}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
          <p class="muted small">${t.complaints.recordedNote}</p>
        </div>`
  return html`<section id="complaints">
    <h2>${t.nav.complaints}</h2>
    <p class="lede">${t.complaints.lede}</p>
    ${table}
    <div class="matrices">${histograms}</div>
    <div class="two" style="margin-top:16px">${states}${byTier}${recorded}</div>
  </section>`
}
