import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForm } from './read-form.ts'

const wrongIn = (text: string): readonly (readonly [string, string, number?, number?])[] => {
  const read = readForm(text)
  if (read.ok) throw new Error(`read as ${JSON.stringify(read.fields)}`)
  return read.findings.map(({ path, code, line, column }) =>
    line === undefined || column === undefined ? [path, code] : [path, code, line, column],
  )
}

describe('a form as it was written', () => {
  it.each(['', ' ', '\n\t', '{}'])('nothing: %j', (text) => {
    expect(readForm(text)).toEqual({ ok: true, fields: {} })
  })
  it('is one JSON object', () => {
    for (const text of ['null', '[]', '[{}]', '"a"', '7', 'true']) expect(wrongIn(text)).toEqual([['form', 'type']])
    for (const text of ['{', '{"a":}', "{'a':1}", '{"a":1,}', '{"a":1} {"b":2}', 'department=product', '{“a”:1}', '\u0000'])
      expect(wrongIn(text).map(([path, code]) => [path, code])).toEqual([['form', 'syntax']])
  })
  it('no name stands twice, at any depth, however it is written', () => {
    expect(wrongIn('{"a":1,\n "a":2}')).toEqual([['a', 'duplicate_key', 2, 2]])
    expect(wrongIn('{"a":{"b":1,"c":[{"b":1},{"\\u0062":2,"b":3}]}}')).toEqual([['form', 'duplicate_key', 1, 38]])
    expect(readForm('{"a":"a","b":["a","a"],"c":{"a":1,"b":"\\"a\\":1"}}').ok).toBe(true)
  })
  it('is neither endless nor bottomless', () => {
    expect(wrongIn(`{"a":"${'x'.repeat(48_000)}"}`)).toEqual([['form', 'too_large']])
    expect(wrongIn(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)[0]?.slice(0, 2)).toEqual(['form', 'too_deep'])
    expect(wrongIn(`{${'"a":1,'.repeat(5000)}"b":1}`).length).toBeLessThanOrEqual(21)
  })
  it('says nothing of what it holds', () => {
    const read = readForm('{"contact": Ms Li 0755}')
    expect(JSON.stringify(read)).not.toContain('Li')
  })
  it('reads what JSON says, and nothing else', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (fields) => {
        const text = JSON.stringify(fields)
        expect(readForm(text)).toEqual({ ok: true, fields: JSON.parse(text) as object })
      }),
    )
  })
  it('a name given twice is found wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.jsonValue({ maxDepth: 2 }),
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
        (name, value, rest) => {
          const [key, text] = [JSON.stringify(name), JSON.stringify(value)]
          const inner = JSON.stringify(rest).slice(1, -1)
          const twice = `{${key}:${text},${inner === '' ? '' : `${inner},`}${key}:${text}}`
          expect(wrongIn(twice).map(([, code]) => code)).toContain('duplicate_key')
        },
      ),
    )
  })
})
