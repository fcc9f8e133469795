import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isGovernanceError } from '../errors/index.ts'
import { parseVectors, runVector } from './testing/vectors.ts'

const file = new URL('../../../../../shared/fixtures/calendar-vectors-sample.json', import.meta.url)
const vectors = existsSync(file) ? parseVectors(readFileSync(file, 'utf8')) : []

describe('vectors taken from public test suites', () => {
  if (vectors.length === 0) it.skip('skipped: the sample vectors are not on this machine', () => undefined)
  it.each(vectors.map((vector) => [vector.id, vector.op, vector] as const))('%s %s', (_id, _op, vector) => {
    const outcome = runVector(vector)
    expect(outcome.status, outcome.status === 'failed' ? `${outcome.reading}: got ${outcome.got}` : '').toBe('passed')
  })

  const vector = {
    id: 'T1',
    calendar: { timeZone: 'UTC', week: { mon: [['09:00', '17:00']] } },
    op: 'addWorkingMinutes',
    args: { from: '2026-01-05T09:00:00Z', minutes: 480 },
    expected: '2026-01-05T17:00:00Z',
    unanimous: false,
    validUnder: ['stop'],
  }

  it('reports a wrong answer, an unusable calendar and an unknown reading', () => {
    const [wrong] = parseVectors(JSON.stringify({ vectors: [{ ...vector, validUnder: ['roll'] }] })).map(runVector)
    expect(wrong).toMatchObject({ status: 'failed', reading: 'roll', got: '2026-01-12T09:00:00.000Z' })
    const [unusable] = parseVectors(JSON.stringify({ vectors: [{ ...vector, calendar: { timeZone: 'UTC', week: {} } }] })).map(
      runVector,
    )
    expect(unusable).toMatchObject({ status: 'failed' })
    const [unknown] = parseVectors(JSON.stringify({ vectors: [{ ...vector, validUnder: ['sideways'] }] })).map(runVector)
    expect(unknown).toMatchObject({ status: 'skipped', readings: ['sideways'] })
  })

  it.each(['', '[]', '{"vectors": [{"id": 1}]}', JSON.stringify({ vectors: [{ ...vector, expected: undefined }] })])(
    'refuses a malformed file: %s',
    (text) => {
      let thrown: unknown
      try {
        parseVectors(text)
      } catch (error) {
        thrown = error
      }
      expect(isGovernanceError(thrown, 'invalid_input')).toBe(true)
    },
  )
})
