// What the sources say about numbers, read from their syntax: functions whose comment names one, tests whose title does, clauses written down.
import ts from 'typescript'
import { subjects } from './asked.ts'

const families = [...subjects.map(({ family }) => family), 'P', 'I'].join('|')
/** A number as comments, titles and policies write it: of a requirement, of a parameter, of a decision, of a chapter of the design. */
const number = new RegExp(String.raw`\b(?:(?:${families})-\d\d|(?:decision|architecture) \d+)\b`, 'g')
const span = new RegExp(String.raw`\b(${families})-(\d\d)(?: …| to|–) (?:\1-)?(\d\d)\b`, 'g')

/** The numbers that a text names; `P-25 … P-28` names all four. */
export const numbersIn = (text: string): readonly string[] => {
  const found = new Set<string>()
  for (const [, family = '', from = '', to = ''] of text.matchAll(span))
    for (let n = Number(from); n <= Number(to); n++) found.add(`${family}-${String(n).padStart(2, '0')}`)
  for (const [id] of text.matchAll(number)) found.add(id)
  return [...found].sort()
}

export type Served = Readonly<{ name: string; path: string; numbers: readonly string[] }>
export type Tested = Readonly<{ title: string; path: string; numbers: readonly string[] }>
/** A clause that stands in the code as such: of a rule, a refusal, a command, a clock. */
export type Stated = Readonly<{ clause: string; path: string; rule?: string }>

const parse = (path: string, text: string): ts.SourceFile => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

const isFunction = (node: ts.Node | undefined): boolean =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node))

/** The exported functions of a file whose comment names a number. */
export function functionsIn(path: string, text: string): readonly Served[] {
  const source = parse(path, text)
  return source.statements.flatMap((statement) => {
    if (!isExported(statement)) return []
    const comment = (ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [])
      .filter(({ kind }) => kind === ts.SyntaxKind.MultiLineCommentTrivia)
      .map(({ pos, end }) => text.slice(pos, end))
      .at(-1)
    const numbers = numbersIn(comment ?? '')
    if (numbers.length === 0) return []
    if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? '', path, numbers }]
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations
      .filter(({ initializer }) => isFunction(initializer))
      .map((declaration) => ({ name: declaration.name.getText(source), path, numbers }))
  })
}

const literalOf = (node: ts.Node | undefined): string | undefined => {
  if (node === undefined) return undefined
  if (ts.isStringLiteralLike(node)) return node.text
  return ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : undefined
}

const calleeOf = (node: ts.Expression): string => {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) return calleeOf(node.expression)
  if (ts.isCallExpression(node)) return calleeOf(node.expression)
  return ts.isTaggedTemplateExpression(node) ? calleeOf(node.tag) : ''
}

/** What names numbers, from the outside in: a number of a group stands for all tests in it, and is told once. */
const naming = (groups: readonly string[], title: string, path: string): readonly Tested[] =>
  [...groups, title].flatMap((part, i, parts) => {
    const numbers = numbersIn(part)
    return numbers.length === 0
      ? []
      : [
          {
            title: parts
              .slice(0, i + 1)
              .join(' › ')
              .replaceAll(/\s+/g, ' '),
            path,
            numbers,
          },
        ]
  })

/** The tests of a file that name a number, or stand in a group that does. */
export function testsIn(path: string, text: string): readonly Tested[] {
  const found: Tested[] = []
  const visit = (node: ts.Node, groups: readonly string[]): void => {
    if (!ts.isCallExpression(node)) {
      ts.forEachChild(node, (child) => visit(child, groups))
      return
    }
    const callee = calleeOf(node.expression)
    const title = literalOf(node.arguments[0])
    const isGroup = callee === 'describe' && title !== undefined && node.arguments.length > 1
    if ((callee === 'it' || callee === 'test') && title !== undefined && node.arguments.length > 1) {
      found.push(...naming(groups, title, path))
      return
    }
    ts.forEachChild(node, (child) => visit(child, isGroup ? [...groups, title] : groups))
  }
  visit(parse(path, text), [])
  return found
}

/** The clauses that a file states: `clause: 'ADM-05'`, and the rules that it defines. */
export function clausesIn(path: string, text: string): readonly Stated[] {
  const found: Stated[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'clause') {
      const clause = literalOf(node.initializer)
      if (clause !== undefined) found.push({ clause, path })
    }
    if (ts.isCallExpression(node)) {
      const [rule, clause] = node.arguments.map(literalOf)
      if (rule !== undefined && clause !== undefined && /^may[A-Z]\w*$/.test(rule)) found.push({ clause, path, rule })
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(path, text))
  return found
}
