import { z } from 'zod'
import { idSchema, labelsSchema, moneySchema, operatorsOf, percent, threshold, type Money, type Operator } from './parts.ts'

const cutoffs = z.strictObject({ A: percent, B: percent, C: percent })
/** Where 0 and 100 points lie; the two differ, and the first above the second means that less is better. */
const span = <T extends z.ZodType>(value: T) => z.strictObject({ zero: value, full: value })
const growthPercent = z.number().min(-100).max(1000)

/** I-05: the grade of admitted key accounts, a scale of its own beside the tier [TIER-06, decision 7]. */
export const gradeSchema = z.strictObject({
  /** Together 100. */
  weights: z.strictObject({ sales: percent, growth: percent, satisfaction: percent, loyalty: percent, influence: percent }),
  /** Net sales of a cycle; growth and satisfaction in percent. Loyalty and influence are judged, 0–100. */
  spans: z.strictObject({ sales: span(moneySchema), growth: span(growthPercent), satisfaction: span(percent) }),
  /** Least points of a grade, 0–100. */
  cutoffs,
  /** Share of what is judged: the weights of loyalty and influence together. */
  qualitativeShare: percent,
})

/** I-11: what the sales team's incentive is reckoned from; together 100 [INC-01]. */
export const incentiveSchema = z.strictObject({
  sales: z.strictObject({ weights: z.strictObject({ sales: percent, expansion: percent, satisfaction: percent }) }),
})

/** I-12, I-13: rebates on what is paid, net of VAT and returns, to the contracting entity [INC-02, REB-01, decision 13]. */
export const rebateSchema = z.strictObject({
  /** I-12: the amount of a period from which there is a rebate, and its rate: the first of the brackets. */
  amountThreshold: moneySchema,
  rate: percent,
  /** I-13: what finds the bracket. */
  basis: z.enum(['amount', 'quantity']).default('amount'),
  /** `marginal`: a rate applies to the part inside its bracket; `whole`: the highest rate reached applies to everything. */
  method: z.enum(['marginal', 'whole']).default('marginal'),
  period: z.literal('calendarYear').default('calendarYear'),
  /** Unit of the one product family that is counted, where the basis is a quantity: tonnes, pallets. */
  quantityUnit: labelsSchema.nullable().default(null),
  /** From so much on, in money or, where the basis is a quantity, in its unit; rates rise with the brackets. */
  brackets: z
    .array(z.strictObject({ from: z.union([moneySchema, z.number().nonnegative().max(1e12)]), percent }))
    .min(1)
    .max(20),
})

/** Measures of a class of key accounts [CLS-02]. */
const score = threshold('>=', { max: 100 })

/** Money, or `{ op, money }` where the operator of the wording is not the one wanted. */
const moneyLimit = z.union([
  moneySchema.transform((money): MoneyLimit => ({ op: '>=', money })),
  z.strictObject({ op: z.enum(operatorsOf('>=')), money: moneySchema }).readonly(),
])
export type MoneyLimit = { readonly op: Operator; readonly money: Money }

/** CLS-02: when a key account belongs to a class of `admission.classes`; a class without conditions is given by people. */
export const classesSchema = z
  .record(
    idSchema,
    z.strictObject({
      /** So many of the conditions are needed. */
      atLeast: z.number().int().min(1).max(6),
      conditions: z.strictObject({
        /** Judged, 0–100: its standing in its industry. */
        influence: score.optional(),
        /** Its place by its own size; 1 is the largest. */
        industryRank: threshold('<=', { min: 1, max: 1_000_000 }).optional(),
        /** Net purchases of a year. */
        annualMinor: moneyLimit.optional(),
        /** Judged, 0–100 each. */
        businessPotential: score.optional(),
        technologyPotential: score.optional(),
        marketPotential: score.optional(),
      }),
    }),
  )
  .default({})

/** CLS-05: the value of an account on one scale, 0–100. */
export const valueSchema = z.strictObject({
  /** Together 100. */
  weights: z.strictObject({
    spend: percent,
    frequency: percent,
    potential: percent,
    lifetime: percent,
    loyalty: percent,
    influence: percent,
  }),
  /** What earns 100 points: net purchases in one `lifetime.period`, purchases a year, the lifetime value. */
  full: z.strictObject({ spend: moneySchema, purchasesPerYear: z.number().positive().max(1e6), lifetime: moneySchema }),
})

/** CLS-05: the terms of the lifetime value, all of one period. */
export const lifetimeSchema = z.strictObject({
  period: z.enum(['month', 'quarter', 'year']).default('year'),
  /** Share of the customers that stay from one period to the next, 0 to 1. */
  retention: z.number().min(0).max(1),
  /** Interest of a period: 0.08 is 8 %. */
  discount: z.number().min(0).max(10),
  /** Share of the amount that remains after its costs, in percent. */
  marginPercent: z.number().min(-100).max(100),
  starts: z.enum(['afterFirst', 'fromFirst']).default('afterFirst'),
})

/** CLS-05: A while the running total of the customers, the largest first, stays within `a` percent of all, B within `b`. */
export const abcSchema = z.strictObject({ a: percent, b: percent })

/** CLS-04: from which score a need counts, and by how many points the first must lead. */
export const segmentsSchema = z.strictObject({ min: percent, margin: percent })
