import { meets, type Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import { rankOf } from '../tier/tier-rules.ts'
import type { Classification, RuleOutcome } from '../types.ts'
import { upRule } from './rules-of-tier.ts'

/**
 * Where no up rule applies to the tier, a higher class of the cycle lifts [ADJ-04, decision 2]. Null where there is a rule, where the
 * policy says `none`, and for A.
 *
 * @param ready false while the class waits for a judgement: then it does not run.
 */
export function fallbackUp(tier: Tier, classification: Classification, policy: Policy, ready: boolean): RuleOutcome | null {
  if (tier === 'A' || policy.adjust.fallbackUp === 'none' || upRule(tier, policy) !== null) return null
  const limit = { op: '>', value: rankOf(tier) } as const
  const actual = ready ? rankOf(classification.tier) : null
  const met = actual === null ? null : meets(actual, limit)
  return {
    rule: 'fallbackUp',
    clause: 'ADJ-04',
    outcome: met === null ? 'notRun' : met ? 'met' : 'notMet',
    conditions: [
      {
        name: 'class',
        kind: 'number',
        parameter: 'adjust.fallbackUp',
        unit: 'tierRank',
        op: limit.op,
        required: limit.value,
        actual,
        met,
        ...(met === null ? { reason: 'notJudged' as const } : {}),
      },
    ],
  }
}
