import { z } from 'zod'
import { evidence, money } from './fields.ts'

const score = z.number().int().min(0).max(100)

/**
 * The four criteria with what was measured, evidence for each: the part of the admission report that a requalification asks for again [ADM-01 … ADM-04,
 * ADM-06, ADM-12].
 */
export const admissionCriteriaFields = {
  qualification: z.strictObject({
    lawfulOperation: z.boolean(),
    goodReputation: z.boolean(),
    noMajorViolation: z.boolean(),
    evidence,
  }),
  need: z.strictObject({ annualVolume: money, growthPotential: score, evidence }),
  willingness: z.strictObject({ score, evidence }),
  finance: z.strictObject({
    paidInCapital: money,
    /** Most days overdue in the last twelve months. */
    overdueDays: z.number().int().min(0).max(10_000),
    /** Years of stable business. */
    stableYears: z.number().min(0).max(1000),
    evidence,
  }),
} as const
