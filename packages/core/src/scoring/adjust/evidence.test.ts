import { describe, expect, it } from 'vitest'
import type { AccountFacts, JudgedCondition } from '../facts.ts'
import { cycle, factsWith, policyWith } from '../testing/fixtures.ts'
import { collectEvidence } from './evidence.ts'

const policy = policyWith()
const answer = (name: JudgedCondition, patch: Partial<AccountFacts>) =>
  collectEvidence(factsWith(patch), policy, cycle).answers[name]
const judged = (holds: boolean, judgedOn = '2026-06-01') => ({ holds, judgedOn, by: 'u-4' })

describe('judged conditions [ADJ-02 … ADJ-08]', () => {
  it('a person answers, with who and when', () => {
    expect(answer('goodRelations', { conditions: { goodRelations: judged(false) } })).toEqual({
      name: 'goodRelations',
      kind: 'judged',
      required: true,
      actual: false,
      met: false,
      by: 'u-4',
      judgedOn: '2026-06-01',
    })
  })
  it('each is answered under its own name', () => {
    const { answers } = collectEvidence(factsWith({}), policy, cycle)
    for (const [name, condition] of Object.entries(answers)) expect(condition.name).toBe(name)
    for (const name of Object.keys(answers) as JudgedCondition[])
      expect(answer(name, { conditions: { [name]: judged(true) } })).toMatchObject({ name, met: true, by: 'u-4' })
  })
  it('no answer is not "no", and an old answer is stale', () => {
    expect(answer('goodRelations', {})).toMatchObject({ met: null, reason: 'notJudged' })
    expect(answer('goodRelations', { conditions: { goodRelations: judged(true, '2025-06-30') } })).toMatchObject({
      met: null,
      reason: 'stale',
    })
    expect(answer('goodRelations', { conditions: { goodRelations: judged(true, '2025-07-01') } })).toMatchObject({ met: true })
  })
  const potential = (trend: 'up' | 'flat' | 'down', judgedOn = '2026-05-01') => ({
    judgements: { potential: { score: 50, judgedOn, by: 'u-5', trend } },
  })
  it.each<[JudgedCondition, Partial<AccountFacts>, boolean | null]>([
    ['potentialUp', potential('up'), true],
    ['potentialUp', potential('flat'), false],
    ['potentialUp', potential('up', '2025-01-01'), null],
    ['potentialDown', potential('down'), true],
    ['potentialStagnant', potential('flat'), true],
    ['potentialStagnant', potential('up'), false],
    ['loyaltyVeryHigh', { judgements: { loyalty: { score: 80, judgedOn: '2026-05-01', by: 'u-5' } } }, true],
    ['loyaltyVeryHigh', { judgements: { loyalty: { score: 79, judgedOn: '2026-05-01', by: 'u-5' } } }, false],
    ['loyaltyVeryHigh', { judgements: { loyalty: { score: 80, judgedOn: '2025-06-30', by: 'u-5' } } }, null],
    ['willingnessLower', { judgements: { willingness: { score: 79, judgedOn: '2026-05-01', by: 'u-5', trend: 'down' } } }, true],
    ['relationBreaking', { overdueDays: 91 }, true],
    ['relationBreaking', { overdueDays: 90 }, null],
    ['relationBreaking', { overdueDays: null }, null],
    ['disputeUnsettled', {}, false],
    ['disputeUnsettled', { disputes: [{ id: 'd', openedOn: '2026-01-05', upheld: true, serious: true, settledOn: null }] }, true],
  ])('the record answers %s where nobody did', (name, patch, met) => {
    expect(answer(name, patch).met).toBe(met)
  })
  it('a person’s answer comes before the record', () => {
    expect(answer('potentialUp', { ...potential('up'), conditions: { potentialUp: judged(false) } }).met).toBe(false)
  })
  it('late payments and contacts count in the cycle; contacts that nobody records are not known', () => {
    const late = (dueOn: string) => ({ dueOn, paidOn: null, daysLate: 20 })
    const facts = factsWith({
      latePayments: ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(late),
      contacts: [{ on: '2026-03-01' }, { on: '2026-07-01' }],
    })
    expect(collectEvidence(facts, policy, cycle)).toMatchObject({ latePayments: 2, contactAttempts: 1 })
    const { contacts: _, ...without } = facts
    expect(collectEvidence(without, policy, cycle).contactAttempts).toBeNull()
  })
})
