import { describe, expect, it } from 'vitest'
import {
  addApprover,
  approvalProgress,
  giveOpinion,
  outcomeOf,
  rolesOfScheme,
  timeOut,
  vote,
  voidApproval,
  whoMayAct,
  type Approval,
} from './index.ts'
import { basis, cast, group, heads, must, opened, people, scheme, seatsOf, statuses, voted } from './testing/fixtures.ts'

// Where an approval stands, who sits in it, and what stays on record [I-17].

const note = { reason: 'on leave', at: 5 }
const threeOfFive = scheme({ stages: [{ id: 'group', mode: 'nOfM', n: 3, electors: group, heard: ['finance', 'legal'] }] })
const electors = [...heads, ...people('finance:fin', 'legal:lea')]
const open = () => opened(threeOfFive, { electors })

describe('a stage explained', () => {
  it('before anybody votes', () => {
    expect(outcomeOf(open())).toEqual({
      outcome: 'pending',
      decidedAt: null,
      decidedBy: null,
      voidReason: null,
      conditions: [],
      stages: [
        {
          id: 'group',
          mode: 'nOfM',
          status: 'open',
          after: [],
          needed: 3,
          reached: 0,
          approvals: [],
          rejections: [],
          sendBacks: [],
          missing: heads.map(({ person, role }) => ({ person, roles: [role] })),
          departmentsMissing: [],
          requiredMissing: [],
          addedMissing: [],
          vetoedBy: [],
          canPass: true,
          couldPass: true,
          heardMissing: ['fin', 'lea'],
          timedOutAt: null,
        },
      ],
    })
  })

  it('who said what, who is missing, and when it was decided', () => {
    const heard = must(giveOpinion(open(), { person: 'lea', opinion: 'neutral', comment: 'x', at: 1 }))
    const going = voted(heard, 'ann:approve', 'ben:reject', 'cid:sendBack')
    expect(outcomeOf(going).stages[0]).toMatchObject({
      approvals: ['ann'],
      rejections: ['ben'],
      sendBacks: ['cid'],
      missing: [{ person: 'dan' }, { person: 'eve' }],
      canPass: true,
      heardMissing: ['fin'],
    })
    expect(outcomeOf(must(cast(going, 'dan:reject', 9)))).toMatchObject({
      outcome: 'rejected',
      decidedAt: 9,
      decidedBy: 'group',
      stages: [{ status: 'failed', canPass: false, couldPass: true, rejections: ['ben', 'dan'] }],
    })
    expect(must(cast(going, 'dan:reject', 9)).stages[0]).toMatchObject({ id: 'group', openedAt: 0, endedAt: 9 })
  })

  it('a person with two roles is missing once, with both', () => {
    const spec = scheme({ stages: [{ id: 's', mode: 'all', electors: ['sales.head', 'product.head', 'service.head'] }] })
    const approval = opened(spec, { electors: people('sales.head:ann', 'product.head:ann', 'service.head:dan') })
    expect(outcomeOf(approval).stages[0]).toMatchObject({
      needed: 2,
      missing: [
        { person: 'ann', roles: ['sales.head', 'product.head'] },
        { person: 'dan', roles: ['service.head'] },
      ],
    })
  })

  it('votes and time-outs of one stage are not those of another', () => {
    const spec = scheme({
      order: 'parallel',
      stages: [
        { id: 'x', mode: 'all', electors: ['sales.head', 'product.head'] },
        { id: 'y', mode: 'all', electors: ['sales.head', 'service.head'] },
      ],
    })
    const one = must(vote(opened(spec), { person: 'ann', choice: 'approve', basis, at: 1, stage: 'y' }))
    expect(outcomeOf(must(timeOut(one, 'x', 7))).stages).toMatchObject([
      { id: 'x', reached: 0, approvals: [], timedOutAt: 7 },
      { id: 'y', reached: 1, approvals: ['ann'], timedOutAt: null },
    ])
  })

  it('a vote that is changed replaces the former one in every stage', () => {
    const spec = scheme({
      order: 'parallel',
      stages: ['x', 'y'].map((id) => ({ id, mode: 'all' as const, electors: ['sales.head', 'product.head'] })),
    })
    const changed = must(cast(voted(opened(spec), 'ann:approve'), 'ann:approve', 7))
    expect(changed.votes.map((v) => [v.stage, v.elector, v.at])).toEqual([
      ['x', 'ann', 7],
      ['y', 'ann', 7],
    ])
  })

  it('void stands above the decision', () => {
    const voided = must(voidApproval(voted(open(), 'ann:approve', 'ben:approve', 'cid:approve'), 'amended', 9))
    expect(outcomeOf(voided)).toMatchObject({ outcome: 'void', decidedAt: 3, decidedBy: 'group', voidReason: 'amended' })
  })
})

describe('what votes come to', () => {
  it('a veto is that of its holder, not of another elector, nor of somebody added in that role', () => {
    const veto = scheme({ stages: [{ id: 's', mode: 'nOfM', n: 2, electors: group, veto: ['kaGroup.head'] }] })
    const ann = voted(opened(veto), 'ann:reject')
    expect(outcomeOf(ann)).toMatchObject({ outcome: 'pending', stages: [{ vetoedBy: [] }] })
    const added = must(addApprover(opened(veto), { by: 'ann', person: 'zoe', role: 'kaGroup.head', ...note }))
    expect(outcomeOf(voted(added, 'zoe:reject')).stages[0]).toMatchObject({ vetoedBy: [], canPass: false })
  })

  it('sent back where as many send back as reject, rejected where more reject', () => {
    const four = opened(scheme({ stages: [{ id: 's', mode: 'nOfM', n: 4, electors: group }] }))
    expect(outcomeOf(voted(four, 'ann:reject', 'ben:sendBack')).outcome).toBe('sentBack')
    expect(outcomeOf(voted(four, 'ann:sendBack', 'ben:reject')).outcome).toBe('sentBack')
    expect(outcomeOf(voted(four, 'ann:reject', 'ben:reject')).outcome).toBe('rejected')
  })

  it('departments: who can stand for two gives way to let both count', () => {
    const spec = scheme({ stages: [{ id: 's', mode: 'perDepartment', electors: ['sales.head', 'product.head'] }] })
    const approval = opened(spec, { electors: people('sales.head:ann', 'sales.head:bea', 'product.head:ann') })
    const ann = voted(approval, 'ann:approve')
    expect(outcomeOf(ann).stages[0]).toMatchObject({ reached: 1, needed: 2 })
    expect(outcomeOf(voted(ann, 'bea:approve')).outcome).toBe('approved')
  })

  it('any: a second approval adds nothing to the first', () => {
    const spec = scheme({ order: 'parallel', stages: [{ id: 's', mode: 'any', electors: group, required: ['kaGroup.head'] }] })
    expect(outcomeOf(voted(opened(spec), 'ann:approve', 'ben:approve')).stages[0]).toMatchObject({ reached: 1, needed: 1 })
  })

  it('a delegation runs from its first instant; of chains of one length the alphabetically first counts', () => {
    const link = (from: string, to: string, since = 0) => ({ from, to, since, until: 99 })
    const by = (delegations: readonly ReturnType<typeof link>[]) =>
      vote(open(), { person: 'zoe', choice: 'approve', basis, at: 5, onBehalfOf: 'ann', delegations })
    expect(must(by([link('ann', 'zoe', 5)])).votes[0]?.chain).toEqual(['ann', 'zoe'])
    const both = [link('ann', 'q'), link('ann', 'p'), link('q', 'zoe'), link('p', 'zoe')]
    expect(must(by(both)).votes[0]?.chain).toEqual(['ann', 'p', 'zoe'])
  })
})

describe('who sits', () => {
  it('as the scheme says, in its order; makers and the barred are left out', () => {
    const spec = scheme({
      stages: [
        { id: 's', mode: 'any', electors: ['sales.head'], required: ['kaGroup.head'], veto: ['legal'], heard: ['finance'] },
      ],
    })
    const approval = opened(spec, {
      electors: [...electors, ...people('sales.head:amy', 'finance:mia')],
      makers: ['mia', 'mia', 'amy'],
    })
    expect(seatsOf(approval)).toEqual([
      's ann sales.head sales scheme',
      's eve kaGroup.head kaGroup scheme',
      's lea legal legal scheme',
    ])
    expect(approval.makers).toEqual(['mia', 'amy'])
    expect(approval.stages[0]).toMatchObject({
      n: 0,
      roles: ['sales.head', 'kaGroup.head', 'legal'],
      heard: ['fin'],
      departments: [],
      escalateTo: null,
      addedBy: null,
    })
    expect(rolesOfScheme(spec)).toEqual(['sales.head', 'kaGroup.head', 'legal', 'finance'])
  })

  it('substitutes sit for the department that lost its voter, and for no other', () => {
    const affected = people('affected:ann:sales', 'affected:cid:product', 'kaGroup.head:eve')
    const barred = [{ person: 'cid', because: 'named' }]
    for (const mode of ['perDepartment', 'all'] as const) {
      const approval = opened(scheme({ stages: [{ id: 's', mode, electors: ['affected'] }] }), { electors: affected, barred })
      expect(seatsOf(approval)).toEqual(['s ann affected sales scheme', 's eve affected product substitute'])
      expect(approval.seats.at(-1)?.instead).toBe('cid')
      expect(approval.reserve).toEqual(['eve'])
    }
    // Where one of several is enough, nobody has to stand in.
    const any = opened(scheme({ stages: [{ id: 's', mode: 'any', electors: ['affected'] }] }), { electors: affected, barred })
    expect(seatsOf(any)).toEqual(['s ann affected sales scheme'])
  })

  it('a department whose only voter another one needs gets the substitute; the others keep theirs', () => {
    const spec = scheme({
      stages: [{ id: 's', mode: 'perDepartment', electors: ['sales.head', 'product.head', 'service.head'] }],
    })
    const approval = opened(spec, {
      electors: people('sales.head:ann', 'product.head:ann', 'service.head:dan', 'kaGroup.head:eve'),
    })
    expect(seatsOf(approval)).toEqual([
      's ann sales.head sales scheme',
      's ann product.head product scheme',
      's dan service.head service scheme',
      's eve product.head product substitute',
    ])
  })

  it('in order: the first is open from the start, each further one waits for the one before', () => {
    const stage = (id: string) => ({ id, mode: 'any' as const, electors: ['sales.head'] })
    const stages = ['a', 'b', 'c'].map(stage)
    const approval = opened(scheme({ stages }), { at: 3 })
    expect(approval.stages.map((s) => s.after)).toEqual([[], ['a'], ['b']])
    expect(statuses(approval)).toEqual(['a open 3 null', 'b waiting null null', 'c waiting null null'])
    expect(statuses(must(cast(approval, 'ann:approve', 8)))).toEqual(['a passed 3 8', 'b open 8 null', 'c waiting null null'])
    expect(statuses(opened(scheme({ order: 'parallel', stages }), { at: 3 }))).toEqual([
      'a open 3 null',
      'b open 3 null',
      'c open 3 null',
    ])
  })
})

describe('who may act, and how far it has come', () => {
  const link = (from: string, to: string) => ({ from, to, since: 0, until: 99 })

  it('electors, delegates who are free for it, and those who are heard; only in open stages', () => {
    const spec = scheme({
      stages: [
        { id: 'a', mode: 'all', electors: ['sales.head', 'product.head'], heard: ['finance'] },
        { id: 'b', mode: 'any', electors: ['kaGroup.head'] },
      ],
    })
    const approval = opened(spec, { electors, makers: ['mia'] })
    const delegations = [link('ann', 'zoe'), link('cid', 'zoe'), link('ann', 'cid'), link('cid', 'mia'), link('joe', 'kim')]
    const told = (at: Approval) =>
      whoMayAct(at, 5, delegations).map((o) => [o.person, o.may, o.onBehalfOf, o.voted].map(String).join(' '))
    expect(told(approval)).toEqual([
      'ann vote null null',
      'cid vote null null',
      'zoe vote ann null',
      'zoe vote cid null',
      'fin giveOpinion null null',
    ])
    const forAnn = must(
      vote(approval, { person: 'zoe', choice: 'reject', comment: 'x', basis, at: 1, onBehalfOf: 'ann', delegations }),
    )
    expect(forAnn.decision?.outcome).toBe('rejected')
    const yes = must(vote(approval, { person: 'zoe', choice: 'approve', basis, at: 1, onBehalfOf: 'ann', delegations }))
    expect(told(yes)).toEqual([
      'ann vote null approve',
      'cid vote null null',
      'zoe vote ann approve',
      'fin giveOpinion null null',
    ])
    // Once the elector has voted, the delegate is no longer asked.
    expect(told(voted(approval, 'ann:approve'))).toEqual([
      'ann vote null approve',
      'cid vote null null',
      'zoe vote cid null',
      'fin giveOpinion null null',
    ])
    expect(whoMayAct(must(voidApproval(approval, 'x', 1)), 5)).toEqual([])
  })

  it('required roles and added approvers are steps of their own; 100 only when approved', () => {
    const spec = scheme({ stages: [{ id: 's', mode: 'nOfM', n: 2, electors: group, required: ['kaGroup.head'] }] })
    const added = must(addApprover(opened(spec), { by: 'ann', person: 'zoe', ...note }))
    expect(approvalProgress(added)).toEqual({ stagesPassed: 0, stages: 1, reached: 0, needed: 4, percent: 0 })
    expect(approvalProgress(voted(added, 'ann:approve', 'zoe:approve'))).toMatchObject({ reached: 2, percent: 50 })
    expect(approvalProgress(voted(added, 'ann:approve', 'ben:approve', 'zoe:approve'))).toMatchObject({ reached: 3, percent: 75 })
    const done = voted(added, 'ann:approve', 'eve:approve', 'zoe:approve')
    expect(approvalProgress(done)).toEqual({ stagesPassed: 1, stages: 1, reached: 4, needed: 4, percent: 100 })
  })
})

it('of a stage whose every seat is vacated, nothing is reached and nothing is needed', () => {
  const approval = opened(scheme({ stages: [{ id: 'one', mode: 'all', electors: ['sales.head', 'product.head'] }] }))
  const empty = { ...approval, seats: approval.seats.map((seat) => ({ ...seat, vacated: 'recused' as const })) }
  expect(approvalProgress(empty)).toMatchObject({ reached: 0, needed: 0, percent: 0 })
})

it('a number of votes belongs to a stage that asks for so many', () => {
  const electors = ['sales.head', 'product.head', 'service.head']
  const stages = (mode: 'any' | 'nOfM') =>
    opened(scheme({ stages: [{ id: 'one', mode, electors, n: 2 }] })).stages.map(({ n }) => n)
  expect([stages('any'), stages('nOfM')]).toEqual([[0], [2]])
})
