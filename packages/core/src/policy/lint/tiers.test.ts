import { describe } from 'vitest'
import { testCases } from './testing/cases.ts'

describe('the tiers', () => {
  testCases([
    {
      title: 'P-11 above P-07: amounts in two tiers',
      changes: [['tier.A.amount.min', 'CNY 15,000,000']],
      finds: [
        ['error', 'overlap', 'tier.B.amount.range.to', 'P-11'],
        ['warning', 'differ', 'rebate.brackets', 'I-13'],
      ],
      mend: [
        ['tier.B.amount.range.to', 'CNY 15,000,000'],
        ['rebate.brackets[1].from', 'CNY 7,500,000'],
      ],
    },
    {
      title: 'P-15 below P-11: amounts in no tier',
      changes: [['tier.C.amount.range.to', 'CNY 2,999,999.99']],
      finds: [['error', 'gap', 'tier.C.amount.range.to', 'P-15']],
      mend: [['tier.C.amount.range.to', 'CNY 3,000,000.00']],
    },
    {
      title: 'P-19 below P-15',
      changes: [['tier.D.amount.below', 'CNY 500,000']],
      finds: [['error', 'gap', 'tier.D.amount.below', 'P-19']],
      mend: [['tier.D.amount.below', 'CNY 600,000.00']],
    },
    {
      title: 'an empty range',
      changes: [
        ['tier.C.amount.range.from', 'CNY 3,000,000'],
        ['tier.D.amount.below', 'CNY 3,000,000'],
      ],
      finds: [['error', 'order', 'tier.C.amount.range', 'P-15']],
      mend: [
        ['tier.C.amount.range.to', 'CNY 4,000,000'],
        ['tier.B.amount.range.from', 'CNY 4,000,000'],
      ],
    },
    {
      title: 'lookbacks differ (P-06, P-10, P-14, P-18)',
      changes: [['tier.C.amount.lookback', 1]],
      finds: [['warning', 'differ', 'tier.C.amount.lookback', 'P-14']],
      mend: [['tier.C.amount.lookback', 2]],
    },
    {
      title: 'P-12 a year reaches P-08 a year',
      changes: [['tier.B.frequency.minPerQuarter', 6]],
      finds: [
        ['error', 'order', 'tier.B.frequency.minPerQuarter', 'P-12'],
        ['warning', 'order', 'adjust.B.up.frequencyIncrease', 'P-27'],
      ],
      mend: [
        ['tier.A.frequency.minPerMonth', 3],
        ['adjust.B.up.frequencyIncrease', 2],
      ],
    },
    {
      title: 'P-16 less I-14 is above P-20',
      changes: [['tier.C.frequency.aboutPerYear', 6]],
      finds: [['error', 'gap', 'tier.D.frequency.belowPerYear', 'P-20']],
      mend: [['tier.D.frequency.belowPerYear', 4.8]],
    },
    {
      title: 'P-16 less I-14 is below P-20',
      changes: [['tier.tolerance', 40]],
      finds: [['error', 'overlap', 'tier.D.frequency.belowPerYear', 'P-20']],
      mend: [['tier.D.frequency.belowPerYear', 3]],
    },
    {
      title: 'P-20 with the wrong operator: 4 a year are C and D',
      changes: [['tier.D.frequency.belowPerYear', { op: '<=', value: 4 }]],
      finds: [['error', 'overlap', 'tier.D.frequency.belowPerYear', 'P-20']],
      mend: [['tier.D.frequency.belowPerYear', { op: '<', value: 4 }]],
    },
    {
      title: 'P-13 reaches P-09',
      changes: [['tier.B.relationship.minYears', 3]],
      finds: [['error', 'order', 'tier.B.relationship.minYears', 'P-13']],
      mend: [['tier.A.relationship.minYears', 4]],
    },
    {
      title: 'I-04: C allows fewer disputes than B',
      changes: [['tier.C.disputes.max', 2]],
      finds: [['error', 'order', 'tier.C.disputes.max', 'I-04']],
      mend: [['tier.C.disputes.max', 3]],
    },
    {
      title: 'I-15: weights do not add up to 100',
      changes: [['tier.weights.amount', 41]],
      finds: [['error', 'sum', 'tier.weights', 'I-15']],
      mend: [['tier.weights.influence', 9]],
    },
    {
      title: 'cut-offs out of order',
      changes: [['tier.cutoffs.B', 3.5]],
      finds: [['error', 'order', 'tier.cutoffs.B', 'decision 3']],
      mend: [['tier.cutoffs.A', 3.6]],
    },
    {
      title: 'letters of judged factors out of order',
      changes: [['tier.judged.C', 60]],
      finds: [['error', 'order', 'tier.judged.C', 'decision 3']],
      mend: [['tier.judged.C', 59]],
    },
  ])
})
