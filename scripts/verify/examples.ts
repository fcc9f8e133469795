import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { files, repoPath, root } from '../lib/workspace.ts'
import { node, outcomeOf, type Check, type Step } from './step.ts'

/** `examples/NN-name.ts` (or `.cjs`), or `examples/NN-name/index.ts`: each is one command, and needs nothing but the built packages. */
export const exampleFiles = (): readonly string[] => files(['examples/[0-9][0-9]-*.{ts,cjs}', 'examples/[0-9][0-9]-*/index.ts'])

const runs = async (path: string): Promise<Check> => {
  const done = await node([join(root, path)], { cwd: join(root, 'examples'), seconds: 60 })
  const silent = done.status === 0 && done.output.trim() === ''
  return {
    name: path,
    problem:
      done.status !== 0
        ? `exit ${String(done.status)}\n${done.output}`
        : silent
          ? 'prints nothing: an example shows its result'
          : undefined,
  }
}

const hasAnEntry = (): readonly Check[] =>
  files('examples/[0-9][0-9]-*/*')
    .map((path) => dirname(path))
    .filter((folder, index, all) => all.indexOf(folder) === index)
    .filter((folder) => !existsSync(join(root, folder, 'index.ts')))
    .map((folder) => ({ name: repoPath(join(root, folder)), problem: 'has no index.ts to run' }))

export const examples: Step = {
  name: 'examples',
  what: 'each example runs and ends with 0',
  needsBuild: true,
  run: async () => {
    const checks: Check[] = [...hasAnEntry()]
    for (const path of exampleFiles()) checks.push(await runs(path))
    return checks.length === 0 ? { passed: 0, failed: 0, skipped: 1, report: '   there are no examples yet' } : outcomeOf(checks)
  },
}
