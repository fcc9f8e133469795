// `pnpm verify`: everything that CI runs, in one command. `pnpm verify lint tests` runs only the steps named.
// Every step runs even after a failure, so that one run tells all; steps that need the built packages are skipped when the build failed.
// The last line is `N passed, N failed`: vitest's tests plus the gate's own checks.
import { apiReports } from './verify/api.ts'
import { build, format, lint, types } from './verify/basics.ts'
import { docs } from './verify/docs.ts'
import { examples } from './verify/examples.ts'
import { generated } from './verify/generated.ts'
import { packaging } from './verify/packaging.ts'
import { reference } from './verify/reference.ts'
import { size } from './verify/size.ts'
import type { Outcome, Step } from './verify/step.ts'
import { tests } from './verify/tests.ts'

// Two lanes at a time: what reads the sources, and what needs the build. Each lane runs its steps in order.
const lanes: readonly (readonly Step[])[] = [
  [format, lint, types, reference],
  [build, packaging, size, apiReports, generated, docs, examples, ...tests],
]
const steps = lanes.flat()

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !steps.some((step) => step.name === name || step.name.startsWith(`${name}:`)))
if (unknown.length > 0) {
  process.stderr.write(`no such step: ${unknown.join(', ')}; there are ${steps.map((step) => step.name).join(', ')}\n`)
  process.exit(2)
}
const chosen =
  asked.length === 0
    ? steps
    : steps.filter((step) => asked.some((name) => step.name === name || step.name.startsWith(`${name}:`)))

type Row = Readonly<{ step: Step; outcome: Outcome; seconds: number }>

const run = async (step: Step): Promise<Outcome> => {
  try {
    return await step.run()
  } catch (error) {
    return { passed: 0, failed: 1, report: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const counts = ({ passed, failed, skipped = 0 }: Outcome): string =>
  [`${String(passed)} passed`, `${String(failed)} failed`, ...(skipped > 0 ? [`${String(skipped)} skipped`] : [])].join(', ')

const rows: Row[] = []
let buildFailed = false

const perform = async (step: Step): Promise<void> => {
  const started = performance.now()
  const outcome =
    step.needsBuild === true && buildFailed ? { passed: 0, failed: 0, skipped: 1, report: '   needs the build' } : await run(step)
  const seconds = (performance.now() - started) / 1000
  if (step === build) buildFailed = outcome.failed > 0
  rows.push({ step, outcome, seconds })
  // Heading and findings together, when the step is over: the lanes would mix them otherwise.
  const report = outcome.report?.trimEnd() ?? ''
  const verdict = outcome.failed > 0 ? 'FAILED' : outcome.passed === 0 ? 'skipped' : 'ok'
  say(
    `\n── ${step.name} · ${step.what}${report === '' ? '' : `\n${report}`}\n   ${verdict} · ${counts(outcome)} · ${seconds.toFixed(1)} s`,
  )
}

await Promise.all(
  lanes.map(async (lane) => {
    for (const step of lane) if (chosen.includes(step)) await perform(step)
  }),
)
rows.sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step))

const total = rows.reduce<Required<Omit<Outcome, 'report'>>>(
  (sum, { outcome }) => ({
    passed: sum.passed + outcome.passed,
    failed: sum.failed + outcome.failed,
    skipped: sum.skipped + (outcome.skipped ?? 0),
  }),
  { passed: 0, failed: 0, skipped: 0 },
)

say('')
const width = Math.max(...rows.map(({ step }) => step.name.length))
for (const { step, outcome, seconds } of rows) {
  const mark = outcome.failed > 0 ? '✗' : outcome.passed === 0 ? '–' : '✓'
  say(`${mark} ${step.name.padEnd(width)}  ${`${seconds.toFixed(1)} s`.padStart(8)}  ${counts(outcome)}`)
}
say('')
if (total.skipped > 0) say(`${String(total.skipped)} skipped, with the reason at each`)
say(`${String(total.passed)} passed, ${String(total.failed)} failed`)
process.exitCode = total.failed > 0 ? 1 : 0
