import { join } from 'node:path'
import { root } from '../lib/workspace.ts'
import { node, single, tool, type Step } from './step.ts'

export const format: Step = {
  name: 'format',
  what: 'prettier --check (mend with `pnpm format`)',
  run: () => single(node([tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])),
}

export const lint: Step = {
  name: 'lint',
  what: 'eslint: strict types, purity of core, who may import what',
  run: () => single(node([tool('eslint/bin/eslint.js'), '.', '--max-warnings', '0'], { seconds: 900 })),
}

export const types: Step = {
  name: 'types',
  what: 'tsc over packages, tests, scripts and examples',
  run: () => single(node([tool('typescript/bin/tsc'), '-p', 'tsconfig.json', '--pretty', 'false'])),
}

export const build: Step = {
  name: 'build',
  what: 'every package from scratch, ES modules and declarations',
  run: () => single(node([join(root, 'scripts/build.ts'), '--force'])),
}
