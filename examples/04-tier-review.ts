// The half-yearly review moves an account from C to B: recommendation, opinions, decision, announcement, effective date,
// and the clocks of a complaint that is open at that moment.
//
//   node examples/04-tier-review.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import {
  createGovernance,
  demoDirectory,
  formatInstant,
  formatOptionsOf,
  formatRecommendation,
  loadPolicy,
  presets,
  type AccountFacts,
  type Purchase,
} from '@ka-governance/core'

// This company promises B customers an answer within five working days instead of seven.
const policy = loadPolicy({
  ...presets.manufacturerCn,
  directory: demoDirectory,
  complaint: {
    ...presets.manufacturerCn.complaint,
    tighter: [{ when: { tiers: ['A', 'B'] }, resolution: { amount: 5, unit: 'workingDays' } }],
  },
})
const texts = formatOptionsOf(policy)
const day = (instant: number): string => formatInstant(instant, 'en', { timeZone: policy.timeZone })

// What the CRM knows of the account: one order of CNY 1 m a month for two and a half years, and what people judged.
const months = Array.from({ length: 30 }, (_, i) => `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`)
const purchases = months.map((month): Purchase => ({
  date: `${month}-05`,
  orderId: `o-${month}`,
  minor: 100_000_000,
  currency: 'CNY',
  kind: 'order',
}))
const judged = { score: 85, judgedOn: '2026-05-01', by: 'u-wu' }
const facts: AccountFacts = {
  accountId: 'acme',
  isKeyAccount: true,
  currency: 'CNY',
  relationshipStart: '2018-01-01',
  purchases,
  disputes: [],
  latePayments: [],
  overdueDays: 0,
  judgements: { potential: judged, influence: judged, willingness: judged, loyalty: judged },
}

// Monday, 3 August: the first half-year is over, and its figures no longer change.
const clock = createVirtualClock('2026-08-03T09:00:00+08:00')
const told: string[] = []
const governance = createGovernance({
  store: createMemoryStore({
    clock: clock.now,
    accounts: [{ accountId: 'acme', name: 'Acme', region: null, parentId: null, facts }],
  }),
  policy,
  host: { clock: clock.now },
  handlers: {
    default: ({ type, params }) => {
      const { message } = params as { readonly message?: string }
      told.push(`${type} ${message ?? ''}`)
      return Promise.resolve()
    },
  },
})
await governance.account.adopt(
  { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'C', manager: 'u-liu' },
  { actor: 'u-liu' },
)

// 1. The review of the whole portfolio, here of one account. The recommendation is data; its text is a formatter's matter.
const [reviewed] = await Array.fromAsync(governance.review({ cycle: '2026-H1', actor: 'u-novak' }))
assert.equal(reviewed?.status, 'opened')
assert.ok(reviewed.recommendation)
assert.equal(reviewed.recommendation.recommended, 'B')
console.log(['1. recommendation', ...formatRecommendation(reviewed.recommendation, 'en', texts), ''].join('\n   '))

type Command = Parameters<typeof governance.tierAdjustment.send>[1]
const id = reviewed.instanceId
const now = async () => {
  const view = await governance.tierAdjustment.get(id)
  assert.ok(view)
  return view
}
const send = async (actor: string, command: Command) => {
  const result = await governance.tierAdjustment.send(id, command, { actor })
  assert.ok(result.ok, `${command.type} was refused`)
  console.log(`   ${actor.padEnd(9)} ${command.type.padEnd(8)} → ${result.state}`)
}
const approve = async (actor: string, approval: 'review' | 'decision') =>
  send(actor, { type: 'vote', approval, decision: 'approve', basis: (await now()).approvals[approval]?.basis })

// 2. Marketing proposes; sales and service give their opinions; management decides. Nobody decides on their own proposal.
console.log('2. the way through the company')
await send('u-wu', { type: 'propose', to: 'B', reason: 'The numbers say so' })
console.log(`   what follows from it: ${JSON.stringify((await now()).context.consequences)}`)
await approve('u-wang', 'review')
await approve('u-okafor', 'review')
await approve('u-chen', 'decision')
const { effectiveAt } = (await now()).context
assert.ok(effectiveAt)

// 3. Everybody is told now; the tier holds from the first of the next month.
await governance.sweep()
console.log(
  `3. told: ${told.filter((line) => /tierDecided|serviceArrangement/.test(line)).join(', ')}; in force on ${day(effectiveAt)}`,
)
const tier = async () => (await governance.account.get(governance.account.idOf('acme')))?.context.tier
assert.equal(await tier(), 'C')

// 4. A complaint that comes in before runs against the promise to C …
clock.travelTo('2026-08-28T10:00:00+08:00')
const complaint = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Paint peels off',
    contact: 'Ms Li',
    expectedSolution: 'Rework',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang' },
)
const due = async (): Promise<number> => {
  const view = await governance.complaint.get(complaint.id)
  const dueAt = view?.clocks.find(({ name }) => name === 'resolution')?.standing.dueAt
  assert.ok(dueAt)
  return dueAt
}
const before = await due()

// … and against that to B from the effective date on. The sweep does it; when it runs changes nothing but the moment of writing.
clock.travelTo('2026-09-02T09:00:00+08:00')
await governance.sweep({ untilIdle: true })
const after = await due()
console.log(`4. tier ${String(await tier())}; the open complaint was due ${day(before)} and is due ${day(after)}`)

assert.equal(await tier(), 'B')
assert.equal((await now()).state, 'applied')
assert.ok(after < before)
assert.deepEqual((await governance.verifyJournal()).problems, [])
