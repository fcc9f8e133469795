import fc from 'fast-check'
import type { ApprovalSchemeSpec } from '../../policy/approval-scheme.ts'
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
  type Approval,
  type ApprovalResult,
  type Delegation,
} from '../index.ts'
import { basis, scheme } from './fixtures.ts'

const roles = ['sales.head', 'product.head', 'service.head', 'kaGroup.head']
export const names = ['ann', 'ben', 'cid', 'dan', 'eve', 'fay', 'gus', 'hal']
export const person = fc.constantFrom(...names)

export const stage = (id: string) =>
  fc.record({
    id: fc.constant(id),
    mode: fc.constantFrom('any', 'all', 'nOfM', 'perDepartment'),
    electors: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }),
    n: fc.integer({ min: 1, max: 3 }),
    required: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 1 }),
    veto: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 1 }),
    heard: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 1 }),
  })
const schemes: fc.Arbitrary<ApprovalSchemeSpec> = fc
  .record({
    order: fc.constantFrom('sequential', 'parallel'),
    stages: fc.tuple(stage('one'), stage('two')).chain((s) => fc.constantFrom([s[0]], [...s])),
  })
  .map((input) => scheme({ ...input, stages: [...input.stages] }))
export const electors = fc.array(fc.record({ person, role: fc.constantFrom(...roles) }), { minLength: 4, maxLength: 16 })
export const makers = fc.uniqueArray(person, { maxLength: 2 })
export const barred = fc.uniqueArray(person, { maxLength: 1 }).map((list) => list.map((p) => ({ person: p, because: 'named' })))
export const openings = fc.record({ scheme: schemes, electors, makers, barred, basis: fc.constant(basis), at: fc.constant(0) })
const delegations: fc.Arbitrary<readonly Delegation[]> = fc.array(
  fc.record({ from: person, to: person, since: fc.constant(0), until: fc.integer({ min: 0, max: 60 }) }),
  { maxLength: 6 },
)

export type Act = (approval: Approval, at: number) => ApprovalResult
export const choice = fc.oneof(
  { weight: 7, arbitrary: fc.constant('approve' as const) },
  { weight: 1, arbitrary: fc.constantFrom('reject' as const, 'sendBack' as const) },
)
export const anyChoice = fc.constantFrom('approve', 'reject', 'sendBack')
export const position = fc.constantFrom('before', 'after', 'parallel')
const votes: fc.Arbitrary<Act> = fc
  .record({
    person,
    choice,
    comment: fc.constant('because'),
    onBehalfOf: fc.option(person, { nil: undefined, freq: 3 }),
    delegations,
    good: fc.integer({ min: 0, max: 9 }),
  })
  .map(
    ({ onBehalfOf, good, ...input }) =>
      (approval, at) =>
        vote(approval, { ...input, at, basis: good > 0 ? basis : 'other', ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }),
  )
const others: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ by: person, person, position, reason: fc.constant('x') }).map(
    (input): Act =>
      (a, at) =>
        addApprover(a, { ...input, at }),
  ),
  fc.record({ person, to: person, reason: fc.constant('x') }).map(
    (input): Act =>
      (a, at) =>
        transferVote(a, { ...input, at }),
  ),
  fc.record({ person, reason: fc.constant('x') }).map(
    (input): Act =>
      (a, at) =>
        recuse(a, { ...input, at }),
  ),
  fc.record({ person, to: person, by: person, reason: fc.constant('x') }).map(
    (input): Act =>
      (a, at) =>
        replaceElector(a, { ...input, at }),
  ),
  fc.record({ by: person, people: fc.array(person) }).map(
    (input): Act =>
      (a, at) =>
        copyTo(a, { ...input, at }),
  ),
  fc.record({ person, opinion: fc.constant('support' as const), comment: fc.constant('x') }).map(
    (input): Act =>
      (a, at) =>
        giveOpinion(a, { ...input, at }),
  ),
  fc.constantFrom('one', 'two', 'three').map(
    (id): Act =>
      (a, at) =>
        timeOut(a, id, at),
  ),
)
export const acts = fc.array(fc.oneof({ weight: 3, arbitrary: votes }, { weight: 1, arbitrary: others }), { maxLength: 40 })

/** Plays acts from an opening; `watch` sees every state. */
export function play(
  opening: Parameters<typeof openApproval>[0],
  list: readonly Act[],
  watch: (approval: Approval, before: Approval | null) => void,
): Approval | null {
  const result = openApproval(opening)
  if (!result.ok) return null
  let approval = result.approval
  watch(approval, null)
  list.forEach((act, index) => {
    const next = act(approval, index + 1)
    if (!next.ok) return
    watch(next.approval, approval)
    approval = next.approval
  })
  return approval
}
