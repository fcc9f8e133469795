import type { AdmissionReport, ChangeReport, RelationsModel } from '../src/report/model-relations.ts'

const application = (over: Partial<AdmissionReport>): AdmissionReport => ({
  accountId: 'KH1101',
  name: 'Yunfan Aerospace Structures',
  appliedOn: '2024-03-04',
  instanceId: 'adm-1',
  state: 'established',
  refused: [],
  isCustomer: false,
  score: {
    value: 91.25,
    minScore: 60,
    passes: false,
    reasons: [{ code: 'mandatoryNotMet', criterion: 'finance' }],
    parts: [
      {
        criterion: 'need',
        value: 100,
        weight: 30,
        mandatory: false,
        met: true,
        measures: [
          { measure: 'annualVolume', op: '>=', required: 200_000_000, actual: 960_000_000, met: true, currency: 'CNY' },
          { measure: 'growthPotential', op: '>=', required: 60, actual: 82, met: true },
        ],
      },
      {
        criterion: 'finance',
        value: 64,
        weight: 25,
        mandatory: true,
        met: false,
        measures: [
          { measure: 'paidInCapital', op: '>=', required: 500_000_000, actual: 320_000_000, met: false, currency: 'CNY' },
        ],
      },
    ],
    shortfalls: [
      {
        measure: 'paidInCapital',
        criterion: 'finance',
        op: '>=',
        required: 500_000_000,
        actual: 320_000_000,
        met: false,
        currency: 'CNY',
        passesAt: 500_000_000,
      },
    ],
  },
  missing: [],
  derived: ['stableYears'],
  exception: 'The parent company guarantees',
  returns: 1,
  conditions: 2,
  daysToDecision: 12.4,
  daysToEnd: 63,
  contract: { from: '2024-05-06', to: '2026-05-05' },
  classes: ['industryLeader'],
  ...over,
})

const change = (over: Partial<ChangeReport>): ChangeReport => ({
  changeId: 'BG04',
  instanceId: 'chg-4',
  appliedOn: '2024-11-11',
  reason: 'The test bench is occupied',
  state: 'closed',
  emergency: false,
  class: 'major',
  reasons: [{ because: 'endDate', workingDays: 13, limit: 10 }],
  dimensions: ['schedule'],
  consent: 'given',
  overtaken: 1,
  breach: null,
  back: null,
  version: 3,
  daysToEnd: 34.5,
  refused: ['Another change came first [CHG-02].'],
  ...over,
})

/** Admissions, projects and relations with something of everything. */
export const sampleRelations = (hostile = 'Kunpeng Marine'): RelationsModel => ({
  admissions: [
    application({}),
    application({
      accountId: 'KH1108',
      name: hostile,
      state: 'expired',
      score: null,
      missing: ['paidInCapital'],
      derived: [],
      exception: null,
      contract: null,
      daysToDecision: null,
    }),
    application({
      accountId: 'KH1107',
      instanceId: null,
      state: 'notOpened',
      score: null,
      refused: ['KH1101 has this credit code already [ADM-05].'],
      exception: hostile,
    }),
  ],
  projects: [
    {
      projectId: 'PJ2401',
      name: hostile,
      accountId: 'KH1001',
      accountName: 'Huarui Precision Machinery',
      state: 'active',
      refused: [],
      versions: [
        { version: 1, on: '2024-04-19', by: null, back: false, approvedAs: 'plan' },
        { version: 2, on: '2024-06-27', by: 'BG01', back: false, approvedAs: 'minor' },
        { version: 3, on: '2024-07-02', by: 'BG09', back: true, approvedAs: 'major' },
      ],
      endDate: { first: '2025-03-31', last: '2025-04-18' },
      budget: { first: { currency: 'CNY', minor: 480_000_000 }, last: { currency: 'EUR', minor: 49_000_000 } },
      changes: [
        change({}),
        change({
          changeId: 'BG09',
          emergency: true,
          state: 'rolledBack',
          breach: 'notRatified',
          back: 'closed',
          reasons: [{ because: 'scope' }, { because: 'budget', share: null, limit: 3 }],
          reason: hostile,
          refused: [hostile],
        }),
      ],
    },
  ],
  relations: {
    events: [
      {
        accountId: 'KH1028',
        name: hostile,
        on: '2025-03-03',
        event: 'suspend',
        to: null,
        reason: hostile,
        outcome: 'done',
        refused: [],
      },
      {
        accountId: 'KH1038',
        name: 'Kunpeng Repair Yard',
        on: '2025-05-12',
        event: 'merged-into',
        to: hostile,
        reason: '',
        outcome: 'refused',
        refused: ['An adjustment is open.'],
      },
    ],
    lines: [
      {
        accountId: 'KH1042',
        name: hostile,
        spans: [
          { state: 'ka', from: Date.UTC(2022, 6, 1), to: Date.UTC(2024, 2, 18) },
          { state: 'exiting', from: Date.UTC(2024, 2, 18), to: Date.UTC(2024, 4, 6) },
          { state: 'exited', from: Date.UTC(2024, 4, 6), to: Date.UTC(2026, 3, 1) },
        ],
        events: [{ at: Date.UTC(2024, 2, 18), on: '2024-03-18', command: 'endByCustomer', state: 'exiting' }],
      },
    ],
    from: Date.UTC(2022, 6, 1),
    to: Date.UTC(2026, 3, 1),
  },
})

/** A run whose files hold none of it. */
export const noRelations: RelationsModel = { admissions: [], projects: [], relations: { events: [], lines: [], from: 0, to: 1 } }
