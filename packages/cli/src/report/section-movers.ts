import type { Condition, Shortfall } from '@ka-governance/core'
import { fill, labelOf, tierChip, type Context } from './context.ts'
import { html, type Html } from './html.ts'
import type { Move } from './model.ts'

/** Movers shown a cycle; the rest are in moves.csv. */
export const shownMoves = 40

const signs: { readonly [op: string]: string } = { '>=': '≥', '<=': '≤', '>': '>', '<': '<' }

function measured({ t, f }: Context, condition: Condition, value: number | boolean | null): string {
  if (value === null) return condition.reason === undefined ? t.movers.notKnown : labelOf(t.reasons, condition.reason)
  if (typeof value === 'boolean') return value ? t.yes : t.no
  // Classes are compared as ranks: D is 1, A is 4.
  if (condition.unit === 'tierRank') return ['D', 'C', 'B', 'A'][value - 1] ?? String(value)
  const text = f.decimal(value, 1)
  return condition.unit === undefined ? text : fill(labelOf(t.units, condition.unit), { n: text })
}

/** A shortfall in the unit of its parameter. */
export function inUnit({ f }: Context, parameter: string, value: number | null, missing: string): string {
  if (value === null) return missing
  return /\.amount\.|minChange|\.from$|\.to$/.test(parameter) && !/Drop|Growth/.test(parameter)
    ? f.money(value)
    : f.decimal(value, 2)
}

function conditionTable(context: Context, move: Move): Html {
  const { t } = context
  if (move.rule === null) return html``
  const rows = move.conditions.map((c) => {
    const sign = c.op === undefined ? '' : `${signs[c.op] ?? c.op} `
    const by =
      c.by !== undefined && c.judgedOn !== undefined
        ? html`<br /><span class="muted small">${fill(t.movers.judged, { by: c.by, on: c.judgedOn })}</span>`
        : ''
    const reason =
      c.actual !== null && c.reason !== undefined
        ? html`<br /><span class="muted small">${labelOf(t.reasons, c.reason)}</span>`
        : ''
    const mark =
      c.met === true
        ? html`<span class="ok">✓</span>`
        : c.met === false
          ? html`<span class="no">✗</span>`
          : html`<span class="muted">–</span>`
    return html`<tr>
      <td>
        ${mark}
        ${labelOf(t.conditions, c.name)}${c.parameter === undefined ? '' : html`<br /><code class="muted">${c.parameter}</code>`}${by}
      </td>
      <td class="num">${sign}${measured(context, { ...c, reason: 'notJudged' }, c.required)}</td>
      <td class="num">${measured(context, c, c.actual)}${reason}</td>
    </tr>`
  })
  return html`<table>
    <caption>
      ${t.movers.rule}: ${labelOf(t.rules, move.rule.name)}
      <span class="tag">${move.rule.clause}</span>
    </caption>
    <thead>
      <tr>
        <th>${t.movers.condition}</th>
        <th class="num">${t.movers.required}</th>
        <th class="num">${t.movers.actual}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

function shortfallTable(context: Context, move: Move): Html {
  const { t } = context
  if (move.nextTier === null) return html`<p class="muted small">${t.movers.noNext}</p>`
  const row = (s: Shortfall): Html =>
    html`<tr>
      <td>${labelOf(t.factors, s.factor)} <code class="muted">${s.parameter}</code></td>
      <td class="num">${signs[s.op] ?? s.op} ${inUnit(context, s.parameter, s.needed, '')}</td>
      <td class="num">${inUnit(context, s.parameter, s.actual, t.movers.notKnown)}</td>
    </tr>`
  return html`<table>
    <caption>
      ${fill(t.movers.nextTier, { tier: move.nextTier })}
    </caption>
    <thead>
      <tr>
        <th>${t.movers.factor}</th>
        <th class="num">${t.movers.required}</th>
        <th class="num">${t.movers.actual}</th>
      </tr>
    </thead>
    <tbody>
      ${move.shortfalls.map(row)}
    </tbody>
  </table>`
}

function moveDetails(context: Context, move: Move, open: boolean): Html {
  const { t, f } = context
  const tone =
    move.end === 'applied' ? 'good' : move.end === 'overridden' || move.end === 'kept' || move.end === 'rejected' ? 'warn' : ''
  const why = move.rule ? labelOf(t.rules, move.rule.name) : labelOf(t.directions, move.direction)
  const letters = move.parts.map(
    (p) =>
      html`<span class="factor"
        >${p.letter === null ? html`<span class="tier tnone">?</span>` : tierChip(p.letter, t)}${labelOf(t.factors, p.factor)}</span
      >`,
  )
  const gates = move.gates.map(
    (g) =>
      html`<p class="small amber">
        ${fill(t.movers.gate, { tier: g.cap, gate: fill(labelOf(t.gates, g.gate), { actual: String(g.actual) }) })}
        <code>${g.parameter}</code>
      </p>`,
  )
  const sales =
    move.salesBefore === null
      ? fill(t.movers.salesOnly, { now: f.money(move.sales) })
      : fill(t.movers.sales, { now: f.money(move.sales), before: f.money(move.salesBefore) })
  const other =
    move.recommended !== move.to
      ? html`<p class="small amber">
          ${fill(t.movers.recommended, { tier: move.recommended === 'exit' ? t.tiers.exit : move.recommended })}
        </p>`
      : ''
  return html`<details class="move" ${open ? html` open` : ''}>
    <summary>
      <span class="nowrap">${tierChip(move.from, t)} → ${tierChip(move.to, t)}</span
      ><span class="name"
        >${move.name} <span class="muted small">${move.accountId === move.name ? '' : move.accountId}</span
        ><span class="why">${why}</span></span
      ><span class="tag ${tone}">${labelOf(t.ends, move.end)}</span><span class="num small muted">${f.money(move.sales)}</span>
    </summary>
    <div class="body">
      <p class="small muted">${sales}</p>
      ${other}${move.remark === null ? '' : html`<p class="small">${t.movers.remark}: ${move.remark}</p>`}
      <p class="factors">
        ${letters}${move.points === null ? '' : html`<span class="muted small">${fill(t.movers.points, { points: f.decimal(move.points, 2) })}</span>`}
      </p>
      ${gates}
      <div class="two">
        ${conditionTable(context, move)}
        <div>${shortfallTable(context, move)}</div>
      </div>
    </div>
  </details>`
}

/** Who moved and why, the latest cycle first; cycles without a move in one line. */
export function moversSection(context: Context): Html {
  const { model, t, f } = context
  if (model.cycles.length === 0) return html``
  const quiet = model.cycles.filter((cycle) => !model.moves.some((m) => m.cycle === cycle.id)).map((cycle) => cycle.id)
  const moved = [...model.cycles].reverse().filter((cycle) => !quiet.includes(cycle.id))
  const cycles = moved.map((cycle, i) => {
    const moves = model.moves.filter((m) => m.cycle === cycle.id)
    const rest = moves.length - shownMoves
    return html`<h3>${fill(t.movers.cycle, { cycle: cycle.id })} <span class="muted small">${f.int(moves.length)}</span></h3>
      <div class="panel">
        ${moves.slice(0, shownMoves).map((m, k) => moveDetails(context, m, i === 0 && k < 3))}${rest > 0 ? html`<p class="muted small">${fill(t.movers.more, { n: f.int(rest) })}</p>` : ''}
      </div>`
  })
  const nobody = quiet.length === 0 ? '' : html`<p class="muted small">${fill(t.movers.nobody, { cycles: quiet.join(', ') })}</p>`
  return html`<section id="movers">
    <h2>${t.nav.movers}</h2>
    <p class="lede">${t.movers.lede}</p>
    ${cycles}${nobody}
  </section>`
}
