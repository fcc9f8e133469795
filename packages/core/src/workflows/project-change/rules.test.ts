import { describe, expect, it } from 'vitest'
import { baselineMoved, mayBeSupersededByAnother, mayImplementOnCurrentBaseline, mayReassessOnNewBaseline } from './rules.ts'

// What a baseline that moves does to a change, asked directly [CHG-01, CHG-02].

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
