import { admissionCriteria, type Policy } from '../../policy/index.ts'
import type { AdmissionLimit } from './admission-limits.ts'
import type { AdmissionGrade, AdmissionMeasures, AdmissionPart } from './types.ts'

/**
 * How far a measure reaches its limit, 0 to 1: 1 where it meets it; below a floor the share of it that is there; above a ceiling
 * (ceiling + 1) / (measure + 1). It never falls when the measure gets better, and nothing above the limit makes up for another measure.
 */
export function attainment(actual: number, { op, required }: Pick<AdmissionLimit, 'op' | 'required'>): number {
  if (op === '>=') return actual >= required ? 1 : Math.max(0, actual) / required
  return actual <= required ? 1 : (required + 1) / (actual + 1)
}

/** The four criteria, each as strong as its weakest measure [ADM-01 … ADM-04]. */
export function gradeCriteria(
  measures: AdmissionMeasures,
  limits: readonly AdmissionLimit[],
  { weights, mandatory }: Policy['admission'],
): readonly AdmissionPart[] {
  return admissionCriteria.map((criterion) => {
    const own = limits.filter((limit) => limit.criterion === criterion)
    const grades = own.map((limit) => gradeOf(measures[limit.measure], limit))
    return {
      criterion,
      value: valueOf(measures, own),
      weight: weights[criterion],
      mandatory: mandatory[criterion],
      met: grades.every((grade) => grade.met),
      measures: grades,
    }
  })
}

/** Hundredths, rounded down, so that nothing short of the limits looks like 100. */
export function valueOf(measures: AdmissionMeasures, limits: readonly AdmissionLimit[]): number {
  const weakest = Math.min(1, ...limits.map((limit) => attainment(measures[limit.measure], limit)))
  return Math.floor(weakest * 10_000) / 100
}

function gradeOf(actual: number, { measure, op, required, currency }: AdmissionLimit): AdmissionGrade {
  return {
    measure,
    op,
    required,
    actual,
    met: op === '>=' ? actual >= required : actual <= required,
    ...(currency === undefined ? {} : { currency }),
  }
}

/** The weighted mean of the criteria, hundredths; 0 where no criterion has a weight. */
export function weighted(parts: readonly { readonly value: number; readonly weight: number }[]): number {
  const weights = parts.reduce((sum, part) => sum + part.weight, 0)
  const points = parts.reduce((sum, part) => sum + part.weight * part.value, 0)
  return weights > 0 ? Math.round((points / weights) * 100) / 100 : 0
}
