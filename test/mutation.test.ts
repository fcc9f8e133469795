import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intervalOf, sampleOf, type Change } from '../scripts/mutation/sample.ts'
import { judgedAgain, scoreOf, type MutantResult } from '../scripts/mutation/score.ts'

const change = (file: string, line: number, id = `${file} ${line}`): Change => ({
  id,
  file,
  location: { start: { line, column: 4 }, end: { line, column: 9 } },
  mutatorName: 'EqualityOperator',
  replacement: 'a <= b',
})
const changesOf = (file: string, size: number): readonly Change[] => Array.from({ length: size }, (_, line) => change(file, line))
const ofFile = (sample: ReadonlySet<string>, file: string): number => [...sample].filter((id) => id.startsWith(`${file} `)).length

describe('a sample of changes', () => {
  const code = [...changesOf('a.ts', 100), ...changesOf('b.ts', 2), ...changesOf('c.ts', 9)]

  it('takes its share of every file, rounded up, and of one in one everything', () => {
    const sample = sampleOf(4, code)
    expect(['a.ts', 'b.ts', 'c.ts'].map((file) => ofFile(sample, file))).toEqual([25, 1, 3])
    expect(sampleOf(1, code)).toEqual(new Set(code.map(({ id }) => id)))
    expect(sampleOf(4, [])).toEqual(new Set())
    const another = sampleOf(4, code, 2)
    expect(ofFile(another, 'a.ts')).toBe(25)
    expect([...another].filter((id) => sample.has(id)).length).toBeLessThan(15)
  })

  it('is the same whatever else is there, however the changes are numbered and ordered; a larger one holds a smaller one', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(code, { minLength: 0 }), fc.integer({ min: 1, max: 9 }), (some, oneIn) => {
        const sample = sampleOf(oneIn, some)
        const own = ['a.ts', 'b.ts', 'c.ts'].flatMap((name) => [
          ...sampleOf(
            oneIn,
            some.filter(({ file }) => file === name),
          ),
        ])
        expect(sample).toEqual(new Set(own))
        for (const id of sampleOf(oneIn * 2, some)) expect(sample).toContain(id)
      }),
    )
    const renumbered = code.map((item, at) => ({ ...item, id: String(at) }))
    const chosen = sampleOf(4, renumbered)
    expect(new Set(code.filter((_, at) => chosen.has(String(at))).map(({ id }) => id))).toEqual(sampleOf(4, code))
  })
})

describe('where the share of all lies', () => {
  it('is Wilson’s interval as long as nearly everything is untried', () => {
    // Newcombe 1998, table I, method 3: 81 of 263 and 15 of 148.
    const rounded = (interval: readonly number[]): readonly number[] => interval.map((bound) => Number(bound.toFixed(4)))
    expect(rounded(intervalOf(81, 263, 1e12))).toEqual([0.2553, 0.3662])
    expect(rounded(intervalOf(15, 148, 1e12))).toEqual([0.0624, 0.1605])
  })

  it('grows narrower the more is tried, until nothing is left to guess', () => {
    const reach = (all: number): number => {
      const [low, high] = intervalOf(90, 100, all)
      expect(low).toBeLessThanOrEqual(0.9)
      expect(high).toBeGreaterThanOrEqual(0.9)
      return high - low
    }
    const reaches = [1e12, 1000, 200, 110, 100].map(reach)
    expect(reaches).toEqual([...reaches].sort((a, b) => b - a))
    expect(reaches.at(-1)).toBe(0)
  })

  it('stays between nothing and everything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(5000), (tried, some, untried) => {
        const [low, high] = intervalOf(Math.min(some, tried), tried, tried + untried)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(high)
      }),
    )
  })
})

describe('a row of the table of scores', () => {
  const results = (
    status: 'Killed' | 'Survived' | 'NoCoverage' | 'Ignored' | 'Timeout' | 'RuntimeError',
    size: number,
    statusReason?: string,
  ) => Array.from({ length: size }, () => ({ status, ...(statusReason === undefined ? {} : { statusReason }) }))

  it('counts what ran out of time for neither side, unless a loop never ended', () => {
    const tried = [
      ...results('Killed', 8),
      ...results('Timeout', 1, 'Hit limit reached (501/500)'),
      ...results('Timeout', 3),
      ...results('Survived', 2),
      ...results('NoCoverage', 1),
      ...results('RuntimeError', 1, 'it does not load'),
    ]
    expect(scoreOf('sla', tried, [...tried, ...results('Ignored', 5)])).toBe('| `sla` | 75.0 % | 9 | 3 | 3 | 6 | 16 of 16 |')
  })

  it('says how far a sample can be off', () => {
    const tried = [...results('Killed', 90), ...results('Survived', 10)]
    const all = [...tried, ...results('RuntimeError', 300, 'not in the sample'), ...results('Ignored', 7)]
    expect(scoreOf('sla', tried, all)).toBe('| `sla` | 90.0 % (83.7 % to 94.0 %) | 90 | 10 | 0 | 7 | 100 of 400 |')
    expect(scoreOf('sla', [], results('Ignored', 7))).toBe('| `sla` | – | 0 | 0 | 0 | 7 | 0 of 0 |')
  })

  it('takes for those judged by more tests what these say, and refuses what is no longer the same change', () => {
    const result = (id: string, status: MutantResult['status'], replacement = 'a <= b'): MutantResult => ({
      ...change('a.ts', 1, id),
      fileName: 'a.ts',
      status,
      replacement,
    })
    const first = [result('1', 'Killed'), result('2', 'Survived'), result('3', 'NoCoverage')]
    expect(judgedAgain(first, [result('3', 'Survived'), result('2', 'Killed')]).map(({ status }) => status)).toEqual([
      'Killed',
      'Killed',
      'Survived',
    ])
    expect(judgedAgain(first, [])).toEqual(first)
    expect(() => judgedAgain(first, [result('2', 'Killed', 'a >= b')])).toThrow('a.ts changed during the run')
  })
})
