import { z } from 'zod'
import { calendarSchema } from '../calendar/index.ts'
import { approvalSchemeSchema } from './approval-scheme.ts'
import {
  budgetSchema,
  currencySchema,
  idSchema,
  labelsSchema,
  localDateSchema,
  moneySchema,
  perTier,
  roleSchema,
  threshold,
  tierSchema,
} from './parts.ts'

const percent = z.number().min(0).max(100)
const count = z.number().int().min(0).max(1_000_000)
const labelled = z.record(idSchema, labelsSchema)

/** One step of a clock's ladder: at this share of the budget, this role is told [decision: ladder 80 / 100 / 150 %]. */
const rungSchema = z.strictObject({
  /** Percent of the working milliseconds from start to due. */
  at: z.number().positive().max(1000),
  kind: z.enum(['warn', 'breach', 'escalate']),
  notify: roleSchema,
})

/** Complaint handling [CPL, CON-01]. */
const complaintSchema = z.strictObject({
  /** P-04: hand-off to the responsible department. Never pauses. */
  handoff: budgetSchema,
  /** P-05: resolution. */
  resolution: budgetSchema,
  /** I-40: the department accepts or disputes. */
  acceptWithin: budgetSchema,
  /** I-10: one extension, and how often progress is owed from then on. */
  complex: z.strictObject({ extension: budgetSchema, progressEvery: budgetSchema }),
  /** I-41 and decision 11: budget of a further round. */
  roundBudget: budgetSchema,
  /** Decision 11: rounds before the KA management group decides. */
  maxRounds: z.number().int().min(1).max(10),
  /** Reopening an archived complaint. */
  reopenWithin: budgetSchema,
  /** Call-back: attempts, on that many days, within that time, before a complaint may end `unconfirmed` [CPL-06]. */
  followUp: z.strictObject({
    attempts: z.number().int().min(1).max(20),
    days: z.number().int().min(1).max(20),
    within: budgetSchema,
  }),
  /** Preventive measures are checked for effect this long after the archive [CPL-07]. */
  preventionCheckAfter: budgetSchema,
  /** Decision 22: who judges responsibility; by kind of matter, else `other`. */
  determineBy: z.strictObject({ product: roleSchema, other: z.union([roleSchema, z.literal('responsible')]) }),
  /** Compensation above this needs the approval `approval.compensation`. */
  compensationLimit: moneySchema,
  /** CPL-11: natures of rework. */
  reworkNatures: labelled,
  /** CPL-01: ways in. */
  channels: labelled,
  /** Degrees of severity, the mildest first; a clock may be tighter for some. */
  severities: z
    .array(z.strictObject({ id: idSchema, label: labelsSchema }))
    .min(1)
    .max(10),
  /** Tighter budgets for some tiers or severities; the strictest that applies counts. */
  tighter: z
    .array(
      z.strictObject({
        when: z.strictObject({ tiers: z.array(tierSchema).optional(), severities: z.array(idSchema).optional() }),
        handoff: budgetSchema.optional(),
        resolution: budgetSchema.optional(),
      }),
    )
    .max(40)
    .default([]),
})

/** Clocks in general [decisions 9 and 12]. */
const slaSchema = z.strictObject({
  start: z.literal('receipt'),
  /** How far `receivedAt` may precede the entry. */
  maxBackdate: budgetSchema,
  /** Cap of one pause and of all pauses of a clock, in working days of its calendar. */
  maxPause: z.strictObject({ each: budgetSchema, total: budgetSchema }),
  pauseReasons: labelled,
  ladder: z.array(rungSchema).min(1).max(10),
  conflict: z.literal('strictest'),
  onTierOrPriorityChange: z.enum(['keep-consumed', 'restart', 'unchanged']),
})

/** The four tiers [TIER-01 … TIER-05]. Lookbacks in years; amounts net. */
const tierRulesSchema = z.strictObject({
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
const adjustSchema = z.strictObject({
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

/** A person of the static directory. */
const personSchema = z.strictObject({
  roles: z.array(roleSchema).max(50),
  name: z.string().max(200).optional(),
  superior: z.string().max(80).optional(),
  /** Accounts for which the scoped roles hold; absent: all. */
  accounts: z.array(z.string().max(200)).max(10_000).optional(),
})
const delegationSchema = z.strictObject({
  from: z.string().max(80),
  to: z.string().max(80),
  since: localDateSchema,
  until: localDateSchema,
})

/**
 * The whole policy: the one document that a CRM admin fills in. Every threshold of the workflows is here; unknown keys are refused. Names and
 * units are those of the requirements' parameter list; the ids in the comments are its rows.
 */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/, 'small letters, digits and -'),
  version: z.string().regex(/^\d{1,6}(\.\d{1,6}){0,2}$/, 'a version such as 3 or 1.4.0'),
  title: labelsSchema,
  effectiveFrom: localDateSchema,
  currency: currencySchema,
  /** Dated rates: one unit of `from` is `rate` units of `to`, from that day on. */
  exchangeRates: z
    .array(z.strictObject({ from: currencySchema, to: currencySchema, since: localDateSchema, rate: z.number().positive() }))
    .max(10_000)
    .default([]),
  timeZone: z.string().min(1).max(60),
  /** I-18. */
  calendars: z.record(idSchema, calendarSchema),
  /** Which calendar counts: by the account's service region, else `default`. */
  calendar: z.strictObject({ default: idSchema, byRegion: z.record(z.string().max(60), idSchema).default({}) }),
  departments: labelled,
  directory: z
    .strictObject({
      people: z.record(z.string().min(1).max(80), personSchema),
      delegations: z.array(delegationSchema).max(1000).default([]),
    })
    .optional(),
  /** Who may send a command, where it differs from the built-in table: `complaint.forward: [customerService]`. */
  authority: z.record(z.string().max(80), z.array(roleSchema).min(1).max(20)).default({}),
  drivingScale: z.literal('tier'),
  complaint: complaintSchema,
  /** P-23, P-24. */
  feedback: z.strictObject({
    general: z.strictObject({ result: budgetSchema }),
    complex: z.strictObject({ max: budgetSchema }),
  }),
  /** P-21, P-22. */
  group: z.strictObject({ reply: z.strictObject({ urgent: budgetSchema, general: budgetSchema }) }),
  sla: slaSchema,
  tier: tierRulesSchema,
  adjust: adjustSchema,
  purchase: z.strictObject({ unit: z.enum(['orderDay', 'order']) }),
  amount: z.strictObject({ basis: z.literal('netInvoiced'), returnLag: z.strictObject({ days: count }) }),
  growth: z.strictObject({
    compare: z.enum(['samePeriodLastYear', 'previousCycle']),
    twoCycle: z.enum(['each', 'cumulated']),
    minChange: moneySchema,
  }),
  frequency: z.strictObject({ window: z.strictObject({ months: z.number().int().positive().max(60) }) }),
  trend: z.strictObject({ noRecoveryWindow: z.strictObject({ months: z.number().int().positive().max(24) }) }),
  /** I-16, I-42. `length` in months; the anchor is any first day of a cycle. */
  cycle: z.strictObject({
    length: z.number().int().min(1).max(24),
    anchor: localDateSchema,
    steps: z.strictObject({
      freeze: budgetSchema,
      propose: budgetSchema,
      review: budgetSchema,
      decide: budgetSchema,
      announce: budgetSchema,
    }),
  }),
  /** I-17. */
  approval: z.strictObject({
    /** ADJ-11: opinions that must pass. */
    tierReview: approvalSchemeSchema,
    /** ADJ-12: management decides. */
    tier: approvalSchemeSchema,
    /** Into or out of A, and exit. */
    tierTop: approvalSchemeSchema,
    extension: approvalSchemeSchema,
    compensation: approvalSchemeSchema,
    dissatisfaction: approvalSchemeSchema,
  }),
  dataOwner: z.strictObject({ tier: roleSchema }),
  /** I-36. */
  appeal: z.strictObject({ within: budgetSchema, decideWithin: budgetSchema }),
  /** I-43, I-21. */
  kpi: z.strictObject({ activeWithin: z.strictObject({ months: z.number().int().positive().max(60) }) }),
  capacity: z.strictObject({
    maxKaPerManager: z.number().int().positive().nullable(),
    tiers: perTier(z.number().int().nonnegative().nullable()),
  }),
})

/** A policy that can be used: complete, checked, operators resolved, money in minor units. */
export type Policy = z.output<typeof policySchema>
/** The same as a person writes it. */
export type PolicyInput = DeepReadonly<z.input<typeof policySchema>>
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

/** Placeholder of the policy template: a legal draft value, an error in a policy to be used (architecture rule 10). */
export const placeholder = '[X]'

/** The pin that instances and journal entries carry. */
export type PolicyPin = {
  readonly id: string
  readonly version: string
  /** sha-256 (hex) of the canonical JSON of the parsed policy. */
  readonly hash: string
}
