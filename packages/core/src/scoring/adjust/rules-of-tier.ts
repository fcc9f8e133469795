import type { Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import type { RuleOutcome } from '../types.ts'
import { aDown } from './a-down.ts'
import { aUp } from './a-up.ts'
import { bDown } from './b-down.ts'
import { bUp } from './b-up.ts'
import { cDown } from './c-down.ts'
import { dDown } from './d-down.ts'
import type { RuleInput } from './decide.ts'

/** An up or down rule. */
export type AdjustRule = (input: RuleInput) => RuleOutcome

/**
 * The rule that lifts an account of this tier, if the policy has one. `current`: rules are named after the tier the account is in (A up
 * nominates); `target`: after the tier it rises into [decision 1].
 */
export function upRule(tier: Tier, policy: Policy): AdjustRule | null {
  const named =
    policy.adjust.upRulesName === 'current' ? { A: aUp, B: bUp, C: null, D: null } : { A: null, B: aUp, C: bUp, D: null }
  return named[tier]
}

/** The rule that lowers an account of this tier [ADJ-05 … ADJ-08]. */
export const downRules: Readonly<Record<Tier, AdjustRule>> = { A: aDown, B: bDown, C: cDown, D: dDown }
