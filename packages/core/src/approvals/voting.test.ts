import { describe, expect, it } from 'vitest'
import { approvalProgress, openApproval, outcomeOf, rolesOfScheme, vote, whoMayAct } from './index.ts'
import { basis, cast, codesOf, group, heads, must, opened, people, scheme, voted } from './testing/fixtures.ts'

const threeOfFive = scheme({ stages: [{ id: 'group', mode: 'nOfM', n: 3, electors: group }] })
const perDepartment = scheme({
  stages: [{ id: 'group', mode: 'perDepartment', electors: ['sales.head', 'product.head', 'service.head'] }],
})

describe('modes [I-17]', () => {
  it('any: one approval suffices, and all must refuse to reject', () => {
    const any = opened(scheme({ stages: [{ id: 's', mode: 'any', electors: ['sales.head', 'product.head'] }] }))
    expect(outcomeOf(voted(any, 'ann:reject', 'cid:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(any, 'ann:reject')).outcome).toBe('pending')
    expect(outcomeOf(voted(any, 'ann:reject', 'cid:reject')).outcome).toBe('rejected')
  })

  it('all: every elector, and the first refusal decides', () => {
    const all = opened(scheme({ stages: [{ id: 's', mode: 'all', electors: ['sales.head', 'product.head'] }] }))
    expect(outcomeOf(voted(all, 'ann:approve')).stages[0]?.missing).toEqual([{ person: 'cid', roles: ['product.head'] }])
    expect(outcomeOf(voted(all, 'ann:approve', 'cid:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(all, 'cid:sendBack')).outcome).toBe('sentBack')
  })

  it('nOfM: approves at n, refuses as soon as n is out of reach', () => {
    const approval = opened(threeOfFive)
    expect(outcomeOf(voted(approval, 'ann:approve', 'ben:approve', 'eve:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(approval, 'ann:reject', 'ben:reject')).outcome).toBe('pending')
    expect(outcomeOf(voted(approval, 'ann:reject', 'ben:reject', 'cid:sendBack')).outcome).toBe('rejected')
    expect(outcomeOf(voted(approval, 'ann:sendBack', 'ben:reject', 'cid:sendBack')).outcome).toBe('sentBack')
  })

  it('perDepartment: one approval of each department, any of its voters', () => {
    const approval = opened(perDepartment, { electors: [...heads, ...people('sales.head:amy')] })
    const two = voted(approval, 'amy:approve', 'cid:approve')
    expect(outcomeOf(two).stages[0]).toMatchObject({ reached: 2, needed: 3, departmentsMissing: ['service'] })
    expect(outcomeOf(voted(two, 'dan:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(two, 'dan:reject')).outcome).toBe('rejected')
    expect(outcomeOf(voted(approval, 'ann:reject')).stages[0]?.canPass).toBe(true)
  })

  it('perDepartment: a person of two departments counts for one only, whichever lets the others count', () => {
    const electors = people('sales.head:ann', 'product.head:ann', 'product.head:cid', 'service.head:dan')
    const approval = opened(perDepartment, { electors })
    expect(outcomeOf(voted(approval, 'ann:approve', 'dan:approve')).stages[0]).toMatchObject({ reached: 2, needed: 3 })
    expect(outcomeOf(voted(approval, 'ann:approve', 'dan:approve', 'cid:approve')).outcome).toBe('approved')
  })

  it('departments come from the directory where a role spans several', () => {
    const affected = scheme({ stages: [{ id: 's', mode: 'perDepartment', electors: ['affected'] }] })
    const approval = opened(affected, { electors: people('affected:ann:sales', 'affected:cid:product') })
    expect(outcomeOf(voted(approval, 'ann:approve')).stages[0]?.departmentsMissing).toEqual(['product'])
  })
})

describe('required and veto roles', () => {
  const withHead = scheme({ stages: [{ id: 's', mode: 'nOfM', n: 2, electors: group, required: ['kaGroup.head'] }] })

  it('does not pass without a required role, and refuses when its holders did', () => {
    const approval = opened(withHead)
    const two = voted(approval, 'ann:approve', 'ben:approve')
    expect(outcomeOf(two)).toMatchObject({ outcome: 'pending', stages: [{ requiredMissing: ['kaGroup.head'] }] })
    expect(outcomeOf(voted(two, 'eve:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(two, 'eve:reject')).outcome).toBe('rejected')
  })

  it('a veto rejects at once; sending back is no veto', () => {
    const veto = opened(scheme({ stages: [{ id: 's', mode: 'nOfM', n: 2, electors: group, veto: ['kaGroup.head'] }] }))
    expect(outcomeOf(voted(veto, 'ann:approve', 'eve:reject'))).toMatchObject({
      outcome: 'rejected',
      stages: [{ vetoedBy: ['eve'] }],
    })
    expect(outcomeOf(voted(veto, 'ann:approve', 'eve:sendBack')).outcome).toBe('pending')
  })
})

describe('stages', () => {
  const two = [
    { id: 'opinions', mode: 'all', electors: ['sales.head', 'service.head'] },
    { id: 'management', mode: 'any', electors: ['kaGroup.head'] },
  ] as const
  const input = two.map((s) => ({ ...s, electors: [...s.electors] }))

  it('ADJ-12: in order, the second waits for the first', () => {
    const approval = opened(scheme({ order: 'sequential', stages: input }))
    expect(codesOf(cast(approval, 'eve:approve'))).toEqual(['too_early'])
    const first = voted(approval, 'ann:approve', 'dan:approve')
    expect(first.stages.map((s) => s.status)).toEqual(['passed', 'open'])
    expect(codesOf(cast(first, 'ann:reject'))).toEqual(['approval_closed'])
    expect(outcomeOf(voted(first, 'eve:approve'))).toMatchObject({ outcome: 'approved', decidedBy: 'management' })
  })

  it('in parallel, all must pass, in any order', () => {
    const approval = opened(scheme({ order: 'parallel', stages: input }))
    expect(outcomeOf(voted(approval, 'eve:approve', 'dan:approve', 'ann:approve')).outcome).toBe('approved')
    expect(outcomeOf(voted(approval, 'eve:reject')).outcome).toBe('rejected')
  })

  it('one vote goes to every open stage in which the person sits, unless one is named', () => {
    const both = scheme({
      order: 'parallel',
      stages: [
        { id: 'x', mode: 'any', electors: ['sales.head'] },
        { id: 'y', mode: 'all', electors: ['sales.head', 'product.head'] },
      ],
    })
    expect(voted(opened(both), 'ann:approve').votes.map((v) => v.stage)).toEqual(['x', 'y'])
    const one = must(vote(opened(both), { person: 'ann', choice: 'approve', basis, at: 1, stage: 'y' }))
    expect(one.votes.map((v) => v.stage)).toEqual(['y'])
    expect(codesOf(vote(opened(both), { person: 'ann', choice: 'approve', basis, at: 1, stage: 'z' }))).toEqual([
      'not_found_in_instance',
    ])
  })
})

describe('a vote', () => {
  const approval = opened(threeOfFive)

  it('may change until the decision, and never after', () => {
    const changed = voted(approval, 'ann:reject', 'ann:approve')
    expect(changed.votes).toHaveLength(1)
    const done = voted(changed, 'ben:approve', 'cid:approve')
    expect(codesOf(cast(done, 'ann:reject'))).toEqual(['approval_closed'])
  })

  it('architecture rule 8: is bound to the material that the person saw', () => {
    expect(codesOf(vote(approval, { person: 'ann', choice: 'approve', basis: undefined, at: 1 }))).toEqual(['basis_required'])
    expect(vote(approval, { person: 'ann', choice: 'approve', basis: 'other', at: 1 })).toMatchObject({
      failures: [{ code: 'basis_changed', required: basis, actual: 'other', remedy: { kind: 'reload' } }],
    })
  })

  it('needs a comment to refuse, and conditions only with an approval; all failures at once', () => {
    const refused = vote(approval, { person: 'zoe', choice: 'reject', basis: '', at: 1, conditions: [{ text: 'pay', dueAt: 9 }] })
    expect(codesOf(refused)).toEqual(['basis_required', 'not_an_elector', 'field_missing', 'value_not_allowed'])
    const long = { person: 'ann', choice: 'approve', basis, at: 1 } as const
    expect(codesOf(vote(approval, { ...long, comment: 'x'.repeat(4001) }))).toEqual(['value_too_large'])
    expect(codesOf(vote(approval, { ...long, conditions: Array.from({ length: 21 }, () => ({ text: 'x', dueAt: 1 })) }))).toEqual(
      ['limit_reached'],
    )
  })

  it('ADM-07: conditions of approving votes are part of the outcome', () => {
    const done = must(
      vote(approval, { person: 'ann', choice: 'approve', basis, at: 1, conditions: [{ text: 'deposit', dueAt: 99 }] }),
    )
    expect(outcomeOf(done).conditions).toEqual([{ text: 'deposit', dueAt: 99, by: 'ann' }])
  })

  it('tells who may act and how far it has come', () => {
    const one = voted(approval, 'ann:approve')
    expect(whoMayAct(one, 5).map((o) => [o.person, o.may, o.voted])).toEqual([
      ['ann', 'vote', 'approve'],
      ...['ben', 'cid', 'dan', 'eve'].map((p) => [p, 'vote', null]),
    ])
    expect(approvalProgress(one)).toEqual({ stagesPassed: 0, stages: 1, reached: 1, needed: 3, percent: 33 })
    const done = voted(one, 'ben:approve', 'cid:approve')
    expect(approvalProgress(done).percent).toBe(100)
    expect(whoMayAct(done, 5)).toEqual([])
  })
})

describe('maker and checker', () => {
  it('whoever made the material has no seat, delegations included, and is told so', () => {
    const approval = opened(threeOfFive, {
      makers: ['ann', 'deputy-of-ann'],
      electors: [...heads, ...people('kaGroup.head:eva')],
    })
    expect(approval.seats.map((s) => s.person)).not.toContain('ann')
    expect(codesOf(cast(approval, 'ann:approve'))).toEqual(['maker_is_checker', 'not_an_elector'])
  })

  it('having checked or sent back an earlier round excludes nobody', () => {
    const first = voted(opened(threeOfFive), 'ann:sendBack', 'ben:sendBack', 'cid:sendBack')
    expect(outcomeOf(first).outcome).toBe('sentBack')
    const second = opened(threeOfFive, { basis: 'b'.repeat(64), at: 10 })
    expect(codesOf(vote(second, { person: 'ann', choice: 'approve', basis: 'b'.repeat(64), at: 11 }))).toEqual([])
  })

  it('whoever is named is barred from every act', () => {
    const approval = opened(threeOfFive, { barred: [{ person: 'ann', because: 'named in the complaint' }] })
    expect(cast(approval, 'ann:approve')).toMatchObject({
      failures: [{ code: 'person_barred', actual: { because: 'named in the complaint' } }, {}],
    })
  })
})

describe('the electorate', () => {
  it('a department whose only voter is barred is voted for by the executive head', () => {
    const approval = opened(perDepartment, { barred: [{ person: 'cid', because: 'named' }] })
    expect(approval.seats.find((s) => s.person === 'eve')).toMatchObject({
      origin: 'substitute',
      instead: 'cid',
      department: 'product',
    })
    expect(outcomeOf(voted(approval, 'ann:approve', 'dan:approve', 'eve:approve')).outcome).toBe('approved')
  })

  it('a department whose only voter is needed by another is voted for by the executive head', () => {
    const electors = people('sales.head:ann', 'product.head:ann', 'service.head:dan', 'kaGroup.head:eve')
    expect(outcomeOf(voted(opened(perDepartment, { electors }), 'ann:approve', 'dan:approve', 'eve:approve')).outcome).toBe(
      'approved',
    )
  })

  it('fails closed: nobody left, a vacant department, a number out of reach, the executive head barred too', () => {
    const open = (electors: typeof heads, barred: readonly string[], spec = perDepartment) =>
      openApproval({
        scheme: spec,
        electors,
        makers: [],
        barred: barred.map((person) => ({ person, because: 'named' })),
        basis,
        at: 0,
      })
    const without = heads.filter((e) => e.person !== 'cid')
    expect(open(without, [])).toMatchObject({
      ok: false,
      failures: [{ code: 'empty_electorate', required: { stage: 'group', role: 'product.head' } }],
    })
    expect(open(heads, ['cid', 'eve'])).toMatchObject({ ok: false, failures: [{ actual: { holders: 1, eligible: 0 } }] })
    // Two departments, one executive head: the head counts for one.
    expect(codesOf(open(heads, ['cid', 'ann']))).toEqual(['empty_electorate'])
    expect(codesOf(open([], [], threeOfFive))).toEqual(['empty_electorate'])
    expect(open(heads.slice(0, 2), [], threeOfFive)).toMatchObject({ failures: [{ required: { electors: 3 }, actual: 2 }] })
    const noNumber = scheme({ stages: [{ id: 's', mode: 'nOfM', electors: group }] })
    expect(codesOf(open(heads, [], noNumber))).toEqual(['field_missing'])
  })

  it('says what else is wrong when it cannot open', () => {
    const twice = scheme({
      stages: [
        { id: 's', mode: 'any', electors: group },
        { id: 's', mode: 'any', electors: group },
      ],
    })
    const many = people(...Array.from({ length: 201 }, (_, i) => `sales.head:p${String(i)}`))
    const result = openApproval({ scheme: twice, electors: many, makers: [], barred: [], basis: '', at: 0 })
    expect(codesOf(result)).toEqual(expect.arrayContaining(['basis_required', 'limit_reached', 'value_not_allowed']))
  })

  it('names the roles that the directory must resolve', () => {
    const spec = scheme({ stages: [{ id: 's', mode: 'any', electors: ['sales.head'], veto: ['legal'], heard: ['finance'] }] })
    expect(rolesOfScheme(spec)).toEqual(['sales.head', 'legal', 'finance', 'kaGroup.head'])
  })

  it('survives JSON unchanged', () => {
    const approval = voted(opened(perDepartment), 'ann:approve', 'cid:reject')
    expect(JSON.parse(JSON.stringify(approval))).toEqual(approval)
  })
})
