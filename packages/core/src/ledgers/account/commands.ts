import { z } from 'zod'
import { formats, localDateSchema, tierSchema } from '../../policy/index.ts'
import { admissionCriteriaFields } from '../../definition/admission-criteria.ts'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, id, personId, text } from '../../definition/fields.ts'

const note = text(2000)
const accountId = text(200)
const instanceId = text(80)
const creditCode = text(60)
const classes = z.array(id).max(20)
/** Both days included. */
const contract = z.strictObject({ reference: text(200), from: localDateSchema, to: localDateSchema })
const team = z.strictObject({
  accountManager: personId,
  marketingSpecialist: personId,
  productManager: personId,
  serviceRepresentative: personId,
})

/** Every command of the account ledger, one strict schema each. */
export const accountCommandSchemas = {
  /** § An existing customer enters with its tier, evidence and history. */
  adopt: z.strictObject({
    type: z.literal('adopt'),
    accountId,
    name: text(400),
    region: text(60).nullable().default(null),
    isKeyAccount: z.boolean(),
    tier: tierSchema.nullable(),
    /** Cycle in which the tier was given; where it is unknown the tier counts as old. */
    tierSince: text(20).optional(),
    manager: personId.nullable().default(null),
    creditCode: creditCode.optional(),
    parentId: accountId.optional(),
    classes: classes.optional(),
    contract: contract.optional(),
    team: team.optional(),
    history: note.optional(),
    evidence: evidence.optional(),
  }),

  /** A lead is registered and its admission opens: takes the claim [ADM-05]. */
  openAdmission: z.strictObject({
    type: z.literal('openAdmission'),
    accountId,
    name: text(400),
    region: text(60).nullable().default(null),
    creditCode: creditCode.optional(),
    parentId: accountId.optional(),
    leadSource: id,
    manager: personId.optional(),
    instanceId: z.string().regex(/^adm-[a-z0-9-]{1,75}$/, formats.instanceId),
  }),
  releaseAdmission: z.strictObject({
    type: z.literal('releaseAdmission'),
    by: instanceId,
    outcome: z.enum(['screenedOut', 'rejected', 'withdrawn', 'expired']),
  }),
  admit: z.strictObject({ type: z.literal('admit'), by: instanceId, classes }),
  /** The registration form names the company by its code: from now on no other account may [ADM-05]. */
  recordCreditCode: z.strictObject({ type: z.literal('recordCreditCode'), by: instanceId, creditCode }),
  recordTeam: z.strictObject({ type: z.literal('recordTeam'), by: instanceId, team }),
  establish: z.strictObject({
    type: z.literal('establish'),
    by: instanceId,
    classes,
    contract,
    /** Conditions that were met before signing. */
    conditions: z.number().int().min(0).max(1000),
  }),

  /** Opens the adjustment of a cycle, or one on demand: takes the claim, keeps the classification [ADJ-01]. */
  openAdjustment: z.strictObject({
    type: z.literal('openAdjustment'),
    cycle: text(20),
    instanceId: z.string().regex(/^tier-[a-z0-9-]{1,75}$/, formats.instanceId),
    onDemand: note.optional(),
    /** People decide, even where the numbers would leave the tier as it is. Sent by the ledger itself. */
    evenIfUnchanged: z.literal(true).optional(),
  }),
  claimAdjustment: z.strictObject({ type: z.literal('claimAdjustment'), by: instanceId }),
  releaseAdjustment: z.strictObject({ type: z.literal('releaseAdjustment'), by: instanceId }),
  changeTier: z.strictObject({
    type: z.literal('changeTier'),
    by: instanceId,
    cycle: text(20),
    to: tierSchema,
    /** The tier lapses after this day; the one before comes back. */
    overrideUntil: localDateSchema.optional(),
  }),
  /** An override has lapsed by itself: open instances hear of it. */
  lapseOverride: z.strictObject({ type: z.literal('lapseOverride') }),
  /** The account that leads the group has another tier [decision tier.level]. */
  inheritTier: z.strictObject({ type: z.literal('inheritTier'), tier: tierSchema, from: accountId }),
  /** The next page of instances that have to hear of a change too wide for one entry. */
  tellMore: z.strictObject({ type: z.literal('tellMore'), about: z.enum(['tier', 'place']), after: instanceId }),

  startExit: z.strictObject({ type: z.literal('startExit'), by: instanceId, cycle: text(20) }),
  /** § The customer, or both sides, end the relation. */
  endByCustomer: z.strictObject({ type: z.literal('endByCustomer'), reason: note, evidence, lastDay: localDateSchema }),
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

  /** § The contract goes on [I-37]. */
  renew: z.strictObject({ type: z.literal('renew'), contract, evidence }),
  /** § Whether the customer still meets the criteria of admission [ADM-12]. */
  requalify: z.strictObject({ type: z.literal('requalify'), ...admissionCriteriaFields }),
  /** § Cooperation rests, the relation stays. */
  suspend: z.strictObject({ type: z.literal('suspend'), reason: note, evidence }),
  resume: z.strictObject({ type: z.literal('resume'), reason: note }),
  /** § A former customer becomes a prospect again, after its time [I-39]. */
  readmit: z.strictObject({ type: z.literal('readmit'), reason: note, evidence }),

  /** § The manager leaves: an interim owner at once, a named one at once or within `handover.within` [I-38]. */
  handover: z.strictObject({ type: z.literal('handover'), interim: personId, to: personId.optional(), reason: note }),
  nameManager: z.strictObject({ type: z.literal('nameManager'), to: personId }),

  /** § Before the committee: its own resolution [I-39]. */
  proposeBlacklisting: z.strictObject({ type: z.literal('proposeBlacklisting'), reason: note, evidence }),
  ...approvalCommandSchemas(z.enum(['blacklist'])),

  /** § Two records of one customer become one: open instances follow the survivor. */
  merge: z.strictObject({ type: z.literal('merge'), into: accountId, reason: note, evidence }),
  absorb: z.strictObject({
    type: z.literal('absorb'),
    from: accountId,
    name: text(400),
    creditCode: creditCode.optional(),
    isKeyAccount: z.boolean(),
  }),
  /** § One record of two customers becomes two: the listed open instances follow the new one. */
  split: z.strictObject({
    type: z.literal('split'),
    accountId,
    name: text(400),
    region: text(60).nullable().default(null),
    instances: z.array(instanceId).max(80),
    reason: note,
    evidence,
  }),
  /** § Joins, changes or leaves a group of companies [I-33]. */
  changeParent: z.strictObject({ type: z.literal('changeParent'), parentId: accountId.nullable(), reason: note }),
  addMember: z.strictObject({ type: z.literal('addMember'), member: accountId }),
  removeMember: z.strictObject({ type: z.literal('removeMember'), member: accountId }),
} as const

export type AccountCommands = { [T in keyof typeof accountCommandSchemas]: z.output<(typeof accountCommandSchemas)[T]> }
export type AccountCommand = AccountCommands[keyof AccountCommands]
/** What callers write: defaults may be left out. */
export type AccountCommandInput = {
  [T in keyof typeof accountCommandSchemas]: z.input<(typeof accountCommandSchemas)[T]>
}[keyof AccountCommands]
