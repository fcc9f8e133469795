import { expect, test } from 'vitest'
import { hotTopics, type ComplaintTopic } from './hot-topics.ts'

const of = (part: Partial<ComplaintTopic>): ComplaintTopic => ({
  about: 'product',
  department: 'product',
  responsibleParty: 'foundry',
  rework: null,
  accountId: 'a',
  late: false,
  dissatisfied: false,
  ...part,
})

test('CPL-16: counts topics, the most frequent first, with the accounts behind them', () => {
  const topics = hotTopics([
    of({}),
    of({ accountId: 'a', late: true }),
    of({ about: 'delivery', accountId: 'b', department: null, dissatisfied: true }),
  ])
  expect(topics.complaints).toBe(3)
  expect(topics.byAbout).toEqual([
    { topic: 'product', complaints: 2, share: 66.7, accounts: 1, late: 1, dissatisfied: 0 },
    { topic: 'delivery', complaints: 1, share: 33.3, accounts: 1, late: 0, dissatisfied: 1 },
  ])
  expect(topics.byDepartment).toEqual([{ topic: 'product', complaints: 2, share: 66.7, accounts: 1, late: 1, dissatisfied: 0 }])
  expect(topics.byRework).toEqual([])
})

test('CPL-16: counts each of the four by its own name', () => {
  const topic = (name: string) => [{ topic: name, complaints: 1, share: 100, accounts: 1, late: 0, dissatisfied: 0 }]
  expect(hotTopics([of({ about: 'service', department: 'sales', responsibleParty: 'carrier', rework: 'repair' })])).toEqual({
    complaints: 1,
    byAbout: topic('service'),
    byDepartment: topic('sales'),
    byResponsibleParty: topic('carrier'),
    byRework: topic('repair'),
  })
  const none = hotTopics([of({ department: null, responsibleParty: null, rework: null })])
  expect([none.byDepartment, none.byResponsibleParty, none.byRework]).toEqual([[], [], []])
})

test('CPL-16: no complaints, no topics, no NaN', () => {
  expect(hotTopics([])).toEqual({ complaints: 0, byAbout: [], byDepartment: [], byResponsibleParty: [], byRework: [] })
})

test('CPL-16: topics as frequent as others stand in the order of their names, whatever came first', () => {
  const about = ['delivery', 'product', 'billing', 'product', 'advice']
  const order = (list: readonly ComplaintTopic['about'][]) =>
    hotTopics(list.map((one) => of({ about: one }))).byAbout.map((t) => t.topic)
  expect(order(about)).toEqual(['product', 'advice', 'billing', 'delivery'])
  expect(order(about.toReversed())).toEqual(['product', 'advice', 'billing', 'delivery'])
})
