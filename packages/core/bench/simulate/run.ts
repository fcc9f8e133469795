// One measured run in a process of its own: `node --max-old-space-size=400 run.ts simulate|classify COUNT`. Prints what it took, as JSON.
import { getHeapStatistics } from 'node:v8'
import { presets, loadPolicy, type Policy } from '../../src/policy/index.ts'
import { cycleById } from '../../src/policy/cycle.ts'
import { classifyAccounts } from '../../src/scoring/index.ts'
import { finishSimulation, simulatePortfolio, type SimulatedAccount } from '../../src/what-if/index.ts'
import { seededPortfolio } from '../scoring/accounts.ts'

/** What a run answers. */
export interface Run {
  readonly seconds: number
  readonly peakRss: number
  readonly peakHeap: number
  readonly movers: number
  /** Results that the thresholds, each moved alone, would change: all of them together. */
  readonly changed: number
}

const inForce = loadPolicy(presets.manufacturerCn)
const preset = presets.manufacturerCn
/** A draft as an admin would write one: a lower P-07, a lower cut-off, another rule for falling. */
const draft: Policy = loadPolicy({
  ...preset,
  version: '2.0',
  tier: {
    ...preset.tier,
    A: { ...preset.tier.A, amount: { ...preset.tier.A.amount, min: 'CNY 12,000,000' } },
    B: { ...preset.tier.B, amount: { ...preset.tier.B.amount, range: { ...preset.tier.B.amount.range, to: 'CNY 12,000,000' } } },
    cutoffs: { ...inForce.tier.cutoffs, A: 3.3 },
  },
  adjust: { ...preset.adjust, B: { ...preset.adjust.B, down: { ...preset.adjust.B.down, amountDrop: 25 } } },
})
const tiers = ['A', 'B', 'C', 'D', null] as const

function* accounts(count: number): Generator<SimulatedAccount, void, undefined> {
  let i = 0
  for (const facts of seededPortfolio(count)) {
    yield { accountId: facts.accountId, manager: `u-${String(i % 400)}`, facts, standing: { tier: tiers[i % 5] ?? null } }
    i++
  }
}

let peakHeap = 0
const look = (): void => {
  peakHeap = Math.max(peakHeap, getHeapStatistics().used_heap_size)
}

async function simulate(count: number): Promise<Pick<Run, 'movers' | 'changed'>> {
  const result = await finishSimulation(simulatePortfolio({ inForce, draft, cycle: '2026-H1', accounts: accounts(count) }), look)
  if (result.accounts.total !== count || result.accounts.failed > 0) throw new Error(JSON.stringify(result.accounts))
  return {
    movers: result.movers.total,
    changed: result.sensitivity?.reduce((sum, row) => sum + row.reclassified.total, 0) ?? 0,
  }
}

function classify(count: number): Pick<Run, 'movers' | 'changed'> {
  const cycle = cycleById('2026-H1', inForce.cycle)
  let done = 0
  for (const { classification } of classifyAccounts(seededPortfolio(count), inForce, cycle)) {
    if (classification.parts.length !== 5) throw new Error('a classification without its parts')
    done++
    if (done % 1_000 === 0) look()
  }
  if (done !== count) throw new Error(`${String(done)} of ${String(count)}`)
  return { movers: 0, changed: 0 }
}

const [what, count] = [process.argv[2], Number(process.argv[3])]
if (what === 'simulate' || what === 'classify') {
  const start = performance.now()
  const found = what === 'simulate' ? await simulate(count) : classify(count)
  const seconds = (performance.now() - start) / 1000
  // Kilobytes on every platform.
  const run: Run = { seconds, peakRss: process.resourceUsage().maxRSS * 1024, peakHeap, ...found }
  process.stdout.write(JSON.stringify(run))
}
