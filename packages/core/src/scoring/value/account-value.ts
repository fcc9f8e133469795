import { weightedScale, type ScaleResult } from '../scales/weighted-scale.ts'
import { lifetimeValue, type LifetimeTerms, type LifetimeValue } from './lifetime-value.ts'

/** What an account is worth is assessed by [CLS-05]; null: not known. Amounts in minor units of the policy's currency. */
export type ValueMeasures = {
  /** Net purchases of the period that the lifetime value counts in. */
  readonly spendMinor: number | null
  readonly purchasesPerYear: number | null
  /** Judged, 0–100. */
  readonly potential: number | null
  readonly loyalty: number | null
  readonly influence: number | null
}

/** How value is assessed: where full marks lie, what counts how much, and the terms of the lifetime value. */
export type ValueTerms = {
  readonly weights: {
    readonly spend: number
    readonly frequency: number
    readonly potential: number
    readonly lifetime: number
    readonly loyalty: number
    readonly influence: number
  }
  /** What earns 100 points; 0 earns none. */
  readonly full: { readonly spendMinor: number; readonly purchasesPerYear: number; readonly lifetimeMinor: number }
  readonly lifetime: LifetimeTerms
}

/** The value of an account on a scale of 0–100, with its parts and the lifetime value among them. */
export type AccountValue = ScaleResult & {
  /** Null while the spend is not known. */
  readonly lifetime: LifetimeValue | null
}

/**
 * Value assessment [CLS-05]: current value (spend, frequency), potential value, lifetime value by a stated formula, loyalty and influence, weighed on one scale.
 */
export function accountValueOf(measures: ValueMeasures, { weights, full, lifetime: terms }: ValueTerms): AccountValue {
  const lifetime = measures.spendMinor === null ? null : lifetimeValue(measures.spendMinor, terms)
  const indicator = (name: keyof ValueTerms['weights'], unit: string, most: number) => ({
    name,
    unit,
    zero: 0,
    full: most,
    weight: weights[name],
    parameter: `value.weights.${name}`,
  })
  const result = weightedScale(
    [
      indicator('spend', 'minor', full.spendMinor),
      indicator('frequency', 'purchasesPerYear', full.purchasesPerYear),
      indicator('potential', 'score', 100),
      indicator('lifetime', 'minor', full.lifetimeMinor),
      indicator('loyalty', 'score', 100),
      indicator('influence', 'score', 100),
    ],
    {
      spend: measures.spendMinor,
      frequency: measures.purchasesPerYear,
      potential: measures.potential,
      lifetime: lifetime?.valueMinor ?? null,
      loyalty: measures.loyalty,
      influence: measures.influence,
    },
  )
  return { ...result, lifetime }
}
