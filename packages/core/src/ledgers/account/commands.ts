import { z } from 'zod'
import { localDateSchema, tierSchema } from '../../policy/index.ts'
import { evidence, personId, text } from '../../definition/fields.ts'

const note = text(2000)

/** Every command of the account ledger, one strict schema each. */
export const accountCommandSchemas = {
  /** § An existing customer enters with its tier, evidence and history. */
  adopt: z.strictObject({
    type: z.literal('adopt'),
    accountId: text(200),
    name: text(400),
    region: text(60).nullable().default(null),
    isKeyAccount: z.boolean(),
    tier: tierSchema.nullable(),
    /** Cycle in which the tier was given; where it is unknown the tier counts as old. */
    tierSince: text(20).optional(),
    manager: personId.nullable().default(null),
    history: note.optional(),
    evidence: evidence.optional(),
  }),
  /** Opens the adjustment of a cycle, or one on demand: takes the claim, keeps the classification [ADJ-01]. */
  openAdjustment: z.strictObject({
    type: z.literal('openAdjustment'),
    cycle: text(20),
    instanceId: z.string().regex(/^tier-[a-z0-9-]{1,75}$/),
    onDemand: note.optional(),
  }),
  claimAdjustment: z.strictObject({ type: z.literal('claimAdjustment'), by: text(80) }),
  releaseAdjustment: z.strictObject({ type: z.literal('releaseAdjustment'), by: text(80) }),
  changeTier: z.strictObject({
    type: z.literal('changeTier'),
    by: text(80),
    cycle: text(20),
    to: tierSchema,
    /** The tier lapses after this day; the one before comes back. */
    overrideUntil: localDateSchema.optional(),
  }),
  /** An override has lapsed by itself: open instances hear of it. */
  lapseOverride: z.strictObject({ type: z.literal('lapseOverride') }),
  startExit: z.strictObject({ type: z.literal('startExit'), by: text(80), cycle: text(20) }),
  /** § The checklist of an ending relation [decision 1]. */
  completeExit: z.strictObject({
    type: z.literal('completeExit'),
    receivablesSettled: z.literal(true),
    complaintsClosed: z.literal(true),
    projectsClosed: z.literal(true),
    consignedStockReturned: z.literal(true),
    noticeGiven: z.literal(true),
    evidence,
  }),
  stopExit: z.strictObject({ type: z.literal('stopExit'), reason: note }),
} as const

export type AccountCommands = { [T in keyof typeof accountCommandSchemas]: z.output<(typeof accountCommandSchemas)[T]> }
export type AccountCommand = AccountCommands[keyof AccountCommands]
/** What callers write: defaults may be left out. */
export type AccountCommandInput = {
  [T in keyof typeof accountCommandSchemas]: z.input<(typeof accountCommandSchemas)[T]>
}[keyof AccountCommands]
