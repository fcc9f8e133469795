import { convert, type Money, type Policy } from '../../policy/index.ts'
import type { AdmissionFindings, AdmissionMeasures } from './types.ts'

/**
 * Findings as plain numbers, money in the currency of the limit that it is held against.
 *
 * @param date Day `YYYY-MM-DD` whose exchange rates hold.
 * @throws GovernanceError `missing_rate` that names the currencies; `too_large` beyond what an exact integer holds.
 * @example
 * ```ts
 * admissionMeasures(findings, policy, '2026-03-02').annualVolume // => 300000000
 * ```
 */
export function admissionMeasures(findings: AdmissionFindings, policy: Policy, date: string): AdmissionMeasures {
  const { qualification, need, willingness, finance } = findings
  const like = (money: Money, limit: Money): number => convert(money, limit.currency, date, policy.exchangeRates).minor
  return {
    lawfulOperation: Number(qualification.lawfulOperation),
    goodReputation: Number(qualification.goodReputation),
    noMajorViolation: Number(qualification.noMajorViolation),
    annualVolume: like(need.annualVolume, policy.admission.need.minAnnualVolume),
    growthPotential: need.growthPotential,
    willingness: willingness.score,
    paidInCapital: like(finance.paidInCapital, policy.admission.finance.minCapital),
    overdueDays: finance.overdueDays,
    stableYears: finance.stableYears,
  }
}
