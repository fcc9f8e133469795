import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** One import of a source file: `to` is a file beside it, or null for a package. `typeOnly` leaves no trace at run time. */
export type ImportEdge = Readonly<{ from: string; to: string | null; specifier: string; typeOnly: boolean }>

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) {
    const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : []
    return node.isTypeOnly || (named.length > 0 && named.every((element) => element.isTypeOnly))
  }
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : []
  return clause.name === undefined && named.length > 0 && named.every((element) => element.isTypeOnly)
}

/** The imports and re-exports of a source text, dynamic imports with a literal and `import('…')` types included. */
export function importEdges(path: string, code: string): readonly ImportEdge[] {
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true)
  const edges: ImportEdge[] = []
  const add = (specifier: string, typeOnly: boolean): void => {
    const to = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)).replaceAll('\\', '/') : null
    edges.push({ from: path, to, specifier, typeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      add(node.moduleSpecifier.text, isTypeOnly(node))
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      add(node.argument.literal.text, true)
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return edges
}

/** The imports of all the files, read from disk. Paths are relative to `top`. */
export const moduleGraph = (top: string, paths: readonly string[]): readonly ImportEdge[] =>
  paths.flatMap((path) => importEdges(path, readFileSync(join(top, path), 'utf8')))

/** The cycles of a graph, each once, as the names along it with the first repeated at the end. */
export function cycles(edges: Iterable<readonly [string, string]>): readonly (readonly string[])[] {
  const next = new Map<string, Set<string>>()
  for (const [from, to] of edges) {
    if (from === to) continue
    const targets = next.get(from) ?? new Set()
    targets.add(to)
    next.set(from, targets)
  }
  const found: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const walk = (node: string): void => {
    const at = path.indexOf(node)
    if (at !== -1) {
      found.push([...path.slice(at), node])
      return
    }
    if (done.has(node)) return
    path.push(node)
    for (const target of next.get(node) ?? []) walk(target)
    path.pop()
    done.add(node)
  }
  for (const node of [...next.keys()].sort()) walk(node)
  return found
}
