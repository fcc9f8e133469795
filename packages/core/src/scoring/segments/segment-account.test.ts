import { describe, expect, test } from 'vitest'
import { cycle, factsWith, policyWith } from '../testing/fixtures.ts'
import { segmentAccount } from './segment-account.ts'

const judgement = (score: number, judgedOn = '2026-05-01') => ({ score, judgedOn, by: 'u-4' })

describe('the need segment of an account [CLS-04]', () => {
  test('the leading need by the limits of the policy', () => {
    const facts = factsWith({ needs: { price: judgement(80), service: judgement(70), technology: judgement(20) } })
    expect(segmentAccount(facts, policyWith(), cycle)).toMatchObject({ segment: 'price', unclear: null, unknown: [] })
    expect(
      segmentAccount(
        facts,
        policyWith((p) => (p.segments.margin = 11)),
        cycle,
      ),
    ).toMatchObject({
      segment: null,
      unclear: 'withinMargin',
    })
  })
  test('a stale judgement is none; nobody’s judgement is no segment', () => {
    const facts = factsWith({ needs: { price: judgement(80, '2025-06-30'), service: judgement(70) } })
    expect(segmentAccount(facts, policyWith(), cycle)).toMatchObject({
      segment: 'service',
      unknown: [
        { what: 'price', reason: 'stale' },
        { what: 'technology', reason: 'missing' },
      ],
    })
    expect(segmentAccount(factsWith(), policyWith(), cycle)).toMatchObject({ segment: null, unclear: 'notJudged' })
  })
})
