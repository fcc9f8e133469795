/** Tier classification, ours beside its peers, in one run: `node packages/core/bench/scoring.bench.ts`. */
import { pathToFileURL } from 'node:url'
import { ZenEngine } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import { policySchema, presets, type Tier } from '../src/policy/index.ts'
import { classifyTier, compileTierRules, tierOf, type Classification, type TierMeasures } from '../src/scoring/index.ts'

/** One line of the benchmark: `ratio` is how many times as many accounts a second ours classifies as the peer. */
export interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

/** Five factors from 0 to 100. */
interface Account {
  readonly amount: number
  readonly frequency: number
  readonly potential: number
  readonly stability: number
  readonly influence: number
}

const factors = ['amount', 'frequency', 'potential', 'stability', 'influence'] as const
/** First match wins; who matches none is D. */
const limits: readonly (readonly [Tier, Account])[] = [
  ['A', { amount: 80, frequency: 60, potential: 70, stability: 60, influence: 50 }],
  ['B', { amount: 60, frequency: 40, potential: 50, stability: 40, influence: 30 }],
  ['C', { amount: 40, frequency: 20, potential: 30, stability: 20, influence: 10 }],
]

/** Seeded accounts: good ones are good in most factors, so that all four tiers are well filled. */
function seededAccounts(count: number): Account[] {
  let state = 20_260_101
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 0x1_0000_0000
  }
  return Array.from({ length: count }, () => {
    const base = random() * 120
    const factor = (): number => Math.round(Math.min(100, Math.max(0, base + (random() - 0.5) * 30)))
    return { amount: factor(), frequency: factor(), potential: factor(), stability: factor(), influence: factor() }
  })
}

/** The same limits as a policy: every factor must reach the tier, no gates. One ladder serves both judged factors, so influence is shifted by 20. */
const policy = policySchema.parse({
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

const measuresOf = (a: Account): TierMeasures => ({
  amountA: a.amount,
  amountB: a.amount,
  amountC: a.amount,
  perMonth: a.frequency,
  perQuarter: a.frequency,
  perYear: a.frequency,
  potential: a.potential,
  potentialStale: false,
  influence: a.influence + 20,
  influenceStale: false,
  years: a.stability,
  disputesA: 0,
  disputesB: 0,
  disputesC: 0,
  overdueDays: 0,
  seriousDispute: false,
  provisional: false,
  isKeyAccount: true,
  currentTier: null,
})

/** The peer nobody beats: thresholds in code, so a change of policy is a change of program. */
function byHand(a: Account): Tier {
  if (a.amount >= 80 && a.frequency >= 60 && a.potential >= 70 && a.stability >= 60 && a.influence >= 50) return 'A'
  if (a.amount >= 60 && a.frequency >= 40 && a.potential >= 50 && a.stability >= 40 && a.influence >= 30) return 'B'
  if (a.amount >= 40 && a.frequency >= 20 && a.potential >= 30 && a.stability >= 20 && a.influence >= 10) return 'C'
  return 'D'
}

/** json-rules-engine: one rule a tier by priority; no event means D. */
function rulesEngine(): (a: Account) => Promise<Tier> {
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

/** zen-engine in its fastest form: one call, a decision table that loops over the accounts itself. */
function zenTable(): (accounts: readonly Account[]) => Promise<Tier[]> {
  const cells = (tier: Tier, limit: Account | null) => ({
    _id: `rule-${tier}`,
    ...Object.fromEntries(factors.map((f) => [f, limit === null ? '' : `>= ${limit[f]}`])),
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

/** Fails on the first account on which two disagree: a race against a wrong answer proves nothing. */
function requireAgreement(who: string, found: readonly Tier[], expected: readonly Tier[]): void {
  if (found.length !== expected.length) throw new Error(`${who} answered ${found.length} of ${expected.length} accounts`)
  const at = expected.findIndex((tier, i) => tier !== found[i])
  if (at >= 0) throw new Error(`${who} disagrees on account ${at}: ${String(found[at])} instead of ${String(expected[at])}`)
}

/** Seconds of each: the median of the passes after a warm-up. They take turns, so that what else the machine does falls on all of them. */
function secondsOf<N extends string>(passes: number, loops: Readonly<Record<N, () => unknown>>): Record<N, number> {
  const names = Object.keys(loops) as N[]
  const seconds = new Map<N, number[]>(names.map((name) => [name, []]))
  for (let pass = -3; pass < passes; pass++)
    for (const name of names) {
      const start = performance.now()
      const last = loops[name]()
      if (pass >= 0) seconds.get(name)?.push((performance.now() - start) / 1000)
      // Keeps the loop's work from being dropped as unused.
      if (last === undefined) throw new Error(`${name} classified nothing`)
    }
  const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN
  return Object.fromEntries(names.map((name) => [name, median(seconds.get(name) ?? [])])) as Record<N, number>
}

async function timed<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const start = performance.now()
  const result = await run()
  return { result, seconds: (performance.now() - start) / 1000 }
}

/**
 * Classifies `count` seeded accounts with and without reasons, and with a hand-written if-chain, json-rules-engine and zen-engine; all must
 * agree on every account. Ratios compare what ran in this one call; nothing is asserted about time.
 */
export async function benchScoring(count = 100_000): Promise<Row[]> {
  const accounts = seededAccounts(count)
  const measures = accounts.map(measuresOf)
  const rules = compileTierRules(policy)
  const expected = accounts.map(byHand)
  requireAgreement(
    'tierOf',
    measures.map((m) => tierOf(m, rules)),
    expected,
  )
  requireAgreement(
    'classifyTier',
    measures.map((m) => classifyTier(m, rules).tier),
    expected,
  )

  const seconds = secondsOf(9, {
    chain: () => {
      let tier: Tier | undefined
      for (const account of accounts) tier = byHand(account)
      return tier
    },
    plain: () => {
      let tier: Tier | undefined
      for (const m of measures) tier = tierOf(m, rules)
      return tier
    },
    reasons: () => {
      let result: Classification | undefined
      for (const m of measures) result = classifyTier(m, rules)
      return result
    },
  })

  const askEngine = rulesEngine()
  const engine = await timed(async () => {
    const found: Tier[] = []
    for (const account of accounts) found.push(await askEngine(account))
    return found
  })
  requireAgreement('json-rules-engine', engine.result, expected)
  const zen = await timed(() => zenTable()(accounts))
  requireAgreement('zen-engine', zen.result, expected)

  const peers = { 'if-chain': seconds.chain, 'json-rules-engine': engine.seconds, 'zen-engine, one call': zen.seconds }
  const split = { A: 0, B: 0, C: 0, D: 0 }
  for (const tier of expected) split[tier]++
  const perSecond = (s: number): string => `${Math.round(count / s).toLocaleString('en-US')}/s`
  return Object.entries({ tierOf: seconds.plain, 'classifyTier (reasons)': seconds.reasons }).flatMap(([name, ours]) =>
    Object.entries(peers).map(([peer, theirs]) => ({
      name: `scoring ${name} vs ${peer}`,
      ratio: theirs / ours,
      note: `times as many accounts a second; ${count} accounts, all agree on A ${split.A}, B ${split.B}, C ${split.C}, D ${split.D}`,
      detail: `ours ${perSecond(ours)}, ${peer} ${perSecond(theirs)}`,
    })),
  )
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const { name, ratio, detail } of await benchScoring())
    console.log(`${name.padEnd(52)} ${ratio.toFixed(2).padStart(8)}x  ${detail}`)
