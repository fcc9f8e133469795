import { describe, expect, it } from 'vitest'
import { cycles, importEdges, moduleGraph, type ImportEdge } from '../scripts/lib/module-graph.ts'
import { files, isShipped, root } from '../scripts/lib/workspace.ts'

// Which way imports go in core. A folder may import from those named behind it; what is not named is upward, and upward fails.
//
//   errors ← rules, calendar, policy, sla, approvals ← definition, scoring, baselines, ledgers ← workflows ← runtime ← index
//   scoring, policy, sla, approvals, calendar ← what-if ← runtime: what a draft of the policy would do, without a store
//   errors ← ports ← runtime                            errors, ports ← conformance
//   errors, calendar, policy ← i18n: the words for a policy's units, tiers and parameters; what else it names it knows by type only
//   runtime, i18n ← create-governance: the runtime knows no texts, answers to people who act in the CRM need some
//   definition, runtime, i18n ← forms: what people fill in and print is made of the definitions' schemas, in words; nothing in core needs it
const basis = ['errors', 'rules', 'calendar', 'policy', 'sla', 'approvals']
const middle = [...basis, 'definition', 'scoring', 'baselines', 'ledgers']
const may: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  rules: basis,
  calendar: basis,
  policy: basis,
  sla: basis,
  approvals: basis,
  ports: ['errors'],
  definition: middle,
  scoring: middle,
  baselines: [...basis, 'definition'],
  ledgers: middle,
  workflows: middle,
  'what-if': [...basis, 'scoring'],
  runtime: [...middle, 'ports', 'workflows', 'what-if'],
  i18n: ['errors', 'calendar', 'policy'],
  forms: [...middle, 'runtime', 'i18n'],
  conformance: ['errors', 'ports'],
  'machines.ts': ['ledgers', 'workflows'],
  'create-governance.ts': ['runtime', 'i18n'],
  'index.ts': [...middle, 'ports', 'workflows', 'what-if', 'runtime', 'create-governance.ts', 'i18n', 'forms'],
}
const mayByType: Readonly<Record<string, readonly string[]>> = { i18n: [...middle, 'ports', 'workflows', 'what-if', 'runtime'] }

const source = 'packages/core/src/'
const placeOf = (path: string): string => path.slice(source.length).split('/')[0] ?? ''
/** Workflows are closed towards each other, so each counts as a place of its own there. */
const workflowOf = (path: string): string | null => /^workflows\/([^/]+)\//.exec(path.slice(source.length))?.[1] ?? null

const problemOf = (edge: ImportEdge): string | null => {
  if (edge.to === null) return null
  if (!edge.to.startsWith(source)) return 'leaves core'
  const [from, to] = [placeOf(edge.from), placeOf(edge.to)]
  const allowed = may[from]
  if (allowed === undefined) return `${from} has no layer: name it in test/layers.test.ts`
  if (from === to) {
    const [own, other] = [workflowOf(edge.from), workflowOf(edge.to)]
    return own !== null && other !== null && own !== other ? 'workflows never import each other' : null
  }
  if (allowed.includes(to) || (edge.typeOnly && mayByType[from]?.includes(to) === true)) return null
  return `${from} lies below ${to}`
}

const edges = moduleGraph(root, files(`${source}**/*.ts`).filter(isShipped))
const inside = edges.filter((edge): edge is ImportEdge & { to: string } => edge.to?.startsWith(source) === true)

describe('imports in core point one way', () => {
  it('no file imports from a layer above its own', () => {
    const problems = edges.map((edge) => ({ edge, problem: problemOf(edge) })).filter(({ problem }) => problem !== null)
    expect(problems.map(({ edge, problem }) => `${edge.from} imports ${edge.specifier}: ${String(problem)}`)).toEqual([])
  })

  it('no files load each other in a circle (types alone load nothing)', () => {
    expect(
      cycles(inside.filter((edge) => !edge.typeOnly).map((edge) => [edge.from, edge.to] as const)).map((path) =>
        path.join(' → '),
      ),
    ).toEqual([])
  })

  it('no folders import each other in a circle', () => {
    expect(cycles(inside.map((edge) => [placeOf(edge.from), placeOf(edge.to)] as const)).map((path) => path.join(' → '))).toEqual(
      [],
    )
  })

  it('the machines bring no policy reader, calendar, scoring or texts along: not even through the index of a folder', () => {
    const loaded = new Set([`${source}machines.ts`])
    for (const from of loaded) for (const edge of inside) if (edge.from === from && !edge.typeOnly) loaded.add(edge.to)
    const places = new Set([...loaded].map(placeOf))
    expect([...places].sort()).toEqual([
      'approvals',
      'definition',
      'errors',
      'ledgers',
      'machines.ts',
      'policy',
      'rules',
      'scoring',
      'workflows',
    ])
    expect(
      [...loaded]
        .filter((path) => /\/(policy|scoring)\//.test(path))
        .filter((path) => !path.includes('workflows/') && !path.includes('ledgers/'))
        .sort(),
    ).toEqual([`${source}policy/parts.ts`, `${source}scoring/scales/service-level.ts`])
    expect([...loaded].filter((path) => path.endsWith('/prepare.ts'))).toEqual([])
  })

  it('every folder of core has a layer, and every layer has a folder or file', () => {
    const places = new Set(files(`${source}**/*.ts`).map(placeOf))
    expect([...places].filter((place) => may[place] === undefined)).toEqual([])
  })
})

describe('the check sees what it should', () => {
  const judge = (path: string, code: string): readonly (string | null)[] => importEdges(`${source}${path}`, code).map(problemOf)

  it.each([
    ['scoring/a.ts', "import { b } from '../workflows/complaint/index.ts'"],
    ['errors/a.ts', "import type { b } from '../rules/index.ts'"],
    ['ports/a.ts', "export { b } from '../policy/index.ts'"],
    ['sla/a.ts', "const b = await import('../runtime/advance.ts')"],
    ['sla/a.ts', "export type B = import('../runtime/advance.ts').B"],
    ['workflows/complaint/a.ts', "import { b } from '../tier-adjustment/index.ts'"],
    ['i18n/a.ts', "import { b } from '../scoring/index.ts'"],
    ['i18n/a.ts', "import { type A, b } from '../sla/index.ts'"],
    ['conformance/a.ts', "import { b } from '../runtime/index.ts'"],
    ['rules/a.ts', "import { b } from '../../../adapter-memory/src/index.ts'"],
    ['elsewhere/a.ts', "import { b } from '../errors/index.ts'"],
  ])('%s: %s', (path, code) => {
    expect(judge(path, code)).toEqual([expect.any(String)])
  })

  it.each([
    ['workflows/complaint/a.ts', "import { b } from '../../sla/index.ts'"],
    ['i18n/a.ts', "import type { B } from '../workflows/complaint/index.ts'"],
    ['i18n/a.ts', "import { type B } from '../sla/index.ts'"],
    ['i18n/a.ts', "import { b } from '../policy/index.ts'"],
    ['sla/a.ts', "import { z } from 'zod'"],
  ])('%s may: %s', (path, code) => {
    expect(judge(path, code)).toEqual([null])
  })

  it('a circle is found wherever it begins', () => {
    const graph = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
      ['c', 'd'],
    ] as const
    expect(cycles(graph)).toEqual([['b', 'c', 'b']])
    expect(cycles(graph.slice(0, 2))).toEqual([])
  })
})
