import { html, type Html } from '../report/html.ts'
import type { Simulation } from '@ka-governance/core'
import { change, moneyFull, numberOf, parameterName, say, sayText, type Context } from './context.ts'

/** The result in a sentence. */
export function headline(context: Context): Html {
  const { simulation, t } = context
  const { movers } = simulation
  const tones = { up: 'up', down: 'down', assigned: '' } as const
  const parts = (['up', 'down', 'assigned'] as const)
    .filter((direction) => movers[direction] > 0)
    .map(
      (direction) =>
        html`<b class="${tones[direction]}">${sayText(context, t.headline[direction], { n: movers[direction] })}</b>`,
    )
  const joined = html`${parts.map((part, i) => html`${i === 0 ? '' : t.headline.joint}${part}`)}`
  return html`${movers.total === 0 ? nobody(context) : say(context, t.headline.moved, { ...totals(context), parts: joined })}${rebateClause(context)}${t.headline.end}`
}

/** The same as plain text. */
export function headlineText(context: Context): string {
  const { simulation, t } = context
  const { movers } = simulation
  const parts = (['up', 'down', 'assigned'] as const)
    .filter((direction) => movers[direction] > 0)
    .map((direction) => sayText(context, t.headline[direction], { n: movers[direction] }))
    .join(t.headline.joint)
  const main = movers.total === 0 ? nobody(context) : sayText(context, t.headline.moved, { ...totals(context), parts })
  return `${main}${rebateClause(context)}${t.headline.end}`
}

const totals = ({ simulation }: Context): { readonly moved: number; readonly total: number } => ({
  moved: simulation.movers.total,
  total: simulation.accounts.total,
})

function nobody(context: Context): string {
  const { simulation, t } = context
  const { reclassified } = simulation
  const also = reclassified.total === 0 ? '' : sayText(context, t.headline.reclassified, { n: reclassified.total })
  return `${sayText(context, t.headline.nobody, totals(context))}${also}`
}

function rebateClause(context: Context): string {
  const { simulation, t, f } = context
  const money = (minor: number): string => f.money(minor)
  const { rebate } = simulation
  if (rebate === null) return ''
  const { inForceMinor: before, draftMinor: after } = rebate
  // Nothing to compare with: no policy in force, or one in another currency.
  if (before === null) return after === 0 ? '' : sayText(context, t.headline.rebateAlone, { money: money(after) })
  if (before === after) return t.headline.rebateSame
  if (before === 0) return sayText(context, t.headline.rebateNew, { money: money(after) })
  if (after === 0) return sayText(context, t.headline.rebateGone, { money: money(before) })
  const share = Math.abs(after - before) / before
  const percent = f.share(share, share < 0.1 ? 1 : 0)
  return sayText(context, after > before ? t.headline.rebateMore : t.headline.rebateLess, { percent })
}

/** The threshold that moves most accounts. */
function mostSensitive({ sensitivity }: Simulation) {
  return (sensitivity ?? []).reduce<NonNullable<Simulation['sensitivity']>[number] | null>(
    (most, row) => (row.moved > (most?.moved ?? 0) ? row : most),
    null,
  )
}

/** The headline figures. */
export function summarySection(context: Context): Html {
  const { simulation, t, f } = context
  const { accounts, movers, instances, rebate, sales, sensitivity } = simulation
  const card = (key: string, value: Html | string, sub: Html | string): Html =>
    html`<div class="card">
      <div class="k">${key}</div>
      <div class="v">${value}</div>
      <div class="s">${sub}</div>
    </div>`
  const total = (side: 'before' | 'after'): number => Object.values(sales).reduce((sum, tier) => sum + tier[side].minor, 0)
  const share = (side: 'before' | 'after'): string =>
    total(side) <= 0 ? t.cards.none : f.share(sales.A[side].minor / total(side))
  const counted = (n: number, tone: string): Html => html`<span class="${n > 0 ? tone : ''}">${f.int(n)}</span>`
  const cards: Html[] = [
    card(
      t.cards.moved,
      f.int(movers.total),
      say(context, t.cards.movedOf, {
        share: accounts.total === 0 ? t.cards.none : f.share(movers.total / accounts.total, 1),
        total: accounts.total,
      }),
    ),
    card(
      t.cards.topTier,
      share('after'),
      say(context, t.cards.topTierOf, {
        before: share('before'),
        n: sales.A.after.accounts,
        was: sales.A.before.accounts,
      }),
    ),
  ]
  if (rebate !== null) {
    const { inForceMinor: before, draftMinor: after } = rebate
    const difference = before === null ? null : (change(context, before, after) ?? moneyFull(context, after - before))
    cards.push(
      card(
        sayText(context, t.cards.rebate, { year: String(rebate.year) }),
        f.money(after),
        difference === null ? t.cards.rebateAlone : say(context, t.cards.rebateOf, { difference }),
      ),
    )
  }
  if (instances !== null) {
    const { clocks, approvals } = instances
    cards.push(
      card(
        t.cards.clocks,
        counted(clocks.overdue, 'down'),
        say(context, t.cards.clocksOf, { n: clocks.open, now: clocks.overdueNow }),
      ),
      card(
        t.cards.approvals,
        counted(approvals.belowQuorum, 'down'),
        say(context, t.cards.approvalsOf, { n: approvals.open, changed: approvals.changed }),
      ),
    )
  }
  if (sensitivity !== null && sensitivity.length > 0) {
    const most = mostSensitive(simulation)
    cards.push(
      most === null
        ? card(t.cards.sensitive, '–', say(context, t.cards.insensitive, { percent: Math.abs(sensitivity[0]?.percent ?? 0) }))
        : card(
            t.cards.sensitive,
            numberOf(most),
            say(context, t.cards.sensitiveOf, {
              change: percentChange(context, most.percent),
              n: most.moved,
              parameter: parameterName(context, most.parameter.split('.')),
            }),
          ),
    )
  }
  const unknown = accounts.provisional + accounts.notAssessed + accounts.failed
  cards.push(card(t.cards.unknown, counted(unknown, 'amber'), say(context, t.cards.unknownOf, { total: accounts.total })))
  return html`<section id="summary">
    <h2>${t.nav.summary}</h2>
    <div class="cards" style="--per:${cards.length > 5 ? Math.ceil(cards.length / 2) : cards.length}">${cards}</div>
    ${attention(context)}
  </section>`
}

/** `−10 %`. */
export function percentChange({ f }: Pick<Context, 'f'>, percent: number): string {
  return `${percent < 0 ? '−' : '+'}${f.share(Math.abs(percent) / 100, 1)}`
}

/** One thing to settle before the draft is published. */
export interface AttentionItem {
  readonly text: string
  readonly section: keyof Context['t']['nav']
  readonly tone: 'bad' | 'warn'
}

/** What must be settled before the draft is published: the worst first. */
export function attentionItems(context: Context): readonly AttentionItem[] {
  const { simulation, t } = context
  const { accounts, instances, capacity, load, directions } = simulation
  const items: AttentionItem[] = []
  const add = (
    tone: AttentionItem['tone'],
    section: AttentionItem['section'],
    text: string,
    values: { readonly [name: string]: string | number },
  ): void => void items.push({ tone, section, text: sayText(context, text, values) })
  if (instances !== null && instances.approvals.belowQuorum > 0)
    add('bad', 'open', t.attention.quorum, { n: instances.approvals.belowQuorum })
  if (instances !== null && instances.clocks.overdue > 0) add('bad', 'open', t.attention.overdue, { n: instances.clocks.overdue })
  if (accounts.failed > 0) add('bad', 'unknown', t.attention.failed, { n: accounts.failed })
  for (const tier of capacity)
    if (tier.over) add('warn', 'load', t.attention.tier, { tier: tier.tier, after: tier.after, limit: tier.limitAfter ?? '–' })
  for (const m of load.managers.listed)
    if (m.over) add('warn', 'load', t.attention.manager, { manager: m.manager, n: m.keyAccounts, limit: m.limit ?? '–' })
  const unknown = accounts.provisional + accounts.notAssessed
  if (accounts.total > 0 && unknown > accounts.total / 4)
    add('warn', 'unknown', t.attention.unknown, { n: unknown, total: accounts.total })
  if (directions.draft.hold > accounts.total / 4)
    add('warn', 'unknown', t.attention.hold, { n: directions.draft.hold, total: accounts.total })
  const exits = directions.draft.exit - (directions.inForce?.exit ?? directions.draft.exit)
  if (exits > 0) add('warn', 'movers', t.attention.exits, { n: exits })
  return items
}

function attention(context: Context): Html {
  const { t } = context
  const items = attentionItems(context)
  if (items.length === 0) return html`<p class="panel calm">${t.attention.none}</p>`
  return html`<div class="panel attention">
    <h3 class="first">${t.attention.title}</h3>
    <ul>
      ${items.map(
        ({ text, section, tone }) => html`<li class="${tone}">${text} <a href="#${section}">${t.nav[section]}</a></li>`,
      )}
    </ul>
  </div>`
}
