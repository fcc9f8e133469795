import { describe, expect, test } from 'vitest'
import { inEveryMode, refusalsOf, rule } from './rule.ts'
import { sha256Hex } from './sha256.ts'

const mayArchive = rule('mayArchive', 'CPL-07', (i: { lessons?: string }) =>
  i.lessons ? null : { code: 'field_missing', required: 'lessons', actual: null },
)
const mayName = rule('mayName', 'CPL-02', (i: { names?: readonly string[] }) =>
  (i.names ?? []).map((name) => (name === 'Li' ? null : { code: 'value_not_allowed', required: ['Li'], actual: name })),
)

describe('a rule', () => {
  test('answers nothing when it is met', () => {
    expect(mayArchive.check({ lessons: 'Weigh twice.' })).toEqual([null])
    expect(refusalsOf([mayArchive], { lessons: 'Weigh twice.' })).toEqual([])
  })

  test('adds its own name and clause to what its check found [CPL-07]', () => {
    expect(mayArchive).toMatchObject({ name: 'mayArchive', clause: 'CPL-07' })
    expect(mayArchive.check({})).toEqual([
      { rule: 'mayArchive', clause: 'CPL-07', code: 'field_missing', required: 'lessons', actual: null },
    ])
  })

  test('all refusals of all rules are seen at once, in the order of the table; what holds leaves no gap', () => {
    const found = refusalsOf<{ lessons?: string; names?: readonly string[] }>([mayName, mayArchive], {
      names: ['Wu', 'Li', 'Xu'],
    })
    expect(found.map((refusal) => [refusal.rule, refusal.actual])).toEqual([
      ['mayName', 'Wu'],
      ['mayName', 'Xu'],
      ['mayArchive', null],
    ])
  })

  test('one that holds in every mode is the same rule, and says so', () => {
    expect(mayArchive.always).toBeUndefined()
    expect(inEveryMode(mayArchive)).toEqual({ ...mayArchive, always: true })
  })
})

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['客户', 'ad4af312dbc2f59366cedb1dc7880615a7606efefec9a865335a5080af99ece7'],
])('SHA-256 of "%s" over its UTF-8 bytes (FIPS 180-4)', (text, hash) => {
  expect(sha256Hex(text)).toBe(hash)
})
