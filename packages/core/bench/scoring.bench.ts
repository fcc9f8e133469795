/**
 * Tier classification of a million accounts, ours beside its peers, in one run: `node packages/core/bench/scoring.bench.ts`. Nothing is asserted about
 * time; everything is asserted about the answers.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pathToFileURL } from 'node:url'
import { cycleById, loadPolicy, presets, type Policy, type Tier } from '../src/policy/index.ts'
import {
  classifyAccounts,
  classifyTier,
  compileTierRules,
  tierOf,
  type Classification,
  type TierMeasures,
} from '../src/scoring/index.ts'
import { measuresOf, seededFactors, seededMeasures, seededPortfolio } from './scoring/accounts.ts'
import { presetByHand, rulesEngine, tableByHand, tablePolicy, zenTable } from './scoring/peers.ts'
import { perSecond, secondsOf, timed } from './scoring/timing.ts'

/** One line of the benchmark: `ratio` is how many times as many accounts a second ours classifies as the peer. */
export interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

/** Fails on the first account on which two disagree: a race against a wrong answer proves nothing. */
function requireAgreement(who: string, found: readonly Tier[], expected: readonly Tier[]): void {
  if (found.length !== expected.length)
    throw new Error(`${who} answered ${String(found.length)} of ${String(expected.length)} accounts`)
  const at = expected.findIndex((tier, i) => tier !== found[i])
  if (at >= 0)
    throw new Error(`${who} disagrees on account ${String(at)}: ${String(found[at])} instead of ${String(expected[at])}`)
}

const splitOf = (tiers: readonly Tier[]): string => {
  const split = { A: 0, B: 0, C: 0, D: 0 }
  for (const tier of tiers) split[tier]++
  return `A ${String(split.A)}, B ${String(split.B)}, C ${String(split.C)}, D ${String(split.D)}`
}

/** The three loops over the same objects: by hand, the tier alone, and with full reasons. */
function loopsOver(measures: readonly TierMeasures[], policy: Policy, byHand: (m: TierMeasures) => Tier) {
  const rules = compileTierRules(policy)
  return {
    hand: () => {
      let tier: Tier | undefined
      for (const m of measures) tier = byHand(m)
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
  }
}

function requireSameTiers(measures: readonly TierMeasures[], policy: Policy, byHand: (m: TierMeasures) => Tier): Tier[] {
  const rules = compileTierRules(policy)
  const expected = measures.map(byHand)
  requireAgreement('tierOf', measures.map((m) => tierOf(m, rules)), expected) // prettier-ignore
  requireAgreement('classifyTier', measures.map((m) => classifyTier(m, rules).tier), expected) // prettier-ignore
  return expected
}

/**
 * Classifies `count` seeded accounts with and without reasons beside a hand-written loop over the same objects, and beside json-rules-engine and zen-engine
 * on the first of them, as many as take seconds. Every engine must agree on every account that it is asked about.
 */
export async function benchScoring(count = 1_000_000): Promise<Row[]> {
  const factors = seededFactors(count)
  const measures = factors.map(measuresOf)
  const expected = requireSameTiers(measures, tablePolicy, tableByHand)
  const seconds = secondsOf(5, loopsOver(measures, tablePolicy, tableByHand))

  const forEngine = factors.slice(0, Math.min(count, 30_000))
  const askEngine = rulesEngine()
  const engine = await timed(async () => {
    const found: Tier[] = []
    for (const account of forEngine) found.push(await askEngine(account))
    return found
  })
  requireAgreement('json-rules-engine', engine.result, expected.slice(0, forEngine.length))
  const forZen = factors.slice(0, Math.min(count, 100_000))
  const zen = await timed(() => zenTable()(forZen))
  requireAgreement('zen-engine', zen.result, expected.slice(0, forZen.length))

  const peers = [
    { peer: 'hand-written loop, same objects', each: seconds.hand / count, asked: count },
    { peer: 'json-rules-engine', each: engine.seconds / forEngine.length, asked: forEngine.length },
    { peer: 'zen-engine, one call', each: zen.seconds / forZen.length, asked: forZen.length },
  ]
  const note = `times as many accounts a second; decision table, ${splitOf(expected)}, all agree`
  return Object.entries({ tierOf: seconds.plain, 'classifyTier (full reasons)': seconds.reasons }).flatMap(([name, ours]) =>
    peers.map(({ peer, each, asked }) => ({
      name: `scoring ${name} vs ${peer}`,
      ratio: each / (ours / count),
      note,
      detail: `ours ${perSecond(count, ours)} on ${count.toLocaleString('en-US')}, peer ${perSecond(1, each)} on ${asked.toLocaleString('en-US')}`,
    })),
  )
}

/** The same race under the preset of a manufacturer: weighted factors, cut-offs and gates, which no decision table holds. */
export function benchPreset(count = 1_000_000): Row[] {
  const policy = loadPolicy(presets.manufacturerCn)
  const measures = seededMeasures(count)
  const expected = requireSameTiers(measures, policy, presetByHand)
  const seconds = secondsOf(5, loopsOver(measures, policy, presetByHand))
  return Object.entries({ tierOf: seconds.plain, 'classifyTier (full reasons)': seconds.reasons }).map(([name, ours]) => ({
    name: `scoring ${name} vs the preset by hand, same objects`,
    ratio: seconds.hand / ours,
    note: `times as many accounts a second; weighted, gates, ${splitOf(expected)}, all agree`,
    detail: `ours ${perSecond(count, ours)}, by hand ${perSecond(count, seconds.hand)}, on ${count.toLocaleString('en-US')}`,
  }))
}

const betweenCollections = 5_000

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`

/**
 * Purchases in, explained classes out, one account at a time: what is alive while ten thousand, a hundred thousand and a million accounts pass must not grow. Alive:
 * the heap right after a collection, taken every five thousand accounts; peak: the heap as it stands just before one, with the garbage of five thousand accounts in it.
 */
export function benchStream(counts: readonly number[] = [10_000, 100_000, 1_000_000]): Row[] {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const policy = loadPolicy(presets.manufacturerCn)
  const cycle = cycleById('2026-H1', policy.cycle)
  const heap = (): number => getHeapStatistics().used_heap_size
  let first: number | undefined
  return counts.map((count) => {
    let seen = 0
    let alive = 0
    let used = 0
    let collecting = 0
    collect()
    const before = heap()
    const start = performance.now()
    for (const { classification } of classifyAccounts(seededPortfolio(count), policy, cycle)) {
      if (classification.parts.length !== 5) throw new Error('a classification without its five factors')
      seen += 1
      if (seen % betweenCollections !== 0) continue
      const pause = performance.now()
      used = Math.max(used, heap() - before)
      collect()
      alive = Math.max(alive, heap() - before)
      collecting += performance.now() - pause
    }
    const seconds = (performance.now() - start - collecting) / 1000
    if (seen !== count) throw new Error(`${String(seen)} of ${String(count)} accounts came out`)
    first ??= used
    return {
      name: `scoring streamed, ${count.toLocaleString('en-US')} accounts`,
      ratio: used / first,
      note: 'times the peak heap of the first row: facts with up to 24 orders each, made as they are asked for, classified with full reasons',
      detail: `peak heap ${megabytes(used)}, alive after a collection ${megabytes(alive)}, ${perSecond(count, seconds)}`,
    }
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const run of [benchScoring, benchPreset, benchStream])
    for (const { name, ratio, detail } of await run())
      console.log(`${name.padEnd(70)} ${ratio.toFixed(2).padStart(8)}x  ${detail}`)
