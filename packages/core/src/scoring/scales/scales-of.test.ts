import { describe, expect, test } from 'vitest'
import { tiers } from '../../policy/parts.ts'
import { scalesOf } from './scales-of.ts'
import { serviceLevelOf } from './service-level.ts'

const drives = (tier: 'B' | null, grade: 'A' | null, by: 'tier' | 'grade') =>
  scalesOf({ tier, grade }, by).map(({ scale, level, drives: leads }) => `${scale} ${String(level)}${leads ? ' drives' : ''}`)

describe('named scales [decision 7]', () => {
  test('the service level follows from the letter: A is the first, B the second, C and D the third [CLS-06]', () => {
    expect(tiers.map(serviceLevelOf)).toEqual([1, 2, 3, 3])
  })
  test('tier and grade stand side by side; the driving one sets the service level', () => {
    expect(drives('B', 'A', 'tier')).toEqual(['tier B drives', 'grade A', 'serviceLevel 2'])
    expect(drives('B', 'A', 'grade')).toEqual(['tier B', 'grade A drives', 'serviceLevel 1'])
  })
  test('each says what it follows from, and its clause', () => {
    const rows = (by: 'tier' | 'grade') =>
      scalesOf({ tier: 'B', grade: 'A' }, by).map(({ derivedFrom, clause, drives: leads }) => [derivedFrom, clause, leads])
    expect(rows('tier')).toEqual([
      [null, 'TIER-01', true],
      [null, 'TIER-06', false],
      ['tier', 'CLS-06', false],
    ])
    expect(rows('grade')).toEqual([
      [null, 'TIER-01', false],
      [null, 'TIER-06', true],
      ['grade', 'CLS-06', false],
    ])
  })
  test('a grade drives only where there is one; without a tier there is no level', () => {
    expect(drives('B', null, 'grade')).toEqual(['tier B drives', 'grade null', 'serviceLevel 2'])
    expect(drives(null, null, 'tier')).toEqual(['tier null drives', 'grade null', 'serviceLevel null'])
  })
})
