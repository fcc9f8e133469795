import { sampleRelations } from './sample-relations.ts'
import type { CycleReport, Move, ReportModel, ReviewEnd, TierOrExit, TierOrNone } from '../src/report/model.ts'

/** A name that tries everything: markup, attributes, script ends, text direction. */
export const hostileName = `<script>alert(1)</script>"' onmouseover=x \u202eevil </style><img src=x onerror=alert(2)>`

const zero = (): Record<TierOrExit, number> => ({ A: 0, B: 0, C: 0, D: 0, exit: 0, none: 0 })
const ends = (given: Partial<Record<ReviewEnd, number>>): CycleReport['ends'] => ({
  applied: 0,
  unchanged: 0,
  kept: 0,
  overridden: 0,
  rejected: 0,
  open: 0,
  hold: 0,
  provisional: 0,
  ...given,
})

function cycle(
  id: string,
  from: string,
  to: string,
  counts: readonly [number, number, number, number, number],
  partial = false,
): CycleReport {
  const [A, B, C, D, none] = counts
  const matrix: Record<TierOrNone, Record<TierOrExit, number>> = { A: zero(), B: zero(), C: zero(), D: zero(), none: zero() }
  matrix.A.A = A - 1
  matrix.A.B = 1
  matrix.B.A = 1
  matrix.B.B = B - 1
  matrix.C.C = C
  matrix.C.B = 1
  matrix.D.D = D
  matrix.D.exit = 1
  matrix.none.C = none
  return {
    id,
    from,
    to,
    partial,
    counts: { A, B, C, D, none: 0 },
    sales: { A: A * 812_000_000, B: B * 190_000_000, C: C * 45_000_000, D: D * 7_000_000, none: 0 },
    matrix,
    ends: ends({ applied: 3, unchanged: A + B + C + D - 4, kept: 1, provisional: none }),
  }
}

const move = (over: Partial<Move>): Move => ({
  cycle: '2025-H2',
  accountId: 'KH1008',
  name: 'Beihe Pumps',
  from: 'B',
  to: 'A',
  recommended: 'A',
  direction: 'up',
  end: 'applied',
  rule: { name: 'B.up', clause: 'ADJ-03' },
  conditions: [
    {
      name: 'amountGrowth',
      kind: 'number',
      parameter: 'adjust.B.up.amountGrowth',
      unit: 'percent',
      op: '>=',
      required: 30,
      actual: 42.3,
      met: true,
    },
    {
      name: 'frequencyIncrease',
      kind: 'number',
      parameter: 'adjust.B.up.frequencyIncrease',
      unit: 'purchasesPerQuarter',
      op: '>=',
      required: 2,
      actual: 3,
      met: true,
    },
    { name: 'potentialRealised', kind: 'judged', required: true, actual: true, met: true, by: 'u-novak', judgedOn: '2025-11-20' },
    { name: 'goodRelations', kind: 'judged', required: true, actual: null, met: null, reason: 'notJudged' },
  ],
  points: 3.55,
  parts: [
    { factor: 'amount', raw: 1_720_000_000, letter: 'A', weight: 40, points: 4, known: true, stale: false },
    { factor: 'frequency', raw: 26, letter: 'A', weight: 15, points: 4, known: true, stale: false },
    { factor: 'potential', raw: 82, letter: 'A', weight: 20, points: 4, known: true, stale: false },
    { factor: 'stability', raw: 7.5, letter: 'B', weight: 15, points: 3, known: true, stale: false },
    { factor: 'influence', raw: null, letter: null, weight: 10, points: null, known: false, stale: false },
  ],
  gates: [],
  nextTier: null,
  shortfalls: [],
  sales: 912_000_000,
  salesBefore: 641_000_000,
  remark: null,
  ...over,
})

/** A model with everything in it, for tests of the report and for looking at it. */
export function sampleModel(over: Partial<ReportModel> = {}): ReportModel {
  return {
    ...sampleRelations(),
    locale: 'en',
    portfolio: { title: 'Demonstration portfolio', sources: ['Invented data'] },
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    period: { from: '2022-07-01', to: '2025-12-31' },
    policy: {
      id: 'manufacturer-cn',
      version: '1.0',
      hash: 'ab'.repeat(32),
      title: 'Key-account policy (industrial manufacturer, China)',
    },
    seed: 'demo',
    accounts: 40,
    keyAccounts: 40,
    sales: { current: 17_200_000_000, previous: 15_900_000_000, from: '2025-01-01', to: '2025-12-31' },
    cycles: [
      cycle('2023-H2', '2023-07-01', '2024-01-01', [7, 12, 15, 6, 2], true),
      cycle('2024-H1', '2024-01-01', '2024-07-01', [7, 12, 15, 6, 0]),
      cycle('2024-H2', '2024-07-01', '2025-01-01', [7, 11, 16, 6, 0]),
      cycle('2025-H1', '2025-01-01', '2025-07-01', [6, 12, 15, 7, 0]),
      cycle('2025-H2', '2025-07-01', '2026-01-01', [8, 11, 14, 6, 0]),
    ],
    moves: [
      move({}),
      move({
        accountId: 'KH1005',
        name: hostileName,
        from: 'A',
        to: 'B',
        recommended: 'B',
        direction: 'down',
        end: 'applied',
        rule: { name: 'A.down', clause: 'ADJ-05' },
        conditions: [
          {
            name: 'amountDrop',
            kind: 'number',
            parameter: 'adjust.A.down.amountDrop',
            unit: 'percent',
            op: '>',
            required: 20,
            actual: 31,
            met: true,
          },
          {
            name: 'amountDropBefore',
            kind: 'number',
            parameter: 'adjust.A.down.amountDrop',
            unit: 'percent',
            op: '>',
            required: 20,
            actual: 27.4,
            met: true,
          },
          { name: 'noRecovery', kind: 'judged', required: true, actual: true, met: true, by: 'u-wu', judgedOn: '2025-12-02' },
        ],
        nextTier: 'A',
        shortfalls: [
          { factor: 'points', parameter: 'tier.cutoffs.A', clause: 'I-15', op: '>=', needed: 3.5, actual: 2.95 },
          {
            factor: 'amount',
            parameter: 'tier.A.amount.min',
            clause: 'P-07',
            op: '>=',
            needed: 1_600_000_000,
            actual: 1_312_000_000,
          },
        ],
        gates: [{ gate: 'aboveAmount', parameter: 'tier.gates.aboveAmount', cap: 'A', actual: 'B' }],
        sales: 388_000_000,
        salesBefore: 770_000_000,
      }),
      move({
        accountId: 'KH1032',
        name: '蓝天塑料',
        from: 'D',
        to: 'exit',
        recommended: 'exit',
        direction: 'exit',
        rule: { name: 'D.down', clause: 'ADJ-08' },
        nextTier: 'C',
        shortfalls: [
          { factor: 'frequency', parameter: 'tier.C.frequency.aboutPerYear', clause: 'P-16', op: '>=', needed: 4, actual: 1 },
        ],
        sales: 900_000,
        salesBefore: 7_500_000,
      }),
      move({
        accountId: 'KH1011',
        name: 'Fuyuan Castings',
        from: 'B',
        to: 'B',
        recommended: 'C',
        direction: 'down',
        end: 'kept',
        rule: { name: 'B.down', clause: 'ADJ-06' },
        remark: 'A new press line starts in March; the orders are signed.',
        nextTier: 'A',
        sales: 90_000_000,
        salesBefore: 160_000_000,
      }),
    ],
    complaints: {
      total: 116,
      opened: 116,
      states: [
        { state: 'confirming', count: 3 },
        { state: 'archived', count: 100 },
        { state: 'notUpheld', count: 7 },
        { state: 'closedWithoutSatisfaction', count: 6 },
      ],
      rounds: [92, 18, 6],
      satisfied: 96,
      dissatisfied: 22,
      reopened: 5,
      byTier: [
        { tier: 'A', met: 24, late: 5 },
        { tier: 'B', met: 38, late: 7 },
        { tier: 'C', met: 27, late: 9 },
        { tier: 'D', met: 5, late: 1 },
      ],
      recorded: { bothMet: 80, onlyOursLate: 14, onlyTheirsLate: 3, bothLate: 8 },
    },
    clocks: [
      {
        clock: 'handoff',
        parameter: 'complaint.handoff',
        budget: '4 working hours',
        met: 101,
        late: 15,
        open: 0,
        dropped: 0,
        histogram: [40, 31, 20, 10, 9, 6],
      },
      {
        clock: 'acceptance',
        parameter: 'complaint.acceptWithin',
        budget: '4 working hours',
        met: 110,
        late: 6,
        open: 0,
        dropped: 0,
        histogram: [60, 30, 15, 5, 4, 2],
      },
      {
        clock: 'resolution',
        parameter: 'complaint.resolution',
        budget: '7 working days',
        met: 94,
        late: 22,
        open: 0,
        dropped: 0,
        histogram: [12, 33, 28, 21, 14, 8],
      },
    ],
    refusals: [
      {
        code: 'maker_is_checker',
        rule: 'mayCheck',
        clause: 'I-17',
        command: 'tierAdjustment.vote',
        count: 14,
        text: 'Whoever made the proposal cannot approve it.',
      },
      {
        code: 'field_missing',
        rule: 'mayArchive',
        clause: 'CPL-07',
        command: 'complaint.archive',
        count: 9,
        text: 'Lessons are missing: fill in <lessons>.',
      },
    ],
    warnings: [
      {
        accountId: 'KH1006',
        name: 'Jinling Machine Tools',
        tier: 'A',
        sales: 455_000_000,
        warnings: [
          {
            name: 'amountDrop',
            parameter: 'adjust.A.down.amountDrop',
            op: '>',
            limit: 20,
            actual: 26.1,
            margin: -6.1,
            firing: true,
            lacks: 39_000_000,
            lacksUnit: 'minor',
          },
        ],
      },
    ],
    statecharts: [
      {
        title: 'Complaint',
        svg: '<svg viewBox="0 0 200 40"><rect width="80" height="30" fill="none" stroke="currentColor"/><text x="10" y="20">received</text></svg>',
      },
    ],
    journal: { instances: 356, entries: 2410, sweeps: 310, rungs: 122, verified: true },
    data: {
      tallies: [
        { file: 'accounts.csv', section: 'accounts', mapping: 'standard', rows: 40, used: 40, rejected: 0, ignored: {} },
        {
          file: 'orders.csv',
          section: 'orders',
          mapping: 'standard',
          rows: 2106,
          used: 2102,
          rejected: 3,
          ignored: { 'zero-value': 1 },
        },
        {
          file: 'complaints.csv',
          section: 'complaints',
          mapping: 'standard',
          rows: 118,
          used: 116,
          rejected: 1,
          ignored: { duplicate: 1 },
        },
      ],
      rejectedByCode: { date_malformed: 2, account_unknown: 1 },
      rejected: [
        {
          code: 'date_malformed',
          file: 'orders.csv',
          line: 202,
          column: 'date',
          value: '2023-02-30',
          message: 'not a date in the format iso',
          remedy: 'correct the date',
          raw: 'KH1002,…',
        },
        {
          code: 'account_unknown',
          file: 'orders.csv',
          line: 602,
          column: 'account_id',
          value: 'KH9999',
          message: 'the account files do not have this account',
          remedy: 'add it',
          raw: 'KH9999,…',
        },
      ],
      notes: [{ code: 'returns', count: 31, file: null }],
    },
    methods: ['orders-net', 'coverage', 'complaint-times', 'clock-virtual', 'reviewers', 'refusals', 'money'],
    ...over,
  }
}
