// A policy under its own governance: two versions from the draft into force, and what is open moves on to the second.
//
//   node examples/11-publish-a-policy/index.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import {
  createGovernance,
  demoDirectory,
  formatEntry,
  formatOptionsOf,
  formatRefusal,
  loadPolicy,
  presets,
} from '@ka-governance/core'

const hour = 3_600_000
const day = 24 * hour
const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
const store = createMemoryStore({
  clock: clock.now,
  accounts: [{ accountId: 'acme', name: 'Acme', region: null, parentId: null }],
})
const handlers = { default: () => Promise.resolve() }

const document = { ...presets.manufacturerCn, directory: demoDirectory, effectiveFrom: '2026-03-03' }
const first = loadPolicy(document)
// `follow`: what is opened is pinned to the version in force on its day, however long this host runs.
const governance = createGovernance({ store, policy: first, host: { clock: clock.now }, handlers, publication: 'follow' })
const { policy } = governance
const texts = formatOptionsOf(first)
const drafter = { actor: 'u-liu' }

/** Three of the KA management group, with its head; whoever wrote the draft has no vote. */
const approve = async (id: string): Promise<void> => {
  for (const actor of ['u-lin', 'u-wang', 'u-zhao']) {
    const basis = (await policy.get(id))?.approvals['policy']?.basis ?? ''
    const vote = await policy.send(id, { type: 'vote', approval: 'policy', decision: 'approve', basis }, { actor })
    assert.ok(vote.ok)
  }
}

// 1. The first version is published under itself.
const opened = await policy.open({ policyId: first.id, version: '1.0', title: 'The first policy' }, drafter)
assert.ok(opened.ok)
const spoilt = await policy.check(opened.id, { ...document, complaint: { ...document.complaint, handoff: '[X]' } }, drafter)
assert.ok(!spoilt.ok)
console.log(
  `1. a draft with a blank is refused:\n   ${spoilt.refusals.map((refusal) => formatRefusal(refusal, 'en', texts)).join('\n   ')}`,
)
assert.ok((await policy.check(opened.id, document, drafter)).ok)

/** The draft against what is in force, over the whole portfolio; its whole text becomes evidence. */
const tryOut = async (id: string, draft: typeof first, on: typeof governance): Promise<void> => {
  const steps = on.simulate({ policy: draft, cycle: '2026-H1' })
  for (;;) {
    const { done, value } = await steps.next()
    if (done !== true) continue
    assert.ok((await on.policy.recordWhatIf(id, value, drafter)).ok)
    return
  }
}
await tryOut(opened.id, first, governance)
assert.ok((await policy.send(opened.id, { type: 'submit' }, drafter)).ok)
await approve(opened.id)
const early = await governance.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' }, drafter)
assert.ok(!early.ok)
console.log(
  `2. before its day nothing is opened under it:\n   ${early.refusals.map((refusal) => formatRefusal(refusal, 'en', texts)).join('\n   ')}`,
)
clock.advance(day)
await governance.sweep({ untilIdle: true })
assert.equal((await policy.inForce(first.id))?.version, '1.0')

// 2. Work goes on under it.
await governance.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' }, drafter)
const complaint = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Flange of lot 7 cracked',
    contact: 'Ms Li',
    expectedSolution: 'Replacement by Friday',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang' },
)
assert.ok(complaint.ok)

// 3. The second version wants a faster hand-off. What it would do to what is open is seen before anybody votes.
const second = loadPolicy({
  ...document,
  version: '1.1',
  effectiveFrom: '2026-03-05',
  complaint: { ...document.complaint, handoff: { amount: 2, unit: 'workingHours' } },
})
const next = await policy.open({ policyId: first.id, version: '1.1', title: 'A faster hand-off' }, drafter)
assert.ok(next.ok)
assert.ok((await policy.check(next.id, second, drafter)).ok)
for await (const plan of policy.planMigration({ policy: second, kind: 'complaint' }))
  for (const { clock: name, change, dueBefore, dueAfter } of plan.clocks.filter((one) => one.change !== 'same'))
    console.log(`3. ${plan.instanceId}: ${name} would be ${change}, ${iso(dueAfter)} instead of ${iso(dueBefore)}`)
await tryOut(next.id, second, governance)
assert.ok((await policy.send(next.id, { type: 'submit' }, drafter)).ok)
const own = await policy.send(next.id, { type: 'vote', approval: 'policy', decision: 'approve' }, drafter)
assert.ok(!own.ok)
console.log(`4. who wrote it does not vote on it: ${own.refusals.map(({ code }) => code).join(', ')}`)
await approve(next.id)

// 4. It takes force at the start of its day in Shanghai, whenever somebody looks; what is open moves when somebody says so.
clock.advance(2 * day)
await governance.sweep({ untilIdle: true })
for await (const { instanceId, status } of policy.migrateAll(
  { kind: 'complaint' },
  { actor: 'u-sun', policy: second, reason: 'one rule for all' },
))
  console.log(`5. ${instanceId}: ${status}`)
console.log('\nversion  state        in force from         open instances')
for (const { version, state, since, instances } of await policy.versions(first.id))
  console.log(`${version.padEnd(8)} ${state.padEnd(12)} ${iso(since).padEnd(21)} ${String(instances)}`)

console.log(`\nthe journal of ${complaint.id}`)
for await (const entry of governance.complaint.history(complaint.id)) console.log(formatEntry(entry, 'en', texts))
assert.deepEqual((await governance.verifyJournal()).problems, [])
assert.equal((await governance.complaint.get(complaint.id))?.policy.version, '1.1')
assert.deepEqual(await governance.effects.dead(), [])

function iso(at: number | null): string {
  return at === null ? '–' : new Date(at).toISOString().slice(0, 16)
}
