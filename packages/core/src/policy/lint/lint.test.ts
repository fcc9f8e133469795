import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../load.ts'
import { distributor, manufacturer, withValue, without } from '../testing.ts'
import { differs, inWorkingHours, longer, standardWeeks } from './standard-day.ts'

type Change = readonly [path: string, value: unknown]
const changed = (changes: readonly Change[], document: unknown = manufacturer): unknown =>
  changes.reduce<unknown>((d, [path, value]) => withValue(d, path, value), document)
const found = (changes: readonly Change[], document?: unknown) =>
  checkPolicy(changed(changes, document)).findings.map((f) => [f.severity, f.code, f.path, f.clause])

const h = (amount: number) => ({ amount, unit: 'workingHours' })
const wd = (amount: number) => ({ amount, unit: 'workingDays' })
const days = (amount: number) => ({ amount, unit: 'calendarDays' })
const elapsed = (amount: number) => ({ amount, unit: 'elapsedHours' })

interface Case {
  readonly title: string
  readonly changes: readonly Change[]
  readonly finds: readonly [severity: 'error' | 'warning', code: string, path: string, clause: string][]
}

const cases: readonly Case[] = [
  {
    title: 'P-11 above P-07: amounts in two tiers',
    changes: [['tier.A.amount.min', 'CNY 15,000,000']],
    finds: [['error', 'overlap', 'tier.B.amount.range.to', 'P-11']],
  },
  {
    title: 'P-15 below P-11: amounts in no tier',
    changes: [['tier.C.amount.range.to', 'CNY 2,999,999.99']],
    finds: [['error', 'gap', 'tier.C.amount.range.to', 'P-15']],
  },
  {
    title: 'P-19 below P-15',
    changes: [['tier.D.amount.below', 'CNY 500,000']],
    finds: [['error', 'gap', 'tier.D.amount.below', 'P-19']],
  },
  {
    title: 'an empty range',
    changes: [
      ['tier.C.amount.range.from', 'CNY 3,000,000'],
      ['tier.D.amount.below', 'CNY 3,000,000'],
    ],
    finds: [['error', 'order', 'tier.C.amount.range', 'P-15']],
  },
  {
    title: 'lookbacks differ (P-06, P-10, P-14, P-18)',
    changes: [['tier.C.amount.lookback', 1]],
    finds: [['warning', 'differ', 'tier.C.amount.lookback', 'P-14']],
  },
  {
    title: 'P-12 a year reaches P-08 a year',
    changes: [['tier.B.frequency.minPerQuarter', 6]],
    finds: [
      ['error', 'order', 'tier.B.frequency.minPerQuarter', 'P-12'],
      ['warning', 'order', 'adjust.B.up.frequencyIncrease', 'P-27'],
    ],
  },
  {
    title: 'P-16 less I-14 is above P-20',
    changes: [['tier.C.frequency.aboutPerYear', 6]],
    finds: [['error', 'gap', 'tier.D.frequency.belowPerYear', 'P-20']],
  },
  {
    title: 'P-16 less I-14 is below P-20',
    changes: [['tier.tolerance', 40]],
    finds: [['error', 'overlap', 'tier.D.frequency.belowPerYear', 'P-20']],
  },
  {
    title: 'P-20 with the wrong operator: 4 a year are C and D',
    changes: [['tier.D.frequency.belowPerYear', { op: '<=', value: 4 }]],
    finds: [['error', 'overlap', 'tier.D.frequency.belowPerYear', 'P-20']],
  },
  {
    title: 'P-13 reaches P-09',
    changes: [['tier.B.relationship.minYears', 3]],
    finds: [['error', 'order', 'tier.B.relationship.minYears', 'P-13']],
  },
  {
    title: 'I-04: C allows fewer disputes than B',
    changes: [['tier.C.disputes.max', 2]],
    finds: [['error', 'order', 'tier.C.disputes.max', 'I-04']],
  },
  {
    title: 'I-15: weights do not add up to 100',
    changes: [['tier.weights.amount', 41]],
    finds: [['error', 'sum', 'tier.weights', 'I-15']],
  },
  {
    title: 'cut-offs out of order',
    changes: [['tier.cutoffs.B', 3.5]],
    finds: [['error', 'order', 'tier.cutoffs.B', 'decision 3']],
  },
  {
    title: 'letters of judged factors out of order',
    changes: [['tier.judged.C', 60]],
    finds: [['error', 'order', 'tier.judged.C', 'decision 3']],
  },
  {
    title: 'P-04 longer than P-05, in other units: 57 h against 7 days of 8 h',
    changes: [['complaint.handoff', h(57)]],
    finds: [['error', 'contradiction', 'complaint.handoff', 'P-04']],
  },
  { title: 'P-04 as long as P-05: 56 h and 7 days of 8 h', changes: [['complaint.handoff', h(56)]], finds: [] },
  {
    title: 'P-22 longer than P-23',
    changes: [['group.reply.general', wd(4)]],
    finds: [['error', 'contradiction', 'group.reply.general', 'P-22']],
  },
  {
    title: 'P-21 longer than P-22: 9 h against a day of 8 h',
    changes: [['group.reply.urgent', h(9)]],
    finds: [['error', 'contradiction', 'group.reply.urgent', 'P-21']],
  },
  {
    title: 'P-23 longer than P-24',
    changes: [['feedback.general.result', wd(16)]],
    finds: [['error', 'contradiction', 'feedback.general.result', 'P-23']],
  },
  {
    title: 'P-05 and I-10 are not P-24',
    changes: [['complaint.complex.extension', wd(9)]],
    finds: [['warning', 'differ', 'feedback.complex.max', 'P-24']],
  },
  {
    title: 'I-10: progress less often than the extension lasts',
    changes: [['complaint.complex.progressEvery', wd(9)]],
    finds: [['error', 'contradiction', 'complaint.complex.progressEvery', 'I-10']],
  },
  {
    title: 'I-06 before P-24: 20 calendar days are fewer than 15 working days',
    changes: [['adjust.A.down.disputeSettleWithin', days(20)]],
    finds: [['warning', 'contradiction', 'feedback.complex.max', 'P-24']],
  },
  {
    title: 'I-06 at P-24: 21 calendar days are 15 working days',
    changes: [['adjust.A.down.disputeSettleWithin', days(21)]],
    finds: [],
  },
  {
    title: 'a pause longer than all pauses',
    changes: [['sla.maxPause.each', days(22)]],
    finds: [['error', 'contradiction', 'sla.maxPause.each', 'decision 12']],
  },
  {
    title: 'call-backs on more days than there are attempts, and than the time allows',
    changes: [['complaint.followUp.days', 7]],
    finds: [
      ['error', 'contradiction', 'complaint.followUp.days', 'CPL-06'],
      ['error', 'contradiction', 'complaint.followUp.days', 'CPL-06'],
    ],
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
  },
  {
    title: 'P-26 in one cycle not above P-25 in each of two',
    changes: [['adjust.B.up.amountGrowth', 15]],
    finds: [['error', 'order', 'adjust.B.up.amountGrowth', 'P-26']],
  },
  {
    title: 'P-29 not above P-28',
    changes: [['adjust.B.down.amountDrop', 20]],
    finds: [['error', 'order', 'adjust.B.down.amountDrop', 'P-29']],
  },
  {
    title: 'P-27 is the whole step from B to A',
    changes: [['adjust.B.up.frequencyIncrease', 3]],
    finds: [['warning', 'order', 'adjust.B.up.frequencyIncrease', 'P-27']],
  },
  {
    title: "P-30 is all of B's purchases",
    changes: [['adjust.B.down.frequencyDrop', 12]],
    finds: [['warning', 'order', 'adjust.B.down.frequencyDrop', 'P-30']],
  },
  {
    title: 'P-33 not below P-20',
    changes: [['adjust.D.down.belowPerYear', 4]],
    finds: [['error', 'order', 'adjust.D.down.belowPerYear', 'P-33']],
  },
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
  },
  {
    title: 'a breach that is not at 100 %',
    changes: [['sla.ladder[1].at', 110]],
    finds: [
      ['error', 'ladder', 'sla.ladder[1]', 'CPL-04'],
      ['error', 'ladder', 'sla.ladder', 'CPL-04'],
    ],
  },
  {
    title: 'I-16: an anchor that some months do not have',
    changes: [['cycle.anchor', '2026-01-31']],
    finds: [['error', 'value', 'cycle.anchor', 'I-16']],
  },
  {
    title: 'I-42: steps longer than the cycle',
    changes: [['cycle.length', 2]],
    finds: [['error', 'contradiction', 'cycle.steps', 'I-42']],
  },
  {
    title: 'I-18: a calendar that does not exist, one that nobody uses',
    changes: [['calendar.default', 'mian']],
    finds: [
      ['error', 'unknown_reference', 'calendar.default', 'I-18'],
      ['warning', 'unused', 'calendars.main', 'I-18'],
    ],
  },
  { title: 'a time zone', changes: [['timeZone', '+08:00']], finds: [['error', 'time_zone', 'timeZone', 'I-18']] },
  {
    title: 'an amount in another currency',
    changes: [['growth.minChange', 'EUR 50,000']],
    finds: [['error', 'currency', 'growth.minChange', 'I-29']],
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
  },
  {
    title: 'I-17: a role of a department that does not exist',
    changes: [['approval.extension.stages[0].electors', ['custmerService.head']]],
    finds: [['error', 'unknown_reference', 'approval.extension.stages[0].electors[0]', 'I-17']],
  },
  {
    title: 'I-17: a role that nobody holds',
    changes: [
      ['approval.extension.stages[0].electors', ['regionalManager']],
      ['approval.tier.copy', ['salesBackOffice']],
    ],
    finds: [
      ['warning', 'nobody_told', 'approval.tier.copy[0]', 'I-17'],
      ['error', 'empty_electorate', 'approval.extension.stages[0].electors[0]', 'I-17'],
    ],
  },
  {
    title: 'decision 22, authority, ladder: nobody to decide',
    changes: [
      ['complaint.determineBy.product', 'humanResources'],
      ['authority', { 'complaint.forward': ['salesVicePresident'], forward: ['sales'] }],
      ['sla.ladder[2].notify', 'groupAdministrator'],
    ],
    finds: [
      ['error', 'value', 'authority.forward', 'SEC-02'],
      ['error', 'empty_electorate', 'authority["complaint.forward"][0]', 'SEC-02'],
      ['warning', 'nobody_told', 'sla.ladder[2].notify', 'CPL-04'],
      ['error', 'empty_electorate', 'complaint.determineBy.product', 'decision 22'],
    ],
  },
  {
    title: 'I-17: more approvals asked than there are electors',
    changes: [['approval.dissatisfaction.stages[0].n', 6]],
    finds: [['error', 'unreachable_quorum', 'approval.dissatisfaction.stages[0].n', 'I-17']],
  },
  {
    title: 'I-17: n without nOfM, nOfM without n',
    changes: [
      ['approval.tier.stages[0].n', 1],
      ['approval.tierTop.stages[0].n', undefined],
    ],
    finds: [
      ['error', 'contradiction', 'approval.tier.stages[0].n', 'I-17'],
      ['error', 'missing', 'approval.tierTop.stages[0].n', 'I-17'],
    ],
  },
  {
    title: 'I-17: a time-out that escalates to nobody, an escalation without a time-out',
    changes: [
      ['approval.tier.stages[0].escalateTo', undefined],
      ['approval.extension.stages[0].timeout', undefined],
    ],
    finds: [
      ['error', 'missing', 'approval.tier.stages[0].escalateTo', 'I-17'],
      ['warning', 'missing', 'approval.extension.stages[0].timeout', 'I-17'],
    ],
  },
  {
    title: 'I-17: departments must be departments',
    changes: [['approval.tierReview.stages[0].electors', ['sales.head', 'accountManager']]],
    finds: [['error', 'unknown_reference', 'approval.tierReview.stages[0].electors[1]', 'I-17']],
  },
  {
    title: 'the directory: superiors in a circle or unknown, delegations',
    changes: [
      ['directory.people.u-chen.superior', 'u-lin'],
      ['directory.people.u-he.superior', 'u-nobody'],
      ['directory.delegations', [{ from: 'u-lin', to: 'u-lin', since: '2026-02-01', until: '2026-01-01' }]],
    ],
    finds: [
      ['error', 'contradiction', 'directory.people.u-chen.superior', 'GOV-04'],
      ['error', 'contradiction', 'directory.people.u-lin.superior', 'GOV-04'],
      ['error', 'unknown_reference', 'directory.people.u-he.superior', 'GOV-04'],
      ['error', 'contradiction', 'directory.delegations[0]', 'GOV-04'],
      ['error', 'order', 'directory.delegations[0]', 'GOV-04'],
    ],
  },
]

describe('checks between parameters', () => {
  test.each(cases)('$title', ({ changes, finds }) => {
    expect(found(changes)).toEqual(finds)
  })

  test('every finding says what is wrong and what to do', () => {
    const all = cases.flatMap(({ changes }) => checkPolicy(changed(changes)).findings)
    expect(all.length).toBeGreaterThan(50)
    expect(all.filter((f) => f.message.length < 5 || f.remedy.length < 5)).toEqual([])
  })

  test('contradictions are found though other values are blank or wrong', () => {
    const finds = found([
      ['complaint.handoff', h(57)],
      ['tier.A.amount.min', '[X]'],
      ['tier.weights.amount', 41],
      ['cycle', 'monthly'],
      ['directory.people.u-chen', 7],
    ])
    expect(finds).toEqual(
      expect.arrayContaining([
        ['error', 'unset', 'tier.A.amount.min', 'P-07'],
        ['error', 'contradiction', 'complaint.handoff', 'P-04'],
        ['error', 'sum', 'tier.weights', 'I-15'],
      ]),
    )
  })

  test('without a directory nobody is missed', () => {
    const { findings, policy } = checkPolicy(
      without(changed([['approval.extension.stages[0].electors', ['regionalManager']]]), 'directory'),
    )
    expect(findings).toEqual([])
    expect(policy?.directory).toBeUndefined()
  })

  test('two people may be told at the same rung', () => {
    const ladder = [
      { at: 100, kind: 'breach', notify: 'owner' },
      { at: 100, kind: 'breach', notify: 'superior' },
    ]
    expect(found([['sla.ladder', ladder]])).toEqual([])
    expect(found([['sla.ladder', [ladder[0], ladder[0]]]])).toEqual([['error', 'duplicate', 'sla.ladder[1]', 'CPL-04']])
  })
})

describe('comparing budgets of different units', () => {
  const week = { calendar: 'main', hours: [8, 8], days: 5 } as const
  const uneven = { calendar: 'uneven', hours: [4, 9], days: 6 } as const
  const budget = (b: object) => b as Parameters<typeof longer>[0]

  test('one unit needs no calendar', () => {
    expect(longer(budget(wd(3)), budget(wd(2)), [])).toEqual({})
    expect(longer(budget(wd(2)), budget(wd(2)), [])).toBeNull()
    expect(longer(budget(elapsed(49)), budget(days(2)), [])).toEqual({})
    expect(longer(budget(elapsed(48)), budget(days(2)), [])).toBeNull()
  })

  test('working and elapsed time are not compared without one', () => {
    expect(longer(budget(h(1000)), budget(wd(1)), [])).toBeNull()
    expect(differs([budget(h(8))], budget(wd(2)), [])).toBe(false)
  })

  test('hours of a standard working day make hours and days comparable', () => {
    expect(inWorkingHours(budget(wd(2)), week)).toEqual([16, 16])
    expect(inWorkingHours(budget(days(7)), week)).toEqual([40, 40])
    expect(inWorkingHours(budget(elapsed(168)), week)).toEqual([40, 40])
    expect(longer(budget(h(17)), budget(wd(2)), [week])).toEqual({ calendar: 'main' })
  })

  test('uneven days are compared only where the answer is certain', () => {
    expect(inWorkingHours(budget(wd(1)), uneven)).toEqual([4, 9])
    expect(longer(budget(h(6)), budget(wd(1)), [uneven])).toBeNull()
    expect(longer(budget(h(10)), budget(wd(1)), [uneven])).toEqual({ calendar: 'uneven' })
  })

  test('all calendars of the policy count, the lunch break does not', () => {
    const policy = checkPolicy(distributor).policy
    expect(policy && standardWeeks(policy).map((w) => [w.calendar, w.hours[0], w.days])).toEqual([
      ['main', 9, 5],
      ['uk', 9, 5],
      ['us', 9, 5],
    ])
    const own = checkPolicy(manufacturer).policy
    expect(own && standardWeeks(own)).toEqual([week])
  })

  test('night shifts end on the next day', () => {
    const night = changed([['calendars.main.week', { mon: [['22:00', '06:00']], tue: [['00:00', '24:00']] }]])
    const { policy } = checkPolicy(night)
    expect(policy && standardWeeks(policy)[0]?.hours).toEqual([8, 24])
  })
})
