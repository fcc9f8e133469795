import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  GovernanceError,
  loadPolicy,
  type GovernanceStore,
  type InstanceMigration,
  type JsonValue,
  type Policy,
  type PolicyPin,
} from '../src/index.ts'
import { canonicalJson } from '../src/rules/index.ts'
import { pinOf } from '../src/policy/index.ts'
import { dueOf } from '../src/sla/index.ts'
import { defaultHost } from '../src/runtime/host.ts'
import type { Instance } from '../src/runtime/instance.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { calendarOf, createCalendars, termsOf } from '../src/runtime/terms.ts'
import { codes, collect, createHarness, ok, type Harness, type PolicyPatch } from './support/harness.ts'
import { draftOf, pinOfDraft } from './support/policy-drafts.ts'
import * as p from './support/policy-stories.ts'
import { lines, never, settings, tell } from './support/random-stories.ts'
import * as s from './support/stories.ts'
import { play } from './support/story.ts'
import * as project from './support/project-stories.ts'

const by = { actor: 'u-lin', reason: 'a new version' }
const working = (amount: number) => ({ amount, unit: 'workingHours' })

/** The harness's policy as another version, in the registry under its own number. */
async function registeredVersion(h: Harness, version: string, patch: PolicyPatch): Promise<Policy> {
  const policy = draftOf(h, { version, patch })
  await h.memory.policies.put({ ...pinOf(policy, defaultHost.sha256), document: canonicalJson(policy) })
  return policy
}

const calendars = createCalendars()
/** Due instants as the stored clocks have them under a policy. */
async function duesOf(h: Harness, id: string, policy: Policy): Promise<readonly (readonly [string, number | null])[]> {
  const stored = await h.memory.load(id)
  const instance = JSON.parse(stored?.snapshot ?? '') as Instance
  const terms = termsOf(definitions[instance.kind]!, policy, calendarOf(instance, policy, calendars))
  return instance.clocks
    .filter(({ status }) => status === 'running' || status === 'paused')
    .map((clock) => [clock.name, dueOf(clock, terms(clock)).dueAt])
}

const pinned = async (h: Harness, id: string): Promise<PolicyPin> =>
  (JSON.parse((await h.memory.load(id))?.snapshot ?? '') as Instance).policy

const planOf = async (h: Harness, policy: Policy, kind?: string): Promise<readonly InstanceMigration[]> =>
  collect(h.governance.policy.planMigration({ policy, ...(kind === undefined ? {} : { kind }) }))

describe('what a plan says and what a migration does are one [GOV-05]', () => {
  const hours = fc.integer({ min: 1, max: 60 })
  const days = fc.integer({ min: 1, max: 40 })
  const budget = fc.oneof(
    hours.map((amount) => ({ amount, unit: 'workingHours' })),
    days.map((amount) => ({ amount, unit: 'workingDays' })),
    days.map((amount) => ({ amount, unit: 'calendarDays' })),
  )
  const patches: fc.Arbitrary<PolicyPatch> = fc
    .record({
      steps: budget,
      expires: budget,
      within: budget,
      mode: fc.constantFrom('keep-consumed', 'keep-consumed', 'restart', 'unchanged'),
      holiday: fc.boolean(),
    })
    .map(({ steps, expires, within, mode, holiday }) => ({
      cycle: { steps: { propose: steps, review: steps, decide: steps } },
      admission: { expiresAfter: expires },
      change: { assessWithin: within, consentWithin: within, expiresAfter: { amount: 90, unit: 'calendarDays' } },
      sla: { onTierOrPriorityChange: mode },
      ...(holiday ? { feedback: { general: { result: within } } } : {}),
    }))

  test.each(
    settings.filter(({ kind }) => kind !== 'publication').map((setting, i) => [`${setting.kind} ${String(i)}`, setting] as const),
  )('%s: the dues of the plan are the dues after the migration, and replay gives them again', async (_, setting) => {
    let moved = 0
    await fc.assert(
      fc.asyncProperty(lines, patches, async (story, patch) => {
        const { h } = await tell(setting, story.slice(0, 12), never)
        const to = await registeredVersion(h, '2.0', patch).catch(() => null)
        // A patch that contradicts the rest of the policy is no version of it.
        if (to === null) return
        const before = new Set<string>()
        const plans = await planOf(h, to)
        for (const plan of plans) {
          const result = await h.governance.policy.migrate(plan.instanceId, { ...by, policy: to })
          expect([plan.instanceId, codes(result)]).toEqual([
            plan.instanceId,
            plan.refusals.length === 0 ? ['accepted'] : plan.refusals.map(({ code }) => code),
          ])
          if (!result.ok) continue
          moved += 1
          before.add(plan.instanceId)
          expect(await duesOf(h, plan.instanceId, to)).toEqual(plan.clocks.map(({ clock, dueAfter }) => [clock, dueAfter]))
          expect(await pinned(h, plan.instanceId)).toEqual(plan.to)
          for (const clock of plan.clocks)
            if (to.sla.onTierOrPriorityChange !== 'restart')
              expect([clock.clock, (clock.dueAfter ?? Infinity) <= (clock.dueBefore ?? Infinity)]).toEqual([clock.clock, true])
        }
        expect((await h.governance.verifyJournal()).problems).toEqual([])
        // There already. What the rungs of these entries opened or closed is another matter.
        for (const plan of await planOf(h, to)) if (before.has(plan.instanceId)) expect(plan.status).toBe('there')
      }),
      { numRuns: 8, seed: 31 },
    )
    expect(moved).toBeGreaterThan(1)
  })
})

describe('planMigration: what a version would change', () => {
  const tight: PolicyPatch = {
    complaint: { handoff: working(2), acceptWithin: working(9) },
    approval: { extension: { stages: [{ id: 'head', mode: 'any', electors: ['kaGroup.head'] }] } },
  }
  test('an earlier due, a promise that is kept, one that is late at once, and what the workflow reads', async () => {
    const h = createHarness()
    const played = await play(h, s.received())
    h.clock.advance(3 * 3_600_000)
    const to = await registeredVersion(h, '2.0', tight)
    const [plan] = await planOf(h, to, 'complaint')
    expect(plan).toMatchObject({ instanceId: played.id(), kind: 'complaint', status: 'movable', refusals: [], approvals: [] })
    const handoff = plan?.clocks.find(({ clock }) => clock === 'handoff')
    expect(handoff).toMatchObject({ parameter: 'complaint.handoff', clause: 'CPL-02', change: 'earlier', becomesOverdue: true })
    expect((handoff?.dueBefore ?? 0) - (handoff?.dueAfter ?? 0)).toBeGreaterThan(0)
    expect(plan?.changes.map(({ parameter }) => parameter)).toContain('complaint.handoff')
    expect(plan?.changes.every(({ parameter }) => !parameter.startsWith('tier.'))).toBe(true)
    // Nothing was written.
    expect((await h.governance.complaint.get(played.id()))?.version).toBe(1)
    expect(ok(await h.governance.policy.migrate(played.id(), { ...by, policy: to })).entry).toMatchObject({
      command: { type: 'migrate', policy: plan?.to, reason: by.reason },
      policy: plan?.to,
      inputs: [{ from: plan?.from, clocks: [{ clock: 'handoff', budget: working(2), mode: 'keep-consumed' }] }],
      actor: { id: 'u-lin' },
    })
    const swept = await h.governance.sweep()
    expect([swept.settled, swept.failed]).toEqual([1, []])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('a looser version never lengthens a promise: the plan says that it is kept', async () => {
    const h = createHarness()
    await play(h, s.received())
    const [plan] = await planOf(h, await registeredVersion(h, '2.0', { complaint: { handoff: working(7) } }), 'complaint')
    const handoff = plan?.clocks.find(({ clock }) => clock === 'handoff')
    expect(handoff).toMatchObject({ change: 'kept', becomesOverdue: false })
    expect(handoff?.dueAfter).toBe(handoff?.dueBefore)
    expect(handoff?.dueByTarget ?? 0).toBeGreaterThan(handoff?.dueBefore ?? 0)
  })

  test('an approval under way stands as it was opened, and the plan says whose scheme differs', async () => {
    const h = createHarness()
    const played = await play(h, [...s.investigating(), s.extensionAsked])
    const to = await registeredVersion(h, '2.0', tight)
    const [plan] = await planOf(h, to, 'complaint')
    expect(plan?.approvals).toEqual([{ approval: 'extension', schemes: ['extension'] }])
    ok(await h.governance.policy.migrate(played.id(), { ...by, policy: to }))
    const view = await h.governance.complaint.get(played.id())
    expect(view?.approvals['extension']?.mayAct.some(({ person }) => person === 'u-okafor')).toBe(true)
    ok(
      await h.governance.complaint.send(
        played.id(),
        { type: 'vote', approval: 'extension', decision: 'approve', basis: view?.approvals['extension']?.basis ?? '' },
        { actor: 'u-okafor' },
      ),
    )
  })

  test('what cannot move says why: another policy, a calendar that is gone, a version that nobody registered', async () => {
    const h = createHarness()
    const played = await play(h, s.received())
    const { policy } = h.governance
    const other = await registeredVersion(h, '2.0', { id: 'other' })
    const elsewhere = withoutMain(h)
    await h.memory.policies.put({ ...pinOf(elsewhere, defaultHost.sha256), document: canonicalJson(elsewhere) })
    const cases: readonly (readonly [Policy, readonly unknown[]])[] = [
      [other, ['not_movable', h.policy.id, 'other']],
      [elsewhere, ['not_movable', ['other'], h.policy.calendar.default]],
    ]
    for (const [to, expected] of cases) {
      const [plan] = await planOf(h, to, 'complaint')
      const refused = plan?.refusals.map(({ code, required, actual }) => [code, required, actual])
      expect([plan?.status, refused]).toEqual(['fixed', [expected]])
      expect(codes(await policy.migrate(played.id(), { ...by, policy: to }))).toEqual(['not_movable'])
    }
    const unknown = draftOf(h, { version: '4.0' })
    expect(codes(await policy.migrate(played.id(), { ...by, policy: unknown }))).toEqual(['policy_not_in_force'])
    expect(codes(await policy.migrate(played.id(), { ...by, policy: policy.own }))).toEqual(['already_done'])
    await expect(policy.migrate('cmp-none', { ...by, policy: unknown })).rejects.toMatchObject({ code: 'not_found' })
  })
})

/** The policy with its calendar under another name. */
function withoutMain({ policy }: Harness): Policy {
  const document = JSON.parse(canonicalJson(policy)) as { calendars: { [name: string]: JsonValue } }
  const calendar = document.calendars[policy.calendar.default] ?? null
  return loadPolicy({ ...document, version: '3.0', calendars: { other: calendar }, calendar: { default: 'other' } })
}

describe('ledgers live for years: they move as well', () => {
  test('account, project, publication and the ledger of the policy itself', async () => {
    const h = createHarness({ policy: project.oneHand })
    await play(h, project.drafting())
    const to = await registeredVersion(h, '2.0', { handover: { within: { amount: 1, unit: 'workingDays' } } })
    const done = await collect(h.governance.policy.migrateAll({}, { ...by, policy: to }))
    expect(done.map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ['account', 'moved'],
      ['project', 'moved'],
      ['project-change', 'moved'],
    ])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    const again = await collect(h.governance.policy.migrateAll({}, { ...by, policy: to }))
    expect(again.map(({ status }) => status)).toEqual(['there', 'there', 'there'])
  })

  test('under governance only the version in force is moved to: a scheduled one waits for its day', async () => {
    const h = createHarness({ policy: p.oneHand })
    await play(h, [...p.inForce(), s.adopted[0]!, ...p.named('1.1', p.nextScheduled())])
    const { policy } = h.governance
    const next = draftOf(h, p.next)
    const [account] = (await planOf(h, next)).filter(({ kind }) => kind === 'account')
    expect(account?.refusals).toMatchObject([
      { code: 'policy_not_in_force', required: '1.0', actual: '1.1', remedy: { kind: 'wait' } },
    ])
    expect(codes(await policy.migrate('account-acme', { ...by, policy: next }))).toEqual(['policy_not_in_force'])
    await play(h, [s.sweep('7d')], 'later')
    const done = await collect(policy.migrateAll({}, { ...by, policy: pinOfDraft(h, p.next) }))
    expect(done.map(({ status }) => status)).not.toContain('failed')
    expect(new Set(done.map(({ kind, status }) => `${kind} ${status}`))).toEqual(
      new Set(['account moved', 'policy moved', 'policy-publication moved']),
    )
    expect((await policy.versions(h.policy.id)).map(({ version, state, instances }) => [version, state, instances])).toEqual([
      ['1.1', 'inForce', 3],
      ['1.0', 'superseded', 0],
    ])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
})

describe('many at once', () => {
  const accounts = ['acme', 'bravo', 'corvus', 'delta']
  async function portfolio(wrap?: (store: GovernanceStore) => GovernanceStore) {
    const facts = Object.fromEntries(accounts.map((id) => [id, null as JsonValue]))
    const h = createHarness({ facts, ...(wrap === undefined ? {} : { wrap }) })
    for (const accountId of accounts)
      ok(
        await h.governance.account.adopt(
          { accountId, name: accountId, isKeyAccount: true, tier: 'B', manager: 'u-liu' },
          { actor: 'u-liu' },
        ),
      )
    return { h, to: await registeredVersion(h, '2.0', {}) }
  }

  test('one that fails never stops the rest; a run that broke off goes on behind it; a second run finds what is done', async () => {
    let broken = true
    const { h, to } = await portfolio((store) => ({
      ...store,
      commit: (commits) => {
        if (broken && commits.some(({ entry }) => entry.instanceId === 'account-bravo' && entry.seq > 1))
          throw new GovernanceError('corrupt_record', 'bravo is not well')
        return store.commit(commits)
      },
    }))
    const { migrateAll } = h.governance.policy
    const first: string[] = []
    for await (const { instanceId, status, done } of migrateAll({ kind: 'account' }, { ...by, policy: to })) {
      first.push(`${String(done)} ${instanceId} ${status}`)
      if (done === 2) break
    }
    expect(first).toEqual(['1 account-acme moved', '2 account-bravo failed'])
    const rest = await collect(migrateAll({ kind: 'account', after: 'account-bravo' }, { ...by, policy: to }))
    expect(rest.map(({ instanceId, status }) => [instanceId, status])).toEqual([
      ['account-corvus', 'moved'],
      ['account-delta', 'moved'],
    ])
    broken = false
    const again = await collect(migrateAll({}, { ...by, policy: to }))
    expect(again.map(({ status }) => status)).toEqual(['there', 'moved', 'there', 'there'])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('two who migrate the same portfolio at once move everything once', async () => {
    const { h, to } = await portfolio()
    const both = await Promise.all([h.another(), h.another()].map((g) => collect(g.policy.migrateAll({}, { ...by, policy: to }))))
    for (const accountId of accounts) {
      expect((await h.governance.account.get(`account-${accountId}`))?.version).toBe(2)
      expect(await pinned(h, `account-${accountId}`)).toEqual(pinOf(to, defaultHost.sha256))
    }
    expect(both.flat().every(({ status }) => status === 'moved' || status === 'there' || status === 'refused')).toBe(true)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('whoever may not move anything moves nothing', async () => {
    const { h, to } = await portfolio()
    const done = await collect(h.governance.policy.migrateAll({ accountId: 'acme' }, { ...by, actor: 'u-liu', policy: to }))
    expect(done.map(({ status, refusals }) => [status, refusals.map(({ code }) => code)])).toEqual([
      ['refused', ['role_required']],
    ])
  })
})

test('a forged migration is seen: another pin, other promises', async () => {
  const h = createHarness()
  const played = await play(h, s.received())
  const to = await registeredVersion(h, '2.0', { complaint: { handoff: working(2) } })
  const { entry } = ok(await h.governance.policy.migrate(played.id(), { ...by, policy: to }))
  for (const forged of [
    { ...entry, policy: { ...entry.policy, version: '9.9' } },
    { ...entry, inputs: [{ from: entry.policy, clocks: [] } as JsonValue] },
  ]) {
    const store: GovernanceStore = {
      ...h.store,
      history: async function* (id, from) {
        for await (const one of h.store.history(id, from)) yield one.seq === entry.seq ? forged : one
      },
    }
    const { problems } = await h.another({ store }).verifyJournal({ instanceId: played.id() })
    expect(problems.map(({ problem }) => problem)).toContain('replay_differs')
  }
})
