import { isGovernanceError, type Finding } from '../errors/index.ts'
import { cycleById } from '../policy/cycle.ts'
import { flag, meets, tiers, type Money, type Tier } from '../policy/index.ts'
import type { Policy } from '../policy/schema.ts'
import type { AccountFacts } from '../scoring/facts.ts'
import { freezeDate } from '../scoring/measures/windows.ts'
import { rebateBase } from '../scoring/rebate/rebate-base.ts'
import { compileTierRules, measureTier, tierOf, type Limit, type TierMeasures } from '../scoring/index.ts'
import type { DateSpan } from '../scoring/types.ts'
import { throwIfAborted } from './simulate-portfolio.ts'
import type { SimulatedAccount, SimulationSignal, UnreadableAccount } from './types.ts'

/** How a portfolio is checked. */
export interface LintPortfolioOptions {
  /** Id of the review cycle at whose end the accounts are measured, e.g. `2026-H1`. */
  readonly cycle: string
  /** Where it says aborted, the check ends with the error `cancelled`. */
  readonly signal?: SimulationSignal
}

/** A walk over a portfolio that remembers the best of each measure and how many accounts came to each tier. */
export interface PortfolioLint {
  readonly add: (account: Pick<SimulatedAccount, 'facts' | 'standing' | 'entities'>) => void
  /** An account that could not be read. */
  readonly fail: () => void
  readonly report: () => readonly Finding[]
}

type Measured = 'amountA' | 'amountB' | 'amountC' | 'perMonth' | 'perQuarter' | 'perYear' | 'potential' | 'influence' | 'years'
const measured: readonly Measured[] = [
  ...(['amountA', 'amountB', 'amountC', 'perMonth', 'perQuarter', 'perYear'] as const),
  ...(['potential', 'influence', 'years'] as const),
]
const judgedFactors = ['potential', 'influence', 'loyalty'] as const

/** The limits of a tier, each with the measure that has to meet it. */
const measuresOf: { readonly [T in Exclude<Tier, 'D'>]: { readonly amount: Measured; readonly frequency: Measured } } = {
  A: { amount: 'amountA', frequency: 'perMonth' },
  B: { amount: 'amountB', frequency: 'perQuarter' },
  C: { amount: 'amountC', frequency: 'perYear' },
}

/** What a rebate is found by, over the latest calendar year that was over at the end of the cycle. */
function boughtIn(accounts: readonly AccountFacts[], cycle: DateSpan, policy: Policy): number {
  const year = Number(cycle.to.slice(0, 4)) - 1
  const span = { from: `${String(year)}-01-01`, to: `${String(year + 1)}-01-01` }
  const byQuantity = policy.rebate.basis === 'quantity'
  return Math.max(
    0,
    ...accounts
      .flatMap((facts) => rebateBase(facts, span, freezeDate(span, policy), policy, byQuantity))
      .map((base) => (byQuantity ? (base.family === null ? 0 : base.quantity) : base.minor)),
  )
}

/**
 * Checks a policy against a portfolio, account by account: memory does not grow with their number. {@link lintPortfolio} does the walking.
 *
 * @param cycle the review cycle at whose end the accounts are measured.
 */
export function createPortfolioLint(policy: Policy, cycle: DateSpan): PortfolioLint {
  const rules = compileTierRules(policy)
  const best = new Map<Measured, number>()
  const inTier = new Map<Tier, number>()
  const judgedBy = new Set<string>()
  const withoutRate = new Map<string, number>()
  let [seen, assessed, keyAccounts, failed, bought] = [0, 0, 0, 0, 0]

  const remember = (measures: TierMeasures): void => {
    for (const name of measured) {
      const value = measures[name]
      if (value !== null && value > (best.get(name) ?? Number.NEGATIVE_INFINITY)) best.set(name, value)
    }
    // A provisional tier, or one of an account whose amount is not known, is not the doing of the limits.
    if (measures.provisional || measures.amountA === null) return
    assessed += 1
    const tier = tierOf(measures, rules)
    inTier.set(tier, (inTier.get(tier) ?? 0) + 1)
  }

  const add: PortfolioLint['add'] = ({ facts, standing, entities = [facts] }) => {
    seen += 1
    if (facts.isKeyAccount) keyAccounts += 1
    for (const factor of judgedFactors) if (facts.judgements[factor] !== undefined) judgedBy.add(factor)
    try {
      remember(measureTier(facts, policy, cycle, standing.tier))
      bought = Math.max(bought, boughtIn(entities, cycle, policy))
    } catch (error) {
      if (!isGovernanceError(error)) throw error
      const from = error.code === 'missing_rate' ? error.details['from'] : undefined
      if (typeof from === 'string') withoutRate.set(from, (withoutRate.get(from) ?? 0) + 1)
      else failed += 1
    }
  }

  const limits = (): readonly Finding[] =>
    (['A', 'B', 'C'] as const).flatMap((tier) => {
      const { amount, frequency, score, years } = rules[tier]
      const money = (minor: number): Money => ({ currency: policy.currency, minor })
      const outOf = (name: Measured, limit: Limit, measure: 'frequency' | 'potential' | 'influence' | 'years' | 'amount') => {
        const most = best.get(name)
        if (most === undefined || meets(most, limit)) return []
        const asMoney = measure === 'amount'
        const data = { tier, measure, accounts: seen, limit: asMoney ? money(limit.value) : limit.value }
        return [flag(limit.parameter, 'limitOutOfReach', { ...data, best: asMoney ? money(most) : most })]
      }
      return [
        ...outOf(measuresOf[tier].amount, amount, 'amount'),
        ...outOf(measuresOf[tier].frequency, frequency, 'frequency'),
        ...outOf('years', years, 'years'),
        ...outOf('potential', score, 'potential'),
        ...outOf('influence', score, 'influence'),
      ]
    })

  const emptyTiers = (): readonly Finding[] => {
    if (assessed === 0) return []
    const [only, another] = [...inTier.keys()]
    if (only !== undefined && another === undefined && assessed > 1)
      return [flag('tier.combine', 'oneTierForAll', { tier: only, accounts: assessed })]
    return tiers
      .filter((tier) => !inTier.has(tier))
      .map((tier) => flag(tier === 'D' ? 'tier.combine' : `tier.cutoffs.${tier}`, 'tierEmpty', { tier, accounts: assessed }))
  }

  const brackets = (): readonly Finding[] =>
    assessed === 0
      ? []
      : policy.rebate.brackets.flatMap(({ from }, i) => {
          const size = typeof from === 'number' ? from : from.minor
          if (size <= bought) return []
          const most = typeof from === 'number' ? bought : { currency: from.currency, minor: bought }
          return [flag(`rebate.brackets[${String(i)}].from`, 'bracketOutOfReach', { from, best: most, accounts: seen })]
        })

  const unjudged = (): readonly Finding[] => {
    const weighed = rules.combine === 'weighted' ? rules.weights : { potential: 1, influence: 1 }
    const counts = [
      ['potential', 'tier.weights.potential', weighed.potential, seen],
      ['influence', 'tier.weights.influence', weighed.influence, seen],
      ['loyalty', 'grade.weights.loyalty', policy.grade.weights.loyalty, keyAccounts],
    ] as const
    return counts.flatMap(([factor, path, weight, accounts]) =>
      weight > 0 && accounts > 0 && !judgedBy.has(factor) ? [flag(path, 'neverJudged', { factor, accounts })] : [],
    )
  }

  return {
    add,
    fail: () => {
      failed += 1
    },
    report: () => [
      ...(seen === 0 ? [flag('', 'portfolioEmpty', {})] : []),
      ...(failed > 0 ? [flag('', 'portfolioNotRead', { accounts: failed })] : []),
      ...[...withoutRate]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, accounts]) =>
          flag('exchangeRates', 'currencyWithoutRate', { currency, accounts, policy: policy.currency }),
        ),
      ...limits(),
      ...emptyTiers(),
      ...brackets(),
      ...unjudged(),
    ],
  }
}

/**
 * Checks a policy against the customers it is for: limits that no account reaches, tiers that stay empty or hold everybody, brackets of the rebate that nobody
 * reaches, judgements that nobody gave, currencies without a rate [GOV-05]. Findings as those of `checkPolicy`; reads the accounts as they come, one at a time.
 *
 * @param accounts as `simulatePortfolio` takes them.
 * @throws InvalidInputError for a cycle that the policy does not know.
 * @throws GovernanceError `cancelled` once the signal says aborted.
 * @example
 * ```ts
 * for (const finding of await lintPortfolio(policy, accounts, { cycle: '2026-H1' })) console.log(finding.path, finding.message)
 * ```
 */
export async function lintPortfolio(
  policy: Policy,
  accounts: Iterable<SimulatedAccount | UnreadableAccount> | AsyncIterable<SimulatedAccount | UnreadableAccount>,
  { cycle, signal }: LintPortfolioOptions,
): Promise<readonly Finding[]> {
  const lint = createPortfolioLint(policy, cycleById(cycle, policy.cycle))
  for await (const account of accounts) {
    throwIfAborted(signal)
    if ('unreadable' in account) lint.fail()
    else lint.add(account)
  }
  return lint.report()
}
