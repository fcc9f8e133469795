import { addMonths } from '../../calendar/index.ts'
import type { Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { seriousDisputeOpen, upheldDisputes } from '../measures/disputes.ts'
import { freshScore } from '../measures/fresh-judgement.ts'
import { frequency } from '../measures/frequency.ts'
import { netAmount } from '../measures/net-amount.ts'
import { indexPurchases, type PurchaseIndex } from '../measures/purchase-index.ts'
import { freezeDate, relationBegan, supplied, yearsBetween } from '../measures/windows.ts'
import type { DateSpan } from '../types.ts'
import { tierWindows } from './tier-windows.ts'

/**
 * What a classification needs of an account: flat, numbers only, so that a portfolio is classified in one tight loop. Null is "not known",
 * never zero. Amounts are net, in minor units of the policy's currency.
 */
export interface TierMeasures {
  /** Over the lookback of the tier's own definition (P-06, P-10, P-14); all three or none are known. */
  readonly amountA: number | null
  readonly amountB: number | null
  readonly amountC: number | null
  readonly perMonth: number | null
  readonly perQuarter: number | null
  readonly perYear: number | null
  /** Score 0–100. */
  readonly potential: number | null
  readonly potentialStale: boolean
  readonly influence: number | null
  readonly influenceStale: boolean
  /** Age of the relation in years. */
  readonly years: number | null
  /** Upheld disputes over the lookback of the tier's own definition. */
  readonly disputesA: number
  readonly disputesB: number
  readonly disputesC: number
  readonly overdueDays: number | null
  readonly seriousDispute: boolean
  /** Too few full cycles to be assessed [I-32]. */
  readonly provisional: boolean
  readonly isKeyAccount: boolean
  /** For the band [I-35]; null: no tier to hold. */
  readonly currentTier: Tier | null
}

/**
 * Measures an account at the end of a cycle [TIER-01]. Give `index` where it was made already.
 *
 * @throws GovernanceError `missing_rate` when a purchase in another currency has no rate in the policy.
 */
export function measureTier(
  facts: AccountFacts,
  policy: Policy,
  cycle: DateSpan,
  currentTier: Tier | null = null,
  index: PurchaseIndex = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy)),
): TierMeasures {
  const { tier } = policy
  const { to } = cycle
  const windows = tierWindows(policy, to)
  const amounts = supplied(facts, windows.longest)
  const often = supplied(facts, windows.frequency) ? frequency(index, to, policy) : null
  const potential = freshScore(facts.judgements.potential, windows.oldestJudgement)
  const influence = freshScore(facts.judgements.influence, windows.oldestJudgement)
  const amountA = amounts ? netAmount(index, windows.A, policy) : null
  const began = relationBegan(facts, index)
  // In the order in which the loop reads them: what is read together lies together.
  return {
    provisional: began === null || addMonths(began, tier.provisional.cycles * policy.cycle.length) > to,
    amountA,
    // Most policies look as far back for every tier.
    amountB: amounts && windows.B.from !== windows.A.from ? netAmount(index, windows.B, policy) : amountA,
    amountC: amounts && windows.C.from !== windows.A.from ? netAmount(index, windows.C, policy) : amountA,
    perMonth: often?.perMonth ?? null,
    perQuarter: often?.perQuarter ?? null,
    perYear: often?.perYear ?? null,
    potential: potential.score,
    influence: influence.score,
    years: began === null ? null : yearsBetween(began, to),
    disputesA: upheldDisputes(facts, windows.A),
    disputesB: upheldDisputes(facts, windows.B),
    disputesC: upheldDisputes(facts, windows.C),
    overdueDays: facts.overdueDays,
    seriousDispute: seriousDisputeOpen(facts, to),
    isKeyAccount: facts.isKeyAccount,
    potentialStale: potential.stale,
    influenceStale: influence.stale,
    currentTier,
  }
}
