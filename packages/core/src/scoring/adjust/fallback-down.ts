import { meets, type Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import { rankOf } from '../tier/tier-rules.ts'
import type { Classification, Condition, EarlierClassification, RuleOutcome } from '../types.ts'
import { allOf } from './decide.ts'

/**
 * Two reviews in a row at a lower class lower by one tier [I-34, decision 2]: it catches a slow decline that never exceeds P-28 in one
 * cycle. Null where the policy says `none`, and for D.
 *
 * @param before the review of the cycle before; one that was held does not count.
 * @param ready false while the class waits for a judgement: then it does not run.
 */
export function fallbackDown(
  tier: Tier,
  classification: Classification,
  before: EarlierClassification | undefined,
  policy: Policy,
  ready: boolean,
): RuleOutcome | null {
  if (tier === 'D' || policy.adjust.fallbackDown === 'none') return null
  const conditions = [
    lower('class', tier, ready ? classification.tier : null, 'notJudged'),
    lower('classBefore', tier, before === undefined || before.held === true ? null : before.tier, 'insufficientHistory'),
  ]
  const met = allOf(conditions.map((c) => c.met))
  return { rule: 'fallbackDown', clause: 'I-34', outcome: met === null ? 'notRun' : met ? 'met' : 'notMet', conditions }
}

function lower(name: string, tier: Tier, found: Tier | null, absent: 'notJudged' | 'insufficientHistory'): Condition {
  const limit = { op: '<', value: rankOf(tier) } as const
  const actual = found === null ? null : rankOf(found)
  return {
    name,
    kind: 'number',
    parameter: 'adjust.fallbackDown',
    unit: 'tierRank',
    op: limit.op,
    required: limit.value,
    actual,
    met: actual === null ? null : meets(actual, limit),
    ...(actual === null ? { reason: absent } : {}),
  }
}
