// A small service on Salesforce: a complaint is opened, forwarded, refused something, swept; then the rows as an admin sees them.
//
//   node examples/12-salesforce/index.ts --fake     on a stand-in for the REST API (the default without credentials)
//   SF_INSTANCE_URL=… SF_ACCESS_TOKEN=… node examples/12-salesforce/index.ts     on a sandbox: it leaves rows there
import assert from 'node:assert/strict'
import { createProvisioner, createSalesforceStore, type SalesforceStoreOptions } from '@ka-governance/adapter-salesforce'
import { createGovernance, demoDirectory, formatOptionsOf, formatRefusal, loadPolicy, presets } from '@ka-governance/core'
import { surroundings } from './org.ts'

const { now, newId, pass, dropRule } = surroundings
let calls = 0
const options: SalesforceStoreOptions = { ...surroundings.options, onCall: () => void (calls += 1) }

// 1. Is the org ready? Nothing is written before that is known.
const findings = await createProvisioner(options).check()
for (const { path, message, remedy } of findings) console.log(`   ${path}: ${message} → ${remedy}`)
if (findings.some(({ severity }) => severity !== 'warning')) throw new Error('the org is not ready')
console.log(`1. ${surroundings.name} is ready, findings: ${findings.length}`)

// 2. Governance, as with any other store.
const store = createSalesforceStore(options)
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
const counted = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const before = calls
  return [await work(), calls - before]
}

const accounts = store.accounts.list()[Symbol.asyncIterator]()
const account = await accounts.next()
if (account.done === true) throw new Error('the org has no account')
const { accountId } = account.value
if ((await governance.account.get(governance.account.idOf(accountId))) === null)
  await governance.account.adopt(
    { accountId, name: account.value.name, isKeyAccount: true, tier: 'B', manager: 'u-liu' },
    { actor: 'u-liu' },
  )

// 3. One write a command: entry, snapshot, effects, personal texts and the case land together or not at all.
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
const send = async (actor: string, command: Command) => {
  const [result, cost] = await counted(() => governance.complaint.send(id, command, { actor }))
  return { result, cost }
}
const forwarded = await send('u-huang', { type: 'forward', department: 'product' })
assert.ok(forwarded.result.ok)
console.log(`3. forwarded: it is ${forwarded.result.state}, ${forwarded.cost} calls`)

// 4. The policy refuses; nothing is written for that.
const refused = await send('u-xu', { type: 'accept' })
assert.ok(!refused.result.ok)
console.log(`4. refused, ${refused.cost} calls:`)
for (const refusal of refused.result.refusals)
  console.log(`   ${formatRefusal(refusal, 'en', texts)}\n   ${formatRefusal(refusal, 'zh-CN', texts)}`)

// 5. A rule of the org's own admin refuses the case: the command stands, and the row says why the case does not show it.
const accepted = await send('u-peters', { type: 'accept' })
assert.ok(accepted.result.ok)
console.log(`5. accepted, the case is ${accepted.result.projection}`)
if (dropRule !== null) {
  assert.equal(accepted.result.projection, 'blocked')
  await show('Record refused', ['InstanceKey__c', 'State__c', 'Blocked__c'], 'KagInstance__c WHERE Blocked__c != null')
  dropRule()
}
// The next command writes the case anew.
const contained = await send('u-huang', { type: 'contain', measure: 'Lot 7 stopped' })
assert.ok(contained.result.ok && contained.result.projection === 'written')
console.log(`   after the next command the case is ${contained.result.projection}, ${contained.cost} calls`)

// 6. A job sweeps every few minutes: deadlines fire, people are told.
pass?.(240)
const [swept, cost] = await counted(() => governance.sweep())
console.log(`6. swept: deadlines ${swept.rungs}, instances ${swept.settled}, people told ${told}, ${cost} calls`)
const [, idle] = await counted(() => governance.sweep())
console.log(`   swept again: ${idle} calls`)

// 7. What an admin sees. No personal text is in any of it.
await show('Case', ['KagState__c', 'KagHasToAct__c', 'KagDueAt__c'], `Case WHERE KagInstanceKey__c = '${id}'`)
await show('Account', ['Name', 'KagTier__c', 'KagStanding__c'], `Account WHERE Id = '${accountId}'`)
await show(
  'Journal',
  ['Name', 'Seq__c', 'Command__c', 'ActorId__c', 'At__c'],
  `KagEvent__c WHERE InstanceKey__c = '${id}' ORDER BY Seq__c ASC`,
)
const { entries, problems } = await governance.verifyJournal()
assert.deepEqual(problems, [])
console.log(`\n${entries} entries, ${problems.length} problems`)

/** Rows as the org has them, past the store. */
async function show(title: string, columns: readonly string[], from: string): Promise<void> {
  console.log(`\n   ${title}: ${columns.join(' · ')}`)
  for await (const row of store.client.query(`SELECT ${columns.join(', ')} FROM ${from}`))
    console.log(`   ${columns.map((column) => cell(row[column])).join(' · ')}`)
}

function cell(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}
