import type { TierBefore } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { change, chip, say, signed, type Context } from './context.ts'

const tiers: readonly TierBefore[] = ['A', 'B', 'C', 'D', 'exit', 'none']

/** Two bars, one above the other: what is, and what would be. */
export function pairedBars(before: number, after: number, max: number, fill: string): Html {
  const width = (n: number): string => String(Math.round((Math.max(0, n) / Math.max(1, max)) * 1000) / 10)
  return html`<span class="pair" aria-hidden="true"
    ><i class="was" style="width:${width(before)}%;background:${fill}"></i
    ><i style="width:${width(after)}%;background:${fill}"></i
  ></span>`
}

/** Accounts and sales of each tier under both policies. */
export function salesSection(context: Context): Html {
  const { simulation, t, f } = context
  const { sales } = simulation
  const shown = tiers.filter(
    (tier) => sales[tier].before.accounts > 0 || sales[tier].after.accounts > 0 || !['exit', 'none'].includes(tier),
  )
  const max = Math.max(...shown.flatMap((tier) => [sales[tier].before.minor, sales[tier].after.minor]))
  const sum = (side: 'before' | 'after', what: 'accounts' | 'minor'): number =>
    shown.reduce((n, tier) => n + sales[tier][side][what], 0)
  const share = (minor: number, total: number): string => (total <= 0 ? '' : ` · ${f.share(minor / total)}`)
  const [totalBefore, totalAfter] = [sum('before', 'minor'), sum('after', 'minor')]
  return html`<section id="sales">
    <h2>${t.nav.sales}</h2>
    <p class="lede">${t.sales.lede}</p>
    <div class="panel scroll">
      <div class="legend">
        <span><i class="swatch was"></i>${t.sales.before}</span><span><i class="swatch"></i>${t.sales.after}</span>
      </div>
      <table class="sales">
        <caption>
          ${say(context, t.sales.caption, { currency: simulation.currency })}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t.sales.tier}</th>
            <th scope="col" class="num">${t.sales.accounts}</th>
            <th scope="col" class="num">${t.sales.difference}</th>
            <td class="chart-cell"></td>
            <th scope="col" class="num">${t.sales.before}</th>
            <th scope="col" class="num">${t.sales.after}</th>
            <th scope="col" class="num">${t.sales.difference}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map((tier) => {
            const { before, after } = sales[tier]
            const fill = ['A', 'B', 'C', 'D'].includes(tier) ? `var(--${tier.toLowerCase()})` : 'var(--rule)'
            return html`<tr>
              <th scope="row">${tier === 'none' ? t.migration.none : chip(context, tier)}</th>
              <td class="num">${f.int(before.accounts)} → <b>${f.int(after.accounts)}</b></td>
              <td class="num muted">
                ${after.accounts === before.accounts ? '' : signed(context, after.accounts - before.accounts)}
              </td>
              <td class="chart-cell">${pairedBars(before.minor, after.minor, max, fill)}</td>
              <td class="num">${f.money(before.minor)}<span class="muted">${share(before.minor, totalBefore)}</span></td>
              <td class="num"><b>${f.money(after.minor)}</b><span class="muted">${share(after.minor, totalAfter)}</span></td>
              <td class="num muted">${before.minor === after.minor ? '' : (change(context, before.minor, after.minor) ?? '')}</td>
            </tr>`
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${t.sales.total}</th>
            <td class="num">${f.int(sum('after', 'accounts'))}</td>
            <td></td>
            <td class="chart-cell"></td>
            <td class="num">${f.money(totalBefore)}</td>
            <td class="num">${f.money(totalAfter)}</td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>`
}
