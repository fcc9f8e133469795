import type { RejectedRow } from '../ingest/finding.ts'
import { fill, labelOf, type Context } from './context.ts'
import { html, trusted, type Html } from './html.ts'

/** The statecharts as they were drawn from the machines. */
export function workflowsSection({ model, t }: Context): Html {
  if (model.statecharts.length === 0) return html``
  return html`<section id="workflows">
    <h2>${t.nav.workflows}</h2>
    <p class="lede">${t.workflows.lede}</p>
    ${model.statecharts.map(
      (s) =>
        html`<details class="panel chart">
          <summary>${s.title}</summary>
          <div class="scroll">${trusted(s.svg)}</div>
        </details>`,
    )}
  </section>`
}

function rejectedReason({ t, f }: Context, code: string, count: number, first: RejectedRow): Html {
  return html`<tr>
    <td>${labelOf(t.codes, code)}</td>
    <td class="num">${f.int(count)}</td>
    <td class="small">
      <code>${first.file}:${first.line}</code>
      ${first.column ?? ''}${first.value === undefined ? '' : html` <code>${first.value}</code>`}<br /><span class="muted"
        >${first.message} → ${first.remedy}</span
      >
    </td>
  </tr>`
}

/** What became of every row. */
export function dataSection(context: Context): Html {
  const { model, t, f } = context
  const { tallies, rejectedByCode, rejected, notes } = model.data
  const ignored = (reasons: { readonly [reason: string]: number }): string =>
    Object.entries(reasons)
      .map(([reason, n]) => `${f.int(n)} ${labelOf(t.ignored, reason)}`)
      .join(', ') || '–'
  const files = tallies.map(
    (x) =>
      html`<tr>
        <td><code>${x.file}</code></td>
        <td>${labelOf(t.sections, x.section)}</td>
        <td class="num">${f.int(x.rows)}</td>
        <td class="num">${f.int(x.used)}</td>
        <td class="num${x.rejected > 0 ? ' down' : ''}">${f.int(x.rejected)}</td>
        <td>${ignored(x.ignored)}</td>
      </tr>`,
  )
  const reasons = Object.entries(rejectedByCode).flatMap(([code, count]) => {
    const first = rejected.find((row) => row.code === code)
    return first === undefined ? [] : [rejectedReason(context, code, count, first)]
  })
  const journal = fill(t.data.journal, {
    entries: f.int(model.journal.entries),
    instances: f.int(model.journal.instances),
    sweeps: f.int(model.journal.sweeps),
    rungs: f.int(model.journal.rungs),
  })
  const verified = model.journal.verified === null ? '' : model.journal.verified ? t.data.verified : t.data.notVerified
  return html`<section id="data">
    <h2>${t.nav.data}</h2>
    <p class="lede">${t.data.lede}</p>
    <div class="panel scroll">
      <table>
        <thead>
          <tr>
            <th>${t.data.file}</th>
            <th>${t.data.section}</th>
            <th class="num">${t.data.rows}</th>
            <th class="num">${t.data.used}</th>
            <th class="num">${t.data.rejected}</th>
            <th>${t.data.ignored}</th>
          </tr>
        </thead>
        <tbody>
          ${files}
        </tbody>
      </table>
    </div>
    ${
      reasons.length === 0
        ? html`<p class="muted small">${t.data.allUsed}</p>`
        : html`<div class="panel scroll">
            <table>
              <caption>
                ${t.data.reasons}
              </caption>
              <thead>
                <tr>
                  <th>${t.data.reason}</th>
                  <th class="num">${t.data.count}</th>
                  <th>${t.data.example}</th>
                </tr>
              </thead>
              <tbody>
                ${reasons}
              </tbody>
            </table>
          </div>`
    }${
      notes.length === 0
        ? ''
        : html`<div class="panel">
            <table>
              <caption>
                ${t.data.notes}
              </caption>
              <tbody>
                ${notes.map(
                  (n) =>
                    html`<tr>
                      <td class="num">${f.int(n.count)}</td>
                      <td>${labelOf(t.notes, n.code)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    <p class="muted small">${journal} ${verified}</p>
  </section>`
}

/** Recorded, derived, simulated. */
export function methodsSection({ model, t }: Context): Html {
  const sources = model.portfolio.sources.map((s) => html`<li>${s}</li>`)
  return html`<section id="methods">
    <h2>${t.nav.methods}</h2>
    <p class="lede">${t.methods.lede}</p>
    <ol class="methods">
      ${model.methods.map((m) => html`<li>${labelOf(t.methodTexts, m)}</li>`)}${sources}
    </ol>
  </section>`
}
