import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

describe('csvLine', () => {
  it('quotes what needs it and disarms formulas', () => {
    expect(csvLine(['a,b', 'say "x"', 'l1\nl2', '=1+1', '@x', -5, null, true])).toBe(
      `"a,b","say ""x""","l1\nl2",'=1+1,'@x,-5,,true\r\n`,
    )
  })
})
