import { describe, expect, it } from 'vitest'
import { askingRules, send } from '../../rules/testing/asking.ts'
import { at, calendar } from '../../sla/testing/fixtures.ts'
import * as rules from './rules.ts'
import { initialAdmission, type AdmissionCondition } from './types.ts'

// The rules of an admission, asked directly: where each begins to refuse, and every word of what it says then [ADM-05 … ADM-10].

const asked = askingRules(rules, initialAdmission)

const now = at('03-03 10:00')
const zone = 'Asia/Shanghai'

describe('an application', () => {
  it('is refused where another account has the same credit code, each of them named [ADM-05]', () => {
    const registers = (similar?: readonly object[]) => asked('mayRegisterOnce', { accountId: 'acme', facts: { similar } })
    const same = { because: 'creditCode', status: 'prospect' }
    expect([registers(), registers([])]).toEqual([[], []])
    // The account itself, one that goes on under another name, and one that only sounds alike are no obstacle.
    expect(
      registers([
        { ...same, accountId: 'acme' },
        { ...same, accountId: 'old', status: 'merged' },
        { accountId: 'akme', because: 'name', status: 'ka' },
      ]),
    ).toEqual([])
    const elsewhere = { rule: 'mayRegisterOnce', clause: 'ADM-05', code: 'open_elsewhere', required: null }
    expect(
      registers([
        { ...same, accountId: 'bravo' },
        { ...same, accountId: 'carol', status: 'ka' },
      ]),
    ).toEqual([
      { ...elsewhere, actual: 'bravo' },
      { ...elsewhere, actual: 'carol' },
    ])
  })

  it('names classes of the policy, each once, and is told what would be left [CLS-02]', () => {
    const proposes = (...classes: readonly string[]) =>
      asked('mayProposeKnownClasses', {
        command: { classes },
        policy: { admission: { classes: { strategic: {}, regional: {} } } },
      })
    expect([proposes(), proposes('regional', 'strategic')]).toEqual([[], []])
    const refusal = {
      rule: 'mayProposeKnownClasses',
      clause: 'CLS-02',
      code: 'value_not_allowed',
      parameter: 'admission.classes',
      required: ['strategic', 'regional'],
    }
    const remedy = { kind: 'change', field: 'classes', to: ['regional', 'strategic'] }
    expect(proposes('regional', 'lucky', 'strategic', 'regional')).toEqual([
      { ...refusal, actual: 'lucky', remedy },
      { ...refusal, actual: 'regional', remedy },
    ])
  })

  it('is about what the committee has not decided yet [ADM-06]', () => {
    const reports = (approvedAt: number | null) => asked('mayReportBeforeApproval', { context: { approvedAt } })
    expect([reports(null), reports(5)]).toEqual([
      [null],
      [{ rule: 'mayReportBeforeApproval', clause: 'ADM-06', code: 'already_done', required: null, actual: 5 }],
    ])
  })

  it('is revised as often as the policy allows [I-03]', () => {
    const revises = (returns: number) =>
      asked('mayReviseWithinReturns', { context: { returns }, policy: { admission: { maxReturns: 2 } } })
    expect(revises(1)).toEqual([null])
    expect(revises(2)).toEqual([
      {
        rule: 'mayReviseWithinReturns',
        clause: 'ADM-10',
        code: 'limit_reached',
        parameter: 'admission.maxReturns',
        required: 2,
        actual: 2,
        remedy: send('concludeScreening'),
      },
    ])
  })

  it('goes to the committee in spite of the screening where the policy has exceptions [ADM-06]', () => {
    const asks = (exceptions: boolean) => asked('mayAskException', { policy: { admission: { exceptions } } })
    expect([asks(true), asks(false)]).toEqual([
      [null],
      [
        {
          rule: 'mayAskException',
          clause: 'ADM-06',
          code: 'value_not_allowed',
          parameter: 'admission.exceptions',
          required: true,
          actual: false,
          remedy: send('concludeScreening'),
        },
      ],
    ])
  })
})

describe('the committee', () => {
  it('says how each criterion looks, unless it sends the application back [ADM-07]', () => {
    const votes = (command: object) => asked('mayVoteOnEachAspect', { command })
    expect([votes({ decision: 'sendBack' }), votes({ decision: 'reject', aspects: {} })]).toEqual([[null], [null]])
    const missing = [
      {
        rule: 'mayVoteOnEachAspect',
        clause: 'ADM-07',
        code: 'field_missing',
        required: 'aspects',
        actual: null,
        remedy: { kind: 'fill', field: 'aspects' },
      },
    ]
    expect([votes({ decision: 'approve' }), votes({ decision: 'reject' })]).toEqual([missing, missing])
  })

  it('leaves time to meet a condition [ADM-07]', () => {
    const sets = (...due: readonly number[]) =>
      asked('maySetConditionsAhead', { command: { conditions: due.map((dueAt) => ({ dueAt })) }, at: 100 })
    expect([asked('maySetConditionsAhead', { command: {}, at: 100 }), sets(101)]).toEqual([[], [null]])
    expect(sets(101, 100)).toEqual([
      null,
      { rule: 'maySetConditionsAhead', clause: 'ADM-07', code: 'too_early', required: 101, actual: 100 },
    ])
  })

  it('is the one approval to act on [I-17]', () => {
    expect(asked('mayActOnOpenApproval', { command: { type: 'recuse' } })).toEqual([
      { rule: 'mayActOnOpenApproval', clause: 'I-17', code: 'approval_closed', required: ['admission'], actual: null },
    ])
  })
})

describe('a condition of the approval [ADM-07]', () => {
  const condition = (id: string, part: Partial<AdmissionCondition> = {}): AdmissionCondition => ({
    id,
    text: 'a guarantee',
    dueAt: 100,
    by: 'chen',
    met: null,
    waived: null,
    ...part,
  })
  const conditions = [
    condition('c1', { met: { by: 'li', at: 1 } }),
    condition('c2', { waived: { by: 'li', at: 1, reason: 'small' } }),
    condition('c3'),
    condition('c4', { dueAt: 101 }),
  ]

  it('is met or waived once', () => {
    const settles = (id: string) => asked('maySettleOpenCondition', { command: { condition: id }, context: { conditions } })
    const refusal = { rule: 'maySettleOpenCondition', clause: 'ADM-07' }
    expect([settles('c3'), settles('c4')]).toEqual([[null], [null]])
    const done = (actual: string) => [{ ...refusal, code: 'already_done', required: null, actual }]
    expect([settles('c1'), settles('c2')]).toEqual([done('c1'), done('c2')])
    expect(settles('c9')).toEqual([{ ...refusal, code: 'not_found_in_instance', required: ['c3', 'c4'], actual: 'c9' }])
  })

  it('keeps from signing once it is due, by its name', () => {
    const signs = (when: number) => asked('maySignWhenConditionsMet', { context: { conditions }, at: when })
    const open = (actual: string, required: number) => ({
      rule: 'maySignWhenConditionsMet',
      clause: 'ADM-07',
      code: 'condition_open',
      required,
      actual,
      remedy: send('meetCondition'),
    })
    expect([signs(99), signs(100), signs(101)]).toEqual([[], [open('c3', 100)], [open('c3', 100), open('c4', 101)]])
  })
})

it('each of the team holds the role of their place [SVC-01]', () => {
  const team = { accountManager: 'am', marketingSpecialist: 'ms', productManager: 'pm', serviceRepresentative: 'sr' }
  const command = { accountManager: 'ann', marketingSpecialist: 'mia', productManager: 'pia', serviceRepresentative: 'sam' }
  const assigns = (holders: object) => asked('mayAssignHolders', { command, facts: { holders }, policy: { admission: { team } } })
  expect(assigns({ am: ['ann'], ms: ['mia'], pm: ['pia'], sr: ['sam'] })).toEqual([null, null, null, null])
  const refusal = (field: string, actual: string, required: readonly string[], remedy: object) => ({
    rule: 'mayAssignHolders',
    clause: 'SVC-01',
    code: 'value_not_allowed',
    parameter: `admission.team.${field}`,
    required,
    actual,
    remedy,
  })
  const to = (field: string, person: string) => ({ kind: 'change', field, to: person })
  expect(assigns({ am: ['mia'], ms: ['ann', 'pia'], pm: ['sam'] })).toEqual([
    refusal('accountManager', 'ann', ['mia'], to('accountManager', 'mia')),
    refusal('marketingSpecialist', 'mia', ['ann', 'pia'], to('marketingSpecialist', 'ann')),
    refusal('productManager', 'pia', ['sam'], to('productManager', 'sam')),
    refusal('serviceRepresentative', 'sam', [], { kind: 'ask', roles: ['sr'] }),
  ])
})

describe('a contract [ADM-09]', () => {
  const policy = { timeZone: zone, sla: { maxBackdate: { amount: 8, unit: 'workingHours' } } }

  it('is entered on its day or soon after, and not signed before the approval', () => {
    const enters = (signedOn: string, when: number, approvedAt: number | null = null) =>
      asked('mayEnterSigningInTime', { command: { signedOn }, at: when, policy, calendar, context: { approvedAt } })
    const refusal = { rule: 'mayEnterSigningInTime', clause: 'ADM-09' }
    const begins = at('03-03 00:00')
    expect(enters('2026-03-03', begins)).toEqual([null, null])
    expect(enters('2026-03-03', begins - 1)).toEqual([
      { ...refusal, code: 'too_early', required: begins, actual: begins - 1, remedy: { kind: 'wait', until: begins } },
    ])
    // Eight working hours after the day: until the end of work on the next.
    const latest = at('03-04 18:00')
    expect(enters('2026-03-03', latest)).toEqual([null, null])
    expect(enters('2026-03-03', latest + 1)).toEqual([
      null,
      { ...refusal, code: 'too_late', parameter: 'sla.maxBackdate', required: latest, actual: latest + 1 },
    ])
    // On the day of the approval, whatever the hour; not on the day before.
    const midnight = at('03-04 00:00')
    expect(enters('2026-03-03', latest, midnight - 1)).toEqual([null, null])
    expect(enters('2026-03-03', latest, midnight)).toEqual([
      { ...refusal, code: 'value_too_small', required: '2026-03-04', actual: '2026-03-03' },
      null,
    ])
  })

  it('is not over yet, and no longer than its terms', () => {
    const lasts = (from: string, to: string) =>
      asked('mayContractForItsTerm', { command: { from, to, terms: { contractMonths: 12 } }, at: now, policy })
    const refusal = { rule: 'mayContractForItsTerm', clause: 'ADM-09' }
    const small = (required: string, actual: string) => ({ ...refusal, code: 'value_too_small', required, actual })
    expect(lasts('2026-04-01', '2027-03-31')).toEqual([null, null])
    expect(lasts('2026-04-01', '2027-04-01')).toEqual([
      null,
      {
        ...refusal,
        code: 'value_too_large',
        required: '2027-03-31',
        actual: '2027-04-01',
        remedy: { kind: 'change', field: 'to', to: '2027-03-31' },
      },
    ])
    expect([lasts('2026-04-01', '2026-04-01'), lasts('2026-03-01', '2026-03-03')]).toEqual([
      [null, null],
      [null, null],
    ])
    expect(lasts('2026-04-01', '2026-03-31')).toEqual([small('2026-04-01', '2026-03-31'), null])
    expect(lasts('2026-03-01', '2026-03-02')).toEqual([small('2026-03-03', '2026-03-02'), null])
  })
})
