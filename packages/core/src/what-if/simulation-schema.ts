import { z } from 'zod'
import type { JsonValue } from '../errors/index.ts'
import { localDateSchema } from '../policy/index.ts'
import { tiers } from '../policy/parts.ts'
import { contradictionsIn } from './laws/index.ts'
import { named } from './sensitivity.ts'
import { thresholds } from './thresholds.ts'
import type { Simulation } from './types.ts'

// What `simulate` returns, to the last member: evidence is read by it, and what is not in here is not in the evidence.
const count = z.number().int().min(0)
const sum = z.number()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const tier = z.enum(tiers)
const after = z.enum([...tiers, 'exit'])
const json = z.custom<JsonValue>((value) => value !== undefined)
const pin = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  version: z.string().regex(/^\d{1,6}(\.\d{1,6}){0,2}$/),
  hash,
})

/** Never more listed than there are. */
const listed = <T extends z.ZodType>(item: T) =>
  z
    .strictObject({ total: count, listed: z.array(item) })
    .refine(({ total, listed: some }) => some.length <= total, { path: ['listed'] })
const moves = { total: count, up: count, down: count, assigned: count }
const perTier = <T extends z.ZodType>(of: T) => z.strictObject({ A: of, B: of, C: of, D: of })
const row = z.strictObject({ A: count, B: count, C: count, D: count, exit: count })
const matrix = z.strictObject({ A: row, B: row, C: row, D: row, exit: row, none: row })
const directions = z.strictObject({
  up: count,
  down: count,
  stay: count,
  nominate: count,
  exit: count,
  assign: count,
  notAssessed: count,
  hold: count,
})
const direction = directions.keyof()
const sales = z.strictObject({ accounts: count, minor: sum })
const bothSales = z.strictObject({ before: sales, after: sales })

const parameter = { parameter: z.string(), number: z.string(), clause: z.string(), unit: z.string().nullable() }
const joined = z.array(z.strictObject({ parameter: z.string(), number: z.string() }))
const because = z.strictObject({ ...parameter, before: json, after: json, actual: sum.nullable(), joined })
const mover = z.strictObject({
  accountId: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  manager: z.string().nullable(),
  isKeyAccount: z.boolean(),
  by: z.enum(['recommended', 'class']),
  from: after.nullable(),
  to: after,
  direction: z.enum(['up', 'down', 'assigned']),
  tierNow: tier.nullable(),
  classBefore: tier.nullable(),
  classAfter: tier,
  recommendedBefore: after.nullable(),
  recommendedAfter: after,
  directionBefore: direction.nullable(),
  directionAfter: direction,
  minor: sum.nullable(),
  because: z.array(because),
})
const movers = z.strictObject({ ...moves, listed: z.array(mover) })

const sensitivity = z.strictObject({
  ...parameter,
  joined,
  percent: z.number().gt(-100).lt(100),
  currency: z.string().nullable(),
  before: sum,
  after: sum,
  moved: count,
  up: count,
  down: count,
  reclassified: z.strictObject({ total: count, up: count, down: count }),
})
/** The only free texts of it that an entry repeats are names of thresholds: those that there are. */
const isThreshold = ({ parameter: path, number }: z.output<typeof sensitivity>): boolean =>
  thresholds.some((spec) => spec.path === path) && named(path).number === number

const place = { instanceId: z.string(), kind: z.string(), accountId: z.string() }
const instant = z.number().int()
const clock = z.strictObject({
  ...place,
  clock: z.string(),
  parameter: z.string(),
  clause: z.string(),
  dueBefore: instant.nullable(),
  dueAfter: instant.nullable(),
  change: z.enum(['earlier', 'later', 'same']),
  becomesOverdue: z.boolean(),
})
const people = z.array(z.string())
const approval = z.strictObject({
  ...place,
  approval: z.string(),
  before: people,
  after: people,
  added: people,
  dropped: people,
  belowQuorum: z.boolean(),
  lacks: z
    .strictObject({ stage: z.string(), role: z.string().nullable(), needed: z.number().nullable(), there: z.number() })
    .nullable(),
})
const instances = z.strictObject({
  open: count,
  byKind: z.record(z.string(), count),
  clocks: z.strictObject({
    open: count,
    earlier: count,
    later: count,
    overdue: count,
    overdueNow: count,
    listed: z.array(clock),
  }),
  approvals: z.strictObject({ open: count, changed: count, belowQuorum: count, listed: z.array(approval) }),
})

const manager = z.strictObject({
  manager: z.string(),
  accounts: count,
  keyAccounts: count,
  before: perTier(count),
  after: perTier(count),
  minor: sum,
  limit: z.number().nullable(),
  over: z.boolean(),
})
const bracket = z.strictObject({ from: sum, percent: sum, accounts: count, minor: sum })
const change = z.strictObject({
  kind: z.enum(['changed', 'added', 'removed', 'moved']),
  path: z.array(z.string()),
  parameter: z.string(),
  number: z.string(),
  clause: z.string(),
  before: json.optional(),
  after: json.optional(),
  position: z.number().optional(),
})

/** A simulation, strictly: every member, none besides, and figures that do not contradict one another. */
export const simulationSchema = z
  .strictObject({
    schema: z.literal(1),
    scope: z.enum(['all', 'some']),
    policy: z.strictObject({ inForce: pin.nullable(), draft: pin }),
    cycle: z.string().regex(/^\d{4}-[HC]\d{1,2}$/),
    period: z.strictObject({ from: localDateSchema, to: localDateSchema }),
    currency: z.string().regex(/^[A-Z]{3}$/),
    accounts: z.strictObject({
      total: count,
      assessed: count,
      provisional: count,
      notAssessed: count,
      failed: count,
      notGoverned: count,
      inGroups: count.optional(),
    }),
    classes: matrix,
    recommended: matrix,
    directions: z.strictObject({ inForce: directions.nullable(), draft: directions }),
    sales: z.strictObject({ A: bothSales, B: bothSales, C: bothSales, D: bothSales, exit: bothSales, none: bothSales }),
    movers,
    reclassified: movers,
    failures: listed(
      z.strictObject({
        accountId: z.string(),
        instanceId: z.string().nullable(),
        because: z.strictObject({ code: z.string(), field: z.string().nullable(), message: z.string() }),
      }),
    ),
    sensitivity: z.array(sensitivity.refine(isThreshold, { path: ['parameter'] })).nullable(),
    capacity: z.array(
      z.strictObject({
        tier,
        now: count,
        before: count,
        after: count,
        limitBefore: z.number().nullable(),
        limitAfter: z.number().nullable(),
        over: z.boolean(),
      }),
    ),
    instances: instances.nullable(),
    load: z.strictObject({
      approvers: listed(z.strictObject({ person: z.string(), open: count, draft: count })),
      managers: z.strictObject({ total: count, over: count, listed: z.array(manager) }),
    }),
    rebate: z
      .strictObject({
        year: count,
        inForceMinor: sum.nullable(),
        draftMinor: sum,
        unknown: count,
        brackets: z.strictObject({ inForce: z.array(bracket).nullable(), draft: z.array(bracket) }),
      })
      .nullable(),
    diff: z.array(change),
  })
  .superRefine((simulation, context) => {
    for (const at of contradictionsIn(simulation as Simulation)) context.addIssue({ code: 'custom', path: at.split('.') })
  })
