import { describe } from 'vitest'
import { days, h, testCases, wd } from './testing/cases.ts'

describe('promised times', () => {
  testCases([
    {
      title: 'P-04 longer than P-05, in other units: 57 h against 7 days of 8 h',
      changes: [['complaint.handoff', h(57)]],
      finds: [['error', 'contradiction', 'complaint.handoff', 'P-04']],
      mend: [['complaint.handoff', h(56)]],
    },
    { title: 'P-04 as long as P-05: 56 h and 7 days of 8 h', changes: [['complaint.handoff', h(56)]], finds: [], mend: [] },
    {
      title: 'P-22 longer than P-23',
      changes: [['group.reply.general', wd(4)]],
      finds: [['error', 'contradiction', 'group.reply.general', 'P-22']],
      mend: [['feedback.general.result', wd(4)]],
    },
    {
      title: 'P-21 longer than P-22: 9 h against a day of 8 h',
      changes: [['group.reply.urgent', h(9)]],
      finds: [['error', 'contradiction', 'group.reply.urgent', 'P-21']],
      mend: [['group.reply.urgent', h(8)]],
    },
    {
      title: 'P-23 longer than P-24',
      changes: [['feedback.general.result', wd(16)]],
      finds: [['error', 'contradiction', 'feedback.general.result', 'P-23']],
      mend: [['feedback.general.result', wd(15)]],
    },
    {
      title: 'P-05 and I-10 are not P-24',
      changes: [['complaint.complex.extension', wd(9)]],
      finds: [['warning', 'differ', 'feedback.complex.max', 'P-24']],
      mend: [['feedback.complex.max', wd(16)]],
    },
    {
      title: 'I-10: progress less often than the extension lasts',
      changes: [['complaint.complex.progressEvery', wd(9)]],
      finds: [['error', 'contradiction', 'complaint.complex.progressEvery', 'I-10']],
      mend: [['complaint.complex.progressEvery', wd(8)]],
    },
    {
      title: 'I-06 before P-24: 20 calendar days are fewer than 15 working days',
      changes: [['adjust.A.down.disputeSettleWithin', days(20)]],
      finds: [['warning', 'contradiction', 'feedback.complex.max', 'P-24']],
      mend: [['adjust.A.down.disputeSettleWithin', days(22)]],
    },
    {
      title: 'I-06 at P-24: 21 calendar days are 15 working days',
      changes: [['adjust.A.down.disputeSettleWithin', days(21)]],
      finds: [],
      mend: [],
    },
    {
      title: 'a pause longer than all pauses',
      changes: [['sla.maxPause.each', days(22)]],
      finds: [['error', 'contradiction', 'sla.maxPause.each', 'decision 12']],
      mend: [['sla.maxPause.total', wd(16)]],
    },
    {
      title: 'call-backs on more days than there are attempts, and than the time allows',
      changes: [['complaint.followUp.days', 7]],
      finds: [
        ['error', 'contradiction', 'complaint.followUp.days', 'CPL-06'],
        ['error', 'contradiction', 'complaint.followUp.days', 'CPL-06'],
      ],
      mend: [['complaint.followUp.days', 3]],
    },
    {
      title: 'tighter budgets: unknown severity, looser, empty',
      changes: [
        [
          'complaint.tighter',
          [{ when: { severities: ['fatal'] }, handoff: h(2) }, { when: { tiers: ['A'] }, handoff: h(5) }, { when: {} }],
        ],
      ],
      finds: [
        ['error', 'unknown_reference', 'complaint.tighter[0].when.severities', 'CPL-04'],
        ['warning', 'contradiction', 'complaint.tighter[1].handoff', 'CPL-04'],
        ['error', 'contradiction', 'complaint.tighter[2]', 'CPL-04'],
      ],
      mend: [
        ['complaint.tighter[0].when.severities', ['critical']],
        ['complaint.tighter[1].handoff', h(3)],
        ['complaint.tighter[2].resolution', wd(5)],
      ],
    },
  ])
})
