import { html, type Html } from '../report/html.ts'
import { change, moneyFull, say, type Context } from './context.ts'
import { pairedBars } from './section-sales.ts'

/** What rebates cost under both policies. */
export function rebateSection(context: Context): Html {
  const { simulation, t } = context
  const { rebate } = simulation
  if (rebate === null)
    return html`<section id="rebate">
      <h2>${t.nav.rebate}</h2>
      <p class="lede">${t.rebate.none}</p>
    </section>`
  const { inForceMinor, draftMinor: after } = rebate
  const before = inForceMinor ?? 0
  const max = Math.max(before, after)
  const side = (label: string, minor: number | null, bar: Html): Html =>
    html`<tr>
      <th scope="row">${label}</th>
      <td class="chart-cell">${bar}</td>
      <td class="num">${minor === null ? html`<span class="muted">${t.rebate.nothing}</span>` : moneyFull(context, minor)}</td>
    </tr>`
  const difference = inForceMinor === null ? null : change(context, before, after)
  return html`<section id="rebate">
    <h2>${t.nav.rebate}</h2>
    <p class="lede">${say(context, t.rebate.lede, { year: String(rebate.year) })}</p>
    <div class="panel scroll">
      <table class="rebate">
        <tbody>
          ${side(t.rebate.inForce, inForceMinor, pairedBars(before, 0, max, 'var(--b)'))}${side(t.rebate.draft, after, pairedBars(0, after, max, 'var(--b)'))}
        </tbody>
        ${
          inForceMinor === null
            ? ''
            : html`<tfoot>
                <tr>
                  <th scope="row">${t.rebate.difference}</th>
                  <td class="chart-cell"></td>
                  <td class="num">
                    <b>${after < before ? '−' : '+'}${moneyFull(context, Math.abs(after - before))}</b
                    >${difference === null ? '' : html` <span class="muted">${difference}</span>`}
                  </td>
                </tr>
              </tfoot>`
        }
      </table>
      ${rebate.unknown === 0 ? '' : html`<p class="small muted">${say(context, t.rebate.unknown, { n: rebate.unknown })}</p>`}
    </div>
  </section>`
}
