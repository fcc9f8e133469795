import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../lib/workspace.ts'
import { indent, node, tool, type Outcome, type Step } from './step.ts'

type Report = Readonly<{
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  success: boolean
}>

/** Runs vitest under a zone: results may not depend on where the host stands (architecture, "time is an argument"). */
const suite = async (zone: string, args: readonly string[]): Promise<Outcome> => {
  const file = join(root, '.cache/vitest', `${zone.replaceAll('/', '-')}.json`)
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const done = await node(
    [tool('vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args],
    {
      env: { TZ: zone },
      seconds: 1500,
    },
  )
  let report: Report
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return { passed: 0, failed: 1, report: indent(done.output) }
  }
  // A file that does not load has no tests to fail; the exit code is the witness that nothing is missed.
  const failed = report.numFailedTests === 0 && (done.status !== 0 || !report.success) ? 1 : report.numFailedTests
  const skipped = report.numPendingTests + report.numTodoTests
  return { passed: report.numPassedTests, failed, skipped, ...(failed > 0 ? { report: indent(done.output) } : {}) }
}

const timeful = ['calendar', 'sla', 'policy', 'scoring', 'i18n'].map((folder) => `packages/core/src/${folder}/`)

export const tests: readonly Step[] = [
  { name: 'tests:UTC', what: 'the whole suite', run: () => suite('UTC', []) },
  {
    name: 'tests:America/New_York',
    what: 'what depends on time, west of UTC and with daylight saving',
    run: () => suite('America/New_York', timeful),
  },
  { name: 'tests:Asia/Shanghai', what: 'what depends on time, east of UTC', run: () => suite('Asia/Shanghai', timeful) },
]
