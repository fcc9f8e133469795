import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../errors/index.ts'
import {
  addApprover,
  copyTo,
  giveOpinion,
  openApproval,
  outcomeOf,
  timeOut,
  vote,
  voidApproval,
  type Approval,
  type ApprovalResult,
} from './index.ts'
import {
  acts,
  anyChoice,
  barred,
  electors,
  makers,
  names,
  openings,
  person,
  play,
  position,
  stage,
} from './testing/arbitraries.ts'
import { basis, scheme } from './testing/fixtures.ts'

const runs = { numRuns: 400 }

describe('properties of an approval', () => {
  it('no maker and no barred person is ever counted, nor votes for another', () => {
    fc.assert(
      fc.property(openings, acts, (opening, list) => {
        play(opening, list, (approval) => {
          const out = new Set([...approval.makers, ...approval.barred.map((b) => b.person)])
          for (const seat of approval.seats.filter(
            (s) => s.vacated === null && approval.stages.some((x) => x.id === s.stage && x.status === 'open'),
          ))
            expect(out.has(seat.person)).toBe(false)
          const made = new Set(approval.makers)
          const open = new Set(approval.stages.filter((s) => s.status === 'open').map((s) => s.id))
          for (const v of approval.votes)
            for (const name of v.chain) expect((open.has(v.stage) ? out : made).has(name)).toBe(false)
        })
      }),
      runs,
    )
  })

  it('one hand, one vote: in a stage nobody casts two', () => {
    fc.assert(
      fc.property(openings, acts, (opening, list) => {
        play(opening, list, (approval) => {
          for (const { id } of approval.stages) {
            const here = approval.votes.filter((v) => v.stage === id)
            expect(new Set(here.map((v) => v.by)).size).toBe(here.length)
            expect(new Set(here.map((v) => v.elector)).size).toBe(here.length)
          }
        })
      }),
      runs,
    )
  })

  it('a decision never changes once reached, and what is decided or void accepts nothing', () => {
    fc.assert(
      fc.property(openings, acts, acts, (opening, list, more) => {
        const last = play(opening, list, (_, before) => {
          if (before !== null) expect(before.decision).toBeNull()
        })
        if (last === null) return
        const voided = voidApproval(last, 'edited', 99)
        if (!voided.ok) throw new Error('an open or decided approval can be voided')
        expect(voided.approval.decision).toEqual(last.decision)
        for (const act of more) {
          expect(act(voided.approval, 100)).toMatchObject({ ok: false, failures: [{ code: 'approval_closed', actual: 'void' }] })
          if (last.decision !== null) expect(act(last, 100)).toMatchObject({ ok: false, failures: [{ code: 'approval_closed' }] })
        }
      }),
      runs,
    )
  })

  it('time-outs, copies and opinions never decide or move a stage', () => {
    fc.assert(
      fc.property(openings, acts, person, (opening, list, who) => {
        const approval = play(opening, list, () => undefined)
        if (approval === null) return
        const quiet: readonly ApprovalResult[] = [
          ...approval.stages.map((s) => timeOut(approval, s.id, 99)),
          copyTo(approval, { by: who, people: [who], at: 99 }),
          giveOpinion(approval, { person: who, opinion: 'concern', comment: 'x', at: 99 }),
        ]
        for (const result of quiet)
          if (result.ok) {
            expect(outcomeOf(result.approval).outcome).toBe(outcomeOf(approval).outcome)
            expect(result.approval.stages).toEqual(approval.stages)
          }
      }),
      runs,
    )
  })

  it('adding an approver never brings an approval nearer', () => {
    const ballot = fc.subarray(names)
    fc.assert(
      fc.property(openings, acts, person, position, ballot, (opening, list, by, where, approving) => {
        const approval = play(opening, list, () => undefined)
        if (approval === null) return
        const added = addApprover(approval, { by, person: 'zoe', position: where, reason: 'x', at: 99 })
        if (!added.ok) return
        expect(added.approval.decision).toBeNull()
        const all = (start: Approval, voters: readonly string[]): Approval => {
          let current = start
          // Twice, as a later stage opens only when an earlier one has passed.
          for (const name of [...voters, ...voters]) {
            const next = vote(current, { person: name, choice: 'approve', basis, at: 100 })
            if (next.ok) current = next.approval
          }
          return current
        }
        const withThem = all(added.approval, ['zoe', ...approving, 'zoe', ...approving]).decision?.outcome
        if (withThem === 'approved') expect(all(approval, approving).decision?.outcome).toBe('approved')
        expect(all(added.approval, names).decision?.outcome).not.toBe('approved')
      }),
      runs,
    )
  })

  it('in a parallel stage without veto the order of votes does not matter for approval', () => {
    const single = stage('one').map((s) => scheme({ order: 'parallel', stages: [{ ...s, veto: [] }] }))
    const opening = fc.record({ scheme: single, electors, makers, barred, basis: fc.constant(basis), at: fc.constant(0) })
    const ballot = fc.uniqueArray(fc.record({ person, choice: anyChoice }), { selector: (v) => v.person, maxLength: 8 })
    const orders = ballot.chain((b) => fc.tuple(fc.constant(b), fc.shuffledSubarray(b, { minLength: b.length })))
    fc.assert(
      fc.property(opening, orders, (input, [first, second]) => {
        const result = openApproval(input)
        if (!result.ok) return
        const tell = (list: typeof first) => {
          let approval = result.approval
          for (const v of list) {
            const next = vote(approval, { ...v, comment: 'because', basis, at: 1 })
            if (next.ok) approval = next.approval
          }
          return outcomeOf(approval).outcome
        }
        const [a, b] = [tell(first), tell(second)]
        expect(a === 'approved').toBe(b === 'approved')
        expect(a === 'pending').toBe(b === 'pending')
      }),
      runs,
    )
  })

  it('an approval that opens can be approved, and stays so unless somebody refuses or leaves', () => {
    fc.assert(
      fc.property(openings, (opening) => {
        const result = openApproval(opening)
        if (!result.ok) return
        let approval = result.approval
        expect(outcomeOf(approval).outcome).toBe('pending')
        for (let round = 0; round < 2; round += 1)
          for (const name of names) {
            const next = vote(approval, { person: name, choice: 'approve', basis, at: 1 })
            if (next.ok) approval = next.approval
          }
        expect(outcomeOf(approval).outcome).toBe('approved')
      }),
      runs,
    )
  })

  it('the cases above are real: openings succeed, and every outcome is reached', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(openings, acts, (opening, list) => {
        const last = play(opening, list, () => undefined)
        const outcome = last === null ? 'closed' : outcomeOf(last).outcome
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      }),
      { numRuns: 1_000, seed: 7 },
    )
    for (const outcome of ['approved', 'rejected', 'sentBack', 'pending', 'blocked'])
      expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(5)
    expect(seen.get('closed') ?? 0).toBeLessThan(700)
  })

  it('every failure has a code of the catalogue, states are JSON and bounded', () => {
    fc.assert(
      fc.property(openings, acts, (opening, list) => {
        const start = openApproval(opening)
        const check = (result: ApprovalResult): void => {
          if (result.ok) return
          expect(result.failures.length).toBeGreaterThan(0)
          for (const failure of result.failures) expect(refusalCodes).toContain(failure.code)
        }
        check(start)
        if (!start.ok) return
        let approval = start.approval
        for (const act of list) {
          const next = act(approval, 5)
          check(next)
          if (next.ok) approval = next.approval
        }
        expect(JSON.parse(JSON.stringify(approval))).toEqual(approval)
        expect(outcomeOf(approval).stages.length).toBe(approval.stages.length)
      }),
      runs,
    )
  })
})
