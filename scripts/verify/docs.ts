import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { codeBlocks, preludeFor, type CodeBlock } from '../lib/code-blocks.ts'
import { compareStatedResults } from '../lib/stated-results.ts'
import { root } from '../lib/workspace.ts'
import { indent, node, outcomeOf, tool, type Check, type Outcome, type Step } from './step.ts'

type Failure = Readonly<{ file: string; line: number | null; message: string }>
type Written = Readonly<{ block: CodeBlock; check: string; run: string | null; count: number }>

// Inside the checkout, so that the packages resolve as they do for a user: through node_modules to what was built.
const folder = join(root, '.cache/docs')

const where = (block: CodeBlock, line: number | null): string =>
  `${block.path}:${String(block.line + Math.max((line ?? 1) - 1, 0))}`

const write = (block: CodeBlock, index: number): Written => {
  const name = `${String(index).padStart(3, '0')}-${block.path.replace(/[^\w]+/g, '-')}`
  const prelude = preludeFor(block, relative(folder, root).replaceAll('\\', '/'))
  const check = join(folder, `${name}.check.ts`)
  writeFileSync(check, `export {}; ${prelude}${block.code}\n`)
  if (!block.run) return { block, check, run: null, count: 0 }
  const { code, count } = compareStatedResults(block.code)
  const run = join(folder, `${name}.run.ts`)
  writeFileSync(run, `export {}; ${prelude}${code}\n`)
  return { block, check, run, count }
}

const typeProblems = async (): Promise<ReadonlyMap<string, string>> => {
  const config = {
    extends: '../../tsconfig.build.json',
    compilerOptions: { types: ['node'], noUnusedLocals: false, noUnusedParameters: false, allowUnusedLabels: true },
    include: ['*.check.ts'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const done = await node([tool('typescript/bin/tsc'), '-p', folder, '--pretty', 'false'], { cwd: folder })
  const found = new Map<string, string>()
  let last = ''
  for (const line of done.output.split('\n')) {
    const match = /^([^()]+\.check\.ts)\((\d+),\d+\): error (.*)$/.exec(line)
    if (match?.[1] !== undefined) {
      last = join(folder, match[1])
      found.set(last, `${found.get(last) ?? ''}${match[2] ?? ''}: ${match[3] ?? ''}\n`)
    }
    // Errors inside a package are the step `types`' to tell.
    else if (line.startsWith('  ') && last !== '') found.set(last, `${found.get(last) ?? ''}${line}\n`)
    else if (/error TS/.test(line) && !line.includes('packages/')) found.set('', `${found.get('') ?? ''}${line}\n`)
  }
  return found
}

const wrongResults = async (written: readonly Written[]): Promise<readonly Failure[]> => {
  const jobs = written.flatMap(({ run, count }) => (run === null ? [] : [{ file: run, count }]))
  if (jobs.length === 0) return []
  const input = join(folder, 'jobs.json')
  const output = join(folder, 'failures.json')
  writeFileSync(input, JSON.stringify(jobs))
  // A zone unlike the policies': a page whose results depend on the reader's clock is wrong for most readers.
  const done = await node([join(root, 'scripts/lib/run-blocks.ts'), input, output], {
    seconds: 400,
    env: { TZ: 'America/St_Johns' },
  })
  if (done.status !== 0) return [{ file: '', line: null, message: `the blocks did not run to their end\n${done.output}` }]
  return JSON.parse(readFileSync(output, 'utf8')) as readonly Failure[]
}

const shift = (block: CodeBlock, problems: string): string =>
  problems.replace(/^(\d+): /gm, (_all, line: string) => `${where(block, Number(line))} `)

const check = async (): Promise<Outcome> => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(dirname(folder), { recursive: true })
  mkdirSync(folder)
  const blocks = codeBlocks()
  if (blocks.length === 0) return { passed: 0, failed: 0, skipped: 1, report: '   there is no documentation yet' }
  const written = blocks.filter((block) => block.check).map(write)
  const types = await typeProblems()
  const sound = written.filter(({ check: path }) => !types.has(path))
  const failures = await wrongResults(sound)

  const checks = written.map(({ block, check: path, run }): Check => {
    const typed = types.get(path)
    const wrong = failures.filter((failure) => failure.file === run)
    const problem =
      typed !== undefined
        ? shift(block, typed)
        : wrong.map((failure) => `${where(block, failure.line)}\n${failure.message}`).join('\n')
    return { name: where(block, null), problem: problem === '' ? undefined : problem }
  })
  const general = [
    ...failures.filter((failure) => failure.file === '').map((failure) => failure.message),
    types.get('') ?? '',
  ].filter((text) => text !== '')
  const reasons = blocks
    .filter((block) => block.reason !== null)
    .map((block): Check => ({
      name: `${where(block, null)} is marked`,
      problem: block.reason === '' ? 'no-check and no-run need a reason: ```ts no-run: needs an org' : undefined,
    }))
  const outcome = outcomeOf([...checks, ...reasons, ...general.map((problem): Check => ({ name: 'documentation', problem }))])
  const ran = written.filter(({ run }) => run !== null).length
  const unchecked = blocks.length - written.length
  const summary = `${String(written.length)} blocks compiled, ${String(ran)} run and compared, ${String(unchecked)} marked no-check`
  return { ...outcome, report: [indent(summary).slice(2), outcome.report].join('\n') }
}

export const docs: Step = {
  name: 'docs',
  what: 'code in pages and docstrings compiles against the packages and gives the results it states',
  needsBuild: true,
  run: check,
}
