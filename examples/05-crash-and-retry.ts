// The connection dies while a command is written. Nobody knows whether it was; sending it again is safe.
//
//   node examples/05-crash-and-retry.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock, faultScript, SimulatedCrash } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, isGovernanceError, loadPolicy, presets } from '@ka-governance/core'

const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
const faults = faultScript()
const store = createMemoryStore({ clock: clock.now, faults })
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const delivered = new Map<string, number>()
const options = {
  store,
  policy,
  host: { clock: clock.now },
  handlers: {
    default: ({ id }: { readonly id: string }) => {
      delivered.set(id, (delivered.get(id) ?? 0) + 1)
      return Promise.resolve()
    },
  },
}
const governance = createGovernance(options)

await governance.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
const opened = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Wrong colour',
    contact: 'Ms Li',
    expectedSolution: 'Exchange',
    channel: 'email',
    severity: 'minor',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang', idempotencyKey: 'mail-4711' },
)
const { id } = opened
const entries = async (): Promise<number> => (await Array.fromAsync(store.history(id))).length

// 1. The answer is lost: the CRM has written the entry, the caller hears nothing.
//    An idempotency key of your own (a message id, a form's id) makes the second try recognisable, even from another process.
const forward = { type: 'forward', department: 'product' } as const
const once = { actor: 'u-huang', idempotencyKey: 'form-99' }
faults.next('lostAnswer', 'commit')
const lost = await governance.complaint.send(id, forward, once).catch((error: unknown) => error)
assert.ok(isGovernanceError(lost, 'unknown_outcome'))
assert.ok(lost.retryable)
console.log(`1. lost answer:   ${lost.code}: ${lost.actions[0] ?? ''}`)

const again = await governance.complaint.send(id, forward, once)
assert.ok(again.ok && again.duplicate)
assert.equal(await entries(), 2)
console.log(`   sent again:    entry ${again.version}, found as a duplicate, ${await entries()} entries in the journal`)

// 2. The same key for something else is no retry, and is refused.
const other = await governance.complaint.send(id, { ...forward, department: 'sales' }, once)
assert.ok(!other.ok)
assert.equal(other.refusals[0]?.code, 'idempotency_key_reused')
console.log(`2. key reused:    ${other.refusals[0].code}`)

// 3. The process dies right after the write. Another process carries on: all it needs is in the store.
faults.next('crashAfter', 'commit')
const accept = { actor: 'u-peters', idempotencyKey: 'form-100' }
await assert.rejects(governance.complaint.send(id, { type: 'accept' }, accept), SimulatedCrash)
const second = createGovernance(options)
const recovered = await second.complaint.send(id, { type: 'accept' }, accept)
assert.ok(recovered.ok && recovered.duplicate)
console.log(`3. after a crash: state ${recovered.state}, ${await entries()} entries`)

// 4. Somebody was told, but the store is gone before that can be noted: told again, under the same id, never forgotten.
faults.next('outage', 'effects.ack')
await assert.rejects(second.sweep(), (error) => isGovernanceError(error, 'unavailable'))
await second.sweep()
const twice = [...delivered].filter(([, times]) => times > 1)
assert.equal(twice.length, 1)
assert.deepEqual(await store.effects.pending({ limit: 10 }), [])
console.log(`4. effects:       ${delivered.size} delivered, ${twice.length} of them twice (use its id to do it once)`)

// 5. An outage is an error, never an answer: "not reachable" must not read as "no such complaint".
faults.next('outage', 'load')
await assert.rejects(second.complaint.get(id), (error) => isGovernanceError(error, 'unavailable'))
assert.equal(faults.unplayed, 0)
const report = await second.verifyJournal()
assert.deepEqual(report.problems, [])
console.log(`5. after it all:  ${report.entries} entries, ${report.problems.length} problems`)
