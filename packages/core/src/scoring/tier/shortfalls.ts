import { meets, type Tier } from '../../policy/parts.ts'
import type { Factor, Shortfall } from '../types.ts'
import { capOfDebt, capOfDispute } from './gates.ts'
import type { TierMeasures } from './tier-measures.ts'
import { rankOf, type Limit, type Rank, type TierLimits, type TierRules } from './tier-rules.ts'

const none: readonly Shortfall[] = Object.freeze([])

/**
 * What kept an account from the next tier: its points or gates, then every known factor below that tier, needed against actual. Where
 * all factors reach it and only the points do not (a cut-off above the letter), the factors below A are named.
 */
export function shortfallsOf(
  m: TierMeasures,
  r: TierRules,
  tier: Tier,
  points: number,
  amount: Rank,
  frequency: Rank,
  potential: Rank,
  stability: Rank,
  influence: Rank,
): readonly Shortfall[] {
  if (tier === 'A') return none
  const out: Shortfall[] = []
  const target = (rankOf(tier) + 1) as Rank
  const cutoff = target === 4 ? r.cutoffA : target === 3 ? r.cutoffB : r.cutoffC
  const letter = target === 4 ? 'A' : target === 3 ? 'B' : 'C'
  if (r.combine === 'weighted' && points < cutoff)
    out.push({ factor: 'points', parameter: `tier.cutoffs.${letter}`, clause: 'I-15', op: '>=', needed: cutoff, actual: points })
  if (capOfDebt(m, r) < target)
    out.push({
      factor: 'gate',
      parameter: 'tier.gates.overdueDays',
      clause: 'I-15',
      op: '<=',
      needed: r.gates.overdueDays ?? 0,
      actual: m.overdueDays,
    })
  if (capOfDispute(m, r) < target)
    out.push({ factor: 'gate', parameter: 'tier.gates.seriousDispute', clause: 'I-15', op: '<=', needed: 0, actual: 1 })
  const below = (rank: Rank, than: Rank): boolean => rank > 0 && rank < than
  const any = (than: Rank): boolean =>
    below(amount, than) || below(frequency, than) || below(potential, than) || below(stability, than) || below(influence, than)
  const than: Rank = out.length === 0 || any(target) ? target : 4
  const limits: TierLimits = than === 4 ? r.A : than === 3 ? r.B : r.C
  if (below(amount, than)) add(out, 'amount', limits.amount, than === 4 ? m.amountA : than === 3 ? m.amountB : m.amountC)
  if (below(frequency, than))
    add(out, 'frequency', limits.frequency, than === 4 ? m.perMonth : than === 3 ? m.perQuarter : m.perYear)
  if (below(potential, than)) add(out, 'potential', limits.score, m.potential)
  if (below(stability, than)) {
    add(out, 'stability', limits.years, m.years)
    add(out, 'stability', limits.disputes, than === 4 ? m.disputesA : than === 3 ? m.disputesB : m.disputesC)
  }
  if (below(influence, than)) add(out, 'influence', limits.score, m.influence)
  return Object.freeze(out)
}

function add(out: Shortfall[], factor: Factor, limit: Limit, actual: number | null): void {
  if (actual === null || meets(actual, limit)) return
  out.push({ factor, parameter: limit.parameter, clause: limit.clause, op: limit.op, needed: limit.value, actual })
}
