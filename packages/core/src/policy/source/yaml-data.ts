import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair, type YAMLError } from 'yaml'
import type { Finding } from '../../errors/index.ts'
import { reading } from '../readings/index.ts'
import { isReservedKey, type Draft, type Position } from './draft.ts'
import { limits } from './limits.ts'
import { formatPath, type Path } from './path.ts'

/** What the library says to programmers is said to authors of a policy. */
function syntax({ code, message }: YAMLError, at: Position | undefined): Finding {
  if (code === 'RESOURCE_EXHAUSTION') return { ...reading('', 'tooDeep', { depth: limits.depth }), ...at }
  // The library adds the source lines after the first; a log needs only what is wrong.
  const said = (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '').slice(0, limits.message)
  return { ...reading('', 'yamlSlip', { slip: code, said }), ...at }
}

/** A key is what is written: `0017` is not 17, and `no` is a word. */
const keyOf = (pair: Pair): string | undefined => {
  if (!isScalar(pair.key)) return undefined
  const { value, source } = pair.key
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? (source ?? String(value)) : undefined
}

/**
 * Reads YAML 1.2 (and so JSON) into plain data. Walks the nodes itself instead of asking the library for a JavaScript value: so duplicate
 * and reserved keys, the depth, the number of values with aliases expanded, and the line of every value are known, and are found in
 * linear time.
 */
export function readYaml(text: string): Draft {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    // The library's own check is quadratic; the walk below finds duplicates.
    uniqueKeys: false,
    logLevel: 'error',
    prettyErrors: false,
  })
  const positionOf = (offset: number | undefined): Position | undefined => {
    if (offset === undefined) return undefined
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const findings: Finding[] = [...document.errors, ...document.warnings].map((e) => syntax(e, positionOf(e.pos[0])))
  const offsets = new Map<string, number>()
  const anchors = new Map<string, Node>()
  const open = new Set<Node>()
  let values = 0
  let aliases = 0

  const report = (finding: Finding, node: Node | null | undefined): null => {
    findings.push({ ...finding, ...positionOf(node?.range?.[0]) })
    return null
  }

  const map = (pairs: readonly Pair[], path: Path): unknown => {
    const data: Record<string, unknown> = {}
    const seen = new Set<string>()
    for (const pair of pairs) {
      const key = keyOf(pair)
      const node = pair.key as Node
      if (key === undefined) {
        report(reading(formatPath(path), 'keyNoText', {}), node)
        continue
      }
      const at = [...path, key]
      const place = formatPath(at)
      if (isReservedKey(key)) report(reading(place, 'keyReserved', {}), node)
      else if (seen.has(key)) report(reading(place, 'keyTwice', {}), node)
      else {
        seen.add(key)
        const start = node.range?.[0]
        if (start !== undefined && !offsets.has(place)) offsets.set(place, start)
        data[key] = read(pair.value as Node | null, at)
      }
    }
    return data
  }

  const resolve = (node: Node, path: Path): Node | null => {
    if (!isAlias(node)) return node
    aliases += 1
    const target = anchors.get(node.source)
    const place = formatPath(path)
    if (aliases > limits.aliases)
      return aliases === limits.aliases + 1 ? report(reading(place, 'tooManyAliases', { limit: limits.aliases }), node) : null
    if (target === undefined || open.has(target))
      return report(reading(place, 'aliasUnknown', { name: node.source.slice(0, 60) }), node)
    return target
  }

  const read = (given: Node | null, path: Path): unknown => {
    if (given === null) return null
    values += 1
    if (values > limits.values)
      return values === limits.values + 1 ? report(reading('', 'tooManyValues', { limit: limits.values }), given) : undefined
    if (path.length > limits.depth) return report(reading(formatPath(path), 'tooDeep', { depth: limits.depth }), given)
    const node = resolve(given, path)
    if (node === null) return null
    if ('anchor' in node && typeof node.anchor === 'string' && !isAlias(given)) anchors.set(node.anchor, node)
    if (isScalar(node)) {
      const { value } = node
      if (typeof value === 'string' && value.length > limits.text)
        return report(reading(formatPath(path), 'textTooLong', { limit: limits.text }), given)
      if (typeof value !== 'number' || Number.isFinite(value)) return value
      return report(reading(formatPath(path), 'numberNotFinite', {}), given)
    }
    open.add(node)
    const data = isMap(node)
      ? map(node.items, path)
      : isSeq(node)
        ? node.items.map((item, index) => {
            const at = [...path, index]
            const start = (item as Node | null)?.range?.[0]
            if (start !== undefined) offsets.set(formatPath(at), start)
            return read(item as Node | null, at)
          })
        : undefined
    open.delete(node)
    return data
  }

  const data = read(document.contents, [])
  return {
    data,
    findings,
    locate: (path) => {
      for (let length = path.length; length > 0; length--) {
        const offset = offsets.get(formatPath(path.slice(0, length)))
        if (offset !== undefined) return positionOf(offset)
      }
      return undefined
    },
  }
}
