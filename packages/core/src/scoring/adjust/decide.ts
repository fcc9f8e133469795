import type { Policy } from '../../policy/schema.ts'
import type { Condition, RuleName, RuleOutcome, TrendMeasures } from '../types.ts'
import type { Evidence } from './evidence.ts'

/** What every up and down rule looks at. */
export interface RuleInput {
  readonly policy: Policy
  readonly trend: TrendMeasures
  readonly evidence: Evidence
}

/** True when all hold, false when one does not, null when it is not known. */
export function allOf(met: readonly (boolean | null)[]): boolean | null {
  if (met.includes(false)) return false
  return met.includes(null) ? null : true
}

/** True when one holds, false when none does, null when it is not known. */
export function anyOf(met: readonly (boolean | null)[]): boolean | null {
  if (met.includes(true)) return true
  return met.includes(null) ? null : false
}

/**
 * Decides a rule: all numbers and, where the policy asks for it, at least one judged condition [decision 3]. What is not known makes it
 * `notRun`, unless what is known settles it. All conditions stay in the outcome as evidence.
 *
 * @param judged whether one judged condition holds; given where it is more than "any of the list".
 */
export function decide(
  rule: RuleName,
  clause: string,
  mode: 'numbers' | 'numbersAndOneJudged',
  numbers: readonly Condition[],
  evidence: readonly Condition[],
  judged: boolean | null = anyOf(evidence.map((c) => c.met)),
): RuleOutcome {
  const byNumbers = allOf(numbers.map((c) => c.met))
  const met = mode === 'numbers' ? byNumbers : allOf([byNumbers, judged])
  return { rule, clause, outcome: met === null ? 'notRun' : met ? 'met' : 'notMet', conditions: [...numbers, ...evidence] }
}
