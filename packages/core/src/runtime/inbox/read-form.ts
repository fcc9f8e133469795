import type { Finding, JsonValue } from '../../errors/index.ts'
import { reading, type Readings } from '../../policy/index.ts'
import { recordLimits } from '../../ports/index.ts'

/** Nested lists and objects; the deepest command has four. */
const deepest = 20
/** What a form is, by example. */
const wanted = { format: 'JSON', example: '{"department": "product"}' }

/** The fields of a command, or everything that is wrong with the text. */
export type ReadForm =
  | { readonly ok: true; readonly fields: { readonly [field: string]: JsonValue } }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads the fields of a command as a person or a flow wrote them: one JSON object, in which no name stands twice. An empty text has no fields.
 *
 * @example
 * ```ts
 * readForm('{"department":"product"}') // => { ok: true, fields: { department: 'product' } }
 * ```
 */
export function readForm(text: string): ReadForm {
  if (text.trim() === '') return { ok: true, fields: {} }
  if (text.length > recordLimits.entry) return wrong('tooMuch', { characters: text.length, limit: recordLimits.entry })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return wrong('formNotJson', wanted, placeIn(error))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong('formNoObject', wanted)
  const findings = findingsIn(text)
  return findings.length > 0 ? { ok: false, findings } : { ok: true, fields: value as { readonly [field: string]: JsonValue } }
}

function wrong<K extends keyof Readings>(kind: K, data: Readings[K], at: Pick<Finding, 'line' | 'column'> = {}): ReadForm {
  return { ok: false, findings: [{ ...reading('form', kind, data), ...at }] }
}

/** Where the host's parser stopped, if it says so; its words hold pieces of the text and are nobody's business. */
function placeIn(error: unknown): Pick<Finding, 'line' | 'column'> {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(error instanceof Error ? error.message : '') ?? []
  return line === undefined ? {} : { line: Number(line), column: Number(column) }
}

interface Open {
  /** Names so far; `null` in a list. */
  readonly names: Set<string> | null
  /** The next text is a name. */
  named: boolean
}

/** What a parser passes over in valid JSON: names that stand twice, of which the last would win, and depth. */
function findingsIn(text: string): readonly Finding[] {
  const findings: Finding[] = []
  const open: Open[] = []
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const inside = open.at(-1)
    if (token === '{' || token === '[') {
      if (open.length >= deepest)
        return [...findings, { ...reading('form', 'formTooDeep', { depth: deepest }), ...positionOf(text, index) }]
      open.push({ names: token === '{' ? new Set() : null, named: token === '{' })
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ',') {
      if (inside !== undefined) inside.named = inside.names !== null
    } else if (inside?.named === true) {
      inside.named = false
      const name = JSON.parse(token) as string
      if (inside.names?.has(name) === true && findings.length < 20)
        findings.push({ ...reading(open.length === 1 ? name : 'form', 'keyTwice', {}), ...positionOf(text, index) })
      inside.names?.add(name)
    }
  }
  return findings
}

function positionOf(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
