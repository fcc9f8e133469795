import { parameterAt } from '../policy/index.ts'
import type { JsonValue } from '../errors/index.ts'
import type { MoveCounts, Mover, MoverReason, Simulation, SimulationFailure, TierBefore } from '../what-if/index.ts'
import { formatMoneyIn, formatNumber } from './amounts.ts'
import type { Catalogue } from './catalogue.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { policyValuesWith, type PolicyValue } from './policy/index.ts'
import { lookUp, textOf } from './text-of.ts'
import type { FormatOptions, Words } from './words.ts'

/** Lines of a list, at most; the rest is counted. */
const mostLines = 10

interface Says {
  readonly locale: Locale
  readonly texts: Catalogue
  readonly words: Words
  readonly value: PolicyValue
  readonly currency: string
  readonly money: (minor: number) => string
}

/**
 * A simulation as lines: who would move and why, tiers and sales, thresholds, what is open, who would be too full, rebates, and what could not be simulated; the first ten of
 * each list [GOV-05]. For tables and charts there is the simulation itself.
 *
 * @param options `formatOptionsOf(draft)` lets names of people be read as names.
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * formatSimulation(simulation, 'en')[2] // => '8 accounts would move: 8 up'
 * ```
 */
export function formatSimulation(simulation: Simulation, locale: Locale, options: FormatOptions = {}): readonly string[] {
  const { currency } = simulation
  const known = { ...options, currency }
  const says: Says = {
    locale,
    texts: textOf(locale),
    words: createWords(locale, known),
    value: policyValuesWith(known, locale),
    currency,
    money: (minor) => formatMoneyIn({ currency, minor }, locale),
  }
  const { texts } = says
  const version = ({ id, version: number }: { readonly id: string; readonly version: string }): string =>
    `${harmless(id)} ${harmless(number)}`
  const { inForce, draft } = simulation.policy
  return [
    texts.simulation.headline(version(draft), inForce === null ? null : version(inForce), harmless(simulation.cycle)),
    ...(simulation.scope === 'some' ? [texts.simulation.onlySome] : []),
    ...accountLines(simulation, says),
    ...moverLines(simulation, says),
    ...tierLines(simulation, says),
    ...loadLines(simulation, says),
    ...sensitivityLines(simulation, says),
    ...openLines(simulation, says),
    ...rebateLines(simulation, says),
    ...failureLines(simulation, says),
    ...(simulation.diff.length === 0
      ? []
      : [texts.simulation.changes(formatNumber(simulation.diff.length), simulation.diff.length === 1)]),
  ]
}

function accountLines({ accounts }: Simulation, { texts: { simulation, grammar } }: Says): readonly string[] {
  const names = ['assessed', 'provisional', 'notAssessed', 'failed'] as const
  const parts = names.filter((name) => accounts[name] > 0).map((name) => simulation.parts[name](formatNumber(accounts[name])))
  const left = (['notGoverned', 'inGroups'] as const).flatMap((name) => {
    const count = accounts[name] ?? 0
    return count === 0 ? [] : [simulation.leftOut[name](formatNumber(count), count === 1)]
  })
  return [
    simulation.accounts(
      formatNumber(accounts.total),
      accounts.total === 1,
      parts.length === 0 ? grammar.nothing : grammar.series(parts),
    ),
    ...left,
  ]
}

const ways = (
  counts: Pick<MoveCounts, 'up' | 'down'> & { readonly assigned?: number },
  { texts: { simulation, grammar } }: Says,
): string =>
  grammar.series(
    (['up', 'down', 'assigned'] as const).flatMap((way) => {
      const count = counts[way] ?? 0
      return count === 0 ? [] : [simulation.ways[way](formatNumber(count))]
    }),
  )

function moverLines({ movers, reclassified }: Simulation, says: Says): readonly string[] {
  const { simulation } = says.texts
  const head = (counts: MoveCounts, line: 'movers' | 'reclassified'): readonly string[] =>
    counts.total === 0 ? [] : [simulation[line](formatNumber(counts.total), counts.total === 1, ways(counts, says))]
  return [
    ...(movers.total === 0 ? [simulation.nobody] : head(movers, 'movers')),
    ...shortened(movers.listed, movers.total, (mover) => moverText(mover, says), says),
    ...head(reclassified, 'reclassified'),
    ...shortened(reclassified.listed, reclassified.total, (mover) => moverText(mover, says), says),
  ]
}

/** The first lines of a list, and how many there are behind them. */
function shortened<T>(
  items: readonly T[],
  total: number,
  lines: (item: T) => readonly string[],
  { texts }: Says,
): readonly string[] {
  const shown = items.slice(0, mostLines)
  return [...shown.flatMap(lines), ...(total > shown.length ? [texts.simulation.more(formatNumber(total - shown.length))] : [])]
}

function moverText({ name, from, to, minor, because }: Mover, says: Says): readonly string[] {
  const { simulation } = says.texts
  return [
    simulation.mover(
      harmless(name, 80),
      tierText(from ?? 'none', says),
      tierText(to, says),
      minor === null ? null : says.money(minor),
    ),
    ...because.map((reason) => reasonText(reason, says)),
  ]
}

const tierText = (tier: TierBefore, { texts: { simulation, grammar } }: Says): string =>
  tier === 'none' ? simulation.none : grammar.tier(tier)

const nameOf = (parameter: string, { locale }: Says): string =>
  parameterAt(parameter.split('.'))?.label[locale] ?? harmless(parameter)

function reasonText({ parameter, number, unit, before, after, actual }: MoverReason, says: Says): string {
  const { simulation, grammar } = says.texts
  const path = parameter.split('.')
  const value = (of: JsonValue): string => (of === null ? grammar.nothing : says.value(path, of))
  const own = actual === null ? null : unit === 'money' ? says.money(actual) : says.value(path, actual)
  return simulation.because(harmless(number), nameOf(parameter, says), value(before), value(after), own)
}

function tierLines({ recommended, sales }: Simulation, says: Says): readonly string[] {
  const { simulation, grammar } = says.texts
  const rows = Object.entries(recommended) as [TierBefore, (typeof recommended)['A']][]
  const tiers = Object.entries(sales) as [TierBefore, (typeof sales)['A']][]
  const said = (side: (typeof sales)['A']['before']): string =>
    simulation.salesOf(formatNumber(side.accounts), side.accounts === 1, says.money(side.minor))
  return [
    ...rows.flatMap(([from, row]) => {
      const cells = (Object.entries(row) as [TierBefore, number][]).filter(([, count]) => count > 0)
      const text = cells.map(([to, count]) => simulation.cell(formatNumber(count), tierText(to, says)))
      return cells.length === 0 ? [] : [simulation.row(tierText(from, says), grammar.series(text))]
    }),
    ...tiers.flatMap(([tier, { before, after }]) =>
      before.accounts === 0 && after.accounts === 0 ? [] : [simulation.sales(tierText(tier, says), said(before), said(after))],
    ),
  ]
}

function loadLines({ capacity, load }: Simulation, says: Says): readonly string[] {
  const { simulation } = says.texts
  const over = load.managers.listed.filter((manager) => manager.over)
  return [
    ...capacity
      .filter((tier) => tier.over)
      .map(({ tier, after, limitAfter }) =>
        simulation.tierFull(tierText(tier, says), formatNumber(after), formatNumber(limitAfter ?? 0)),
      ),
    ...shortened(
      over,
      over.length,
      ({ manager, keyAccounts, limit }) => [
        simulation.managerFull(says.words.person(manager), formatNumber(keyAccounts), formatNumber(limit ?? 0)),
      ],
      says,
    ),
  ]
}

function sensitivityLines({ sensitivity }: Simulation, says: Says): readonly string[] {
  const { simulation, grammar } = says.texts
  if (sensitivity === null) return []
  const rows = sensitivity.filter(({ moved }) => moved > 0).sort((a, b) => b.moved - a.moved)
  if (rows.length === 0) return [simulation.insensitive]
  return [
    simulation.sensitivity,
    ...shortened(
      rows,
      rows.length,
      (row) => {
        const value =
          row.currency === null
            ? says.value(row.parameter.split('.'), row.after)
            : formatMoneyIn({ currency: row.currency, minor: row.after }, says.locale)
        const percent = `${row.percent < 0 ? '−' : '+'}${formatNumber(Math.abs(row.percent))} %`
        return [
          grammar.pair(
            simulation.threshold(harmless(row.number), nameOf(row.parameter, says), percent, value),
            simulation.moves(formatNumber(row.moved), row.moved === 1, ways(row, says)),
          ),
        ]
      },
      says,
    ),
  ]
}

function openLines({ instances }: Simulation, { texts: { simulation, grammar, kinds } }: Says): readonly string[] {
  if (instances === null) return []
  const { clocks, approvals } = instances
  const names = Object.entries(instances.byKind).map(([kind, count]) =>
    grammar.pair(lookUp(kinds, kind) ?? harmless(kind), formatNumber(count)),
  )
  return [
    simulation.open(
      formatNumber(instances.open),
      instances.open === 1,
      names.length === 0 ? grammar.nothing : grammar.series(names),
    ),
    clocks.earlier + clocks.later + clocks.overdue === 0
      ? simulation.clocksSame
      : simulation.clocks({
          earlier: formatNumber(clocks.earlier),
          later: formatNumber(clocks.later),
          overdue: formatNumber(clocks.overdue),
        }),
    approvals.changed === 0
      ? simulation.approvalsSame
      : simulation.approvals(formatNumber(approvals.changed), formatNumber(approvals.belowQuorum)),
  ]
}

function rebateLines({ rebate }: Simulation, { texts, money }: Says): readonly string[] {
  if (rebate === null) return []
  const { year, inForceMinor, draftMinor } = rebate
  return [texts.simulation.rebate(String(year), inForceMinor === null ? null : money(inForceMinor), money(draftMinor))]
}

function failureLines({ failures }: Simulation, says: Says): readonly string[] {
  const { simulation, errors } = says.texts
  const why = ({ because: { code, field } }: SimulationFailure): string =>
    code === 'facts_missing' || code === 'facts_malformed'
      ? simulation.reasons[code](harmless(field ?? '', 80))
      : (lookUp(errors.codes, code) ?? errors.unexpected)
  return shortened(
    failures.listed,
    failures.total,
    (failure) => [simulation.failure(harmless(failure.instanceId ?? failure.accountId, 80), why(failure))],
    says,
  )
}
