import { describe, expect, it } from 'vitest'
import { compileDateFormat, zoneClock } from './dates.ts'

const read = (format: string, text: string): string | null => {
  const parsed = compileDateFormat(format)?.(text)
  return parsed ? new Date(parsed.wall).toISOString().slice(0, 16) : null
}

describe('compileDateFormat', () => {
  it.each([
    ['iso', '2024-02-29', '2024-02-29T00:00'],
    ['iso', '2016-02-29T01:16', '2016-02-29T01:16'],
    ['yyyy-MM-dd HH:mm', '2010-12-01 08:26', '2010-12-01T08:26'],
    ['d/M/yyyy', '3/2/2024', '2024-02-03T00:00'],
    ['M/d/yy h:mm a', '2/3/24 12:05 am', '2024-02-03T00:05'],
    ['yyyy年M月d日', '2024年2月3日', '2024-02-03T00:00'],
    ['yyyy', '2017', '2017-01-01T00:00'],
  ])('%s reads %s', (format, text, wall) => {
    expect(read(format, text)).toBe(wall)
  })

  it.each([
    ['iso', '2023-02-29'],
    ['iso', '2024-13-01'],
    ['iso', '2024-01-01T25:00'],
    ['d/M/yyyy', '31/4/2024'],
    ['yyyy.MM.dd', '2024-01-01'],
    ['iso', '20240101'],
  ])('%s refuses %s', (format, text) => {
    expect(read(format, text)).toBeNull()
  })

  it('refuses formats that do not name a day', () => {
    expect(compileDateFormat('HH:mm')).toBeNull()
    expect(compileDateFormat('yyyy-MM')).toBeNull()
  })

  it('keeps the offset that a time names', () => {
    expect(compileDateFormat('iso')?.('2024-05-01T08:00:00+08:00')).toMatchObject({ offset: 480 })
    expect(compileDateFormat('iso')?.('2024-05-01T08:00Z')).toMatchObject({ offset: 0 })
  })
})

describe('zoneClock', () => {
  const berlin = zoneClock('Europe/Berlin')
  it('moves a skipped time behind the gap and takes a repeated one the first time', () => {
    expect(berlin.toInstant(Date.UTC(2024, 2, 31, 2, 30))).toBe(Date.UTC(2024, 2, 31, 1, 30))
    expect(berlin.toInstant(Date.UTC(2024, 9, 27, 2, 30))).toBe(Date.UTC(2024, 9, 27, 0, 30))
    expect(berlin.toInstant(Date.UTC(2024, 6, 1, 12))).toBe(Date.UTC(2024, 6, 1, 10))
  })

  it('knows the date at an instant', () => {
    expect(zoneClock('Asia/Shanghai').dateOf(Date.UTC(2024, 0, 1, 16))).toBe('2024-01-02')
    expect(zoneClock('America/Los_Angeles').dateOf(Date.UTC(2024, 0, 1, 7))).toBe('2023-12-31')
  })
})
