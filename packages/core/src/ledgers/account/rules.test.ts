import { describe, expect, it } from 'vitest'
import { initialAccount, type AccountContext } from './types.ts'
import { mayLeadGroup } from './rules-of-groups.ts'
import {
  mayAdmitOnce,
  mayApplyUnderNextNumber,
  mayHoldOneAdmission,
  mayReleaseOwnAdmission,
  maySignWhatWasApproved,
} from './rules-of-relations.ts'

// Rules on commands that instances send one another: no person can break them, so they are asked directly. They hold in every mode.

type Asked = Parameters<typeof mayHoldOneAdmission.check>[0] &
  Parameters<typeof mayReleaseOwnAdmission.check>[0] &
  Parameters<typeof mayApplyUnderNextNumber.check>[0] &
  Parameters<typeof mayLeadGroup.check>[0]
/** What these rules read, and nothing else: a rule that reads more fails here. */
const asked = (part: { context?: Partial<AccountContext>; command: object; instanceId?: string; state?: string }): Asked =>
  ({
    instanceId: 'account-acme',
    state: 'candidate',
    ...part,
    context: { ...initialAccount, ...part.context },
  }) as unknown as Asked

type Admission = NonNullable<AccountContext['admission']>
const admission = (admitted: boolean) => ({ id: 'adm-acme-1', admitted }) as Admission
const open = { admission: admission(false) }
const approved = { admission: admission(true) }

describe('the one admission of an account [ADM-05, ADM-08, ADM-09, ADM-10]', () => {
  it('is held by whoever opened it', () => {
    const held = (command: object, context: Partial<AccountContext> = open) =>
      mayHoldOneAdmission.check(asked({ context, command }))
    expect(held({ type: 'openAdmission' }, {})).toEqual([null])
    expect(held({ type: 'endByCustomer' })).toMatchObject([{ code: 'open_elsewhere', actual: 'adm-acme-1' }])
    expect(held({ type: 'admit', by: 'adm-acme-1' })).toEqual([null])
    const other = { rule: 'mayHoldOneAdmission', clause: 'ADM-05', code: 'not_found_in_instance' }
    expect(held({ type: 'admit', by: 'adm-acme-2' })).toEqual([{ ...other, required: 'adm-acme-1', actual: 'adm-acme-2' }])
    expect(held({ type: 'admit', by: 'adm-acme-2' }, {})).toEqual([{ ...other, required: null, actual: 'adm-acme-2' }])
    expect(held({ type: 'admit' })).toEqual([{ ...other, required: 'adm-acme-1', actual: null }])
  })

  it('is given back by itself only; where there is none, there is nothing to give', () => {
    const released = (by: string, context: Partial<AccountContext> = open) =>
      mayReleaseOwnAdmission.check(asked({ context, command: { type: 'releaseAdmission', by } }))
    expect(released('adm-acme-1')).toEqual([null])
    expect(released('adm-acme-2', {})).toEqual([null])
    expect(released('adm-acme-2')).toMatchObject([
      { code: 'not_found_in_instance', required: 'adm-acme-1', actual: 'adm-acme-2', clause: 'ADM-10' },
    ])
  })

  it('is approved once, before anything is signed', () => {
    const signed = (context: Partial<AccountContext>) =>
      maySignWhatWasApproved.check(asked({ context, command: { type: 'establish' } }))
    expect(signed(approved)).toEqual([null])
    expect(signed(open)).toMatchObject([{ code: 'approval_missing', required: 'admit', actual: 'adm-acme-1', clause: 'ADM-09' }])
    expect(signed({})).toMatchObject([{ code: 'approval_missing', required: 'admit', actual: null }])
    const admit = (context: Partial<AccountContext>) => mayAdmitOnce.check(asked({ context, command: { type: 'admit' } }))
    expect([admit({}), admit(open)]).toEqual([[null], [null]])
    expect(admit(approved)).toMatchObject([{ code: 'already_done', required: null, actual: 'adm-acme-1', clause: 'ADM-08' }])
  })

  it('has the next number of its account, in the ledger of that account', () => {
    const apply = (instanceId: string, accountId: string, at: { state?: string; instanceId?: string } = {}) =>
      mayApplyUnderNextNumber
        .check(
          asked({
            context: { accountId: 'acme', admissions: 1 },
            command: { type: 'openAdmission', instanceId, accountId },
            ...at,
          }),
        )
        .filter((verdict) => verdict !== null)
        .map(({ code, required, actual }) => [code, required, actual])
    expect(apply('adm-acme-2', 'acme')).toEqual([])
    expect(apply('adm-acme-1', 'acme')).toEqual([['value_not_allowed', 'adm-acme-2', 'adm-acme-1']])
    expect(apply('adm-bravo-2', 'bravo')).toEqual([['value_not_allowed', 'acme', 'bravo']])
    // The command that opens the ledger brings the account's name with it.
    expect(apply('adm-bravo-2', 'bravo', { state: 'opening', instanceId: 'account-bravo' })).toEqual([])
    expect(apply('adm-bravo-2', 'bravo', { state: 'opening', instanceId: 'tier-bravo' })).toEqual([
      ['value_not_allowed', 'account-…', 'tier-bravo'],
    ])
  })
})

describe('who leads a group [I-33]', () => {
  const lead = (member: string, context: Partial<AccountContext>) =>
    mayLeadGroup
      .check(asked({ context: { accountId: 'acme', ...context }, command: { type: 'addMember', member } }))
      .filter((verdict) => verdict !== null)
      .map(({ code, required, actual }) => [code, required, actual])
  const members = Array.from({ length: 200 }, (_, i) => `m${String(i)}`)

  it('is no member of another, nor of its own', () => {
    expect(lead('bravo', {})).toEqual([])
    expect(lead('bravo', { group: 'carol' })).toEqual([['value_not_allowed', null, 'carol']])
    expect(lead('acme', {})).toEqual([['value_not_allowed', 'another account', 'acme']])
  })

  it('has at most 200 members; one that it has already is no more', () => {
    expect(lead('bravo', { members: members.slice(1) })).toEqual([])
    expect(lead('bravo', { members })).toEqual([['limit_reached', 200, 201]])
    expect(lead('m7', { members })).toEqual([])
  })
})

it('all of them hold in every mode: passed over, they would leave instances that nothing can put right', () => {
  for (const rule of [
    mayHoldOneAdmission,
    mayReleaseOwnAdmission,
    maySignWhatWasApproved,
    mayAdmitOnce,
    mayApplyUnderNextNumber,
    mayLeadGroup,
  ])
    expect(rule.always, rule.name).toBe(true)
})
