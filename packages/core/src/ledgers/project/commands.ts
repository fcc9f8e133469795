import { z } from 'zod'
import { baselineSchema } from '../../baselines/index.ts'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, hash, id, personId, text } from '../../definition/fields.ts'

const note = text(2000)
const people = z.array(personId).max(50).default([])
const version = z.number().int().min(1).max(1_000_000)

/** Every command of the project ledger, one strict schema each. */
export const projectCommandSchemas = {
  /** § Need confirmation, signed by both sides [PRJ-01], with the feasibility report [PRJ-02]. */
  open: z.strictObject({
    type: z.literal('open'),
    accountId: text(200),
    projectId: text(200),
    name: text(400),
    needConfirmation: evidence,
    feasibility: evidence.optional(),
    leader: personId,
    team: people,
    departments: z.array(id).min(1).max(20),
  }),
  /** § Schedule and resource plan, for the group's review [PRJ-04, PRJ-05, PRJ-06]. */
  registerBaseline: z.strictObject({
    type: z.literal('registerBaseline'),
    content: baselineSchema,
    evidence: evidence.optional(),
  }),
  /** Another leader; the team stays as it is where none is given [PRJ-03]. */
  changeLeader: z.strictObject({
    type: z.literal('changeLeader'),
    leader: personId,
    team: z.array(personId).max(50).optional(),
    reason: note,
  }),
  /** Sent by an approved change that is implemented: the one way to a new version [CHG-02]. */
  applyChange: z.strictObject({
    type: z.literal('applyChange'),
    by: text(80),
    baseVersion: version,
    contentHash: hash,
    content: baselineSchema,
    approvedAs: z.enum(['minor', 'major', 'emergency']),
  }),
  /** The group has approved, afterwards, what stands as that version. */
  ratifyBaseline: z.strictObject({ type: z.literal('ratifyBaseline'), by: text(80), version, content: baselineSchema }),
  /** § Acceptance by the customer, and what was learnt [PRJ-09, PRJ-10, PRJ-11]. */
  closeProject: z.strictObject({
    type: z.literal('closeProject'),
    selfChecked: z.literal(true),
    summaryReport: evidence,
    acceptanceReport: evidence,
    acceptedBy: text(200),
    lessons: note,
  }),
  /** § Ends without acceptance. */
  cancelProject: z.strictObject({ type: z.literal('cancelProject'), reason: note, evidence: evidence.optional() }),
  ...approvalCommandSchemas(z.enum(['plan'])),
} as const

export type ProjectCommands = { [T in keyof typeof projectCommandSchemas]: z.output<(typeof projectCommandSchemas)[T]> }
export type ProjectCommand = ProjectCommands[keyof ProjectCommands]
/** What callers write: defaults may be left out. */
export type ProjectCommandInput = {
  [T in keyof typeof projectCommandSchemas]: z.input<(typeof projectCommandSchemas)[T]>
}[keyof ProjectCommands]
