import { exampleIn, parameterAt, policyJsonSchema, units, type JsonValue, type Locale } from '@ka-governance/core'
import { keysOf } from './fill-blank.ts'

/** One blank of a draft as a question. */
export interface Question {
  readonly place: string
  /** From 1. */
  readonly number: number
  readonly of: number
  /** Numbers in the parameter list and the requirement, e.g. `P-04 · CPL-02`. */
  readonly clause: string
  readonly meaning: string
  readonly unit: string
  readonly isMoney: boolean
  readonly example: string
  readonly choices: readonly string[]
}

type Node = { readonly [key: string]: JsonValue }
const isNode = (value: JsonValue | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The shapes that a place of the schema may have. */
const shapesOf = (node: Node): readonly Node[] => [
  node,
  ...(Array.isArray(node['anyOf']) ? (node['anyOf'] as readonly JsonValue[]).filter(isNode) : []),
]

function nodeAt(root: Node, path: readonly (string | number)[]): Node | null {
  return path.reduce<Node | null>((at, key) => {
    if (at === null) return null
    for (const shape of shapesOf(at)) {
      const { properties, additionalProperties, items } = shape
      const next = isNode(properties) && typeof properties[key] === 'object' ? properties[key] : (additionalProperties ?? items)
      if (isNode(next)) return next
    }
    return null
  }, root)
}

/** Asks for the blanks of a draft in the words of the clause table; `currency` answers the one that its amounts are in by now. */
export function questioner(locale: Locale, currency: () => unknown): (place: string, number: number, of: number) => Question {
  const schema = policyJsonSchema({ locale })
  return (place, number, of) => {
    const path = keysOf(place)
    const parameter = parameterAt(path)
    const node = nodeAt(schema, path)
    const choices =
      node === null
        ? []
        : shapesOf(node).flatMap((shape) => (Array.isArray(shape['enum']) ? (shape['enum'] as readonly JsonValue[]) : []))
    return {
      place,
      number,
      of,
      clause: parameter === undefined ? '' : [...new Set([parameter.id, parameter.requirement])].join(' · '),
      meaning: parameter?.label[locale] ?? place,
      unit: parameter === undefined ? '' : units[parameter.unit][locale],
      isMoney: parameter?.unit === 'money',
      example: parameter === undefined ? '' : exampleIn(parameter, currency()),
      choices: choices.filter((choice) => typeof choice === 'string'),
    }
  }
}
