/**
 * A draft tried on a million accounts as they stream by, beside the plain classification of the same accounts: `node packages/core/bench/simulate.bench.ts`. Each runs in a
 * process of its own with 400 MB of heap, so that what does not fit ends the run. Nothing is asserted about time.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { perSecond } from './scoring/timing.ts'
import type { Run } from './simulate/run.ts'

interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

const heapMegabytes = 400
const mostRss = 512 * 1024 * 1024
const script = fileURLToPath(new URL('./simulate/run.ts', import.meta.url))
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`

async function run(what: 'simulate' | 'classify', count: number): Promise<Run> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${String(heapMegabytes)}`,
    script,
    what,
    String(count),
  ])
  return JSON.parse(stdout) as Run
}

/** The simulation judges under two policies, moves every threshold both ways, and reckons rebates; a classification does the first of these once. */
export async function benchSimulate(count = 1_000_000): Promise<readonly Row[]> {
  const plain = await run('classify', count)
  const simulated = await run('simulate', count)
  if (simulated.movers === 0 || simulated.changed === 0) throw new Error('the draft moves nobody: nothing was measured')
  if (simulated.peakRss > mostRss) throw new Error(`the simulation took ${megabytes(simulated.peakRss)}`)
  const memory = ({ peakRss, peakHeap }: Run): string => `peak rss ${megabytes(peakRss)}, heap ${megabytes(peakHeap)}`
  return [
    {
      name: `simulate, ${count.toLocaleString('en-US')} accounts streamed`,
      ratio: simulated.seconds / plain.seconds,
      note: `times as long as classifying them with reasons: two policies, ${simulated.movers.toLocaleString('en-US')} movers, each threshold moved both ways (${simulated.changed.toLocaleString('en-US')} results change), rebates`,
      detail: `${memory(simulated)} (allowed: heap ${String(heapMegabytes)} MB), ${perSecond(count, simulated.seconds)}`,
    },
    {
      name: 'classify, the same accounts',
      ratio: 1,
      note: 'one policy, with full reasons, nothing compared',
      detail: `${memory(plain)}, ${perSecond(count, plain.seconds)}`,
    },
  ]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const { name, ratio, note, detail } of await benchSimulate(Number(process.argv[2] ?? 1_000_000)))
    process.stdout.write(`${name}: ${ratio.toFixed(1)} × (${detail}) ${note}\n`)
