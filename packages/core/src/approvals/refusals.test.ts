import { describe, expect, it } from 'vitest'
import {
  addApprover,
  copyTo,
  giveOpinion,
  openApproval,
  recuse,
  replaceElector,
  timeOut,
  transferVote,
  vote,
  voidApproval,
  type Approval,
  type ApprovalResult,
} from './index.ts'
import { basis, cast, codesOf, group, heads, must, opened, people, scheme, voted } from './testing/fixtures.ts'

// A refusal is data, complete: what is required, what was found, and the remedy [I-17].

const failuresOf = (result: ApprovalResult) => (result.ok ? [] : result.failures)
const threeOfFive = scheme({ stages: [{ id: 'group', mode: 'nOfM', n: 3, electors: group, heard: ['finance'] }] })
const electors = [...heads, ...people('finance:fin')]
const open = () => opened(threeOfFive, { electors })
const inOrder = scheme({
  stages: [
    { id: 'one', mode: 'any', electors: ['sales.head', 'product.head'] },
    { id: 'two', mode: 'any', electors: ['kaGroup.head'] },
  ],
})
const note = { reason: 'on leave', at: 5 }
const long = 'x'.repeat(4001)
const noReason = { code: 'field_missing', required: 'reason', actual: null, remedy: { kind: 'fill', field: 'reason' } }
const longReason = { code: 'value_too_large', required: 4000, actual: 4001 }

describe('what is closed', () => {
  const approved = voted(open(), 'ann:approve', 'ben:approve', 'cid:approve')
  const voided = must(voidApproval(open(), 'scope amended', 4))
  const acts: readonly (readonly [string, (approval: Approval) => ApprovalResult])[] = [
    ['a vote', (a) => cast(a, 'dan:approve')],
    ['an added approver', (a) => addApprover(a, { by: 'dan', person: 'zoe', ...note })],
    ['a transfer', (a) => transferVote(a, { person: 'dan', to: 'zoe', ...note })],
    ['a recusal', (a) => recuse(a, { person: 'dan', ...note })],
    ['a replacement', (a) => replaceElector(a, { person: 'dan', to: 'zoe', by: 'hr', ...note })],
    ['a copy', (a) => copyTo(a, { by: 'dan', people: ['zoe'], at: 5 })],
    ['an opinion', (a) => giveOpinion(a, { person: 'fin', opinion: 'support', comment: 'paid', at: 5 })],
    ['a time-out', (a) => timeOut(a, 'group', 5)],
  ]

  it.each(acts)('takes no %s: decided, or void before it was decided', (_, act) => {
    expect(failuresOf(act(approved))).toEqual([{ code: 'approval_closed', required: 'open', actual: 'approved' }])
    expect(failuresOf(act(voided))).toEqual([{ code: 'approval_closed', required: 'open', actual: 'void' }])
  })

  it('a void approval is not voided again, and voiding wants a reason', () => {
    expect(failuresOf(voidApproval(voided, 'again', 9))).toEqual([{ code: 'approval_closed', required: 'open', actual: 'void' }])
    expect(failuresOf(voidApproval(open(), ' ', 9))).toEqual([noReason])
    expect(voided.voided).toEqual({ reason: 'scope amended', at: 4 })
  })
})

describe('a change of the electorate', () => {
  const changes = [
    ['adding', (reason: string, a = open()) => addApprover(a, { by: 'ann', person: 'zoe', reason, at: 5 })],
    ['transferring', (reason: string, a = open()) => transferVote(a, { person: 'ann', to: 'zoe', reason, at: 5 })],
    ['replacing', (reason: string, a = open()) => replaceElector(a, { person: 'ann', to: 'zoe', by: 'hr', reason, at: 5 })],
    ['recusing', (reason: string, a = open()) => recuse(a, { person: 'ann', reason, at: 5 })],
  ] as const
  const fifty: Approval = {
    ...open(),
    changes: Array.from({ length: 50 }, () => ({
      kind: 'transfer',
      stage: null,
      person: 'x',
      to: 'y',
      by: 'x',
      reason: 'r',
      at: 1,
    })),
  }

  it.each(changes)('%s wants a reason of at most 4000 characters', (_, change) => {
    expect(failuresOf(change(' '))).toEqual([noReason])
    expect(failuresOf(change(long))).toEqual([longReason])
    expect(change('x'.repeat(4000)).ok).toBe(true)
  })

  it.each(changes.slice(0, 3))('%s is bounded: fifty changes', (_, change) => {
    expect(failuresOf(change('again', fifty))).toEqual([{ code: 'limit_reached', required: 50, actual: 50 }])
    expect(change('once more', { ...fifty, changes: fifty.changes.slice(1) }).ok).toBe(true)
  })

  it('recusing is not: whoever is in conflict can always say so', () => {
    expect(must(recuse(fifty, { person: 'ann', reason: 'relative', at: 5 })).barred).toEqual([
      { person: 'ann', because: 'relative' },
    ])
  })

  it('who is no elector, in a stage that there is not, and who sits there already', () => {
    const outsider = { code: 'not_an_elector', required: 'open', actual: 'joe' }
    const nowhere = { code: 'not_found_in_instance', required: ['group'], actual: 'nowhere' }
    expect(failuresOf(addApprover(open(), { by: 'joe', person: 'zoe', ...note }))).toEqual([outsider])
    expect(failuresOf(addApprover(open(), { by: 'joe', person: 'zoe', stage: 'group', ...note }))).toEqual([
      { ...outsider, required: 'group' },
    ])
    expect(failuresOf(addApprover(open(), { by: 'ann', person: 'zoe', stage: 'nowhere', ...note }))).toEqual([nowhere])
    expect(failuresOf(transferVote(open(), { person: 'joe', to: 'zoe', ...note }))).toEqual([outsider])
    expect(failuresOf(transferVote(open(), { person: 'ann', to: 'zoe', stage: 'nowhere', ...note }))).toEqual([
      nowhere,
      { code: 'not_an_elector', required: 'nowhere', actual: 'ann' },
    ])
    expect(failuresOf(replaceElector(open(), { person: 'joe', to: 'zoe', by: 'hr', ...note }))).toEqual([outsider])
    expect(failuresOf(replaceElector(open(), { person: 'ann', to: 'zoe', by: 'hr', stage: 'nowhere', ...note }))).toEqual([
      nowhere,
      { code: 'not_an_elector', required: 'nowhere', actual: 'ann' },
    ])
    expect(failuresOf(recuse(open(), { person: 'joe', ...note }))).toEqual([outsider])
    expect(failuresOf(addApprover(open(), { by: 'ann', person: 'ben', ...note }))).toEqual([
      { code: 'elector_exists', required: null, actual: { stage: 'group', person: 'ben' } },
    ])
  })

  it('an elector of a stage that still waits, or is over, adds nobody to it', () => {
    const early = { by: 'eve', person: 'zoe', ...note }
    const outsider = { code: 'not_an_elector', required: 'open', actual: 'eve' }
    expect(failuresOf(addApprover(opened(inOrder), early))).toEqual([outsider])
    expect(addApprover(voted(opened(inOrder), 'ann:approve'), early).ok).toBe(true)
    const over = addApprover(voted(opened(inOrder), 'ann:approve'), { ...early, by: 'ann' })
    expect(failuresOf(over)).toEqual([{ ...outsider, actual: 'ann' }])
  })

  it('a vote is not handed on', () => {
    expect(failuresOf(transferVote(voted(open(), 'ann:approve'), { person: 'ann', to: 'zoe', ...note }))).toEqual([
      { code: 'already_done', required: null, actual: { stage: 'group', elector: 'ann' } },
    ])
  })

  it('200 seats are the most', () => {
    const many = people(...Array.from({ length: 200 }, (_, i) => `sales.head:p${String(i)}`))
    const any = scheme({ stages: [{ id: 's', mode: 'any', electors: ['sales.head'] }] })
    const add = (count: number) =>
      addApprover(opened(any, { electors: many.slice(0, count) }), { by: 'p0', person: 'zoe', ...note })
    expect(add(199).ok).toBe(true)
    expect(failuresOf(add(200))).toEqual([{ code: 'limit_reached', required: 200, actual: 200 }])
  })
})

describe('a vote that is refused', () => {
  it('too early, too late, by nobody who sits there', () => {
    const approval = opened(inOrder)
    expect(failuresOf(cast(approval, 'eve:approve'))).toEqual([
      { code: 'too_early', required: { passed: ['one'] }, actual: 'two' },
    ])
    expect(failuresOf(cast(voted(approval, 'ann:approve'), 'ann:reject'))).toEqual([
      { code: 'approval_closed', required: 'open', actual: 'passed' },
    ])
    expect(failuresOf(cast(approval, 'joe:approve'))).toEqual([
      { code: 'not_an_elector', required: ['ann', 'cid'], actual: 'joe' },
    ])
  })

  it('in what it says', () => {
    const by = (input: Partial<Parameters<typeof vote>[1]>) =>
      failuresOf(vote(open(), { person: 'ann', choice: 'approve', basis, at: 1, ...input }))
    expect(by({ basis: undefined })).toEqual([
      { code: 'basis_required', required: basis, actual: null, remedy: { kind: 'fill', field: 'basis' } },
    ])
    const noComment = { code: 'field_missing', required: 'comment', actual: null, remedy: { kind: 'fill', field: 'comment' } }
    expect(by({ choice: 'reject' })).toEqual([noComment])
    expect(by({ choice: 'sendBack', comment: ' ' })).toEqual([noComment])
    expect(by({ comment: long })).toEqual([{ code: 'value_too_large', required: 4000, actual: 4001 }])
    expect(by({ comment: 'x'.repeat(4000) })).toEqual([])
    const conditions = (count: number) => Array.from({ length: count }, () => ({ text: 'pay', dueAt: 9 }))
    expect(by({ choice: 'reject', comment: 'no', conditions: conditions(1) })).toEqual([
      { code: 'value_not_allowed', required: 'approve', actual: 'reject' },
    ])
    expect(by({ conditions: conditions(21) })).toEqual([{ code: 'limit_reached', required: 20, actual: 21 }])
    expect(by({ conditions: conditions(20) })).toEqual([])
  })

  it('for another: without a delegation, by an elector, by the hand of another, after their own', () => {
    const link = (from: string, to: string) => ({ from, to, since: 0, until: 9 })
    const delegations = [link('ann', 'zoe'), link('ben', 'zoe'), link('ann', 'cid')]
    const by = (approval: Approval, person: string, onBehalfOf: string) =>
      vote(approval, { person, choice: 'approve', basis, at: 1, onBehalfOf, delegations })
    const invalid = (from: string, to: string, actual: string) => ({
      code: 'delegation_invalid',
      required: { from, to, maxDelegations: 2 },
      actual,
    })
    expect(failuresOf(by(open(), 'joe', 'ann'))).toEqual([invalid('ann', 'joe', 'none')])
    expect(failuresOf(by(open(), 'cid', 'ann'))).toEqual([invalid('ann', 'cid', 'electorOfTheStage')])
    expect(failuresOf(by(must(by(open(), 'zoe', 'ann')), 'zoe', 'ben'))).toEqual([invalid('ben', 'zoe', 'votesForAnother')])
    expect(failuresOf(by(voted(open(), 'ann:approve'), 'zoe', 'ann'))).toEqual([
      { code: 'already_done', required: null, actual: { stage: 'group', elector: 'ann' } },
    ])
    // Whoever names somebody without a vote is not told to name another.
    expect(failuresOf(by(open(), 'zoe', 'joe'))).toEqual([
      { code: 'not_an_elector', required: ['ann', 'ben', 'cid', 'dan', 'eve'], actual: 'joe' },
      invalid('joe', 'zoe', 'none'),
    ])
    // The delegate may think again, as the elector may.
    expect(must(by(must(by(open(), 'zoe', 'ann')), 'zoe', 'ann')).votes).toHaveLength(1)
  })
})

describe('records that are refused', () => {
  it('opinions: by somebody who is not asked, without words, with too many, more than fifty', () => {
    const give = (comment: string, approval = open(), person = 'fin') =>
      failuresOf(giveOpinion(approval, { person, opinion: 'concern', comment, at: 1 }))
    expect(give('credit', open(), 'ann')).toEqual([{ code: 'not_an_elector', required: ['fin'], actual: 'ann' }])
    expect(give(' ')).toEqual([
      { code: 'field_missing', required: 'comment', actual: null, remedy: { kind: 'fill', field: 'comment' } },
    ])
    expect(give(long)).toEqual([{ code: 'value_too_large', required: 4000, actual: 4001 }])
    expect(give('x'.repeat(4000))).toEqual([])
    const full = (count: number): Approval => ({
      ...open(),
      opinions: Array.from({ length: count }, (_, i) => ({ person: `p${String(i)}`, opinion: 'support', comment: 'x', at: 1 })),
    })
    expect(give('credit', full(49))).toEqual([])
    expect(give('credit', full(50))).toEqual([{ code: 'limit_reached', required: 50, actual: 50 }])
  })

  it('opinions of those heard in a later stage may come early, of those of a passed one not any more', () => {
    const spec = scheme({
      stages: [
        { id: 'one', mode: 'any', electors: ['sales.head'], heard: ['legal'] },
        { id: 'two', mode: 'any', electors: ['kaGroup.head'], heard: ['finance'] },
      ],
    })
    const approval = opened(spec, { electors: [...electors, ...people('legal:lea')] })
    const give = (person: string, at: Approval) => giveOpinion(at, { person, opinion: 'support', comment: 'x', at: 2 })
    expect(give('fin', approval).ok).toBe(true)
    expect(give('lea', approval).ok).toBe(true)
    expect(failuresOf(give('lea', voted(approval, 'ann:approve')))).toEqual([
      { code: 'not_an_elector', required: ['fin'], actual: 'lea' },
    ])
  })

  it('copies: more than fifty, to or by the barred; makers may have one', () => {
    const approval = opened(threeOfFive, { makers: ['mia'], barred: [{ person: 'bob', because: 'named' }] })
    const barred = { code: 'person_barred', required: null, actual: { person: 'bob', because: 'named' } }
    const copy = (by: string, list: readonly string[], at = approval) => copyTo(at, { by, people: list, at: 1 })
    expect(failuresOf(copy('ann', ['bob']))).toEqual([barred])
    expect(failuresOf(copy('bob', ['bob', 'zoe']))).toEqual([barred])
    expect(copy('ann', ['mia']).ok).toBe(true)
    const fifty = Array.from({ length: 50 }, (_, i) => `p${String(i)}`)
    const full = must(copy('ann', fifty))
    expect(full.copies[0]).toEqual({ person: 'p0', by: 'ann', at: 1 })
    expect(failuresOf(copy('ann', ['zoe', 'bob'], full))).toEqual([barred, { code: 'limit_reached', required: 50, actual: 52 }])
    expect(copy('ann', ['p1'], full).ok).toBe(true)
  })

  it('time-outs: of a stage that waits, that is over, that there is not, twice', () => {
    const approval = opened(inOrder)
    expect(failuresOf(timeOut(approval, 'two', 9))).toEqual([{ code: 'too_early', required: { passed: ['one'] }, actual: 'two' }])
    expect(failuresOf(timeOut(voted(approval, 'ann:approve'), 'one', 9))).toEqual([
      { code: 'approval_closed', required: 'open', actual: 'passed' },
    ])
    expect(failuresOf(timeOut(approval, 'three', 9))).toEqual([
      { code: 'not_found_in_instance', required: ['one', 'two'], actual: 'three' },
    ])
    const once = must(timeOut(approval, 'one', 9))
    expect(once.timeouts).toEqual([{ stage: 'one', at: 9 }])
    expect(failuresOf(timeOut(once, 'one', 10))).toEqual([{ code: 'already_done', required: null, actual: 'one' }])
    // The stage after it has a time of its own.
    expect(must(timeOut(voted(once, 'ann:approve'), 'two', 20)).timeouts).toHaveLength(2)
  })
})

describe('an approval that does not open', () => {
  const open = (spec: Parameters<typeof scheme>[0], list: typeof heads, barred: readonly string[] = []) =>
    failuresOf(
      openApproval({
        scheme: scheme(spec),
        electors: list,
        makers: [],
        barred: barred.map((person) => ({ person, because: 'named' })),
        basis,
        at: 0,
      }),
    )

  it('a role that nobody holds: whom to ask for', () => {
    const missing = {
      code: 'empty_electorate',
      required: { stage: 's', role: 'legal' },
      actual: { holders: 0, eligible: 0 },
      remedy: { kind: 'ask', roles: ['legal'] },
    }
    const roles = { id: 's', electors: ['sales.head', 'legal'] }
    expect(open({ stages: [{ ...roles, mode: 'all' }] }, heads)).toEqual([missing])
    expect(open({ stages: [{ ...roles, mode: 'perDepartment' }] }, heads)).toEqual([missing])
    expect(open({ stages: [{ ...roles, mode: 'any' }] }, heads)).toEqual([])
    expect(open({ stages: [{ ...roles, mode: 'any', required: ['legal'] }] }, heads)).toEqual([missing])
    expect(open({ stages: [{ ...roles, mode: 'any', veto: ['legal'] }] }, heads)).toEqual([missing])
  })

  it('a number that is out of reach, or not given', () => {
    const stage = { id: 's', mode: 'nOfM', electors: group } as const
    expect(open({ stages: [{ ...stage, n: 3 }] }, heads.slice(0, 2))).toEqual([
      { code: 'empty_electorate', required: { stage: 's', electors: 3 }, actual: 2, remedy: { kind: 'ask', roles: group } },
    ])
    expect(open({ stages: [stage] }, heads)).toEqual([
      { code: 'field_missing', parameter: 's.n', required: 'n', actual: null, remedy: { kind: 'fill', field: 'n' } },
    ])
  })

  it('without material, with a stage twice, with more than 200 people', () => {
    const stage = { id: 's', mode: 'any' as const, electors: ['sales.head'] }
    const result = openApproval({
      scheme: scheme({ stages: [stage, { ...stage, id: 't' }, stage] }),
      electors: heads,
      makers: Array.from({ length: 201 }, (_, i) => `m${String(i)}`),
      barred: [],
      basis: '',
      at: 0,
    })
    expect(failuresOf(result)).toEqual([
      { code: 'basis_required', required: 'basis', actual: null },
      { code: 'limit_reached', required: 200, actual: 201 },
      { code: 'value_not_allowed', parameter: 'stages', required: ['s', 't'], actual: ['s', 't', 's'] },
    ])
    const exactly = people(...Array.from({ length: 200 }, (_, i) => `sales.head:p${String(i)}`))
    expect(open({ stages: [stage] }, exactly)).toEqual([])
  })
})

it('a refusal names everything at once', () => {
  const approval = opened(threeOfFive, { makers: ['mia'], barred: [{ person: 'bob', because: 'named' }] })
  expect(codesOf(transferVote(approval, { person: 'joe', to: 'mia', reason: '', at: 1 }))).toEqual([
    'field_missing',
    'maker_is_checker',
    'not_an_elector',
  ])
  expect(codesOf(replaceElector(approval, { person: 'ann', to: 'bob', by: 'mia', reason: long, at: 1 }))).toEqual([
    'value_too_large',
    'maker_is_checker',
    'person_barred',
  ])
})
