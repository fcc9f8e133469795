import type { JsonValue, PolicyChange } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { change, numberOf, parameterName, say, type Context } from './context.ts'

/** Changes shown; the rest are in the evidence. */
const shown = 120

/** What the draft says otherwise, in words. */
export function diffSection(context: Context): Html {
  const { simulation, t } = context
  // The versions stand on top of the page.
  const changes = (simulation.diff as unknown as readonly PolicyChange[]).filter(({ path }) => path[0] !== 'version')
  const heading = html`<h2>${t.nav.diff}</h2>`
  const said =
    simulation.policy.inForce === null
      ? t.diff.first
      : changes.length === 0
        ? t.diff.none
        : say(context, t.diff.lede, { n: changes.length })
  if (changes.length === 0)
    return html`<section id="diff">
      ${heading}
      <p class="lede">${said}</p>
    </section>`
  return html`<section id="diff">
    ${heading}
    <p class="lede">${said}</p>
    <div class="panel long scroll">
      <table class="diff">
        <thead>
          <tr>
            <th scope="col">${t.diff.number}</th>
            <th scope="col">${t.diff.parameter}</th>
            <th scope="col" class="num">${t.diff.before}</th>
            <th scope="col" class="num">${t.diff.after}</th>
            <th scope="col" class="num">${t.diff.change}</th>
          </tr>
        </thead>
        <tbody>
          ${changes.slice(0, shown).map((c) => row(context, c))}
        </tbody>
      </table>
      ${changes.length > shown ? html`<p class="muted small">${say(context, t.diff.more, { n: changes.length - shown })}</p>` : ''}
    </div>
  </section>`
}

function row(context: Context, c: PolicyChange): Html {
  const { t, value } = context
  const [before, after] =
    c.kind === 'moved'
      ? [say(context, t.diff.position, { n: c.before + 1 }), say(context, t.diff.position, { n: c.after + 1 })]
      : [
          c.kind === 'added' ? html`<span class="muted">${t.diff.new}</span>` : value(c.path, c.before),
          c.kind === 'removed' ? html`<span class="muted">${t.diff.gone}</span>` : value(c.path, c.after),
        ]
  const share = c.kind === 'changed' ? shareOf(context, c.before, c.after) : null
  return html`<tr>
    <td class="nowrap"><span class="no-chip">${numberOf(c)}</span></td>
    <th scope="row">${parameterName(context, c.path)}</th>
    <td class="num wide">${before}</td>
    <td class="num wide"><b>${after}</b></td>
    <td class="num muted">${share ?? ''}</td>
  </tr>`
}

/** By how much a number, an amount of money or a limit changed. */
function shareOf(context: Context, before: JsonValue, after: JsonValue): string | null {
  const [old, now] = [amountOf(before), amountOf(after)]
  return old === null || now === null || old.unit !== now.unit ? null : change(context, old.n, now.n)
}

function amountOf(value: JsonValue): { readonly n: number; readonly unit: string } | null {
  if (typeof value === 'number') return { n: value, unit: '' }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { minor, currency, value: limit, op, amount, unit } = value as { readonly [key: string]: JsonValue | undefined }
  if (typeof minor === 'number' && typeof currency === 'string') return { n: minor, unit: currency }
  if (typeof limit === 'number' && typeof op === 'string') return { n: limit, unit: op }
  return typeof amount === 'number' && typeof unit === 'string' ? { n: amount, unit } : null
}
