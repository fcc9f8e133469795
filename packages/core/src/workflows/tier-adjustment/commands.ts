import { z } from 'zod'
import { localDateSchema, tierSchema } from '../../policy/index.ts'
import type { Recommendation } from '../../scoring/index.ts'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, text } from '../../definition/fields.ts'

const note = text(2000)
/** A tier, or the end of the KA relation [TIER-07, ADJ-08]. */
const outcome = z.union([tierSchema, z.literal('exit')])

/** Every command of a tier adjustment, one strict schema each. */
export const tierAdjustmentCommandSchemas = {
  /** Sent by the account's ledger, which holds the claim and the recommendation. */
  open: z.strictObject({
    type: z.literal('open'),
    accountId: text(200),
    cycle: text(20),
    onDemand: note.optional(),
    currentTier: tierSchema.nullable(),
    recommendation: z.custom<Recommendation>((v) => typeof v === 'object' && v !== null),
    changes: z.boolean(),
  }),
  /** § Tier adjustment form [ADJ-10]. */
  propose: z.strictObject({
    type: z.literal('propose'),
    to: outcome,
    reason: note,
    evidence: evidence.optional(),
  }),
  revise: z.strictObject({ type: z.literal('revise'), reason: note }),
  forwardWithDissent: z.strictObject({ type: z.literal('forwardWithDissent'), reason: note }),
  closeNotPassed: z.strictObject({ type: z.literal('closeNotPassed'), reason: note }),
  /** § Overruling the numbers, for a while [ADJ-12]. */
  override: z.strictObject({ type: z.literal('override'), to: tierSchema, reason: note, until: localDateSchema }),
  /** § By the customer or by sales, once [I-36]. */
  appeal: z.strictObject({
    type: z.literal('appeal'),
    by: z.enum(['customer', 'sales']),
    to: tierSchema,
    reason: note,
    evidence,
  }),
  /** The account's ledger has dropped the claim: there is nothing left to adjust. */
  close: z.strictObject({ type: z.literal('close'), because: z.enum(['blacklisted', 'lapsed', 'ended']) }),
  /** An awaited effect was delivered; sent by the runtime. */
  effectDelivered: z.strictObject({ type: z.literal('effectDelivered'), effectId: text(200) }),
  ...approvalCommandSchemas(z.enum(['review', 'decision', 'appeal'])),
} as const

export type TierAdjustmentCommands = {
  [T in keyof typeof tierAdjustmentCommandSchemas]: z.output<(typeof tierAdjustmentCommandSchemas)[T]>
}
export type TierAdjustmentCommand = TierAdjustmentCommands[keyof TierAdjustmentCommands]
/** What callers write: defaults may be left out. */
export type TierAdjustmentCommandInput = {
  [T in keyof typeof tierAdjustmentCommandSchemas]: z.input<(typeof tierAdjustmentCommandSchemas)[T]>
}[keyof TierAdjustmentCommands]
