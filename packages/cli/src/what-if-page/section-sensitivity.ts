import { formatMoneyIn, type SensitivityRow } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { actualText, numberOf, numbersOf, parameterName, say, type Context } from './context.ts'
import { percentChange } from './section-summary.ts'

interface Threshold {
  readonly parameter: string
  readonly rows: readonly SensitivityRow[]
  readonly most: number
}

function thresholdsOf(rows: readonly SensitivityRow[]): readonly Threshold[] {
  const groups = new Map<string, SensitivityRow[]>()
  for (const row of rows) {
    const group = groups.get(row.parameter)
    if (group === undefined) groups.set(row.parameter, [row])
    else group.push(row)
  }
  return [...groups].map(([parameter, own]) => ({ parameter, rows: own, most: Math.max(...own.map((r) => r.moved)) }))
}

/** A bar to the left for those that fall, to the right for those that rise. */
function diverging(down: number, up: number, max: number): Html {
  const width = (n: number): string => String(Math.round((n / Math.max(1, max)) * 1000) / 10)
  const half = (side: 'neg' | 'pos', n: number): Html =>
    html`<span class="${side}"><i style="width:${width(n)}%"></i>${n === 0 ? '' : html`<em>${n}</em>`}</span>`
  return html`<span class="tornado-bar">${half('neg', down)}${half('pos', up)}</span>`
}

/** How much hangs on each number: a tornado, the longest bars on top. */
export function sensitivitySection(context: Context): Html {
  const { simulation, t, f } = context
  const { sensitivity } = simulation
  const heading = html`<h2>${t.nav.sensitivity}</h2>`
  if (sensitivity === null)
    return html`<section id="sensitivity">
      ${heading}
      <p class="lede">${t.sensitivity.notAsked}</p>
    </section>`
  const percent = Math.abs(sensitivity[0]?.percent ?? 0)
  const all = thresholdsOf(sensitivity)
  const loud = all.filter(({ most }) => most > 0).sort((a, b) => b.most - a.most)
  const quiet = all.filter(({ most }) => most === 0)
  const max = Math.max(...loud.flatMap(({ rows }) => rows.flatMap((r) => [r.up, r.down])))
  const rowOf = ({ rows, parameter }: Threshold): Html => {
    const path = parameter.split('.')
    const [first] = rows
    if (first === undefined) return html``
    const joined = numbersOf(first.joined)
    const amount = (n: number): string =>
      first.currency === null
        ? actualText(context, path, first.unit, n)
        : formatMoneyIn({ currency: first.currency, minor: Math.round(n) }, context.options.locale)
    return html`<tbody class="pairrow">
      ${rows.map(
        (r, i) =>
          html`<tr>
            ${
              i === 0
                ? html`<th scope="rowgroup" rowspan="${rows.length}">
                    <span class="no-chip">${numberOf(first)}</span> ${parameterName(context, path)}
                    <div class="muted small">
                      ${amount(first.before)}${joined === '' ? '' : html` · ${say(context, t.sensitivity.joined, { numbers: joined })}`}
                    </div>
                  </th>`
                : ''
            }
            <td class="nowrap">
              ${percentChange(context, r.percent)}
              <div class="muted small">${amount(r.after)}</div>
            </td>
            <td class="chart-cell">${diverging(r.down, r.up, max)}</td>
            <td class="num"><b>${f.int(r.moved)}</b></td>
            <td class="num muted">${f.int(Math.max(0, r.reclassified.total - r.moved))}</td>
          </tr>`,
      )}
    </tbody>`
  }
  return html`<section id="sensitivity">
    ${heading}
    <p class="lede">
      ${loud.length === 0 ? say(context, t.sensitivity.none, { percent }) : say(context, t.sensitivity.lede, { percent })}
    </p>
    ${
      loud.length === 0
        ? ''
        : html`<div class="panel long scroll">
            <table class="tornado">
              <caption>
                ${t.sensitivity.caption}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${t.sensitivity.parameter}</th>
                  <th scope="col">${t.sensitivity.change}</th>
                  <th scope="col" class="chart-cell">
                    <span class="axis"><span>← ${t.sensitivity.down}</span><span>${t.sensitivity.up} →</span></span>
                  </th>
                  <th scope="col" class="num">${t.sensitivity.moved}</th>
                  <th scope="col" class="num">${t.sensitivity.reclassified}</th>
                </tr>
              </thead>
              ${loud.map(rowOf)}
            </table>
          </div>`
    }
    ${
      quiet.length === 0 || loud.length === 0
        ? ''
        : html`<p class="muted small">
            ${say(context, t.sensitivity.quiet, { n: quiet.length, numbers: numbersOf(quiet.flatMap(({ rows }) => rows)) })}
          </p>`
    }
  </section>`
}
