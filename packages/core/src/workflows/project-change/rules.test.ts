import { describe, expect, it } from 'vitest'
import {
  baselineMoved,
  mayActOnChangeApproval,
  mayAffectDepartments,
  mayAssessBeforeApproval,
  mayAssessTouchedDimension,
  mayBeEmergencyOnce,
  mayBeSupersededByAnother,
  mayChangeActiveProject,
  mayDecideAfterFailedRollback,
  mayImplementOnCurrentBaseline,
  mayReassessOnNewBaseline,
  mayUndoAndNothingElse,
} from './rules.ts'

// What keeps a change to its project, its baseline and its purpose, asked directly: every word of each refusal [CHG-01, CHG-02].

type Context = Parameters<typeof baselineMoved>[0]
const measured = (baseVersion: number | null) =>
  (baseVersion === null ? {} : { measured: { baseVersion, diff: [] } }) as unknown as Context
const asked = (rule: { check: (input: never) => readonly unknown[] }, input: object) => rule.check(input as never)

describe('a change and its baseline', () => {
  it('is measured anew only against another one', () => {
    const again = (base: number | null, version: number) =>
      asked(mayReassessOnNewBaseline, { context: measured(base), facts: { project: { version } } })
    expect(again(3, 4)).toEqual([null])
    expect(again(3, 3)).toMatchObject([{ code: 'nothing_to_change', clause: 'CHG-01', required: 'another baseline', actual: 3 }])
    expect(again(null, 3)).toEqual([null])
    expect(asked(mayReassessOnNewBaseline, { context: measured(null), facts: {} })).toMatchObject([{ actual: null }])
  })

  it('is implemented on the one that it was approved on, and told where it stands now', () => {
    const implement = (project: object | null | undefined) =>
      asked(mayImplementOnCurrentBaseline, { context: measured(3), facts: { project } })
    expect([implement({ version: 3 }), implement(null), implement(undefined)]).toEqual([[null], [null], [null]])
    expect(implement({ version: 4 })).toEqual([
      {
        rule: 'mayImplementOnCurrentBaseline',
        clause: 'CHG-02',
        code: 'baseline_changed',
        required: 3,
        actual: 4,
        remedy: { kind: 'send', command: 'reassess' },
      },
    ])
    expect(baselineMoved(measured(null), 4)).toMatchObject({ required: null, actual: 4 })
    expect(baselineMoved(measured(3), undefined)).toMatchObject({ required: 3, actual: null })
  })

  it('is superseded by another change, not by itself', () => {
    const by = (other: string) => asked(mayBeSupersededByAnother, { command: { by: other }, instanceId: 'chg-1' })
    expect(by('chg-2')).toEqual([null])
    expect(by('chg-1')).toMatchObject([{ code: 'value_not_allowed', required: 'another change', actual: 'chg-1' }])
  })
})

describe('a change and its project', () => {
  const asks = (project: object | null | undefined, command: object) =>
    asked(mayChangeActiveProject, { facts: { project }, command, context: { projectId: 'line-1' } })

  it('changes only what is under way', () => {
    expect(asks({ status: 'active' }, { type: 'apply' })).toEqual([null])
    expect(asks({ status: 'closed' }, { type: 'apply' })).toEqual([
      { rule: 'mayChangeActiveProject', clause: 'CHG-01', code: 'project_not_active', required: 'active', actual: 'closed' },
    ])
  })

  it('names the project that nobody knows: the one asked for when it opens, later its own', () => {
    const unknown = { rule: 'mayChangeActiveProject', clause: 'CHG-01', code: 'project_unknown', required: null }
    expect(asks(null, { type: 'open', projectId: 'no-such' })).toEqual([{ ...unknown, actual: 'no-such' }])
    // Asked before the form is filled in, it cannot say which.
    expect(asks(undefined, { type: 'open' })).toEqual([{ ...unknown, actual: null }])
    expect(asks(null, { type: 'apply', projectId: 'no-such' })).toEqual([{ ...unknown, actual: 'line-1' }])
  })

  it('affects departments of the policy, and tells each that is none', () => {
    const affects = (...departments: string[]) =>
      asked(mayAffectDepartments, { command: { departments }, policy: { departments: { product: {}, technical: {} } } })
    expect(affects('product', 'technical')).toEqual([])
    const unknown = { rule: 'mayAffectDepartments', clause: 'CHG-01', code: 'value_not_allowed' }
    expect(affects('canteen', 'product', 'constructor')).toEqual([
      { ...unknown, required: ['product', 'technical'], actual: 'canteen' },
      { ...unknown, required: ['product', 'technical'], actual: 'constructor' },
    ])
  })
})

describe('a change back', () => {
  it('is no emergency: one that goes back takes the ordinary way', () => {
    const applies = (of: string | null, emergency?: object) =>
      asked(mayBeEmergencyOnce, {
        context: { of },
        command: { type: 'apply', ...(emergency === undefined ? {} : { emergency }) },
      })
    expect([applies(null, { why: 'fire' }), applies(null), applies('chg-1')]).toEqual([[null], [null], [null]])
    expect(applies('chg-1', { why: 'fire' })).toEqual([
      { rule: 'mayBeEmergencyOnce', clause: 'I-17', code: 'value_not_allowed', required: [], actual: 'emergency' },
    ])
  })

  it('has the content that undoes the change, and no other', () => {
    const content = { milestones: [], resources: [], budget: {} }
    const undoes = (of: string | null, contentHash: string | null) =>
      asked(mayUndoAndNothingElse, {
        context: { of, measured: contentHash === null ? null : { contentHash } },
        command: { type: 'apply', content },
        hashOf: () => 'plan',
      })
    expect([undoes(null, 'else'), undoes('chg-1', 'plan')]).toEqual([[null], [null]])
    const refusal = {
      rule: 'mayUndoAndNothingElse',
      clause: 'CHG-02',
      code: 'value_not_allowed',
      required: [],
      actual: 'content',
      remedy: { kind: 'send', command: 'withdraw' },
    }
    expect(undoes('chg-1', 'else')).toEqual([refusal])
    expect(undoes('chg-1', null)).toEqual([refusal])
  })

  it('is under way until it came to nothing: only then something else is decided', () => {
    const decides = (rollback: object | null) =>
      asked(mayDecideAfterFailedRollback, { context: { rollback }, instanceId: 'chg-1' })
    expect(decides({ failed: { by: 'chg-2', outcome: 'withdrawn' } })).toEqual([null])
    const waits = [
      { rule: 'mayDecideAfterFailedRollback', clause: 'CHG-01', code: 'open_elsewhere', required: null, actual: 'chg-1' },
    ]
    expect([decides({ failed: null }), decides(null)]).toEqual([waits, waits])
  })
})

describe('the assessment of a change', () => {
  it('is not done anew under the hands of those who ratify, nor after they did', () => {
    const assesses = (state: string, ratification?: object) =>
      asked(mayAssessBeforeApproval, { state, context: { approvals: ratification === undefined ? {} : { ratification } } })
    const done = [
      { rule: 'mayAssessBeforeApproval', clause: 'CHG-01', code: 'already_done', required: null, actual: 'ratification' },
    ]
    expect(assesses('ratifying')).toEqual([null])
    expect(assesses('ratifying', { decision: null })).toEqual(done)
    expect(assesses('ratifying', { decision: { outcome: 'approved' } })).toEqual(done)
    // What they sent back, or rejected, is assessed again; elsewhere no ratification is waited for.
    expect(assesses('ratifying', { decision: { outcome: 'sentBack' } })).toEqual([null])
    expect(assesses('assessing', { decision: null })).toEqual([null])
  })

  it('is about the dimensions that the change touches', () => {
    const assesses = (dimension: string, measured: object | null) =>
      asked(mayAssessTouchedDimension, { command: { dimension }, context: { measured } })
    const touched = { diff: [{ dimension: 'scope', path: 'scope' }] }
    expect(assesses('scope', touched)).toEqual([null])
    const refusal = { rule: 'mayAssessTouchedDimension', clause: 'CHG-01', code: 'value_not_allowed', actual: 'quality' }
    expect(assesses('quality', touched)).toEqual([{ ...refusal, required: ['scope'] }])
    expect(assesses('quality', null)).toEqual([{ ...refusal, required: [] }])
  })

  it('leaves no approval to act on where none is waited for', () => {
    const acts = (state: string) =>
      asked(mayActOnChangeApproval, { state, command: { type: 'recuse' }, context: { approvals: {} } })
    const closed = { rule: 'mayActOnChangeApproval', clause: 'I-17', code: 'approval_closed', actual: null }
    expect(acts('drafting')).toEqual([{ ...closed, required: [] }])
    expect(acts('inApproval')).toEqual([{ ...closed, required: ['change'] }])
  })
})
