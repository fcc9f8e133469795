import { describe, expect, it } from 'vitest'
import * as rules from './rules.ts'

// The rules of a project, asked directly: where each begins to refuse, and every word of what it says then [PRJ-01 … PRJ-09, CHG-01].

/** What a rule reads, and nothing else: a rule that reads more fails here. */
const asked = (name: keyof typeof rules, input: object): readonly unknown[] => rules[name].check(input as never)

describe('a project [PRJ-01, PRJ-02]', () => {
  const rule = 'mayOpenProjectForKnownAccount'

  it('belongs to a known customer, with which the company still works', () => {
    const opens = (account: object | null | undefined, survivor = 'acme') =>
      asked(rule, { facts: { account, survivor }, accountId: 'acme', actor: { id: 'li' }, command: {} })
    expect(['prospect', 'ka', 'exiting', 'suspended'].map((status) => opens({ status }))).toEqual([
      [null],
      [null],
      [null],
      [null],
    ])
    const unknown = [
      {
        rule,
        clause: 'PRJ-01',
        code: 'account_unknown',
        required: 'adopted',
        actual: 'acme',
        remedy: { kind: 'send', command: 'account.adopt' },
      },
    ]
    expect([opens(null), opens(undefined)]).toEqual([unknown, unknown])
    const over = (actual: string) => [{ rule, clause: 'PRJ-01', code: 'account_not_active', required: null, actual }]
    expect([opens({ status: 'exited' }), opens({ status: 'blacklisted' })]).toEqual([over('exited'), over('blacklisted')])
    expect(opens({ status: 'merged' }, 'bravo')).toEqual([
      {
        rule,
        clause: 'PRJ-01',
        code: 'account_not_active',
        required: 'bravo',
        actual: 'merged',
        remedy: { kind: 'change', field: 'accountId', to: 'bravo' },
      },
    ])
  })

  it('involves departments of the policy, and tells each that is none', () => {
    const involves = (...departments: readonly string[]) =>
      asked('mayInvolveDepartments', { command: { departments }, policy: { departments: { product: {}, technical: {} } } })
    expect([involves(), involves('technical', 'product')]).toEqual([[], []])
    const unknown = {
      rule: 'mayInvolveDepartments',
      clause: 'PRJ-02',
      code: 'value_not_allowed',
      required: ['product', 'technical'],
    }
    // The name of something that every object has is no department either.
    expect(involves('canteen', 'product', 'constructor')).toEqual([
      { ...unknown, actual: 'canteen' },
      { ...unknown, actual: 'constructor' },
    ])
  })
})

describe('who works on a project [PRJ-04, PRJ-09]', () => {
  const context = { leader: 'li', team: ['tan', 'wu'] }
  const as = (name: 'mayPlanAsTeam' | 'mayCloseAsLeader', id: string, onBehalfOf?: string) =>
    asked(name, { actor: { id, roles: ['sales'], ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }, context })
  const refusal = (rule: string, clause: string) => [
    {
      rule,
      clause,
      code: 'role_required',
      required: ['projectLeader'],
      actual: ['sales'],
      remedy: { kind: 'ask', roles: ['projectLeader'] },
    },
  ]

  it('plans it: the leader and the team, whoever acts for one of them, and the system', () => {
    expect([as('mayPlanAsTeam', 'li'), as('mayPlanAsTeam', 'wu'), as('mayPlanAsTeam', 'system')]).toEqual([
      [null],
      [null],
      [null],
    ])
    expect(as('mayPlanAsTeam', 'chen', 'tan')).toEqual([null])
    const refused = refusal('mayPlanAsTeam', 'PRJ-04')
    // Acting for somebody else, one is that person and not oneself.
    expect([as('mayPlanAsTeam', 'chen'), as('mayPlanAsTeam', 'tan', 'chen')]).toEqual([refused, refused])
  })

  it('closes it: the leader only', () => {
    expect([as('mayCloseAsLeader', 'li'), as('mayCloseAsLeader', 'system'), as('mayCloseAsLeader', 'wu', 'li')]).toEqual([
      [null],
      [null],
      [null],
    ])
    const refused = refusal('mayCloseAsLeader', 'PRJ-09')
    expect([as('mayCloseAsLeader', 'tan'), as('mayCloseAsLeader', 'li', 'tan')]).toEqual([refused, refused])
  })
})

it('a project ends when none of its own changes is open [CHG-01]', () => {
  const ends = (openInstances?: readonly object[]) =>
    asked('mayEndWithoutOpenChanges', { facts: { openInstances }, context: { projectId: 'line-1' } })
  const change = { kind: 'project-change', projectId: 'line-1' }
  expect([ends(), ends([])]).toEqual([[], []])
  expect(
    ends([
      { ...change, instanceId: 'chg-1' },
      { ...change, instanceId: 'chg-2', projectId: 'line-2' },
      { ...change, instanceId: 'project-line-1', kind: 'project' },
      { ...change, instanceId: 'chg-3' },
    ]),
  ).toEqual(
    ['chg-1', 'chg-3'].map((actual) => ({
      rule: 'mayEndWithoutOpenChanges',
      clause: 'CHG-01',
      code: 'open_elsewhere',
      required: null,
      actual,
    })),
  )
})

it('its plan is the approval to act on [I-17]', () => {
  expect(asked('mayActOnPlanApproval', { command: { type: 'recuse' }, context: { approvals: {} } })).toEqual([
    { rule: 'mayActOnPlanApproval', clause: 'I-17', code: 'approval_closed', required: ['plan'], actual: null },
  ])
})
