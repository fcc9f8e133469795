import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountFactsSchema, type AccountFacts } from './facts.ts'
import { mergeFacts } from './merge-facts.ts'

const facts = (accountId: string, more: Partial<AccountFacts> = {}): AccountFacts => ({
  accountId,
  isKeyAccount: false,
  currency: 'CNY',
  relationshipStart: '2019-04-01',
  purchases: [{ date: '2026-03-02', orderId: 'o-1', minor: 100, currency: 'CNY', kind: 'order' }],
  disputes: [],
  latePayments: [],
  overdueDays: 0,
  judgements: { potential: { score: 70, judgedOn: '2026-05-01', by: 'u-4' } },
  ...more,
})

describe('facts of a group of companies [I-33, decision tier.level]', () => {
  it('I-33: what was bought and disputed adds up, and equal numbers of two companies stay two', () => {
    const dispute = { id: 'd-1', openedOn: '2026-01-01', upheld: true, serious: false, settledOn: null }
    const merged = mergeFacts(facts('p', { disputes: [dispute] }), [facts('m', { disputes: [dispute], isKeyAccount: true })])
    expect(merged).toMatchObject({ accountId: 'p', isKeyAccount: true })
    expect(merged.purchases.map((p) => p.orderId)).toEqual(['p/o-1', 'm/o-1'])
    expect(merged.disputes.map((d) => d.id)).toEqual(['p/d-1', 'm/d-1'])
  })
  it('I-33: the longest relationship, the oldest debt, the judgements of the leading account', () => {
    const member = facts('m', { relationshipStart: '2011-01-01', overdueDays: 100, judgements: {} })
    expect(mergeFacts(facts('p', { relationshipStart: null }), [member])).toMatchObject({
      relationshipStart: '2011-01-01',
      overdueDays: 100,
      judgements: { potential: { score: 70 } },
    })
  })
  it('answers to surveys add up, and equal numbers of two companies stay two', () => {
    const surveys = [{ id: 's-1', on: '2026-03-02', says: 'satisfied' as const }]
    const merged = mergeFacts(facts('p', { surveys }), [facts('m', { surveys }), facts('n')])
    expect(merged.surveys?.map((s) => s.id)).toEqual(['p/s-1', 'm/s-1'])
    expect(mergeFacts(facts('p'), [facts('m')]).surveys).toBeUndefined()
  })
  it('the longest relationship stands whoever has it, and visits add up', () => {
    const [old, young] = [facts('p', { relationshipStart: '2011-01-01' }), facts('m', { relationshipStart: '2019-04-01' })]
    const unknown = facts('u', { relationshipStart: null })
    expect(mergeFacts(old, [unknown]).relationshipStart).toBe('2011-01-01')
    expect([mergeFacts(old, [young]), mergeFacts(young, [old])].map((f) => f.relationshipStart)).toEqual([
      '2011-01-01',
      '2011-01-01',
    ])
    expect(
      mergeFacts(facts('p', { relationshipStart: null }), [facts('m', { relationshipStart: null })]).relationshipStart,
    ).toBeNull()
    const contact = { on: '2026-03-02' } as NonNullable<AccountFacts['contacts']>[number]
    expect(mergeFacts(facts('p', { contacts: [contact] }), [facts('m'), facts('n', { contacts: [contact] })]).contacts).toEqual([
      contact,
      contact,
    ])
    expect(Object.hasOwn(mergeFacts(facts('p'), [facts('m')]), 'contacts')).toBe(false)
  })
  it('a debt that nobody knows is not none, and one that is known stays', () => {
    const unknown = facts('m', { overdueDays: null })
    expect(mergeFacts(facts('p'), [unknown]).overdueDays).toBeNull()
    expect(mergeFacts(facts('p', { overdueDays: 30 }), [unknown]).overdueDays).toBe(30)
    expect(mergeFacts(facts('p'), [facts('m')]).overdueDays).toBe(0)
  })
  it('a date is covered only where every member is', () => {
    const of = (from: string, to: string) => ({ coverage: { from, to } })
    const [early, late] = [of('2024-01-01', '2026-01-01'), of('2025-01-01', '2027-01-01')]
    expect(mergeFacts(facts('p'), [facts('m')]).coverage).toBeUndefined()
    expect(mergeFacts(facts('p', early), [facts('m')]).coverage).toEqual(early.coverage)
    expect(mergeFacts(facts('p', early), [facts('m', late)]).coverage).toEqual({ from: '2025-01-01', to: '2026-01-01' })
    expect(mergeFacts(facts('p', late), [facts('m', early)]).coverage).toEqual({ from: '2025-01-01', to: '2026-01-01' })
    const apart = mergeFacts(facts('p', of('2024-01-01', '2024-06-01')), [facts('m', of('2025-01-01', '2025-06-01'))])
    expect(apart.coverage).toEqual({ from: '2025-01-01', to: '2025-01-01' })
  })
  it('property: the order of the members changes no sum, and what comes out are facts', () => {
    const member = fc
      .record({ id: fc.stringMatching(/^[a-z]{1,8}$/), minors: fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 5 }) })
      .map(({ id, minors }) =>
        facts(id, {
          purchases: minors.map((minor, i) => ({
            date: '2026-03-02',
            orderId: String(i),
            minor,
            currency: 'CNY',
            kind: minor < 0 ? 'return' : 'order',
          })),
        }),
      )
    const sum = (of: AccountFacts): number => of.purchases.reduce((total, p) => total + p.minor, 0)
    fc.assert(
      fc.property(member, fc.array(member, { maxLength: 4 }), (leading, members) => {
        const merged = mergeFacts(leading, members)
        expect(sum(merged)).toBe([leading, ...members].reduce((total, of) => total + sum(of), 0))
        expect(sum(mergeFacts(leading, [...members].reverse()))).toBe(sum(merged))
        expect(accountFactsSchema.safeParse(merged).success).toBe(true)
      }),
    )
  })
})
