import { fill, type Context } from './context.ts'
import { html, type Html } from './html.ts'

/** The headline figures. */
export function summarySection({ model, t, f }: Context): Html {
  const cycle = model.cycles.at(-1)
  const moved = cycle ? model.moves.filter((m) => m.cycle === cycle.id && m.from !== m.to && m.from !== 'none') : []
  const up = moved.filter((m) => m.direction === 'up' || (m.to !== 'exit' && m.to < m.from)).length
  const resolution = model.clocks.find((c) => c.clock === 'resolution')
  const due = resolution ? resolution.met + resolution.late : 0
  const { current, previous } = model.sales
  const change = previous === null || previous <= 0 ? null : current / previous - 1
  const reviews = model.cycles.reduce((n, c) => n + Object.values(c.ends).reduce((s, e) => s + e, 0), 0)
  const refused = model.refusals.reduce((n, r) => n + r.count, 0)
  const inCycle = cycle ? Object.values(cycle.sales).reduce((s, v) => s + v, 0) : 0
  const card = (key: string, value: string | Html, sub: string | Html): Html =>
    html`<div class="card">
      <div class="k">${key}</div>
      <div class="v">${value}</div>
      <div class="s">${sub}</div>
    </div>`
  const cards: Html[] = [
    card(t.headline.accounts, f.int(model.accounts), fill(t.headline.keyAccounts, { n: f.int(model.keyAccounts) })),
  ]
  if (model.cycles.length > 0) {
    const span = fill(t.headline.salesSpan, { from: model.sales.from, to: model.sales.to })
    const tone = change !== null && change < 0 ? 'down' : 'up'
    cards.push(
      card(
        t.headline.sales,
        f.money(current),
        change === null
          ? span
          : html`<span class="${tone}"
                >${fill(t.headline.change, { change: `${change > 0 ? '+' : ''}${f.share(change, 1)}` })}</span
              ><br />${span}`,
      ),
    )
  }
  if (cycle) {
    cards.push(
      card(
        t.headline.topTier,
        inCycle > 0 ? f.share(cycle.sales.A / inCycle) : t.headline.none,
        fill(t.headline.topTierOf, { n: f.int(cycle.counts.A) }),
      ),
      card(
        fill(t.headline.moved, { cycle: cycle.id }),
        f.int(moved.length),
        [
          html`${fill(t.headline.upDown, { up: f.int(up), down: f.int(moved.length - up) })}<br />`,
          html`${fill(t.headline.reviews, { n: f.int(reviews), cycles: f.int(model.cycles.length) })}`,
        ].reduce((a, b) => html`${a}${b}`),
      ),
    )
  }
  if (model.complaints.total > 0) {
    cards.push(
      card(
        t.headline.complaints,
        f.int(model.complaints.total),
        [
          fill(t.headline.finished, {
            n: f.int(
              model.complaints.states
                .filter((s) => s.state === 'archived' || s.state.startsWith('closed') || s.state === 'notUpheld')
                .reduce((n, s) => n + s.count, 0),
            ),
          }),
        ].join(''),
      ),
      card(
        t.headline.onTime,
        resolution && due > 0 ? f.share(resolution.met / due, 1) : t.headline.none,
        resolution ? fill(t.headline.onTimeOf, { met: f.int(resolution.met), due: f.int(due) }) : '',
      ),
    )
  }
  const { admissions, projects } = model
  if (admissions.length > 0) {
    const admitted = admissions.filter((a) => a.state === 'established').length
    cards.push(
      card(t.relationHeadline.admissions, f.int(admissions.length), fill(t.relationHeadline.admitted, { n: f.int(admitted) })),
    )
  }
  const changes = projects.flatMap((p) => p.changes)
  if (changes.length > 0) {
    const inForce = changes.filter((c) => c.version !== null && c.state !== 'rolledBack').length
    cards.push(
      card(
        t.relationHeadline.changes,
        f.int(changes.length),
        fill(t.relationHeadline.changesOf, { n: f.int(inForce), projects: f.int(projects.length) }),
      ),
    )
  }
  cards.push(
    card(
      t.headline.refused,
      f.int(refused),
      fill(t.headline.rules, { n: f.int(new Set(model.refusals.map((r) => r.rule)).size) }),
    ),
  )
  if (cycle)
    cards.push(
      card(
        t.headline.atRisk,
        html`<span class="${model.warnings.length > 0 ? 'amber' : ''}">${f.int(model.warnings.length)}</span>`,
        fill(t.headline.atRiskOf, { cycle: cycle.id }),
      ),
    )
  return html`<section id="summary">
    <h2>${t.nav.summary}</h2>
    <div class="cards">${cards}</div>
  </section>`
}
