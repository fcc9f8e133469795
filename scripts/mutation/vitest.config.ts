// What Stryker runs: the suite's own configuration with the tests of one target and fewer runs of each property.
import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'
import suite from '../../vitest.config.ts'

const asked = process.env['MUTATION_TESTS']
if (asked === undefined) throw new Error('MUTATION_TESTS names no tests: run `pnpm mutation`')
const tests = JSON.parse(asked) as Readonly<{ include: string[]; exclude: string[] }>

const isSlow = (file: TestSpecification): boolean => readFileSync(file.moduleId, 'utf8').includes("from 'fast-check'")

/** The first failure ends the run of a mutant: the examples, which are quick, go before the properties. */
class ExamplesFirst extends BaseSequencer {
  override async sort(asked: TestSpecification[]): Promise<TestSpecification[]> {
    const files = [...asked].sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1))
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)]
  }
}

const { test } = suite

export default defineConfig({
  ...suite,
  test: {
    ...test,
    include: tests.include,
    exclude: ['**/node_modules/**', ...tests.exclude],
    setupFiles: [...[test?.setupFiles ?? []].flat(), './scripts/mutation/few-runs.ts'],
    isolate: false,
    sequence: { sequencer: ExamplesFirst },
  },
})
