import { tiers } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { chip, say, signed, type Context } from './context.ts'
import { pairedBars } from './section-sales.ts'

/** How much of a limit is used; beyond the limit in the colour of too much. */
function meter(n: number, limit: number | null, max: number): Html {
  const scale = Math.max(1, limit ?? 0, max)
  const width = (value: number): string => String(Math.round((value / scale) * 1000) / 10)
  const over = limit !== null && n > limit
  return html`<span class="meter" aria-hidden="true"
    ><i class="${over ? 'too-much' : ''}" style="width:${width(n)}%"></i
    >${limit === null ? '' : html`<b style="left:${width(limit)}%"></b>`}</span
  >`
}

/** Tiers, managers and approvers against what the draft allows. */
export function loadSection(context: Context): Html {
  const { simulation, t } = context
  return html`<section id="load">
    <h2>${t.nav.load}</h2>
    <p class="lede">${t.load.lede}</p>
    <div class="two">
      <div class="panel scroll">${tierTable(context)}</div>
      <div class="panel scroll">
        ${simulation.load.approvers.total === 0 ? html`<p class="muted small">${t.load.noApprovers}</p>` : approverTable(context)}
      </div>
    </div>
    <div class="panel long scroll below">
      ${simulation.load.managers.total === 0 ? html`<p class="muted small">${t.load.noManagers}</p>` : managerTable(context)}
    </div>
  </section>`
}

function tierTable(context: Context): Html {
  const { simulation, t, f } = context
  const max = Math.max(1, ...simulation.capacity.map((tier) => tier.after))
  return html`<table>
    <caption>
      ${t.load.tiers}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t.load.tier}</th>
        <th scope="col" class="num">${t.load.now}</th>
        <th scope="col" class="num">${t.load.before}</th>
        <th scope="col" class="num">${t.load.after}</th>
        <td class="chart-cell"></td>
        <th scope="col" class="num">${t.load.limit}</th>
      </tr>
    </thead>
    <tbody>
      ${simulation.capacity.map(
        (tier) =>
          html`<tr>
            <th scope="row">${chip(context, tier.tier)}</th>
            <td class="num">${f.int(tier.now)}</td>
            <td class="num">${f.int(tier.before)}</td>
            <td class="num"><b>${f.int(tier.after)}</b></td>
            <td class="chart-cell">${meter(tier.after, tier.limitAfter, max)}</td>
            <td class="num">
              ${tier.limitAfter === null ? html`<span class="muted">${t.load.noLimit}</span>` : f.int(tier.limitAfter)}${tier.over ? html` <span class="tag bad">${t.load.over}</span>` : ''}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function approverTable(context: Context): Html {
  const { simulation, t, f } = context
  const { total, listed } = simulation.load.approvers
  const max = Math.max(1, ...listed.flatMap((a) => [a.open, a.draft]))
  return html`<table>
      <caption>
        ${t.load.approvers}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.load.person}</th>
          <td class="chart-cell"></td>
          <th scope="col" class="num">${t.load.votesNow}</th>
          <th scope="col" class="num">${t.load.votesDraft}</th>
        </tr>
      </thead>
      <tbody>
        ${listed.map(
          (a) =>
            html`<tr>
              <th scope="row" class="wrap">${a.person}</th>
              <td class="chart-cell">${pairedBars(a.open, a.draft, max, 'var(--b)')}</td>
              <td class="num">${f.int(a.open)}</td>
              <td class="num"><b>${f.int(a.draft)}</b></td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${total > listed.length ? html`<p class="muted small">${say(context, t.load.more, { n: total - listed.length })}</p>` : ''}`
}

function managerTable(context: Context): Html {
  const { simulation, t, f } = context
  const { total, listed } = simulation.load.managers
  const max = Math.max(1, ...listed.map((m) => m.keyAccounts))
  return html`<table class="managers">
      <caption>
        ${t.load.managers}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.load.manager}</th>
          <th scope="col" class="num">${t.load.keyAccounts}</th>
          <td class="chart-cell"></td>
          <th scope="col" class="num">${t.load.limit}</th>
          <th scope="col">${t.load.byTier}</th>
          <th scope="col" class="num">${t.load.sales}</th>
        </tr>
      </thead>
      <tbody>
        ${listed.map(
          (m) =>
            html`<tr>
              <th scope="row" class="wrap">${m.manager}</th>
              <td class="num"><b>${f.int(m.keyAccounts)}</b></td>
              <td class="chart-cell">${meter(m.keyAccounts, m.limit, max)}</td>
              <td class="num">
                ${m.limit === null ? html`<span class="muted">${t.load.noLimit}</span>` : f.int(m.limit)}${m.over ? html` <span class="tag bad">${t.load.over}</span>` : ''}
              </td>
              <td class="nowrap">
                ${tiers.map((tier) => {
                  const difference = m.after[tier] - m.before[tier]
                  return html`<span class="of-tier"
                    >${chip(context, tier)}
                    ${f.int(m.after[tier])}${difference === 0 ? '' : html`<span class="delta">${signed(context, difference)}</span>`}</span
                  > `
                })}
              </td>
              <td class="num">${f.money(m.minor)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${total > listed.length ? html`<p class="muted small">${say(context, t.load.more, { n: total - listed.length })}</p>` : ''}`
}
