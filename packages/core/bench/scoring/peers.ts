// The same decision in the engines that people would take for it. Limits: first match wins; who matches none is D.
import { ZenEngine } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import { policySchema, presets, type Policy, type Tier } from '../../src/policy/index.ts'
import type { TierMeasures } from '../../src/scoring/index.ts'
import type { Factors } from './accounts.ts'

const factors = ['amount', 'frequency', 'potential', 'stability', 'influence'] as const
const limits: readonly (readonly [Tier, Factors])[] = [
  ['A', { amount: 80, frequency: 60, potential: 70, stability: 60, influence: 50 }],
  ['B', { amount: 60, frequency: 40, potential: 50, stability: 40, influence: 30 }],
  ['C', { amount: 40, frequency: 20, potential: 30, stability: 20, influence: 10 }],
]

/** The limits as a policy: every factor must reach the tier, no gates. */
export const tablePolicy: Policy = policySchema.parse({
  ...presets.manufacturerCn,
  tier: {
    ...presets.manufacturerCn.tier,
    A: {
      amount: { lookback: 2, min: 'CNY 0.80' },
      frequency: { minPerMonth: 60 },
      relationship: { minYears: { op: '>=', value: 60 } },
      disputes: { max: null },
    },
    B: {
      amount: { lookback: 2, range: { from: 'CNY 0.60', to: 'CNY 0.80' } },
      frequency: { minPerQuarter: 40 },
      relationship: { minYears: 40 },
      disputes: { max: null },
    },
    C: {
      amount: { lookback: 2, range: { from: 'CNY 0.40', to: 'CNY 0.60' } },
      frequency: { aboutPerYear: 20 },
      relationship: { aboutYears: 20 },
      disputes: { max: null },
    },
    tolerance: 0,
    judged: { A: 70, B: 50, C: 30 },
    combine: 'all',
    gates: { amountD: false, aboveAmount: null, overdueDays: null, seriousDispute: false },
  },
})

const at = (value: number | null, least: number): boolean => value !== null && value >= least

/** The peer nobody beats: thresholds in code, over the same objects, so a change of policy is a change of program. */
export function tableByHand(m: TierMeasures): Tier {
  if (at(m.amountA, 80) && at(m.perMonth, 60) && at(m.potential, 70) && at(m.years, 60) && at(m.influence, 70)) return 'A'
  if (at(m.amountB, 60) && at(m.perQuarter, 40) && at(m.potential, 50) && at(m.years, 40) && at(m.influence, 50)) return 'B'
  if (at(m.amountC, 40) && at(m.perYear, 20) && at(m.potential, 30) && at(m.years, 20) && at(m.influence, 30)) return 'C'
  return 'D'
}

/** The preset of a manufacturer by hand: weighted points, cut-offs, gates; accounts of which everything is known and none has a tier to hold. */
export function presetByHand(m: TierMeasures): Tier {
  const amount = at(m.amountA, 1_600_000_000) ? 4 : at(m.amountB, 300_000_000) ? 3 : at(m.amountC, 60_000_000) ? 2 : 1
  if (amount === 1) return 'D'
  const frequency = at(m.perMonth, 2) ? 4 : at(m.perQuarter, 3) ? 3 : at(m.perYear, 4) ? 2 : 1
  const potential = at(m.potential, 80) ? 4 : at(m.potential, 60) ? 3 : at(m.potential, 40) ? 2 : 1
  const years = m.years ?? 0
  const stability =
    years > 3 && m.disputesA <= 1 ? 4 : years >= 2 && m.disputesB <= 3 ? 3 : years >= 0.8 && m.disputesC <= 6 ? 2 : 1
  const influence = at(m.influence, 80) ? 4 : at(m.influence, 60) ? 3 : at(m.influence, 40) ? 2 : 1
  // In hundredths, so that no decimal noise needs rounding.
  const points = 40 * amount + 15 * frequency + 20 * potential + 15 * stability + 10 * influence
  const rank = points >= 350 ? 4 : points >= 250 ? 3 : points >= 150 ? 2 : 1
  const capped = Math.min(rank, amount + 1, (m.overdueDays ?? 0) > 90 || m.seriousDispute ? 2 : 4)
  return capped >= 4 ? 'A' : capped === 3 ? 'B' : capped === 2 ? 'C' : 'D'
}

/** json-rules-engine: one rule a tier by priority; no event means D. */
export function rulesEngine(): (a: Factors) => Promise<Tier> {
  const engine = new Engine()
  limits.forEach(([tier, limit], i) => {
    const all = factors.map((fact) => ({ fact, operator: 'greaterThanInclusive', value: limit[fact] }))
    engine.addRule({
      conditions: { all },
      event: { type: tier },
      priority: 10 - i,
      onSuccess: () => {
        engine.stop()
      },
    })
  })
  return async (a) => ((await engine.run({ ...a })).events[0]?.type ?? 'D') as Tier
}

/** zen-engine in its fastest form: a decision table that loops over the accounts of one call itself. */
export function zenTable(): (accounts: readonly Factors[]) => Promise<Tier[]> {
  const cells = (tier: Tier, limit: Factors | null) => ({
    _id: `rule-${tier}`,
    ...Object.fromEntries(factors.map((f) => [f, limit === null ? '' : `>= ${String(limit[f])}`])),
    tier: JSON.stringify(tier),
  })
  const content = {
    hitPolicy: 'first',
    inputs: factors.map((f) => ({ id: f, name: f, field: f })),
    outputs: [{ id: 'tier', name: 'tier', field: 'tier' }],
    rules: [...limits.map(([tier, limit]) => cells(tier, limit)), cells('D', null)],
    inputField: 'accounts',
    outputPath: 'results',
    executionMode: 'loop',
    passThrough: false,
  }
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in' },
      { id: 'table', type: 'decisionTableNode', name: 'table', content },
      { id: 'out', type: 'outputNode', name: 'out' },
    ],
    edges: [
      { id: 'e1', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'e2', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  })
  return async (accounts) => {
    const { result } = (await decision.evaluate({ accounts })) as { result: { results: { tier: Tier }[] } }
    return result.results.map((row) => row.tier)
  }
}
