import type { LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts, JudgedCondition, Judgement } from '../facts.ts'
import { seriousDisputeLate } from '../measures/disputes.ts'
import { oldestJudgement } from '../measures/fresh-judgement.ts'
import type { Condition, DateSpan } from '../types.ts'

/** What the rules know beside the numbers: each judged condition answered, with who and when, or why not. */
export interface Evidence {
  readonly answers: Readonly<Record<JudgedCondition, Condition>>
  /** Late payments that fell due in the cycle [I-07]. */
  readonly latePayments: number
  /** Contact attempts in the cycle [I-07]; null where the host records none. */
  readonly contactAttempts: number | null
}

/**
 * Answers the judged conditions of ADJ-02 … ADJ-08. A person's answer counts first; where there is none, the facts on record may answer
 * (the trend of a graded judgement, disputes, an old debt). No answer is null, never "no"; an old answer is stale.
 */
export function collectEvidence(facts: AccountFacts, policy: Policy, cycle: DateSpan): Evidence {
  const oldest = oldestJudgement(cycle.to, policy)
  const { potential, willingness, loyalty } = facts.judgements
  const answer = (name: JudgedCondition, record: Recorded = null): Condition => {
    const given = facts.conditions?.[name]
    if (given !== undefined && given.judgedOn >= oldest)
      return {
        name,
        kind: 'judged',
        required: true,
        actual: given.holds,
        met: given.holds,
        by: given.by,
        judgedOn: given.judgedOn,
      }
    if (record !== null)
      return { name, kind: 'judged', required: true, actual: record.holds, met: record.holds, ...record.source }
    return { name, kind: 'judged', required: true, actual: null, met: null, reason: given === undefined ? 'notJudged' : 'stale' }
  }
  const trend = (judgement: Judgement | undefined, means: readonly Judgement['trend'][]): Recorded =>
    judgement?.trend === undefined || judgement.judgedOn < oldest ? null : recorded(means.includes(judgement.trend), judgement)
  const overdue = policy.tier.gates.overdueDays
  return {
    answers: {
      potentialUp: answer('potentialUp', trend(potential, ['up'])),
      loyaltyVeryHigh: answer(
        'loyaltyVeryHigh',
        loyalty === undefined || loyalty.judgedOn < oldest ? null : recorded(loyalty.score >= policy.tier.judged.A, loyalty),
      ),
      potentialRealised: answer('potentialRealised'),
      goodRelations: answer('goodRelations'),
      potentialDown: answer('potentialDown', trend(potential, ['down'])),
      noRecovery: answer('noRecovery'),
      disputeUnsettled: answer('disputeUnsettled', { holds: seriousDisputeLate(facts, cycle, policy), source: {} }),
      potentialStagnant: answer('potentialStagnant', trend(potential, ['flat', 'down'])),
      stabilityWorse: answer('stabilityWorse'),
      willingnessLower: answer('willingnessLower', trend(willingness, ['down'])),
      complaintsUnresolved: answer('complaintsUnresolved'),
      potentialGone: answer('potentialGone'),
      // An old debt says that the relation is near breaking; its absence does not say the opposite [ADJ-08].
      relationBreaking: answer(
        'relationBreaking',
        overdue !== null && facts.overdueDays !== null && facts.overdueDays > overdue ? { holds: true, source: {} } : null,
      ),
    },
    latePayments: facts.latePayments.filter((p) => inSpan(p.dueOn, cycle)).length,
    contactAttempts: facts.contacts?.filter((c) => inSpan(c.on, cycle)).length ?? null,
  }
}

type Recorded = { readonly holds: boolean; readonly source: { readonly by?: string; readonly judgedOn?: string } } | null

const recorded = (holds: boolean, judgement: Judgement): Recorded => ({
  holds,
  source: { by: judgement.by, judgedOn: judgement.judgedOn },
})

const inSpan = (day: LocalDate, span: DateSpan): boolean => day >= span.from && day < span.to
