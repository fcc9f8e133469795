import { describe, expect, it } from 'vitest'
import { addApprover, recuse, replaceElector, transferVote, type Approval } from './index.ts'
import { cast, codesOf, heads, must, opened, people, scheme, seatsOf, statuses, voted } from './testing/fixtures.ts'

// Who comes in, who goes, and what stays on record of it [I-17].

const note = { reason: 'on leave', at: 5 }
const electors = [...heads, ...people('finance:fin', 'legal:lea')]

describe('加签 on record', () => {
  const spec = scheme({
    order: 'parallel',
    stages: [
      { id: 'x', mode: 'any', electors: ['sales.head'], timeout: { amount: 3, unit: 'workingDays' }, escalateTo: 'kaGroup.head' },
      { id: 'y', mode: 'any', electors: ['sales.head', 'product.head'] },
    ],
  })
  const add = (approval: Approval, position: 'before' | 'after' | 'parallel', stage?: string) =>
    must(addApprover(approval, { by: 'ann', person: 'zoe', position, ...note, ...(stage === undefined ? {} : { stage }) }))

  it('beside: in the first open stage of who asks, or in the one named', () => {
    expect(add(opened(spec), 'parallel').seats.at(-1)).toEqual({
      stage: 'x',
      person: 'zoe',
      role: 'added',
      department: 'added',
      origin: 'added',
      added: true,
      by: 'ann',
      vacated: null,
    })
    const named = add(opened(spec), 'parallel', 'y')
    expect(named.seats.at(-1)?.stage).toBe('y')
    expect(named.stages).toEqual(opened(spec).stages)
    expect(named.changes).toEqual([
      { kind: 'addApprover', stage: 'y', person: 'ann', to: 'zoe', by: 'ann', reason: 'on leave', at: 5 },
    ])
  })

  it('before: opens at once, the stage waits for it as well, and then goes on from its own beginning', () => {
    const added = add(opened(spec), 'before', 'x')
    expect(statuses(added)).toEqual(['added-1 open 5 null', 'x waiting 0 null', 'y open 0 null'])
    expect(added.stages[0]).toEqual({
      id: 'added-1',
      mode: 'all',
      n: 0,
      roles: [],
      departments: [],
      required: [],
      veto: [],
      heard: [],
      escalateTo: 'kaGroup.head',
      after: [],
      addedBy: 'ann',
      status: 'open',
      openedAt: 5,
      endedAt: null,
    })
    expect(added.stages.map((s) => s.after)).toEqual([[], ['added-1'], []])
    expect(statuses(must(cast(added, 'zoe:approve', 8)))).toEqual(['added-1 passed 5 8', 'x open 0 null', 'y open 0 null'])
  })

  it('after: waits for the stage; only what followed that one follows it', () => {
    const three = scheme({ stages: ['a', 'b', 'c'].map((id) => ({ id, mode: 'any' as const, electors: ['sales.head'] })) })
    const added = add(opened(three), 'after')
    expect(added.stages.map((s) => [s.id, s.status, ...s.after])).toEqual([
      ['a', 'open'],
      ['added-1', 'waiting', 'a'],
      ['b', 'waiting', 'a', 'added-1'],
      ['c', 'waiting', 'b'],
    ])
    const twice = must(addApprover(added, { by: 'ann', person: 'joe', position: 'after', ...note }))
    expect(twice.stages.map((s) => s.id)).toEqual(['a', 'added-2', 'added-1', 'b', 'c'])
  })

  it('a name that a stage of the scheme has already is not given twice', () => {
    const taken = scheme({ stages: [{ id: 'added-1', mode: 'any', electors: ['sales.head'] }] })
    expect(add(opened(taken), 'before').stages.map((s) => s.id)).toEqual(['added-1-x', 'added-1'])
  })
})

describe('seats that change hands', () => {
  const two = scheme({
    stages: [
      { id: 'a', mode: 'all', electors: ['sales.head', 'product.head'] },
      { id: 'b', mode: 'all', electors: ['sales.head', 'service.head'] },
      { id: 'c', mode: 'all', electors: ['sales.head', 'service.head'] },
    ],
  })
  const started = () => opened(two)

  it('a transfer: in every stage still to be decided, or in one; both names stay on record', () => {
    const moved = must(transferVote(started(), { person: 'ann', to: 'zoe', ...note }))
    expect(seatsOf(moved).filter((s) => s.includes(' sales.head '))).toEqual(
      ['a', 'b', 'c'].flatMap((id) => [`${id} ann sales.head sales scheme transferred`, `${id} zoe sales.head sales transfer`]),
    )
    expect(moved.seats.find((s) => s.person === 'zoe')).toMatchObject({ instead: 'ann', by: 'ann', added: false })
    expect(moved.changes).toEqual([
      { kind: 'transfer', stage: null, person: 'ann', to: 'zoe', by: 'ann', reason: 'on leave', at: 5 },
    ])
    const one = must(transferVote(started(), { person: 'ann', to: 'zoe', stage: 'b', ...note }))
    expect(one.seats.filter((s) => s.person === 'zoe').map((s) => s.stage)).toEqual(['b'])
    expect(one.changes[0]?.stage).toBe('b')
  })

  it('a transfer leaves what is decided as it is, votes included', () => {
    const first = voted(started(), 'ann:approve', 'cid:approve')
    const moved = must(transferVote(first, { person: 'ann', to: 'zoe', ...note }))
    expect(moved.seats.filter((s) => s.person === 'zoe').map((s) => s.stage)).toEqual(['b', 'c'])
    expect(moved.votes).toEqual(first.votes)
    // Who votes in one stage may still take a seat of another.
    expect(transferVote(voted(started(), 'cid:approve'), { person: 'dan', to: 'cid', ...note }).ok).toBe(true)
  })

  it('a replacement: the votes in what is undecided go, the others stay', () => {
    const first = voted(started(), 'ann:approve', 'cid:approve', 'ann:approve')
    expect(first.votes.map((v) => `${v.stage} ${v.elector}`)).toEqual(['a ann', 'a cid', 'b ann'])
    const replaced = must(replaceElector(first, { person: 'ann', to: 'zoe', by: 'hr', ...note }))
    expect(replaced.votes.map((v) => `${v.stage} ${v.elector}`)).toEqual(['a ann', 'a cid'])
    expect(replaced.seats.filter((s) => s.person === 'zoe').map((s) => `${s.stage} ${s.origin} ${String(s.by)}`)).toEqual([
      'b replacement hr',
      'c replacement hr',
    ])
    expect(replaced.seats.filter((s) => s.vacated === 'replaced').map((s) => s.stage)).toEqual(['b', 'c'])
    expect(replaced.changes).toEqual([
      { kind: 'replace', stage: null, person: 'ann', to: 'zoe', by: 'hr', reason: 'on leave', at: 5 },
    ])
    const other = must(
      replaceElector(voted(started(), 'cid:approve'), { person: 'ann', to: 'zoe', by: 'hr', stage: 'a', ...note }),
    )
    expect(other.votes.map((v) => v.elector)).toEqual(['cid'])
    expect(other.changes[0]?.stage).toBe('a')
  })

  it('a recusal: barred from now on; seats, votes, hearing and place in reserve are gone', () => {
    const spec = scheme({
      stages: [
        { id: 'a', mode: 'any', electors: ['sales.head'], heard: ['kaGroup.head'] },
        { id: 'b', mode: 'perDepartment', electors: ['sales.head', 'product.head'], heard: ['kaGroup.head', 'finance'] },
      ],
    })
    const before = voted(opened(spec, { electors }), 'ann:approve', 'ann:approve')
    const after = must(recuse(before, { person: 'eve', reason: 'relative', at: 6 }))
    expect(after.stages.map((s) => s.heard)).toEqual([['eve'], ['fin']])
    expect(after.reserve).toEqual([])
    expect(after.votes).toEqual(before.votes)
    expect(after.changes).toEqual([
      { kind: 'recuse', stage: null, person: 'eve', to: null, by: 'eve', reason: 'relative', at: 6 },
    ])
    const ann = must(recuse(before, { person: 'ann', reason: 'relative', at: 6 }))
    expect(ann.votes.map((v) => v.stage)).toEqual(['a'])
    expect(seatsOf(ann)).toEqual([
      'a ann sales.head sales scheme',
      'b ann sales.head sales scheme recused',
      'b cid product.head product scheme',
      'b eve sales.head sales substitute',
    ])
    expect(ann.seats.at(-1)).toMatchObject({ instead: 'ann', added: false, vacated: null })
  })

  it('nobody stands in while somebody else holds the role, nor for an added approver', () => {
    const spec = scheme({ stages: [{ id: 's', mode: 'all', electors: ['sales.head', 'product.head'] }] })
    const both = opened(spec, { electors: [...heads, ...people('sales.head:amy')] })
    expect(must(recuse(both, { person: 'ann', ...note })).seats.some((s) => s.origin === 'substitute')).toBe(false)
    const added = must(addApprover(opened(spec), { by: 'ann', person: 'zoe', ...note }))
    expect(must(recuse(added, { person: 'zoe', ...note })).seats.some((s) => s.origin === 'substitute')).toBe(false)
    expect(must(recuse(opened(spec), { person: 'ann', ...note })).seats.some((s) => s.origin === 'substitute')).toBe(true)
  })

  it('where departments count, another role of the department holds it', () => {
    const spec = scheme({
      stages: [{ id: 's', mode: 'perDepartment', electors: ['sales.head', 'sales.member', 'product.head'] }],
    })
    const approval = opened(spec, { electors: [...heads, ...people('sales.member:sam')] })
    const after = must(recuse(approval, { person: 'ann', ...note }))
    expect(after.seats.some((s) => s.origin === 'substitute')).toBe(false)
    expect(codesOf(replaceElector(after, { person: 'ann', to: 'zoe', by: 'hr', ...note }))).toEqual(['not_an_elector'])
  })
})
