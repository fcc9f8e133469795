import { describe, expect, it } from 'vitest'
import type { PortfolioAccount } from '../ingest/portfolio.ts'
import type { RecordedApplication } from '../ingest/recorded.ts'
import { applicationData } from './application-data.ts'

const application: RecordedApplication = {
  accountId: 'A1',
  name: 'Acme',
  appliedOn: '2025-03-03',
  region: null,
  creditCode: null,
  parentId: null,
  leadSource: 'fair',
  industry: 'Machines',
  size: 'large',
  need: 'Bearings',
  annualVolume: null,
  growthPotential: 70,
  willingness: 70,
  paidInCapital: { currency: 'CNY', minor: 100 },
  overdueDays: null,
  stableYears: null,
  lawful: true,
  reputation: true,
  violations: false,
  classes: ['industryLeader'],
  contract: null,
  manager: null,
  committee: 'approved',
  exception: null,
}
const order = (date: string, minor: number, originalDate?: string): PortfolioAccount['purchases'][number] => ({
  date,
  orderId: date,
  minor,
  currency: 'CNY',
  kind: minor < 0 ? 'return' : 'order',
  ...(originalDate === undefined ? {} : { originalDate }),
})
const account = (over: Partial<PortfolioAccount> = {}): PortfolioAccount => ({
  accountId: 'A1',
  name: 'Acme',
  nameZh: null,
  region: null,
  parentId: null,
  isKeyAccount: false,
  isProspect: false,
  tier: null,
  manager: null,
  relationshipStart: null,
  overdueDays: null,
  currency: 'CNY',
  purchases: [],
  judgements: [],
  latePayments: [],
  ...over,
})
const policy = { currency: 'CNY' }
const data = (row: Partial<RecordedApplication>, of: PortfolioAccount | undefined) =>
  applicationData({ ...application, ...row }, of, '2025-03-03', policy)

describe('what is known of an applicant [ADM-05, ADM-06]', () => {
  it('is what the row says, before anything else', () => {
    const said = data(
      { annualVolume: { currency: 'EUR', minor: 7 }, overdueDays: 0, stableYears: 0 },
      account({ purchases: [order('2024-06-01', 500)] }),
    )
    expect(said).toMatchObject({ missing: [], derived: [] })
    expect(said.known).toMatchObject({ annualVolume: { currency: 'EUR', minor: 7 }, overdueDays: 0, stableYears: 0 })
  })

  it('comes from its own orders and payments where the row is silent: twelve months, net, up to the day', () => {
    const { known, derived } = data(
      {},
      account({
        overdueDays: 4,
        purchases: [
          order('2022-08-31', 1000),
          order('2024-03-02', 300),
          order('2024-03-03', 200),
          order('2025-03-02', 50),
          order('2025-03-02', -20, '2024-12-01'),
          order('2025-03-04', 9999),
        ],
        latePayments: [
          { dueOn: '2024-05-01', paidOn: '2024-05-20', daysLate: 19 },
          { dueOn: '2023-05-01', paidOn: '2023-08-01', daysLate: 92 },
        ],
      }),
    )
    expect(derived).toEqual(['annualVolume', 'overdueDays', 'stableYears'])
    expect(known).toMatchObject({ annualVolume: { currency: 'CNY', minor: 230 }, overdueDays: 19, stableYears: 2.5 })
  })

  it('is missing where neither says it, and never zero, empty or no', () => {
    for (const of of [undefined, account()])
      expect(data({ paidInCapital: null, lawful: null, need: null }, of)).toEqual({
        known: null,
        missing: ['need', 'annualVolume', 'paidInCapital', 'overdueDays', 'stableYears', 'lawful'],
        derived: [],
      })
  })
})
