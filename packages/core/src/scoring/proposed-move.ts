import type { Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { rankOf, tierAt } from './tier/tier-rules.ts'
import type { Classification, MissingDatum, RuleOutcome } from './types.ts'

/** What the rules ask for, before anything blocks it. */
export type Move =
  { readonly direction: 'up' | 'down' | 'nominate'; readonly to: Tier } | { readonly direction: 'exit'; readonly to: 'exit' }

/** The rules of one tier that ran, by their part. */
export interface RulesRun {
  readonly up: RuleOutcome | null
  readonly down: RuleOutcome
  readonly fallbackUp: RuleOutcome | null
  readonly fallbackDown: RuleOutcome | null
}

const met = (rule: RuleOutcome | null): boolean => rule?.outcome === 'met'

/**
 * The move that the met rules propose [ADJ-02 … ADJ-08]: null for none, `contradiction` when both directions are met, for a person to weigh.
 * A rule moves by one tier, the class by at most `adjust.maxStep`; D down only moves where the policy proposes exit.
 */
export function proposedMove(
  tier: Tier,
  run: RulesRun,
  classification: Classification,
  policy: Policy,
): Move | 'contradiction' | null {
  const up = met(run.up) || met(run.fallbackUp)
  const down = met(run.down) || met(run.fallbackDown)
  if (up && down) return 'contradiction'
  if (met(run.up)) return tier === 'A' ? { direction: 'nominate', to: 'A' } : { direction: 'up', to: tierAt(rankOf(tier) + 1) }
  if (met(run.fallbackUp))
    return { direction: 'up', to: tierAt(Math.min(rankOf(classification.tier), rankOf(tier) + policy.adjust.maxStep)) }
  if (!down) return null
  if (tier !== 'D') return { direction: 'down', to: tierAt(rankOf(tier) - 1) }
  return policy.adjust.dDown === 'propose-exit' ? { direction: 'exit', to: 'exit' } : null
}

/** Rules that ran, in the order of the requirements. */
export function inOrder(run: RulesRun): readonly RuleOutcome[] {
  return [run.up, run.down, run.fallbackUp, run.fallbackDown].filter((rule) => rule !== null)
}

/** The judged conditions for which a rule waits although all its numbers are met. */
export function awaitedJudgements(run: RulesRun): readonly MissingDatum[] {
  return [run.up, run.down].flatMap((rule) => {
    if (rule === null || rule.outcome !== 'notRun' || rule.conditions.some((c) => c.kind === 'number' && c.met === null))
      return []
    return rule.conditions
      .filter((c) => c.met === null)
      .map((c): MissingDatum => ({ what: c.name, reason: c.reason === 'stale' ? 'stale' : 'missing' }))
  })
}
