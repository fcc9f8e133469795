import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { outside, purity } from '../scripts/eslint/purity.mjs'
import { root } from '../scripts/lib/workspace.ts'

// The rules of architecture.md that lint enforces, each tried on a line that breaks it: a rule that lets its own example through is no rule.
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...purity, outside],
})

const complaints = async (path: string, code: string): Promise<readonly string[]> => {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: `${root}/${path}` })
  return [...new Set((result?.messages ?? []).map((message) => message.ruleId ?? message.message))]
}

const scoring = 'packages/core/src/scoring/example.ts'

describe('core is pure (architecture, rule 2)', () => {
  it.each([
    ['the clock', 'export const at = Date.now()', 'no-restricted-properties'],
    ['the clock through new Date()', 'export const at = new Date()', 'no-restricted-syntax'],
    ['the clock through Date()', 'export const at = Date()', 'no-restricted-syntax'],
    ['the clock through performance', 'export const at = performance.now()', 'no-restricted-globals'],
    ['the host zone when building a date', 'export const at = new Date(2026, 0, 1)', 'no-restricted-syntax'],
    ['the host zone when reading a date', 'export const hour = (at: Date) => at.getHours()', 'no-restricted-syntax'],
    ['the host locale', 'export const text = (n: number) => n.toLocaleString()', 'no-restricted-syntax'],
    ['random numbers', 'export const id = Math.random()', 'no-restricted-properties'],
    ['random ids', 'export const id = crypto.randomUUID()', 'no-restricted-globals'],
    ['the environment', 'export const zone = process.env.TZ', 'no-restricted-globals'],
    ['timers', 'setTimeout(() => undefined, 10)', 'no-restricted-globals'],
    ['intervals', 'setInterval(() => undefined, 10)', 'no-restricted-globals'],
    ['output', "console.log('hello')", 'no-restricted-globals'],
    ['the network', "export const got = fetch('/')", 'no-restricted-globals'],
    ['a way round', 'export const at = globalThis.Date.now()', 'no-restricted-globals'],
    ['Node', "import { readFileSync } from 'node:fs'\nexport { readFileSync }", 'no-restricted-imports'],
    ['everything of a module', "export * from './other.ts'", 'no-restricted-syntax'],
  ])('refuses %s', async (_what, code, rule) => {
    expect(await complaints(scoring, code)).toContain(rule)
  })

  it('lets pure date arithmetic through', async () => {
    const code = 'export const day = (at: number) => new Date(at).getUTCDay() + Date.UTC(2026, 0, 1)'
    expect(await complaints(scoring, code)).toEqual([])
  })

  it.each([
    'packages/core/src/runtime/host.ts',
    'packages/core/src/scoring/example.test.ts',
    'packages/core/src/conformance/cases/example.ts',
  ])('exempts %s', async (path) => {
    expect(await complaints(path, "import 'node:assert'\nexport const at = Date.now()")).toEqual([])
  })
})

describe('who may import what', () => {
  it.each([
    [scoring, 'xstate'],
    [scoring, 'date-fns'],
    [scoring, '@date-fns/tz'],
    [scoring, '@ka-governance/core'],
    ['packages/core/src/calendar/example.ts', 'xstate'],
    ['packages/core/src/workflows/complaint/example.ts', 'date-fns'],
    ['packages/core/src/workflows/complaint/example.ts', '../tier-adjustment/index.ts'],
    ['packages/core/src/workflows/tier-adjustment/example.ts', '../complaint/rules.ts'],
    ['packages/core/src/index.ts', 'xstate'],
    ['packages/adapter-memory/src/example.ts', '../../core/src/index.ts'],
    ['packages/adapter-memory/src/example.ts', '@ka-governance/core/dist/index.js'],
    ['packages/cli/src/example.ts', '@ka-governance/core/runtime'],
    ['packages/cli/src/example.ts', '../../adapter-memory/src/index.ts'],
  ])('%s may not import %s', async (path, specifier) => {
    expect(await complaints(path, `export { thing } from '${specifier}'`)).toEqual(['no-restricted-imports'])
  })

  it.each([
    ['packages/core/src/calendar/example.ts', 'date-fns'],
    ['packages/core/src/i18n/example.ts', 'date-fns'],
    ['packages/core/src/workflows/complaint/example.ts', 'xstate'],
    ['packages/core/src/workflows/complaint/example.ts', '../define-workflow.ts'],
    ['packages/core/src/ledgers/example.ts', 'xstate'],
    ['packages/core/src/runtime/example.ts', 'xstate'],
    ['packages/core/src/machines.ts', 'xstate'],
    ['packages/adapter-memory/src/example.ts', '@ka-governance/core'],
    ['packages/adapter-memory/src/example.ts', '@ka-governance/core/conformance'],
    ['packages/cli/src/example.ts', '@ka-governance/core/machines'],
  ])('%s may import %s', async (path, specifier) => {
    expect(await complaints(path, `export { thing } from '${specifier}'`)).toEqual([])
  })
})
