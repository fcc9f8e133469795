import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxRecordLength, splitRecords, type TextRecord } from './split-records.ts'

async function split(chunks: readonly string[], delimiter = ','): Promise<TextRecord[]> {
  const out: TextRecord[] = []
  for await (const batch of splitRecords(chunks, delimiter)) out.push(...batch)
  return out
}

describe('splitRecords', () => {
  it('follows quotes over line ends and counts physical lines', async () => {
    expect(await split(['a,b\r\n1,"x\r\ny ""z"""\r\n3,4'])).toEqual([
      { text: 'a,b', line: 1 },
      { text: '1,"x\r\ny ""z"""', line: 2 },
      { text: '3,4', line: 4 },
    ])
  })

  it('gives up one line for a stray quote and reads on behind it', async () => {
    expect(await split(['a,b\n1,"x\n3,4\n5,"y"\n'])).toEqual([
      { text: 'a,b', line: 1 },
      { text: '1,"x', line: 2, fault: 'quote_malformed' },
      { text: '3,4', line: 3 },
      { text: '5,"y"', line: 4 },
    ])
    expect((await split(['a\n"open\n1\n2\n'])).map((r) => r.fault ?? r.text)).toEqual(['a', 'quote_not_closed', '1', '2'])
    expect((await split(['a,b\n1,"x"y\n3,4\n'])).map((r) => r.fault ?? r.text)).toEqual(['a,b', 'quote_malformed', '3,4'])
  })

  it('rejects a field of 10 MB, quoted or not, without keeping it', async () => {
    const big = Array.from({ length: 100 }, () => 'x'.repeat(100_000))
    for (const quote of ['', '"']) {
      const records = await split(['a,b\n1,', quote, ...big, quote, '\n3,4\n'])
      expect(records.map((r) => r.fault ?? r.text)).toEqual(['a,b', 'record_too_large', '3,4'])
      expect(Math.max(...records.map((r) => r.text.length))).toBeLessThan(maxRecordLength)
    }
  })

  it('gives the same records however the text is cut into chunks', async () => {
    const field = fc.oneof(
      fc.constantFrom('', '1', 'a b', '"x"', '"a,b"', '"l1\nl2"', '"q""q"', '5" pipe', '"bad"x', '"open'),
      fc.string({ maxLength: 5 }),
    )
    const text = fc
      .array(fc.tuple(fc.array(field, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 8 })
      .map((rows) => rows.map(([cells, end]) => cells.join(',') + end).join(''))
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 6 }), async (whole, cuts) => {
        const at = [...new Set([0, ...cuts.map((c) => Math.min(c, whole.length)), whole.length])].sort((a, b) => a - b)
        const chunks = at.slice(1).map((end, i) => whole.slice(at[i], end))
        expect(await split(chunks)).toEqual(await split([whole]))
      }),
      { numRuns: 300 },
    )
  })
})
