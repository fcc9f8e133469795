// `pnpm mutation [NAME …] [--one-in=N] [--draw=M] [--again]`: changes the code of a target, or of a file of it (`sla/due.ts`), in every way that Stryker
// knows, one change at a time, and tells which changes no test notices. Without a name all targets, one after another: that takes hours, so it is no part
// of the gate. `--one-in=4` tries a quarter of the changes of each file, always the same ones; `--draw=2` another quarter. What a run found is kept in
// out/mutation/, and the next run tries only what changed since; `--again` starts afresh. docs/mutation.md says what was found.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { root } from './lib/workspace.ts'
import { askForSample, forgetUntried, inSample } from './mutation/sampled-vitest.ts'
import { isMissed, judgedAgain, scoreOf, survivorsOf, type MutantResult } from './mutation/score.ts'
import { targets, type Target } from './mutation/targets.ts'

const args = process.argv.slice(2)
const again = args.includes('--again')
const [oneIn, draw] = (['one-in', 'draw'] as const).map((flag) => {
  const given = args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3) ?? '1'
  if (/^[1-9]\d*$/.test(given)) return Number(given)
  process.stderr.write(`--${flag} takes a whole number from 1\n`)
  process.exit(2)
}) as [number, number]
const names = args.filter((arg) => !/^--(?:again$|one-in=|draw=)/.test(arg))
const holds = ({ name }: Target, asked: string): boolean => asked === name || asked.startsWith(`${name}/`)
const unknown = names.filter((name) => !targets.some((target) => holds(target, name)))
if (unknown.length > 0) {
  process.stderr.write(`no such target: ${unknown.join(', ')}; there are ${targets.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}

const inCore = (places: readonly string[]): string[] => places.map((place) => `packages/core/${place}`)

/** The changes of a target and what became of them: of a sample by the tests of the target, or of those that no test noticed by the slow ones too. */
const mutate = async ({ name, sources, tests, slow = [] }: Target, only: readonly string[], missed?: readonly MutantResult[]) => {
  const out = `out/mutation/${name.replaceAll('/', '-')}${missed === undefined ? '' : '-all-tests'}`
  if (again) rmSync(join(root, `${out}.incremental.json`), { force: true })
  mkdirSync(join(root, 'out/mutation'), { recursive: true })
  forgetUntried(join(root, `${out}.incremental.json`))
  askForSample({
    oneIn,
    draw,
    file: join(root, `${out}.sample.json`),
    ...(missed === undefined ? {} : { ids: missed.map(({ id }) => id) }),
  })
  process.env['MUTATION_TESTS'] = JSON.stringify({ include: inCore(tests), exclude: missed === undefined ? inCore(slow) : [] })
  return new Stryker({
    testRunner: 'sampled-vitest',
    plugins: ['@stryker-mutator/vitest-runner', join(root, 'scripts/mutation/sampled-vitest.ts')],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    mutate: [...inCore(only.length > 0 ? only : sources), '!**/*.test.ts', '!**/testing/**', '!**/index.ts', '!**/types.ts'],
    // A constant that is evaluated when its module loads cannot be told apart by test: the suites of its users would run whole for each.
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    // Other work on the machine must not make a slow test look like one that never ends.
    timeoutMS: 15_000,
    timeoutFactor: 5,
    incremental: true,
    incrementalFile: `${out}.incremental.json`,
    tempDirName: 'out/mutation/tmp',
    ignorePatterns: ['out', '.cache', 'api', 'coverage', '**/dist', '**/bench', 'examples'],
    reporters: ['sample', 'progress-append-only', 'json', 'html'],
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
  const all = await mutate(target, only)
  const first = inSample(all)
  const missed = first.filter(isMissed)
  const later = (target.slow ?? []).length === 0 || missed.length === 0 ? [] : inSample(await mutate(target, only, missed))
  const tried = judgedAgain(first, later)
  process.stdout.write(
    survivorsOf(tried)
      .map((line) => `${line}\n`)
      .join(''),
  )
  rows.push(scoreOf(only.length > 0 ? asked.join(', ') : target.name, tried, all))
}
process.stdout.write(`\n${rows.join('\n')}\n`)
