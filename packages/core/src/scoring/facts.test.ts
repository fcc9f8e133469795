import { describe, expect, it } from 'vitest'
import { accountFactsSchema } from './facts.ts'
import { factsWith, order } from './testing/fixtures.ts'

describe('account facts [ADJ-09]', () => {
  it('are plain JSON that reads back as it was', () => {
    const facts = factsWith({
      purchases: [
        { ...order('2026-03-02', 125_000), paidOn: null, product: 'resin', quantity: 12.5 },
        { ...order('2026-04-02', -1_000), kind: 'credit', pays: 'rebate', originalDate: '2025-12-31' },
      ],
      conditions: { potentialUp: { holds: true, judgedOn: '2026-05-01', by: 'u-4' } },
      excusedDrops: [{ cycle: '2026-H1', reason: 'stock-out', evidence: 'doc:1' }],
      surveys: [{ id: 's-1', on: '2026-03-02', says: 'satisfied' }],
      needs: { price: { score: 80, judgedOn: '2026-05-01', by: 'u-4' } },
      partnership: { technology: { score: 60, judgedOn: '2026-05-01', by: 'u-4' } },
      industryRank: { rank: 2, judgedOn: '2026-05-01', by: 'u-4' },
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
    ['a place in the industry before the first', { industryRank: { rank: 0, judgedOn: '2026-05-01', by: 'u-4' } }],
    ['an answer that is none', { surveys: [{ id: 's-1', on: '2026-03-02', says: 'maybe' }] }],
    ['an excuse without evidence', { excusedDrops: [{ cycle: '2026-H1', reason: 'stock-out', evidence: '' }] }],
  ])('refuse %s', (_, patch) => {
    expect(accountFactsSchema.safeParse({ ...factsWith(), ...patch }).success).toBe(false)
  })
})
