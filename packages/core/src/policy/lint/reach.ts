import type { Finding } from '../../errors/index.ts'
import type { Tier } from '../parts.ts'
import { possibleLetters, type PossibleLetters, type Rank } from './letters.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'

const factors = ['amount', 'frequency', 'potential', 'stability', 'influence'] as const
type Factor = (typeof factors)[number]
type Letters = { readonly [F in Factor]: Rank }

/** What turns letters into a tier. */
export interface TierCombination {
  readonly combine: 'weighted' | 'all' | 'atLeast' | 'minimum'
  readonly atLeast: number
  readonly weights: { readonly [F in Factor]: number }
  readonly cutoffs: { readonly A: number; readonly B: number; readonly C: number }
  readonly gates: { readonly amountD: boolean; readonly aboveAmount: number | null }
}

const exact = (value: number): number => Math.round(value * 1e9) / 1e9

const combined = (letters: Letters, { combine, atLeast, weights, cutoffs }: TierCombination): Rank => {
  const known = factors.filter((factor) => letters[factor] > 0)
  if (combine === 'weighted') {
    const total = known.reduce((sum, factor) => sum + weights[factor], 0)
    const points = total === 0 ? 0 : exact(known.reduce((sum, factor) => sum + weights[factor] * letters[factor], 0) / total)
    return points >= cutoffs.A ? 4 : points >= cutoffs.B ? 3 : points >= cutoffs.C ? 2 : 1
  }
  if (combine === 'atLeast') {
    const needed = Math.ceil((atLeast * known.length) / 5)
    return ([4, 3, 2] as const).find((rank) => known.filter((factor) => letters[factor] >= rank).length >= needed) ?? 1
  }
  return Math.min(4, ...known.map((factor) => letters[factor])) as Rank
}

/** The tier of an account by its letters, as a review finds it: combined, and capped by the gates of the amount. Debts and disputes cap one account, not all. */
export function rankOfLetters(letters: Letters, rules: TierCombination): Rank {
  const { amountD, aboveAmount } = rules.gates
  const cap = letters.amount === 1 && amountD ? 1 : aboveAmount === null ? 4 : Math.min(4, letters.amount + aboveAmount)
  return Math.min(combined(letters, rules), cap) as Rank
}

/** Every account that there can be, by its letters; what nobody judged or recorded is not known, the amount always is. */
function* accounts(possible: PossibleLetters): Generator<Letters> {
  const orUnknown = (letters: readonly Rank[]): readonly Rank[] => [...letters, 0]
  for (const amount of possible.amount)
    for (const frequency of orUnknown(possible.frequency))
      for (const potential of orUnknown(possible.potential))
        for (const stability of orUnknown(possible.stability))
          for (const influence of orUnknown(possible.influence)) yield { amount, frequency, potential, stability, influence }
}

/** Factors of which some letter, known instead of another, gives another tier. */
function deciding(possible: PossibleLetters, rules: TierCombination): ReadonlySet<Factor> {
  const found = new Set<Factor>()
  for (const account of accounts(possible)) {
    const rank = rankOfLetters(account, rules)
    for (const factor of factors)
      if (!found.has(factor) && account[factor] > 0)
        if (possible[factor].some((letter) => rankOfLetters({ ...account, [factor]: letter }, rules) !== rank)) found.add(factor)
    if (found.size === factors.length) break
  }
  return found
}

const knownRules = ({ combine, atLeast, weights, cutoffs, gates }: NonNullable<KnownPolicy['tier']>): TierCombination | null => {
  const { amount, frequency, potential, stability, influence } = weights ?? {}
  const { A, B, C } = cutoffs ?? {}
  const { amountD, aboveAmount } = gates ?? {}
  if (combine === undefined || atLeast === undefined || amountD === undefined || aboveAmount === undefined) return null
  if (amount === undefined || frequency === undefined || potential === undefined) return null
  if (stability === undefined || influence === undefined || A === undefined || B === undefined || C === undefined) return null
  return {
    combine,
    atLeast,
    weights: { amount, frequency, potential, stability, influence },
    cutoffs: { A, B, C },
    gates: { amountD, aboveAmount },
  }
}

const tierOf = { 4: 'A', 3: 'B', 2: 'C', 1: 'D' } as const satisfies { [R in Exclude<Rank, 0>]: Tier }

const tiersInReach = (possible: PossibleLetters, rules: TierCombination): readonly Finding[] => {
  const reached = new Set<Rank>()
  for (const account of accounts(possible)) {
    reached.add(rankOfLetters(account, rules))
    if (reached.size === 4) return []
  }
  const lowest = Math.min(...reached)
  const place = (tier: Tier): string => (rules.combine === 'weighted' && tier !== 'D' ? `tier.cutoffs.${tier}` : 'tier.combine')
  return ([4, 3, 2, 1] as const).flatMap((rank) => {
    const tier = tierOf[rank]
    if (rank > lowest && !reached.has(rank)) return [flag(place(tier), 'tierUnreachable', { tier })]
    return rank === lowest && rank > 1 ? [flag(place(tier), 'tierForAll', { tier })] : []
  })
}

/**
 * Every tier can be reached, not by everybody, and every weight can decide: searched through all letters that the five factors can have, under the way of
 * combining them, the cut-offs and the gates [TIER-01 … TIER-05, I-15, decision 3].
 */
export const lintReach: Lint = ({ tier }) => {
  if (tier === undefined) return []
  const above = tier.gates?.aboveAmount
  const gate =
    above === 3 ? [flag('tier.gates.aboveAmount', 'gateWithoutEffect', { above }, [put('tier.gates.aboveAmount', null)])] : []
  const rules = knownRules(tier)
  const possible = possibleLetters(tier)
  if (rules === null || possible === undefined) return gate
  const { A, B, C } = rules.cutoffs
  // Cut-offs out of order are a finding of their own, and all that could be said here follows from it.
  if (A <= B || B <= C) return gate
  const decides = rules.combine === 'weighted' ? deciding(possible, rules) : new Set<Factor>(factors)
  const idle = factors.filter((factor) => rules.weights[factor] > 0 && !decides.has(factor))
  return [
    ...tiersInReach(possible, rules),
    ...idle.map((factor) => flag(`tier.weights.${factor}`, 'factorWithoutEffect', { weight: rules.weights[factor] })),
    ...gate,
  ]
}
