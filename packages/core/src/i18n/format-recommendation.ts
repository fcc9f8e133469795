import { parameterAt, units, type Tier } from '../policy/index.ts'
import type { Block, ExplanationStep, FactorPart, Recommendation, Shortfall } from '../scoring/index.ts'
import { formatNumber } from './amounts.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { createScoringWords, type ScoringWords } from './scoring-words.ts'
import { ruleLines, warningLines } from './scoring-lines.ts'
import { lookUp } from './text-of.ts'
import { formatLocalDate, isLocalDate } from './time.ts'
import type { FormatOptions } from './words.ts'

/**
 * A tier review as lines: the outcome, why, the class factor by factor, what kept the account from the next tier, each rule with needed and actual,
 * what stopped a move, what is not known, and the early warning.
 *
 * @throws InvalidInputError when the language does not exist.
 * @example
 * ```ts
 * formatRecommendation(recommendation, 'zh-CN', { currency: 'CNY' })[0] // => '客户“a-1”，评估周期“2026-H1”：B级（本期不评估）'
 * ```
 */
export function formatRecommendation(
  recommendation: Recommendation,
  locale: Locale,
  options: FormatOptions & { readonly currency: string },
): readonly string[] {
  const w = createScoringWords(locale, options)
  const { scoring, grammar } = w.texts
  const { currentTier, recommended, direction, measure, nomination, classification } = recommendation
  return [
    scoring.headline(
      grammar.quote(harmless(recommendation.accountId)),
      grammar.quote(harmless(recommendation.cycle, 40)),
      currentTier === null || currentTier === recommended ? null : grammar.tier(currentTier),
      grammar.tier(recommended),
      scoring.directions[direction],
    ),
    ...(measure === undefined ? [] : [scoring.measure(scoring.measures[measure])]),
    ...(nomination === undefined
      ? []
      : [scoring.nomination(nomination.level === null ? null : harmless(nomination.level[locale]))]),
    ...becauseLines(recommendation.explanation, w),
    scoring.classified(
      grammar.tier(classification.tier),
      scoring.status[classification.status],
      classification.points === null ? null : scoring.points(formatNumber(classification.points)),
    ),
    ...classification.parts.map((part) => partLine(part, w)),
    ...classification.gates.map(({ gate, cap, actual }) =>
      scoring.gate(
        scoring.gates[gate],
        grammar.tier(cap),
        gate === 'overdueDays' ? `${String(actual)}${scoring.units.days}` : tierOrValue(actual, w),
      ),
    ),
    ...(classification.heldByBand ? [scoring.heldByBand] : []),
    ...shortfallLines(classification.nextTier, classification.shortfalls, w),
    ...recommendation.rules.flatMap((rule) => ruleLines(rule, w)),
    ...recommendation.blockedBy.map((block) => blockLine(block, w)),
    ...recommendation.missing.map(({ what, reason }) => scoring.missing(w.datum(what), scoring.absences[reason])),
    ...warningLines(recommendation.earlyWarning, w),
  ]
}

function becauseLines(explanation: readonly ExplanationStep[], w: ScoringWords): readonly string[] {
  const { scoring, grammar } = w.texts
  const steps = explanation.map(({ code, rule, clause, tier, value = '' }) => {
    const text = scoring.steps[code]({
      rule: rule === undefined ? '' : scoring.rules[rule],
      tier: tier === undefined ? '' : grammar.tier(tier),
      value: w.reason(value),
    })
    return clause === undefined ? text : `${text} [${harmless(clause, 40)}]`
  })
  return steps.length === 0 ? [] : [scoring.because(steps)]
}

function partLine({ factor, raw, disputes, letter, weight, stale }: FactorPart, w: ScoringWords): string {
  const { scoring, grammar } = w.texts
  const shown: { readonly [F in FactorPart['factor']]: (value: number) => string } = {
    amount: w.money,
    frequency: (value) => scoring.perYear(formatNumber(value)),
    potential: (value) => scoring.score(formatNumber(value)),
    stability: (value) => scoring.years(years(value), disputes == null ? null : String(disputes)),
    influence: (value) => scoring.score(formatNumber(value)),
  }
  return scoring.part({
    factor: scoring.factors[factor],
    value: raw !== null ? shown[factor](raw) : stale ? scoring.stale : scoring.unknown,
    letter: letter === null ? null : grammar.tier(letter),
    weight: formatNumber(weight),
  })
}

function shortfallLines(next: Tier | null, shortfalls: readonly Shortfall[], w: ScoringWords): readonly string[] {
  const { scoring, grammar } = w.texts
  if (next === null || shortfalls.length === 0) return []
  return [
    scoring.next(grammar.tier(next)),
    ...shortfalls.map(({ factor, parameter, clause, op, needed, actual }) => {
      const shown = (value: number): string => (factor === 'gate' ? gateText(parameter, value, w) : inUnitOf(parameter, value, w))
      return scoring.shortfall(
        factor === 'gate' ? (lookUp(scoring.gates, gateOf(parameter)) ?? scoring.factors.gate) : scoring.factors[factor],
        scoring.operators[op](shown(needed)),
        actual === null ? scoring.unknown : shown(actual),
        `${harmless(clause, 40)}, ${harmless(parameter, 60)}`,
      )
    }),
  ]
}

const gateOf = (parameter: string): string => parameter.slice('tier.gates.'.length)
const gateText = (parameter: string, value: number, { texts }: ScoringWords): string =>
  `${formatNumber(value)}${gateOf(parameter) === 'overdueDays' ? texts.scoring.units.days : ''}`

/** Rounded down, so that what is not reached does not look reached. */
const years = (value: number): string => formatNumber(Math.floor(value * 100) / 100)

/** A number in the unit in which the policy gives the parameter. */
function inUnitOf(parameter: string, value: number, w: ScoringWords): string {
  const { scoring } = w.texts
  const unit = parameterAt(parameter.split('.'))?.unit
  switch (unit) {
    case 'money':
      return w.money(value)
    case 'score':
      return scoring.score(formatNumber(value))
    case 'disputes':
      return scoring.disputes(formatNumber(value))
    case 'points':
      return scoring.points(formatNumber(value))
    case 'years':
      return scoring.years(years(value), null)
    case undefined:
      return formatNumber(value)
    default:
      return `${formatNumber(value)}${w.locale === 'en' ? ' ' : ''}${units[unit][w.locale]}`
  }
}

function blockLine({ by, move, parameter, until }: Block, w: ScoringWords): string {
  const { scoring, grammar } = w.texts
  const what = by === 'gate' ? (lookUp(scoring.gates, gateOf(parameter)) ?? scoring.blocks.gate) : scoring.blocks[by]
  const day =
    until === undefined ? null : isLocalDate(until) ? formatLocalDate(until, w.locale) : grammar.quote(harmless(until, 40))
  const when = day === null ? null : by === 'grace' || by === 'override' ? scoring.until[by](day) : day
  return scoring.blocked(what, move === null ? null : scoring.moves[move], when)
}

const tierOrValue = (value: string | number | boolean, { texts, words }: ScoringWords): string =>
  value === 'A' || value === 'B' || value === 'C' || value === 'D' ? texts.grammar.tier(value) : words.value(value)
