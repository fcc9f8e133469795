import { z } from 'zod'
import { localDateSchema } from '../../policy/index.ts'
import { hash, instant, text } from '../../definition/fields.ts'

const version = text(20)

/** Every command of a policy's ledger, one strict schema each. People send none of them: versions come by an approved publication. */
export const policyLedgerCommandSchemas = {
  /** Sent by a publication that the KA management group has approved; the first one opens the ledger. */
  schedule: z.strictObject({
    type: z.literal('schedule'),
    policyId: text(60),
    by: text(80),
    version,
    hash,
    /** Hash of the version that was in force as this one was submitted; `null`: there was none. */
    base: hash.nullable(),
    effectiveFrom: localDateSchema,
    effectiveAt: instant,
  }),
  /** Sent by a publication that was withdrawn. */
  unschedule: z.strictObject({ type: z.literal('unschedule'), by: text(80) }),
} as const

export type PolicyLedgerCommands = {
  [T in keyof typeof policyLedgerCommandSchemas]: z.output<(typeof policyLedgerCommandSchemas)[T]>
}
