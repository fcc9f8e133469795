import { z } from 'zod'
import { budgetSchema, count, labelled, moneySchema, percent, roleSchema } from './parts.ts'

const score = z.number().min(0).max(100)

/** What a customer is judged by when it applies [ADM-01 … ADM-04]. */
export const admissionCriteria = ['qualification', 'need', 'willingness', 'finance'] as const
export type AdmissionCriterion = (typeof admissionCriteria)[number]

const perCriterion = <T extends z.ZodType>(value: T) =>
  z.strictObject({ qualification: value, need: value, willingness: value, finance: value })

/** Admission of key accounts [ADM, CLS-02, SVC-01]. */
export const admissionSchema = z.strictObject({
  /** I-01, ADM-02: yearly volume in prospect, and the least growth potential (0–100). */
  need: z.strictObject({ minAnnualVolume: moneySchema, growthPotentialMin: score }),
  /** ADM-03: least willingness (0–100). */
  willingness: z.strictObject({ min: score }),
  /** I-02, ADM-04: paid-in capital or insured limit, most days overdue in the last twelve months, years of stable business. */
  finance: z.strictObject({
    minCapital: moneySchema,
    maxOverdueDays: count,
    stabilityYears: z.number().min(0).max(100),
  }),
  /** Share of each criterion in the admission score, in percent; they add up to 100. */
  weights: perCriterion(percent),
  /** A failed mandatory criterion screens out whatever the score. */
  mandatory: perCriterion(z.boolean()),
  /** Least admission score (0–100) to go before the committee. */
  minScore: score,
  /** Whether the committee may admit a customer that was screened out. */
  exceptions: z.boolean(),
  /** I-03: calendar days before a rejected customer may apply again; life of an application; rounds of sending back. */
  reapplyAfter: z.strictObject({ days: count }),
  expiresAfter: budgetSchema,
  maxReturns: z.number().int().min(0).max(20),
  /** ADM-12: months between requalifications of a key account. */
  requalifyEvery: z.strictObject({ months: z.number().int().min(1).max(120) }),
  /** DEV-03: where leads come from. */
  leadSources: labelled,
  /** CLS-02: classes of key accounts, not exclusive. */
  classes: labelled,
  /** SVC-01: the roles that a service team fills, and the role that each member must hold. */
  team: z.strictObject({
    accountManager: roleSchema,
    marketingSpecialist: roleSchema,
    productManager: roleSchema,
    serviceRepresentative: roleSchema,
  }),
})

/** I-37, I-38, I-39: contracts, hand-over of accounts, readmission. */
export const contractSchema = z.strictObject({
  /** Calendar days before the end of a contract at which its renewal is asked for. */
  renewalNotice: z.strictObject({ days: count }),
  /** Calendar days after the end of a contract until the KA status lapses. */
  graceAfterExpiry: z.strictObject({ days: count }),
})
export const handoverSchema = z.strictObject({ within: budgetSchema })
export const readmissionSchema = z.strictObject({
  after: z.strictObject({
    exited: z.strictObject({ days: count }),
    lapsed: z.strictObject({ days: count }),
    blacklisted: z.strictObject({ months: z.number().int().min(0).max(600) }),
  }),
})

/** Parts of a project that a change can touch [CHG-01]. */
export const changeDimensions = ['scope', 'schedule', 'cost', 'quality'] as const
export type ChangeDimension = (typeof changeDimensions)[number]
export const changeDimensionSchema = z.enum(changeDimensions)

/** Project changes [CHG, decision 10]. All measured from the last baseline that the KA management group itself approved. */
export const changeSchema = z.strictObject({
  /** An end date later by more than so many working days makes a change major. */
  majorDays: z.number().int().min(0).max(1000),
  /** A budget that moves by more than this share, in percent, makes a change major. */
  majorBudgetShare: percent,
  /** An emergency is ratified within this time, or changed back. */
  ratifyWithin: budgetSchema,
  /** Assessments are owed within this time. */
  assessWithin: budgetSchema,
  /** The customer's consent is asked for within this time. */
  consentWithin: budgetSchema,
  /** Implementation is verified within this time. */
  verifyWithin: budgetSchema,
  /** Life of a change that is not implemented. */
  expiresAfter: budgetSchema,
  /** Dimensions that the customer has signed: changing them needs its consent. */
  consentFor: z.array(changeDimensionSchema).max(4),
  /** Rounds of sending back. */
  maxReturns: z.number().int().min(0).max(20),
})
