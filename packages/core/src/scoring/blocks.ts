import { previousCycle } from '../policy/cycle.ts'
import type { Policy } from '../policy/schema.ts'
import type { Move } from './proposed-move.ts'
import type { Review } from './review-account.ts'
import { capOfAmount, capOfDebt, capOfDispute } from './tier/gates.ts'
import { gradeAmount } from './tier/grade-factors.ts'
import type { TierMeasures } from './tier/tier-measures.ts'
import { rankOf, type TierRules } from './tier/tier-rules.ts'
import type { Block, CurrentStanding, ReviewCycle } from './types.ts'

/** What stops a proposed move; empty when it may be proposed. All reasons, not the first. */
export function blocksOf(move: Move, { cycle, current, policy, measures, tierRules }: Review): readonly Block[] {
  return [
    overrideBlock(move, cycle, current),
    graceBlock(move, cycle, current, policy),
    ...gateBlocks(move, measures, tierRules),
  ].filter((block) => block !== null)
}

/** An override in force at the cycle's end keeps the tier; it lapses by itself. */
function overrideBlock(move: Move, cycle: ReviewCycle, { override }: CurrentStanding): Block | null {
  if (override === undefined || override.until < cycle.to) return null
  return { by: 'override', move: move.direction, parameter: 'adjust.override', until: override.until }
}

/** For `adjust.grace` cycles after a move only the opposite direction is blocked. */
function graceBlock(move: Move, cycle: ReviewCycle, { lastMove }: CurrentStanding, policy: Policy): Block | null {
  const direction = move.direction === 'up' || move.direction === 'nominate' ? 'up' : 'down'
  if (lastMove === undefined || lastMove.direction === direction) return null
  let earlier = cycle
  // No tier lives through two hundred cycles; the bound only keeps a mistyped policy from looping.
  for (let k = 0; k < Math.min(policy.adjust.grace, 200); k++) {
    earlier = previousCycle(earlier, policy.cycle)
    if (earlier.id === lastMove.cycle)
      return { by: 'grace', move: move.direction, parameter: 'adjust.grace', until: lastMove.cycle }
  }
  return null
}

/** Growth does not lift past a gate either: the published amount, an old debt and an open serious dispute bind [decision 3]. */
function gateBlocks(move: Move, m: TierMeasures, r: TierRules): readonly Block[] {
  if (move.direction !== 'up' && move.direction !== 'nominate') return []
  const target = rankOf(move.to)
  const block = (gate: string): Block => ({ by: 'gate', move: move.direction, parameter: `tier.gates.${gate}` })
  const amount = gradeAmount(m, r)
  return [
    ...(capOfAmount(amount, r) < target ? [block(amount === 1 && r.gates.amountD ? 'amountD' : 'aboveAmount')] : []),
    ...(capOfDebt(m, r) < target ? [block('overdueDays')] : []),
    ...(capOfDispute(m, r) < target ? [block('seriousDispute')] : []),
  ]
}
