import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../lib/workspace.ts'
import { indent, node, tool, type Outcome, type Step } from './step.ts'

type Report = Readonly<{
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  success: boolean
}>

const cache = join(root, '.cache/vitest')

/** Runs vitest under a zone: results may not depend on where the host stands (architecture, "time is an argument"). */
const suite = async (zone: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> => {
  const file = join(cache, `${zone.replaceAll('/', '-')}.json`)
  mkdirSync(cache, { recursive: true })
  rmSync(file, { force: true })
  const done = await node(
    [tool('vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...args],
    {
      env: { TZ: zone, ...env },
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

/** The files that asked for the host's zone when the whole suite ran, as patterns of vitest; undefined while it has not. */
let readers: readonly string[] | undefined

const everything = async (): Promise<Outcome> => {
  const list = join(cache, 'zone-readers.txt')
  rmSync(list, { force: true })
  const outcome = await suite('UTC', [], { ZONE_READERS: list })
  const heard = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : []
  readers = [...new Set(heard)].map((path) => (path === '*' ? path : relative(root, path).replaceAll('\\', '/')))
  // The listener's own test asks in every way there is: who did not hear that has heard nothing.
  if (readers.includes('test/host-zone.test.ts')) return outcome
  const deaf = '   nobody listened to who asks for the zone of the host (test/support/host-zone.ts)'
  return {
    ...outcome,
    failed: outcome.failed + 1,
    report: [outcome.report, deaf].filter((text) => text !== undefined).join('\n'),
  }
}

/** What asked for the zone, and what is about time; the whole suite when nobody listened, or a shared module asked. */
const elsewhere = (zone: string): Promise<Outcome> =>
  suite(
    zone,
    readers === undefined || readers.includes('*') ? [] : ['packages/core/src/calendar/', 'packages/core/src/sla/', ...readers],
  )

export const tests: readonly Step[] = [
  { name: 'tests:UTC', what: 'the whole suite', run: everything },
  {
    name: 'tests:America/New_York',
    what: 'what asked for the zone or is about time, west of UTC and with daylight saving',
    run: () => elsewhere('America/New_York'),
  },
  {
    name: 'tests:Asia/Shanghai',
    what: 'what asked for the zone or is about time, east of UTC',
    run: () => elsewhere('Asia/Shanghai'),
  },
]
