import { describe, expect, it } from 'vitest'
import {
  addApprover,
  copyTo,
  giveOpinion,
  outcomeOf,
  recuse,
  replaceElector,
  timeOut,
  transferVote,
  vote,
  voidApproval,
  whoMayAct,
  type Delegation,
} from './index.ts'
import { basis, cast, codesOf, group, heads, must, opened, people, scheme, voted } from './testing/fixtures.ts'

const threeOfFive = scheme({
  stages: [
    {
      id: 'group',
      mode: 'nOfM',
      n: 3,
      electors: group,
      heard: ['finance'],
      timeout: { amount: 3, unit: 'workingDays' },
      escalateTo: 'kaGroup.head',
    },
  ],
})
const perDepartment = scheme({ stages: [{ id: 'group', mode: 'perDepartment', electors: ['sales.head', 'product.head'] }] })
const electors = [...heads, ...people('finance:fin')]
const open = () => opened(threeOfFive, { electors })
const note = { reason: 'on leave', at: 5 }

describe('加签: adding an approver', () => {
  it('beside: must approve too, and counts towards no number', () => {
    const added = must(addApprover(open(), { by: 'ann', person: 'zoe', ...note }))
    const three = voted(added, 'ann:approve', 'ben:approve', 'zoe:approve')
    expect(outcomeOf(three)).toMatchObject({ outcome: 'pending', stages: [{ reached: 2, addedMissing: [] }] })
    expect(outcomeOf(voted(three, 'cid:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(added, 'ann:approve', 'ben:approve', 'cid:approve'))).toMatchObject({
      outcome: 'pending',
      stages: [{ addedMissing: ['zoe'] }],
    })
    expect(outcomeOf(voted(added, 'zoe:reject')).outcome).toBe('rejected')
  })

  it('before: the stage waits, votes cast stay and count when it opens again', () => {
    const two = voted(open(), 'ann:approve', 'ben:approve')
    const added = must(addApprover(two, { by: 'cid', person: 'zoe', position: 'before', ...note }))
    expect(codesOf(cast(added, 'cid:approve'))).toEqual(['too_early'])
    const back = voted(added, 'zoe:approve')
    expect(outcomeOf(voted(back, 'cid:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(added, 'zoe:sendBack'))).toMatchObject({ outcome: 'sentBack', decidedBy: 'added-1' })
  })

  it('after: the added stage follows, and what came next follows it', () => {
    const spec = scheme({
      stages: [
        { id: 'one', mode: 'any', electors: ['sales.head'] },
        { id: 'two', mode: 'any', electors: ['kaGroup.head'] },
      ],
    })
    const added = must(addApprover(opened(spec), { by: 'ann', person: 'zoe', position: 'after', ...note }))
    const first = voted(added, 'ann:approve')
    expect(codesOf(cast(first, 'eve:approve'))).toEqual(['too_early'])
    expect(outcomeOf(voted(first, 'zoe:approve', 'eve:approve')).outcome).toBe('approved')
  })

  it('is refused for makers, the barred, electors, outsiders who ask, and without a reason', () => {
    const approval = opened(threeOfFive, { electors, makers: ['mia'], barred: [{ person: 'bob', because: 'named' }] })
    const add = (by: string, person: string, reason = 'x') => codesOf(addApprover(approval, { by, person, reason, at: 1 }))
    expect(add('ann', 'mia')).toEqual(['maker_is_checker'])
    expect(add('ann', 'bob')).toEqual(['person_barred'])
    expect(add('ann', 'ben')).toEqual(['elector_exists'])
    expect(add('zoe', 'joe')).toEqual(['not_an_elector'])
    expect(add('ann', 'joe', ' ')).toEqual(['field_missing'])
  })

  it('is bounded', () => {
    let approval = open()
    for (let i = 0; i < 50; i += 1) approval = must(addApprover(approval, { by: 'ann', person: `p${String(i)}`, ...note }))
    expect(codesOf(addApprover(approval, { by: 'ann', person: 'one-more', ...note }))).toEqual(['limit_reached'])
  })
})

describe('转办: transferring', () => {
  it('hands over seat and role, and records both names', () => {
    const moved = must(transferVote(open(), { person: 'eve', to: 'zoe', ...note }))
    expect(codesOf(cast(moved, 'eve:approve'))).toEqual(['not_an_elector'])
    expect(moved.seats.at(-1)).toMatchObject({ person: 'zoe', role: 'kaGroup.head', instead: 'eve', origin: 'transfer' })
    expect(outcomeOf(voted(moved, 'zoe:approve', 'ann:approve', 'ben:approve')).outcome).toBe('approved')
    expect(moved.changes).toMatchObject([{ kind: 'transfer', person: 'eve', to: 'zoe', reason: 'on leave' }])
  })

  it('is refused after voting, and to makers, the barred and electors', () => {
    const approval = opened(threeOfFive, { electors, makers: ['mia'] })
    expect(codesOf(transferVote(voted(approval, 'ann:approve'), { person: 'ann', to: 'zoe', ...note }))).toEqual(['already_done'])
    expect(codesOf(transferVote(approval, { person: 'ann', to: 'mia', ...note }))).toEqual(['maker_is_checker'])
    expect(codesOf(transferVote(approval, { person: 'ann', to: 'ben', ...note }))).toEqual(['elector_exists'])
    expect(codesOf(transferVote(approval, { person: 'zoe', to: 'joe', ...note }))).toEqual(['not_an_elector'])
  })
})

describe('recusal and replacement', () => {
  it('bars the person, drops their vote, and the executive head sits for the department', () => {
    const before = voted(opened(perDepartment), 'cid:approve')
    const after = must(recuse(before, { person: 'cid', reason: 'relative', at: 5 }))
    expect(after.votes).toEqual([])
    expect(codesOf(cast(after, 'cid:approve'))).toEqual(['person_barred', 'not_an_elector'])
    expect(outcomeOf(voted(after, 'ann:approve', 'eve:approve')).outcome).toBe('approved')
  })

  it('fails closed when nobody is left: blocked until an elector is replaced', () => {
    const noReserve = opened(perDepartment, { electors: heads.filter((e) => e.person !== 'eve') })
    const blocked = voted(must(recuse(noReserve, { person: 'cid', reason: 'relative', at: 5 })), 'ann:approve')
    expect(outcomeOf(blocked)).toMatchObject({
      outcome: 'blocked',
      stages: [{ couldPass: false, departmentsMissing: ['product'] }],
    })
    const again = must(replaceElector(blocked, { person: 'cid', to: 'zoe', by: 'gm', reason: 'recused', at: 6 }))
    expect(outcomeOf(again).outcome).toBe('pending')
    expect(outcomeOf(voted(again, 'zoe:approve')).outcome).toBe('approved')
  })

  it('all: a role that recusal leaves without a holder is not skipped', () => {
    const all = scheme({ stages: [{ id: 's', mode: 'all', electors: ['sales.head', 'product.head'] }] })
    const approval = voted(opened(all, { electors: people('sales.head:ann', 'product.head:cid') }), 'ann:approve')
    expect(outcomeOf(must(recuse(approval, { person: 'cid', reason: 'relative', at: 5 }))).outcome).toBe('blocked')
  })

  it('a replaced elector loses the vote; makers choose no checkers; the barred come not in', () => {
    const approval = opened(threeOfFive, { electors, makers: ['mia'], barred: [{ person: 'bob', because: 'named' }] })
    const one = voted(approval, 'ann:approve')
    const replace = { person: 'ann', to: 'zoe', by: 'gm', ...note }
    const replaced = must(replaceElector(one, replace))
    expect(replaced.votes).toEqual([])
    expect(replaced.seats.find((s) => s.person === 'ann')?.vacated).toBe('replaced')
    expect(codesOf(replaceElector(one, { ...replace, by: 'mia' }))).toEqual(['maker_is_checker'])
    expect(codesOf(replaceElector(one, { ...replace, to: 'bob' }))).toEqual(['person_barred'])
    expect(codesOf(replaceElector(one, { ...replace, person: 'joe' }))).toEqual(['not_an_elector'])
  })

  it('a recused place that a substitute holds is not given away again', () => {
    const after = must(recuse(opened(perDepartment), { person: 'cid', reason: 'relative', at: 5 }))
    expect(codesOf(replaceElector(after, { person: 'cid', to: 'zoe', by: 'gm', ...note }))).toEqual(['not_an_elector'])
  })
})

describe('delegation', () => {
  const link = (from: string, to: string, since = 0, until = 100): Delegation => ({ from, to, since, until })
  const by = (person: string, onBehalfOf: string, delegations: readonly Delegation[], at = 5) =>
    vote(open(), { person, choice: 'approve', basis, at, onBehalfOf, delegations })

  it('a delegate votes for an elector; both names and those between are kept', () => {
    const result = must(by('zoe', 'ann', [link('ann', 'joe'), link('joe', 'zoe')]))
    expect(result.votes).toMatchObject([{ elector: 'ann', by: 'zoe', chain: ['ann', 'joe', 'zoe'] }])
  })

  it('names what is wrong: no delegation, out of its dates, too long a chain, through a maker', () => {
    const reason = (result: ReturnType<typeof by>) => (result.ok ? null : result.failures.map((f) => f.actual))
    expect(reason(by('zoe', 'ann', []))).toEqual(['none'])
    expect(reason(by('zoe', 'ann', [link('ann', 'zoe', 6)]))).toEqual(['notInForce'])
    expect(reason(by('zoe', 'ann', [link('ann', 'zoe', 0, 5)]))).toEqual(['notInForce'])
    expect(reason(by('zoe', 'ann', [link('ann', 'a'), link('a', 'b'), link('b', 'zoe')]))).toEqual(['tooLong'])
    expect(reason(by('zoe', 'ann', [link('ann', 'a'), link('a', 'ann')]))).toEqual(['none'])
    const made = opened(threeOfFive, { electors, makers: ['joe'] })
    const through = vote(made, {
      person: 'zoe',
      choice: 'approve',
      basis,
      at: 5,
      onBehalfOf: 'ann',
      delegations: [link('ann', 'joe'), link('joe', 'zoe')],
    })
    expect(reason(through)).toEqual(['toBarredPerson'])
  })

  it('a delegation to a maker is invalid', () => {
    const made = opened(threeOfFive, { electors, makers: ['mia'] })
    const result = vote(made, {
      person: 'mia',
      choice: 'approve',
      basis,
      at: 5,
      onBehalfOf: 'ann',
      delegations: [link('ann', 'mia')],
    })
    expect(codesOf(result)).toEqual(['maker_is_checker', 'delegation_invalid'])
  })

  it('one hand, one vote: not for two electors, not beside an own seat', () => {
    const delegations = [link('ann', 'zoe'), link('ben', 'zoe'), link('ann', 'cid')]
    const once = must(vote(open(), { person: 'zoe', choice: 'approve', basis, at: 5, onBehalfOf: 'ann', delegations }))
    expect(codesOf(vote(once, { person: 'zoe', choice: 'approve', basis, at: 6, onBehalfOf: 'ben', delegations }))).toEqual([
      'delegation_invalid',
    ])
    expect(codesOf(vote(open(), { person: 'cid', choice: 'approve', basis, at: 6, onBehalfOf: 'ann', delegations }))).toEqual([
      'delegation_invalid',
    ])
    // A hand cannot take a seat either, before its vote is overruled by the elector.
    expect(codesOf(transferVote(once, { person: 'ben', to: 'zoe', ...note }))).toEqual(['elector_exists'])
  })

  it('a delegate who is heard and recuses takes back the vote cast for another', () => {
    const cast = { person: 'fin', choice: 'approve', basis, at: 5, onBehalfOf: 'ann', delegations: [link('ann', 'fin')] } as const
    const once = must(vote(open(), cast))
    expect(must(recuse(once, { person: 'fin', reason: 'relative', at: 6 })).votes).toEqual([])
  })

  it('the elector overrules the delegate, never the other way round', () => {
    const delegations = [link('ann', 'zoe')]
    const once = must(vote(open(), { person: 'zoe', choice: 'approve', basis, at: 5, onBehalfOf: 'ann', delegations }))
    const own = voted(once, 'ann:reject')
    expect(own.votes).toMatchObject([{ elector: 'ann', by: 'ann', choice: 'reject' }])
    expect(codesOf(vote(own, { person: 'zoe', choice: 'approve', basis, at: 6, onBehalfOf: 'ann', delegations }))).toEqual([
      'already_done',
    ])
  })

  it('a delegate who forgot for whom is told, and whoMayAct lists them', () => {
    const delegations = [link('ann', 'zoe'), link('ben', 'zoe', 50)]
    expect(vote(open(), { person: 'zoe', choice: 'approve', basis, at: 5, delegations })).toMatchObject({
      failures: [{ code: 'not_an_elector', remedy: { kind: 'change', field: 'onBehalfOf', to: 'ann' } }],
    })
    expect(whoMayAct(open(), 5, delegations).filter((o) => o.person === 'zoe')).toEqual([
      { person: 'zoe', stage: 'group', may: 'vote', onBehalfOf: 'ann', voted: null },
    ])
  })
})

describe('records', () => {
  it('an opinion is asked for, replaced by a later one, and counts for nothing', () => {
    const heard = must(giveOpinion(open(), { person: 'fin', opinion: 'concern', comment: 'credit', at: 1 }))
    const again = must(giveOpinion(heard, { person: 'fin', opinion: 'support', comment: 'paid', at: 2 }))
    expect(again.opinions).toEqual([{ person: 'fin', opinion: 'support', comment: 'paid', at: 2 }])
    expect(outcomeOf(open()).stages[0]?.heardMissing).toEqual(['fin'])
    expect(outcomeOf(again)).toMatchObject({ outcome: 'pending', stages: [{ heardMissing: [], reached: 0 }] })
    expect(codesOf(giveOpinion(open(), { person: 'ann', opinion: 'support', comment: '', at: 1 }))).toEqual([
      'not_an_elector',
      'field_missing',
    ])
    expect(codesOf(cast(open(), 'fin:approve'))).toEqual(['not_an_elector'])
  })

  it('抄送: copies reach each person once and never the barred', () => {
    const approval = opened(threeOfFive, { electors, barred: [{ person: 'bob', because: 'named' }] })
    const copied = must(
      copyTo(must(copyTo(approval, { by: 'ann', people: ['zoe', 'zoe'], at: 1 })), { by: 'ben', people: ['zoe', 'joe'], at: 2 }),
    )
    expect(copied.copies.map((c) => c.person)).toEqual(['zoe', 'joe'])
    expect(codesOf(copyTo(approval, { by: 'ann', people: ['bob'], at: 1 }))).toEqual(['person_barred'])
    expect(
      codesOf(copyTo(approval, { by: 'ann', people: Array.from({ length: 51 }, (_, i) => `p${String(i)}`), at: 1 })),
    ).toEqual(['limit_reached'])
  })

  it('a time-out escalates and never decides', () => {
    const late = must(timeOut(voted(open(), 'ann:approve', 'ben:approve'), 'group', 9))
    expect(outcomeOf(late)).toMatchObject({ outcome: 'pending', stages: [{ timedOutAt: 9 }] })
    expect(codesOf(timeOut(late, 'group', 10))).toEqual(['already_done'])
    expect(codesOf(timeOut(late, 'nowhere', 10))).toEqual(['not_found_in_instance'])
    expect(outcomeOf(voted(late, 'cid:approve')).outcome).toBe('approved')
  })

  it('a material edit voids, even what was approved; void accepts nothing', () => {
    const approved = voted(open(), 'ann:approve', 'ben:approve', 'cid:approve')
    const voided = must(voidApproval(approved, 'scope amended', 9))
    expect(outcomeOf(voided)).toMatchObject({ outcome: 'void', voidReason: 'scope amended', decidedBy: 'group' })
    expect(codesOf(voidApproval(voided, 'again', 10))).toEqual(['approval_closed'])
    expect(codesOf(voidApproval(approved, '', 10))).toEqual(['field_missing'])
  })
})
