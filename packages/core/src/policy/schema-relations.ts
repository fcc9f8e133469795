import { z } from 'zod'
import { budgetSchema, idSchema, labelsSchema, moneySchema, percent, perTier, rateSchema } from './parts.ts'

/** How often a customer is seen and cared for [COM-01, COM-04, COM-06, COM-07, CARE-01]. The host plans the visits; the numbers are the policy's. */
export const cadenceSchema = z.strictObject({
  /** P-01: visits of the account manager to each key account in a calendar month. */
  visit: z.strictObject({ minPerMonth: z.number().int().min(1).max(31) }),
  /** I-20: visits of an executive in a year. */
  execVisit: perTier(rateSchema),
  /** I-20: return visits of customer service in a month; a third is one a quarter. */
  returnVisit: perTier(rateSchema),
  /** I-20: occasions on which every key account hears from its team. */
  care: z.array(z.strictObject({ occasion: idSchema, label: labelsSchema })).max(40),
  /** I-20: the dearest gift to one person, and whether people of public bodies may get any. */
  gift: z.strictObject({ limit: moneySchema, publicBodies: z.boolean() }),
})

/** Answers to what a customer asks for [DEM-03, DEM-04]. */
export const demandSchema = z.strictObject({
  /** P-02, P-03. */
  urgent: z.strictObject({ firstResponse: budgetSchema, solution: budgetSchema }),
  /** I-08. */
  normal: z.strictObject({ firstResponse: budgetSchema, answer: budgetSchema }),
})

const inspectionCycle = z.union([z.strictObject({ months: z.number().int().min(1).max(120) }), z.literal('onRequest'), z.null()])

/** I-09: how often equipment and stock at a customer's are inspected [INS-01]; `onRequest`: when it asks; null: not at all. */
export const inspectionSchema = z.strictObject({ cycle: perTier(inspectionCycle) })

/** I-21, I-43: figures and what they should reach [KPI-01 … KPI-04]. */
export const kpiSchema = z.strictObject({
  /** I-43: "kept" is a net purchase within so many months. */
  activeWithin: z.strictObject({ months: z.number().int().positive().max(60) }),
  /** Months that a figure is reckoned over; no shorter than a cycle, or no customer ever rises within it. */
  period: z.strictObject({ months: z.number().int().positive().max(60) }),
  targets: z.strictObject({ satisfaction: percent, retention: perTier(percent), upgrade: percent, timeliness: percent }),
})

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** I-22: the weekly report of a project is due at the close of that day, or of the last working day before it; so much later it is missing [PRJ-08]. */
export const projectSchema = z.strictObject({
  weeklyReport: z.strictObject({ dueDay: z.enum(weekdays), grace: budgetSchema }),
})
