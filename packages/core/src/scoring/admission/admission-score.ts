import type { Policy } from '../../policy/index.ts'
import { admissionLimits, type AdmissionLimit } from './admission-limits.ts'
import { gradeCriteria, weighted } from './grade-criteria.ts'
import { passesAt } from './passes-at.ts'
import type { AdmissionMeasures, AdmissionPart, AdmissionReason, AdmissionScore } from './types.ts'

/**
 * The admission score [ADM-06, I-01, I-02]: each criterion is worth 0–100, as much as its weakest measure reaches of its limit; the score is their mean
 * by the policy's weights. Below `admission.minScore`, or with a mandatory criterion not met, the customer is screened out. Total and pure: better
 * measures never lower it.
 *
 * @param measures Of `admissionMeasures`.
 * @returns the score with its parts, the reasons for screening out, and for each measure that falls short the smallest change with which it passes.
 * @example
 * ```ts
 * const measures = admissionMeasures(findings, policy, '2026-03-02')
 * const score = admissionScore({ ...measures, overdueDays: 61 }, policy)
 * score.parts.map((part) => part.value) // => [100, 100, 100, 50]
 * score.reasons // => [{ code: 'mandatoryNotMet', criterion: 'finance' }]
 * score.shortfalls.map(({ measure, passesAt }) => [measure, passesAt]) // => [['overdueDays', 30]]
 * ```
 */
export function admissionScore(measures: AdmissionMeasures, policy: Policy): AdmissionScore {
  const { admission } = policy
  const limits = admissionLimits(admission)
  const parts = gradeCriteria(measures, limits, admission)
  const value = weighted(parts)
  const reasons = reasonsOf(value, parts, admission.minScore)
  const passes = reasons.length === 0
  const alone = (limit: AdmissionLimit): number | null =>
    passes ? null : passesAt(limit, measures[limit.measure], (changed) => screens({ ...measures, [limit.measure]: changed }))
  const screens = (changed: AdmissionMeasures): boolean => {
    const then = gradeCriteria(changed, limits, admission)
    return reasonsOf(weighted(then), then, admission.minScore).length === 0
  }
  return {
    value,
    minScore: admission.minScore,
    passes,
    reasons,
    parts,
    shortfalls: parts.flatMap(({ criterion, measures: grades }) =>
      grades.flatMap((grade) => {
        const limit = limits.find((l) => l.measure === grade.measure)
        return grade.met || limit === undefined ? [] : [{ ...grade, criterion, passesAt: alone(limit) }]
      }),
    ),
  }
}

function reasonsOf(value: number, parts: readonly AdmissionPart[], minScore: number): readonly AdmissionReason[] {
  return [
    ...(value >= minScore ? [] : [{ code: 'scoreTooLow', required: minScore, actual: value } as const]),
    ...parts.flatMap(({ criterion, mandatory, met }) =>
      mandatory && !met ? [{ code: 'mandatoryNotMet', criterion } as const] : [],
    ),
  ]
}
