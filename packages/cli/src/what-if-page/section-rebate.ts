import { formatNumber, type BracketCost } from '@ka-governance/core'
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
                    <b>${after === before ? '±' : after < before ? '−' : '+'}${moneyFull(context, Math.abs(after - before))}</b
                    >${difference === null || after === before ? '' : html` <span class="muted">${difference}</span>`}
                  </td>
                </tr>
              </tfoot>`
        }
      </table>
      ${rebate.unknown === 0 ? '' : html`<p class="small muted">${say(context, t.rebate.unknown, { n: rebate.unknown })}</p>`}
    </div>
    <div class="two">
      ${rebate.brackets.inForce === null ? '' : bracketTable(context, 'inForce', rebate.brackets.inForce)}${bracketTable(context, 'draft', rebate.brackets.draft)}
    </div>
  </section>`
}

/** Where a bracket begins: money, or units of a product family; both policies may count otherwise. */
function fromText(context: Context, side: 'inForce' | 'draft', from: number): string {
  const { options, simulation } = context
  const { basis, quantityUnit } = options.policy.rebate
  const changed = simulation.diff.find(({ path }) => path.join('.') === 'rebate.basis')?.before
  if ((side === 'inForce' ? (changed ?? basis) : basis) === 'amount') return moneyFull(context, from)
  return `${formatNumber(from)} ${quantityUnit?.[options.locale] ?? ''}`.trim()
}

function bracketTable(context: Context, side: 'inForce' | 'draft', brackets: readonly BracketCost[]): Html {
  const { t, f } = context
  const max = Math.max(1, ...brackets.map(({ minor }) => minor))
  return html`<div class="panel scroll below">
    <table>
      <caption>
        ${say(context, t.rebate.brackets, { side: t.rebate[side] })}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.rebate.from}</th>
          <th scope="col" class="num">${t.rebate.rate}</th>
          <th scope="col" class="num">${t.rebate.accounts}</th>
          <td class="chart-cell"></td>
          <th scope="col" class="num">${t.rebate.cost}</th>
        </tr>
      </thead>
      <tbody>
        ${brackets.map(
          ({ from, percent, accounts, minor }) =>
            html`<tr>
              <th scope="row" class="nowrap">${fromText(context, side, from)}</th>
              <td class="num">${f.share(percent / 100, 2)}</td>
              <td class="num">${f.int(accounts)}</td>
              <td class="chart-cell">${pairedBars(0, minor, max, 'var(--b)')}</td>
              <td class="num">${f.money(minor)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
