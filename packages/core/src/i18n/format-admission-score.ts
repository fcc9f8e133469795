import type { AdmissionGrade, AdmissionScore } from '../scoring/index.ts'
import { formatMoneyIn, formatNumber } from './amounts.ts'
import type { Locale } from './locale.ts'
import { textOf } from './text-of.ts'

/** Measures that are answered with yes or no. */
const answered: readonly string[] = ['lawfulOperation', 'goodReputation', 'noMajorViolation']

/**
 * An admission score as lines: the outcome, each mandatory criterion that is not met, each criterion with its measures against their limits, and what would
 * be enough by itself [ADM-06].
 *
 * @throws InvalidInputError when the language does not exist.
 * @example
 * ```ts
 * formatAdmissionScore(score, 'en')[0] // => 'Admission score 87.5 (at least 60): screened out'
 * ```
 */
export function formatAdmissionScore(score: AdmissionScore, locale: Locale): readonly string[] {
  const { admission, fields, grammar, scoring } = textOf(locale)
  const value = (amount: number, { measure, currency }: AdmissionGrade): string => {
    if (answered.includes(measure)) return amount >= 1 ? grammar.yes : grammar.no
    return currency === undefined ? formatNumber(amount) : formatMoneyIn({ currency, minor: amount }, locale)
  }
  const limit = (grade: AdmissionGrade): string => {
    const required = value(grade.required, grade)
    return answered.includes(grade.measure) ? required : scoring.operators[grade.op](required)
  }
  return [
    admission.headline(formatNumber(score.value), formatNumber(score.minScore), score.passes),
    ...score.reasons.flatMap((reason) => (reason.code === 'mandatoryNotMet' ? [admission.notMet(fields[reason.criterion])] : [])),
    ...score.parts.flatMap((part) => [
      admission.part(fields[part.criterion], formatNumber(part.value), formatNumber(part.weight), part.mandatory),
      ...part.measures.map((grade) =>
        admission.grade(fields[grade.measure], value(grade.actual, grade), limit(grade), grade.met),
      ),
    ]),
    ...score.shortfalls.flatMap((shortfall) =>
      shortfall.passesAt === null ? [] : [admission.passesAt(fields[shortfall.measure], value(shortfall.passesAt, shortfall))],
    ),
  ]
}
