import { z } from 'zod'
import { localDateSchema, tierSchema } from '../../policy/index.ts'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, id, instant, money, personId, text } from '../../definition/fields.ts'

const note = text(2000)

/** § Complaint record [CPL-01, CPL-02]. */
const open = z.strictObject({
  type: z.literal('open'),
  accountId: text(200),
  matter: text(4000),
  contact: text(400),
  expectedSolution: text(2000),
  channel: id,
  severity: id,
  /** `product` complaints are judged by the technical department [decision 22]. */
  about: z.enum(['product', 'delivery', 'service', 'price', 'other']),
  /** When the customer's message arrived; the clocks start here [decision 12]. */
  receivedAt: instant,
  /** Sites of the customer; more than one asks for a confirmation per site. */
  sites: z.array(text(200)).max(50).default([]),
  /** Several departments: a special meeting is due before the plan [CPL-15]. */
  complex: z.boolean().default(false),
  /** From a customer group: the group is told the result within P-23 or P-24 [CPL-13, CPL-14]. */
  fromGroup: z.boolean().default(false),
  /** People complained about: barred from every act and record of this complaint. */
  named: z.array(personId).max(20).default([]),
  /** An archived complaint that this one follows, or the parent it was split from. */
  relatedTo: text(80).optional(),
})

/** Every command of a complaint, one strict schema each. */
export const complaintCommandSchemas = {
  open,
  forward: z.strictObject({ type: z.literal('forward'), department: id, note: note.optional() }),
  accept: z.strictObject({ type: z.literal('accept'), handler: personId.optional() }),
  disputeAssignment: z.strictObject({ type: z.literal('disputeAssignment'), reason: note }),
  assign: z.strictObject({ type: z.literal('assign'), department: id, reason: note }),
  callMeeting: z.strictObject({
    type: z.literal('callMeeting'),
    heldAt: instant,
    departments: z.array(id).min(2).max(20),
    minutes: note,
  }),
  contain: z.strictObject({ type: z.literal('contain'), measure: note, evidence: evidence.optional() }),
  reclassify: z.strictObject({
    type: z.literal('reclassify'),
    severity: id.optional(),
    about: z.enum(['product', 'delivery', 'service', 'price', 'other']).optional(),
    complex: z.boolean().optional(),
    reason: note,
  }),
  split: z.strictObject({
    type: z.literal('split'),
    parts: z
      .array(z.strictObject({ matter: text(4000), sites: z.array(text(200)).max(50).default([]) }))
      .min(1)
      .max(20),
    reason: note,
  }),
  determine: z.strictObject({
    type: z.literal('determine'),
    cause: note,
    responsibleParty: text(200),
    evidence,
    /** CPL-11: nature of the rework, one of the policy's; absent: no rework. */
    rework: id.optional(),
    /** Goods came back: the account manager decides what becomes of them [CPL-09]. */
    goodsReturned: z.boolean().default(false),
  }),
  notUphold: z.strictObject({ type: z.literal('notUphold'), reasons: note, evidence, customerToldAt: instant }),
  reportRework: z.strictObject({ type: z.literal('reportRework'), result: note, evidence: evidence.optional() }),
  decideReturn: z.strictObject({
    type: z.literal('decideReturn'),
    disposition: z.enum(['return', 'exchange', 'concession', 'scrap']),
    reason: note,
  }),
  plan: z.strictObject({
    type: z.literal('plan'),
    measures: note,
    /** What the customer gets in money, if anything; above the limit a further approval. */
    compensation: money.optional(),
    finishBy: localDateSchema.optional(),
  }),
  complete: z.strictObject({
    type: z.literal('complete'),
    result: note,
    customerToldAt: instant,
    toldInGroup: z.boolean().default(false),
  }),
  recordContact: z.strictObject({
    type: z.literal('recordContact'),
    channel: id,
    at: instant,
    outcome: z.enum(['reached', 'notReached']),
    note: note.optional(),
  }),
  customerSatisfied: z.strictObject({
    type: z.literal('customerSatisfied'),
    saidBy: text(200),
    evidence,
    site: text(200).optional(),
    basis: text(64).optional(),
  }),
  customerPartlySatisfied: z.strictObject({
    type: z.literal('customerPartlySatisfied'),
    saidBy: text(200),
    missing: note,
    evidence,
    basis: text(64).optional(),
  }),
  customerDissatisfied: z.strictObject({
    type: z.literal('customerDissatisfied'),
    saidBy: text(200),
    reason: note,
    evidence,
    basis: text(64).optional(),
  }),
  archive: z.strictObject({
    type: z.literal('archive'),
    lessons: note,
    prevention: z.strictObject({ measure: note, owner: personId }),
  }),
  checkPrevention: z.strictObject({
    type: z.literal('checkPrevention'),
    effective: z.boolean(),
    finding: note,
    newMeasure: note.optional(),
  }),
  reopen: z.strictObject({ type: z.literal('reopen'), reason: note, evidence }),
  withdraw: z.strictObject({ type: z.literal('withdraw'), saidBy: text(200), evidence }),
  markDuplicate: z.strictObject({ type: z.literal('markDuplicate'), of: text(80) }),
  requestExtension: z.strictObject({ type: z.literal('requestExtension'), reason: note, customerToldAt: instant }),
  reportProgress: z.strictObject({ type: z.literal('reportProgress'), toldAt: instant, note }),
  waitForCustomer: z.strictObject({ type: z.literal('waitForCustomer'), reason: id, question: note }),
  customerReplied: z.strictObject({ type: z.literal('customerReplied'), answer: note }),
  tierChanged: z.strictObject({ type: z.literal('tierChanged'), tier: tierSchema }),
  ...approvalCommandSchemas(z.enum(['extension', 'compensation', 'dissatisfaction'])),
} as const

export type ComplaintCommands = { [T in keyof typeof complaintCommandSchemas]: z.output<(typeof complaintCommandSchemas)[T]> }
export type ComplaintCommand = ComplaintCommands[keyof ComplaintCommands]
/** What callers write: defaults may be left out. */
export type ComplaintCommandInput = {
  [T in keyof typeof complaintCommandSchemas]: z.input<(typeof complaintCommandSchemas)[T]>
}[keyof ComplaintCommands]
