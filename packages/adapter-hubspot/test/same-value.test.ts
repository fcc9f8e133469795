import { describe, expect, test } from 'vitest'
import { showsWhatWasWritten } from '../src/same-value.ts'

describe('what the portal makes of a value', () => {
  test.each([
    ['white space', ' a ', 'a', 'plain'],
    ['nothing', '', null, 'plain'],
    ['how a number is put', '12', '12.0', 'number'],
    ['an instant as text', '1772413200000', '2026-03-02T01:00:00.000Z', 'instant'],
    ['another offset', '2026-03-02T01:00:00.000Z', '2026-03-02T09:00:00.000+08:00', 'instant'],
    ['a property of a day', '2026-03-02T01:00:00.000Z', '2026-03-02', 'instant'],
  ] as const)('%s is no change', (_, written, shown, by) => {
    expect(showsWhatWasWritten(written, shown, by)).toBe(true)
  })

  test.each([
    ['a letter', 'a', 'A', 'plain'],
    ['a text where there was none', '', 'x', 'plain'],
    ['no text any more', 'x', null, 'plain'],
    ['another number', '12', '12.1', 'number'],
    ['a millisecond', '1772413200000', '1772413200001', 'instant'],
    ['another day', '2026-03-02T01:00:00.000Z', '2026-03-03', 'instant'],
    ['no offset', '2026-03-02T01:00:00.000Z', '2026-03-02T01:00:00.000', 'instant'],
    ['no date', '2026-03-02T01:00:00.000Z', 'x', 'instant'],
  ] as const)('%s is one', (_, written, shown, by) => {
    expect(showsWhatWasWritten(written, shown, by)).toBe(false)
  })
})
