import { afterEach, describe, expect, it, vi } from 'vitest'
import { InvalidInputError } from '../errors/index.ts'
import { formatFieldName } from './format-field-name.ts'
import { formatInstant } from './time.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const noon = Date.UTC(2026, 2, 2, 12)
/** One zone, written in as many ways as are asked for: names of zones have no case. */
const spellings = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    Array.from('asia/shanghai', (letter, place) => ((index >> place) & 1 ? letter.toUpperCase() : letter)).join(''),
  )

describe('formats of a zone', () => {
  it('are made once, however many sentences there are', () => {
    formatFieldName('code', 'en')
    formatInstant(noon, 'en', { timeZone: 'Asia/Shanghai' })
    const made = vi.spyOn(Intl, 'DateTimeFormat')
    for (let count = 0; count < 50; count += 1) {
      formatFieldName('code', 'zh-CN')
      expect(formatInstant(noon, 'en')).toBe('2 March 2026, 12:00 UTC')
      expect(formatInstant(noon, 'en', { timeZone: 'Asia/Shanghai' })).toBe('2 March 2026, 20:00')
    }
    expect(made).not.toHaveBeenCalled()
  })

  it('stay few when the zone is written in ever new ways, and each is right', () => {
    for (const timeZone of spellings(300)) expect(formatInstant(noon, 'en', { timeZone })).toBe('2 March 2026, 20:00')
    const [first = ''] = spellings(1)
    const made = vi.spyOn(Intl, 'DateTimeFormat')
    formatInstant(noon, 'en', { timeZone: first })
    expect(made).toHaveBeenCalledOnce()
  })

  it('of a zone that does not exist are refused each time', () => {
    for (let count = 0; count < 2; count += 1)
      expect(() => formatInstant(noon, 'en', { timeZone: 'Asia/Nowhere' })).toThrow(InvalidInputError)
  })
})
