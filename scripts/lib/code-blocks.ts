import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { entries, files, isShipped, packages, root } from './workspace.ts'

/**
 * A piece of TypeScript that documentation shows. `line` is where its first line stands in `path`. The words behind the fence's language
 * say what to do with it: nothing (check it, and run it where it states results), `continued` (it goes on from the block above in the same
 * file), `no-run` or `no-check`, each with its reason: ```` ```ts no-run: needs an org ````.
 */
export type CodeBlock = Readonly<{
  path: string
  line: number
  code: string
  kind: 'page' | 'example'
  check: boolean
  run: boolean
  reason: string | null
}>

type Fence = Readonly<{ info: string; code: string; line: number }>

const fencesOf = (text: string): readonly Fence[] => {
  const found: Fence[] = []
  const lines = text.split('\n')
  let open: { mark: string; info: string; line: number; indent: number } | undefined
  lines.forEach((line, index) => {
    const fence = /^(\s*)(`{3,})(.*)$/.exec(line)
    if (open === undefined) {
      if (fence) open = { mark: fence[2] ?? '', info: (fence[3] ?? '').trim(), line: index + 2, indent: (fence[1] ?? '').length }
    } else if (fence?.[2] === open.mark && (fence[3] ?? '').trim() === '') {
      const indent = open.indent
      found.push({
        info: open.info,
        line: open.line,
        code: lines
          .slice(open.line - 1, index)
          .map((row) => row.slice(Math.min(indent, row.length - row.trimStart().length)))
          .join('\n'),
      })
      open = undefined
    }
  })
  return found.filter(({ info }) => /^(ts|typescript)\b/.test(info))
}

const states = (code: string): boolean => /\/\/ =>/.test(code)

const blockOf = (path: string, fence: Fence, kind: CodeBlock['kind'], before: string): CodeBlock => {
  const words = fence.info.replace(/^(ts|typescript)\s*/, '')
  const marker = /^(no-check|no-run)\s*:?\s*(.*)$/.exec(words)
  const code = words === 'continued' ? before + fence.code : fence.code
  return {
    path,
    line: words === 'continued' ? fence.line - before.split('\n').length + 1 : fence.line,
    code,
    kind,
    check: marker?.[1] !== 'no-check',
    run: marker === null && states(code),
    reason: marker === null ? null : (marker[2] ?? ''),
  }
}

const pageBlocks = (path: string): readonly CodeBlock[] => {
  let before = ''
  return fencesOf(readFileSync(join(root, path), 'utf8')).map((fence) => {
    const block = blockOf(path, fence, 'page', before)
    // Only what a later block may go on from: a fragment that is not checked is no beginning.
    if (block.check) before = `${block.code}\n`
    return block
  })
}

/** `@example` blocks of a source file, with the comment's stars taken off. */
const exampleBlocks = (path: string): readonly CodeBlock[] => {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const start = text.slice(0, comment.index).split('\n').length
    const lines = comment[0].split('\n').map((line) => line.replace(/^\s*\* ?/, ''))
    const from = lines.findIndex((line) => line.startsWith('@example'))
    if (from === -1) return []
    return fencesOf(lines.slice(from).join('\n')).map((fence) =>
      blockOf(path, { ...fence, line: fence.line + start + from - 1 }, 'example', ''),
    )
  })
}

/** Every block of the pages and the docstrings. */
export const codeBlocks = (): readonly CodeBlock[] => [
  ...files(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'examples/**/*.md']).flatMap(pageBlocks),
  ...files('packages/*/src/**/*.ts').filter(isShipped).flatMap(exampleBlocks),
]

/** Names that a file exports, each with whether it is a type only. */
const exportedNames = (path: string): ReadonlyMap<string, boolean> => {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const names = new Map<string, boolean>()
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements)
        names.set(element.name.text, statement.isTypeOnly || element.isTypeOnly)
    } else if (
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
    ) {
      if (ts.isVariableStatement(statement))
        for (const item of statement.declarationList.declarations) names.set(item.name.getText(source), false)
      else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
        names.set(statement.name?.text ?? '', false)
      else if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) names.set(statement.name.text, true)
    }
  }
  return names
}

const remembered = new Map<string, ReadonlyMap<string, boolean>>()
const namesIn = (path: string): ReadonlyMap<string, boolean> => {
  const known = remembered.get(path) ?? exportedNames(path)
  remembered.set(path, known)
  return known
}

/**
 * Values that examples of a folder may use without saying where they come from (a clock, a calendar, a policy …):
 * `test/example-scope/core-sla.ts` for `packages/core/src/sla/`.
 */
const scopeOf = (path: string): string => {
  const [, item = '', , folder = ''] = path.split('/')
  return `test/example-scope/${item}-${folder.replace(/\.ts$/, '')}.ts`
}

/** Names that a block uses and does not declare itself. */
const freeNames = (code: string): readonly string[] => {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true)
  const used = new Set<string>()
  const own = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const parent = node.parent
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node)
      const declares =
        (ts.isVariableDeclaration(parent) ||
          ts.isFunctionDeclaration(parent) ||
          ts.isParameter(parent) ||
          ts.isBindingElement(parent)) &&
        parent.name === node
      const declaresType = (ts.isTypeAliasDeclaration(parent) || ts.isInterfaceDeclaration(parent)) && parent.name === node
      if (declares || declaresType || ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent))
        own.add(node.text)
      else if (!isMember) used.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...used].filter((name) => !own.has(name))
}

/**
 * Imports that an `@example` leaves out because they are obvious where it stands. A name is looked for in its own file, the scope of its folder, the
 * packages' public entries, the other modules of the folder, and those of the package where only one has it. All on one line, so that line numbers
 * stay those of the block.
 */
export function preludeFor(block: CodeBlock, up: string): string {
  if (block.kind === 'page') return ''
  const home = packages().find((item) => block.path.startsWith(`packages/${item.folder}/`))
  if (home === undefined) return ''
  const at = (path: string): Source => ({ from: `${up}/${path}`, path: join(root, path) })
  const modules = files(`packages/${home.folder}/src/**/*.ts`).filter(
    (path) => isShipped(path) && !path.endsWith('index.ts') && path !== block.path,
  )
  const scope = scopeOf(block.path)
  const near = [block.path, ...(existsSync(join(root, scope)) ? [scope] : [])].map(at)
  // Its own entries before those of the other packages.
  const entry = [home, ...packages().filter((item) => item !== home)]
    .flatMap(entries)
    .map(({ specifier, types }): Source => ({ from: specifier, path: types }))
  const beside = modules.filter((path) => dirname(path) === dirname(block.path)).map(at)
  const sourceOf = (name: string): Source | undefined => {
    const has = ({ path }: Source): boolean => namesIn(path).has(name)
    const elsewhere = modules.map(at).filter(has)
    return near.find(has) ?? entry.find(has) ?? beside.find(has) ?? (elsewhere.length === 1 ? elsewhere[0] : undefined)
  }
  const imports = new Map<string, string[]>()
  for (const name of freeNames(block.code)) {
    const found = sourceOf(name)
    if (found === undefined) continue
    // A built entry that passes a type on from a shared chunk does not say that it is one.
    const isType = [found.path, ...modules.map((path) => join(root, path))].some((path) => namesIn(path).get(name) === true)
    const written = isType ? `type ${name}` : name
    imports.set(found.from, [...(imports.get(found.from) ?? []), written])
  }
  return [...imports].map(([from, names]) => `import { ${names.join(', ')} } from '${from}'; `).join('')
}

type Source = Readonly<{ from: string; path: string }>
