import { z } from 'zod'
import { baselineSchema } from '../../baselines/index.ts'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, id, instanceId, repeated, text } from '../../definition/fields.ts'
import { changeDimensionSchema, objection } from '../../policy/index.ts'
import { magnitudes } from './types.ts'

const note = text(2000)
const departments = z
  .array(id)
  .min(1)
  .max(20)
  .superRefine((list, ctx) => {
    for (const name of new Set(repeated(list))) ctx.addIssue({ code: 'custom', ...objection('givenTwice', { name }) })
  })
const version = z.number().int().min(0).max(1_000_000)
const basis = text(64).optional()
const byCustomer = { givenBy: text(200), statement: note.optional(), evidence, basis }

/** Every command of a project change, one strict schema each. */
export const projectChangeCommandSchemas = {
  open: z.strictObject({ type: z.literal('open'), accountId: text(200), projectId: text(200), title: text(400) }),
  /** Sent by a change that must be undone: content before it, and the content that it had set. */
  openChangeBack: z.strictObject({
    type: z.literal('openChangeBack'),
    accountId: text(200),
    projectId: text(200),
    title: text(400),
    of: instanceId,
    departments,
    content: baselineSchema,
    undoes: baselineSchema,
  }),
  /** § Change application: the full content as it shall be, or the same as an emergency [CHG-01]. */
  apply: z.strictObject({
    type: z.literal('apply'),
    reason: note,
    content: baselineSchema,
    departments,
    evidence: evidence.optional(),
    emergency: z.strictObject({ why: note }).optional(),
  }),
  /** § Another content: votes and consent are void. */
  amend: z.strictObject({
    type: z.literal('amend'),
    reason: note,
    content: baselineSchema,
    departments,
    evidence: evidence.optional(),
  }),
  /** The same change carried over to the baseline that is in force now, and measured there: votes and consent are void. */
  reassess: z.strictObject({ type: z.literal('reassess') }),
  /** § Change assessment, one dimension at a time. */
  assess: z.strictObject({
    type: z.literal('assess'),
    dimension: changeDimensionSchema,
    impact: note,
    magnitude: z.enum(magnitudes),
    evidence: evidence.optional(),
  }),
  /** § The customer agrees to what it had signed otherwise. */
  consent: z.strictObject({ type: z.literal('consent'), ...byCustomer }),
  refuseConsent: z.strictObject({ type: z.literal('refuseConsent'), ...byCustomer }),
  /** § Put into force. */
  implement: z.strictObject({ type: z.literal('implement'), note, evidence, basis }),
  /** The ledger's answers. */
  confirmImplementation: z.strictObject({ type: z.literal('confirmImplementation'), version }),
  declineImplementation: z.strictObject({ type: z.literal('declineImplementation'), version }),
  /** § Checked by somebody who did not implement it. */
  verify: z.strictObject({ type: z.literal('verify'), ok: z.boolean(), findings: note, evidence, basis }),
  withdraw: z.strictObject({ type: z.literal('withdraw'), reason: note }),
  supersede: z.strictObject({ type: z.literal('supersede'), by: instanceId, reason: note }),
  /** What became of the change back; sent by it. */
  changedBack: z.strictObject({ type: z.literal('changedBack'), by: instanceId }),
  changeBackFailed: z.strictObject({
    type: z.literal('changeBackFailed'),
    by: instanceId,
    outcome: z.enum(['rejected', 'withdrawn', 'expired', 'superseded']),
  }),
  retryRollback: z.strictObject({ type: z.literal('retryRollback'), reason: note }),
  /** § What was to be changed back shall stay: the group decides. */
  acceptAsIs: z.strictObject({ type: z.literal('acceptAsIs'), reason: note, evidence: evidence.optional() }),
  ...approvalCommandSchemas(z.enum(['change', 'emergency', 'ratification', 'acceptance'])),
} as const

export type ProjectChangeCommands = {
  [T in keyof typeof projectChangeCommandSchemas]: z.output<(typeof projectChangeCommandSchemas)[T]>
}
export type ProjectChangeCommand = ProjectChangeCommands[keyof ProjectChangeCommands]
/** What callers write: defaults may be left out. */
export type ProjectChangeCommandInput = {
  [T in keyof typeof projectChangeCommandSchemas]: z.input<(typeof projectChangeCommandSchemas)[T]>
}[keyof ProjectChangeCommands]
