import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { closure, entries, packages, readJson, root } from '../lib/workspace.ts'
import { outcomeOf, type Check, type Step } from './step.ts'

type Ceiling = Readonly<{ gzipKB: number; reason: string }>

const limits = (): Readonly<Record<string, Ceiling>> => {
  const path = join(root, 'size-limits.json')
  return existsSync(path) ? (readJson(path) as Record<string, Ceiling>) : {}
}

/** What a host loads of ours when it imports an entry, without the dependencies: all files behind it, joined and compressed. */
const gzipped = (entry: string): number =>
  gzipSync(Buffer.concat(closure(entry).files.map((path) => readFileSync(path)))).length / 1000

export const size: Step = {
  name: 'size',
  what: 'each entry under its ceiling (size-limits.json, each number with its reason)',
  needsBuild: true,
  run: () => {
    const ceilings = limits()
    const all = packages().flatMap((item) => entries(item))
    const measured = all.map((entry): Check & { line: string } => {
      const ceiling = ceilings[entry.specifier]
      const kB = gzipped(entry.code)
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
    })
    const stale = Object.keys(ceilings).filter((name) => !all.some((entry) => entry.specifier === name))
    const outcome = outcomeOf([
      ...measured,
      ...stale.map((name): Check => ({ name, problem: 'has a ceiling but is no entry of a package' })),
    ])
    return { ...outcome, report: [...measured.map((row) => row.line), outcome.report].join('\n') }
  },
}
