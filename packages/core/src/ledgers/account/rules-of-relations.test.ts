import { describe, expect, it } from 'vitest'
import { askingRules, send } from '../../rules/testing/asking.ts'
import { at, calendar } from '../../sla/testing/fixtures.ts'
import * as rules from './rules-of-relations.ts'
import { initialAccount, type AccountContext } from './types.ts'

// The relation with a customer, from the application to the return, asked directly: where each rule begins to refuse, and every word of what it says then
// [ADM-05, ADM-09, CLS-02, DEV-03, I-03, I-37, I-38, I-39]. What instances send one another is in rules.test.ts.

const asked = askingRules(rules, { ...initialAccount, accountId: 'acme' })
const resolution = (part: object) => ({ blacklist: { decision: null, voided: null, ...part } }) as never

const now = at('03-03 10:00')

describe('an application', () => {
  it('while another is under way is told which; of a merged account, where the customer goes on [ADM-05]', () => {
    const applies = (context: Partial<AccountContext>, survivor: string) =>
      rules.refuseApplication({
        context: { ...initialAccount, ...context },
        facts: { survivor },
        accountId: 'acme',
        actor: { id: 'li' },
      } as never)
    const admission = { id: 'adm-acme-1' } as never
    expect(applies({}, 'acme')).toBeNull()
    expect(applies({ admission }, 'bravo')).toEqual({ code: 'open_elsewhere', required: null, actual: 'adm-acme-1' })
    expect(applies({}, 'bravo')).toMatchObject({ code: 'account_not_active', required: 'bravo' })
  })

  it('comes again some days after a rejection, from the beginning of the day [I-03]', () => {
    const applies = (when: number, rejectedAt: number | null = at('03-02 23:59')) =>
      asked('mayApplyAgain', {
        context: { rejectedAt },
        at: when,
        policy: { admission: { reapplyAfter: { days: 10 } } },
        calendar,
      })
    const from = at('03-12 00:00')
    expect([applies(now, null), applies(from)]).toEqual([[null], [null]])
    expect(applies(from - 1)).toEqual([
      {
        rule: 'mayApplyAgain',
        clause: 'I-03',
        code: 'too_early',
        parameter: 'admission.reapplyAfter',
        required: from,
        actual: from - 1,
        remedy: { kind: 'wait', until: from },
      },
    ])
  })

  it('is not a second one of the same customer: somebody looks after it, it applies, or nobody may [ADM-05]', () => {
    const applies = (...similar: readonly object[]) => asked('mayApplyForNoDuplicate', { facts: { similar } })
    const alike = (status: string, part: object = {}) => ({
      because: 'creditCode',
      accountId: status,
      status,
      admission: null,
      ...part,
    })
    const free = ['prospect', 'customer', 'exited', 'lapsed', 'merged']
    const taken = ['candidate', 'admitted', 'ka', 'suspended', 'exiting', 'blacklisted']
    expect(asked('mayApplyForNoDuplicate', { facts: {} })).toEqual([])
    expect(applies(...free.map((status) => alike(status)), alike('ka', { because: 'name' }))).toEqual([])
    expect(applies(...taken.map((status) => alike(status)), alike('customer', { admission: 'adm-1' }))).toEqual(
      [...taken, 'customer'].map((actual) => ({
        rule: 'mayApplyForNoDuplicate',
        clause: 'ADM-05',
        code: 'open_elsewhere',
        required: null,
        actual,
      })),
    )
  })

  it('comes from a source, and an account has classes, that the policy knows [DEV-03, CLS-02]', () => {
    const policy = { admission: { leadSources: { fair: {}, web: {} }, classes: { strategic: {}, regional: {} } } }
    const from = (leadSource: string) => asked('mayNameLeadSource', { command: { leadSource }, policy })
    expect([from('web'), from('friend')]).toEqual([
      [null],
      [
        {
          rule: 'mayNameLeadSource',
          clause: 'DEV-03',
          code: 'value_not_allowed',
          parameter: 'admission.leadSources',
          required: ['fair', 'web'],
          actual: 'friend',
        },
      ],
    ])
    const has = (classes?: readonly string[]) => asked('mayNameClasses', { command: { classes }, policy })
    expect([has(), has(['regional'])]).toEqual([[], []])
    expect(has(['lucky', 'regional', 'rich'])).toEqual(
      ['lucky', 'rich'].map((actual) => ({
        rule: 'mayNameClasses',
        clause: 'CLS-02',
        code: 'value_not_allowed',
        parameter: 'admission.classes',
        required: ['strategic', 'regional'],
        actual,
      })),
    )
  })
})

describe('a contract', () => {
  it('lasts a day at least, is not over yet, and a renewal lasts longer than what it renews [I-37]', () => {
    const contracts = (contract: object | undefined, type = 'establish', before: object | null = { to: '2026-12-31' }) =>
      asked('mayContractForTime', { command: { type, contract }, context: { contract: before as never }, at: now, calendar })
    const small = (required: string, actual: string) => ({
      rule: 'mayContractForTime',
      clause: 'I-37',
      code: 'value_too_small',
      required,
      actual,
    })
    const [from, to] = ['2026-03-03', '2026-03-03']
    expect(contracts(undefined)).toEqual([null])
    expect(contracts({ from, to })).toEqual([null, null, null])
    expect(contracts({ from: '2026-04-02', to: '2026-04-01' })).toEqual([small('2026-04-02', '2026-04-01'), null, null])
    expect(contracts({ from: '2026-03-01', to: '2026-03-02' })).toEqual([null, small('2026-03-03', '2026-03-02'), null])
    // Only a renewal is held against what was.
    const until = (last: string) => ({ from, to: last })
    expect(contracts(until('2027-01-01'), 'renew')).toEqual([null, null, null])
    expect(contracts(until('2026-12-31'), 'renew')).toEqual([null, null, small('2027-01-01', '2026-12-31')])
    expect(contracts(until('2026-12-31'), 'renew', null)).toEqual([null, null, null])
    expect(contracts(until('2026-12-31'), 'adopt')).toEqual([null, null, null])
  })

  it('is a key account’s [ADM-09]', () => {
    const adopts = (isKeyAccount: boolean, contract?: object) =>
      asked('mayContractAsKeyAccount', { command: { isKeyAccount, contract } })
    const contract = { reference: 'C-7' }
    expect([adopts(false), adopts(true, contract)]).toEqual([[null], [null]])
    expect(adopts(false, contract)).toEqual([
      {
        rule: 'mayContractAsKeyAccount',
        clause: 'ADM-09',
        code: 'value_not_allowed',
        required: 'isKeyAccount',
        actual: 'C-7',
      },
    ])
  })
})

describe('a relation ends', () => {
  it('when nothing of it is open, each thing named [ADJ-08]', () => {
    const ends = (openInstances?: readonly object[]) => asked('mayExitWhenNothingIsOpen', { facts: { openInstances } })
    expect([ends(), ends([])]).toEqual([[], []])
    expect(ends([{ instanceId: 'cpl-1' }, { instanceId: 'chg-1' }])).toEqual(
      ['cpl-1', 'chg-1'].map((actual) => ({
        rule: 'mayExitWhenNothingIsOpen',
        clause: 'ADJ-08',
        code: 'open_elsewhere',
        required: null,
        actual,
      })),
    )
  })

  it('after its last day, if it has one [TIER-07]', () => {
    const ends = (exit: object | null, when: number) =>
      asked('mayExitAfterLastDay', { context: { exit: exit as never }, at: when, calendar })
    const from = at('03-04 00:00')
    const lastDay = '2026-03-03'
    expect([ends(null, now), ends({ lastDay: null }, now), ends({ lastDay }, from)]).toEqual([[null], [null], [null]])
    expect(ends({ lastDay }, from - 1)).toEqual([
      {
        rule: 'mayExitAfterLastDay',
        clause: 'TIER-07',
        code: 'too_early',
        required: from,
        actual: from - 1,
        remedy: { kind: 'wait', until: from },
      },
    ])
  })
})

describe('who comes back [I-39]', () => {
  const policy = { readmission: { after: { exited: { days: 10 }, lapsed: { days: 3 }, blacklisted: { months: 1 } } } }
  const head = { id: 'wu', roles: ['kaGroup.head'] }
  const returns = (state: string, when: number, actor: object = head) =>
    asked('mayReadmitInTime', { state, context: { since: at('03-02 23:59') }, actor, at: when, policy, calendar })

  it.each([
    ['exited', '03-12 00:00'],
    ['lapsed', '03-05 00:00'],
    ['blacklisted', '04-02 00:00'],
  ])('%s: after its time', (state, day) => {
    const from = at(day)
    expect(returns(state, from)).toEqual([null, null])
    expect(returns(state, from - 1)).toEqual([
      {
        rule: 'mayReadmitInTime',
        clause: 'I-39',
        code: 'too_early',
        parameter: `readmission.after.${state}`,
        required: from,
        actual: from - 1,
        remedy: { kind: 'wait', until: from },
      },
      null,
    ])
  })

  it('from the blacklist only by the head of the KA management group', () => {
    const when = at('05-01 00:00')
    const clerk = { id: 'li', roles: ['sales'] }
    expect([returns('exited', when, clerk), returns('lapsed', when, clerk)]).toEqual([
      [null, null],
      [null, null],
    ])
    expect(returns('blacklisted', when, { id: 'system', roles: [] })).toEqual([null, null])
    expect(returns('blacklisted', when, clerk)).toEqual([
      null,
      {
        rule: 'mayReadmitInTime',
        clause: 'I-39',
        code: 'role_required',
        required: ['kaGroup.head'],
        actual: ['sales'],
        remedy: { kind: 'ask', roles: ['kaGroup.head'] },
      },
    ])
  })

  it('not while the committee has a resolution before it; and it has one at a time', () => {
    const ways = [{}, resolution({ decision: { outcome: 'rejected' } }), resolution({ voided: { at: 1 } }), resolution({})]
    expect(ways.map((approvals) => asked('mayReadmitWhenDecided', { context: { approvals } }))).toEqual([
      [null],
      [null],
      [null],
      [{ rule: 'mayReadmitWhenDecided', clause: 'I-39', code: 'open_elsewhere', required: null, actual: 'blacklist' }],
    ])
    expect(ways.map((approvals) => asked('mayProposeOneResolution', { context: { approvals } }))).toEqual([
      [null],
      [null],
      [null],
      [{ rule: 'mayProposeOneResolution', clause: 'I-39', code: 'already_done', required: 1, actual: 1 }],
    ])
  })
})

describe('who looks after an account [I-38]', () => {
  it('is another person than before', () => {
    const hands = (command: object) => asked('mayHandOverToAnother', { command, context: { manager: 'ann' } })
    expect([hands({ to: 'ben' }), hands({ interim: 'ben' })]).toEqual([[null], [null]])
    const same = [
      {
        rule: 'mayHandOverToAnother',
        clause: 'I-38',
        code: 'nothing_to_change',
        required: 'another person',
        actual: 'ann',
      },
    ]
    expect([hands({ to: 'ann' }), hands({ interim: 'ann' }), hands({ to: 'ann', interim: 'ben' })]).toEqual([same, same, same])
  })

  it('holds the manager’s role for it; in the meantime a head may', () => {
    const holders = { am: ['ann'], 'sales.head': ['sue'], 'keyAccounts.head': ['kim'] }
    const cares = (command: object, facts: object = { holders }) =>
      asked('mayLookAfterAccount', { command, facts, policy: { admission: { team: { accountManager: 'am' } } } })
    const refused = (required: readonly string[], actual: string, remedy: object) => [
      {
        rule: 'mayLookAfterAccount',
        clause: 'I-38',
        code: 'value_not_allowed',
        parameter: 'admission.team.accountManager',
        required,
        actual,
        remedy,
      },
    ]
    const to = (field: string) => ({ kind: 'change', field, to: 'ann' })
    expect(cares({ type: 'handover', to: 'ann' })).toEqual([null])
    expect(cares({ type: 'handover', to: 'sue' })).toEqual(refused(['ann'], 'sue', to('to')))
    expect(['ann', 'sue', 'kim'].map((interim) => cares({ type: 'handover', interim }))).toEqual([[null], [null], [null]])
    expect(cares({ type: 'handover', interim: 'bob' })).toEqual(refused(['ann', 'sue', 'kim'], 'bob', to('interim')))
    expect(cares({ type: 'nameManager', to: 'ann' })).toEqual([null])
    expect(cares({ type: 'nameManager', to: 'kim' })).toEqual(refused(['ann'], 'kim', to('to')))
    expect(cares({ type: 'nameManager', interim: 'kim' })).toEqual(refused(['ann'], '', to('to')))
    expect(cares({ type: 'handover', interim: 'bob' }, {})).toEqual(
      refused([], 'bob', { kind: 'ask', roles: ['am', 'sales.head', 'keyAccounts.head'] }),
    )
  })

  it('is named where somebody does in the meantime', () => {
    const names = (handover: AccountContext['handover']) => asked('mayNameManagerWhenHandedOver', { context: { handover } })
    expect([names({ interim: 'sue' }), names(null)]).toEqual([
      [null],
      [
        {
          rule: 'mayNameManagerWhenHandedOver',
          clause: 'I-38',
          code: 'not_found_in_instance',
          required: 'handover',
          actual: null,
          remedy: send('handover'),
        },
      ],
    ])
  })
})
