import { describe, expect, it } from 'vitest'
import { askingRules } from '../../rules/testing/asking.ts'
import { startOfDay } from '../../calendar/index.ts'
import * as rules from './rules.ts'
import { initialPolicyPublication, type CheckedDraft, type PolicyPublicationContext } from './types.ts'

// The rules of a publication, asked directly: where each begins to refuse, and every word of what it says then [GOV-05].

const asked = askingRules(rules, initialPolicyPublication)
const because = (rule: string, code: string, required: unknown, actual: unknown, more: object = {}) => [
  { rule, clause: 'GOV-05', code, required, actual, ...more },
]

const inForce = { version: '1.9', hash: 'nine', by: 'pol-1-9', effectiveFrom: '2026-01-01', since: 5 }
const ledger = (one: object | null) => ({ policyLedger: { inForce: one, scheduled: [] } })
const draft = (part: Partial<CheckedDraft> = {}): CheckedDraft => ({
  hash: 'ten',
  effectiveFrom: '2026-03-05',
  timeZone: 'Asia/Shanghai',
  doubts: 0,
  changes: null,
  base: { version: '1.9', hash: 'nine' },
  ...part,
})

describe('a version', () => {
  it('has a number above that of the version in force', () => {
    const opens = (version: string, facts: object) => asked('mayOpenNextVersion', { command: { version }, facts })
    expect([opens('1.10', ledger(inForce)), opens('1.0', ledger(null)), opens('1.0', { policyLedger: null })]).toEqual([
      [null],
      [null],
      [null],
    ])
    expect([opens('1.9', ledger(inForce)), opens('1.8', ledger(inForce))]).toEqual([
      because('mayOpenNextVersion', 'version_not_above', '1.9', '1.9'),
      because('mayOpenNextVersion', 'version_not_above', '1.9', '1.8'),
    ])
  })

  it('is judged by the policy that it is a version of', () => {
    const opens = (policyId: string) => asked('mayBeJudgedByOwnPolicy', { command: { policyId }, policy: { id: 'ka' } })
    expect([opens('ka'), opens('other')]).toEqual([
      [null],
      because('mayBeJudgedByOwnPolicy', 'value_not_allowed', ['ka'], 'other'),
    ])
  })

  it('is judged by the one in force, if there is one', () => {
    const submits = (version: string, facts: object) =>
      asked('mayBeJudgedByPolicyInForce', { facts, policy: { version }, command: {} })
    expect([submits('1.9', ledger(inForce)), submits('1.8', ledger(null)), submits('1.8', {})]).toEqual([[null], [null], [null]])
    expect(submits('1.8', ledger(inForce))).toEqual(
      because('mayBeJudgedByPolicyInForce', 'policy_not_in_force', '1.9', '1.8', {
        remedy: { kind: 'send', command: 'migrate' },
      }),
    )
  })

  it('is not withdrawn once it is in force', () => {
    const withdraws = (by: string, facts: object) => asked('mayWithdrawBeforeForce', { instanceId: by, facts, at: 9 })
    expect([withdraws('pol-2', ledger(inForce)), withdraws('pol-1-9', ledger(null)), withdraws('pol-1-9', {})]).toEqual([
      [null],
      [null],
      [null],
    ])
    expect(withdraws('pol-1-9', ledger(inForce))).toEqual(because('mayWithdrawBeforeForce', 'too_late', 5, 9))
  })
})

describe('a what-if', () => {
  const submits = (whatIf: object | null, facts: object = ledger(inForce), wanted = 'required') =>
    asked('maySubmitWithWhatIf', {
      context: { whatIf: (whatIf === null ? null : { scope: 'all', ...whatIf }) as never, draft: draft() },
      facts,
      policy: { publication: { whatIf: wanted } },
    })
  const missing = (required: string | null, actual: string | null) =>
    because('maySubmitWithWhatIf', 'what_if_missing', required, actual, {
      parameter: 'publication.whatIf',
      remedy: { kind: 'send', command: 'recordWhatIf' },
    })

  it('of just this draft against the version in force is submitted with it, where the policy wants one', () => {
    expect(submits({ draft: 'ten', inForce: 'nine' })).toEqual([null])
    expect(submits(null, ledger(inForce), 'advised')).toEqual([null])
    expect(submits(null)).toEqual(missing('1.9', null))
    expect(submits({ draft: 'ten', inForce: 'eight' })).toEqual(missing('1.9', 'eight'))
    expect(submits({ draft: 'elf', inForce: 'nine' })).toEqual(missing('1.9', 'nine'))
  })

  it('of some accounts, or that does not say of how many, is none where one is wanted', () => {
    for (const scope of ['some', undefined])
      expect(submits({ draft: 'ten', inForce: 'nine', scope })).toEqual(missing('1.9', 'nine'))
    expect(submits({ draft: 'ten', inForce: 'nine', scope: 'some' }, ledger(inForce), 'advised')).toEqual([null])
  })

  it('where nothing is in force is of just this draft', () => {
    expect([submits({ draft: 'ten', inForce: null }, ledger(null)), submits({ draft: 'ten', inForce: 'old' }, {})]).toEqual([
      [null],
      [null],
    ])
    expect([submits({ draft: 'elf', inForce: null }, ledger(null)), submits(null, {})]).toEqual([
      missing(null, null),
      missing(null, null),
    ])
  })
})

describe('the day of a version', () => {
  const at = Date.parse('2026-03-02T23:00:00+08:00')
  const submits = (
    context: Partial<PolicyPublicationContext>,
    { days = 3, facts = ledger(inForce) }: { readonly days?: number; readonly facts?: object } = {},
  ) =>
    asked('mayTakeForceOnItsDay', {
      context: { version: '1.10', draft: draft(), ...context },
      facts,
      policy: { publication: { notice: { days } } },
      at,
    })
  const rule = 'mayTakeForceOnItsDay'

  it('is far enough ahead for everybody to hear of it, by the clock of the version itself', () => {
    expect([submits({}), submits({ draft: null }, { facts: ledger(null) })]).toEqual([[], []])
    const late = (required: string, more: object = {}) =>
      because(rule, 'value_too_small', required, '2026-03-05', {
        parameter: 'publication.notice.days',
        remedy: { kind: 'change', field: 'effectiveFrom', to: required },
        ...more,
      })
    expect(submits({}, { days: 4 })).toEqual(late('2026-03-06'))
    // In Auckland it is the third already.
    expect(submits({ draft: draft({ timeZone: 'Pacific/Auckland' }) })).toEqual(late('2026-03-06'))
  })

  it('finds the text under its number as it was approved, if any', () => {
    const finds = (there: object | null | undefined, context: Partial<PolicyPublicationContext> = {}) =>
      submits(context, { facts: { ...ledger(context.draft === null ? null : inForce), registry: { '1.10': there } } })
    expect([finds(null), finds(undefined), finds({ hash: 'ten' }), finds({ hash: 'old' }, { draft: null })]).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(finds({ hash: 'old' })).toEqual(because(rule, 'version_taken', 'old', '1.10'))
  })

  it('is the day of no other version, whose numbers rise with the days', () => {
    const waiting = {
      version: '1.11',
      hash: 'eleven',
      by: 'pol-1-11',
      effectiveFrom: '2026-03-05',
      effectiveAt: startOfDay('2026-03-05', 'Asia/Shanghai'),
    }
    expect(submits({}, { facts: { policyLedger: { inForce, scheduled: [waiting] } } })).toEqual([
      ...because(rule, 'day_taken', '1.11', '2026-03-05'),
      ...because(rule, 'version_not_above', '1.11', '1.10'),
    ])
  })

  it('is judged against what is in force now, each version by its number', () => {
    const stale = (required: string | null, actual: string | null) =>
      because(rule, 'policy_not_in_force', required, actual, { remedy: { kind: 'send', command: 'check' } })
    expect(submits({ draft: draft({ base: { version: '1.8', hash: 'eight' } }) })).toEqual(stale('1.9', '1.8'))
    expect(submits({ draft: draft({ base: null }) })).toEqual(stale('1.9', null))
    expect(submits({}, { facts: {} })).toEqual(stale(null, '1.9'))
    // As it is approved, it is held against what it was submitted with.
    const input = { context: { ...initialPolicyPublication, version: '1.10', draft: draft() }, facts: ledger(inForce) }
    const approves = (base: PolicyPublicationContext['base']) =>
      rules.refuseSchedule({ ...input, policy: { publication: { notice: { days: 0 } } }, at } as never, base)
    expect(approves({ version: '1.9', hash: 'nine' })).toEqual([])
    expect(approves({ version: '1.8', hash: 'eight' })).toMatchObject([{ code: 'policy_not_in_force', actual: '1.8' }])
  })
})

it('the approval of the version is the one to act on [I-17]', () => {
  expect(asked('mayActOnPolicyApproval', { command: { type: 'recuse' } })).toEqual([
    { rule: 'mayActOnPolicyApproval', clause: 'I-17', code: 'approval_closed', required: ['policy'], actual: null },
  ])
})

it('what keeps versions apart holds in every mode', () => {
  const { mayActOnPolicyApproval, refuseSchedule, ...apart } = rules
  expect([mayActOnPolicyApproval.always, typeof refuseSchedule]).toEqual([undefined, 'function'])
  for (const rule of Object.values(apart)) expect(rule.always, rule.name).toBe(true)
})
