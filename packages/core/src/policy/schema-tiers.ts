import { z } from 'zod'
import { budgetSchema, count, labelsSchema, moneySchema, percent, threshold, tierSchema } from './parts.ts'

/** The four tiers [TIER-01 … TIER-05]. Lookbacks in years; amounts net. */
export const tierRulesSchema = z.strictObject({
  A: z.strictObject({
    amount: z.strictObject({ lookback: z.number().positive().max(10), min: moneySchema }),
    frequency: z.strictObject({ minPerMonth: threshold('>=') }),
    relationship: z.strictObject({ minYears: threshold('>') }),
    disputes: z.strictObject({ max: count.nullable() }),
  }),
  B: z.strictObject({
    amount: z.strictObject({
      lookback: z.number().positive().max(10),
      range: z.strictObject({ from: moneySchema, to: moneySchema }),
    }),
    frequency: z.strictObject({ minPerQuarter: threshold('>=') }),
    relationship: z.strictObject({ minYears: threshold('>=') }),
    disputes: z.strictObject({ max: count.nullable() }),
  }),
  C: z.strictObject({
    amount: z.strictObject({
      lookback: z.number().positive().max(10),
      range: z.strictObject({ from: moneySchema, to: moneySchema }),
    }),
    frequency: z.strictObject({ aboutPerYear: z.number().nonnegative() }),
    relationship: z.strictObject({ aboutYears: z.number().nonnegative() }),
    disputes: z.strictObject({ max: count.nullable() }),
  }),
  D: z.strictObject({
    amount: z.strictObject({ lookback: z.number().positive().max(10), below: moneySchema }),
    frequency: z.strictObject({ belowPerYear: threshold('<') }),
    disputes: z.strictObject({ max: count.nullable() }),
  }),
  /** I-14: "about X" holds from X less this many percent. */
  tolerance: percent,
  /** I-15, decision 3. */
  combine: z.enum(['weighted', 'all', 'atLeast', 'minimum']),
  /** `atLeast`: how many of the five factors. */
  atLeast: z.number().int().min(1).max(5),
  weights: z.strictObject({ amount: percent, frequency: percent, potential: percent, stability: percent, influence: percent }),
  /** Lowest weighted points (4 = A … 1 = D) of a tier. */
  cutoffs: z.strictObject({ A: z.number().min(1).max(4), B: z.number().min(1).max(4), C: z.number().min(1).max(4) }),
  /** Lowest score (0–100) of a letter for a judged factor. */
  judged: z.strictObject({ A: percent, B: percent, C: percent }),
  gates: z.strictObject({
    /** Amount in D caps the tier at D. */
    amountD: z.boolean(),
    /** At most this many tiers above the amount's own letter; null switches the gate off. */
    aboveAmount: z.number().int().min(0).max(3).nullable(),
    /** A debt overdue for more days than this caps at C; null switches the gate off. */
    overdueDays: z.number().int().positive().nullable(),
    /** An open serious dispute caps at C. */
    seriousDispute: z.boolean(),
  }),
  /** Decision 4. */
  frequencyBasis: z.enum(['average', 'every']),
  judgementMaxAge: z.strictObject({ months: z.number().int().positive().max(120) }),
  missingData: z.enum(['hold', 'reweigh']),
  /** I-32: tier of an account without enough history, and for how many cycles. */
  provisional: z.strictObject({ newKa: tierSchema, other: tierSchema, cycles: z.number().int().min(1).max(10) }),
  /** I-33. */
  level: z.enum(['group', 'account']),
  /** I-35: points beyond a cut-off before it is passed downwards. */
  band: z.number().min(0).max(1),
})

/** Rising and falling [ADJ-01 … ADJ-08]. */
export const adjustSchema = z.strictObject({
  upRulesName: z.enum(['current', 'target']),
  aboveA: labelsSchema.nullable(),
  dDown: z.enum(['propose-exit', 'prepayment', 'watch', 'keep']),
  fallbackUp: z.enum(['classify', 'none']),
  fallbackDown: z.enum(['twice', 'none']),
  A: z.strictObject({
    up: z.strictObject({ growth: threshold('>=', { max: 1000 }) }),
    down: z.strictObject({ amountDrop: threshold('>', { max: 100 }), disputeSettleWithin: budgetSchema }),
  }),
  B: z.strictObject({
    up: z.strictObject({ amountGrowth: threshold('>='), frequencyIncrease: threshold('>=') }),
    down: z.strictObject({
      amountDrop: threshold('>=', { max: 100 }),
      frequencyDrop: threshold('>='),
      latePayments: count,
      contactAttempts: count,
    }),
  }),
  C: z.strictObject({ down: z.strictObject({ cumulativeDrop: threshold('>', { max: 100 }) }) }),
  D: z.strictObject({ down: z.strictObject({ amountDrop: threshold('>', { max: 100 }), belowPerYear: threshold('<') }) }),
  /** Decision 3: what an up rule, a down rule and the D-down rule need beside all their numbers. */
  combine: z.strictObject({
    up: z.enum(['numbers', 'numbersAndOneJudged']),
    down: z.enum(['numbers', 'numbersAndOneJudged']),
    dDown: z.enum(['numbers', 'numbersAndOneJudged']),
  }),
  /** Cycles after a move in which the opposite direction is blocked. */
  grace: count,
  maxStep: z.number().int().min(1).max(3),
  override: z.strictObject({ maxCycles: z.number().int().min(1).max(10), maxShare: percent }),
})
