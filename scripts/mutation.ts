// `pnpm mutation [NAME …] [--again]`: changes the code of a target, or of a file of it (`sla/due.ts`), in every way that Stryker knows, one change at
// a time, and tells which changes no test notices. Without a name all targets, one after another: that takes hours, so it is no part of the gate. What
// a run found is kept in out/mutation/, and the next run tries only what changed since; `--again` starts afresh. docs/mutation.md says what was found.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { root } from './lib/workspace.ts'
import { scoreOf, survivorsOf } from './mutation/score.ts'
import { targets, type Target } from './mutation/targets.ts'

const args = process.argv.slice(2)
const again = args.includes('--again')
const names = args.filter((arg) => arg !== '--again')
const holds = ({ name }: Target, asked: string): boolean => asked === name || asked.startsWith(`${name}/`)
const unknown = names.filter((name) => !targets.some((target) => holds(target, name)))
if (unknown.length > 0) {
  process.stderr.write(`no such target: ${unknown.join(', ')}; there are ${targets.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}

const inCore = (places: readonly string[]): string[] => places.map((place) => `packages/core/${place}`)

const mutate = async ({ name, sources, tests, without = [] }: Target, only: readonly string[]) => {
  const out = `out/mutation/${name.replaceAll('/', '-')}`
  if (again) rmSync(join(root, `${out}.incremental.json`), { force: true })
  process.env['MUTATION_TESTS'] = JSON.stringify({ include: inCore(tests), exclude: inCore(without) })
  return new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    mutate: [...inCore(only.length > 0 ? only : sources), '!**/*.test.ts', '!**/testing/**', '!**/index.ts', '!**/types.ts'],
    // A constant that is evaluated when its module loads cannot be told apart by test: the suites of its users would run whole for each.
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: 5000,
    incremental: true,
    incrementalFile: `${out}.incremental.json`,
    tempDirName: 'out/mutation/tmp',
    ignorePatterns: ['out', '.cache', 'api', 'coverage', '**/dist', '**/bench', 'examples'],
    reporters: ['progress-append-only', 'json', 'html'],
    jsonReporter: { fileName: `${out}.json` },
    htmlReporter: { fileName: `${out}.html` },
    disableTypeChecks: false,
    allowConsoleColors: false,
  }).runMutationTest()
}

const rows: string[] = []
for (const target of targets) {
  const asked = names.filter((name) => holds(target, name))
  if (names.length > 0 && asked.length === 0) continue
  const only = asked.includes(target.name) ? [] : asked.map((file) => `src/${file}`)
  const results = await mutate(target, only)
  process.stdout.write(
    survivorsOf(results)
      .map((line) => `${line}\n`)
      .join(''),
  )
  rows.push(scoreOf(only.length > 0 ? asked.join(', ') : target.name, results))
}
process.stdout.write(`\n${rows.join('\n')}\n`)
