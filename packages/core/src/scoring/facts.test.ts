import { describe, expect, it } from 'vitest'
import { accountFactsSchema } from './facts.ts'
import { factsWith, order } from './testing/fixtures.ts'

describe('account facts [ADJ-09]', () => {
  it('are plain JSON that reads back as it was', () => {
    const facts = factsWith({
      purchases: [order('2026-03-02', 125_000)],
      conditions: { potentialUp: { holds: true, judgedOn: '2026-05-01', by: 'u-4' } },
      excusedDrops: [{ cycle: '2026-H1', reason: 'stock-out', evidence: 'doc:1' }],
      coverage: { from: '2024-01-01', to: '2026-08-01' },
    })
    expect(accountFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
  })
  it.each([
    ['fractions of a minor unit', { purchases: [{ ...order('2026-03-02', 1), minor: 0.5 }] }],
    ['a date that does not exist', { relationshipStart: '2026-02-30' }],
    ['an unknown key', { turnover: 5 }],
    ['a judgement out of range', { judgements: { potential: { score: 101, judgedOn: '2026-05-01', by: 'u-4' } } }],
    ['an unknown judged condition', { conditions: { moonFull: { holds: true, judgedOn: '2026-05-01', by: 'u-4' } } }],
    ['an excuse without evidence', { excusedDrops: [{ cycle: '2026-H1', reason: 'stock-out', evidence: '' }] }],
  ])('refuse %s', (_, patch) => {
    expect(accountFactsSchema.safeParse({ ...factsWith(), ...patch }).success).toBe(false)
  })
})
