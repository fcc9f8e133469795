import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { freshScore, missingScore, oldestJudgement } from '../measures/fresh-judgement.ts'
import { minorOf } from '../measures/minor-of.ts'
import { netAmount } from '../measures/net-amount.ts'
import { indexPurchases, type PurchaseIndex } from '../measures/purchase-index.ts'
import { freezeDate, monthsBefore, supplied } from '../measures/windows.ts'
import type { DateSpan, MissingDatum } from '../types.ts'
import { kaClassesOf, type ClassCondition, type ClassMeasures, type ClassResult, type ClassRule } from './ka-classes.ts'

/** The classes of an account with what they rest on; JSON. */
export type ClassedAccount = {
  readonly accountId: string
  readonly measures: ClassMeasures
  /** Every class of the policy, in its order; not exclusive. */
  readonly classes: readonly ClassResult[]
  readonly unknown: readonly MissingDatum[]
}

const measureNames = [
  'influence',
  'industryRank',
  'annualMinor',
  'businessPotential',
  'technologyPotential',
  'marketPotential',
] as const satisfies readonly (keyof ClassMeasures)[]

/**
 * The classes of a policy as rules, money in minor units of its currency. A class that people give has no conditions.
 *
 * @throws GovernanceError `missing_rate`
 */
export function compileClasses(policy: Policy): readonly ClassRule[] {
  return Object.keys(policy.admission.classes).map((id): ClassRule => {
    const stated = Object.hasOwn(policy.classes, id) ? policy.classes[id] : undefined
    const conditions = measureNames.flatMap((measure): readonly ClassCondition[] => {
      const limit = stated?.conditions[measure]
      if (limit === undefined) return []
      const threshold = 'money' in limit ? { op: limit.op, value: minorOf(limit.money, policy) } : limit
      return [{ measure, threshold, parameter: `classes.${id}.conditions.${measure}` }]
    })
    return { id, conditions, atLeast: stated?.atLeast ?? 1 }
  })
}

/**
 * The classes that an account falls into at the end of a cycle [CLS-02]: industry leader, scale-dominant, strategic partner, by the policy's conditions. Not
 * exclusive. Size is what it bought in the year before `cycle.to`.
 *
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * classifyKeyAccount(facts, policy, cycle).classes.map(({ id, fits }) => `${id} ${String(fits)}`)
 * // => ['industryLeader false', 'scaleDominant false', 'strategicPartner null']
 * ```
 */
export function classifyKeyAccount(
  facts: AccountFacts,
  policy: Policy,
  cycle: DateSpan,
  index: PurchaseIndex = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy)),
): ClassedAccount {
  const year = monthsBefore(cycle.to, 12)
  const oldest = oldestJudgement(cycle.to, policy)
  const { partnership, industryRank } = facts
  const judged = {
    influence: freshScore(facts.judgements.influence, oldest),
    industryRank: freshScore(industryRank && { score: industryRank.rank, judgedOn: industryRank.judgedOn }, oldest),
    businessPotential: freshScore(partnership?.business, oldest),
    technologyPotential: freshScore(partnership?.technology, oldest),
    marketPotential: freshScore(partnership?.market, oldest),
  }
  const measures: ClassMeasures = {
    influence: judged.influence.score,
    industryRank: judged.industryRank.score,
    annualMinor: supplied(facts, year) ? netAmount(index, year, policy) : null,
    businessPotential: judged.businessPotential.score,
    technologyPotential: judged.technologyPotential.score,
    marketPotential: judged.marketPotential.score,
  }
  const rules = compileClasses(policy)
  const asked = new Set(rules.flatMap(({ conditions }) => conditions.map(({ measure }) => measure)))
  return {
    accountId: facts.accountId,
    measures,
    classes: kaClassesOf(measures, rules),
    unknown: measureNames.flatMap((name): readonly MissingDatum[] => {
      if (!asked.has(name) || measures[name] !== null) return []
      if (name === 'annualMinor') return [{ what: name, reason: 'insufficientHistory' }]
      const missing = missingScore(name, judged[name])
      return missing === null ? [] : [missing]
    }),
  }
}
