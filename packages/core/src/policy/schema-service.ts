import { z } from 'zod'
import { budgetSchema, idSchema, labelled, labelsSchema, moneySchema, roleSchema, tierSchema } from './parts.ts'

/** One step of a clock's ladder: at this share of the budget, this role is told [decision: ladder 80 / 100 / 150 %]. */
const rungSchema = z.strictObject({
  /** Percent of the working milliseconds from start to due. */
  at: z.number().positive().max(1000),
  kind: z.enum(['warn', 'breach', 'escalate']),
  notify: roleSchema,
})

/** Complaint handling [CPL, CON-01]. */
export const complaintSchema = z.strictObject({
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
export const slaSchema = z.strictObject({
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
