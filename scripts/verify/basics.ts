import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Findings } from '../lib/sources.ts'
import { root } from '../lib/workspace.ts'
import { indent, node, single, tool, type Outcome, type Step } from './step.ts'

export const format: Step = {
  name: 'format',
  what: 'prettier --check (mend with `pnpm format`)',
  run: () => single(node([tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])),
}

const findings = join(root, '.cache/sources.json')
let reading: Promise<Findings | string> | undefined

/** What types and lint find, in one process, once a gate; or why it did not come to an end. */
const read = async (): Promise<Findings | string> => {
  mkdirSync(dirname(findings), { recursive: true })
  rmSync(findings, { force: true })
  const done = await node([join(root, 'scripts/lib/sources.ts'), findings], { seconds: 900 })
  return done.status === 0 ? (JSON.parse(readFileSync(findings, 'utf8')) as Findings) : done.output
}

const found = async (kind: keyof Findings): Promise<Outcome> => {
  const all = await (reading ??= read())
  const report = typeof all === 'string' ? all || 'ended without a word' : all[kind]
  return report === '' ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, report: indent(report) }
}

export const lint: Step = {
  name: 'lint',
  what: 'eslint: strict types, purity of core, who may import what',
  run: () => found('lint'),
}

export const types: Step = {
  name: 'types',
  what: 'tsc over packages, tests, scripts and examples, read once with lint',
  run: () => found('types'),
}

export const build: Step = {
  name: 'build',
  what: 'every package from scratch, ES modules and declarations',
  run: () => single(node([join(root, 'scripts/build.ts'), '--force'])),
}
