import type pc from 'picocolors'
import type { Mover, Simulation, TierBefore, TierOrExit } from '@ka-governance/core'
import { shorten } from '../ingest/finding.ts'
import { textTable } from '../print.ts'
import {
  actualText,
  contextOf,
  numberOf,
  numbersOf,
  parameterName,
  sayText,
  tierName,
  type Context,
  type WhatIfPageOptions,
} from '../what-if-page/context.ts'
import { headlineText, percentChange, attentionItems } from '../what-if-page/section-summary.ts'

type Colors = ReturnType<typeof pc.createColors>

const froms: readonly TierBefore[] = ['A', 'B', 'C', 'D', 'exit', 'none']
const tos: readonly TierOrExit[] = ['A', 'B', 'C', 'D', 'exit']
const mostMovers = 12
const mostThresholds = 6

function matrixText(context: Context): string {
  const { simulation, t } = context
  const { recommended } = simulation
  const rows = froms.filter((from) => tos.some((to) => recommended[from][to] > 0))
  const columns = tos.filter((to) => to !== 'exit' || rows.some((from) => recommended[from].exit > 0))
  const name = (tier: TierBefore): string => (tier === 'exit' || tier === 'none' ? tierName(context, tier) : tier)
  const sum = (from: TierBefore): number => tos.reduce((n, to) => n + recommended[from][to], 0)
  return textTable(
    [t.migration.fromTo, ...columns.map(name), t.migration.total],
    [
      ...rows.map((from) => [name(from), ...columns.map((to) => recommended[from][to] || '·'), sum(from)]),
      [
        t.migration.total,
        ...columns.map((to) => rows.reduce((n, from) => n + recommended[from][to], 0)),
        rows.reduce((n, from) => n + sum(from), 0),
      ],
    ],
  )
}

/** `B → A  Riverside Cycles (AW00000292): P-07 USD 450,000 → USD 405,000, has USD 421,103.50`. */
function moverLine(context: Context, mover: Mover, c: Colors): string {
  const { t, value } = context
  const tone = mover.direction === 'up' ? c.green : mover.direction === 'down' ? c.red : c.cyan
  const why = mover.because.map(({ parameter, number, clause, unit, before, after, actual }) => {
    const path = parameter.split('.')
    const side = (what: typeof before): string => (what === null ? t.diff.new : value(path, what))
    const has = actual === null ? '' : `, ${sayText(context, t.movers.has, { actual: actualText(context, path, unit, actual) })}`
    return `${numberOf({ number, clause })} ${parameterName(context, path)}: ${side(before)} → ${side(after)}${has}`
  })
  const id = mover.name === mover.accountId ? '' : ` (${mover.accountId})`
  const move = `${mover.from === null ? '–' : tierShort(context, mover.from)} → ${tierShort(context, mover.to)}`
  return `  ${tone(move)}  ${shorten(`${mover.name}${id}`, 80)}${why.length === 0 ? '' : c.dim(`: ${shorten(why.join('; '), 200)}`)}`
}

const tierShort = (context: Context, tier: TierOrExit): string => (tier === 'exit' ? tierName(context, tier) : tier)

function sensitivityLines(context: Context): readonly string[] {
  const { simulation, t } = context
  const rows = [...(simulation.sensitivity ?? [])].filter((r) => r.moved > 0).sort((a, b) => b.moved - a.moved)
  return rows.slice(0, mostThresholds).map((r) => {
    const joined = numbersOf(r.joined)
    const change = `${numberOf(r)}${joined === '' ? '' : `+${joined.replaceAll(', ', '+')}`} ${percentChange(context, r.percent)}`
    const said = sayText(context, t.cards.sensitiveOf, {
      change,
      n: r.moved,
      parameter: parameterName(context, r.parameter.split('.')),
    })
    return `  ${said} (+${String(r.up)} −${String(r.down)})`
  })
}

/** A simulation as a person reads it in a terminal: the sentence, what to settle first, who moves, what hangs on which number. */
export function whatIfText(simulation: Simulation, options: WhatIfPageOptions, c: Colors): string {
  const context = contextOf(simulation, options)
  const { t, f } = context
  const { movers, policy, cycle } = simulation
  const against = policy.inForce === null ? t.noneInForce : `${policy.inForce.id} ${policy.inForce.version}`
  const lines = [
    c.bold(shorten(headlineText(context), 400)),
    c.dim(`  ${shorten(`${policy.draft.id} ${policy.draft.version} · ${against} · ${cycle}`, 300)}`),
    '',
    matrixText(context),
  ]
  const items = attentionItems(context)
  if (items.length > 0)
    lines.push(
      '',
      c.bold(t.attention.title),
      ...items.map(({ text, tone }) => `  ${tone === 'bad' ? c.red('✗') : c.yellow('!')} ${shorten(text, 300)}`),
    )
  if (movers.listed.length > 0) {
    lines.push('', c.bold(t.nav.movers), ...movers.listed.slice(0, mostMovers).map((m) => moverLine(context, m, c)))
    if (movers.total > mostMovers) lines.push(c.dim(`  … ${f.int(movers.total - mostMovers)}`))
  }
  const sensitive = sensitivityLines(context)
  if (sensitive.length > 0) lines.push('', c.bold(t.nav.sensitivity), ...sensitive)
  return lines.join('\n')
}
