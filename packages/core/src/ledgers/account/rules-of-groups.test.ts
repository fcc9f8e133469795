import { describe, expect, it } from 'vitest'
import { askingRules } from '../../rules/testing/asking.ts'
import * as rules from './rules-of-groups.ts'
import { initialAccount, type AccountContext } from './types.ts'

// Mergers, splits and groups, asked directly: where each rule begins to refuse, and every word of what it says then [I-33].

const asked = askingRules(rules, { ...initialAccount, accountId: 'acme' })
const because = (rule: string) => (code: string, required: unknown, actual: unknown, remedy?: object) => ({
  rule,
  clause: 'I-33',
  code,
  required,
  actual,
  ...(remedy === undefined ? {} : { remedy }),
})
const resolution = (part: object) => ({ blacklist: { decision: null, voided: null, ...part } }) as never

describe('a merger', () => {
  it('waits until nothing of the account is claimed, and until it leads nobody', () => {
    const merges = (context: Partial<AccountContext>) => asked('mayMergeWhenSettled', { context })
    const held = (actual: string) => because('mayMergeWhenSettled')('open_elsewhere', null, actual)
    expect(merges({})).toEqual([null, null, null])
    expect(
      merges({
        adjustment: 'tier-1',
        admission: { id: 'adm-1' } as never,
        approvals: resolution({}),
        members: ['bravo', 'carol'],
      }),
    ).toEqual([held('tier-1'), held('adm-1'), held('blacklist'), held('bravo'), held('carol')])
    // A resolution that was decided or voided is not before the committee.
    for (const part of [{ decision: { outcome: 'rejected' } }, { voided: { at: 1 } }])
      expect(merges({ approvals: resolution(part) })).toEqual([null, null, null])
  })

  it('goes into another account that is governed and takes it in', () => {
    const because_ = because('mayMergeIntoSurvivor')
    const merges = (
      bravo: object | null | undefined,
      context: Partial<AccountContext> = {},
      state = 'customer',
      into = 'bravo',
    ) => asked('mayMergeIntoSurvivor', { command: { into }, context, facts: { others: { bravo } }, state })
    const customer = { status: 'customer', isKeyAccount: false }
    expect(merges(customer)).toEqual([null])
    expect(merges(customer, {}, 'customer', 'acme')).toEqual([
      because_('value_not_allowed', 'another account', 'acme', { kind: 'fill', field: 'into' }),
    ])
    const unknown = [because_('account_unknown', 'adopted', 'bravo')]
    expect([merges(null), merges(undefined)]).toEqual([unknown, unknown])
    expect(asked('mayMergeIntoSurvivor', { command: { into: 'bravo' }, facts: {}, state: 'customer' })).toEqual(unknown)
    for (const status of ['merged', 'blacklisted'])
      expect(merges({ status })).toEqual([because_('value_not_allowed', null, status)])
  })

  it('buries no living relation in one that has ended', () => {
    const merges = (status: string, state: string) =>
      asked('mayMergeIntoSurvivor', { command: { into: 'bravo' }, facts: { others: { bravo: { status } } }, state })
    for (const status of ['exited', 'lapsed']) {
      const refused = [because('mayMergeIntoSurvivor')('value_not_allowed', null, status, { kind: 'send', command: 'readmit' })]
      expect([merges(status, 'customer'), merges(status, 'ka')]).toEqual([refused, refused])
      expect(['prospect', 'exited', 'lapsed'].map((state) => merges(status, state))).toEqual([[null], [null], [null]])
    }
    expect(merges('customer', 'ka')).toEqual([null])
  })

  it('loses no key account', () => {
    const merges = (isKeyAccount: boolean, survivor: boolean) =>
      asked('mayMergeIntoSurvivor', {
        command: { into: 'bravo' },
        context: { isKeyAccount },
        facts: { others: { bravo: { status: 'customer', isKeyAccount: survivor } } },
        state: 'ka',
      })
    expect([merges(false, false), merges(false, true), merges(true, true)]).toEqual([[null], [null], [null]])
    expect(merges(true, false)).toEqual([
      because('mayMergeIntoSurvivor')('value_not_allowed', 'isKeyAccount', 'bravo', { kind: 'send', command: 'merge' }),
    ])
  })
})

describe('a split', () => {
  const because_ = because('maySplitOpenInstances')
  const openInstances = [
    { kind: 'complaint', instanceId: 'cpl-1' },
    { kind: 'tier-adjustment', instanceId: 'tier-1' },
    { kind: 'admission', instanceId: 'adm-1' },
    { kind: 'project', instanceId: 'project-1', projectId: 'line-1' },
    { kind: 'project-change', instanceId: 'chg-1', projectId: 'line-1' },
    { kind: 'project', instanceId: 'project-2', projectId: 'line-2' },
  ]
  const splits = (instances: readonly string[], bravo: object | null = null, splitOff: readonly string[] = []) =>
    asked('maySplitOpenInstances', {
      command: { accountId: 'bravo', instances },
      context: { splitOff },
      facts: { openInstances, others: { bravo } },
    })

  it('takes along what is open, a project with all its changes', () => {
    expect([splits([]), splits(['cpl-1', 'project-2']), splits(['chg-1', 'project-1'])]).toEqual([[null], [null], [null]])
    const left = (required: string) => because_('field_missing', required, null, { kind: 'fill', field: 'instances' })
    expect(splits(['project-1'])).toEqual([left('chg-1'), null])
    expect(splits(['chg-1', 'project-2'])).toEqual([left('project-1'), null])
  })

  it('leaves claims where they are, and says what may go', () => {
    const movable = ['cpl-1', 'project-1', 'chg-1', 'project-2']
    expect(splits(['tier-1', 'cpl-1', 'adm-1', 'cpl-9'])).toEqual([
      null,
      ...['tier-1', 'adm-1', 'cpl-9'].map((actual) => because_('not_found_in_instance', movable, actual)),
    ])
    const many = Array.from({ length: 21 }, (_, k) => ({ kind: 'complaint', instanceId: `cpl-${String(k)}` }))
    expect(
      asked('maySplitOpenInstances', {
        command: { accountId: 'bravo', instances: ['cpl-99'] },
        facts: { openInstances: many },
      }),
    ).toEqual([
      null,
      because_(
        'not_found_in_instance',
        many.slice(0, 20).map((one) => one.instanceId),
        'cpl-99',
      ),
    ])
  })

  it('makes a new account, once', () => {
    const done = [because_('already_done', null, 'bravo')]
    expect([splits([], { status: 'prospect' }), splits([], null, ['bravo'])]).toEqual([done, done])
    expect(splits([], null, ['carol'])).toEqual([null])
    expect(asked('maySplitOpenInstances', { command: { accountId: 'bravo', instances: [] }, facts: {} })).toEqual([null])
  })
})

describe('who joins a group', () => {
  const because_ = because('mayJoinGroup')
  const joins = (
    parentId: string | null,
    context: Partial<AccountContext>,
    bravo: object | null = { status: 'ka', group: null },
    level = 'group',
  ) => asked('mayJoinGroup', { command: { parentId }, context, facts: { others: { bravo } }, policy: { tier: { level } } })

  it('changes something', () => {
    expect([joins('bravo', {}), joins('bravo', { parentId: 'bravo' }), joins(null, { parentId: 'bravo' })]).toEqual([
      [null, null, null],
      [null, null, null],
      [null],
    ])
    // Of the group, but under another parent in the CRM: that is put right.
    expect(joins('bravo', { group: 'bravo' })).toEqual([null, null, null])
    const same = (actual: string | null) => [because_('nothing_to_change', 'another parent', actual)]
    expect([joins('bravo', { parentId: 'bravo', group: 'bravo' }), joins(null, {})]).toEqual([same('bravo'), same(null)])
  })

  it('is not under review, where tiers are those of the group', () => {
    const held = because_('open_elsewhere', null, 'tier-1')
    const adjustment = 'tier-1'
    expect([joins('bravo', { adjustment }), joins(null, { adjustment, parentId: 'bravo' })]).toEqual([[held, null, null], [held]])
    expect(joins('bravo', { adjustment }, { status: 'ka', group: null }, 'account')).toEqual([null, null, null])
  })

  it('is led by another account, which exists and is led by none; and leads none itself', () => {
    expect(joins('acme', {})).toEqual([because_('value_not_allowed', 'another account', 'acme')])
    expect(joins('bravo', {}, null)).toEqual([null, because_('account_unknown', 'adopted', 'bravo'), null])
    expect(joins('bravo', {}, { status: 'merged' })).toEqual([null, because_('value_not_allowed', null, 'merged'), null])
    expect(joins('bravo', {}, { status: 'ka', group: 'carol' })).toEqual([
      null,
      null,
      because_('value_not_allowed', null, 'carol'),
    ])
    expect(joins('bravo', { members: ['dora', 'emil'] })).toEqual([
      null,
      null,
      null,
      because_('open_elsewhere', null, 'dora'),
      because_('open_elsewhere', null, 'emil'),
    ])
  })
})

it('all of them hold in every mode', () => {
  const { maxMembers, ...all } = rules
  expect(maxMembers).toBe(200)
  for (const rule of Object.values(all)) expect(rule.always, rule.name).toBe(true)
})
