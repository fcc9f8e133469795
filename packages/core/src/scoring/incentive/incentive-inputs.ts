import type { LocalDate } from '../../calendar/index.ts'
import { tiers, type Tier } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import type { AccountFacts } from '../facts.ts'
import { ratioOf, type Ratio } from '../kpi/ratio.ts'
import { isSatisfied } from '../kpi/satisfaction.ts'
import { netAmount } from '../measures/net-amount.ts'
import { indexPurchases } from '../measures/purchase-index.ts'
import { freezeDate, monthsBefore, supplied } from '../measures/windows.ts'
import { weightedScale, type Indicator, type ScaleResult } from '../scales/weighted-scale.ts'
import type { DateSpan, ReviewCycle } from '../types.ts'

/** An account that a sales team looks after. */
export type TeamAccount = {
  readonly facts: AccountFacts
  /** The day on which it became a key account; null: it is none, or nobody knows. */
  readonly admittedOn: LocalDate | null
  readonly tierAtStart: Tier | null
  readonly tierAtEnd: Tier | null
}

/** What a team was asked to reach in the cycle; null: no goal was set. */
export type TeamGoals = { readonly salesMinor: number | null; readonly expansions: number | null }

/** One thing that widened the business. */
export type Expansion = {
  readonly accountId: string
  readonly kind: 'newKeyAccount' | 'upgrade' | 'newProduct'
  /** The day of admission, the tiers, or the product. */
  readonly detail: string
}

/** What a sales team's incentive is decided from: inputs, never pay [INC-01]. */
export type IncentiveInputs = ScaleResult & {
  readonly teamId: string
  readonly cycle: string
  /** Net sales of the cycle by account, minor units of the policy's currency; `minor` is null where an account's purchases are not on record. */
  readonly sales: {
    readonly minor: number | null
    readonly goalMinor: number | null
    readonly accounts: readonly { readonly accountId: string; readonly minor: number | null }[]
  }
  readonly expansion: { readonly count: number; readonly goal: number | null; readonly expansions: readonly Expansion[] }
  readonly satisfaction: Ratio
}

/** How far back a product must not have been bought to be a new one. */
const newAfterMonths = 24

/**
 * Inputs to the incentive of a key-account sales team [INC-01, I-11]: sales and expansion against the team's goals, satisfaction by F-1, weighted by
 * `incentive.sales.weights` on a scale of 0–100, each with the accounts, events and answers it rests on. Reaching a goal is 100 points and no more. What has no
 * goal or no data is missing, and the rest is weighed anew. Pay is reckoned where pay is kept.
 *
 * @throws GovernanceError `missing_rate`
 * @example
 * ```ts
 * const team: TeamAccount[] = [{ facts, admittedOn: '2026-02-01', tierAtStart: 'C', tierAtEnd: 'B' }]
 * const inputs = incentiveInputs('north', team, { salesMinor: 800_000_000, expansions: 4 }, policy, cycle)
 * inputs.expansion.expansions.map(({ kind }) => kind) // => ['newKeyAccount', 'upgrade']
 * inputs.missing // => ['satisfaction']
 * ```
 */
export function incentiveInputs(
  teamId: string,
  accounts: readonly TeamAccount[],
  goals: TeamGoals,
  policy: Policy,
  cycle: ReviewCycle,
): IncentiveInputs {
  const perAccount = accounts.map((account) => {
    const { facts } = account
    const index = indexPurchases(facts, policy.purchase.unit, freezeDate(cycle, policy))
    return {
      accountId: facts.accountId,
      minor: supplied(facts, cycle) ? netAmount(index, cycle, policy) : null,
      expansions: expansionsOf(account, cycle, freezeDate(cycle, policy)),
      answers: facts.surveys?.filter(({ on }) => on >= cycle.from && on < cycle.to) ?? [],
    }
  })
  const minor = perAccount.reduce<number | null>((sum, a) => (sum === null || a.minor === null ? null : sum + a.minor), 0)
  const expansions = perAccount.flatMap((a) => a.expansions)
  const satisfaction = ratioOf(
    perAccount.flatMap(({ accountId, answers }) => answers.map((answer) => ({ ...answer, id: `${accountId}/${answer.id}` }))),
    (a) => a.id,
    isSatisfied,
  )
  const { weights } = policy.incentive.sales
  const indicator = (name: keyof typeof weights, unit: string, full: number): Indicator => ({
    name,
    unit,
    zero: 0,
    full,
    weight: weights[name],
    parameter: `incentive.sales.weights.${name}`,
  })
  const reachable = (goal: number | null): goal is number => goal !== null && goal > 0
  const scale = weightedScale(
    [
      indicator('sales', 'minor', reachable(goals.salesMinor) ? goals.salesMinor : 1),
      indicator('expansion', 'count', reachable(goals.expansions) ? goals.expansions : 1),
      indicator('satisfaction', 'percent', 100),
    ],
    {
      sales: reachable(goals.salesMinor) ? minor : null,
      expansion: reachable(goals.expansions) ? expansions.length : null,
      satisfaction: satisfaction.percent,
    },
  )
  return {
    teamId,
    cycle: cycle.id,
    ...scale,
    sales: {
      minor,
      goalMinor: goals.salesMinor,
      accounts: perAccount.map((a) => ({ accountId: a.accountId, minor: a.minor })),
    },
    expansion: { count: expansions.length, goal: goals.expansions, expansions },
    satisfaction,
  }
}

function expansionsOf(account: TeamAccount, cycle: DateSpan, freeze: LocalDate): readonly Expansion[] {
  const { facts, admittedOn, tierAtStart, tierAtEnd } = account
  const { accountId } = facts
  const admitted = admittedOn !== null && admittedOn >= cycle.from && admittedOn < cycle.to
  const risen = tierAtStart !== null && tierAtEnd !== null && tiers.indexOf(tierAtEnd) < tiers.indexOf(tierAtStart)
  return [
    ...(admitted ? [{ accountId, kind: 'newKeyAccount' as const, detail: admittedOn }] : []),
    ...(risen ? [{ accountId, kind: 'upgrade' as const, detail: `${tierAtStart} ${tierAtEnd}` }] : []),
    ...newProducts(facts, cycle, freeze).map((detail): Expansion => ({ accountId, kind: 'newProduct', detail })),
  ]
}

/** Products bought and kept in the cycle, and in none of the months before it: for a customer that bought before, whose purchases were supplied. */
function newProducts(facts: AccountFacts, cycle: DateSpan, freeze: LocalDate): readonly string[] {
  const before = { from: monthsBefore(cycle.from, newAfterMonths).from, to: cycle.from }
  if (!supplied(facts, before)) return []
  const kept = new Map<string, number>()
  const known = new Set<string>()
  const orderedOn = new Map(facts.purchases.flatMap((p) => (p.kind === 'order' ? [[p.orderId, p.date] as const] : [])))
  let bought = false
  for (const { kind, orderId, date, originalDate, product, minor, pays } of facts.purchases) {
    if (pays === 'rebate' || date >= freeze) continue
    // What comes back belongs to the day on which it was ordered.
    const day = kind === 'order' ? date : (originalDate ?? orderedOn.get(orderId) ?? date)
    if (kind === 'order' && day >= before.from && day < before.to) {
      bought = true
      if (product !== undefined) known.add(product)
    }
    if (product !== undefined && day >= cycle.from && day < cycle.to) kept.set(product, (kept.get(product) ?? 0) + minor)
  }
  if (!bought) return []
  return [...kept]
    .filter(([product, minor]) => minor > 0 && !known.has(product))
    .map(([product]) => product)
    .sort()
}
