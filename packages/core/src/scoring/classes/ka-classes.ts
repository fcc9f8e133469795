import { meets, type Threshold } from '../../policy/parts.ts'

/** What the classes of key accounts are found by [CLS-02]; null: not known. */
export type ClassMeasures = {
  /** Judged, 0–100: standing in its industry. */
  readonly influence: number | null
  /** Place among the customers of its industry by their own size; 1 is the largest. */
  readonly industryRank: number | null
  /** Net purchases a year, in minor units. */
  readonly annualMinor: number | null
  /** Judged, 0–100 each. */
  readonly businessPotential: number | null
  readonly technologyPotential: number | null
  readonly marketPotential: number | null
}

/** A condition of a class: a measure against a threshold of the policy. */
export type ClassCondition = { readonly measure: keyof ClassMeasures; readonly threshold: Threshold; readonly parameter: string }

/** A class and its conditions: `all` of them, or at least so many. */
export type ClassRule = { readonly id: string; readonly conditions: readonly ClassCondition[]; readonly atLeast: number }

/** Whether a class fits, and why. */
export type ClassResult = {
  readonly id: string
  /** Null: what is not known could still decide it, or the class has no conditions and people give it. */
  readonly fits: boolean | null
  readonly reasons: readonly {
    readonly measure: keyof ClassMeasures
    readonly parameter: string
    readonly required: Threshold
    readonly actual: number | null
    readonly met: boolean | null
  }[]
}

/**
 * The classes that a key account falls into: industry leader, scale-dominant, strategic partner, by the policy's own conditions. They are not exclusive: an
 * account can be of several, or of none [CLS-02].
 */
export function kaClassesOf(measures: ClassMeasures, rules: readonly ClassRule[]): readonly ClassResult[] {
  return rules.map(({ id, conditions, atLeast }) => {
    const reasons = conditions.map(({ measure, threshold, parameter }) => {
      const actual = measures[measure]
      return { measure, parameter, required: threshold, actual, met: actual === null ? null : meets(actual, threshold) }
    })
    const met = reasons.filter((r) => r.met === true).length
    const open = reasons.filter((r) => r.met === null).length
    // Without conditions a class is for people to give.
    const undecided = conditions.length === 0 || met + open >= atLeast
    return { id, fits: conditions.length > 0 && met >= atLeast ? true : undecided ? null : false, reasons }
  })
}
