import { InvalidInputError, type JsonValue } from '../errors/index.ts'

type Trail = (string | number)[]

const refuse = (trail: Trail, message: string): never => {
  throw new InvalidInputError('Canonical JSON', [
    {
      path: trail.slice(0, 12).join('.'),
      code: 'not_json',
      message,
      remedy: 'use finite numbers, whole Unicode text, true/false, null, lists and plain objects only',
    },
  ])
}

/** Deeper than any record of the SDK; beyond it a cycle is more likely than data. */
const MAX_DEPTH = 200

// Text without control characters, quotes, backslashes and surrogates is its own JSON; most of what is hashed is.
const plainText = /^[\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/
const halfSurrogate = /\p{Surrogate}/u

const text = (value: string, trail: Trail): string => {
  if (plainText.test(value)) return `"${value}"`
  return halfSurrogate.test(value) ? refuse(trail, 'a text with half of a surrogate pair') : JSON.stringify(value)
}

const sorted = (keys: string[]): string[] => {
  // Records are mostly written in one order and hashed many times: looking is cheaper than sorting. `>` compares UTF-16 code units.
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort()
  return keys
}

const isPlain = (value: object): boolean => {
  const parent: unknown = Object.getPrototypeOf(value)
  return parent === null || Object.getPrototypeOf(parent) === null
}

const list = (value: readonly unknown[], trail: Trail): string => {
  let json = '['
  // By index: `map` would pass over holes.
  for (let i = 0; i < value.length; i++) {
    trail.push(i)
    json += (i === 0 ? '' : ',') + canonical(value[i], trail)
    trail.pop()
  }
  return `${json}]`
}

const map = (value: object, trail: Trail): string => {
  if (!isPlain(value)) return refuse(trail, 'an instance of a class')
  let json = '{'
  for (const key of sorted(Object.keys(value))) {
    const member = (value as { readonly [key: string]: unknown })[key]
    if (member === undefined) continue
    trail.push(key)
    json += `${json === '{' ? '' : ','}${text(key, trail)}:${canonical(member, trail)}`
    trail.pop()
  }
  return `${json}}`
}

const canonical = (value: unknown, trail: Trail): string => {
  switch (typeof value) {
    case 'string':
      return text(value, trail)
    case 'number':
      // ECMAScript's own number-to-text is what RFC 8785 prescribes; -0 becomes 0.
      return Number.isFinite(value) ? String(value) : refuse(trail, `${String(value)} is no JSON number`)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object': {
      if (value === null) return 'null'
      if (trail.length >= MAX_DEPTH) return refuse(trail, `nested deeper than ${String(MAX_DEPTH)} levels, or a cycle`)
      return Array.isArray(value) ? list(value, trail) : map(value, trail)
    }
    default:
      return refuse(trail, value === undefined ? 'undefined where a value is needed' : `a ${typeof value}`)
  }
}

/**
 * The canonical JSON of a value (RFC 8785): no white space, members in the order of their UTF-16 code units, numbers as ECMAScript writes
 * them. Equal values give equal text, so its hash pins a policy, a form or a journal entry. Members that are `undefined` are left out.
 *
 * @throws InvalidInputError for NaN and infinities, half a surrogate pair, `undefined` in a list, and anything that is no plain data.
 * @example
 * ```ts
 * canonicalJson({ b: [1e21, -0], a: '€' }) // => '{"a":"€","b":[1e+21,0]}'
 * ```
 */
export function canonicalJson(value: JsonValue): string {
  return canonical(value, [])
}
