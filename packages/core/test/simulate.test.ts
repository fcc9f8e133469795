import { describe, expect, test } from 'vitest'
import {
  accountFactsSchema,
  finishSimulation,
  loadPolicy,
  simulatePortfolio,
  type GovernanceStore,
  type GovernanceSimulateOptions,
  type Policy,
  type Simulation,
  type SimulationStep,
} from '../src/index.ts'
import { canonicalJson } from '../src/rules/index.ts'
import { readSimulation } from '../src/what-if/index.ts'
import { factsOf } from './support/facts.ts'
import {
  collect,
  createHarness,
  journals,
  policyWith,
  type Harness,
  type HarnessOptions,
  type PolicyPatch,
} from './support/harness.ts'
import * as s from './support/stories.ts'
import * as c from './support/account-stories.ts'
import { play, type Story } from './support/story.ts'

const facts = {
  acme: factsOf('acme'),
  bravo: factsOf('bravo'),
  carol: factsOf('carol', { ordersPerMonth: 1 }),
  ghost: factsOf('ghost'),
  silent: null,
  wrong: { ...(factsOf('wrong') as object), overdueDays: -1 },
}
const tiers = { acme: 'C', bravo: 'B', carol: 'A', silent: 'D', wrong: 'D' }
const cycle = '2026-H1'

/** Five accounts under governance and one that is not, an adjustment before the departments, a complaint with its department. */
async function running(options: HarnessOptions = {}): Promise<Harness> {
  const h = createHarness({ start: s.august, facts, wrap: withoutFacts, ...options })
  for (const [accountId, tier] of Object.entries(tiers)) await play(h, [{ on: 'adopt', command: { accountId, tier } }], accountId)
  await play(h, [{ on: 'review' }, s.propose('B')], 'review')
  await play(h, [{ on: 'open' }, s.complaint('u-huang', { type: 'forward', department: 'product' })], 'complaint')
  return h
}

/** The CRM has no facts of `silent`. */
const withoutFacts = (store: GovernanceStore): GovernanceStore =>
  new Proxy(store, {
    get: (target, key: keyof GovernanceStore) =>
      key === 'accounts'
        ? { ...target.accounts, facts: (id: string) => (id === 'silent' ? Promise.resolve(null) : target.accounts.facts(id)) }
        : target[key],
  })

const draftOf = (patch: PolicyPatch): Policy => policyWith({ version: '2.0', ...patch })
const simulated = (h: Harness, patch: PolicyPatch, more: Partial<GovernanceSimulateOptions> = {}): Promise<Simulation> =>
  finishSimulation(h.governance.simulate({ policy: draftOf(patch), cycle, ...more }))

/** Answers every reading and throws on whatever would change anything. */
function readOnly(store: GovernanceStore): GovernanceStore {
  const refuse = (): never => {
    throw new Error('a simulation wrote')
  }
  return {
    ...store,
    capabilities: store.capabilities,
    load: (id) => store.load(id),
    find: (query) => store.find(query),
    history: (id, from) => store.history(id, from),
    due: refuse,
    commit: refuse,
    project: refuse,
    effects: { pending: refuse, ack: refuse, fail: refuse, dead: refuse, revive: refuse },
    personal: { read: (id) => store.personal.read(id), erase: refuse },
    policies: { get: (id, version) => store.policies.get(id, version), list: (id) => store.policies.list(id), put: refuse },
    accounts: store.accounts,
  }
}

describe('a draft on the live store [GOV-05]', () => {
  test('the policy in force itself: every account that a review takes, nobody moves, no clock and no approval differs', async () => {
    const h = await running()
    const result = await finishSimulation(h.governance.simulate({ policy: h.policy, cycle }))
    expect(result.accounts).toEqual({ total: 5, assessed: 3, provisional: 0, notAssessed: 0, failed: 2, notGoverned: 1 })
    expect([result.movers.total, result.reclassified.total, result.diff]).toEqual([0, 0, []])
    expect(result.policy).toEqual({ inForce: h.governance.pin, draft: h.governance.pin })
    expect(result.instances).toMatchObject({
      open: 7,
      byKind: { account: 5, complaint: 1, 'tier-adjustment': 1 },
      clocks: { earlier: 0, later: 0, overdue: 0, listed: [] },
      approvals: { open: 1, changed: 0, belowQuorum: 0, listed: [] },
    })
    expect(result.instances?.clocks.open).toBeGreaterThan(0)
    expect(result.load.approvers.listed.map(({ open, draft }) => open === draft && open > 0)).not.toContain(false)
  })

  test('it proposes what the review of the cycle proposes', async () => {
    const h = createHarness({ start: s.august, facts, wrap: withoutFacts })
    for (const [accountId, tier] of Object.entries(tiers))
      await play(h, [{ on: 'adopt', command: { accountId, tier } }], accountId)
    const { recommended } = await finishSimulation(h.governance.simulate({ policy: h.policy, cycle }))
    const reviewed = await collect(h.governance.review({ cycle, actor: 'u-novak' }))
    const proposed = reviewed.flatMap(({ recommendation: r }) => (r === null ? [] : [r.recommended])).sort()
    const counted = Object.values(recommended).flatMap((row) =>
      Object.entries(row).flatMap(([tier, n]) => Array.from({ length: n }, () => tier)),
    )
    expect(counted.sort()).toEqual(proposed)
    expect(proposed).toHaveLength(3)
  })

  test('accounts whose facts are missing or malformed are failures with their place, and stop nothing', async () => {
    const h = await running()
    const steps = await collect(h.governance.simulate({ policy: h.policy, cycle, progressEvery: 2 }))
    const failed = steps.flatMap((step) =>
      step.type === 'failed' ? [[step.accountId, step.because.code, step.because.field]] : [],
    )
    expect(failed).toEqual([
      ['silent', 'facts_missing', null],
      ['wrong', 'facts_malformed', 'facts.overdueDays'],
    ])
    const last = steps.at(-1)
    expect(last?.type === 'finished' && last.simulation.failures).toMatchObject({
      total: 2,
      listed: [{ accountId: 'silent' }, { accountId: 'wrong' }],
    })
    expect(steps.filter((step) => step.type === 'progress').map((step) => [step.phase, step.done])).toEqual([
      ['accounts', 2],
      ['accounts', 4],
      ['accounts', 5],
      ['instances', 2],
      ['instances', 4],
      ['instances', 6],
      ['instances', 7],
    ])
  })

  test('it says what simulatePortfolio says of the same accounts, with names and managers of the ledger', async () => {
    const h = await running()
    const draft = draftOf({ adjust: { fallbackUp: 'none' } })
    const live = await finishSimulation(h.governance.simulate({ policy: draft, cycle }))
    expect(live.movers).toMatchObject({
      total: 1,
      down: 1,
      listed: [{ accountId: 'acme', name: 'Acme', from: 'B', to: 'C', because: [{ parameter: 'adjust.fallbackUp' }] }],
    })
    const accounts = (['acme', 'bravo', 'carol'] as const).map((accountId) => ({
      accountId,
      name: `${accountId.charAt(0).toUpperCase()}${accountId.slice(1)}`,
      facts: accountFactsSchema.parse(facts[accountId]),
      standing: { tier: tiers[accountId] as 'A' | 'B' | 'C', previousClassifications: [] },
    }))
    const bare = await finishSimulation(simulatePortfolio({ inForce: h.policy, draft, cycle, accounts }))
    const manager = live.movers.listed[0]?.manager
    expect(typeof manager).toBe('string')
    expect(live.movers.listed.map((mover) => ({ ...mover, manager: null }))).toEqual(bare.movers.listed)
    expect([live.sensitivity, live.sales, live.classes]).toEqual([bare.sensitivity, bare.sales, bare.classes])
    expect(live.load.managers).toMatchObject({
      total: 1,
      listed: [{ manager, keyAccounts: 3, accounts: 3, before: { A: 1, B: 2 }, after: { A: 1, B: 1, C: 1 } }],
    })
  })

  test('nothing is written: journals, records and effects stay, and no writing call is made', async () => {
    const h = await running()
    const before = await journals(h.store)
    const other = h.another({ store: readOnly(h.store) })
    const draft = draftOf({
      complaint: { resolution: { amount: 1, unit: 'workingDays' } },
      approval: { tierReview: { stages: [stage('finance.head')] } },
    })
    const result = await finishSimulation(other.simulate({ policy: draft, cycle }))
    expect(result.instances?.clocks.earlier).toBe(1)
    expect(result.scope).toBe('all')
    expect(readSimulation(canonicalJson(result))).toEqual({ ok: true, simulation: result })
    expect(await journals(h.store)).toEqual(before)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
})

const stage = (role: string, more: PolicyPatch = {}): PolicyPatch => ({ id: 'only', mode: 'any', electors: [role], ...more })

describe('what is open, under the draft [GOV-05]', () => {
  test('P-05: a shorter budget makes clocks due earlier, and those that have used it up overdue; what a migration plans', async () => {
    const h = await running()
    const patch = { complaint: { resolution: { amount: 2, unit: 'workingDays' } } }
    const soon = await simulated(h, patch)
    expect(soon.instances?.clocks).toMatchObject({
      earlier: 1,
      later: 0,
      overdue: 0,
      listed: [{ kind: 'complaint', clock: 'resolution', change: 'earlier', clause: 'CPL-04', becomesOverdue: false }],
    })
    h.clock.advance(3 * 86_400_000)
    const late = await simulated(h, patch)
    expect(late.instances?.clocks).toMatchObject({
      earlier: 1,
      overdue: 1,
      listed: [{ clock: 'resolution', becomesOverdue: true }],
    })
    const planned = await collect(h.governance.policy.planMigration({ policy: draftOf(patch), kind: 'complaint' }))
    const { dueBefore, dueAfter } = late.instances?.clocks.listed[0] ?? {}
    expect(planned[0]?.clocks.find(({ clock }) => clock === 'resolution')).toMatchObject({
      dueBefore,
      dueAfter,
      becomesOverdue: true,
    })
  })

  test('I-17: approvals that the draft would ask other people for, and those that would lose their quorum', async () => {
    const h = await running()
    const [seats] = (await simulated(h, {})).load.approvers.listed
    expect(seats?.open).toBe(1)
    const other = await simulated(h, { approval: { tierReview: { stages: [stage('finance.head')] } } })
    expect(other.instances?.approvals).toMatchObject({
      open: 1,
      changed: 1,
      belowQuorum: 0,
      listed: [
        { kind: 'tier-adjustment', approval: 'review', after: ['u-meyer'], added: ['u-meyer'], belowQuorum: false, lacks: null },
      ],
    })
    expect(other.load.approvers.listed[0]).toEqual({ person: 'u-meyer', open: 0, draft: 1 })
    const { before = [], dropped } = other.instances?.approvals.listed[0] ?? {}
    expect(before.length).toBeGreaterThan(0)
    expect(dropped).toEqual(before)

    // Two of these three are enough; where one of them is all that the directory knows, nobody could ever approve it.
    const small = { ...stage('companyManagement'), mode: 'nOfM', n: 2, required: ['legal.head'], electors: ['companyManagement'] }
    const enough = await simulated(h, { approval: { tierReview: { stages: [small] } } })
    expect(enough.instances?.approvals.belowQuorum).toBe(0)
    const nobody = await simulated(
      h,
      { approval: { tierReview: { stages: [{ ...small, n: 2 }] } } },
      {
        directory: {
          rolesOf: () => Promise.resolve([]),
          members: (role) => Promise.resolve(role === 'legal.head' ? ['u-he'] : []),
          delegations: () => Promise.resolve([]),
          superiorOf: () => Promise.resolve(null),
        },
      },
    )
    expect(nobody.instances?.approvals).toMatchObject({
      changed: 1,
      belowQuorum: 1,
      listed: [{ belowQuorum: true, after: ['u-he'], lacks: { stage: 'only', needed: 2, there: 1 } }],
    })
  })

  test('an approval keeps the name of its scheme: another that said the same and now differs does not touch it', async () => {
    const h = createHarness({ start: s.august, policy: s.twoHands })
    const played = await play(h, [...s.inReview(), s.vote('u-chen', 'review')])
    const view = await h.governance.tierAdjustment.get(played.id('adjustment'))
    expect(view?.context.approvals.decision?.schemeName).toBe('tier')
    const draft = (name: string): Policy =>
      policyWith({ ...s.twoHands, version: '2.0', approval: { ...(s.twoHands['approval'] as PolicyPatch), [name]: finance } })
    const finance = { stages: [stage('finance.head')] }
    for (const [name, changed] of [
      ['tierTop', 0],
      ['tier', 1],
    ] as const) {
      const { instances } = await finishSimulation(h.governance.simulate({ policy: draft(name), cycle }))
      expect([name, instances?.approvals.changed]).toEqual([name, changed])
      const [plan] = await collect(h.governance.policy.planMigration({ policy: draft(name), kind: 'tier-adjustment' }))
      expect(plan?.approvals).toEqual(changed === 1 ? [{ approval: 'decision', schemes: ['tier'] }] : [])
    }
  })

  test('the directory written in the draft counts where the host has none of its own', async () => {
    const h = await running()
    const { directory } = h.policy
    const before = (await simulated(h, { approval: { tierReview: { stages: [stage('finance.head')] } } })).load.approvers.listed
    expect(before.map(({ person }) => person)).toContain('u-meyer')
    const people = { ...directory?.people, 'u-meyer': { roles: ['finance'] }, 'u-xu': { roles: ['finance.head'] } }
    const patch: PolicyPatch = {
      approval: { tierReview: { stages: [stage('finance.head')] } },
      directory: { people: people as unknown as PolicyPatch },
    }
    const after = await simulated(h, patch)
    expect(after.instances?.approvals.listed[0]?.after).toEqual(['u-xu'])
    const own = h.another({
      directory: {
        rolesOf: () => Promise.resolve([]),
        members: () => Promise.resolve(['u-own']),
        delegations: () => Promise.resolve([]),
        superiorOf: () => Promise.resolve(null),
      },
    })
    const hosted = await finishSimulation(own.simulate({ policy: draftOf(patch), cycle }))
    expect(hosted.instances?.approvals.listed[0]?.after).toEqual(['u-own'])
  })

  test('I-23: managers and tiers that the draft finds too full', async () => {
    const h = await running()
    const { load, capacity } = await simulated(h, { capacity: { maxKaPerManager: 2, tiers: { A: 0, B: 9, C: null, D: null } } })
    expect(load.managers.listed).toMatchObject([{ limit: 2, over: true }])
    expect(capacity.map(({ tier, after, limitAfter, over }) => [tier, after, limitAfter, over])).toEqual([
      ['A', 1, 0, true],
      ['B', 2, 9, false],
      ['C', 0, null, false],
      ['D', 0, null, false],
    ])
  })
})

describe('groups of companies [I-33, decision tier.level]', () => {
  const group: Story = [c.beta(), c.adopt({ tier: 'C' }), { ...c.join('acme'), name: 'beta' }, s.sweep()]

  test('a group is simulated once, at its leader and on the facts of all, as it is reviewed; members follow', async () => {
    const h = createHarness(c.options)
    await play(h, group)
    const result = await finishSimulation(h.governance.simulate({ policy: h.policy, cycle }))
    expect(result.accounts).toMatchObject({ total: 1, inGroups: 1 })
    const [reviewed] = (await collect(h.governance.review({ cycle, actor: 'u-novak' }))).filter(
      (one) => one.recommendation !== null,
    )
    const { recommended } = reviewed?.recommendation ?? {}
    expect(result.recommended[recommended as 'B'][recommended as 'B']).toBe(1)
    expect(result.movers.total).toBe(0)
  })

  test('under a draft that reviews each account by itself, each is simulated by itself', async () => {
    const h = createHarness(c.options)
    await play(h, group)
    const draft = loadPolicy({ ...h.policy, version: '2.0', tier: { ...h.policy.tier, level: 'account' } })
    const { accounts } = await finishSimulation(h.governance.simulate({ policy: draft, cycle }))
    expect(accounts.total).toBe(2)
    expect(accounts.inGroups).toBeUndefined()
  })
})

describe('a simulation that is stopped or asked wrongly', () => {
  test('it can be stopped at any step: an error, never half a result', async () => {
    const h = await running()
    const whole = await collect(h.governance.simulate({ policy: h.policy, cycle, progressEvery: 1 }))
    for (let stop = 0; stop < whole.length - 1; stop++) {
      const signal = { aborted: false, reason: 'enough' }
      const seen: SimulationStep[] = []
      const run = async (): Promise<void> => {
        signal.aborted = stop === 0
        for await (const step of h.governance.simulate({ policy: h.policy, cycle, progressEvery: 1, signal })) {
          seen.push(step)
          if (seen.length === stop) signal.aborted = true
        }
      }
      await expect(run()).rejects.toMatchObject({ code: 'cancelled', cause: 'enough', retryable: false })
      expect(seen.some((step) => step.type === 'finished')).toBe(false)
    }
  })

  test('only some accounts: those, and nothing that is open', async () => {
    const h = await running()
    const result = await simulated(h, {}, { accounts: ['acme', 'nobody'] })
    expect(result.accounts).toMatchObject({ total: 1, notGoverned: 1 })
    expect([result.instances, result.scope]).toEqual([null, 'some'])
  })

  test('a store that fails ends it with the error of the store', async () => {
    const h = await running()
    const broken = h.another({
      store: {
        ...readOnly(h.store),
        accounts: { ...h.store.accounts, facts: () => Promise.reject(new Error('the CRM is down')) },
      },
    })
    await expect(finishSimulation(broken.simulate({ policy: h.policy, cycle }))).rejects.toThrow('the CRM is down')
  })
})
