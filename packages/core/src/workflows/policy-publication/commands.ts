import { z } from 'zod'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, hash, instant, text, version } from '../../definition/fields.ts'
import { formats } from '../../policy/index.ts'

const note = text(2000)
const refusalCode = z.string().regex(/^[a-z_]{1,40}$/)

/** Every command of a publication, one strict schema each. */
export const policyPublicationCommandSchemas = {
  /** Opens the publication of a version: its number is used once. */
  open: z.strictObject({
    type: z.literal('open'),
    policyId: z.string().regex(/^[a-z0-9-]{1,60}$/, formats.policyId),
    version,
    title: text(200),
  }),
  /** The draft whose document stands in the registry; see `governance.policy.check`, which puts it there. */
  check: z.strictObject({ type: z.literal('check'), hash }),
  /** The what-if whose text stands in the registry; see `governance.policy.recordWhatIf`. */
  recordWhatIf: z.strictObject({ type: z.literal('recordWhatIf'), digest: hash }),
  /** § To the KA management group. */
  submit: z.strictObject({ type: z.literal('submit'), reason: note.optional(), evidence: evidence.optional() }),
  /** § Before it takes force, also a scheduled version. */
  withdraw: z.strictObject({ type: z.literal('withdraw'), reason: note }),
  /** Sent by the ledger: the day has begun. */
  takeForce: z.strictObject({ type: z.literal('takeForce'), since: instant }),
  /** Sent by the ledger: another version has taken its place. */
  supersede: z.strictObject({ type: z.literal('supersede'), by: text(80), version: text(20), until: instant }),
  /** Sent by the ledger: another version came first. */
  declineSchedule: z.strictObject({ type: z.literal('declineSchedule'), because: refusalCode }),
  ...approvalCommandSchemas(z.enum(['policy'])),
} as const

export type PolicyPublicationCommands = {
  [T in keyof typeof policyPublicationCommandSchemas]: z.output<(typeof policyPublicationCommandSchemas)[T]>
}
export type PolicyPublicationCommand = PolicyPublicationCommands[keyof PolicyPublicationCommands]
/** What callers write: defaults may be left out. */
export type PolicyPublicationCommandInput = {
  [T in keyof typeof policyPublicationCommandSchemas]: z.input<(typeof policyPublicationCommandSchemas)[T]>
}[keyof PolicyPublicationCommands]
