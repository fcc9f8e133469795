import { z } from 'zod'
import type { JsonValue } from '../../errors/index.ts'
import type { Policy } from '../../policy/index.ts'
import { definitions } from '../../runtime/runtime.ts'
import { fieldsOf, insideOf, valuesOf, defOf } from '../field-shape.ts'
import { policyChoices } from '../policy-choices.ts'

type Schema = z.core.$ZodType

const candidates: readonly JsonValue[] = [
  '投诉 Matter of the form',
  'u-liu',
  '2026-03-02',
  'abc',
  'ab'.repeat(32),
  'https://files.example/report-17.pdf',
  'CNY',
  'tier-abc-2026-h1',
  '91310000MA1FL0000X',
  '2026-H1',
  1_772_416_800_000,
  1,
  0,
  50,
  true,
  false,
]

/** The command of a form with every field filled in (`full`), or only with those that it needs, made from the schema that checks it. */
export function sampleForm(
  kind: string,
  command: string,
  policy: Policy,
  full: boolean,
): { readonly [field: string]: JsonValue } {
  const schema = definitions[kind]?.commands[command]?.schema
  if (schema === undefined) throw new Error(`there is no ${kind}.${command}`)
  return sampleOf(schema, '', { command, policy, full }) as { readonly [field: string]: JsonValue }
}

interface Scope {
  readonly command: string
  readonly policy: Policy
  readonly full: boolean
}

function sampleOf(schema: Schema, path: string, scope: Scope): JsonValue {
  const inside = insideOf(schema)
  if (inside !== null) return sampleOf(inside, path, scope)
  const values = valuesOf(schema)
  if (values !== null) return values[0] ?? null
  const def = defOf(schema)
  if (def.type === 'union') return sampleOf(def.options[0] ?? z.string(), path, scope)
  if (def.type === 'array') {
    const choices = policyChoices(scope.command, path, scope.policy) ?? []
    for (const count of [1, 2, 3]) {
      const list = Array.from({ length: count }, (_, k) => choices[k]?.id ?? sampleOf(def.element, path, scope))
      if (z.safeParse(schema, list).success) return list
    }
  }
  const fields = fieldsOf(schema)
  if (fields !== null) {
    const wanted = fields.filter(([, of]) => scope.full || !z.safeParse(of, undefined).success)
    return Object.fromEntries(wanted.map(([name, of]) => [name, sampleOf(of, path === '' ? name : `${path}.${name}`, scope)]))
  }
  const choices = policyChoices(scope.command, path, scope.policy)
  const found = [...(choices ?? []).map(({ id }) => id), ...candidates, {}, []].find(
    (value) => z.safeParse(schema, value).success,
  )
  if (found === undefined) throw new Error(`no sample for ${scope.command}.${path}`)
  return found
}
