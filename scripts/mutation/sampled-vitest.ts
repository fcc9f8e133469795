// Plug-ins of Stryker for a sample: as soon as all changes are known, the reporter chooses and notes those to try; the runner answers at once for all
// others. A checker would do, but Stryker starts a second worker for it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Stryker } from '@stryker-mutator/core'
import { strykerPlugins as vitest } from '@stryker-mutator/vitest-runner'
import { repoPath } from '../lib/workspace.ts'
import { sampleOf } from './sample.ts'

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number]
type Mutant = Omit<MutantResult, 'status'> & Readonly<{ status?: MutantResult['status'] }>

/** What a run is told by its environment, as the runner is another process: how many to choose, or just which, and where to note them. */
type Asked = Readonly<{ oneIn: number; draw: number; file: string; ids?: readonly string[] }>
const asked = (): Asked => {
  const text = process.env['MUTATION_SAMPLE']
  if (text === undefined) throw new Error('MUTATION_SAMPLE names no sample: run `pnpm mutation`')
  return JSON.parse(text) as Asked
}
export const askForSample = (sample: Asked): void => {
  process.env['MUTATION_SAMPLE'] = JSON.stringify(sample)
}

const notTried = 'not in the sample'

const chosen = (): ReadonlySet<string> => new Set(JSON.parse(readFileSync(asked().file, 'utf8')) as string[])

/** The results of the sample. */
export const inSample = (results: readonly MutantResult[]): readonly MutantResult[] => {
  const sample = chosen()
  return results.filter(({ id }) => sample.has(id))
}

/** Takes out of what a run kept what it did not try, so that the next one may. */
export const forgetUntried = (file: string): void => {
  if (!existsSync(file)) return
  const report = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, { mutants: { statusReason?: string }[] }> }
  for (const kept of Object.values(report.files)) kept.mutants = kept.mutants.filter((mutant) => mutant.statusReason !== notTried)
  writeFileSync(file, JSON.stringify(report))
}

const choosing = Object.assign(
  () => ({
    onMutationTestingPlanReady: ({ mutantPlans }: Readonly<{ mutantPlans: readonly Readonly<{ mutant: Mutant }>[] }>): void => {
      const changes = mutantPlans
        .filter(({ mutant }) => mutant.status !== 'Ignored')
        .map(({ mutant }) => ({ ...mutant, file: repoPath(mutant.fileName) }))
      const { oneIn, draw, file, ids = [...sampleOf(oneIn, changes, draw)] } = asked()
      writeFileSync(file, JSON.stringify(ids))
    },
  }),
  { inject: [] },
)

type Runner = { mutantRun: (options: Readonly<{ activeMutant: Mutant }>) => Promise<object> }
const [plugin] = vitest as unknown as readonly { factory: { inject: readonly string[] } & ((injector: unknown) => Runner) }[]
if (plugin === undefined) throw new Error('the runner of Vitest is not where it was')
const { factory } = plugin

const sampling = Object.assign(
  (injector: unknown): Runner => {
    const runner = factory(injector)
    const whole = runner.mutantRun.bind(runner)
    let sample: ReadonlySet<string> | null = null
    runner.mutantRun = async (options) =>
      (sample ??= chosen()).has(options.activeMutant.id) ? whole(options) : { status: 'error', errorMessage: notTried }
    return runner
  },
  { inject: factory.inject },
)

/** Stryker finds its plug-ins by this name. */
export const strykerPlugins = [
  { kind: 'Reporter', name: 'sample', factory: choosing },
  { kind: 'TestRunner', name: 'sampled-vitest', factory: sampling },
]
