// Two people, two processes, one complaint: who was first counts, and nobody judges what they have not seen.
//
//   node examples/07-two-writers.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'

const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
const first = createMemoryStore({ clock: clock.now })
// The same database, another process.
const second = createMemoryStore({ clock: clock.now, client: first.client })
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const here = createGovernance({ store: first, policy, host: { clock: clock.now } })
const there = createGovernance({ store: second, policy, host: { clock: clock.now } })

await here.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
const { id } = await here.complaint.open(
  {
    accountId: 'acme',
    matter: 'Late delivery',
    contact: 'Ms Li',
    expectedSolution: 'Express parcel',
    channel: 'hotline',
    severity: 'major',
    about: 'delivery',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang' },
)

// 1. Both forward it at the same instant, to different departments. One wins; the other is told what has become of it.
const [a, b] = await Promise.all([
  here.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' }),
  there.complaint.send(id, { type: 'forward', department: 'sales' }, { actor: 'u-garcia' }),
])
const winner = a.ok ? a : b
const loser = a.ok ? b : a
assert.ok(winner.ok && !loser.ok)
assert.equal(loser.refusals[0]?.code, 'command_not_available')
console.log(
  `1. one won (entry ${winner.version}); the other was judged again and refused: ${loser.refusals[0].code}, it is ${loser.state}`,
)

// 2. Two commands that do not exclude each other both land: the loser of the race is judged again by itself.
const both = await Promise.all([
  here.complaint.send(id, { type: 'contain', measure: 'Parcel on its way' }, { actor: 'u-huang' }),
  there.complaint.send(id, { type: 'contain', measure: 'Stock reserved' }, { actor: 'u-garcia' }),
])
assert.deepEqual(both.map((result) => result.ok && result.version).sort(), [3, 4])
console.log('2. both measures are in the journal, as entries 3 and 4')

// 3. A screen that shows version 2 may insist on it.
const insisting = await here.complaint.send(
  id,
  { type: 'contain', measure: 'Old screen' },
  { actor: 'u-huang', expectedVersion: 2 },
)
assert.ok(!insisting.ok)
assert.equal(insisting.refusals[0]?.code, 'version_changed')
console.log(`3. expected version 2, it is ${JSON.stringify(insisting.refusals[0].actual)}: ${insisting.refusals[0].code}`)

// 4. A judgement is bound to what was seen. Ms Li said yes to the first result; meanwhile the department reported another one.
const department = (await here.complaint.get(id))?.context.department
const [head, evidence] = [department === 'sales' ? 'u-wang' : 'u-zhao', [{ uri: 'note:1' }]]
const work = async (): Promise<void> => {
  for (const command of [
    { type: 'plan', measures: 'Express parcel' },
    { type: 'complete', result: `Sent at ${new Date(clock.advance(60_000)).toISOString()}`, customerToldAt: clock.now() },
  ] as const)
    assert.ok((await here.complaint.send(id, command, { actor: head })).ok)
}
assert.ok((await here.complaint.send(id, { type: 'accept' }, { actor: head })).ok)
assert.ok(
  (await here.complaint.send(id, { type: 'determine', cause: 'Strike', responsibleParty: 'Carrier', evidence }, { actor: head }))
    .ok,
)
await work()
const seen = await here.complaint.get(id)
assert.ok(seen)
const dissatisfied = { type: 'customerDissatisfied', saidBy: 'Mr Wu', reason: 'Never came', evidence, basis: seen.basis } as const
assert.ok((await there.complaint.send(id, dissatisfied, { actor: 'u-garcia' })).ok)
await work()
const late = { type: 'customerSatisfied', saidBy: 'Ms Li', evidence, basis: seen.basis } as const
const stale = await here.complaint.send(id, late, { actor: 'u-huang' })
assert.ok(!stale.ok)
assert.equal(stale.refusals[0]?.code, 'basis_changed')
console.log(`4. "yes" to the result of round ${seen.context.round} in round 2: ${stale.refusals[0].code}`)

const report = await there.verifyJournal()
assert.deepEqual(report.problems, [])
console.log(`5. ${report.entries} entries, ${report.problems.length} problems`)
