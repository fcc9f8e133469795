import { expect, test } from 'vitest'
import { accountLedger } from '../ledgers/account/index.ts'
import { complaintWorkflow } from '../workflows/complaint/index.ts'
import { eventsBetween } from './commands-between.ts'

test('what leads from a state to another in one step is read off the machine, through states around it and their first inner ones', () => {
  const { machine: account } = accountLedger
  expect(eventsBetween(account, 'ka', 'suspended')).toEqual(['suspend'])
  expect(eventsBetween(account, 'suspended', 'ka')).toEqual(['resume'])
  expect(eventsBetween(account, 'ka', 'exiting')).toEqual(['endByCustomer', 'startExit'])
  expect(eventsBetween(account, 'ka', 'blacklisted')).toEqual(['recuse', 'vote'])
  expect(eventsBetween(account, 'exited', 'prospect')).toEqual(['readmit'])
  expect(eventsBetween(complaintWorkflow.machine, 'received', 'assigned')).toContain('forward')
})

test('where no single step leads, or the state is none, there is nothing', () => {
  const { machine } = accountLedger
  expect(eventsBetween(machine, 'ka', 'exited')).toEqual([])
  expect(eventsBetween(machine, 'ka', 'Gold')).toEqual([])
  expect(eventsBetween(machine, 'constructor', 'ka')).toEqual([])
  // A state with inner ones is none that an instance stands in.
  expect(eventsBetween(machine, 'governed', 'exiting')).toEqual([])
})
