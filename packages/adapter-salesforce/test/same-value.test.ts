import { describe, expect, test } from 'vitest'
import { showsWhatWasWritten } from '../src/same-value.ts'

describe('what the org makes of a value', () => {
  test.each([
    ['white space and lines', ' a\r\nb ', 'a\nb', 'plain'],
    ['nothing', '  ', null, 'plain'],
    ['a checkbox without a value', null, false, 'plain'],
    ['half a second', '2026-03-02T01:00:00.999+0000', '2026-03-02T01:00:00.000+0000', 'instant'],
    ['a date field', '2026-03-02T01:00:00.999+0000', '2026-03-02', 'instant'],
    ['another offset', '2026-03-02T01:00:00.000+0000', '2026-03-02T09:00:00.000+0800', 'instant'],
    ['rounding', 12.345, 12.35, 'plain'],
    ['rounding to whole ones', 12.5, 13, 'plain'],
    ['digits as a text', 12, '12', 'plain'],
    ['a longer id', '001000000000001', '001000000000001AAA', 'id'],
    ['a word in other letters', 'working', 'Working', 'word'],
  ] as const)('%s is no change', (_, written, shown, by) => {
    expect(showsWhatWasWritten(written, shown, by)).toBe(true)
  })
  test.each([
    ['a letter', 'a', 'A', 'plain'],
    ['a text where there was none', null, 'x', 'plain'],
    ['no text any more', 'x', null, 'plain'],
    ['a second', '2026-03-02T01:00:00.999+0000', '2026-03-02T01:00:01.000+0000', 'instant'],
    ['no offset', '2026-03-02T01:00:00.000+0000', '2026-03-02T01:00:00.000', 'instant'],
    ['no date', '2026-03-02T01:00:00.999+0000', 'x', 'instant'],
    ['another day', '2026-03-02T01:00:00.999+0000', '2026-03-03', 'instant'],
    ['a whole number', 12, 12.4, 'plain'],
    ['more than rounding', 12.345, 12.4, 'plain'],
    ['a checkbox', false, true, 'plain'],
    ['a checkbox, the other way', true, null, 'plain'],
    ['another record', '001000000000001AAA', '001000000000002AAA', 'id'],
    ['a text that only begins alike', '001000000000001', '001000000000001', 'plain'],
    ['an unknown shape', 'x', { attributes: {} }, 'plain'],
  ] as const)('%s is one, as the case may be', (_, written, shown, by) => {
    expect(showsWhatWasWritten(written, shown, by)).toBe(written === shown)
  })
})
