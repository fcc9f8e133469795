import type { Condition, EarlyWarning, RuleOutcome } from '../scoring/index.ts'
import { formatNumber } from './amounts.ts'
import { harmless } from './harmless.ts'
import type { ScoringWords } from './scoring-words.ts'
import { formatLocalDate } from './time.ts'

/** Conditions whose numbers are amounts; of the others they are purchases. */
const ofAmounts = /^(amount|cumulative)|^noRecovery$/

/** A rule and each of its conditions, needed against actual. */
export function ruleLines({ rule, clause, outcome, conditions }: RuleOutcome, w: ScoringWords): readonly string[] {
  const { scoring } = w.texts
  return [
    scoring.rule(scoring.rules[rule], harmless(clause, 40), scoring.outcomes[outcome]),
    ...conditions.map((condition) =>
      scoring.condition({
        name: w.condition(condition.name),
        required: neededText(condition, w),
        actual: actualText(condition, w),
        met: scoring.met[condition.met === null ? 'unknown' : condition.met ? 'yes' : 'no'],
        remarks: remarksOf(condition, w),
      }),
    ),
  ]
}

function neededText({ required, unit, op }: Condition, w: ScoringWords): string {
  return typeof required === 'number' ? w.limit(op, w.inUnit(required, unit)) : w.words.value(required)
}

function actualText({ actual, unit }: Condition, w: ScoringWords): string {
  if (actual === null) return w.texts.scoring.unknown
  return typeof actual === 'number' ? w.inUnit(actual, unit) : w.words.value(actual)
}

function remarksOf({ name, reason, previous, current, by, judgedOn }: Condition, w: ScoringWords): readonly string[] {
  const { scoring } = w.texts
  const amount = (value: number): string => (ofAmounts.test(name) ? w.money(value) : scoring.purchases(formatNumber(value)))
  return [
    ...(previous === undefined || current === undefined ? [] : [scoring.from(amount(previous), amount(current))]),
    ...(by === undefined || judgedOn === undefined
      ? []
      : [scoring.judged(w.words.person(by), formatLocalDate(judgedOn, w.locale))]),
    ...(reason === undefined ? [] : [scoring.conditionReasons[reason]]),
  ]
}

/** How near the account is to its down rule. */
export function warningLines({ atRisk, warnings }: EarlyWarning, w: ScoringWords): readonly string[] {
  const { scoring } = w.texts
  return [
    atRisk ? scoring.atRisk : scoring.notAtRisk,
    ...warnings.map(({ name, op, limit, actual, margin, firing, lacks, lacksUnit }) => {
      const unit = name === 'points' ? null : lacksUnit === 'minor' ? 'percent' : 'purchasesPerYear'
      const shown = (value: number): string => (unit === null ? scoring.points(formatNumber(value)) : w.inUnit(value, unit))
      const lacking = { minor: w.money, purchases: (n: number) => scoring.purchases(formatNumber(n)), points: shown }[lacksUnit](
        lacks,
      )
      return scoring.warning(
        name === 'points' ? scoring.factors.points : w.condition(name),
        w.limit(op, shown(limit)),
        shown(actual),
        firing
          ? scoring.firing(lacking)
          : scoring.margin(unit === 'percent' ? scoring.percentagePoints(formatNumber(margin)) : shown(margin)),
      )
    }),
  ]
}
