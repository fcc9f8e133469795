import { join } from 'node:path'
import { root } from '../lib/workspace.ts'
import { node, single, type Step } from './step.ts'

export const generated: Step = {
  name: 'generated',
  what: 'diagrams and tables in docs/ are those of the machines (refresh with `pnpm diagrams`)',
  needsBuild: true,
  run: () => single(node([join(root, 'scripts/render-machines.ts'), '--check'])),
}
