import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGovernanceError, type JsonValue } from '../errors/index.ts'
import { canonicalJson } from './canonical-json.ts'

describe('canonical JSON (RFC 8785)', () => {
  test('the example of section 3.2.2', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as JsonValue
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  test('members stand in the order of their UTF-16 code units, as in section 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }
    const order = [...canonicalJson(value).matchAll(/:(\d)/g)].map((m) => m[1])
    expect(order.join('')).toBe('2467153')
  })

  test.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-5e-324, '-5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('the number %d of appendix B is written %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test('members that are undefined are left out', () => {
    expect(canonicalJson({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}')
  })

  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  test.each([
    ['NaN', { a: [1, Number.NaN] }, 'a.1'],
    ['infinity', Number.POSITIVE_INFINITY, ''],
    ['half a surrogate pair', { a: 'x\ud800' }, 'a'],
    ['half a surrogate pair in a key', { 'x\udc00': 1 }, 'x\udc00'],
    ['undefined in a list', [undefined], '0'],
    ['a hole in a list', Array(1), '0'],
    ['a date', { a: new Date(0) }, 'a'],
    ['a map', { a: new Map() }, 'a'],
    ['a big integer', 1n, ''],
    ['a function', { a: () => 1 }, 'a'],
  ])('refuses %s and says where', (_, value, path) => {
    const refused = caught(() => canonicalJson(value as JsonValue))
    expect(isGovernanceError(refused, 'invalid_input')).toBe(true)
    expect(refused).toMatchObject({ findings: [{ path, code: 'not_json' }] })
  })

  test('a member of a map without a prototype counts as plain data', () => {
    expect(canonicalJson(Object.assign(Object.create(null) as object, { a: 1 }) as JsonValue)).toBe('{"a":1}')
  })

  test.each([
    ['NaN is no JSON number', Number.NaN],
    ['a text with half of a surrogate pair', 'x\ud800'],
    ['an instance of a class', new Date(0)],
    ['undefined where a value is needed', [undefined]],
    ['a function', () => 1],
  ])('says what is wrong (%s), and what to write instead', (message, value) => {
    expect(caught(() => canonicalJson(value as unknown as JsonValue))).toMatchObject({
      message: expect.stringMatching(/^Canonical JSON: 1 finding/),
      findings: [{ message, remedy: expect.stringContaining('plain objects only') }],
    })
  })

  test('the place of what is refused leaves out the members before it', () => {
    const refused = caught(() => canonicalJson({ a: { b: [1, { c: 2 }] }, d: [[3], { e: 4, f: Number.NaN }] }))
    expect(refused).toMatchObject({ findings: [{ path: 'd.1.f' }] })
  })

  const nested = (levels: number): JsonValue => (levels === 0 ? 1 : [nested(levels - 1)])
  test('200 levels are data, 201 are refused by a place short enough to read', () => {
    expect(canonicalJson(nested(200))).toBe(`${'['.repeat(200)}1${']'.repeat(200)}`)
    expect(caught(() => canonicalJson(nested(201)))).toMatchObject({
      findings: [{ path: Array(12).fill('0').join('.'), message: expect.stringContaining('deeper than 200 levels') }],
    })
  })

  test('refuses a cycle instead of running out of stack', () => {
    expect(
      isGovernanceError(
        caught(() => canonicalJson(cycle as JsonValue)),
        'invalid_input',
      ),
    ).toBe(true)
  })

  test('reads back as the same value, whatever order it was written in', () => {
    const json = fc.jsonValue({ stringUnit: 'binary' })
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(reversed(value) as JsonValue)).toBe(text)
      }),
    )
  })

  test('agrees with a plain sort-and-stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(canonicalJson(value as JsonValue)).toBe(plain(value))
      }),
    )
  })
})

const caught = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value).reverse())
    Object.defineProperty(copy, key, { value: reversed(member), enumerable: true, configurable: true, writable: true })
  return copy
}

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([k, v]) => `${JSON.stringify(k)}:${plain(v)}`).join(',')}}`
}
