import { describe, expect, it } from 'vitest'
import { lintPolicy } from '../policy/lint/index.ts'
import { parameters } from '../policy/clauses.ts'
import type { Policy } from '../policy/schema.ts'
import { factsWith, halves, policyWith, yuan } from '../scoring/testing/fixtures.ts'
import { valueAt } from './change-policy.ts'
import { cyclesOf, prepareJudge } from './judge.ts'
import { variantsOf } from './sensitivity.ts'
import { simulated } from './testing/portfolio.ts'
import { thresholds } from './thresholds.ts'
import type { SensitivityOptions } from './types.ts'

const inForce = policyWith()
const variants = (policy: Policy, options: SensitivityOptions = {}) =>
  variantsOf(prepareJudge(policy, cyclesOf('2026-H1', policy, null).draft), options)
const steps = (policy: Policy, options: SensitivityOptions) =>
  variants(policy, options).map(({ percent, before, after }) => [percent, before, after])
const valueOf = (policy: Policy | undefined, path: string): unknown => policy && valueAt(policy, path.split('.'))

describe('thresholds that are moved [GOV-05]', () => {
  it('every parameter with a row P-07 … P-33 of tiers and adjustment is one, but lookbacks', () => {
    const asked = parameters.filter(
      ({ id, path }) => /^P-(0[6-9]|1\d|20|2[5-9]|3[0-3])$/.test(id) && path !== 'currency' && !path.endsWith('lookback'),
    )
    const moved = new Set(thresholds.flatMap(({ path, joined = [] }) => [path, ...joined.map((other) => other.path)]))
    const left = asked.filter(({ path }) => ![...moved].some((one) => one === path || one.startsWith(`${path}.`)))
    expect(left.map(({ path }) => path)).toEqual([])
    expect(new Set(thresholds.map(({ path }) => path)).size).toBe(thresholds.length)
  })

  it('P-07 is the upper end of P-11, the lower end of P-11 that of P-15, the lower end of P-15 is P-19: each limit moves under all its names', () => {
    const [down] = variants(inForce, { parameters: ['tier.A.amount.min'] })
    expect(valueOf(down?.judge.policy, 'tier.A.amount.min')).toEqual({ currency: 'CNY', minor: yuan(14_400_000) })
    expect(valueOf(down?.judge.policy, 'tier.B.amount.range.to')).toEqual({ currency: 'CNY', minor: yuan(14_400_000) })
    const [, up] = variants(inForce, { parameters: ['tier.B.amount.range.from'] })
    expect(valueOf(up?.judge.policy, 'tier.C.amount.range.to')).toEqual(valueOf(up?.judge.policy, 'tier.B.amount.range.from'))
    const [, last] = variants(inForce, { parameters: ['P-15'] })
    expect(valueOf(last?.judge.policy, 'tier.D.amount.below')).toEqual(valueOf(last?.judge.policy, 'tier.C.amount.range.from'))
  })

  it('P-16, I-14: where C begins, D ends', () => {
    for (const parameter of ['P-16', 'I-14'])
      for (const { judge } of variants(inForce, { parameters: [parameter] })) {
        const { tier } = judge.policy
        expect(tier.D.frequency.belowPerYear.value).toBeCloseTo(tier.C.frequency.aboutPerYear * (1 - tier.tolerance / 100), 9)
      }
  })

  it('a ladder stays a ladder: no moved policy has gaps, overlaps or limits in the wrong order', () => {
    const ladder = ['gap', 'overlap', 'order']
    const faults = (policy: Policy) =>
      lintPolicy(policy as never).filter(({ code, path }) => ladder.includes(code) && path.startsWith('tier.'))
    expect(faults(inForce)).toEqual([])
    for (const percent of [10, 60])
      for (const { spec, judge } of variants(inForce, { percent })) {
        // Steps that end at the neighbour make a tier as narrow as can be, never an empty one.
        const amounts = faults(judge.policy).filter(({ path }) => path.includes('amount'))
        expect([spec.path, amounts]).toEqual([spec.path, []])
      }
  })

  it('no limit passes the next: the step ends there', () => {
    const narrow = policyWith(({ tier }) => {
      tier.B.amount.range.from.minor = yuan(15_500_000)
      tier.C.amount.range.to.minor = yuan(15_500_000)
    })
    expect(steps(narrow, { parameters: ['P-07'] })[0]).toEqual([-10, yuan(16_000_000), yuan(15_500_000) + 1])
  })

  it('whole numbers move by one at least; what is off or at its end does not move', () => {
    expect(steps(inForce, { parameters: ['tier.A.disputes.max'] })).toEqual([
      [-10, inForce.tier.A.disputes.max, (inForce.tier.A.disputes.max ?? 0) - 1],
      [10, inForce.tier.A.disputes.max, (inForce.tier.A.disputes.max ?? 0) + 1],
    ])
    const off = policyWith(({ tier, adjust }) => {
      tier.gates.overdueDays = null
      tier.A.disputes.max = 0
      adjust.C.down.cumulativeDrop.value = 100
    })
    expect(steps(off, { parameters: ['tier.gates'] })).toEqual([])
    expect(steps(off, { parameters: ['tier.A.disputes.max'] })).toEqual([[10, 0, 1]])
    expect(steps(off, { parameters: ['P-31'] })).toEqual([[-10, 100, 90]])
  })

  it('a limit keeps its comparison and its currency', () => {
    const [down] = variants(inForce, { parameters: ['P-28'] })
    expect(valueOf(down?.judge.policy, 'adjust.A.down.amountDrop')).toEqual({
      op: inForce.adjust.A.down.amountDrop.op,
      value: 18,
    })
  })

  it('P-07 − 10 % moves whoever stands between', async () => {
    const accounts = [299_000, 310_000, 329_000, 340_000].map((amount, i) => ({
      accountId: `a-${String(i)}`,
      facts: factsWith({ accountId: `a-${String(i)}`, purchases: halves(amount, 2, 2, 2, 2) }),
      standing: { tier: null },
    }))
    const { sensitivity } = await simulated(null, inForce, accounts, { sensitivity: { parameters: ['P-07'] } })
    // 48 orders: 14,352,000 and 14,880,000, 15,792,000 and 16,320,000 against 14,400,000 and 17,600,000.
    expect(sensitivity).toEqual([
      {
        parameter: 'tier.A.amount.min',
        number: 'P-07',
        clause: 'TIER-02',
        unit: 'money',
        joined: [{ parameter: 'tier.B.amount.range.to', number: 'P-11' }],
        currency: 'CNY',
        percent: -10,
        before: yuan(16_000_000),
        after: yuan(14_400_000),
        moved: 2,
        up: 2,
        down: 0,
        reclassified: { total: 2, up: 2, down: 0 },
      },
      expect.objectContaining({ percent: 10, after: yuan(17_600_000), moved: 1, up: 0, down: 1 }),
    ])
    expect((await simulated(null, inForce, accounts, { sensitivity: false })).sensitivity).toBeNull()
  })
})
