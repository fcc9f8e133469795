import fc from 'fast-check'
import { stringify } from 'yaml'
import { presets } from '../../presets/index.ts'

const documents = Object.values(presets).map((preset) => JSON.stringify(preset))

const names = ['tier', 'cycle', 'complaint', 'approval', 'stages', 'electors', 'amount', 'unit', 'from', 'to', 'A', 'B', '0', 'x']
const hostileNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '<<',
  '',
  'a.b',
  '[0]',
  '\u0000',
  '\ud800',
]
const key = fc.oneof(
  { arbitrary: fc.constantFrom(...names), weight: 3 },
  fc.constantFrom(...hostileNames),
  fc.string({ maxLength: 90 }),
)

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, -1, 1e15, 1e308, Number.MAX_SAFE_INTEGER + 1, 5e-324, Number.NaN, Number.POSITIVE_INFINITY),
)

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '[X]',
    'CNY 1',
    'CNY -1',
    '1e400',
    '.nan',
    '!!js/function x',
    '*a',
    '&a b',
    '\u202e\u0007',
    '\ud83d',
    '2026-02-30',
    ' ',
  ),
  fc.constant('y'.repeat(20_000)),
)

/** Any value that a document could hold where it should not. */
const wrong: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, [], {}, ['X']),
    number,
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value

/** One change of a document: at the n-th of its values, in the order in which they are written. */
const edit = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('delete', 'replace', 'duplicate', 'rename', 'swap'),
  value: wrong,
  name: key,
})
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never

type Place = { readonly parent: { [key: string]: unknown }; readonly key: string }

const placesIn = (value: unknown): Place[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.keys(value).flatMap((k) => [
        { parent: value as Place['parent'], key: k },
        ...placesIn((value as Place['parent'])[k]),
      ])

const define = (parent: Place['parent'], name: string, value: unknown): void => {
  // An own property whatever it is called: `__proto__` as JSON.parse makes it.
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true })
}

const edited = (document: unknown, { at, kind, value, name }: Edit): void => {
  const places = placesIn(document)
  const place = places[at % Math.max(1, places.length)]
  const other = places[(at * 7919 + 13) % Math.max(1, places.length)]
  if (place === undefined || other === undefined) return
  const { parent, key: old } = place
  const own = parent[old]
  if (kind === 'delete') Reflect.deleteProperty(parent, old)
  else if (kind === 'replace') define(parent, old, value)
  else if (kind === 'duplicate') define(parent, name, structuredClone(own))
  else if (kind === 'rename') {
    Reflect.deleteProperty(parent, old)
    define(parent, name, own)
  } else define(parent, old, structuredClone(other.parent[other.key]))
}

/** A preset with a few changes that nobody meant. */
export const brokenPresets: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...documents), fc.array(edit, { minLength: 1, maxLength: 6 }))
  .map(([source, edits]) => {
    const document: unknown = JSON.parse(source)
    for (const change of edits) edited(document, change)
    return document
  })

/** Any data, shaped like a policy or not. */
export const anyData: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
  }),
  fc.dictionary(key, wrong, { maxKeys: 8 }),
)

const yamlOf = (document: unknown): string => {
  try {
    return stringify(document, { aliasDuplicateObjects: false })
  } catch {
    // What YAML cannot hold is tried as data.
    return '{}'
  }
}

/** One change of a text: cut, doubled, with something put in, other line ends. */
const scar = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 60 }),
  kind: fc.constantFrom('cut', 'double', 'put', 'lines', 'bom', 'tabs'),
  text: fc.oneof(
    fc.constantFrom(
      '\u0000',
      '\ufeff',
      '\t',
      '\r',
      '\u2028',
      '&a ',
      '*a',
      '<<: *a\n',
      '!!binary ',
      '!x ',
      '? ',
      '- ',
      '{',
      '[',
      '"',
      "'",
      '|',
      '>',
      '#',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '\ud800',
      '1e400',
      '-0',
      '.nan',
      '0x1F',
      '~',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  ),
})

/** The text of a policy after somebody's accident. */
export const brokenTexts: fc.Arbitrary<string> = fc
  .tuple(brokenPresets, fc.boolean(), fc.array(scar, { minLength: 0, maxLength: 6 }))
  .map(([document, json, scars]) =>
    scars.reduce(
      (source, { at, length, kind, text: bit }) => {
        const start = at % Math.max(1, source.length)
        const [before, middle, after] = [
          source.slice(0, start),
          source.slice(start, start + length),
          source.slice(start + length),
        ]
        switch (kind) {
          case 'cut':
            return before + after
          case 'double':
            return before + middle + middle + after
          case 'put':
            return before + bit + middle + after
          case 'lines':
            return before + middle + after.replaceAll('\n', bit === '\r' ? '\r' : '\r\n')
          case 'bom':
            return `\ufeff${source}`
          case 'tabs':
            return before + middle + after.replaceAll('  ', '\t')
        }
      },
      json ? JSON.stringify(document) : yamlOf(document),
    ),
  )

/** Any text at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        'a',
        ': ',
        '\n',
        '  ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '&x ',
        '*x',
        '!!str ',
        '<<',
        '"',
        "'",
        '|',
        '>',
        '#',
        '?',
        '~',
        '\t',
        '1e999',
        '-0',
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join('')),
)
