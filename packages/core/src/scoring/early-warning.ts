import { meets, type Threshold, type Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { dropped } from './adjust/conditions.ts'
import type { Review } from './review-account.ts'
import { rankOf, exact, type TierRules } from './tier/tier-rules.ts'
import { growth } from './trend/growth.ts'
import { minChangeOf } from './trend/measure-trend.ts'
import type { Classification, Condition, EarlyWarning, Warning } from './types.ts'

/** Cycles that a drop condition spans, which is how often its least change counts; what is not here has no limit of its own to warn of. */
const drops: Readonly<Record<string, 1 | 2>> = { amountDrop: 1, amountDropBefore: 1, amountDropTwoCycles: 2, cumulativeDrop: 2 }

/**
 * How near an account is to its tier's down rule, number by number, what would have stopped each that fires, and its margin to the
 * cut-off [ADJ-05 … ADJ-08, I-35].
 */
export function earlyWarning({ current, settled, classification, policy, tierRules }: Review): EarlyWarning {
  const warnings =
    settled?.run.down.conditions.map((condition) => warningOf(condition, policy)).filter((warning) => warning !== null) ?? []
  const { tier } = current
  if (tier === null || classification.status !== 'assessed') return { atRisk: warnings.some((w) => w.firing), warnings }
  const points = pointsWarning(tier, classification, tierRules)
  if (points !== null) warnings.push(points)
  return { atRisk: warnings.some((w) => w.firing) || rankOf(classification.tier) < rankOf(tier), warnings }
}

function warningOf(c: Condition, policy: Policy): Warning | null {
  const { name, parameter, op, required, actual } = c
  if (parameter === undefined || op === undefined || typeof required !== 'number' || typeof actual !== 'number') return null
  const limit: Threshold = { op, value: required }
  const cycles = drops[name]
  const perYear = 12 / policy.frequency.window.months
  // What a condition states a year, as it was counted in the window.
  const counted = Math.round(actual / perYear)
  let fires: (extra: number) => boolean
  let guess: number
  if (cycles !== undefined && c.previous !== undefined && c.current !== undefined) {
    const { previous, current } = c
    const least = cycles * minChangeOf(policy)
    fires = (extra) => dropped(name, growth(previous, current + extra, least), limit, parameter, false).met === true
    guess = Math.min(previous * (1 - required / 100), previous - least) - current
  } else if (name === 'frequencyDrop') {
    fires = (extra) => meets((counted - extra) * perYear, limit)
    guess = counted - required / perYear
  } else if (name === 'purchasesPerYear') {
    fires = (extra) => meets((counted + extra) * perYear, limit)
    guess = required / perYear - counted
  } else return null
  const margin = exact(op === '>' || op === '>=' ? required - actual : actual - required)
  const firing = c.met === true
  const lacksUnit = cycles === undefined ? 'purchases' : 'minor'
  return {
    name,
    parameter,
    op,
    limit: required,
    actual,
    margin,
    firing,
    lacks: firing ? leastThatStops(fires, guess) : 0,
    lacksUnit,
  }
}

/** The smallest whole number that stops a condition that fires, from a guess that rounding may have raised by no more than three. */
function leastThatStops(fires: (extra: number) => boolean, guess: number): number {
  let extra = Math.max(0, Math.floor(guess) - 3)
  while (fires(extra)) extra++
  return extra
}

function pointsWarning(tier: Tier, { points }: Classification, rules: TierRules): Warning | null {
  if (tier === 'D' || points === null || rules.combine !== 'weighted') return null
  const cutoff = tier === 'A' ? rules.cutoffA : tier === 'B' ? rules.cutoffB : rules.cutoffC
  const limit = exact(cutoff - rules.band)
  const margin = exact(points - limit)
  return {
    name: 'points',
    parameter: `tier.cutoffs.${tier}`,
    op: '<',
    limit,
    actual: points,
    margin,
    firing: margin < 0,
    lacks: Math.max(0, exact(limit - points)),
    lacksUnit: 'points',
  }
}
