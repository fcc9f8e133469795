import type { Mover, MoverReason } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { actualText, chip, moneyFull, numberOf, numbersOf, parameterName, say, type Context } from './context.ts'

function reasonLine(context: Context, reason: MoverReason): Html {
  const { t, value } = context
  const path = reason.parameter.split('.')
  const joined = numbersOf(reason.joined)
  const side = (what: MoverReason['before']): string => (what === null ? t.diff.new : value(path, what))
  const has =
    reason.actual === null
      ? html`<span class="muted">${t.movers.unknownActual}</span>`
      : html`<b>${say(context, t.movers.has, { actual: actualText(context, path, reason.unit, reason.actual) })}</b>`
  const said = say(context, t.movers.because, {
    name: parameterName(context, path),
    joined: joined === '' ? '' : html`<span class="muted">${say(context, t.movers.joined, { numbers: joined })}</span>`,
    before: side(reason.before),
    after: html`<span class="nowrap">${side(reason.after)}</span>`,
    has,
  })
  return html`<div class="because"><span class="no-chip">${numberOf(reason)}</span> ${said}</div>`
}

function moverRow(context: Context, mover: Mover): Html {
  const { t } = context
  const about = [
    mover.accountId === mover.name ? null : mover.accountId,
    mover.region,
    mover.manager,
    mover.isKeyAccount ? t.movers.keyAccount : null,
  ].filter((part) => part !== null)
  const now =
    mover.tierNow === null || mover.tierNow === mover.from
      ? ''
      : html`<div class="muted small">${say(context, t.movers.now, { tier: mover.tierNow })}</div>`
  return html`<tr>
    <td class="nowrap">${chip(context, mover.from)} → ${chip(context, mover.to)}${now}</td>
    <th scope="row">
      ${mover.name}
      <div class="muted small wrap">${about.join(' · ')}</div>
    </th>
    <td class="num">${mover.minor === null ? '–' : moneyFull(context, mover.minor)}</td>
    <td class="why">
      ${mover.because.length === 0 ? html`<span class="muted">${context.simulation.policy.inForce === null ? t.movers.noReason : t.movers.severalReasons}</span>` : mover.because.map((r) => reasonLine(context, r))}
    </td>
  </tr>`
}

function moverTable(context: Context, caption: Html, movers: readonly Mover[]): Html {
  const { t } = context
  return html`<table class="movers">
    ${caption}
    <thead>
      <tr>
        <th scope="col">${t.movers.move}</th>
        <th scope="col">${t.movers.account}</th>
        <th scope="col" class="num">${t.movers.amount}</th>
        <th scope="col">${t.movers.why}</th>
      </tr>
    </thead>
    <tbody>
      ${movers.map((m) => moverRow(context, m))}
    </tbody>
  </table>`
}

/** First tiers have no reason to show: a few are enough. */
const firstTiers = 25

/** Who moves, and which number makes it. */
export function moversSection(context: Context): Html {
  const { simulation, t, f } = context
  const { movers, reclassified } = simulation
  const more = (total: number, listed: number): Html | string =>
    total > listed ? html`<p class="muted small">${say(context, t.movers.more, { n: total - listed })}</p>` : ''
  const assigned = movers.listed.filter((m) => m.direction === 'assigned').length
  const shown = movers.listed.length - Math.max(0, assigned - firstTiers)
  const groups = (['up', 'down', 'assigned'] as const)
    .filter((direction) => movers[direction] > 0)
    .map((direction) =>
      moverTable(
        context,
        html`<caption>
          <b>${t.movers[direction]}</b>
          ${f.int(movers[direction])}
        </caption>`,
        movers.listed.filter((m) => m.direction === direction).slice(0, direction === 'assigned' ? firstTiers : undefined),
      ),
    )
  return html`<section id="movers">
    <h2>${t.nav.movers}</h2>
    <p class="lede">${movers.total === 0 ? t.movers.none : t.movers.lede}</p>
    ${groups.map((group) => html`<div class="panel long scroll">${group}</div>`)}${more(movers.total, shown)}
    ${
      reclassified.total === 0
        ? ''
        : html`<details class="panel long fold">
            <summary>${t.movers.reclassified} <span class="muted">${f.int(reclassified.total)}</span></summary>
            <p class="muted small">${t.movers.reclassifiedLede}</p>
            <div class="scroll">
              ${moverTable(
                context,
                html`<caption class="unseen">
                  ${t.movers.reclassified}
                </caption>`,
                reclassified.listed,
              )}
            </div>
            ${more(reclassified.total, reclassified.listed.length)}
          </details>`
    }
  </section>`
}
