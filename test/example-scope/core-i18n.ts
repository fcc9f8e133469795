// What the `@example` blocks of packages/core/src/i18n may use: a refusal, a clock that is explained, and an entry of the audit trail.
import type { Refusal } from '../../packages/core/src/errors/index.ts'
import { manufacturerCn, type Policy } from '../../packages/core/src/policy/index.ts'
import type { JournalEntry } from '../../packages/core/src/ports/index.ts'
import { admissionScore, recommendTier, type AdmissionScore, type Recommendation } from '../../packages/core/src/scoring/index.ts'
import { explainClock, startClock, type ClockExplanation } from '../../packages/core/src/sla/index.ts'
import { createWorkingCalendar } from '../../packages/core/src/calendar/index.ts'

export const policy: Policy = manufacturerCn()

export const refusal: Refusal = {
  code: 'role_required',
  rule: 'mayWithRole',
  clause: 'CPL-11',
  required: ['technical'],
  actual: ['sales'],
}

const hours: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
]
const calendar = createWorkingCalendar({
  timeZone: 'Asia/Shanghai',
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
})
const opened = calendar.instantOf('2026-03-02', '10:00')

/** A Monday at ten, seven working days. */
export const explanation: ClockExplanation = explainClock(startClock('resolution', { amount: 7, unit: 'workingDays' }, opened), {
  calendar,
  ladder: [],
})

/** An account of which little is known yet. */
export const recommendation: Recommendation = recommendTier({
  facts: {
    accountId: 'a-1',
    isKeyAccount: true,
    currency: 'CNY',
    relationshipStart: '2026-04-20',
    purchases: [],
    disputes: [],
    latePayments: [],
    overdueDays: 0,
    judgements: {},
  },
  policy,
  cycle: { id: '2026-H1', from: '2026-01-01', to: '2026-07-01' },
  current: { tier: null },
})

const hash = 'a'.repeat(64)
export const entry: JournalEntry = {
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
}

/** A customer that meets every limit but pays late. */
export const score: AdmissionScore = admissionScore(
  {
    lawfulOperation: 1,
    goodReputation: 1,
    noMajorViolation: 1,
    annualVolume: 300_000_000,
    growthPotential: 80,
    willingness: 90,
    paidInCapital: 800_000_000,
    overdueDays: 61,
    stableYears: 5,
  },
  policy,
)

/** A draft tried on twenty accounts. */
export { simulation } from './core-what-if.ts'
