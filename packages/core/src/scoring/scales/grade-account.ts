import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts, Judgement } from '../facts.ts'
import { ratioOf, type Ratio } from '../kpi/ratio.ts'
import { isSatisfied } from '../kpi/satisfaction.ts'
import { freshScore, missingScore, oldestJudgement } from '../measures/fresh-judgement.ts'
import { measurePurchases, type MeasuredPurchases } from '../measures/measure-purchases.ts'
import { minorOf } from '../measures/minor-of.ts'
import { netAmount } from '../measures/net-amount.ts'
import { wholeSpan } from '../measures/windows.ts'
import type { Change, MissingDatum, ReviewCycle } from '../types.ts'
import { kaGradeOf, type GradeMeasures, type GradeTerms, type KaGrade } from './ka-grade.ts'

/** The grade of an account with everything it rests on; JSON. */
export type AccountGrade = KaGrade & {
  readonly accountId: string
  readonly cycle: string
  /** `notKeyAccount`: only admitted key accounts are graded. `noData`: no indicator is known. */
  readonly status: 'graded' | 'notKeyAccount' | 'noData'
  /** Points by kind; null where nothing of the kind is known. They add up to the points [I-05]. */
  readonly quantitativePoints: number | null
  readonly qualitativePoints: number | null
  /** Growth against the compared period, in constant currency [F-6]. */
  readonly growth: Change | null
  /** Satisfaction in the cycle with the answers behind it [F-1]. */
  readonly satisfaction: Ratio
  /** Who judged what, and when. */
  readonly judged: { readonly loyalty: Judgement | null; readonly influence: Judgement | null }
  /** Why an indicator is not known. */
  readonly unknown: readonly MissingDatum[]
}

const quantitative = ['sales', 'growth', 'satisfaction'] as const
const qualitative = ['loyalty', 'influence'] as const

/**
 * The terms of the grade with money in minor units of the policy's currency.
 *
 * @throws GovernanceError `missing_rate`
 */
export function compileGrade(policy: Policy): GradeTerms {
  const { weights, spans, cutoffs } = policy.grade
  const sales = { zero: minorOf(spans.sales.zero, policy), full: minorOf(spans.sales.full, policy) }
  return { weights, spans: { ...spans, sales }, cutoffs }
}

/**
 * The KA grade of an account at the end of a cycle [TIER-06, I-05]: sales, growth and satisfaction are measured, loyalty and influence judged. Only admitted
 * key accounts are graded. An indicator that is not known is weighed anew among those of its kind, so that judgements never count for more than
 * `grade.qualitativeShare`; where nothing of one kind is known, the other speaks alone, and `unknown` says so.
 *
 * @throws GovernanceError `missing_rate` when an amount in another currency has no rate in the policy.
 * @example
 * ```ts
 * const { grade, points, unknown } = gradeAccount(facts, policy, cycle)
 * ```
 */
export function gradeAccount(
  facts: AccountFacts,
  policy: Policy,
  cycle: ReviewCycle,
  known: MeasuredPurchases = measurePurchases(facts, policy, cycle),
): AccountGrade {
  const base = { accountId: facts.accountId, cycle: cycle.id }
  if (!facts.isKeyAccount) return { ...base, ...notGraded }
  const { index, trend } = known
  const oldest = oldestJudgement(cycle.to, policy)
  const loyalty = freshScore(facts.judgements.loyalty, oldest)
  const influence = freshScore(facts.judgements.influence, oldest)
  const answers = facts.surveys?.filter(({ on }) => on >= cycle.from && on < cycle.to) ?? []
  const satisfaction = ratioOf(answers, (a) => a.id, isSatisfied)
  const growth = trend.amount.current
  const measures: GradeMeasures = {
    sales: wholeSpan(facts, index, cycle) ? netAmount(index, cycle, policy) : null,
    growth: growth.percent,
    satisfaction: satisfaction.percent,
    loyalty: loyalty.score,
    influence: influence.score,
  }
  const terms = compileGrade(policy)
  const result = kaGradeOf(measures, { ...terms, weights: weightsByKind(measures, policy.grade) })
  const sum = (names: readonly string[]): number | null => {
    const points = result.parts.flatMap((p) => (names.includes(p.name) && p.points !== null ? [p.points] : []))
    return points.length === 0 ? null : Math.round(points.reduce((a, b) => a + b, 0) * 1e6) / 1e6
  }
  return {
    ...base,
    ...result,
    status: result.grade === null ? 'noData' : 'graded',
    quantitativePoints: sum(quantitative),
    qualitativePoints: sum(qualitative),
    growth,
    satisfaction,
    judged: {
      loyalty: loyalty.score === null ? null : (facts.judgements.loyalty ?? null),
      influence: influence.score === null ? null : (facts.judgements.influence ?? null),
    },
    unknown: [
      ...(measures.sales === null ? [tooShort('sales')] : []),
      ...(measures.growth === null ? [tooShort('growth')] : []),
      ...(measures.satisfaction === null ? [{ what: 'satisfaction', reason: 'missing' as const }] : []),
      ...[missingScore('loyalty', loyalty), missingScore('influence', influence)].filter((m) => m !== null),
    ],
  }
}

const tooShort = (what: string): MissingDatum => ({ what, reason: 'insufficientHistory' })

/** The weights as they count: each kind keeps its share whatever of it is not known. */
function weightsByKind(measures: GradeMeasures, { weights, qualitativeShare }: Policy['grade']): GradeTerms['weights'] {
  const known = (names: readonly (keyof GradeMeasures)[]): number =>
    names.reduce((sum, name) => (measures[name] === null ? sum : sum + weights[name]), 0)
  const [measuredWeight, judgedWeight] = [known(quantitative), known(qualitative)]
  if (measuredWeight === 0 || judgedWeight === 0) return weights
  const counts = (name: keyof GradeMeasures, share: number, of: number): number =>
    measures[name] === null ? weights[name] : Math.round(((weights[name] * share) / of) * 1e6) / 1e6
  const measuredShare = 100 - qualitativeShare
  return {
    sales: counts('sales', measuredShare, measuredWeight),
    growth: counts('growth', measuredShare, measuredWeight),
    satisfaction: counts('satisfaction', measuredShare, measuredWeight),
    loyalty: counts('loyalty', qualitativeShare, judgedWeight),
    influence: counts('influence', qualitativeShare, judgedWeight),
  }
}

const notGraded: Omit<AccountGrade, 'accountId' | 'cycle'> = {
  status: 'notKeyAccount',
  grade: null,
  nextGrade: null,
  lacks: null,
  points: null,
  parts: [],
  missing: [],
  quantitativePoints: null,
  qualitativePoints: null,
  growth: null,
  satisfaction: { percent: null, counted: [], of: [] },
  judged: { loyalty: null, influence: null },
  unknown: [],
}
