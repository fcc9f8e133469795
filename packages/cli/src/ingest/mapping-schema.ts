import { isCurrencyInUse } from '@ka-governance/core'
import { z } from 'zod'
import { compileDateFormat } from './dates.ts'
import { wants } from './mapping-words.ts'

const text = z.string().min(1).max(200)
const column = text
const labels = z.strictObject({ en: text, 'zh-CN': text })
const dateFormat = text.refine((f) => compileDateFormat(f) !== null, wants.dateFormat.en)
const zone = text.refine((z) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: z }))
  } catch {
    return false
  }
}, wants.timeZone.en)

/** Rows left out on purpose: they are counted under their reason. */
const ignoreSchema = z.strictObject({
  column,
  /** Values, compared as written. */
  in: z.array(z.string().max(200)).min(1).max(1000).optional(),
  prefix: text.optional(),
  empty: z.literal(true).optional(),
  reason: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, wants.reason.en),
})

const files = {
  /** Names in the data folder; `*` stands for anything. A `.gz` behind it is found too. */
  files: z
    .array(text.regex(/^[^/\\]+$/, wants.fileName.en))
    .min(1)
    .max(50),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: text.optional(),
  ignore: z.array(ignoreSchema).max(50).default([]),
}

/** Values of a foreign column → our words. */
const dictionary = z.record(z.string().max(200), z.string().max(40))

const accountsSchema = z.strictObject({
  ...files,
  columns: z.strictObject({
    id: column,
    name: column.optional(),
    nameZh: column.optional(),
    region: column.optional(),
    parent: column.optional(),
    since: column.optional(),
    /** A key account now. */
    ka: column.optional(),
    tier: column.optional(),
    manager: column.optional(),
    oldestOverdueDays: column.optional(),
  }),
  dateFormat: dateFormat.default('iso'),
  tiers: dictionary.optional(),
  /** What counts as yes in `ka`. */
  yes: z.array(z.string().max(40)).default(['yes', 'true', '1', 'y', '是']),
  region: text.optional(),
  /** For accounts without a `ka` column. */
  kaDefault: z.boolean().default(true),
})

const ordersSchema = z
  .strictObject({
    ...files,
    columns: z.strictObject({
      account: column,
      /** Lines with the same order number and account are one order. Without it each row is an order. */
      order: column.optional(),
      date: column,
      amount: column.optional(),
      quantity: column.optional(),
      unitPrice: column.optional(),
      currency: column.optional(),
    }),
    dateFormat: dateFormat.default('iso'),
    returns: z
      .strictObject({
        /** Order numbers that begin so are credit notes. */
        orderPrefix: text.optional(),
        /** A negative line or order is a return. */
        negative: z.boolean().default(true),
      })
      .prefault({}),
    /** Lines worth nothing: gifts, samples, corrections of stock. */
    zero: z.enum(['ignore', 'use']).default('ignore'),
    /** The period the file covers, where its first and last order do not say it. */
    coverage: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).optional(),
    /** Accounts that the account file does not have. */
    unknownAccount: z.enum(['create', 'reject']).default('reject'),
  })
  .refine((o) => (o.columns.amount !== undefined) !== (o.columns.quantity !== undefined && o.columns.unitPrice !== undefined), {
    path: ['columns'],
    message: wants.amount.en,
  })

/** Graded judgements [TIER-01], one row each; a later row of the same factor replaces an earlier one from its day on. */
const judgementsSchema = z.strictObject({
  ...files,
  columns: z.strictObject({
    account: column,
    /** A factor (potential, influence, willingness, loyalty) or a condition of an up or down rule, such as loyaltyVeryHigh. */
    subject: column,
    /** 0–100 for a factor; yes or no for a condition. */
    value: column,
    judgedOn: column,
    by: column,
    trend: column.optional(),
  }),
  dateFormat: dateFormat.default('iso'),
  yes: z.array(z.string().max(40)).default(['yes', 'true', '1', 'y', '是']),
  no: z.array(z.string().max(40)).default(['no', 'false', '0', 'n', '否']),
})

/** Payments that came after their due day. */
const paymentsSchema = z.strictObject({
  ...files,
  columns: z.strictObject({ account: column, due: column, paid: column.optional() }),
  dateFormat: dateFormat.default('iso'),
  /** Fewer days than this after the due day are not late. */
  graceDays: z.number().int().min(0).max(365).default(15),
})

const complaintColumns = {
  id: column,
  account: column,
  matter: column.optional(),
  severity: column.optional(),
  kind: column.optional(),
  channel: column.optional(),
}

const complaintCommon = {
  ...files,
  dateFormat: dateFormat.default('iso'),
  severities: dictionary.default({}),
  kinds: dictionary.default({}),
  channels: dictionary.default({}),
  severity: text.default('minor'),
  kind: text.default('other'),
  channel: text.default('hotline'),
  unknownAccount: z.enum(['create', 'reject', 'assign']).default('reject'),
}

/** One row a complaint. */
const complaintRowsSchema = z.strictObject({
  shape: z.literal('rows'),
  ...complaintCommon,
  columns: z.strictObject({
    ...complaintColumns,
    received: column,
    forwarded: column.optional(),
    resolved: column.optional(),
    closed: column.optional(),
    reopenings: column.optional(),
    /** Tells whether the case is finished, where no time says it. */
    outcome: column.optional(),
    satisfied: column.optional(),
    timely: column.optional(),
    upheld: column.optional(),
  }),
  /** Values of `outcome` of cases that are not finished. */
  open: z.array(z.string().max(100)).default([]),
  /** Values of `satisfied` → satisfied, partly, dissatisfied, unknown. */
  satisfaction: dictionary.default({}),
  /** Values of `timely` and `upheld`. */
  yes: z.array(z.string().max(40)).default(['yes', 'true', '1', 'y', '是']),
  no: z.array(z.string().max(40)).default(['no', 'false', '0', 'n', '否']),
})

/** Several rows a complaint, one a change. */
const complaintLogSchema = z.strictObject({
  shape: z.literal('log'),
  ...complaintCommon,
  columns: z.strictObject({
    ...complaintColumns,
    received: column,
    resolved: column.optional(),
    closed: column.optional(),
    state: column,
    /** Orders the rows of a complaint; the times in such logs do not. */
    sequence: column,
    /** When the row's change happened. */
    changed: column,
    timely: column.optional(),
  }),
  /** Words of `state`. */
  states: z.strictObject({
    resolved: z.array(text).min(1),
    closed: z.array(text).min(1),
    waitingForCustomer: z.array(text).default([]),
  }),
  yes: z.array(z.string().max(40)).default(['yes', 'true', '1', 'y']),
  no: z.array(z.string().max(40)).default(['no', 'false', '0', 'n']),
})

const answers = {
  /** Words for yes and no. */
  yes: z.array(z.string().max(40)).default(['yes', 'true', '1', 'y', '是']),
  no: z.array(z.string().max(40)).default(['no', 'false', '0', 'n', '否']),
}

/** Applications for admission, one row each [ADM-05]. A customer may apply again, and an account of the account files may apply too. */
const prospectsSchema = z.strictObject({
  ...files,
  columns: z.strictObject({
    account: column,
    appliedOn: column,
    name: column.optional(),
    nameZh: column.optional(),
    region: column.optional(),
    creditCode: column.optional(),
    parent: column.optional(),
    leadSource: column.optional(),
    industry: column.optional(),
    size: column.optional(),
    need: column.optional(),
    /** Yearly volume that the customer needs; where it is blank the account's orders of twelve months speak. */
    annualVolume: column.optional(),
    currency: column.optional(),
    growthPotential: column.optional(),
    willingness: column.optional(),
    paidInCapital: column.optional(),
    overdueDays: column.optional(),
    stableYears: column.optional(),
    lawful: column.optional(),
    reputation: column.optional(),
    violations: column.optional(),
    /** Ids of the policy's classes, with `;` between them. */
    classes: column.optional(),
    /** Both blank: never signed. */
    contractFrom: column.optional(),
    contractTo: column.optional(),
    manager: column.optional(),
    /** What the committee said: approved, sentBack (once, then approved), rejected, withdrawn (by the customer); blank: approved. */
    committee: column.optional(),
    /** Why an exception was asked for after a failed screening; blank: none was. */
    exception: column.optional(),
  }),
  dateFormat: dateFormat.default('iso'),
  leadSources: dictionary.default({}),
  /** Values of `size` → micro, small, medium, large. */
  sizes: dictionary.default({}),
  committees: dictionary.default({}),
  ...answers,
})

const baselineColumns = {
  scope: column.optional(),
  /** `name@date; name@date`. */
  milestones: column.optional(),
  endDate: column.optional(),
  /** `name=amount; name`. */
  resources: column.optional(),
  qualityStandard: column.optional(),
  budget: column.optional(),
  currency: column.optional(),
}

/** Projects with their first baseline, one row each [PRJ-06]. */
const projectsSchema = z.strictObject({
  ...files,
  columns: z.strictObject({
    id: column,
    account: column,
    registeredOn: column,
    name: column.optional(),
    ...baselineColumns,
    leader: column.optional(),
    /** Ids of the policy's departments, with `;` between them. */
    departments: column.optional(),
    closedOn: column.optional(),
  }),
  dateFormat: dateFormat.default('iso'),
})

/** Changes of projects, one row each; a blank field of the baseline stays as it is [CHG-01]. */
const changesSchema = z.strictObject({
  ...files,
  columns: z.strictObject({
    id: column,
    project: column,
    appliedOn: column,
    reason: column.optional(),
    ...baselineColumns,
    departments: column.optional(),
    emergency: column.optional(),
    /** Whether those who decide agreed; of an emergency: whether it was ratified. Blank: they did. */
    approved: column.optional(),
    /** Whether the customer agreed; blank: it never answered. */
    consent: column.optional(),
    implementedOn: column.optional(),
    verifiedOk: column.optional(),
  }),
  dateFormat: dateFormat.default('iso'),
  ...answers,
})

/** What happens to a relation, one event a row [I-37, I-38, I-39]. */
const relationsSchema = z.strictObject({
  ...files,
  columns: z.strictObject({
    account: column,
    on: column,
    event: column,
    /** A day, a person or an account, as the event needs it. */
    to: column.optional(),
    reason: column.optional(),
  }),
  dateFormat: dateFormat.default('iso'),
  events: dictionary.default({}),
})

/** The mapping of foreign files onto a portfolio. Unknown keys are refused. */
export const mappingSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, wants.id.en),
    title: labels,
    /** Where the data come from and under which licence. */
    source: z.string().max(500).optional(),
    /** Zone of wall-clock times without an offset. */
    timeZone: zone,
    /** Currency of amounts without one. */
    currency: z.string().refine(isCurrencyInUse, wants.currency.en),
    decimal: z.enum(['.', ',']).default('.'),
    /** Rows outside are rejected. */
    dates: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).default({ from: '1970-01-01', to: '2199-12-31' }),
    accounts: accountsSchema.optional(),
    orders: ordersSchema.optional(),
    judgements: judgementsSchema.optional(),
    payments: paymentsSchema.optional(),
    complaints: z.discriminatedUnion('shape', [complaintRowsSchema, complaintLogSchema]).optional(),
    prospects: prospectsSchema.optional(),
    projects: projectsSchema.optional(),
    changes: changesSchema.optional(),
    relations: relationsSchema.optional(),
    /** First day of the source's business year, where it is not 1 January. */
    fiscalYearStart: z
      .string()
      .regex(/^(0[1-9]|1[0-2])-01$/, wants.fiscalYearStart.en)
      .optional(),
  })
  .refine((m) => m.accounts ?? m.orders ?? m.complaints, wants.sections.en)

/** A checked mapping, defaults filled in. */
export type Mapping = z.output<typeof mappingSchema>
/** A mapping as a person writes it. */
export type MappingInput = z.input<typeof mappingSchema>
export type AccountsMapping = z.output<typeof accountsSchema>
export type OrdersMapping = z.output<typeof ordersSchema>
export type JudgementsMapping = z.output<typeof judgementsSchema>
export type PaymentsMapping = z.output<typeof paymentsSchema>
export type ComplaintRowsMapping = z.output<typeof complaintRowsSchema>
export type ComplaintLogMapping = z.output<typeof complaintLogSchema>
export type ComplaintsMapping = ComplaintRowsMapping | ComplaintLogMapping
export type ProspectsMapping = z.output<typeof prospectsSchema>
export type ProjectsMapping = z.output<typeof projectsSchema>
export type ChangesMapping = z.output<typeof changesSchema>
export type RelationsMapping = z.output<typeof relationsSchema>
export type IgnoreRule = z.output<typeof ignoreSchema>
