// A command that the policy does not allow is answered with every reason at once, as data; the text is in the reader's language.
//
//   node examples/02-explain-a-refusal.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, formatOptionsOf, formatRefusal, loadPolicy, presets } from '@ka-governance/core'

const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const governance = createGovernance({ store: createMemoryStore({ clock: clock.now }), policy, host: { clock: clock.now } })
const texts = { ...formatOptionsOf(policy), kind: 'complaint' }

await governance.account.adopt(
  { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
  { actor: 'u-liu' },
)
const { id } = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Coating flakes off',
    contact: 'Ms Li',
    expectedSolution: 'Rework',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang' },
)
type Command = Parameters<typeof governance.complaint.send>[1]
const attempt = async (what: string, actor: string, command: Command): Promise<readonly string[]> => {
  const result = await governance.complaint.send(id, command, { actor })
  if (result.ok) return []
  console.log(`${what}\n`)
  for (const refusal of result.refusals) {
    const { code, rule, clause, parameter } = refusal
    console.log(`  ${code} (${[rule, clause, parameter].filter(Boolean).join(', ')})`)
    console.log(`    ${formatRefusal(refusal, 'en', texts)}`)
    console.log(`    ${formatRefusal(refusal, 'zh-CN', texts)}`)
  }
  console.log('')
  return result.refusals.map(({ code }) => code)
}
const evidence = [{ uri: 'lab:report-17' }]

// Wrong person and a department that does not exist: both are said, not only the first.
assert.deepEqual(
  await attempt('Finance forwards to a department that does not exist', 'u-xu', { type: 'forward', department: 'moon' }),
  ['role_required', 'value_not_allowed'],
)

// Right person, wrong moment.
assert.deepEqual(
  await attempt('Closing before anything was done', 'u-huang', {
    type: 'archive',
    lessons: 'None',
    prevention: { measure: 'None', owner: 'u-tang' },
  }),
  ['command_not_available'],
)

assert.deepEqual(await attempt('', 'u-huang', { type: 'forward', department: 'product' }), [])
assert.deepEqual(await attempt('', 'u-peters', { type: 'accept' }), [])
assert.deepEqual(
  await attempt('', 'u-qian', {
    type: 'determine',
    cause: 'Wrong primer',
    responsibleParty: 'Paint shop',
    evidence,
    rework: 'chemical',
    goodsReturned: true,
  }),
  [],
)
assert.deepEqual(await attempt('', 'u-peters', { type: 'plan', measures: 'Paint again' }), [])

// Two things are still owed before the customer may hear that all is done. Each reason names the command that would settle it.
assert.deepEqual(
  await attempt('Reporting done while rework and returned goods are open', 'u-peters', {
    type: 'complete',
    result: 'Painted',
    customerToldAt: clock.now(),
  }),
  ['field_missing', 'field_missing'],
)

// The same table answers before anybody tries: what may this person do now?
const options = await governance.complaint.options(id, { actor: 'u-liu' })
assert.ok(options)
console.log('What the account manager u-liu may do now\n')
for (const { command, status, fields, clause } of options)
  if (status !== 'refused' && clause.startsWith('CPL'))
    console.log(`  ${command.padEnd(16)} ${status}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`)
assert.ok(options.some(({ command, status }) => command === 'decideReturn' && status === 'needsInput'))
assert.ok(options.every(({ status, refusals }) => (status === 'refused') === refusals.length > 0))
