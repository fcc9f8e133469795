import { html, type Html } from '../report/html.ts'
import { labelOf, say, signed, type Context } from './context.ts'

const statuses = ['assessed', 'provisional', 'notAssessed', 'failed'] as const
const fills: { readonly [S in (typeof statuses)[number]]: string } = {
  assessed: 'var(--b)',
  provisional: 'var(--c)',
  notAssessed: 'var(--amber)',
  failed: 'var(--bad)',
}
const directions = ['up', 'down', 'stay', 'nominate', 'exit', 'assign', 'notAssessed', 'hold'] as const

/** What the simulation does not know. */
export function unknownSection(context: Context): Html {
  const { simulation, t, f, catalogue } = context
  const { accounts, failures } = simulation
  const known = statuses.filter((s) => accounts[s] > 0)
  const width = (n: number): string => String(Math.round((n / Math.max(1, accounts.total)) * 10_000) / 100)
  const clean = accounts.assessed === accounts.total
  return html`<section id="unknown">
    <h2>${t.nav.unknown}</h2>
    <p class="lede">${clean ? t.unknown.all : t.unknown.lede}</p>
    <div class="two">
      <div class="panel">
        <h3 class="first">${say(context, t.unknown.status, { total: accounts.total })}</h3>
        <div class="bar" aria-hidden="true">
          ${known.map((s) => html`<i style="width:${width(accounts[s])}%;background:${fills[s]}"></i>`)}
        </div>
        <ul class="key">
          ${known.map((s) => html`<li><i style="background:${fills[s]}"></i><b>${f.int(accounts[s])}</b> ${t.unknown[s]}</li>`)}
        </ul>
        ${accounts.inGroups === undefined ? '' : html`<p class="small muted">${say(context, t.unknown.inGroups, { n: accounts.inGroups })}</p>`}
        ${accounts.notGoverned === 0 ? '' : html`<p class="small muted">${say(context, t.unknown.notGoverned, { n: accounts.notGoverned })}</p>`}
      </div>
      <div class="panel scroll">${directionTable(context)}</div>
    </div>
    ${
      failures.total === 0
        ? ''
        : html`<div class="panel long scroll below">
            <table>
              <caption>
                ${t.unknown.failures}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${t.unknown.account}</th>
                  <th scope="col">${t.unknown.reason}</th>
                  <th scope="col">${t.unknown.field}</th>
                </tr>
              </thead>
              <tbody>
                ${failures.listed.map(
                  ({ accountId, instanceId, because }) =>
                    html`<tr>
                      <th scope="row" class="wrap">
                        ${accountId}${instanceId === null ? '' : html` <code>${instanceId}</code>`}
                      </th>
                      <td class="wrap">
                        ${labelOf(catalogue.errors.codes, because.code)}
                        <div class="muted small">${because.message}</div>
                      </td>
                      <td><code>${because.field ?? '–'}</code></td>
                    </tr>`,
                )}
              </tbody>
            </table>
            ${failures.total > failures.listed.length ? html`<p class="muted small">${say(context, t.unknown.more, { n: failures.total - failures.listed.length })}</p>` : ''}
          </div>`
    }
  </section>`
}

function directionTable(context: Context): Html {
  const { simulation, t, f, catalogue } = context
  const { inForce, draft } = simulation.directions
  const shown = directions.filter((d) => draft[d] > 0 || (inForce?.[d] ?? 0) > 0)
  return html`<table>
    <caption>
      ${t.unknown.directions}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t.unknown.direction}</th>
        ${inForce === null ? '' : html`<th scope="col" class="num">${t.migration.from}</th>`}
        <th scope="col" class="num">${t.migration.to}</th>
        ${inForce === null ? '' : html`<td></td>`}
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        (d) =>
          html`<tr>
            <th scope="row">${labelOf(catalogue.scoring.directions, d)}</th>
            ${inForce === null ? '' : html`<td class="num">${f.int(inForce[d])}</td>`}
            <td class="num"><b>${f.int(draft[d])}</b></td>
            ${inForce === null ? '' : html`<td class="num muted">${inForce[d] === draft[d] ? '' : signed(context, draft[d] - inForce[d])}</td>`}
          </tr>`,
      )}
    </tbody>
  </table>`
}
