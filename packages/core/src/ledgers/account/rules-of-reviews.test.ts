import { describe, expect, it } from 'vitest'
import { askingRules } from '../../rules/testing/asking.ts'
import { at, berlin, calendar } from '../../sla/testing/fixtures.ts'
import * as rules from './rules.ts'
import { initialAccount } from './types.ts'

// Reviews of an account, asked directly: where each rule begins to refuse, and every word of what it says then [ADJ-01, ADJ-05].

const asked = askingRules(rules, { ...initialAccount, accountId: 'acme' })

describe('the review of an account', () => {
  it('is one at a time; what it sends bears its name [ADJ-01]', () => {
    const holds = (adjustment: string | null, command: object) =>
      asked('mayHoldOneAdjustment', { context: { adjustment }, command })
    const held = [{ rule: 'mayHoldOneAdjustment', clause: 'ADJ-01', code: 'open_elsewhere', required: null, actual: 'tier-1' }]
    expect(holds(null, { type: 'openAdjustment', instanceId: 'tier-2' })).toEqual([null])
    expect(holds('tier-1', { type: 'openAdjustment', instanceId: 'tier-1' })).toEqual([null])
    expect(holds('tier-1', { type: 'openAdjustment', instanceId: 'tier-2', by: 'tier-1' })).toEqual(held)
    expect(holds('tier-1', { type: 'changeTier', by: 'tier-1', instanceId: 'tier-2' })).toEqual([null])
    expect(holds('tier-1', { type: 'claimAdjustment', by: 'tier-2' })).toEqual(held)
    expect(holds('tier-1', { type: 'startExit' })).toEqual(held)
    expect(holds(null, { type: 'startExit' })).toEqual([null])
  })

  it('of a cycle comes when its facts are frozen, each cycle once and none behind [ADJ-01, I-26]', () => {
    const policy = { cycle: { length: 6, anchor: '2026-01-01' }, amount: { returnLag: { days: 30 } } }
    const reviews = (command: object, when: number, lastCycle: string | null = null) =>
      asked('mayReviewAfterFreeze', { command, context: { lastCycle }, at: when, policy, calendar })
    const frozen = at('01-31 00:00')
    const cycle = '2025-H2'
    const refusal = { rule: 'mayReviewAfterFreeze', clause: 'ADJ-01' }
    expect([reviews({ cycle }, frozen), reviews({ cycle }, frozen, '2025-H1')]).toEqual([
      [null, null],
      [null, null],
    ])
    expect(reviews({ cycle }, frozen - 1)).toEqual([
      {
        ...refusal,
        code: 'too_early',
        parameter: 'amount.returnLag',
        required: frozen,
        actual: frozen - 1,
        remedy: { kind: 'wait', until: frozen },
      },
      null,
    ])
    const done = (actual: string) => [null, { ...refusal, code: 'already_done', parameter: 'cycle', required: cycle, actual }]
    expect([reviews({ cycle }, frozen, cycle), reviews({ cycle }, frozen, '2026-H1')]).toEqual([done(cycle), done('2026-H1')])
    // On demand, or before the form says which cycle, there is nothing to wait for.
    expect([reviews({ cycle, onDemand: 'why' }, 0), reviews({}, 0)]).toEqual([[null], [null]])
  })

  it('begins with the day on which facts are frozen, though clocks were changed in between [I-26]', () => {
    const policy = { cycle: { length: 6, anchor: '2026-01-01' }, amount: { returnLag: { days: 100 } } }
    const first = at('04-11 00:00', berlin)
    expect(first - at('01-01 00:00', berlin)).toBe(100 * 86_400_000 - 3_600_000)
    const reviewed = (when: number) =>
      asked('mayReviewAfterFreeze', { command: { cycle: '2025-H2' }, at: when, policy, calendar: berlin })
    expect(reviewed(first)).toEqual([null, null])
    expect(reviewed(first - 1)).toMatchObject([{ code: 'too_early', required: first }, null])
  })

  it('on demand has the next number [ADJ-05]', () => {
    const reviews = (command: object) => asked('mayReviewOnDemandWithReason', { command, context: { onDemand: 2 } })
    const onDemand = 'a fire'
    expect([reviews({ instanceId: 'x' }), reviews({ onDemand }), reviews({ onDemand, instanceId: 'tier-acme-od3' })]).toEqual([
      [null],
      [null],
      [null],
    ])
    expect(reviews({ onDemand, instanceId: 'tier-acme-od2' })).toEqual([
      {
        rule: 'mayReviewOnDemandWithReason',
        clause: 'ADJ-05',
        code: 'already_done',
        required: 3,
        actual: 'tier-acme-od2',
      },
    ])
  })

  it('of a cycle has the name of the account and the cycle [ADJ-01]', () => {
    const reviews = (command: object) => asked('mayReviewUnderOwnName', { command: { cycle: '2025-H2', ...command } })
    expect([reviews({ instanceId: 'tier-acme-2025-h2' }), reviews({ instanceId: 'x', onDemand: 'a fire' })]).toEqual([
      [null],
      [null],
    ])
    expect(reviews({ instanceId: 'tier-bravo-2025-h2' })).toEqual([
      {
        rule: 'mayReviewUnderOwnName',
        clause: 'ADJ-01',
        code: 'value_not_allowed',
        required: 'tier-acme-2025-h2',
        actual: 'tier-bravo-2025-h2',
      },
    ])
  })

  it('needs a tier [ADJ-01]', () => {
    const reviews = (tier: 'A' | null) => asked('mayReviewWithTier', { context: { tier } })
    expect([reviews('A'), reviews(null)]).toEqual([
      [null],
      [{ rule: 'mayReviewWithTier', clause: 'ADJ-01', code: 'field_missing', required: 'tier', actual: null }],
    ])
  })

  it('is that of the group where its leader is reviewed for all [decision tier.level]', () => {
    const reviews = (level: string, group: string | null, leader: object | null) =>
      asked('mayReviewAtGroupLevel', { context: { group }, facts: { others: { lead: leader } }, policy: { tier: { level } } })
    const led = { tier: 'A', status: 'ka' }
    expect([
      reviews('account', 'lead', led),
      reviews('group', null, led),
      reviews('group', 'lead', null),
      reviews('group', 'lead', { ...led, tier: null }),
      reviews('group', 'lead', { ...led, status: 'exited' }),
    ]).toEqual([[null], [null], [null], [null], [null]])
    const leads = [
      {
        rule: 'mayReviewAtGroupLevel',
        clause: 'ADJ-01',
        code: 'value_not_allowed',
        parameter: 'tier.level',
        required: ['lead'],
        actual: 'acme',
        remedy: { kind: 'change', field: 'accountId', to: 'lead' },
      },
    ]
    for (const status of ['customer', 'admitted', 'ka', 'suspended', 'exiting'])
      expect(reviews('group', 'lead', { ...led, status })).toEqual(leads)
  })

  it('is no approval of the ledger: there it is the resolution [I-39]', () => {
    expect(asked('mayActOnOpenApproval', { command: { type: 'recuse' } })).toEqual([
      { rule: 'mayActOnOpenApproval', clause: 'I-39', code: 'approval_closed', required: ['blacklist'], actual: null },
    ])
  })
})

it('claims hold in every mode', () => {
  for (const name of ['mayHoldOneAdjustment', 'mayReviewOnDemandWithReason', 'mayReviewUnderOwnName'] as const)
    expect(rules[name].always, name).toBe(true)
})
