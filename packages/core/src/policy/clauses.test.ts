import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parameterAt, parameters, parametersOf } from './clauses.ts'
import { memberOf, shapeOf } from './findings/index.ts'
import { loadPolicy } from './load.ts'
import { presets } from './presets/index.ts'
import { policySchema } from './schema.ts'
import { valueAt } from './testing.ts'

type Schema = Parameters<typeof shapeOf>[0]

const leaves = (schema: Schema, path: readonly string[] = []): readonly (readonly string[])[] => {
  const shape = shapeOf(schema)
  if (shape !== undefined) return Object.entries(shape).flatMap(([key, member]) => leaves(member, [...path, key]))
  const member = memberOf(schema)
  return member === undefined ? [path] : leaves(member, [...path, 'x'])
}

describe('the parameter table', () => {
  test('covers every value of the schema', () => {
    expect(leaves(policySchema).filter((path) => parameterAt(path) === undefined)).toEqual([])
  })

  test('holds nothing that the schema does not have', () => {
    const policy = loadPolicy(presets.manufacturerCn)
    const missing = parameters.filter(({ path }) => valueAt(policy, path.replace('*', 'main')) === undefined)
    expect(missing.map((p) => p.path)).toEqual([])
  })

  test('names each path once, with a unit, an example and a label in both languages', () => {
    expect(new Set(parameters.map((p) => p.path)).size).toBe(parameters.length)
    expect(parameters.filter((p) => p.example === '' || p.label.en === '' || !/\p{Script=Han}/u.test(p.label['zh-CN']))).toEqual(
      [],
    )
  })

  test('every P parameter of these workflows is one parameter', () => {
    const numbers = [4, 5, ...Array.from({ length: 28 }, (_, i) => i + 6)].map((n) => `P-${String(n).padStart(2, '0')}`)
    const counts = numbers.map((id) => [id, parametersOf(id).filter((p) => p.path !== 'currency').length])
    expect(counts).toEqual(numbers.map((id) => [id, 1]))
  })

  const page = fileURLToPath(new URL('../../../../../shared/spec/requirements.md', import.meta.url))
  test.skipIf(!existsSync(page))(
    'names and requirements are those of the parameter list (skipped where the page is not at hand)',
    () => {
      const rows = [...readFileSync(page, 'utf8').matchAll(/^\| (P-\d\d) \| `([^`]+)` \| [^|]+ \| ([A-Z]+-\d\d) \|/gm)]
      expect(rows).toHaveLength(33)
      for (const [, id = '', path, requirement] of rows)
        for (const p of parametersOf(id)) if (p.path !== 'currency') expect([p.path, p.requirement]).toEqual([path, requirement])
    },
  )

  test('finds the parameter of a place inside it', () => {
    expect(parameterAt(['calendars', 'uk', 'week', 'mon', 0])?.path).toBe('calendars.*.week')
    expect(parameterAt(['sla', 'ladder', 0, 'at'])?.path).toBe('sla.ladder')
    expect(parameterAt(['nothing'])).toBeUndefined()
  })
})
