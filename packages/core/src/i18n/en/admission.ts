import type { AdmissionTexts } from '../catalogue-parts.ts'

export const admission: AdmissionTexts = {
  headline: (score, minScore, passes) =>
    `Admission score ${score} (at least ${minScore}): ${passes ? 'meets the criteria' : 'screened out'}`,
  part: (criterion, value, weight, mandatory) => `${criterion}: ${value} × ${weight} %${mandatory ? ' (mandatory)' : ''}`,
  grade: (measure, actual, limit, met) => `  ${measure}: ${actual}; ${limit} – ${met ? 'met' : 'not met'}`,
  notMet: (criterion) => `${criterion} is mandatory and not met`,
  passesAt: (measure, value) => `${measure} of ${value} would be enough by itself`,
}
