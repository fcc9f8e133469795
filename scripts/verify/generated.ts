import { join } from 'node:path'
import { root } from '../lib/workspace.ts'
import { node, outcomeOf, type Check, type Step } from './step.ts'

/** What writes committed files: `--check` compares, and says what is stale. */
const writers: readonly (readonly [name: string, script: string])[] = [
  ['diagrams and tables of the workflows', 'scripts/render-machines.ts'],
  ['metadata of Salesforce', 'packages/adapter-salesforce/scripts/write-project.ts'],
]

export const generated: Step = {
  name: 'generated',
  what: 'diagrams and tables in docs/ are those of the machines (`pnpm diagrams`), the metadata that of the adapter (`pnpm metadata`)',
  needsBuild: true,
  run: async () =>
    outcomeOf(
      await Promise.all(
        writers.map(async ([name, script]): Promise<Check> => {
          const { status, output } = await node([join(root, script), '--check'])
          return { name, problem: status === 0 ? undefined : output }
        }),
      ),
    ),
}
