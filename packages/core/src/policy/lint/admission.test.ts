import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../load.ts'
import { distributor } from '../testing.ts'
import { changed, days, elapsed, found, testCases, wd } from './testing/cases.ts'

const noWeight = [
  ['admission.weights.finance', 0],
  ['admission.weights.need', 55],
] as const

describe('admission, contracts, readmission', () => {
  testCases([
    {
      title: 'ADM-06: weights do not add up to 100',
      changes: [['admission.weights.need', 31]],
      finds: [['error', 'sum', 'admission.weights', 'ADM-06']],
      mend: [['admission.weights.finance', 24]],
    },
    {
      title: 'ADM-06: weights that add up to 100 but for the rounding of decimals',
      changes: [['admission.weights', { qualification: 33.3, need: 33.3, willingness: 33.3, finance: 0.1 }]],
      finds: [],
      mend: [],
    },
    {
      title: 'ADM-04, ADM-06: a mandatory criterion that counts nothing; give it a share',
      changes: noWeight,
      finds: [['warning', 'contradiction', 'admission.mandatory.finance', 'ADM-06']],
      mend: [
        ['admission.weights.finance', 5],
        ['admission.weights.need', 50],
      ],
    },
    {
      title: 'ADM-04, ADM-06: a mandatory criterion that counts nothing; or make it optional',
      changes: noWeight,
      finds: [['warning', 'contradiction', 'admission.mandatory.finance', 'ADM-06']],
      mend: [['admission.mandatory.finance', false]],
    },
    {
      title: 'ADM-03: a criterion that counts nothing and is not mandatory',
      changes: [
        ['admission.weights.willingness', 0],
        ['admission.weights.need', 50],
      ],
      finds: [],
      mend: [],
    },
    {
      title: 'ADM-06: a score that everybody has',
      changes: [['admission.minScore', 0]],
      finds: [['warning', 'value', 'admission.minScore', 'ADM-06']],
      mend: [['admission.minScore', 1]],
    },
    {
      title: 'ADM-06: a score that only those have who meet every limit; ask for less',
      changes: [['admission.minScore', 100]],
      finds: [['warning', 'contradiction', 'admission.minScore', 'ADM-06']],
      mend: [['admission.minScore', 99]],
    },
    {
      title: 'ADM-06: a score that only those have who meet every limit; or say so',
      changes: [['admission.minScore', 100]],
      finds: [['warning', 'contradiction', 'admission.minScore', 'ADM-06']],
      mend: [['admission.mandatory', { qualification: true, need: true, willingness: true, finance: true }]],
    },
    {
      title: 'DEV-03, CLS-02: no lead source, no class',
      changes: [
        ['admission.leadSources', {}],
        ['admission.classes', {}],
        ['classes', {}],
      ],
      finds: [
        ['warning', 'empty', 'admission.leadSources', 'DEV-03'],
        ['warning', 'empty', 'admission.classes', 'CLS-02'],
      ],
      mend: [
        ['admission.leadSources', { fair: { en: 'Trade fair', 'zh-CN': '行业展会' } }],
        ['admission.classes', { strategicPartner: { en: 'Strategic partner', 'zh-CN': '战略合作型' } }],
      ],
    },
    {
      title: 'I-03: an application that expires before its approval is over: 13 days against two stages of 5 working days',
      changes: [['admission.expiresAfter', days(13)]],
      finds: [['warning', 'contradiction', 'admission.expiresAfter', 'I-03']],
      mend: [['admission.expiresAfter', days(14)]],
    },
    {
      title: 'I-03: the same, mended at the stages',
      changes: [['admission.expiresAfter', wd(9)]],
      finds: [['warning', 'contradiction', 'admission.expiresAfter', 'I-03']],
      mend: [['approval.admission.stages[1].timeout', wd(4)]],
    },
    {
      title: 'I-03: stages in parallel need the time of the longest',
      changes: [
        ['admission.expiresAfter', wd(5)],
        ['approval.admission.order', 'parallel'],
      ],
      finds: [],
      mend: [],
    },
    {
      title: 'I-03: one of the parallel stages is too long',
      changes: [
        ['admission.expiresAfter', elapsed(100)],
        ['approval.admission.order', 'parallel'],
        ['approval.admission.stages[1].timeout', elapsed(101)],
        ['approval.admission.stages[0].timeout', elapsed(99)],
      ],
      finds: [['warning', 'contradiction', 'admission.expiresAfter', 'I-03']],
      mend: [['approval.admission.stages[1].timeout', elapsed(100)]],
    },
    {
      title: "I-01: below B's yearly floor of 1.5 million",
      changes: [['admission.need.minAnnualVolume', 'CNY 1,499,999.99']],
      finds: [['warning', 'order', 'admission.need.minAnnualVolume', 'I-01']],
      mend: [['admission.need.minAnnualVolume', 'CNY 1500000.00']],
    },
    {
      title: 'I-39, I-03: back sooner than after a rejection',
      changes: [
        ['readmission.after.exited.days', 179],
        ['readmission.after.lapsed.days', 0],
        ['readmission.after.blacklisted.months', 5],
      ],
      finds: [
        ['warning', 'order', 'readmission.after.exited.days', 'I-39'],
        ['warning', 'order', 'readmission.after.lapsed.days', 'I-39'],
        ['warning', 'order', 'readmission.after.blacklisted.months', 'I-39'],
      ],
      mend: [
        ['readmission.after.exited.days', 180],
        ['readmission.after.lapsed.days', 180],
        ['readmission.after.blacklisted.months', 6],
      ],
    },
    {
      title: 'I-37, ADM-13: a grace longer than the notice',
      changes: [['contract.graceAfterExpiry.days', 91]],
      finds: [['warning', 'order', 'contract.graceAfterExpiry.days', 'I-37']],
      mend: [['contract.renewalNotice.days', 91]],
    },
    { title: 'I-37: a grace as long as the notice', changes: [['contract.graceAfterExpiry.days', 90]], finds: [], mend: [] },
  ])

  test("I-01: the remedy names B's floor of a year, rounded up to a whole minor unit", () => {
    const third = changed(
      [
        ['admission.need.minAnnualVolume', 'EUR 100'],
        ...['A', 'B', 'C', 'D'].map((tier) => [`tier.${tier}.amount.lookback`, 7] as const),
      ],
      distributor,
    )
    const { findings } = checkPolicy(third)
    const volume = ['warning', 'order', 'admission.need.minAnnualVolume', 'I-01']
    expect(findings.find((f) => f.check === 'volumeBelowFloor')?.remedy).toBe('raise it to at least EUR 17142.86')
    expect(found([['admission.need.minAnnualVolume', 'EUR 17142.86']], third)).not.toContainEqual(volume)
    expect(found([['admission.need.minAnnualVolume', 'EUR 17142.85']], third)).toContainEqual(volume)
  })
})
