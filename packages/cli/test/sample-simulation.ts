import { diffPolicies, loadPolicy, presets, type Policy, type Tier } from '@ka-governance/core'
import type {
  ApprovalEffect,
  ClockEffect,
  ManagerLoad,
  Mover,
  MoverReason,
  SensitivityRow,
  Simulation,
  TierMatrix,
} from '@ka-governance/core'

const document = presets.adventureWorks

/** The policy in force, and a draft with a lower floor of tier A and a stricter fall of tier B. */
export const inForcePolicy: Policy = loadPolicy(presets.adventureWorks)
export const draftPolicy: Policy = loadPolicy({
  ...document,
  version: '1.1',
  tier: {
    ...document.tier,
    A: {
      amount: { lookback: 2, min: 'USD 405,000' },
      frequency: { minPerMonth: 0.3 },
      relationship: { minYears: 2 },
      disputes: { max: 1 },
    },
    B: {
      amount: { lookback: 2, range: { from: 'USD 120,000', to: 'USD 405,000' } },
      frequency: { minPerQuarter: 0.75 },
      relationship: { minYears: 1 },
      disputes: { max: 2 },
    },
  },
})

const usd = (minor: number) => ({ currency: 'USD', minor })
const row = (a: number, b: number, c: number, d: number, exit = 0) => ({ A: a, B: b, C: c, D: d, exit })
const none = row(0, 0, 0, 0)

const floorOfA = (actual: number): MoverReason => ({
  parameter: 'tier.A.amount.min',
  number: 'P-07',
  clause: 'TIER-02',
  unit: 'money',
  before: usd(45_000_000),
  after: usd(40_500_000),
  actual,
  joined: [{ parameter: 'tier.B.amount.range', number: 'P-11' }],
})
const frequencyOfA: MoverReason = {
  parameter: 'tier.A.frequency.minPerMonth',
  number: 'P-08',
  clause: 'TIER-02',
  unit: 'purchasesPerMonth',
  before: { op: '>=', value: 0.33 },
  after: { op: '>=', value: 0.3 },
  actual: 0.312,
  joined: [],
}

/** A mover with everything that a test does not care for. */
export const sampleMover = (over: Partial<Mover>): Mover => ({
  accountId: 'AW00000292',
  name: 'Riverside Cycles',
  region: 'Southwest',
  manager: 'linda-mitchell',
  isKeyAccount: true,
  by: 'recommended',
  from: 'B',
  to: 'A',
  direction: 'up',
  tierNow: 'B',
  classBefore: 'B',
  classAfter: 'A',
  recommendedBefore: 'B',
  recommendedAfter: 'A',
  directionBefore: 'stay',
  directionAfter: 'up',
  minor: 42_110_350,
  because: [floorOfA(42_110_350)],
  ...over,
})

const movers: readonly Mover[] = [
  sampleMover({}),
  sampleMover({
    accountId: 'AW00000455',
    name: 'Metropolitan Bicycle Supply',
    region: 'Northeast',
    manager: 'jae-pak',
    minor: 41_870_025,
    because: [floorOfA(41_870_025), frequencyOfA],
  }),
  sampleMover({
    accountId: 'AW00000107',
    name: 'Great Bikes',
    region: 'Canada',
    manager: 'jose-saraiva',
    minor: 40_980_000,
    because: [floorOfA(40_980_000)],
  }),
  sampleMover({
    accountId: 'AW00000618',
    name: 'Retail Mall',
    region: null,
    manager: null,
    isKeyAccount: false,
    from: 'C',
    to: 'D',
    direction: 'down',
    tierNow: 'C',
    classBefore: 'C',
    classAfter: 'D',
    recommendedBefore: 'C',
    recommendedAfter: 'D',
    directionAfter: 'down',
    minor: 934_000,
    because: [
      {
        parameter: 'adjust.C.down.cumulativeDrop',
        number: 'P-28',
        clause: 'ADJ-07',
        unit: 'percent',
        before: { op: '>', value: 35 },
        after: { op: '>', value: 30 },
        actual: 32.4,
        joined: [],
      },
    ],
  }),
  sampleMover({
    accountId: 'AW00000700',
    name: 'Last Stop Bikes',
    from: 'D',
    to: 'exit',
    direction: 'down',
    tierNow: 'D',
    classBefore: 'D',
    classAfter: 'D',
    recommendedBefore: 'D',
    recommendedAfter: 'exit',
    directionAfter: 'exit',
    minor: null,
    because: [],
  }),
  sampleMover({
    accountId: 'AW00000701',
    name: 'First Ride',
    from: null,
    to: 'C',
    direction: 'assigned',
    tierNow: null,
    classBefore: null,
    classAfter: 'C',
    recommendedBefore: null,
    recommendedAfter: 'C',
    directionBefore: null,
    directionAfter: 'assign',
    minor: 4_200_000,
    because: [],
  }),
]

const recommended: TierMatrix = {
  A: row(18, 0, 0, 0),
  B: row(9, 66, 0, 0),
  C: row(0, 0, 88, 4),
  D: row(0, 0, 0, 110, 2),
  exit: row(0, 0, 0, 0, 1),
  none: row(0, 0, 1, 0),
}
const classes: TierMatrix = {
  A: row(18, 0, 0, 0),
  B: row(12, 63, 0, 0),
  C: row(0, 0, 90, 0),
  D: row(0, 0, 0, 116),
  exit: none,
  none,
}

const sensitive = (
  parameter: string,
  number: string,
  unit: SensitivityRow['unit'],
  value: number,
  low: readonly [up: number, down: number],
  high: readonly [up: number, down: number],
): readonly SensitivityRow[] =>
  (
    [
      [-10, low],
      [10, high],
    ] as const
  ).map(([percent, [up, down]]) => ({
    parameter,
    number,
    clause: 'TIER-02',
    unit,
    joined: number === 'P-07' ? [{ parameter: 'tier.B.amount.range', number: 'P-11' }] : [],
    percent,
    currency: unit === 'money' ? 'USD' : null,
    before: value,
    after: Math.round(value * (1 + percent / 100) * 1e6) / 1e6,
    moved: up + down,
    up,
    down,
    reclassified: { total: up + down + 3, up: up + 2, down: down + 1 },
  }))

const clock = (over: Partial<ClockEffect>): ClockEffect => ({
  instanceId: 'cpl-000017',
  kind: 'complaint',
  accountId: 'AW00000292',
  clock: 'resolution',
  parameter: 'complaint.resolution',
  clause: 'CPL-07',
  dueBefore: Date.UTC(2019, 6, 12, 17),
  dueAfter: Date.UTC(2019, 6, 5, 17),
  change: 'earlier',
  becomesOverdue: true,
  ...over,
})
const approval: ApprovalEffect = {
  instanceId: 'adm-000003',
  kind: 'admission',
  accountId: 'AW00000455',
  approval: 'admission',
  before: ['chen-jing', 'li-wei'],
  after: ['chen-jing'],
  added: [],
  dropped: ['li-wei'],
  belowQuorum: true,
  lacks: { stage: 'groupHead', role: 'kaGroup.head', needed: 2, there: 1 },
}

const tiers = (A: number, B: number, C: number, D: number): { readonly [T in Tier]: number } => ({ A, B, C, D })
const manager = (
  name: string,
  keyAccounts: number,
  limit: number | null,
  before: ManagerLoad['before'],
  after: ManagerLoad['after'],
  minor: number,
): ManagerLoad => ({
  manager: name,
  accounts: Object.values(after).reduce((sum, n) => sum + n, 0),
  keyAccounts,
  before,
  after,
  minor,
  limit,
  over: limit !== null && keyAccounts > limit,
})

/** A simulation as it could be, for the tests of what shows one. */
export function sampleSimulation(over: Partial<Simulation> = {}): Simulation {
  return {
    schema: 1,
    scope: 'all',
    policy: {
      inForce: { id: 'adventure-works', version: '1.0', hash: 'a'.repeat(64) },
      draft: { id: 'adventure-works', version: '1.1', hash: 'b'.repeat(64) },
    },
    cycle: '2019-H1',
    period: { from: '2019-01-01', to: '2019-07-01' },
    currency: 'USD',
    accounts: { total: 299, assessed: 268, provisional: 24, notAssessed: 5, failed: 2, notGoverned: 3 },
    classes,
    recommended,
    directions: {
      inForce: { up: 4, down: 7, stay: 268, nominate: 2, exit: 1, assign: 0, notAssessed: 15, hold: 2 },
      draft: { up: 13, down: 11, stay: 253, nominate: 2, exit: 3, assign: 1, notAssessed: 14, hold: 2 },
    },
    sales: {
      A: { before: { accounts: 18, minor: 1_240_000_000 }, after: { accounts: 27, minor: 1_614_300_000 } },
      B: { before: { accounts: 75, minor: 1_980_000_000 }, after: { accounts: 66, minor: 1_605_700_000 } },
      C: { before: { accounts: 92, minor: 520_000_000 }, after: { accounts: 89, minor: 516_200_000 } },
      D: { before: { accounts: 112, minor: 41_000_000 }, after: { accounts: 114, minor: 44_800_000 } },
      exit: { before: { accounts: 1, minor: 100_000 }, after: { accounts: 3, minor: 100_000 } },
      none: { before: { accounts: 1, minor: 4_200_000 }, after: { accounts: 0, minor: 0 } },
    },
    movers: { total: 16, up: 9, down: 6, assigned: 1, listed: movers },
    reclassified: {
      total: 3,
      up: 3,
      down: 0,
      assigned: 0,
      listed: [
        sampleMover({
          accountId: 'AW00000310',
          name: 'Bold Bike Accessories',
          by: 'class',
          recommendedAfter: 'B',
          directionAfter: 'stay',
          minor: 40_733_000,
          because: [floorOfA(40_733_000)],
        }),
      ],
    },
    failures: {
      total: 2,
      listed: [
        {
          accountId: 'AW00000900',
          instanceId: null,
          because: { code: 'missing_rate', field: 'purchases', message: 'no rate from CAD to USD' },
        },
        {
          accountId: 'AW00000901',
          instanceId: null,
          because: { code: 'facts_malformed', field: 'purchases[3].date', message: 'not a date' },
        },
      ],
    },
    sensitivity: [
      ...sensitive('tier.A.amount.min', 'P-07', 'money', 40_500_000, [14, 0], [0, 11]),
      ...sensitive('tier.C.amount.range', 'P-15', 'money', 1_000_000, [3, 0], [0, 6]),
      ...sensitive('tier.B.frequency.minPerQuarter', 'P-12', 'purchasesPerQuarter', 0.75, [2, 1], [0, 4]),
      ...sensitive('adjust.C.down.cumulativeDrop', 'P-28', 'percent', 35, [0, 5], [4, 0]),
      ...sensitive('tier.D.frequency.belowPerYear', 'P-20', 'purchasesPerYear', 1.6, [0, 0], [0, 0]),
    ],
    capacity: [
      { tier: 'A', now: 20, before: 18, after: 27, limitBefore: 25, limitAfter: 25, over: true },
      { tier: 'B', now: 70, before: 75, after: 66, limitBefore: 100, limitAfter: 100, over: false },
      { tier: 'C', now: 90, before: 92, after: 89, limitBefore: null, limitAfter: null, over: false },
      { tier: 'D', now: 118, before: 112, after: 114, limitBefore: null, limitAfter: null, over: false },
    ],
    instances: {
      open: 12,
      byKind: { complaint: 9, admission: 2, 'tier-adjustment': 1 },
      clocks: {
        open: 21,
        earlier: 6,
        later: 0,
        overdue: 2,
        overdueNow: 1,
        listed: [
          clock({}),
          clock({
            instanceId: 'cpl-000021',
            accountId: 'AW00000107',
            clock: 'acceptance',
            parameter: 'complaint.acceptWithin',
            dueAfter: Date.UTC(2019, 6, 4, 9),
          }),
          clock({
            instanceId: 'cpl-000033',
            clock: 'handoff',
            parameter: 'complaint.handoff',
            becomesOverdue: false,
            dueAfter: Date.UTC(2019, 6, 9, 17),
          }),
        ],
      },
      approvals: {
        open: 4,
        changed: 2,
        belowQuorum: 1,
        listed: [approval, { ...approval, instanceId: 'adm-000004', belowQuorum: false, lacks: null }],
      },
    },
    load: {
      approvers: {
        total: 2,
        listed: [
          { person: 'chen-jing', open: 3, draft: 4 },
          { person: 'li-wei', open: 2, draft: 0 },
        ],
      },
      managers: {
        total: 3,
        over: 1,
        listed: [
          manager('linda-mitchell', 14, 12, tiers(3, 20, 18, 10), tiers(7, 16, 18, 10), 812_000_000),
          manager('jae-pak', 11, 12, tiers(4, 14, 11, 9), tiers(5, 13, 11, 9), 690_400_000),
          manager('jose-saraiva', 6, 12, tiers(1, 9, 14, 21), tiers(2, 8, 14, 21), 301_900_000),
        ],
      },
    },
    rebate: {
      year: 2018,
      inForceMinor: 41_200_000,
      draftMinor: 42_850_000,
      unknown: 0,
      brackets: {
        inForce: [
          { from: 6_000_000, percent: 1, accounts: 40, minor: 21_200_000 },
          { from: 12_000_000, percent: 1.75, accounts: 18, minor: 20_000_000 },
        ],
        draft: [
          { from: 6_000_000, percent: 1.2, accounts: 40, minor: 22_850_000 },
          { from: 20_000_000, percent: 2, accounts: 9, minor: 20_000_000 },
        ],
      },
    },
    diff: diffPolicies(inForcePolicy, draftPolicy),
    ...over,
  }
}
