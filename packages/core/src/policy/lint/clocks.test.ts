import { describe, expect, test } from 'vitest'
import { found, testCases } from './testing/cases.ts'

describe('ladder and cycle', () => {
  testCases([
    {
      title: 'a ladder out of order, without a breach, with rungs in the wrong place',
      changes: [
        [
          'sla.ladder',
          [
            { at: 120, kind: 'warn', notify: 'owner' },
            { at: 90, kind: 'escalate', notify: 'superior' },
          ],
        ],
      ],
      finds: [
        ['error', 'ladder', 'sla.ladder[0]', 'CPL-04'],
        ['error', 'ladder', 'sla.ladder[1]', 'CPL-04'],
        ['error', 'ladder', 'sla.ladder[1]', 'CPL-04'],
        ['error', 'ladder', 'sla.ladder', 'CPL-04'],
      ],
      mend: [
        ['sla.ladder[0].at', 90],
        ['sla.ladder[1]', { at: 100, kind: 'breach', notify: 'superior' }],
        ['sla.ladder[2]', { at: 120, kind: 'escalate', notify: 'superior' }],
      ],
    },
    {
      title: 'a breach that is not at 100 %',
      changes: [['sla.ladder[1].at', 110]],
      finds: [
        ['error', 'ladder', 'sla.ladder[1]', 'CPL-04'],
        ['error', 'ladder', 'sla.ladder', 'CPL-04'],
      ],
      mend: [['sla.ladder[1].at', 100]],
    },
    {
      title: 'the same rung twice',
      changes: [['sla.ladder[3]', { at: 150, kind: 'escalate', notify: 'kaGroup.head' }]],
      finds: [['error', 'duplicate', 'sla.ladder[3]', 'CPL-04']],
      mend: [['sla.ladder[3].notify', 'companyManagement']],
    },
    {
      title: 'I-16: an anchor that some months do not have',
      changes: [['cycle.anchor', '2026-01-31']],
      finds: [['error', 'value', 'cycle.anchor', 'I-16']],
      mend: [['cycle.anchor', '2026-01-28']],
    },
    {
      title: 'I-42: steps longer than the cycle',
      changes: [
        ['cycle.length', 2],
        ['kpi.period.months', 2],
      ],
      finds: [['error', 'contradiction', 'cycle.steps', 'I-42']],
      mend: [['cycle.steps.freeze.amount', 10]],
    },
    {
      title: 'CPL-01, CPL-11: nothing to choose from, a severity twice',
      changes: [
        ['complaint.channels', {}],
        ['complaint.severities[1].id', 'minor'],
      ],
      finds: [
        ['error', 'duplicate', 'complaint.severities[1].id', 'CPL-05'],
        ['warning', 'empty', 'complaint.channels', 'CPL-01'],
      ],
      mend: [
        ['complaint.channels', { letter: { en: 'Letter', 'zh-CN': '信函' } }],
        ['complaint.severities[1].id', 'serious'],
      ],
    },
  ])

  test('two people may be told at the same rung', () => {
    const ladder = [
      { at: 100, kind: 'breach', notify: 'owner' },
      { at: 100, kind: 'breach', notify: 'superior' },
    ]
    expect(found([['sla.ladder', ladder]])).toEqual([])
  })
})
