import { formatInstant, type PolicyPin } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { periodText } from './period.ts'
import type { Context } from './context.ts'

/** Policies, data, time and digest: what somebody needs to check this page, or to make it again. */
export function provenanceSection(context: Context): Html {
  const { simulation, options, t } = context
  const { policy, cycle, period, currency } = simulation
  const pin = (p: PolicyPin): Html =>
    html`<b class="wrap">${p.id} ${p.version}</b>
      <div class="small">${t.provenance.hash} <code class="wrap">${p.hash}</code></div>`
  const row = (label: string, value: Html | string): Html =>
    html`<tr>
      <th scope="row">${label}</th>
      <td>${value}</td>
    </tr>`
  const data = options.data ?? []
  const [from, to] = periodText(period, options.locale)
  return html`<section id="provenance">
    <h2>${t.nav.provenance}</h2>
    <p class="lede">${t.provenance.lede}</p>
    <div class="panel">
      <table class="facts">
        <tbody>
          ${row(t.provenance.inForce, policy.inForce === null ? t.noneInForce : pin(policy.inForce))}
          ${row(t.provenance.draft, pin(policy.draft))} ${row(t.provenance.cycle, `${cycle} · ${from} – ${to}`)}
          ${row(t.provenance.currency, currency)}
          ${row(t.provenance.data, data.length === 0 ? t.provenance.store : html`${data.map((line) => html`<div class="wrap">${line}</div>`)}`)}
          ${row(
            t.provenance.at,
            `${formatInstant(options.simulatedAt, options.locale, { timeZone: options.policy.timeZone })} (${options.policy.timeZone})`,
          )}
          ${row(t.provenance.digest, html`<code class="wrap">${options.digest}</code>`)}
        </tbody>
      </table>
    </div>
    <h3>${t.provenance.method}</h3>
    <ol class="methods">
      ${t.provenance.methods.map((m) => html`<li>${m}</li>`)}
    </ol>
  </section>`
}
