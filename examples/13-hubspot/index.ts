// A small service on HubSpot: a portal is made ready, a complaint is opened, forwarded, refused something, swept; then the records as people see them.
//
//   node examples/13-hubspot/index.ts --fake     on a stand-in for the API (the default without a token)
//   HUBSPOT_TOKEN=… node examples/13-hubspot/index.ts [--provision]     in a test account with custom objects: it leaves records there
import assert from 'node:assert/strict'
import { createHubSpotStore, createProvisioner, type HubSpotStoreOptions } from '@ka-governance/adapter-hubspot'
import {
  createGovernance,
  demoDirectory,
  entryKey,
  formatOptionsOf,
  formatRefusal,
  loadPolicy,
  presets,
} from '@ka-governance/core'
import { surroundings } from './portal.ts'

const { now, newId, pass, dropRule } = surroundings
let calls = 0
const connected: HubSpotStoreOptions = { ...surroundings.options, onCall: () => void (calls += 1) }
const counted = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const before = calls
  return [await work(), calls - before]
}

// 1. Custom objects, properties and pipelines are made once; ids of pipelines are the portal's, and the mapping takes them.
const provisioner = createProvisioner(connected)
if (surroundings.mayProvision) {
  const [{ made, problems }, cost] = await counted(() => provisioner.apply())
  for (const problem of problems) console.log(`   ${problem}`)
  console.log(`1. definitions made: ${made}, ${cost} calls`)
}
const options: HubSpotStoreOptions = { ...connected, mapping: { pipelines: await provisioner.pipelines() } }
const findings = await createProvisioner(options).check()
for (const { path, message, remedy } of findings) console.log(`   ${path}: ${message} → ${remedy}`)
if (findings.some(({ severity }) => severity !== 'warning'))
  throw new Error('the portal is not ready: --provision makes what is missing')
console.log(`   ${surroundings.name} is ready, findings: ${findings.length}`)

// 2. Governance, as with any other store.
const store = createHubSpotStore(options)
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const texts = { ...formatOptionsOf(policy), kind: 'complaint' }
let told = 0
const governance = createGovernance({
  store,
  policy,
  host: { clock: now, ...(newId === undefined ? {} : { newId }) },
  handlers: {
    default: () => {
      told += 1
      return Promise.resolve()
    },
  },
})

const accounts = store.accounts.list()[Symbol.asyncIterator]()
const account = await accounts.next()
if (account.done === true) throw new Error('the portal has no company')
const { accountId } = account.value
if ((await governance.account.get(governance.account.idOf(accountId))) === null)
  await governance.account.adopt(
    { accountId, name: account.value.name, isKeyAccount: true, tier: 'B', manager: 'u-liu' },
    { actor: 'u-liu' },
  )

// 3. A command is one new record of the journal, whose unique keys decide who was first; everything that people see follows from it.
const opened = await governance.complaint.open(
  {
    accountId,
    matter: 'Flange of lot 7 cracked',
    contact: 'Ms Li',
    expectedSolution: 'Replacement by Friday',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: now(),
  },
  { actor: 'u-huang' },
)
const { id } = opened
type Command = Parameters<typeof governance.complaint.send>[1]
const send = async (actor: string, command: Command, idempotencyKey?: string) => {
  const how = { actor, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }
  const [result, cost] = await counted(() => governance.complaint.send(id, command, how))
  return { result, cost }
}
const forwarded = await send('u-huang', { type: 'forward', department: 'product' }, 'forward-1')
assert.ok(forwarded.result.ok)
console.log(`3. forwarded: it is ${forwarded.result.state}, ${forwarded.cost} calls`)
// Sent again, as after a lost answer: the journal knows the command, and nothing is done twice.
const again = await send('u-huang', { type: 'forward', department: 'product' }, 'forward-1')
assert.ok(again.result.ok && again.result.duplicate)
assert.equal(again.result.version, forwarded.result.version)
console.log(`   the same command again: still entry ${again.result.version}, ${again.cost} calls`)

// 4. The policy refuses; nothing is written for that.
const refused = await send('u-xu', { type: 'accept' })
assert.ok(!refused.result.ok)
console.log(`4. refused, ${refused.cost} calls:`)
for (const refusal of refused.result.refusals)
  console.log(`   ${formatRefusal(refusal, 'en', texts)}\n   ${formatRefusal(refusal, 'zh-CN', texts)}`)

// 5. A rule of the portal's own admin refuses the ticket: the command stands, and the case says why the ticket does not show it.
const accepted = await send('u-peters', { type: 'accept' })
assert.ok(accepted.result.ok)
console.log(`5. accepted: it is ${accepted.result.state}, ${accepted.cost} calls`)
if (dropRule !== null) {
  const [ticket, shown] = [await ticketOf(), await caseOf()]
  assert.notEqual(ticket.properties['kag_state'], 'investigating')
  assert.equal(shown.properties['kag_state'], 'investigating')
  console.log(`   the ticket says ${ticket.properties['kag_state'] ?? '–'}, because ${shown.properties['kag_blocked'] ?? '–'}`)
  dropRule()
}
const contained = await send('u-huang', { type: 'contain', measure: 'Lot 7 stopped' })
assert.ok(contained.result.ok)
assert.equal((await ticketOf()).properties['kag_state'], contained.result.state)
console.log(`   after the next command the ticket says ${contained.result.state}, ${contained.cost} calls`)

// 6. A job sweeps every few minutes: deadlines fire, people are told. The index may be behind by seconds; the next sweep finds what this one did not.
pass?.(240)
const [swept, cost] = await counted(() => governance.sweep())
console.log(`6. swept: deadlines ${swept.rungs}, instances ${swept.settled}, people told ${told}, ${cost} calls`)
const [, idle] = await counted(() => governance.sweep())
console.log(`   swept again: ${idle} calls`)

// 7. What people see. No personal text is in any of it.
show('Ticket', ['subject', 'kag_state', 'kag_has_to_act', 'kag_due_at'], [await ticketOf()])
show(
  'Company',
  ['name', 'kag_tier', 'kag_standing'],
  await store.client.readMany('companies', [accountId], { properties: ['name', 'kag_tier', 'kag_standing'] }),
)
const entries = (await Array.fromAsync(store.history(id))).map(({ seq }) => entryKey(id, seq))
const columns = ['kag_event_key', 'kag_command', 'kag_actor', 'kag_at']
show(
  'Journal',
  columns,
  await store.client.readMany('p_kag_event', entries, { idProperty: 'kag_event_key', properties: columns }),
)
const journal = await governance.verifyJournal()
assert.deepEqual(journal.problems, [])
console.log(`\n${journal.entries} entries, ${journal.problems.length} problems`)

type Shown = { readonly properties: { readonly [name: string]: string | null } }

/** A record by its unique value, past the store: exact, no index is asked. */
async function byInstance(type: string, properties: readonly string[]): Promise<Shown> {
  const record = await store.client.read(type, id, { idProperty: 'kag_instance_id', properties })
  assert.ok(record !== null, `no record of ${type}`)
  return record
}

function ticketOf(): Promise<Shown> {
  return byInstance('tickets', ['subject', 'kag_state', 'kag_has_to_act', 'kag_due_at'])
}

function caseOf(): Promise<Shown> {
  return byInstance('p_kag_case', ['kag_state', 'kag_blocked'])
}

function show(title: string, names: readonly string[], records: readonly (Shown | null)[]): void {
  console.log(`\n   ${title}: ${names.join(' · ')}`)
  for (const record of records) console.log(`   ${names.map((name) => record?.properties[name] ?? '–').join(' · ')}`)
}
