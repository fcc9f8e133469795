// One complaint from the customer's call to the archive, in one process and without a CRM.
//
//   node examples/01-hello-complaint.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import {
  createGovernance,
  demoDirectory,
  formatEffect,
  formatEntry,
  formatOptionsOf,
  loadPolicy,
  presets,
} from '@ka-governance/core'

const hour = 3_600_000

// A Monday morning in Shanghai. The clock moves only when we say so; a real host leaves `host` out.
const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const texts = formatOptionsOf(policy)
const messages: string[] = []
const governance = createGovernance({
  store: createMemoryStore({ clock: clock.now }),
  policy,
  host: { clock: clock.now },
  // What the journal says must happen outside: here it is only noted. Yours writes an e-mail, a task, a document.
  handlers: {
    default: (delivery) => {
      messages.push(formatEffect(delivery, 'en', texts))
      return Promise.resolve()
    },
  },
})

type Command = Parameters<typeof governance.complaint.send>[1]

// 1. The SDK governs accounts that it was told about.
await governance.account.adopt(
  { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
  { actor: 'u-liu' },
)

// 2. The customer calls. Nobody says who may do what: the directory knows the roles of `u-huang`.
const opened = await governance.complaint.open(
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
assert.ok(opened.ok)
const { id } = opened

const send = async (actor: string, command: Command): Promise<void> => {
  clock.advance(hour / 2)
  const result = await governance.complaint.send(id, command, { actor })
  assert.ok(result.ok, `${command.type} was refused`)
}

// 3. Everyone does their part.
await send('u-huang', { type: 'forward', department: 'product' })
await send('u-peters', { type: 'accept' })
await send('u-qian', {
  type: 'determine',
  cause: 'Casting flaw',
  responsibleParty: 'Foundry',
  evidence: [{ uri: 'lab:report-17' }],
})
await send('u-peters', { type: 'plan', measures: 'Replace lot 7' })
await send('u-peters', { type: 'complete', result: 'Lot 7 replaced', customerToldAt: clock.now() })

// 4. The customer, not the company, says that all is well. A judgement carries the hash of what was judged.
const basis = (await governance.complaint.get(id))?.basis ?? ''
await send('u-huang', { type: 'customerSatisfied', saidBy: 'Ms Li', evidence: [{ uri: 'call:7' }], basis })
await send('u-garcia', { type: 'archive', lessons: 'X-ray castings', prevention: { measure: 'X-ray each lot', owner: 'u-tang' } })

// 5. A job calls this every few minutes: it fires what is due and carries out what the journal promised.
const swept = await governance.sweep()

// 6. The journal is the truth.
console.log(`complaint ${id}\n`)
for await (const entry of governance.complaint.history(id)) console.log(formatEntry(entry, 'en', texts))
const report = await governance.verifyJournal()
console.log(`\n${report.instances} instances, ${report.entries} entries, ${report.problems.length} problems`)
console.log(`${swept.effects.delivered} effects delivered:\n${messages.map((message) => `  ${message}`).join('\n')}`)

assert.equal((await governance.complaint.get(id))?.state, 'archived')
assert.deepEqual(report.problems, [])
assert.equal(swept.effects.delivered, messages.length)
assert.ok(messages.length > 0)
