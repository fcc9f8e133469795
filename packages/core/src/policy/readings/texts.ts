import { formats } from '../parts.ts'
import { commandReadingTexts } from './command-texts.ts'
import type { NotPlain, ReadingData, Readings, TextsOf, ValueKind } from './data.ts'

/** A name that another version knows stands as it is. */
const wordOf = <N extends string>(words: { readonly [name in N]: string }, name: N): string =>
  Object.hasOwn(words, name) ? words[name] : name

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of names and values',
  record: 'a map of names and values',
  array: 'a list',
  tuple: 'a list',
}
const wanted = (expected: string): string => (Object.hasOwn(kinds, expected) ? kinds[expected] : undefined) ?? 'a value'

const actualKinds: Readonly<Record<ValueKind, string>> = {
  nothing: 'nothing',
  text: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  list: 'a list',
  map: 'a map',
}

const notPlain: Readonly<Record<NotPlain, string>> = {
  hole: 'a hole in a list',
  accessor: 'an accessor',
  symbolKey: 'a symbol key',
  notFinite: 'a number that is not finite',
  instance: 'an instance of a class',
  refusing: 'an object that refuses to be read',
  throwing: 'an object that throws',
  function: 'a function',
  symbol: 'a symbol',
  bigint: 'a bigint',
  undefined: 'no value',
}

const singular = { characters: 'character', entries: 'entry' } as const

const counting = ({ limit, of }: ReadingData['tooBig']): string =>
  of === null ? String(limit) : `${String(limit)} ${limit === 1 ? singular[of] : of}`

const less = ({ of }: ReadingData['tooBig']): string => (of === null ? 'less' : 'fewer')

/** The English text of every kind of finding; the other languages have theirs in the catalogues. */
export const readingTexts: TextsOf<Readings> = {
  sourceTooLong: ({ characters, limit }) => [
    `${String(characters)} characters; a policy has at most ${String(limit)}`,
    'check that this is the policy file; keep large directories and holiday lists outside it',
  ],
  notJson: ({ said }) => [said, 'correct the JSON, or write the policy as YAML'],
  yamlSlip: ({ slip, said }) =>
    slip === 'MULTIPLE_DOCS'
      ? ['a second document begins here', 'keep one policy in a file: delete the line --- and what stands before or behind it']
      : [said, 'correct the YAML here; texts with : # [ ] or quotes need quotes around them'],
  tooDeep: ({ depth }) => [
    `nested deeper than ${String(depth)} levels`,
    'a policy needs fewer than ten levels: check the indentation here',
  ],
  tooManyValues: ({ limit }) => [
    `more than ${String(limit)} values`,
    'keep large directories and holiday lists outside the policy',
  ],
  textTooLong: ({ limit }) => [`a text longer than ${String(limit)} characters`, 'shorten it'],
  tooManyAliases: ({ limit }) => [`more than ${String(limit)} uses of aliases (*name)`, 'write the values out'],
  aliasUnknown: ({ name }) => [
    `the alias *${name} has no value before it`,
    'name an anchor (&name) that is complete above this line',
  ],
  keyNoText: () => ['a key that is no text', 'write a name before the colon'],
  keyTwice: () => ['the key is given twice', 'delete one of the two'],
  keyReserved: () => ['a name that JavaScript reserves cannot be a key', 'choose another name or delete the entry'],
  notPlain: ({ what }) => [
    `${wordOf(notPlain, what)} where plain data is needed`,
    'use plain data only: texts, numbers, true/false, empty values, lists and plain objects',
  ],
  numberNotFinite: () => ['a number that is not finite', 'write an ordinary number'],
  unset: () => ['not filled in', 'replace [X] by a value'],
  missing: ({ expected, rows }) => [
    'missing',
    rows.length === 0 ? `add it: ${wanted(expected)}` : `add it as the template has it: ${rows.join(', ')}`,
  ],
  choiceMissing: ({ choices }) => ['missing', `write one of ${choices.join(', ')}`],
  wrongType: ({ expected, actual }) => [
    `${wordOf(actualKinds, actual)} where ${wanted(expected)} is needed`,
    expected === 'string' && actual === 'number' ? 'put it in quotes, so that it is read as text' : `write ${wanted(expected)}`,
  ],
  unknownKey: ({ near, known }) => [
    'no such parameter',
    near === null ? `delete it; known here: ${known.join(', ')}` : `did you mean ${near}?`,
  ],
  noForm: () => ['none of the allowed forms', 'correct the value'],
  noChoice: ({ near, choices }) => [
    'not one of the choices',
    near === null ? `write one of ${choices.join(', ')}` : `did you mean ${near}? (${choices.join(', ')})`,
  ],
  tooSmall: (data) => [
    `${less(data)} than ${data.inclusive ? '' : 'or equal to '}${counting(data)}`,
    `use ${data.inclusive ? 'at least' : 'more than'} ${counting(data)}`,
  ],
  tooBig: (data) => [
    `more than ${data.inclusive ? '' : 'or equal to '}${counting(data)}`,
    `use ${data.inclusive ? 'at most' : `${less(data)} than`} ${counting(data)}`,
  ],
  badName: ({ format, choices }) => [
    'not usable as a name',
    format !== null ? wordOf(formats, format) : choices.length > 0 ? `use one of ${choices.join(', ')}` : 'choose another name',
  ],
  badFormat: ({ format }) =>
    format === null
      ? ['not written as is needed', 'correct the value']
      : [`not ${wordOf(formats, format)}`, `write ${wordOf(formats, format)}`],
  noSuchDay: () => ['there is no such day', 'correct the value'],
  noMoney: ({ example }) => [`not money such as "${example}"`, 'correct the value'],
  notAllowed: () => ['not an allowed value', 'correct the value'],
  moreFindings: ({ count }) => [
    `at least ${String(count)} more findings are not listed`,
    'mend those that are, and check again; is this a policy?',
  ],
  ...commandReadingTexts,
}
