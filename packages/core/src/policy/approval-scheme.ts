import { z } from 'zod'
import { budgetSchema, idSchema, roleSchema } from './parts.ts'

/**
 * How a body decides [I-17]. Stages run in order or in parallel; all must pass. A time-out escalates and never decides.
 * - `any`: one approval suffices · `all`: every elector · `nOfM`: `n` of the electors · `perDepartment`: one approval of each department
 * - `required`: roles without whose approval the stage does not pass · `veto`: roles whose rejection rejects at once
 * - `heard`: roles asked for an opinion that does not count
 */
export const approvalStageSchema = z.strictObject({
  id: idSchema,
  mode: z.enum(['any', 'all', 'nOfM', 'perDepartment']),
  electors: z.array(roleSchema).min(1).max(20),
  n: z.number().int().positive().optional(),
  required: z.array(roleSchema).max(10).default([]),
  veto: z.array(roleSchema).max(10).default([]),
  heard: z.array(roleSchema).max(10).default([]),
  timeout: budgetSchema.optional(),
  escalateTo: roleSchema.optional(),
})
export const approvalSchemeSchema = z.strictObject({
  order: z.enum(['sequential', 'parallel']).default('sequential'),
  stages: z.array(approvalStageSchema).min(1).max(10),
  /** Roles that get a copy (抄送) of the decision. */
  copy: z.array(roleSchema).max(20).default([]),
  /** Votes in a department whose only voter is barred go to this role. */
  substitute: roleSchema.default('kaGroup.head'),
  /** Longest chain of delegations. */
  maxDelegations: z.number().int().min(0).max(2).default(2),
})
export type ApprovalStageSpec = z.infer<typeof approvalStageSchema>
export type ApprovalSchemeSpec = z.infer<typeof approvalSchemeSchema>
