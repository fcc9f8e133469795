import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPath, parsePath } from './path.ts'
import { readSource } from './read-source.ts'

const codes = (source: unknown, format?: 'json' | 'yaml') => readSource(source, format).findings.map((f) => f.code)

describe('text', () => {
  test('YAML 1.2, with the line of every value', () => {
    const { data, findings, locate } = readSource('a:\n  b: 2026-01-01\n  c: [1, yes]\n')
    expect(findings).toEqual([])
    expect(data).toEqual({ a: { b: '2026-01-01', c: [1, 'yes'] } })
    expect(locate(['a', 'b'])).toEqual({ line: 2, column: 3 })
    expect(locate(['a', 'c', 1])).toEqual({ line: 3, column: 10 })
    expect(locate(['a', 'missing'])).toEqual({ line: 1, column: 1 })
  })

  test('keys are what is written, also where they look like numbers', () => {
    expect(Object.keys(readSource('{ 0017: a, 1e3: b, true: c }').data as object)).toEqual(['0017', '1e3', 'true'])
  })

  test('JSON, indented with tabs, with lines', () => {
    const { data, findings, locate } = readSource('{\n\t"a": {\n\t\t"b": "x\\ty"\n\t}\n}')
    expect(findings).toEqual([])
    expect(data).toEqual({ a: { b: 'x\ty' } })
    expect(locate(['a', 'b'])?.line).toBe(3)
  })

  test('JSON is read strictly when asked for', () => {
    expect(codes('a: 1', 'json')).toEqual(['syntax'])
    expect(codes('{"a": 1,}', 'json')).toEqual(['syntax'])
    expect(codes('{"a": 1}', 'json')).toEqual([])
  })

  test.each([
    ['a key twice', 'a: 1\na: 2', 'duplicate_key'],
    ['a key twice in JSON', '{"a": 1, "a": 2}', 'duplicate_key'],
    ['a broken line', 'a: "x\nb: 1', 'syntax'],
    ['two documents', 'a: 1\n---\nb: 2', 'syntax'],
    ['a tag', 'a: !!js/function x', 'syntax'],
    ['a binary tag', 'a: !!binary aGk=', 'syntax'],
    ['a list as key', '? [1, 2]\n: 3', 'type'],
    ['an infinite number', 'a: .inf', 'type'],
    ['no number', 'a: .nan', 'type'],
    ['an alias to nothing', 'a: *b', 'alias'],
    ['an alias to what it stands in', 'a: &a\n  b: *a', 'alias'],
    ['__proto__', 'a:\n  __proto__: { x: 1 }', 'reserved_key'],
    ['constructor', '{"constructor": {"prototype": {}}}', 'reserved_key'],
    ['prototype', 'prototype: 1', 'reserved_key'],
    ['toString', 'toString: 1', 'reserved_key'],
    ['a text without end', `a: "${'x'.repeat(20_000)}"`, 'too_large'],
    ['deep brackets', '['.repeat(2000) + ']'.repeat(2000), 'too_deep'],
    ['deep dashes', `${'- '.repeat(3000)}x`, 'too_deep'],
    ['50 levels', `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`, 'too_deep'],
  ])('refuses %s', (_, text, code) => {
    const { findings } = readSource(text)
    expect(findings.map((f) => f.code)).toContain(code)
    expect(findings.every((f) => f.message.length < 400 && f.remedy !== '')).toBe(true)
  })

  test('what the library says to programmers is said to the author of a policy', () => {
    expect(readSource('a: 1\n---\nb: 2').findings).toEqual([
      {
        path: '',
        code: 'syntax',
        message: 'a second document begins here',
        remedy: 'keep one policy in a file: delete the line --- and what stands before or behind it',
        line: 2,
        column: 1,
        data: { kind: 'yamlSlip', slip: 'MULTIPLE_DOCS', said: expect.stringContaining('multiple documents') as string },
      },
    ])
    expect(readSource('['.repeat(5000)).findings[0]).toMatchObject({ code: 'too_deep', message: 'nested deeper than 40 levels' })
  })

  test('anchors may be used, but not to make a small text large', () => {
    expect(readSource('a: &budget { amount: 4 }\nb: *budget').data).toEqual({ a: { amount: 4 }, b: { amount: 4 } })
    const row = (i: number) =>
      `a${String(i)}: &a${String(i)} [${Array(9)
        .fill(`*a${String(i - 1)}`)
        .join(', ')}]\n`
    const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => row(i + 1)).join('')}`
    const found = codes(bomb)
    expect(found.filter((c) => c === 'too_many_aliases')).toHaveLength(1)
  })

  test('10 MB are refused before anything is parsed', () => {
    const { data, findings } = readSource('a: 1\n'.repeat(2_000_000))
    expect(data).toBeUndefined()
    expect(findings).toMatchObject([{ code: 'too_large', message: expect.stringContaining('10000000 characters') as string }])
  })

  test('many keys are refused by number, not read in quadratic time', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${String(i)}: 1`).join('\n')
    expect(text.length).toBeLessThan(250_000)
    expect(readSource(text).findings).toEqual([])
    expect(codes(`[${'1,'.repeat(110_000)}1]`)).toContain('too_large')
  })
})

describe('data', () => {
  test('JSON values are copied as they are', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        fc.pre(
          !/__proto__|constructor|prototype|toString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|__\w+__/.test(
            JSON.stringify(value),
          ),
        )
        const { data, findings } = readSource({ value })
        expect(findings).toEqual([])
        expect(data).toEqual({ value })
      }),
    )
  })

  class Model {
    amount = 1
  }
  test.each([
    ['an instance', { a: new Model() }],
    ['a date', { a: new Date(0) }],
    ['a map', { a: new Map() }],
    ['a function', { a: () => 1 }],
    ['a big integer', { a: 1n }],
    ['NaN', { a: Number.NaN }],
    ['a hole', { a: Array(1) }],
    ['a symbol key', { [Symbol('a')]: 1 }],
    ['an accessor', Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })],
    ['an object that inherits', Object.create({ a: 1 }) as object],
    [
      'an object that throws',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    ],
    ['a function as policy', () => 1],
  ])('refuses %s', (_, value) => {
    expect(codes(value)).toContain('not_plain')
  })

  test('an accessor is never run', () => {
    let runs = 0
    readSource(Object.defineProperty({}, 'a', { get: () => (runs += 1), enumerable: true }))
    expect(runs).toBe(0)
  })

  test('an own __proto__ key is refused by path and changes nothing', () => {
    const { data, findings } = readSource(JSON.parse('{"a": {"__proto__": {"polluted": true}, "b": 1}}'))
    expect(findings).toMatchObject([{ code: 'reserved_key', path: 'a.__proto__' }])
    expect(data).toEqual({ a: { b: 1 } })
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('cycles and wide data are refused', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(codes(cycle)).toEqual(['too_deep'])
    expect(codes({ a: Array(200_000).fill(1) })).toEqual(['too_large'])
  })

  test('undefined members are absent', () => {
    expect(readSource({ a: undefined, b: 1 }).data).toEqual({ b: 1 })
  })
})

describe('paths', () => {
  test('odd keys are quoted, long ones cut', () => {
    expect(formatPath(['a', 'x.y', 2, 'b-c'])).toBe('a["x.y"][2].b-c')
    expect(formatPath(['k'.repeat(5000)]).length).toBeLessThan(100)
  })

  test('are read back', () => {
    const key = fc.string({ minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.array(fc.oneof(key, fc.nat({ max: 999 })), { minLength: 1, maxLength: 6 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path)
      }),
    )
  })
})
