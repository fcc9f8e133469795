import { describe, expect, test } from 'vitest'
import { accountCard } from './account-card.ts'
import { classifyKeyAccount } from './classes/classify-key-account.ts'
import { rebateAccount } from './rebate/rebate-account.ts'
import { recommendTier } from './recommend-tier.ts'
import { gradeAccount } from './scales/grade-account.ts'
import { segmentAccount } from './segments/segment-account.ts'
import { cycle, factsWith, halves, policyWith } from './testing/fixtures.ts'
import { compareCurrencies } from './trend/compare-currencies.ts'
import { seasonsOf } from './trend/seasons.ts'
import { valueAccount } from './value/value-account.ts'

const policy = policyWith()
const facts = factsWith({ purchases: halves(200_000, 2, 3, 2, 3) })
const standing = { tier: 'B' } as const

describe('the card of an account: everything the policy says of it', () => {
  const card = accountCard(facts, policy, cycle, standing)
  test('every part is what its own function says, though purchases are indexed and trends measured once', () => {
    expect(card.recommendation).toEqual(recommendTier({ facts, policy, cycle, current: standing }))
    expect(card.grade).toEqual(gradeAccount(facts, policy, cycle))
    expect(card.classes).toEqual(classifyKeyAccount(facts, policy, cycle))
    expect(card.segment).toEqual(segmentAccount(facts, policy, cycle))
    expect(card.value).toEqual(valueAccount(facts, policy, cycle))
    expect(card.currency).toEqual(compareCurrencies(facts, policy, cycle))
    expect(card.seasons).toEqual(seasonsOf(facts, policy, cycle))
    expect(card.rebate).toEqual(rebateAccount(facts, policy, cycle.to))
    expect(card.lifts.length).toBeGreaterThan(0)
  })
  test('the scales show the tier that it has, not the one proposed [decision 7]', () => {
    expect(card.scales.map((s) => s.level)).toEqual(['B', card.grade.grade, 2])
  })
  test('it reads the purchases of an account once for its periods', () => {
    let reads = 0
    const counted = new Proxy(facts, {
      get: (target, key) => {
        if (key === 'purchases') reads += 1
        return Reflect.get(target, key) as unknown
      },
    })
    accountCard(counted, policy, cycle, standing)
    // The index, and paid lines and credit notes of the rebate; without returns there is nothing to read again.
    expect(reads).toBe(3)
  })
  test('it is JSON that reads back as it was, and leaves its inputs alone', () => {
    const before = JSON.stringify([facts, policy])
    expect(JSON.parse(JSON.stringify(accountCard(facts, policy, cycle, standing)))).toEqual(card)
    expect(JSON.stringify([facts, policy])).toBe(before)
  })
  test('an account of which nothing is known has a card, too', () => {
    const unknown = accountCard(factsWith({ relationshipStart: null, judgements: {} }), policy, cycle, { tier: null })
    expect(unknown).toMatchObject({
      grade: { status: 'noData' },
      value: { points: 0 },
      rebate: { minor: 0, families: [] },
      lifts: [],
    })
  })
})
