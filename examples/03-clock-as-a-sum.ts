// A deadline as a sum that anybody can check with a wall calendar: seven working days over China's Spring Festival, with a
// question to the customer in between, and two Saturdays that are working days (调休).
//
//   node examples/03-clock-as-a-sum.ts
import assert from 'node:assert/strict'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import {
  createGovernance,
  demoDirectory,
  formatClockExplanation,
  formatOptionsOf,
  loadPolicy,
  presets,
  type ClockExplanation,
} from '@ka-governance/core'

// Thursday, 12 February 2026. Spring Festival is from the 15th to the 23rd; the Saturdays 14 and 28 February are worked.
const clock = createVirtualClock('2026-02-12T15:00:00+08:00')
const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
const governance = createGovernance({ store: createMemoryStore({ clock: clock.now }), policy, host: { clock: clock.now } })

await governance.account.adopt(
  { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' },
  { actor: 'u-liu' },
)
const { id } = await governance.complaint.open(
  {
    accountId: 'acme',
    matter: 'Bearings run hot',
    contact: 'Ms Li',
    expectedSolution: 'New bearings',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt: clock.now(),
  },
  { actor: 'u-huang' },
)
type Command = Parameters<typeof governance.complaint.send>[1]
const send = async (actor: string, command: Command): Promise<void> => {
  const result = await governance.complaint.send(id, command, { actor })
  assert.ok(result.ok, JSON.stringify(result))
}
const explain = async (name: string): Promise<ClockExplanation> => {
  const found = (await governance.complaint.get(id))?.clocks.find((one) => one.name === name)
  assert.ok(found)
  return found.explain()
}
const texts = formatOptionsOf(policy)
const show = async (name: string): Promise<void> =>
  console.log(`${formatClockExplanation(await explain(name), 'en', texts).join('\n')}\n`)
const at = (instant: number | null): string => (instant === null ? '' : new Date(instant).toISOString())

// 1. Four working hours to hand it on: two and a half today, one and a half on Friday morning.
await show('handoff')
assert.equal(at((await explain('handoff')).dueAt), '2026-02-13T02:00:00.000Z')

await send('u-huang', { type: 'forward', department: 'product' })
await send('u-peters', { type: 'accept' })

// 2. Seven working days, as long as nothing stands still: the 13th, 14th, 24th, 25th, 26th, 27th, and to closing time on the worked
//    Saturday, the 28th.
const plain = (await explain('resolution')).dueAt
assert.equal(at(plain), '2026-02-28T09:30:00.000Z')

// 3. The department asks the customer on Friday evening and has the answer on Monday. Saturday 14 was a working day on which
//    nothing could be done, so it does not count, and the deadline moves to Monday, 2 March.
clock.travelTo('2026-02-13T17:30:00+08:00')
await send('u-peters', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'Which line?' })
clock.travelTo('2026-02-16T10:00:00+08:00')
await send('u-garcia', { type: 'customerReplied', answer: 'Line 3' })
await show('resolution')

const explanation = await explain('resolution')
const [part] = explanation.parts
assert.ok(part)
// The sum is exact: what the lines count is the budget.
assert.equal(
  part.lines.reduce((sum, line) => sum + line.counted, 0),
  7,
)
const verdicts = Object.fromEntries(part.lines.flatMap((line) => (line.kind === 'day' ? [[line.date, line.verdict]] : [])))
assert.equal(verdicts['2026-02-14'], 'paused')
assert.equal(verdicts['2026-02-28'], 'counted')
assert.equal(at(explanation.dueAt), '2026-03-02T09:30:00.000Z')
console.log(formatClockExplanation(explanation, 'zh-CN', texts).join('\n'))
