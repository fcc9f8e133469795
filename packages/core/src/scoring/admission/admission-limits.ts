import type { AdmissionCriterion, Money, Policy } from '../../policy/index.ts'
import type { AdmissionMeasure } from './types.ts'

/** What a measure is held against. */
export interface AdmissionLimit {
  readonly measure: AdmissionMeasure
  readonly criterion: AdmissionCriterion
  readonly op: '>=' | '<='
  readonly required: number
  /** Smallest steps of the measure in one unit: changes are told in whole ones. */
  readonly stepsPerUnit: number
  readonly currency?: string
}

/** The limits of a policy, in the order of the criteria [I-01, I-02]; reputation, need and strength serve that part of ADM-11. */
export function admissionLimits({ need, willingness, finance }: Policy['admission']): readonly AdmissionLimit[] {
  const answered = (measure: AdmissionMeasure): AdmissionLimit => floor(measure, 'qualification', 1)
  return [
    answered('lawfulOperation'),
    answered('goodReputation'),
    answered('noMajorViolation'),
    money('annualVolume', 'need', need.minAnnualVolume),
    floor('growthPotential', 'need', need.growthPotentialMin),
    floor('willingness', 'willingness', willingness.min),
    money('paidInCapital', 'finance', finance.minCapital),
    { ...floor('overdueDays', 'finance', finance.maxOverdueDays), op: '<=' },
    floor('stableYears', 'finance', finance.stabilityYears, 10),
  ]
}

function floor(measure: AdmissionMeasure, criterion: AdmissionCriterion, required: number, stepsPerUnit = 1): AdmissionLimit {
  return { measure, criterion, op: '>=', required, stepsPerUnit }
}

function money(measure: AdmissionMeasure, criterion: AdmissionCriterion, { minor, currency }: Money): AdmissionLimit {
  return { ...floor(measure, criterion, minor), currency }
}
