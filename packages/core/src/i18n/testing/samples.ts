import { GovernanceError, InvalidInputError, StoreError } from '../../errors/index.ts'
import type { JournalEntry } from '../../ports/index.ts'
import { commandFinding, unknownField } from '../../runtime/command-findings.ts'
import { recommendTier, type CurrentStanding, type Recommendation } from '../../scoring/index.ts'
import type { AccountFacts } from '../../scoring/facts.ts'
import { cycle, factsWith, monthly, order, policyWith } from '../../scoring/testing/fixtures.ts'
import {
  explainClock,
  extendClock,
  pauseClock,
  rebudgetClock,
  resumeClock,
  startClock,
  type ClockExplanation,
} from '../../sla/index.ts'
import { at, berlin, terms, uncapped } from '../../sla/testing/fixtures.ts'

const reviewed = (current: CurrentStanding, patch: Partial<AccountFacts>, policy = policyWith()): Recommendation =>
  recommendTier({ facts: factsWith(patch), policy, cycle, current })

const judged = (holds: boolean) => ({ holds, judgedOn: '2026-06-01', by: 'u-4' })
const steady = monthly('2024-07-01', 24, 2, 200_000)

/** Reviews of every outcome. */
export const sampleRecommendations: { readonly [name: string]: Recommendation } = {
  upgrade: reviewed(
    { tier: 'B' },
    {
      purchases: [...monthly('2024-07-01', 18, 2, 400_000), ...monthly('2026-01-01', 6, 5, 500_000)],
      conditions: { goodRelations: judged(true), potentialRealised: judged(false) },
    },
  ),
  downgrade: reviewed(
    { tier: 'B' },
    {
      purchases: [...monthly('2024-07-01', 18, 3, 200_000), ...monthly('2026-01-01', 6, 1, 150_000)],
      conditions: { potentialStagnant: judged(true) },
      excusedDrops: [],
    },
  ),
  stays: reviewed({ tier: 'C' }, { purchases: steady, overdueDays: 120 }),
  blocked: reviewed(
    { tier: 'B', override: { until: '2026-12-31' }, lastMove: { cycle: '2025-H2', direction: 'down' } },
    {
      purchases: [...monthly('2024-07-01', 18, 2, 400_000), ...monthly('2026-01-01', 6, 5, 500_000)],
      conditions: { goodRelations: judged(true) },
      disputes: [{ id: 'd-1', openedOn: '2026-01-05', upheld: true, serious: true, settledOn: null }],
    },
  ),
  exit: reviewed(
    { tier: 'D' },
    {
      purchases: [order('2024-08-01', 300_000), order('2025-02-01', 200_000), order('2025-03-01', 90_000)],
      conditions: { potentialGone: judged(true) },
    },
  ),
  prepayment: reviewed(
    { tier: 'D' },
    { purchases: [order('2024-08-01', 300_000), order('2025-02-01', 200_000)], conditions: { potentialGone: judged(true) } },
    policyWith((p) => {
      p.adjust.dDown = 'prepayment'
    }),
  ),
  hold: reviewed({ tier: 'B' }, { purchases: steady, judgements: {} }),
  first: reviewed({ tier: null }, { purchases: monthly('2024-01-01', 30, 3, 400_000) }),
  provisional: reviewed({ tier: null }, { purchases: [order('2026-05-01', 10_000)], relationshipStart: '2026-04-20' }),
}

const days = (amount: number) => ({ amount, unit: 'workingDays' }) as const
const hours = (amount: number) => ({ amount, unit: 'workingHours' }) as const
const opened = at('03-02 10:00')

/** Clocks of every kind, explained. */
export const sampleExplanations: { readonly [name: string]: ClockExplanation } = {
  'hours over a holiday': explainClock(startClock('handoff', hours(44), opened), terms),
  'days with a pause': explainClock(
    resumeClock(
      pauseClock(startClock('resolution', days(7), opened, { pausable: true }), at('03-04 11:30'), 'customerAnswer'),
      at('03-06 09:00'),
    ),
    terms,
  ),
  'hours with a pause that lasts': explainClock(
    pauseClock(startClock('round', hours(20), opened, { pausable: true }), at('03-03 15:00'), 'sampleOrSite'),
    uncapped,
  ),
  'a pause taken to its cap': explainClock(
    pauseClock(startClock('resolution', hours(20), opened, { pausable: true }), at('03-03 15:00'), 'sampleOrSite'),
    terms,
  ),
  'extended, after a change of tier': explainClock(
    extendClock(
      rebudgetClock(startClock('resolution', days(7), opened), days(5), at('03-03 09:00'), 'keep-consumed', 'tier'),
      days(8),
      at('03-05 10:00'),
    ),
    terms,
  ),
  'a long span': explainClock(startClock('preventionCheck', { amount: 90, unit: 'calendarDays' }, opened), terms),
  'a long span of uneven days': explainClock(startClock('propose', hours(400), opened), { ...terms, calendar: berlin }),
  'elapsed hours': explainClock(startClock('groupFeedback', { amount: 30.5, unit: 'elapsedHours' }, opened), terms),
  'a fixed day': explainClock(startClock('effective', { until: at('04-01 00:00') }, opened), terms),
  'beyond the published holidays': explainClock(startClock('appeal', days(10), at('12-28 10:00')), terms),
}

const hash = 'a'.repeat(64)

/** An entry of the audit trail. */
export const entryWith = (patch: Partial<JournalEntry>): JournalEntry => ({
  key: 'cmp-1-000002',
  instanceId: 'cmp-1',
  kind: 'complaint',
  seq: 2,
  at: opened,
  actor: { id: 'u-huang', roles: ['customerService'] },
  command: { type: 'forward', department: 'technical' },
  idempotencyKey: 'k-1',
  commandHash: hash,
  settled: [],
  inputs: [{}],
  from: 'received',
  to: 'assigned',
  effects: [{ id: 'cmp-1-000002-e1', type: 'notify', params: { to: ['department'], message: 'complaintForwarded' } }],
  policy: { id: 'manufacturer-cn', version: '1.0', hash },
  definitionVersion: '1',
  snapshotHash: hash,
  previousHash: hash,
  hash,
  ...patch,
})

const rung = { clock: 'resolution', cycle: 1, revision: 1, rung: '80-warn-owner', kind: 'warn', dueAt: opened } as const

export const sampleEntries: readonly JournalEntry[] = [
  entryWith({}),
  entryWith({
    seq: 3,
    actor: { id: 'u-liu', roles: [], onBehalfOf: 'u-sun' },
    command: { type: 'contain', measure: 'x' },
    from: 'assigned',
    effects: [],
  }),
  entryWith({ seq: 4, actor: { id: 'system', roles: ['system'] }, command: undefined, settled: [rung, rung], from: 'assigned' }),
  entryWith({
    seq: 5,
    kind: 'tier-adjustment',
    command: { type: 'propose', to: 'A' },
    from: 'collecting',
    to: 'inReview',
    observed: [{}],
  }),
]

export const sampleEffects: readonly { readonly type: string; readonly params: JournalEntry['effects'][number]['params'] }[] = [
  { type: 'notify', params: { to: ['owner', 'person:u-liu', 'customerService.head'], message: 'complaintReceived' } },
  { type: 'tellCustomer', params: { message: 'serviceArrangement', data: { serviceLevel: 2 } } },
  { type: 'tellCustomer', params: { message: 'resultReported' } },
  { type: 'createTask', params: { for: 'technical', task: 'sample' } },
  { type: 'fileDocument', params: { form: 'handlingPlan' } },
  { type: 'command', params: { kind: 'account', instanceId: 'account-c-1', command: { type: 'changeTier', to: 'A' } } },
  { type: 'command', params: { kind: 'complaint', command: { type: 'open' } } },
  {
    type: 'clockRung',
    params: {
      clock: 'resolution',
      cycle: 1,
      kind: 'escalate',
      rung: '150-escalate-kaGroup.head',
      dueAt: opened,
      to: 'kaGroup.head',
      owner: 'technical',
    },
  },
  { type: 'crm.badge', params: { colour: 'red' } },
]

export const sampleErrors: readonly unknown[] = [
  new GovernanceError('not_found', 'there is no complaint "cmp-9"', { details: { instanceId: 'cmp-9' } }),
  new StoreError('unknown_outcome', 'the answer was lost', { details: { entry: 'cmp-1-000004' } }),
  new InvalidInputError(
    'Policy',
    [
      {
        path: 'tier.A.amount.min',
        code: 'unset',
        message: 'no value yet',
        remedy: 'give money, e.g. CNY 16,000,000',
        clause: 'P-07',
        line: 12,
        column: 5,
      },
      {
        path: 'sla.ladder[1]',
        code: 'ladder',
        message: '80 % stands after 100 %',
        remedy: 'sort the rungs by at',
        severity: 'warning',
        line: 40,
      },
      { path: '', code: 'syntax', message: 'bad indentation', remedy: 'indent with spaces' },
    ],
    'invalid_policy',
  ),
  new InvalidInputError(
    'complaint command "plan"',
    [
      commandFinding('plan', 'measures', 'missing', { expected: 'string', rows: [] }),
      commandFinding('plan', 'compensation.minor', 'tooSmall', { limit: 0, inclusive: true, of: null }),
      commandFinding('plan', 'finishBy', 'noSuchDay', {}),
      unknownField('plan', ['mesures'], ['type', 'measures', 'compensation', 'finishBy'], 'measures'),
      commandFinding('transferVote', 'to', 'blank', {}),
    ],
    'invalid_command',
  ),
  new TypeError('x is not a function'),
]
