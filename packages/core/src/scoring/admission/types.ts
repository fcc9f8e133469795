import type { AdmissionCriterion, Money } from '../../policy/index.ts'

/** What was found out about a customer that applies, criterion by criterion [ADM-01 … ADM-04]. */
export interface AdmissionFindings {
  readonly qualification: {
    readonly lawfulOperation: boolean
    readonly goodReputation: boolean
    readonly noMajorViolation: boolean
  }
  /** Yearly volume in prospect; growth potential 0–100. */
  readonly need: { readonly annualVolume: Money; readonly growthPotential: number }
  /** 0–100. */
  readonly willingness: { readonly score: number }
  /** Paid-in capital or insured limit; most days overdue in the last twelve months; years of stable business. */
  readonly finance: { readonly paidInCapital: Money; readonly overdueDays: number; readonly stableYears: number }
}

/** What is measured, in the order of the criteria. */
export const admissionMeasureNames = [
  'lawfulOperation',
  'goodReputation',
  'noMajorViolation',
  'annualVolume',
  'growthPotential',
  'willingness',
  'paidInCapital',
  'overdueDays',
  'stableYears',
] as const
/** A measured value of the four criteria. */
export type AdmissionMeasure = (typeof admissionMeasureNames)[number]

/** Plain numbers: answers as 0 or 1, money in minor units of the currency of the policy's limit. */
export type AdmissionMeasures = { readonly [M in AdmissionMeasure]: number }

/** One measure against its limit. */
export interface AdmissionGrade {
  readonly measure: AdmissionMeasure
  readonly op: '>=' | '<='
  readonly required: number
  readonly actual: number
  readonly met: boolean
  /** Of money: the currency of both numbers. */
  readonly currency?: string
}

/** One criterion of the score. */
export interface AdmissionPart {
  readonly criterion: AdmissionCriterion
  /** 0–100, hundredths; 100 when every measure meets its limit. */
  readonly value: number
  /** The policy's weight, in percent. */
  readonly weight: number
  readonly mandatory: boolean
  readonly met: boolean
  readonly measures: readonly AdmissionGrade[]
}

/** Why a customer is screened out. */
export type AdmissionReason =
  | { readonly code: 'scoreTooLow'; readonly required: number; readonly actual: number }
  | { readonly code: 'mandatoryNotMet'; readonly criterion: AdmissionCriterion }

/** A measure that falls short of its limit, and what it would take. */
export interface AdmissionShortfall extends AdmissionGrade {
  readonly criterion: AdmissionCriterion
  /** The smallest change of this measure alone with which the screening is passed; `null`: it alone does not help, or none is needed. */
  readonly passesAt: number | null
}

/** The admission score and what it is made of; JSON. */
export interface AdmissionScore {
  /** 0–100, hundredths. */
  readonly value: number
  readonly minScore: number
  readonly passes: boolean
  /** Empty when it passes. */
  readonly reasons: readonly AdmissionReason[]
  readonly parts: readonly AdmissionPart[]
  readonly shortfalls: readonly AdmissionShortfall[]
}
