import { localDateIn } from '../calendar/index.ts'
import { isGovernanceError, type JsonValue } from '../errors/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Failure } from '../rules/index.ts'
import { admissionMeasures, admissionScore, type AdmissionFindings, type AdmissionScore } from '../scoring/index.ts'

export type ScoredFindings =
  { readonly ok: true; readonly score: AdmissionScore } | { readonly ok: false; readonly failure: Failure }

/** The admission score of what was found out, at the exchange rates of the day, or why it cannot be computed: of an admission and of a requalification alike [ADM-06, ADM-12]. */
export function scoreFindings(findings: AdmissionFindings, policy: Policy, at: number): ScoredFindings {
  try {
    return { ok: true, score: admissionScore(admissionMeasures(findings, policy, localDateIn(at, policy.timeZone)), policy) }
  } catch (error) {
    if (!isGovernanceError(error)) throw error
    const details = error.details as { readonly [name: string]: JsonValue } | undefined
    if (error.code === 'missing_rate')
      return {
        ok: false,
        failure: { code: 'rate_missing', parameter: 'exchangeRates', required: details ?? null, actual: null },
      }
    if (error.code === 'too_large')
      return {
        ok: false,
        failure: { code: 'value_too_large', required: Number.MAX_SAFE_INTEGER, actual: details ?? null },
      }
    throw error
  }
}
