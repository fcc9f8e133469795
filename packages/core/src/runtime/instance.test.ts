import { expect, test } from 'vitest'
import { canonicalJson } from '../rules/index.ts'
import { startClock } from '../sla/index.ts'
import { complaintWorkflow } from '../workflows/complaint/index.ts'
import { blankInstance, encodeSnapshot, type Instance } from './instance.ts'

const blank = blankInstance(complaintWorkflow, 'cmp-1', { id: 'p', version: '1', hash: 'a'.repeat(64) })
const clock = startClock('handoff', { amount: 4, unit: 'workingHours' }, 1_000)

test.each<[string, Instance]>([
  ['no clocks', blank],
  ['one clock', { ...blank, clocks: [clock] }],
  ['the same clock twice, and text to escape', { ...blank, accountId: '"ä\\\n', clocks: [clock, clock] }],
])('the text of a snapshot is canonical JSON: %s', (_, instance) => {
  expect(encodeSnapshot(instance)).toBe(canonicalJson(instance as never))
  expect(encodeSnapshot(JSON.parse(encodeSnapshot(instance)) as Instance)).toBe(encodeSnapshot(instance))
})
