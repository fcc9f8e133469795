import { createVirtualClock } from '@ka-governance/adapter-memory'
import { expect, test } from 'vitest'

test('moves only when told', () => {
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const { now } = clock
  expect(now()).toBe(Date.UTC(2026, 2, 2, 1))
  expect(clock.advance(1500)).toBe(now())
  expect(clock.travelTo('2026-03-02T01:00:02Z')).toBe(Date.UTC(2026, 2, 2, 1, 0, 2))
  clock.set(5)
  expect(now()).toBe(5)
})

test.each<[name: string, act: (clock: ReturnType<typeof createVirtualClock>) => unknown]>([
  ['a text without offset', () => createVirtualClock('2026-03-02T09:00:00')],
  ['no date', () => createVirtualClock('tomorrowZ')],
  ['a fraction', (clock) => clock.advance(0.5)],
  ['a step back', (clock) => clock.advance(-1)],
  ['a journey into the past', (clock) => clock.travelTo(99)],
  [
    'not a number',
    (clock) => {
      clock.set(Number.NaN)
    },
  ],
])('refuses %s and stays where it is', (_, act) => {
  const clock = createVirtualClock(100)
  expect(() => act(clock)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error)
  expect(clock.now()).toBe(100)
})
