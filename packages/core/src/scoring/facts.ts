import { z } from 'zod'
import { currencySchema, localDateSchema } from '../policy/parts.ts'

const minor = z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER)
const person = z.string().min(1).max(200)
const name = z.string().min(1).max(200)

/**
 * One line of what the account bought or gave back [decision 19]. Integer minor units, net of VAT; negative for returns and credit notes.
 * Credit notes that pay a rebate are marked, or left out by the host: they do not lower the amount [I-25].
 */
export const purchaseSchema = z
  .strictObject({
    /** Business date in the policy's zone: of the order, or of the return or credit note. */
    date: localDateSchema,
    /** The order; of a return, the order that it takes back, where that is known. A call-off has an id or a date of its own. */
    orderId: name,
    minor,
    currency: currencySchema,
    kind: z.enum(['order', 'return', 'credit']),
    /** Of a return or credit note: date of the order it belongs to, whose period it reduces. */
    originalDate: localDateSchema.optional(),
    quantity: z.number().optional(),
    /** Product family, where rebates go by quantity [I-13]. */
    product: z.string().max(200).optional(),
    /** Of an order: the day on which it was paid; null while it is owed; absent where the host does not tell, then it counts as paid [decision 13]. */
    paidOn: localDateSchema.nullable().optional(),
    /** Of a credit note: it pays a rebate, and lowers nothing [I-25]. */
    pays: z.literal('rebate').optional(),
  })
  .readonly()
/** One line of what the account bought or gave back: integer minor units, negative for returns and credit notes [decision 19]. */
export type Purchase = z.infer<typeof purchaseSchema>

/** A dispute with the account; only upheld ones count [I-04]. */
export const disputeSchema = z
  .strictObject({
    id: name,
    openedOn: localDateSchema,
    upheld: z.boolean(),
    /** Harms reputation [ADJ-05]. */
    serious: z.boolean(),
    settledOn: localDateSchema.nullable(),
  })
  .readonly()
/** A dispute with the account, dates as `YYYY-MM-DD`; `settledOn` is null while it is open [I-04]. */
export type Dispute = z.infer<typeof disputeSchema>

/** A payment that the host counts as late [I-07]. */
export const latePaymentSchema = z
  .strictObject({ dueOn: localDateSchema, paidOn: localDateSchema.nullable(), daysLate: z.number().int().min(0).max(100_000) })
  .readonly()
/** A payment that the host counts as late, dates as `YYYY-MM-DD`; `paidOn` is null while it is owed [I-07]. */
export type LatePayment = z.infer<typeof latePaymentSchema>

/** A graded judgement, 0–100, with who judged and when [TIER-01]. */
export const judgementSchema = z
  .strictObject({
    score: z.number().min(0).max(100),
    judgedOn: localDateSchema,
    by: person,
    trend: z.enum(['up', 'flat', 'down']).optional(),
  })
  .readonly()
/** A person's grade for one factor, 0 to 100, and where they see it going [TIER-01]. */
export type Judgement = z.infer<typeof judgementSchema>

/** What an answer to a survey says [F-1]. */
export const surveyWords = ['verySatisfied', 'satisfied', 'neutral', 'dissatisfied', 'veryDissatisfied'] as const

/** One answer of the account's people to a survey, with the day of it [SAT-01]. */
export const surveySchema = z.strictObject({ id: name, on: localDateSchema, says: z.enum(surveyWords) }).readonly()

/** Factors that a person judges. */
export const judgedFactors = ['potential', 'influence', 'willingness', 'loyalty'] as const
/** One of {@link judgedFactors}. */
export type JudgedFactor = (typeof judgedFactors)[number]

/** What the rules of ADJ-02 … ADJ-08 ask of a person beside the numbers. */
export const judgedConditions = [
  /** A up: share or innovation raised the potential further. */
  'potentialUp',
  /** A up: joins activities, gives valuable feedback, helps the brand. */
  'loyaltyVeryHigh',
  /** B up: a new field opened, an adopted proposal with a good result. */
  'potentialRealised',
  /** B up: good relations and word of mouth. */
  'goodRelations',
  /** A down (sharply) and C down: potential fell. */
  'potentialDown',
  /** A down: no recovery in sight; used where the purchases cannot tell. */
  'noRecovery',
  /** A down: a serious dispute is not settled in time; the disputes on record tell it as well. */
  'disputeUnsettled',
  /** B down. */
  'potentialStagnant',
  /** B down: poor communication, late payment. */
  'stabilityWorse',
  /** C down. */
  'willingnessLower',
  /** C down. */
  'complaintsUnresolved',
  /** D down. */
  'potentialGone',
  /** D down: long overdue debts, unreasonable demands. */
  'relationBreaking',
] as const
/** One of {@link judgedConditions}. */
export type JudgedCondition = (typeof judgedConditions)[number]

/** A person's yes or no, with who and when. */
export const judgedAnswerSchema = z.strictObject({ holds: z.boolean(), judgedOn: localDateSchema, by: person }).readonly()
/** A person's yes or no to one {@link JudgedCondition}. An absent answer is not a no: a rule that hinges on it does not run. */
export type JudgedAnswer = z.infer<typeof judgedAnswerSchema>

const optionalEach = <K extends string, T extends z.ZodType>(keys: readonly K[], value: T) =>
  z.strictObject(Object.fromEntries(keys.map((k) => [k, value.optional()])) as Record<K, z.ZodOptional<T>>).readonly()

/** A drop that we caused (stock-out, our quality), with its evidence: it does not count in that cycle. */
export const excusedDropSchema = z
  .strictObject({ cycle: z.string().min(1).max(40), reason: z.string().min(1).max(1000), evidence: z.string().min(1).max(1000) })
  .readonly()
/** A drop that we caused, as {@link excusedDropSchema} reads it. */
export type ExcusedDrop = z.infer<typeof excusedDropSchema>

/**
 * What is known of an account, as plain data [ADJ-09]. Absent judgements are missing, not zero; no purchases *are* zero, within
 * `coverage`. Dates are business dates in the policy's zone; each later reading is a fresh document.
 *
 * @example
 * ```ts
 * const facts: AccountFacts = {
 *   accountId: 'a-1', isKeyAccount: true, currency: 'CNY', relationshipStart: '2019-04-01',
 *   purchases: [{ date: '2026-03-02', orderId: 'o-1', minor: 125_000_00, currency: 'CNY', kind: 'order' }],
 *   disputes: [], latePayments: [], overdueDays: 0,
 *   judgements: { potential: { score: 70, judgedOn: '2026-05-01', by: 'u-4', trend: 'up' } },
 * }
 * ```
 */
export const accountFactsSchema = z
  .strictObject({
    accountId: name,
    isKeyAccount: z.boolean(),
    currency: currencySchema,
    /** First day of the relation; null where nobody recorded it, then the first purchase stands in. */
    relationshipStart: localDateSchema.nullable(),
    purchases: z.array(purchaseSchema).max(200_000).readonly(),
    disputes: z.array(disputeSchema).max(10_000).readonly(),
    latePayments: z.array(latePaymentSchema).max(10_000).readonly(),
    /** Age in days of the oldest unpaid due item at the cycle's end; null: not known. */
    overdueDays: z.number().int().min(0).max(100_000).nullable(),
    /** Attempts to talk about what went wrong [I-07]. */
    contacts: z
      .array(z.strictObject({ on: localDateSchema }).readonly())
      .max(10_000)
      .readonly()
      .optional(),
    judgements: optionalEach(judgedFactors, judgementSchema),
    conditions: optionalEach(judgedConditions, judgedAnswerSchema).optional(),
    excusedDrops: z.array(excusedDropSchema).max(100).readonly().optional(),
    /** Answers to surveys: satisfaction in the KA grade [TIER-06, F-1]. */
    surveys: z.array(surveySchema).max(100_000).readonly().optional(),
    /** How strongly each need shows, 0–100 [CLS-04]. */
    needs: optionalEach(['price', 'service', 'technology'], judgementSchema).optional(),
    /** Depth of what could be done together, 0–100: in business, technology and market [CLS-02]. */
    partnership: optionalEach(['business', 'technology', 'market'], judgementSchema).optional(),
    /** Place among the customers of its industry by their own size, 1 the largest, and who says so [CLS-02]. */
    industryRank: z
      .strictObject({ rank: z.number().int().min(1).max(1_000_000), judgedOn: localDateSchema, by: person })
      .readonly()
      .optional(),
    /**
     * The days for which purchases were supplied: `from` included, `to` excluded. A window that is not wholly inside is not compared.
     * Absent: complete up to the freeze.
     */
    coverage: z.strictObject({ from: localDateSchema, to: localDateSchema }).readonly().optional(),
  })
  .readonly()
/** What is known of an account, read and checked by {@link accountFactsSchema}. */
export type AccountFacts = z.infer<typeof accountFactsSchema>

/** Named answers of people, as {@link AccountFacts.conditions}. */
export type JudgedAnswers = NonNullable<AccountFacts['conditions']>
/** Graded judgements, as {@link AccountFacts.judgements}. */
export type Judgements = AccountFacts['judgements']
