import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { entries, packages, readJson, root } from '../lib/workspace.ts'
import { outcomeOf, type Check, type Step } from './step.ts'

type Ceiling = Readonly<{ gzipKB: number; reason: string }>

const limits = (): Readonly<Record<string, Ceiling>> => {
  const path = join(root, 'size-limits.json')
  return existsSync(path) ? (readJson(path) as Record<string, Ceiling>) : {}
}

/** What an entry adds to a host's bundle: everything of ours behind it, minified and compressed, the dependencies left out. */
const gzipped = async (entry: string): Promise<number> => {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    write: false,
    logLevel: 'silent',
    // Not this workspace's tsconfig: its paths lead to the sources.
    tsconfigRaw: {},
  })
  return gzipSync(built.outputFiles[0]?.contents ?? new Uint8Array()).length / 1000
}

export const size: Step = {
  name: 'size',
  what: 'each entry, minified and compressed, under its ceiling (size-limits.json, with reasons)',
  needsBuild: true,
  run: async () => {
    const ceilings = limits()
    const all = packages().flatMap((item) => entries(item))
    const measured = await Promise.all(
      all.map(async (entry): Promise<Check & { line: string }> => {
        const ceiling = ceilings[entry.specifier]
        const kB = await gzipped(entry.code)
        const line = `   ${entry.specifier.padEnd(34)} ${kB.toFixed(1).padStart(6)} kB gzip of ${String(ceiling?.gzipKB ?? '?')}`
        if (ceiling === undefined || ceiling.reason.trim() === '')
          return { name: entry.specifier, problem: 'has no ceiling with a reason in size-limits.json', line }
        const over = kB > ceiling.gzipKB
        return {
          name: entry.specifier,
          problem: over
            ? `${kB.toFixed(1)} kB is over ${String(ceiling.gzipKB)} kB. Was a dependency bundled? If the growth is wanted, raise the number and say why.`
            : undefined,
          line,
        }
      }),
    )
    const stale = Object.keys(ceilings).filter((name) => !all.some((entry) => entry.specifier === name))
    const outcome = outcomeOf([
      ...measured,
      ...stale.map((name): Check => ({ name, problem: 'has a ceiling but is no entry of a package' })),
    ])
    return { ...outcome, report: [...measured.map((row) => row.line), outcome.report].join('\n') }
  },
}
