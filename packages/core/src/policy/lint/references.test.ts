import { describe, expect, test } from 'vitest'
import { found, testCases } from './testing/cases.ts'

describe('what the policy refers to', () => {
  testCases([
    {
      title: 'I-18: a calendar that does not exist, one that nobody uses',
      changes: [['calendar.default', 'mian']],
      finds: [
        ['error', 'unknown_reference', 'calendar.default', 'I-18'],
        ['warning', 'unused', 'calendars.main', 'I-18'],
      ],
      mend: [['calendar.default', 'main']],
    },
    {
      title: 'a time zone',
      changes: [['timeZone', '+08:00']],
      finds: [['error', 'time_zone', 'timeZone', 'I-18']],
      mend: [['timeZone', 'Asia/Shanghai']],
    },
    {
      title: 'an amount in another currency',
      changes: [['growth.minChange', 'EUR 50,000']],
      finds: [['error', 'currency', 'growth.minChange', 'I-29']],
      mend: [['growth.minChange', 'CNY 50,000']],
    },
    {
      title: 'I-01, I-02: amounts of an admission in another currency',
      changes: [
        ['admission.need.minAnnualVolume', 'EUR 250,000'],
        ['admission.finance.minCapital', 'USD 115,000'],
      ],
      finds: [
        ['error', 'currency', 'admission.need.minAnnualVolume', 'I-01'],
        ['error', 'currency', 'admission.finance.minCapital', 'I-02'],
      ],
      mend: [
        ['admission.need.minAnnualVolume', 'CNY 2,000,000'],
        ['admission.finance.minCapital', 'CNY 5,000,000'],
      ],
    },
    {
      title: 'exchange rates: to itself, twice, of two strangers',
      changes: [
        [
          'exchangeRates',
          [
            { from: 'CNY', to: 'CNY', since: '2026-01-01', rate: 1 },
            { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7.8 },
            { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7.9 },
            { from: 'EUR', to: 'USD', since: '2026-01-01', rate: 1.1 },
          ],
        ],
      ],
      finds: [
        ['error', 'currency', 'exchangeRates[0]', 'I-31'],
        ['error', 'duplicate', 'exchangeRates[2]', 'I-31'],
        ['warning', 'unused', 'exchangeRates[3]', 'I-31'],
      ],
      mend: [
        [
          'exchangeRates',
          [
            { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 7.8 },
            { from: 'USD', to: 'CNY', since: '2026-01-01', rate: 7.1 },
          ],
        ],
      ],
    },
    {
      title: 'SEC-02: a command without its workflow',
      changes: [['authority', { forward: ['sales.head'] }]],
      finds: [['error', 'value', 'authority.forward', 'SEC-02']],
      mend: [['authority', { 'complaint.forward': ['sales.head'] }]],
    },
  ])

  test('SEC-02: commands of every workflow can be given to others', () => {
    const authority = {
      'complaint.forward': ['customerService'],
      'tier-adjustment.propose': ['marketing.head'],
      'project-change.apply': ['projectLeader'],
    }
    expect(found([['authority', authority]]).map(([, code]) => code)).toEqual(['empty_electorate'])
  })
})
