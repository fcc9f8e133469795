import { spanLine } from './charts-relations.ts'
import { labelOf, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import type { LifeLine, RelationReport } from './model-relations.ts'
import { refusedList } from './section-admissions.ts'
import { stateName } from './state-name.ts'

const fills: { readonly [state: string]: readonly [fill: string, ink: string] | undefined } = {
  prospect: ['var(--n)', 'var(--on-n)'],
  candidate: ['var(--d)', 'var(--on-d)'],
  customer: ['var(--c)', 'var(--on-c)'],
  admitted: ['var(--c)', 'var(--on-c)'],
  ka: ['var(--b)', 'var(--on-b)'],
  suspended: ['var(--amber-bg)', 'var(--amber)'],
  exiting: ['var(--bad-bg)', 'var(--bad)'],
  blacklisted: ['var(--bad)', 'var(--card)'],
}
const over = ['var(--n)', 'var(--on-n)'] as const

function lifeLine({ model, t }: Context, line: LifeLine): Html {
  const spans = line.spans.map((span) => {
    const [background, ink] = fills[span.state] ?? over
    return { from: span.from, to: span.to, label: stateName('account', span.state, model.locale), fill: background, ink }
  })
  const events = line.events.map((event) => ({ at: event.at, title: `${event.on} ${labelOf(t.lifeEvents, event.command)}` }))
  const { from, to } = model.relations
  return html`<figure class="life">
    <figcaption>
      <b>${line.name}</b> ${line.accountId === line.name ? '' : line.accountId}
      <span class="muted">${events.map((e) => e.title).join(' · ')}</span>
    </figcaption>
    ${spanLine(spans, events, from, to, t.relations.line)}
  </figure>`
}

const tones = { done: 'good', refused: 'bad', pending: 'warn', notGoverned: 'warn' } as const

function eventRow({ t }: Context, event: RelationReport): Html {
  return html`<tr>
    <td class="nowrap">${event.on}</td>
    <td>${event.name} <span class="muted small">${event.accountId === event.name ? '' : event.accountId}</span></td>
    <td>${labelOf(t.relationEvents, event.event)}${event.to === null ? '' : html` <code>${event.to}</code>`}</td>
    <td>${event.reason}${refusedList(event.refused, t.outcomes['refused'] ?? '')}</td>
    <td><span class="tag ${tones[event.outcome]}">${labelOf(t.outcomes, event.outcome)}</span></td>
  </tr>`
}

/** Life lines of the accounts whose relation moved, and every event of the files with its outcome. */
export function relationsSection(context: Context): Html {
  const { model, t } = context
  const { events, lines } = model.relations
  if (events.length === 0 && lines.length === 0) {
    if (model.admissions.length === 0 && model.projects.length === 0) return html``
    return html`<section id="relations">
      <h2>${t.nav.relations}</h2>
      <p class="lede">${t.relations.none}</p>
    </section>`
  }
  const table =
    events.length === 0
      ? html`<p class="muted small">${t.relations.none}</p>`
      : html`<div class="panel scroll">
          <table>
            <thead>
              <tr>
                <th>${t.relations.on}</th>
                <th>${t.relations.account}</th>
                <th>${t.relations.event}</th>
                <th>${t.relations.reason}</th>
                <th>${t.relations.outcome}</th>
              </tr>
            </thead>
            <tbody>
              ${events.map((event) => eventRow(context, event))}
            </tbody>
          </table>
        </div>`
  return html`<section id="relations">
    <h2>${t.nav.relations}</h2>
    <p class="lede">${t.relations.lede}</p>
    <div class="panel long">${lines.map((line) => lifeLine(context, line))}</div>
    ${table}
  </section>`
}
