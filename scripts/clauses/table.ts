// The table of clauses: for every number what it asks, which parameters it has, what serves it, and which tests name it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listForms } from '../../packages/core/src/forms/index.ts'
import { parameters } from '../../packages/core/src/policy/clauses.ts'
import { definitions } from '../../packages/core/src/runtime/runtime.ts'
import { isTest, readPage } from '../lib/requirements.ts'
import { files, root } from '../lib/workspace.ts'
import { design, implied, subjects, type Kind } from './asked.ts'
import { clausesIn, functionsIn, numbersIn, testsIn, type Stated } from './scan.ts'

/** Something that serves a clause. `where` tells the commands of a rule, the file of a function. */
export type Serving = Readonly<{ name: string; where: readonly string[] }>
export type ClauseParameter = Readonly<{ path: string; number: string; label: string; zh: string }>
export type Clause = Readonly<{
  id: string
  what: string
  /** As the policy's own texts call it, where they do. */
  zh?: string
  kind: Kind | 'parameter' | 'design'
  parameters: readonly ClauseParameter[]
  /** Requirements that a parameter belongs to. */
  requirements: readonly string[]
  rules: readonly Serving[]
  commands: readonly string[]
  forms: readonly string[]
  clocks: readonly string[]
  functions: readonly Serving[]
  /** Files that state the clause in a refusal, a reason or an explanation, or name it in a comment. */
  files: readonly string[]
  tests: readonly Readonly<{ path: string; titles: readonly string[] }>[]
  /** Why nothing serves it, where docs/requirements.md says so. */
  missing?: string
}>
export type ClauseSubject = Readonly<{ family: string; name: string; clauses: readonly Clause[] }>
export type ClauseTable = Readonly<{
  subjects: readonly ClauseSubject[]
  /** Clauses that the code states and nobody asks for: there must be none. */
  unknown: readonly Stated[]
  /** Rules that the code defines and no command asks. */
  unused: readonly Stated[]
}>

type Sources = readonly (readonly [path: string, text: string])[]

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const sorted = (list: Iterable<string>): readonly string[] => [...new Set(list)].sort()
const by =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0

/** Everything that the definitions of workflows and ledgers connect with a clause. */
function definedRules() {
  const rules: { name: string; clause: string; where: string }[] = []
  const commands: { name: string; clause: string }[] = []
  const clocks: { name: string; clause: string }[] = []
  for (const { kind, everyCommand, commands: specs, clocks: timed } of Object.values(definitions)) {
    for (const { name, clause } of everyCommand) rules.push({ name, clause, where: `${kind}: every command` })
    for (const [type, spec] of Object.entries(specs)) {
      commands.push({ name: `${kind}.${type}`, clause: spec.clause })
      for (const { name, clause } of [...(spec.rules ?? []), ...(spec.formRules ?? [])])
        rules.push({ name, clause, where: `${kind}.${type}` })
    }
    for (const [name, { clause }] of Object.entries(timed)) clocks.push({ name: `${kind}.${name}`, clause })
  }
  return { rules, commands, clocks }
}

const grouped = (list: readonly Readonly<{ name: string; where: string }>[]): readonly Serving[] =>
  sorted(list.map(({ name }) => name)).map((name) => ({
    name,
    where: sorted(list.filter((item) => item.name === name).map(({ where }) => where)),
  }))

/** Reads the repository, or the sources given, into the table. */
export function clauseTable(
  sources: Sources = files(['packages/*/{src,test}/**/*.ts', 'test/**/*.ts']).map((path) => [path, read(path)] as const),
): ClauseTable {
  const code = sources.filter(([path]) => !isTest(path) && path.startsWith('packages/') && path.includes('/src/'))
  const tests = sources
    .filter(([path]) => path.endsWith('.test.ts') && path !== 'test/requirements.test.ts' && path !== 'test/clauses.test.ts')
    .flatMap(([path, text]) => testsIn(path, text))
  const functions = code.flatMap(([path, text]) => functionsIn(path, text))
  const named = new Map<string, string[]>()
  for (const [path, text] of code) for (const id of numbersIn(text)) named.set(id, [...(named.get(id) ?? []), path])
  // The command line has words of its own for "clause", and no rules.
  const stated = code.filter(([path]) => path.startsWith('packages/core/')).flatMap(([path, text]) => clausesIn(path, text))
  const missing = new Map(readPage(read('docs/requirements.md')).missing.map(({ id, reason }) => [id, reason]))
  const { rules, commands, clocks } = definedRules()
  const forms = listForms()

  const clause = (id: string, kind: Clause['kind'], what: string, zh?: string): Clause => {
    const own = <T extends { readonly clause: string }>(list: readonly T[]): readonly T[] =>
      list.filter((item) => item.clause === id)
    const checks = tests.filter(({ numbers }) => numbers.includes(id))
    const reason = missing.get(id)
    return {
      id,
      what,
      ...(zh === undefined ? {} : { zh }),
      kind,
      parameters: parameters
        .filter((parameter) => parameter.id === id || parameter.requirement === id)
        .map(({ path, id: row, label }) => ({ path, number: row, label: label.en, zh: label['zh-CN'] }))
        .sort(by(({ path }) => path)),
      requirements: sorted(parameters.filter((p) => p.id === id && p.requirement !== id).map(({ requirement }) => requirement)),
      rules: grouped(own(rules)),
      commands: sorted(own(commands).map(({ name }) => name)),
      forms: sorted(own(forms).map(({ kind: owner, form }) => `${owner}.${form}`)),
      clocks: sorted(own(clocks).map(({ name }) => name)),
      functions: grouped(
        functions.filter(({ numbers }) => numbers.includes(id)).map(({ name, path }) => ({ name, where: path })),
      ),
      files: sorted(named.get(id) ?? []),
      tests: sorted(checks.map(({ path }) => path)).map((path) => ({
        path,
        titles: sorted(checks.filter((test) => test.path === path).map(({ title }) => title)),
      })),
      ...(reason === undefined ? {} : { missing: reason }),
    }
  }

  const labels = (id: string): Readonly<{ en: string; zh: string }> | undefined => {
    const label = parameters.find((parameter) => parameter.id === id)?.label
    return label === undefined ? undefined : { en: label.en, zh: label['zh-CN'] }
  }
  const numbered = (family: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, i) => `${family}-${String(i + 1).padStart(2, '0')}`)

  const all: readonly ClauseSubject[] = [
    ...subjects.map(({ family, name, asked }) => ({
      family,
      name,
      clauses: asked.map(({ id, kind, what }) => clause(id, kind, what)),
    })),
    {
      family: 'P',
      name: 'Parameters that the documents leave open',
      clauses: numbered('P', 33).map((id) => clause(id, 'parameter', labels(id)?.en ?? '', labels(id)?.zh)),
    },
    {
      family: 'I',
      name: 'Parameters that the documents only imply',
      clauses: numbered('I', implied.length).map((id, i) => clause(id, 'parameter', implied[i] ?? '', labels(id)?.zh)),
    },
    {
      family: 'Design',
      name: 'What no document asks for',
      clauses: Object.entries(design).map(([id, what]) => clause(id, 'design', what)),
    },
  ]

  const known = new Set(all.flatMap(({ clauses }) => clauses.map(({ id }) => id)))
  const used = new Set(rules.map(({ name }) => name))
  return {
    subjects: all,
    unknown: [
      ...stated,
      ...rules.map(({ name, clause: id, where }) => ({ clause: id, path: where, rule: name })),
      ...parameters.flatMap(({ path, id, requirement }) => [id, requirement].map((each) => ({ clause: each, path }))),
    ].filter((item) => !known.has(item.clause)),
    unused: stated.filter(({ rule }) => rule !== undefined && !used.has(rule)),
  }
}

/** Whether the code acts on a clause, or at least names it, and docs/requirements.md does not say otherwise. */
export const isServed = ({ missing, rules, commands, forms, clocks, functions, files: named }: Clause): boolean =>
  missing === undefined && [rules, commands, forms, clocks, functions, named].some((list) => list.length > 0)
