import { fill, labelOf, tierChip, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import { inUnit } from './section-movers.ts'

const shownWarnings = 60

/** What the policy did not let pass, with the texts. */
export function refusalsSection({ model, t, f }: Context): Html {
  if (model.refusals.length === 0)
    return html`<section id="refusals">
      <h2>${t.nav.refusals}</h2>
      <p class="lede">${t.refusals.none}</p>
    </section>`
  const rows = model.refusals.map(
    (r) =>
      html`<tr>
        <td>${r.text}<br /><code class="muted">${r.rule}</code></td>
        <td><code>${r.command}</code></td>
        <td><span class="tag">${r.clause}</span></td>
        <td class="num" data-v="${r.count}">${f.int(r.count)}</td>
      </tr>`,
  )
  return html`<section id="refusals">
    <h2>${t.nav.refusals}</h2>
    <p class="lede">${t.refusals.lede}</p>
    <div class="panel scroll">
      <table>
        <thead>
          <tr>
            <th data-sort>${t.refusals.example}</th>
            <th data-sort>${t.refusals.command}</th>
            <th data-sort>${t.refusals.clause}</th>
            <th class="num" data-sort>${t.refusals.times}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`
}

/** Accounts near a downgrade. */
export function warningsSection(context: Context): Html {
  const { model, t, f } = context
  if (model.cycles.length === 0) return html``
  if (model.warnings.length === 0)
    return html`<section id="warnings">
      <h2>${t.nav.warnings}</h2>
      <p class="lede">${t.warnings.none}</p>
    </section>`
  const all = model.warnings.flatMap((account) => account.warnings.map((w) => ({ account, w })))
  const rows = all.slice(0, shownWarnings).map(({ account, w }) => {
    const percent = /Drop$|Falling/.test(w.name) && !/frequency/.test(w.name)
    const show = (n: number): string =>
      w.lacksUnit === 'points' ? f.decimal(n, 2) : percent ? `${f.decimal(n, 1)}\u202f%` : inUnit(context, w.parameter, n, '')
    const lacks =
      !w.firing || w.lacks === 0
        ? t.warnings.nothing
        : w.lacksUnit === 'minor'
          ? f.money(w.lacks)
          : fill(w.lacksUnit === 'points' ? t.warnings.points : t.warnings.purchases, { n: f.decimal(w.lacks, 2) })
    return html`<tr>
      <td class="wrap">${account.name}</td>
      <td>${tierChip(account.tier, t)}</td>
      <td>${labelOf(t.conditions, w.name)}<br /><code class="muted">${w.parameter}</code></td>
      <td class="num">${w.op === '>=' ? '≥' : w.op === '<=' ? '≤' : w.op} ${show(w.limit)}</td>
      <td class="num ${w.firing ? 'down' : ''}">${show(w.actual)}</td>
      <td class="num">${lacks}</td>
    </tr>`
  })
  const rest = all.length - shownWarnings
  return html`<section id="warnings">
    <h2>${t.nav.warnings}</h2>
    <p class="lede">${t.warnings.lede}</p>
    <div class="panel scroll">
      <table>
        <thead>
          <tr>
            <th data-sort>${t.warnings.account}</th>
            <th data-sort>${t.warnings.tier}</th>
            <th data-sort>${t.warnings.measure}</th>
            <th class="num">${t.warnings.limit}</th>
            <th class="num">${t.warnings.actual}</th>
            <th class="num">${t.warnings.lacks}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
      ${rest > 0 ? html`<p class="muted small">${fill(t.warnings.more, { n: f.int(rest) })}</p>` : ''}
    </div>
  </section>`
}
