import { z } from 'zod'
import { admissionCriteriaFields } from '../../definition/admission-criteria.ts'
import { approvalCommandSchemas } from '../../definition/approval-commands.ts'
import { evidence, id, money, personId, text } from '../../definition/fields.ts'
import { formats, localDateSchema, tierSchema } from '../../policy/index.ts'

const note = text(2000)
const conditionId = z.string().regex(/^c[1-9]\d{0,3}$/, formats.condition)
const aspect = z.enum(['met', 'doubtful', 'notMet'])

/** What the two sides promise each other in figures, and where the rest is written [ADM-09, ADM-13]. */
const terms = z.strictObject({
  contractMonths: z.number().int().min(1).max(120),
  annualCommitment: money.optional(),
  paymentDays: z.number().int().min(0).max(365),
  discountPercent: z.number().min(0).max(100).optional(),
  serviceStandard: note,
  priceTerms: note,
})

const approvals = approvalCommandSchemas(z.enum(['admission']))

/** Every command of an admission, one strict schema each. */
export const admissionCommandSchemas = {
  /** Sent by the account's ledger, which holds the claim and knows duplicates. */
  open: z.strictObject({
    type: z.literal('open'),
    accountId: text(200),
    name: text(400),
    region: text(60).nullable().default(null),
    creditCode: text(60).nullable().default(null),
    parentId: text(200).nullable().default(null),
    leadSource: id,
    manager: personId.nullable().default(null),
    isCustomer: z.boolean(),
    currentTier: tierSchema.nullable(),
    similar: z
      .array(
        z.strictObject({
          accountId: text(200),
          name: text(400).optional(),
          because: z.enum(['creditCode', 'name', 'parent']),
          status: text(40),
          manager: personId.nullable(),
          admission: text(80).nullable().optional(),
        }),
      )
      .default([]),
    round: z.number().int().min(1).default(1),
  }),
  /** § Registration form [ADM-05, DEV-03]; industry and size are asked for as ADM-11 has it, and tested by no criterion. */
  submitRegistration: z.strictObject({
    type: z.literal('submitRegistration'),
    legalName: text(400),
    creditCode: text(60).optional(),
    industry: text(200),
    size: z.enum(['micro', 'small', 'medium', 'large']),
    region: text(60).optional(),
    contact: text(400),
    /** The need in the customer's words. */
    needDescription: note,
    need: z.strictObject({ annualVolume: money, growthPotential: z.number().int().min(0).max(100) }),
    /** What the customer wants from the cooperation, in its words. */
    intent: note,
  }),
  /** § Admission application report [ADM-06, CLS-02]. */
  recommend: z.strictObject({
    type: z.literal('recommend'),
    ...admissionCriteriaFields,
    classes: z.array(id).min(1).max(20),
    terms,
  }),
  /** Takes the application back to be registered anew. */
  reviseRegistration: z.strictObject({ type: z.literal('reviseRegistration'), reason: note }),
  /** § A customer that was screened out goes before the committee all the same. */
  requestException: z.strictObject({ type: z.literal('requestException'), reason: note, evidence }),
  concludeScreening: z.strictObject({ type: z.literal('concludeScreening'), reason: note }),
  /** § The service team of the key account [SVC-01]. */
  assignTeam: z.strictObject({
    type: z.literal('assignTeam'),
    accountManager: personId,
    marketingSpecialist: personId,
    productManager: personId,
    serviceRepresentative: personId,
  }),
  meetCondition: z.strictObject({ type: z.literal('meetCondition'), condition: conditionId, evidence }),
  waiveCondition: z.strictObject({ type: z.literal('waiveCondition'), condition: conditionId, reason: note }),
  /** § Cooperation contract [ADM-09, CST-01]: what it says, or the clauses in which it says so. */
  sign: z.strictObject({
    type: z.literal('sign'),
    reference: text(200),
    signedOn: localDateSchema,
    from: localDateSchema,
    to: localDateSchema,
    terms,
    clauses: z.strictObject({
      rightsAndDuties: note,
      content: note,
      priceTerms: note,
      serviceStandard: note,
      breachTerms: note,
    }),
    evidence,
    basis: text(64).optional(),
  }),
  withdraw: z.strictObject({ type: z.literal('withdraw'), saidBy: text(200), reason: note, evidence: evidence.optional() }),
  /** The account's ledger has blacklisted the customer [I-39]. */
  accountBlacklisted: z.strictObject({ type: z.literal('accountBlacklisted'), by: text(80) }),
  ...approvals,
  /** A vote says how the elector sees each of the four criteria [ADM-07]. */
  vote: approvals.vote.extend({
    aspects: z.strictObject({ qualification: aspect, need: aspect, willingness: aspect, finance: aspect }).optional(),
  }),
} as const

export type AdmissionCommands = {
  [T in keyof typeof admissionCommandSchemas]: z.output<(typeof admissionCommandSchemas)[T]>
}
export type AdmissionCommand = AdmissionCommands[keyof AdmissionCommands]
/** What callers write: defaults may be left out. */
export type AdmissionCommandInput = {
  [T in keyof typeof admissionCommandSchemas]: z.input<(typeof admissionCommandSchemas)[T]>
}[keyof AdmissionCommands]

/** Who serves a key account, by role [SVC-01]. */
export type ServiceTeam = Omit<AdmissionCommands['assignTeam'], 'type'>
