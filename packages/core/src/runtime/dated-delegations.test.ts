import { expect, test } from 'vitest'
import { datedDelegations } from './dated-delegations.ts'

test('both days count, whole: also the one on which the clocks change', () => {
  const days = { from: 'a', to: 'b', since: '2026-03-28', until: '2026-03-29' }
  expect(datedDelegations([days], 'Europe/Berlin')).toEqual([
    { from: 'a', to: 'b', since: Date.parse('2026-03-28T00:00:00+01:00'), until: Date.parse('2026-03-30T00:00:00+02:00') },
  ])
})

test('what is no date is refused', () => {
  expect(() => datedDelegations([{ from: 'a', to: 'b', since: '2026-02-30', until: '2026-03-01' }], 'UTC')).toThrow(
    expect.objectContaining({ code: 'invalid_input' }) as Error,
  )
})
