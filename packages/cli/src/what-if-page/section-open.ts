import { formatInstant, type ApprovalEffect, type ClockEffect } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { labelOf, parameterName, say, sayText, type Context } from './context.ts'

/** Clocks and approvals shown each; the rest are in the evidence. */
const shown = 60

const list = (context: Context, items: readonly string[]): string => context.catalogue.grammar.all(items)

function due(context: Context, at: number | null): string {
  const { t, options } = context
  return at === null ? t.open.noDate : formatInstant(at, options.locale, { timeZone: options.policy.timeZone })
}

function clockRow(context: Context, clock: ClockEffect): Html {
  const { t, catalogue } = context
  const tone = clock.becomesOverdue ? 'bad' : clock.change === 'earlier' ? 'warn' : ''
  return html`<tr>
    <th scope="row">
      ${labelOf(catalogue.clocks, clock.clock)}
      <div class="muted small">${parameterName(context, clock.parameter.split('.'))}</div>
    </th>
    <td class="id">
      ${labelOf(catalogue.kinds, clock.kind)}
      <div class="muted small"><code>${clock.instanceId}</code></div>
    </td>
    <td class="id">${clock.accountId}</td>
    <td class="num">${due(context, clock.dueBefore)}</td>
    <td class="num"><b>${due(context, clock.dueAfter)}</b></td>
    <td class="num"><span class="tag ${tone}">${clock.becomesOverdue ? t.open.overdue : t.open[clock.change]}</span></td>
  </tr>`
}

function lackText(context: Context, { lacks }: ApprovalEffect): string | null {
  const { t, catalogue, value } = context
  if (lacks === null) return null
  const { stage, role, needed, there } = lacks
  const values = { stage: labelOf(catalogue.approvals.stages, stage), needed: needed ?? '–', there }
  return role === null
    ? sayText(context, t.open.lacksAnybody, values)
    : sayText(context, t.open.lacks, { ...values, role: value(['dataOwner', 'tier'], role) })
}

function approvalRow(context: Context, a: ApprovalEffect): Html {
  const { t, catalogue } = context
  const lack = lackText(context, a)
  return html`<tr>
    <th scope="row">${labelOf(catalogue.approvals.names, a.approval)}</th>
    <td class="id">
      ${labelOf(catalogue.kinds, a.kind)}
      <div class="muted small"><code>${a.instanceId}</code></div>
    </td>
    <td class="id">${a.accountId}</td>
    <td>
      ${lack === null ? '' : html`<div class="down">${lack}</div>`}${a.added.length === 0 ? '' : html`<div>${say(context, t.open.added, { people: list(context, a.added) })}</div>`}${a.dropped.length === 0 ? '' : html`<div class="muted">${say(context, t.open.dropped, { people: list(context, a.dropped) })}</div>`}
    </td>
    <td class="num">
      <span class="tag ${a.belowQuorum ? 'bad' : ''}">${a.belowQuorum ? t.open.belowQuorum : t.open.quorum}</span>
    </td>
  </tr>`
}

/** What the draft would do to work that is open. */
export function openSection(context: Context): Html {
  const { simulation, t, catalogue } = context
  const { instances } = simulation
  const section = (body: Html): Html =>
    html`<section id="open">
      <h2>${t.nav.open}</h2>
      ${body}
    </section>`
  if (instances === null) return section(html`<p class="lede">${t.open.portfolioOnly}</p>`)
  if (instances.open === 0) return section(html`<p class="lede">${t.open.none}</p>`)
  const { clocks, approvals } = instances
  const kinds = Object.entries(instances.byKind).map(
    ([kind, n]) => `${labelOf(catalogue.kinds, kind)}${catalogue.grammar.remark(context.f.int(n))}`,
  )
  // What is overdue at once stands on top, whatever the order of the list.
  const worst = [...clocks.listed].sort((a, b) => Number(b.becomesOverdue) - Number(a.becomesOverdue))
  const stuck = [...approvals.listed].sort((a, b) => Number(b.belowQuorum) - Number(a.belowQuorum))
  const more = (all: readonly unknown[]): Html | string =>
    all.length > shown ? html`<p class="muted small">${say(context, t.open.more, { n: all.length - shown })}</p>` : ''
  return section(
    html`<p class="lede">${say(context, t.open.lede, { n: instances.open, kinds: list(context, kinds) })}</p>
      <h3>${t.open.clocks}</h3>
      <p class="small">
        ${say(context, t.open.clocksLine, { open: clocks.open, earlier: clocks.earlier, later: clocks.later, overdue: clocks.overdue })}
      </p>
      ${
        worst.length === 0
          ? ''
          : html`<div class="panel long scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${t.open.clock}</th>
                    <th scope="col">${t.open.work}</th>
                    <th scope="col">${t.open.account}</th>
                    <th scope="col" class="num">${t.open.due}</th>
                    <th scope="col" class="num">${t.open.dueDraft}</th>
                    <td></td>
                  </tr>
                </thead>
                <tbody>
                  ${worst.slice(0, shown).map((c) => clockRow(context, c))}
                </tbody>
              </table>
              ${more(worst)}
            </div>`
      }
      <h3>${t.open.approvals}</h3>
      <p class="small">
        ${say(context, t.open.approvalsLine, { open: approvals.open, changed: approvals.changed, belowQuorum: approvals.belowQuorum })}
      </p>
      ${
        stuck.length === 0
          ? ''
          : html`<div class="panel long scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${t.open.approval}</th>
                    <th scope="col">${t.open.work}</th>
                    <th scope="col">${t.open.account}</th>
                    <th scope="col">${t.open.voters}</th>
                    <td></td>
                  </tr>
                </thead>
                <tbody>
                  ${stuck.slice(0, shown).map((a) => approvalRow(context, a))}
                </tbody>
              </table>
              ${more(stuck)}
            </div>`
      }`,
  )
}
