import type { TierBefore, TierMatrix, TierOrExit } from '@ka-governance/core'
import { html, type Html } from '../report/html.ts'
import { alluvial, type FlowNode } from './alluvial.ts'
import { chip, say, sayText, signed, tierName, type Context } from './context.ts'

const froms: readonly TierBefore[] = ['A', 'B', 'C', 'D', 'exit', 'none']
const tos: readonly TierOrExit[] = ['A', 'B', 'C', 'D', 'exit']
const always: ReadonlySet<string> = new Set(['A', 'B', 'C', 'D'])

const rank = (tier: TierBefore): number => froms.indexOf(tier)
const toneOf = (from: TierBefore, to: TierOrExit): 'stay' | 'rise' | 'fall' =>
  from === to || from === 'none' ? 'stay' : rank(to) < rank(from) ? 'rise' : 'fall'

const rowSum = (matrix: TierMatrix, from: TierBefore): number => tos.reduce((sum, to) => sum + matrix[from][to], 0)
const columnSum = (matrix: TierMatrix, to: TierOrExit): number => froms.reduce((sum, from) => sum + matrix[from][to], 0)

const rowsOf = (matrix: TierMatrix): readonly TierBefore[] => froms.filter((from) => always.has(from) || rowSum(matrix, from) > 0)
const columnsOf = (matrix: TierMatrix): readonly TierOrExit[] =>
  tos.filter((to) => always.has(to) || columnSum(matrix, to) > 0 || rowSum(matrix, to) > 0)

/** The stronger, the more: a move is seen at once among the many that stay. */
function heat(tone: 'stay' | 'rise' | 'fall', n: number, max: number): string {
  const colour = tone === 'stay' ? 'var(--b)' : tone === 'rise' ? 'var(--good)' : 'var(--bad)'
  const strength = Math.round((tone === 'stay' ? 6 : 16) + 26 * Math.sqrt(n / Math.max(1, max)))
  return `background:color-mix(in srgb,${colour} ${String(strength)}%,var(--card))`
}

function matrixTable(context: Context, matrix: TierMatrix, caption: string): Html {
  const { t, f } = context
  const [rows, columns] = [rowsOf(matrix), columnsOf(matrix)]
  const cells = rows.flatMap((from) => columns.map((to) => ({ tone: toneOf(from, to), n: matrix[from][to] })))
  const max = (tone: string): number =>
    Math.max(1, ...cells.filter((c) => (c.tone === 'stay') === (tone === 'stay')).map((c) => c.n))
  const cell = (from: TierBefore, to: TierOrExit): Html => {
    const n = matrix[from][to]
    const tone = toneOf(from, to)
    return n === 0
      ? html`<td class="zero">·</td>`
      : html`<td class="${tone}" style="${heat(tone, n, max(tone))}">${f.int(n)}</td>`
  }
  const total = rows.reduce((sum, from) => sum + rowSum(matrix, from), 0)
  return html`<div class="panel">
    <table class="matrix heat">
      <caption>
        ${caption}<span class="fromto">${t.migration.fromTo}</span>
      </caption>
      <thead>
        <tr>
          <td></td>
          ${columns.map((to) => html`<th scope="col">${chip(context, to)}</th>`)}
          <th scope="col" class="sum">${t.migration.total}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (from) =>
            html`<tr>
              <th scope="row">${from === 'none' ? t.migration.none : chip(context, from)}</th>
              ${columns.map((to) => cell(from, to))}
              <td class="sum">${f.int(rowSum(matrix, from))}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${t.migration.total}</th>
          ${columns.map((to) => {
            const difference = columnSum(matrix, to) - rowSum(matrix, to)
            return html`<td class="sum">
              ${f.int(columnSum(matrix, to))}${difference === 0 ? '' : html`<span class="delta">${signed(context, difference)}</span>`}
            </td>`
          })}
          <td class="sum">${f.int(total)}</td>
        </tr>
      </tfoot>
    </table>
  </div>`
}

function flowChart(context: Context, matrix: TierMatrix): Html {
  const { t } = context
  const bands = rowsOf(matrix).flatMap((from) =>
    columnsOf(matrix).flatMap((to) => {
      const n = matrix[from][to]
      if (n === 0) return []
      const stays = from === to
      const title = sayText(context, stays ? t.migration.bandStay : t.migration.band, {
        n,
        from: tierName(context, from),
        to: tierName(context, to),
      })
      return [{ from, to, value: n, tone: toneOf(from, to), title }]
    }),
  )
  const node = (tier: TierBefore, n: number, difference: number | null): FlowNode => ({
    key: tier,
    label: tier === 'exit' || tier === 'none' ? tierName(context, tier) : tier,
    note: `${sayText(context, t.migration.accounts, { n })}${difference === null || difference === 0 ? '' : ` (${signed(context, difference)})`}`,
    fill: always.has(tier) ? `var(--${tier.toLowerCase()})` : 'var(--rule)',
  })
  return alluvial({
    id: 'flow',
    title: t.migration.flowTitle,
    description: sayText(context, t.migration.flowDescription, {
      parts:
        bands
          .filter((b) => b.from !== b.to)
          .map((b) => b.title)
          .join('; ') || bands.map((b) => b.title).join('; '),
    }),
    left: rowsOf(matrix)
      .filter((from) => rowSum(matrix, from) > 0)
      .map((from) => node(from, rowSum(matrix, from), null)),
    right: columnsOf(matrix)
      .filter((to) => columnSum(matrix, to) > 0)
      .map((to) => node(to, columnSum(matrix, to), columnSum(matrix, to) - rowSum(matrix, to))),
    leftHead: t.migration.from,
    rightHead: t.migration.to,
    flows: bands,
  })
}

/** Who goes where: the numbers, and the same as a drawing. */
export function migrationSection(context: Context): Html {
  const { simulation, t } = context
  const { recommended, classes, policy, cycle, accounts } = simulation
  const lede = say(context, policy.inForce === null ? t.migration.ledeFirst : t.migration.lede, { cycle })
  return html`<section id="migration">
    <h2>${t.nav.migration}</h2>
    <p class="lede">${lede}</p>
    <div class="matrices">
      ${matrixTable(context, recommended, t.migration.recommended)}${matrixTable(context, classes, t.migration.classes)}
    </div>
    ${
      accounts.total === accounts.failed
        ? ''
        : html`<figure class="panel flow-panel">
            <figcaption><b>${t.migration.flow}</b> · ${t.migration.flowNote}</figcaption>
            <div class="scroll">${flowChart(context, recommended)}</div>
          </figure>`
    }
  </section>`
}
