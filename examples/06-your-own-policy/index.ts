// A company's own policy: a YAML draft with values still open and two mistakes, what is wrong with it, and the clocks it sets
// once it is right.
//
//   node examples/06-your-own-policy/index.ts
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import { checkPolicy, createGovernance, formatFinding, loadPolicy } from '@ka-governance/core'

const draft = readFileSync(new URL('draft.yaml', import.meta.url), 'utf8')

// 1. Everything that is wrong, at once, with its line, its number in the list of parameters, and what to write instead.
const { findings } = checkPolicy(draft)
console.log(`1. draft.yaml has ${findings.length} findings`)
for (const finding of findings) {
  const { line, clause, path, message, remedy } = finding
  console.log(`   line ${line ?? 0}, ${clause ?? ''} ${path}\n     ${message}\n     → ${remedy}`)
  console.log(`     ${formatFinding(finding, 'zh-CN')}`)
}
assert.deepEqual(findings.map(({ code }) => code).sort(), ['gap', 'unknown_reference', 'unset', 'unset'])
assert.throws(() => loadPolicy(draft), { code: 'invalid_policy' })

// 2. Somebody edits the lines that were named.
const edits: readonly (readonly [line: RegExp, text: string])[] = [
  [/(handoff:\s+amount:) '\[X\]'/, '$1 2'],
  [/(decideWithin:\s+amount:) '\[X\]'/, '$1 10'],
  [/CNY 4,000,000/, 'CNY 5,000,000'],
  [/custmerService/, 'customerService'],
]
const finished = edits.reduce((text, [line, replacement]) => text.replace(line, replacement), draft)
const policy = loadPolicy(finished)
console.log(`2. ${policy.id} ${policy.version} is ready`)

// 3. The numbers of the file, and no others, decide.
const clock = createVirtualClock('2026-03-02T17:00:00+08:00')
const governance = createGovernance({ store: createMemoryStore({ clock: clock.now }), policy, host: { clock: clock.now } })
await governance.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'A' }, { actor: 'u-tian' })
const { id } = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Filter clogs',
    contact: 'Ms Li',
    expectedSolution: 'Another mesh',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-bai' },
)
const complaint = await governance.complaint.get(id)
assert.ok(complaint)
const due = (name: string): string => {
  const instant = complaint.clocks.find((one) => one.name === name)?.standing.dueAt
  return instant == null ? '' : new Date(instant).toISOString()
}
// Two working hours from 17:00, closing is at 18:00: one today, one tomorrow from 09:00. Five working days: Monday's closing.
assert.equal(due('handoff'), '2026-03-03T02:00:00.000Z')
assert.equal(due('resolution'), '2026-03-09T10:00:00.000Z')
console.log(`3. to be handed on by ${due('handoff')}, resolved by ${due('resolution')}`)

// 4. What was decided stays bound to the policy under which it was decided.
console.log(`4. pinned to ${complaint.policy.id} ${complaint.policy.version}, ${complaint.policy.hash.slice(0, 12)}…`)
assert.deepEqual(complaint.policy, governance.pin)
