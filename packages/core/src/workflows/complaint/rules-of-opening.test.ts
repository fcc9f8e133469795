import { describe, expect, it } from 'vitest'
import { change, send } from '../../rules/testing/asking.ts'
import { at, hour } from '../../sla/testing/fixtures.ts'
import { asked, now, terms, value } from './testing/asked.ts'

// Who may act in a complaint, and what it begins with, asked directly: where each rule begins to refuse, and every word of what it says then [CON-01, CPL-01, CPL-02].

describe('whoever is named in a complaint [CON-01]', () => {
  const barred = (rule: string, actual: string) => [
    { rule, clause: 'CON-01', code: 'person_barred', required: 'not named in the complaint', actual },
  ]

  it('acts in it neither in person nor behind another’s hand', () => {
    const acts = (actor: object) =>
      asked('mayActUnlessNamed', { command: { type: 'vote', named: ['li'] }, actor, context: { named: ['wang'] } })
    expect([acts({ id: 'li' }), acts({ id: 'li', onBehalfOf: 'zhao' })]).toEqual([[null], [null]])
    expect(acts({ id: 'wang' })).toEqual(barred('mayActUnlessNamed', 'wang'))
    expect(acts({ id: 'li', onBehalfOf: 'wang' })).toEqual(barred('mayActUnlessNamed', 'wang'))
  })

  it('does not open it: there the form names them', () => {
    const opens = (id: string) =>
      asked('mayActUnlessNamed', { command: { type: 'open', named: ['li'] }, actor: { id }, context: { named: ['wang'] } })
    expect([opens('wang'), opens('li')]).toEqual([[null], barred('mayActUnlessNamed', 'li')])
  })

  it('is not given it to handle, nor the measure that follows', () => {
    const given = (command: object) => asked('mayHandleUnlessNamed', { command, context: { named: ['wang'] } })
    expect([given({ type: 'accept', handler: 'li' }), given({ type: 'accept' })]).toEqual([[null], [null]])
    expect(given({ type: 'accept', handler: 'wang' })).toEqual(barred('mayHandleUnlessNamed', 'wang'))
    expect(given({ type: 'archive', prevention: { owner: 'li' } })).toEqual([null])
    expect(given({ type: 'archive', prevention: { owner: 'wang' } })).toEqual(barred('mayHandleUnlessNamed', 'wang'))
  })
})

describe('what a complaint begins with', () => {
  it('is a known account, under the name by which it goes on [CPL-02]', () => {
    const complains = (facts: object) =>
      asked('mayComplainForKnownAccount', { facts, accountId: 'acme', actor: { id: 'li' }, command: {} })
    expect(complains({ account: { status: 'blacklisted' } })).toEqual([null])
    expect(complains({ account: { status: 'merged' }, survivor: 'bravo' })).toEqual([
      {
        rule: 'mayComplainForKnownAccount',
        clause: 'CPL-02',
        code: 'account_not_active',
        required: 'bravo',
        actual: 'merged',
        remedy: change('accountId', 'bravo'),
      },
    ])
    expect(complains({ account: null })).toEqual([
      {
        rule: 'mayComplainForKnownAccount',
        clause: 'CPL-02',
        code: 'account_unknown',
        required: 'adopted',
        actual: 'acme',
        remedy: send('account.adopt'),
      },
    ])
  })

  it('is in the words of the policy [CPL-01]', () => {
    const uses = (command: object) => asked('mayUsePolicyTerms', { ...terms, command })
    const channel = value('mayUsePolicyTerms', 'CPL-01', 'complaint.channels', 'channel', ['phone', 'wechat'], 'fax')
    const severity = value('mayUsePolicyTerms', 'CPL-01', 'complaint.severities', 'severity', ['minor', 'major'], 'awful')
    expect(uses({ type: 'open', channel: 'wechat', severity: 'major' })).toEqual([null, null])
    expect(uses({ type: 'open', channel: 'fax', severity: 'awful' })).toEqual([channel, severity])
    // A reclassification has no channel, and need not change the severity; a contact has no severity.
    expect(uses({ type: 'reclassify', severity: 'awful' })).toEqual([null, severity])
    expect(uses({ type: 'reclassify' })).toEqual([null, null])
    expect(uses({ type: 'recordContact', channel: 'fax' })).toEqual([channel, null])
    expect(uses({ type: 'recordContact', channel: 'phone', severity: 'awful' })).toEqual([null, null])
  })

  it('is a receipt of the past, entered while it may be; a part of a split keeps that of its parent [CPL-02, decision 12]', () => {
    const receives = (receivedAt: number, id = 'li') =>
      asked('mayBackdateReceipt', { ...terms, command: { type: 'open', receivedAt }, at: now, actor: { id } })
    const refusal = { rule: 'mayBackdateReceipt', clause: 'CPL-02' }
    expect([receives(now), receives(now - 8 * hour), receives(at('03-02 10:00'))]).toEqual([[null], [null], [null]])
    expect(receives(at('03-02 10:00') - 1)).toEqual([
      {
        ...refusal,
        code: 'too_early',
        parameter: 'sla.maxBackdate',
        required: now - 1,
        actual: now,
        remedy: change('receivedAt', now),
      },
    ])
    expect(receives(at('03-01 10:00'), 'system')).toEqual([null])
    const future = [{ ...refusal, code: 'too_late', required: now, actual: now + 1, remedy: change('receivedAt', now) }]
    expect([receives(now + 1), receives(now + 1, 'system')]).toEqual([future, future])
  })

  it('is, once forwarded, with a department of the policy [CPL-02]', () => {
    const names = (department: string) => asked('mayNameDepartment', { ...terms, command: { type: 'forward', department } })
    expect(names('quality')).toEqual([null])
    expect(names('canteen')).toEqual([
      value('mayNameDepartment', 'CPL-02', 'departments', 'department', ['service', 'quality'], 'canteen'),
    ])
  })

  it('is another complaint than the one that it repeats [CPL-02]', () => {
    const links = (of: string) => asked('mayLinkToAnother', { command: { of }, instanceId: 'cpl-1' })
    expect([links('cpl-2'), links('cpl-1')]).toEqual([
      [null],
      [
        {
          rule: 'mayLinkToAnother',
          clause: 'CPL-02',
          code: 'value_not_allowed',
          required: 'another complaint',
          actual: 'cpl-1',
        },
      ],
    ])
  })

  it('is reclassified only into something else [CPL-02]', () => {
    const context = { severity: 'minor', about: 'product', complex: false } as const
    const reclassifies = (command: object) => asked('mayReclassifySomething', { context, command })
    expect([{ severity: 'major' }, { about: 'service' }, { complex: true }].map(reclassifies)).toEqual([[null], [null], [null]])
    const same = [
      {
        rule: 'mayReclassifySomething',
        clause: 'CPL-02',
        code: 'nothing_to_change',
        required: 'severity, about or complex',
        actual: context,
      },
    ]
    expect([{}, { ...context }].map(reclassifies)).toEqual([same, same])
  })
})
