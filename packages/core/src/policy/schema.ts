import { z } from 'zod'
import { calendarSchema } from '../calendar/index.ts'
import { approvalSchemeSchema } from './approval-scheme.ts'
import {
  budgetSchema,
  count,
  currencySchema,
  formats,
  idSchema,
  labelled,
  labelsSchema,
  localDateSchema,
  moneySchema,
  perTier,
  roleSchema,
} from './parts.ts'
import { admissionSchema, changeSchema, contractSchema, handoverSchema, readmissionSchema } from './schema-accounts.ts'
import { cadenceSchema, demandSchema, inspectionSchema, kpiSchema, projectSchema } from './schema-relations.ts'
import {
  abcSchema,
  classesSchema,
  gradeSchema,
  incentiveSchema,
  lifetimeSchema,
  rebateSchema,
  segmentsSchema,
  valueSchema,
} from './schema-scoring.ts'
import { complaintSchema, slaSchema } from './schema-service.ts'
import { adjustSchema, tierRulesSchema } from './schema-tiers.ts'
import { decidedSchemes } from './schemes.ts'

/** A person of the static directory. */
const personSchema = z.strictObject({
  roles: z.array(roleSchema).max(50),
  name: z.string().max(200).optional(),
  superior: z.string().max(80).optional(),
  /** Accounts for which the scoped roles hold; absent: all. */
  accounts: z.array(z.string().max(200)).max(10_000).optional(),
})
const delegationSchema = z.strictObject({
  from: z.string().max(80),
  to: z.string().max(80),
  since: localDateSchema,
  until: localDateSchema,
})

/**
 * The whole policy: the one document that a CRM admin fills in. Every threshold of the workflows is here; unknown keys are refused. Names and
 * units are those of the requirements' parameter list; the ids in the comments are its rows.
 */
export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/, formats.policyId),
  version: z.string().regex(/^\d{1,6}(\.\d{1,6}){0,2}$/, formats.version),
  title: labelsSchema,
  effectiveFrom: localDateSchema,
  currency: currencySchema,
  /** Dated rates: one unit of `from` is `rate` units of `to`, from that day on. */
  exchangeRates: z
    .array(z.strictObject({ from: currencySchema, to: currencySchema, since: localDateSchema, rate: z.number().positive() }))
    .max(10_000)
    .default([]),
  timeZone: z.string().min(1).max(60),
  /** I-18. */
  calendars: z.record(idSchema, calendarSchema),
  /** Which calendar counts: by the account's service region, else `default`. */
  calendar: z.strictObject({ default: idSchema, byRegion: z.record(z.string().max(60), idSchema).default({}) }),
  departments: labelled,
  directory: z
    .strictObject({
      people: z.record(z.string().min(1).max(80), personSchema),
      delegations: z.array(delegationSchema).max(1000).default([]),
    })
    .optional(),
  /** Who may send a command, where it differs from the built-in table: `complaint.forward: [customerService]`. */
  authority: z.record(z.string().max(80), z.array(roleSchema).min(1).max(20)).default({}),
  drivingScale: z.literal('tier'),
  /** GOV-05: whether a version of this policy needs a what-if before it is approved, and how long before it holds it is announced. */
  publication: z
    .strictObject({ whatIf: z.enum(['required', 'advised']), notice: z.strictObject({ days: count }) })
    .default({ whatIf: 'required', notice: { days: 0 } }),
  admission: admissionSchema,
  contract: contractSchema,
  handover: handoverSchema,
  readmission: readmissionSchema,
  cadence: cadenceSchema,
  demand: demandSchema,
  inspection: inspectionSchema,
  project: projectSchema,
  change: changeSchema,
  complaint: complaintSchema,
  /** P-23, P-24. */
  feedback: z.strictObject({
    general: z.strictObject({ result: budgetSchema }),
    complex: z.strictObject({ max: budgetSchema }),
  }),
  /** P-21, P-22. */
  group: z.strictObject({ reply: z.strictObject({ urgent: budgetSchema, general: budgetSchema }) }),
  sla: slaSchema,
  tier: tierRulesSchema,
  adjust: adjustSchema,
  grade: gradeSchema,
  classes: classesSchema,
  segments: segmentsSchema,
  value: valueSchema,
  lifetime: lifetimeSchema,
  abc: abcSchema,
  rebate: rebateSchema,
  incentive: incentiveSchema,
  purchase: z.strictObject({ unit: z.enum(['orderDay', 'order']) }),
  amount: z.strictObject({ basis: z.literal('netInvoiced'), returnLag: z.strictObject({ days: count }) }),
  growth: z.strictObject({
    compare: z.enum(['samePeriodLastYear', 'previousCycle']),
    twoCycle: z.enum(['each', 'cumulated']),
    minChange: moneySchema,
  }),
  frequency: z.strictObject({ window: z.strictObject({ months: z.number().int().positive().max(60) }) }),
  trend: z.strictObject({ noRecoveryWindow: z.strictObject({ months: z.number().int().positive().max(24) }) }),
  /** I-16, I-42. `length` in months; the anchor is any first day of a cycle. */
  cycle: z.strictObject({
    length: z.number().int().min(1).max(24),
    anchor: localDateSchema,
    steps: z.strictObject({
      freeze: budgetSchema,
      propose: budgetSchema,
      review: budgetSchema,
      decide: budgetSchema,
      announce: budgetSchema,
    }),
  }),
  /** I-17. */
  approval: z.strictObject({
    /** ADJ-11: opinions that must pass. */
    tierReview: approvalSchemeSchema,
    /** ADJ-12: management decides. */
    tier: approvalSchemeSchema,
    /** Into or out of A, and exit. */
    tierTop: approvalSchemeSchema,
    /** ADM-07: the KA management group decides on an admission. */
    admission: approvalSchemeSchema,
    /** PRJ-03: a project is initiated. */
    initiation: approvalSchemeSchema.prefault(decidedSchemes.initiation),
    /** PRJ-06: the baseline of a project. */
    plan: approvalSchemeSchema,
    /** Decision 10: changes of a project by class; `affected.head` stands for the head of each affected department. */
    changeMinor: approvalSchemeSchema,
    changeMajor: approvalSchemeSchema,
    changeEmergency: approvalSchemeSchema,
    /** Decision 10: the group ratifies an emergency, or it is changed back. */
    ratification: approvalSchemeSchema.prefault(decidedSchemes.ratification),
    /** I-39: the committee's own resolution to blacklist a customer. */
    blacklist: approvalSchemeSchema,
    extension: approvalSchemeSchema,
    compensation: approvalSchemeSchema,
    dissatisfaction: approvalSchemeSchema,
    /** GOV-05: a version of this policy. */
    policy: approvalSchemeSchema.prefault(decidedSchemes.policy),
  }),
  dataOwner: z.strictObject({ tier: roleSchema }),
  /** I-36. */
  appeal: z.strictObject({ within: budgetSchema, decideWithin: budgetSchema }),
  kpi: kpiSchema,
  capacity: z.strictObject({
    maxKaPerManager: z.number().int().positive().nullable(),
    tiers: perTier(z.number().int().nonnegative().nullable()),
  }),
})

/** A policy that can be used: complete, checked, operators resolved, money in minor units. */
export type Policy = z.output<typeof policySchema>
/** The same as a person writes it. */
export type PolicyInput = DeepReadonly<z.input<typeof policySchema>>
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

/** Placeholder of the policy template: a legal draft value, an error in a policy to be used (architecture rule 10). */
export const placeholder = '[X]'

/** The pin that instances and journal entries carry. */
export type PolicyPin = {
  readonly id: string
  readonly version: string
  /** sha-256 (hex) of the canonical JSON of the parsed policy. */
  readonly hash: string
}
