import ts from 'typescript'

/** Where a block says `// => …`: the code whose value it states, and the statement. */
type Stated = Readonly<{
  expression: ts.Expression
  end: number
  start: number
  declared: string | null
  text: string
  line: number
}>

/** The comment behind a statement (or alone on the next line), with lines that go on in comments joined: `// => { a: 1,` `//      b: 2 }`. */
const statedAfter = (code: string, end: number): string | null => {
  const match = /^[ \t;]*(?:\n[ \t]*)?\/\/ => ?(.*(?:\n[ \t]*\/\/ {2,}.*)*)/.exec(code.slice(end))
  return match?.[1] === undefined ? null : match[1].replace(/\n[ \t]*\/\/ +/g, ' ').trim()
}

const statedResults = (code: string): readonly Stated[] => {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true)
  const found: Stated[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) {
      const text = statedAfter(code, node.getEnd())
      const declaration = ts.isVariableStatement(node) ? node.declarationList.declarations.at(-1) : undefined
      const expression = ts.isExpressionStatement(node) ? node.expression : declaration?.initializer
      if (text !== null && expression !== undefined) {
        found.push({
          expression,
          start: node.getStart(source),
          end: node.getEnd(),
          declared: declaration && ts.isIdentifier(declaration.name) ? declaration.name.text : null,
          text,
          line: source.getLineAndCharacterOfPosition(node.getEnd()).line + 1,
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const isExpression = (text: string): boolean => {
  const source = ts.createSourceFile('value.ts', `(${text}\n)`, ts.ScriptTarget.Latest, true) as ts.SourceFile & {
    parseDiagnostics?: readonly unknown[]
  }
  return source.parseDiagnostics?.length === 0 && source.statements.length === 1
}

const logged = (expression: ts.Expression): readonly ts.Expression[] | null =>
  ts.isCallExpression(expression) && /^console\.(log|info)$/.test(expression.expression.getText())
    ? [...expression.arguments]
    : null

/**
 * Rewrites a block so that each stated result is compared: `__same(actual, text, line, expected)`, and `throws …` by catching. How many results
 * a block states is known beforehand, so that one which is never reached is noticed.
 */
export function compareStatedResults(code: string): Readonly<{ code: string; count: number }> {
  const stated = statedResults(code)
  let result = code
  for (const item of [...stated].reverse()) {
    const text = JSON.stringify(item.text)
    const expected = isExpression(item.text) && !item.text.includes('…') ? `() => (${item.text})` : 'undefined'
    const written = item.expression.getText()
    const args = logged(item.expression)
    const line = String(item.line)
    const throws = /^throws?\b/.test(item.text)
    const replacement = throws
      ? `await __throws(async () => (${written}), ${text}, ${line});`
      : item.declared !== null
        ? `${code.slice(item.start, item.end)}; __same(${item.declared}, ${text}, ${line}, ${expected});`
        : args !== null
          ? `__logged([${args.map((arg) => arg.getText()).join(', ')}], ${text}, ${line}, ${expected});`
          : `__same((${written}), ${text}, ${line}, ${expected});`
    // A semicolon in front: the style has none, and a line that begins with a bracket would go on from the one before.
    result = `${result.slice(0, item.start)};${replacement}${result.slice(item.end)}`
  }
  return { code: result, count: stated.length }
}
