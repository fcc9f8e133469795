import { describe, expect, test } from 'vitest'
import { found, h } from './testing/cases.ts'

describe('checks between parameters', () => {
  test('contradictions are found though other values are blank or wrong', () => {
    const finds = found([
      ['complaint.handoff', h(57)],
      ['tier.A.amount.min', '[X]'],
      ['tier.weights.amount', 41],
      ['admission.weights.need', 31],
      ['admission.need', 'much'],
      ['approval.admission', '[X]'],
      ['readmission.after.exited.days', 10],
      ['cycle', 'monthly'],
      ['directory.people.u-chen', 7],
    ])
    expect(finds).toEqual(
      expect.arrayContaining([
        ['error', 'unset', 'tier.A.amount.min', 'P-07'],
        ['error', 'unset', 'approval.admission', 'I-17'],
        ['error', 'contradiction', 'complaint.handoff', 'P-04'],
        ['error', 'sum', 'tier.weights', 'I-15'],
        ['error', 'sum', 'admission.weights', 'ADM-06'],
        ['warning', 'order', 'readmission.after.exited.days', 'I-39'],
      ]),
    )
  })

  test.each(['admission', 'contract', 'readmission', 'change', 'approval', 'tier'])(
    'nothing is guessed about a missing %s',
    (key) => {
      const codes = found([[key, undefined]])
      expect(codes.filter(([, , path]) => path === key)).toHaveLength(1)
      expect(codes.filter(([, , path]) => path !== key)).toEqual([])
    },
  )
})
