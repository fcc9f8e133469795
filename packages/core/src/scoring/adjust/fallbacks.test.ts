import { describe, expect, it } from 'vitest'
import type { Tier } from '../../policy/index.ts'
import { policyWith } from '../testing/fixtures.ts'
import type { Classification } from '../types.ts'
import { fallbackDown } from './fallback-down.ts'
import { fallbackUp } from './fallback-up.ts'

const policy = policyWith()
const of = (tier: Tier) => ({ tier }) as Classification

describe('fallback up: a class above the tier [ADJ-04]', () => {
  const asked = { name: 'class', kind: 'number', parameter: 'adjust.fallbackUp', unit: 'tierRank', op: '>', required: 2 }
  const outcome = (actual: number | null, met: boolean | null) => ({
    rule: 'fallbackUp',
    clause: 'ADJ-04',
    outcome: met === null ? 'notRun' : met ? 'met' : 'notMet',
    conditions: [{ ...asked, actual, met, ...(met === null ? { reason: 'notJudged' } : {}) }],
  })

  it('says what was asked and what was found', () => {
    expect(fallbackUp('C', of('B'), policy, true)).toStrictEqual(outcome(3, true))
    expect(fallbackUp('C', of('C'), policy, true)).toStrictEqual(outcome(2, false))
    expect(fallbackUp('C', of('B'), policy, false)).toStrictEqual(outcome(null, null))
  })

  it('is asked only where no rule lifts, and where the policy wants it', () => {
    const none = policyWith((p) => (p.adjust.fallbackUp = 'none'))
    const target = policyWith((p) => (p.adjust.upRulesName = 'target'))
    expect([fallbackUp('A', of('A'), policy, true), fallbackUp('B', of('A'), policy, true)]).toEqual([null, null])
    expect([fallbackUp('C', of('B'), none, true), fallbackUp('C', of('B'), target, true)]).toEqual([null, null])
    // Under `target` no rule lifts into C, and none above A.
    expect([fallbackUp('D', of('C'), target, true)?.outcome, fallbackUp('A', of('A'), target, true)]).toEqual(['met', null])
  })
})

describe('fallback down: two reviews in a row below the tier [I-34]', () => {
  const asked = { kind: 'number', parameter: 'adjust.fallbackDown', unit: 'tierRank', op: '<', required: 3 }
  const before = (tier: Tier, held?: boolean) => ({ cycle: '2025-H2', tier, ...(held === undefined ? {} : { held }) })

  it('says what was asked and what was found', () => {
    expect(fallbackDown('B', of('C'), before('D'), policy, true)).toStrictEqual({
      rule: 'fallbackDown',
      clause: 'I-34',
      outcome: 'met',
      conditions: [
        { name: 'class', ...asked, actual: 2, met: true },
        { name: 'classBefore', ...asked, actual: 1, met: true },
      ],
    })
    expect(fallbackDown('B', of('C'), before('B'), policy, true)?.outcome).toBe('notMet')
  })

  it.each([
    ['there was no review before', true, undefined, [true, null], [undefined, 'insufficientHistory']],
    ['the review before was held', true, before('C', true), [true, null], [undefined, 'insufficientHistory']],
    ['the class waits for a judgement', false, before('C', false), [null, true], ['notJudged', undefined]],
  ] as const)('does not run where %s', (_, ready, earlier, met, reasons) => {
    const rule = fallbackDown('B', of('C'), earlier, policy, ready)
    expect(rule?.outcome).toBe('notRun')
    expect(rule?.conditions.map((c) => c.met)).toEqual(met)
    expect(rule?.conditions.map((c) => c.reason)).toEqual(reasons)
  })

  it('lowers nobody from D, and nobody where the policy says so', () => {
    const none = policyWith((p) => (p.adjust.fallbackDown = 'none'))
    expect([fallbackDown('D', of('D'), before('D'), policy, true), fallbackDown('B', of('C'), before('C'), none, true)]).toEqual([
      null,
      null,
    ])
  })
})
