import { describe, expect, it } from 'vitest'
import { askingRules } from '../../rules/testing/asking.ts'
import { at, calendar } from '../../sla/testing/fixtures.ts'
import * as rules from './rules.ts'
import { initialTierAdjustment, type TierAdjustmentContext } from './types.ts'

// The rules of a tier adjustment, asked directly: where each begins to refuse, and every word of what it says then [ADJ-10, ADJ-12, I-36].

const asked = askingRules(rules, initialTierAdjustment)

const now = at('03-03 10:00')

describe('a proposal', () => {
  it('that differs from the recommendation has evidence, also where there is none to differ from [ADJ-10]', () => {
    const proposes = (recommended: string | null, command: object) =>
      asked('mayDifferWithEvidence', {
        context: { recommendation: recommended === null ? null : ({ recommended } as never) },
        command: { to: 'B', ...command },
      })
    expect([proposes('B', {}), proposes('A', { evidence: 'a visit' })]).toEqual([[null], [null]])
    const missing = [
      {
        rule: 'mayDifferWithEvidence',
        clause: 'ADJ-10',
        code: 'field_missing',
        required: 'evidence',
        actual: null,
        remedy: { kind: 'fill', field: 'evidence' },
      },
    ]
    expect([proposes('A', {}), proposes(null, {})]).toEqual([missing, missing])
  })
})

describe('an override [ADJ-12]', () => {
  it('says something else than the proposal', () => {
    const overrules = (to: string | null) =>
      asked('mayOverruleOnlyDifferently', {
        context: { proposal: to === null ? null : ({ to } as never) },
        command: { to: 'A' },
      })
    expect([overrules('B'), overrules(null)]).toEqual([[null], [null]])
    expect(overrules('A')).toEqual([
      {
        rule: 'mayOverruleOnlyDifferently',
        clause: 'ADJ-12',
        code: 'nothing_to_change',
        required: 'another tier',
        actual: 'A',
        remedy: { kind: 'send', command: 'vote' },
      },
    ])
  })

  it('begins after today and ends with the last cycle that it may hold for', () => {
    const overrides = (until: string, cycle = '2025-H2', maxCycles = 1) =>
      asked('mayOverrideForSomeCycles', {
        context: { cycle },
        command: { until },
        policy: { cycle: { length: 6, anchor: '2026-01-01' }, adjust: { override: { maxCycles } } },
        calendar,
        at: now,
      })
    const refusal = { rule: 'mayOverrideForSomeCycles', clause: 'ADJ-12' }
    const large = (required: string, actual: string) => ({
      ...refusal,
      code: 'value_too_large',
      parameter: 'adjust.override.maxCycles',
      required,
      actual,
    })
    const small = (actual: string) => ({ ...refusal, code: 'value_too_small', required: '2026-03-04', actual })
    const remedy = (to: string) => ({ remedy: { kind: 'change', field: 'until', to } })
    expect([overrides('2026-03-04'), overrides('2026-06-30'), overrides('2026-12-31', '2025-H2', 2)]).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
    expect(overrides('2026-07-01')).toEqual([{ ...large('2026-06-30', '2026-07-01'), ...remedy('2026-06-30') }, null])
    expect(overrides('2026-03-03')).toEqual([null, { ...small('2026-03-03'), ...remedy('2026-06-30') }])
    // The last day is over: no other day would do.
    expect(overrides('2026-03-03', '2025-H1')).toEqual([large('2025-12-31', '2026-03-03'), small('2026-03-03')])
    expect(overrides('2025-12-31', '2025-H1')).toEqual([null, small('2025-12-31')])
    // Nor on the last day itself.
    const lastDay = asked('mayOverrideForSomeCycles', {
      context: { cycle: '2025-H2' },
      command: { until: '2026-07-01' },
      policy: { cycle: { length: 6, anchor: '2026-01-01' }, adjust: { override: { maxCycles: 1 } } },
      calendar,
      at: at('06-30 10:00'),
    })
    expect(lastDay).toEqual([large('2026-06-30', '2026-07-01'), null])
  })

  it('is for few accounts at a time, and for one always', () => {
    const quota = (accounts: number, overridden: number, context: Partial<TierAdjustmentContext> = {}) =>
      asked('mayOverrideWithinQuota', {
        context,
        facts: { overrides: { accounts, overridden } },
        policy: { adjust: { override: { maxShare: 5 } } },
      })
    const exceeded = (required: number, actual: number) => [
      {
        rule: 'mayOverrideWithinQuota',
        clause: 'ADJ-12',
        code: 'quota_exceeded',
        parameter: 'adjust.override.maxShare',
        required,
        actual,
      },
    ]
    expect([quota(0, 0), quota(19, 0), quota(59, 1), quota(60, 2)]).toEqual([[null], [null], [null], [null]])
    expect([quota(0, 1), quota(19, 1), quota(59, 2), quota(60, 3)]).toEqual([
      exceeded(1, 2),
      exceeded(1, 2),
      exceeded(2, 3),
      exceeded(3, 4),
    ])
    // Changing one's own override takes no further place, and a store that does not count cannot refuse.
    expect(quota(19, 1, { override: {} as never })).toEqual([null])
    expect(asked('mayOverrideWithinQuota', { facts: {}, policy: {} })).toEqual([null])
  })
})

describe('an appeal [I-36]', () => {
  const policy = { appeal: { within: { amount: 8, unit: 'workingHours' } } }

  it('comes once, and in time', () => {
    const appeals = (when: number, context: Partial<TierAdjustmentContext>) =>
      asked('mayAppealOnceInTime', { context, at: when, policy, calendar })
    const refusal = { rule: 'mayAppealOnceInTime', clause: 'I-36' }
    const concludedAt = at('03-02 10:00')
    const late = (required: number, actual: number) => ({
      ...refusal,
      code: 'too_late',
      parameter: 'appeal.within',
      required,
      actual,
    })
    expect(appeals(now - 1, { concludedAt })).toEqual([null, null])
    expect(appeals(now, { concludedAt })).toEqual([null, late(now, now)])
    expect(appeals(now - 1, { concludedAt, appeal: {} as never })).toEqual([
      { ...refusal, code: 'already_done', required: 1, actual: 1 },
      null,
    ])
    // What is not concluded is not appealed against.
    expect(appeals(now, {})).toEqual([null, late(now, now)])
  })

  it('is the customer’s own, under the name by which it goes on', () => {
    const appeals = (survivor: string) =>
      asked('mayAppealAsStandingAccount', { accountId: 'acme', facts: { survivor }, actor: { id: 'li' } })
    expect(appeals('acme')).toEqual([null])
    expect(appeals('bravo')).toMatchObject([
      { rule: 'mayAppealAsStandingAccount', clause: 'I-36', code: 'account_not_active', required: 'bravo' },
    ])
  })

  it('asks for something else than what was decided, or, where nothing was, than what holds', () => {
    const appeals = (decided: 'A' | null) =>
      asked('mayAppealForAnotherTier', { context: { decided, currentTier: 'B' }, command: { to: 'B' } })
    expect(appeals('A')).toEqual([null])
    expect(appeals(null)).toEqual([
      {
        rule: 'mayAppealForAnotherTier',
        clause: 'I-36',
        code: 'nothing_to_change',
        required: 'another tier',
        actual: 'B',
      },
    ])
  })

  it('is the approval to act on once it is made; before, the review, and then the decision [I-17]', () => {
    const acts = (state: string) => asked('mayActOnOpenApproval', { state, command: { type: 'recuse' } })
    const closed = (required: string) => [
      { rule: 'mayActOnOpenApproval', clause: 'I-17', code: 'approval_closed', required: [required], actual: null },
    ]
    expect(['inReview', 'inDecision', 'appealed'].map(acts)).toEqual([closed('review'), closed('decision'), closed('appeal')])
  })
})
