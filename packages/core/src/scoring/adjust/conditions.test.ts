import { describe, expect, it } from 'vitest'
import { evidenceWith, isNew, noHistory, percent, policyWith, trendWith } from '../testing/fixtures.ts'
import { aDown } from './a-down.ts'
import { aUp } from './a-up.ts'
import { bDown } from './b-down.ts'
import { bUp } from './b-up.ts'
import { cDown } from './c-down.ts'
import { dropped, grew, measured } from './conditions.ts'
import { dDown } from './d-down.ts'
import type { AdjustRule } from './rules-of-tier.ts'

// What each rule asks, by name, parameter and unit: the catalogues, the early warning and the readers of a recommendation go by them [ADJ-02 … ADJ-08].

const each = policyWith((p) => (p.growth.twoCycle = 'each'))
const together = policyWith((p) => (p.growth.twoCycle = 'cumulated'))
const asks = (rule: AdjustRule, policy = each): readonly string[] => {
  const outcome = rule({ policy, trend: trendWith({}), evidence: evidenceWith() })
  const conditions = outcome.conditions.map(({ name, parameter, unit, kind }) =>
    kind === 'judged' ? `${name}?` : `${name} ${String(parameter)} ${String(unit)}`,
  )
  return [`${outcome.rule} ${outcome.clause}`, ...conditions]
}

describe('rules and what they ask', () => {
  it('A', () => {
    const growth = 'adjust.A.up.growth percent'
    expect(asks(aUp)).toEqual([
      'A.up ADJ-02',
      `amountGrowth ${growth}`,
      `amountGrowthBefore ${growth}`,
      `frequencyGrowth ${growth}`,
      `frequencyGrowthBefore ${growth}`,
      'potentialUp?',
      'loyaltyVeryHigh?',
    ])
    expect(asks(aUp, together)).toEqual([
      'A.up ADJ-02',
      `amountGrowthTwoCycles ${growth}`,
      `frequencyGrowthTwoCycles ${growth}`,
      'potentialUp?',
      'loyaltyVeryHigh?',
    ])
    const drop = 'adjust.A.down.amountDrop percent'
    const rest = ['noRecovery trend.noRecoveryWindow percent', 'potentialDown?', 'disputeUnsettled?']
    expect(asks(aDown)).toEqual(['A.down ADJ-05', `amountDrop ${drop}`, `amountDropBefore ${drop}`, ...rest])
    expect(asks(aDown, together)).toEqual(['A.down ADJ-05', `amountDropTwoCycles ${drop}`, ...rest])
  })

  it('B', () => {
    expect(asks(bUp)).toEqual([
      'B.up ADJ-03',
      'amountGrowth adjust.B.up.amountGrowth percent',
      'frequencyIncrease adjust.B.up.frequencyIncrease purchasesPerQuarter',
      'potentialRealised?',
      'goodRelations?',
    ])
    expect(asks(bDown)).toEqual([
      'B.down ADJ-06',
      'amountDrop adjust.B.down.amountDrop percent',
      'frequencyDrop adjust.B.down.frequencyDrop purchasesPerYear',
      'potentialStagnant?',
      'stabilityWorse?',
      'latePayments adjust.B.down.latePayments count',
      'contactAttempts adjust.B.down.contactAttempts count',
    ])
  })

  it('C and D', () => {
    expect(asks(cDown)).toEqual([
      'C.down ADJ-07',
      'amountFalling undefined percent',
      'amountFallingBefore undefined percent',
      'cumulativeDrop adjust.C.down.cumulativeDrop percent',
      'potentialDown?',
      'willingnessLower?',
      'complaintsUnresolved?',
    ])
    expect(asks(dDown)).toEqual([
      'D.down ADJ-08',
      'amountDrop adjust.D.down.amountDrop percent',
      'purchasesPerYear adjust.D.down.belowPerYear purchasesPerYear',
      'potentialGone?',
      'relationBreaking?',
    ])
  })

  it('whether it recovers is measured where that is on record, even if somebody judged it; else it is what they say', () => {
    const recovery = (change: typeof noHistory, held: boolean | undefined) =>
      aDown({
        policy: together,
        trend: trendWith({ recovery: change }),
        evidence: evidenceWith(held === undefined ? {} : { noRecovery: held }),
      }).conditions[1]
    expect(recovery(percent(-5), false)).toMatchObject({ kind: 'number', met: true, actual: 5 })
    expect(recovery(noHistory, true)).toMatchObject({ kind: 'judged', met: true })
    expect(recovery(noHistory, undefined)).toMatchObject({ kind: 'number', met: null, reason: 'insufficientHistory' })
  })
})

describe('a condition', () => {
  const limit = { op: '>=', value: 10 } as const

  it('on growth says why it has no answer, and only then', () => {
    const shared = { name: 'g', kind: 'number', parameter: 'p', unit: 'percent', op: '>=', required: 10 }
    expect(grew('g', percent(12), limit, 'p')).toStrictEqual({
      ...shared,
      previous: 100_000_000,
      current: 112_000_000,
      actual: 12,
      met: true,
    })
    expect(grew('g', isNew, limit, 'p')).toStrictEqual({
      ...shared,
      previous: 0,
      current: 5,
      actual: null,
      met: null,
      reason: 'new',
    })
    expect(grew('g', noHistory, limit, 'p')).toStrictEqual({ ...shared, actual: null, met: null, reason: 'insufficientHistory' })
  })

  it('on a drop: what is new did not drop, and an excused drop does not count', () => {
    const of = (change: typeof noHistory, excused = false) => {
      const { actual, met, reason } = dropped('d', change, limit, null, excused)
      return [actual, met, reason]
    }
    expect([of(percent(-10)), of(percent(-9)), of(percent(3))]).toEqual([
      [10, true, undefined],
      [9, false, undefined],
      [-3, false, undefined],
    ])
    expect([of(isNew), of(noHistory)]).toEqual([
      [null, false, 'new'],
      [null, null, 'insufficientHistory'],
    ])
    // What did not drop needs no excuse.
    expect([of(percent(-50), true), of(percent(3), true), of(percent(0), true)]).toEqual([
      [50, false, 'excused'],
      [-3, false, undefined],
      [0, false, undefined],
    ])
  })

  it('on a rate or a count', () => {
    const of = (actual: number | null, absent?: 'notRecorded') => {
      const { met, reason } = measured('m', 'count', actual, limit, 'p', null, absent)
      return [met, reason]
    }
    expect([of(10), of(9), of(null), of(null, 'notRecorded')]).toEqual([
      [true, undefined],
      [false, undefined],
      [null, 'insufficientHistory'],
      [null, 'notRecorded'],
    ])
  })
})
