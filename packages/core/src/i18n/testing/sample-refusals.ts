import type { JsonValue, Refusal, RefusalCode } from '../../errors/index.ts'

const noon = 1_772_416_800_000
const hour = 3_600_000

type Sample = readonly [
  rule: string,
  clause: string,
  required: JsonValue,
  actual: JsonValue,
  more?: Pick<Refusal, 'parameter' | 'remedy'>,
]

/** Refusals of every code, in the forms that the rules make them. */
const samples: { readonly [C in RefusalCode]: readonly Sample[] } = {
  command_not_available: [
    ['mayInThisState', 'CPL-04', ['planning', 'handling'], 'received', { remedy: { kind: 'reload' } }],
    ['mayInThisState', 'ADJ-12', [], 'kept'],
  ],
  role_required: [
    [
      'mayWithRole',
      'CPL-11',
      ['technical', 'technical.head'],
      ['accountManager', 'sales'],
      { remedy: { kind: 'ask', roles: ['technical', 'technical.head'] } },
    ],
    ['mayWithRole', 'ADJ-13', [], ['accountManager'], { remedy: { kind: 'ask', roles: [] } }],
  ],
  actor_without_roles: [
    ['mayWithRole', 'CPL-02', ['customerService'], 'u-17', { remedy: { kind: 'ask', roles: ['customerService'] } }],
    ['mayWithRole', 'CON-01', ['*'], 'u-17', { remedy: { kind: 'ask', roles: ['*'] } }],
  ],
  person_barred: [
    ['mayActUnlessNamed', 'CON-01', 'not named in the complaint', 'u-17'],
    ['mayDecide', 'I-17', null, { person: 'u-17', because: 'named' }],
    ['mayDecide', 'I-17', null, { person: 'u-17', because: '客户的亲属' }],
  ],
  maker_is_checker: [['mayCheckOthersWork', 'CPL-06', null, 'u-17']],
  not_an_elector: [
    ['mayDecide', 'I-17', ['u-2', 'u-3'], 'u-17', { remedy: { kind: 'change', field: 'onBehalfOf', to: 'u-2' } }],
    ['mayDecide', 'I-17', 'open', 'u-17'],
  ],
  elector_exists: [['mayDecide', 'I-17', null, { stage: 'opinions', person: 'u-3' }]],
  empty_electorate: [
    [
      'mayDecide',
      'I-17',
      { stage: 'money', role: 'finance.head' },
      { holders: 1, eligible: 0 },
      { remedy: { kind: 'ask', roles: ['finance.head'] } },
    ],
    ['mayDecide', 'I-17', { stage: 'committee', electors: 3 }, 2, { remedy: { kind: 'ask', roles: ['kaGroup.member'] } }],
  ],
  delegation_invalid: [
    ['mayActForAnother', 'I-17', { from: 'u-2', to: 'u-17' }, null],
    ['mayDecide', 'I-17', { from: 'u-2', to: 'u-17', maxDelegations: 2 }, 'tooLong'],
  ],
  approval_closed: [
    ['mayActOnOpenApproval', 'I-17', ['extension', 'compensation'], 'dissatisfaction'],
    ['mayDecide', 'I-17', 'open', 'approved'],
  ],
  basis_required: [['mayJudgeWhatWasSeen', 'CPL-06', 'f0e1', null, { remedy: { kind: 'reload' } }]],
  basis_changed: [['mayJudgeWhatWasSeen', 'CPL-06', 'f0e1', 'a1b2', { remedy: { kind: 'reload' } }]],
  version_changed: [['mayActOnExpectedVersion', 'architecture 8', 4, 6, { remedy: { kind: 'reload' } }]],
  idempotency_key_reused: [['mayReuseKeyForSameCommand', 'architecture 8', 'cmp-1-000004', 'k-9']],
  field_missing: [
    ['mayPlanAfterMeeting', 'CPL-15', 'meeting', 0, { remedy: { kind: 'send', command: 'callMeeting' } }],
    ['mayCheckPreventionOnce', 'CPL-07', 'newMeasure', null, { remedy: { kind: 'fill', field: 'newMeasure' } }],
    ['mayCompleteAfterRework', 'CPL-11', 'reworkResult', null, { remedy: { kind: 'send', command: 'reportRework' } }],
  ],
  value_not_allowed: [
    [
      'mayUsePolicyTerms',
      'CPL-01',
      ['hotline', 'email'],
      'fax',
      { parameter: 'complaint.channels', remedy: { kind: 'change', field: 'channel', to: 'hotline' } },
    ],
    ['mayConfirmForSite', 'CPL-06', [], '苏州工厂'],
    ['mayLinkToAnother', 'CPL-02', 'another complaint', 'cmp-1'],
    [
      'mayPromiseInPolicyCurrency',
      'CPL-04',
      ['CNY'],
      'EUR',
      { parameter: 'currency', remedy: { kind: 'change', field: 'compensation.currency', to: 'CNY' } },
    ],
  ],
  value_too_small: [
    [
      'mayOverrideForSomeCycles',
      'ADJ-12',
      '2026-03-02',
      '2026-03-01',
      { remedy: { kind: 'change', field: 'until', to: '2026-06-30' } },
    ],
  ],
  value_too_large: [
    [
      'mayOverrideForSomeCycles',
      'ADJ-12',
      '2027-06-30',
      '2028-01-01',
      { parameter: 'adjust.override.maxCycles', remedy: { kind: 'change', field: 'until', to: '2027-06-30' } },
    ],
    ['mayDecide', 'I-17', 4000, 4001],
  ],
  too_early: [
    [
      'mayBackdateReceipt',
      'CPL-02',
      noon,
      noon + 5 * hour,
      { parameter: 'sla.maxBackdate', remedy: { kind: 'change', field: 'receivedAt', to: noon + 5 * hour } },
    ],
    [
      'mayReviewAfterFreeze',
      'ADJ-01',
      noon + 5 * hour,
      noon,
      { parameter: 'amount.returnLag', remedy: { kind: 'wait', until: noon + 5 * hour } },
    ],
    ['mayDecide', 'I-17', { passed: ['opinions'] }, 'management'],
  ],
  too_late: [
    [
      'mayReopenInTime',
      'CPL-07',
      noon,
      noon + hour,
      { parameter: 'complaint.reopenWithin', remedy: { kind: 'send', command: 'complaint.open' } },
    ],
    ['mayRecordOnlyThePast', 'CPL-06', noon, noon + 20_000, { remedy: { kind: 'change', field: 'toldAt', to: noon } }],
  ],
  limit_reached: [['mayDecide', 'I-17', 50, 50]],
  not_found_in_instance: [
    ['mayDecide', 'I-17', ['extension'], 'compensation'],
    ['mayDecide', 'I-17', [], 'compensation'],
  ],
  already_done: [
    ['mayExtendOnceBeforeBreach', 'CPL-05', 1, 1, { parameter: 'complaint.complex.extension' }],
    ['mayReviewAfterFreeze', 'ADJ-01', '2026-H1', '2026-H2', { parameter: 'cycle' }],
    ['mayDecide', 'I-17', null, { stage: 'opinions', elector: 'u-2' }],
  ],
  clock_not_running: [
    ['mayPauseForReason', 'CPL-05', 'resolution', null],
    ['mayExtendOnceBeforeBreach', 'CPL-05', 'running', 'stopped'],
  ],
  clock_not_pausable: [['mayPauseForReason', 'CPL-05', null, 'handoff']],
  clock_not_paused: [['mayReplyWhenAsked', 'CPL-05', 'waiting', null, { remedy: { kind: 'send', command: 'waitForCustomer' } }]],
  pause_cap_reached: [
    ['mayPauseForReason', 'CPL-05', { amount: 15, unit: 'workingDays' }, 2, { parameter: 'sla.maxPause.total' }],
  ],
  clock_breached: [['mayExtendOnceBeforeBreach', 'CPL-05', noon, noon + hour]],
  open_elsewhere: [['mayHoldOneAdjustment', 'ADJ-01', null, 'tier-c-1-2026-h1']],
  account_unknown: [
    ['mayComplainForKnownAccount', 'CPL-02', 'adopted', 'c-77', { remedy: { kind: 'send', command: 'account.adopt' } }],
    ['mayDecide', 'ADJ-09', 'facts', 'c-77'],
  ],
  account_not_active: [
    ['mayComplainForKnownAccount', 'CPL-02', 'c-78', 'merged', { remedy: { kind: 'change', field: 'accountId', to: 'c-78' } }],
    ['mayOpenProjectForKnownAccount', 'PRJ-01', null, 'blacklisted'],
  ],
  quota_exceeded: [['mayOverrideWithinQuota', 'ADJ-12', 3, 4, { parameter: 'adjust.override.maxShare' }]],
  baseline_changed: [['mayImplementOnCurrentBaseline', 'CHG-02', 1, 2, { remedy: { kind: 'send', command: 'reassess' } }]],
  project_unknown: [['mayChangeActiveProject', 'CHG-01', null, 'line-9']],
  project_not_active: [['mayChangeActiveProject', 'CHG-01', 'active', 'cancelled']],
  policy_invalid: [
    [
      'mayCheckUsablePolicy',
      'P-04',
      'use more than 0',
      {
        code: 'value',
        message: 'less than or equal to 0',
        line: 12,
        column: 5,
        data: { kind: 'tooSmall', limit: 0, inclusive: false, of: null },
      },
      { parameter: 'complaint.handoff.amount' },
    ],
    ['mayDecide', 'GOV-05', 'fill it in', { code: 'unset', message: 'left as [X]' }],
  ],
  policy_not_in_force: [
    ['mayOpenUnderPolicyInForce', 'GOV-05', '1.1', '1.0'],
    ['mayOpenUnderPolicyInForce', 'GOV-05', null, '1.0'],
    ['mayMigrateToPolicyInForce', 'GOV-05', '1.1', '1.2', { remedy: { kind: 'wait', until: noon } }],
  ],
  version_taken: [['mayTakeForceOnItsDay', 'GOV-05', 'ab12', '1.1']],
  version_not_above: [['mayOpenNextVersion', 'GOV-05', '1.10', '1.9']],
  day_taken: [['mayTakeForceOnItsDay', 'GOV-05', '1.1', '2026-04-01']],
  what_if_missing: [
    [
      'maySubmitWithWhatIf',
      'GOV-05',
      '1.0',
      null,
      { parameter: 'publication.whatIf', remedy: { kind: 'send', command: 'recordWhatIf' } },
    ],
    ['maySubmitWithWhatIf', 'GOV-05', null, null, { parameter: 'publication.whatIf' }],
  ],
  what_if_invalid: [
    ['mayRecordSimulation', 'GOV-05', null, 'movers.total', { remedy: { kind: 'send', command: 'recordWhatIf' } }],
    ['mayRecordSimulation', 'GOV-05', null, ''],
    ['mayRecordSimulation', 'GOV-05', 4_000_000, 5_200_000],
  ],
  what_if_partial: [
    [
      'mayDecide',
      'GOV-05',
      'all',
      'some',
      { parameter: 'publication.whatIf', remedy: { kind: 'send', command: 'recordWhatIf' } },
    ],
  ],
  not_movable: [
    ['mayDecide', 'GOV-05', 'open', 'archived'],
    ['mayDecide', 'GOV-05', 'manufacturer-cn', 'distributor-intl'],
    ['mayDecide', 'GOV-05', ['cn'], 'de', { parameter: 'calendars' }],
  ],
  nothing_differs: [['mayResolveDrift', 'GOV-06', null, null]],
  not_acceptable: [
    [
      'mayAcceptUndecided',
      'GOV-06',
      ['suspend'],
      { field: 'KagStanding__c', shown: 'suspended' },
      { remedy: { kind: 'send', command: 'suspend' } },
    ],
    [
      'mayAcceptUndecided',
      'GOV-06',
      [],
      { field: 'Case', shown: null },
      { remedy: { kind: 'change', field: 'decision', to: 'repair' } },
    ],
  ],
  nothing_to_change: [
    ['mayRedactSomething', 'SEC-02', 'documents', null],
    ['mayReassessOnNewBaseline', 'CHG-01', 'another baseline', 3],
    ['mayOverruleOnlyDifferently', 'ADJ-12', 'another tier', 'B', { remedy: { kind: 'send', command: 'vote' } }],
  ],
  rate_missing: [
    ['mayScoreAtKnownRates', 'ADM-06', { from: 'EUR', to: 'CNY', date: '2026-03-02' }, null, { parameter: 'exchangeRates' }],
  ],
  condition_open: [['maySignWhenConditionsMet', 'ADM-07', noon, 'c1', { remedy: { kind: 'send', command: 'meetCondition' } }]],
  approval_missing: [
    [
      'mayCompleteWithApprovedCompensation',
      'CPL-04',
      5_000_000,
      7_500_050,
      { parameter: 'complaint.compensationLimit', remedy: { kind: 'send', command: 'vote' } },
    ],
  ],
}

export const sampleRefusals: readonly Refusal[] = Object.entries(samples).flatMap(([code, list]) =>
  list.map(([rule, clause, required, actual, more = {}]) => ({
    code: code as RefusalCode,
    rule,
    clause,
    required,
    actual,
    ...more,
  })),
)
