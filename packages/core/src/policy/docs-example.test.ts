import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { checkPolicy } from './load.ts'
import { limits } from './source/index.ts'
import { policyJsonSchema } from './schema-json/index.ts'
import { policyTemplate } from './template.ts'
import { manufacturer, withValue } from './testing.ts'

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../docs/concepts/${name}`, import.meta.url)), 'utf8')
const page = read('policy.md')

interface JsonNode {
  readonly title?: string
  readonly description?: string
  readonly anyOf?: readonly JsonNode[]
  readonly properties?: { readonly [key: string]: JsonNode }
}

test('the example run of the documentation is what the code prints', () => {
  const mistakes = [
    ['complaint.handoff.amount', '[X]'],
    ['complaint.resolution.amount', 12],
    ['tier.A.amount.min', 'CNY 18,000,000'],
    ['tier.A.amount.lookbak', 2],
    ['approval.extension.stages[0].electors', ['custmerService.head']],
  ] as const
  const broken = mistakes.reduce<unknown>((d, [path, value]) => withValue(d, path, value), manufacturer)
  const printed = checkPolicy(stringify(broken)).findings.map(
    (f) => `${[f.severity, f.clause, f.path].filter(Boolean).join(' ')} (line ${String(f.line)}): ${f.message} → ${f.remedy}`,
  )
  expect(page).toContain(printed.join('\n'))
})

test('the limits and the number of blanks in the documentation are those of the code', () => {
  const numbers = [limits.characters, limits.values].map((n) => String(n).replaceAll(/\B(?=(\d{3})+$)/g, ','))
  const blanks = checkPolicy(policyTemplate({ currency: 'CNY', timeZone: 'Asia/Shanghai' })).findings.length
  for (const text of [...numbers, `${String(limits.depth)} levels`, `${String(blanks)} values`]) expect(page).toContain(text)
})

test('what the documentation shows of an editor is what the schema says', () => {
  const readable = read('policy-readable.md')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[│┌┐└┘─] ?/g, '')
  const at = (node: JsonNode | undefined, [key, ...rest]: readonly string[]): JsonNode | undefined =>
    key === undefined ? node : at(node?.anyOf?.find((one) => one.properties)?.properties?.[key], rest)
  const schema: JsonNode = { anyOf: [policyJsonSchema({ locale: 'en' })] }
  const hover = at(schema, ['demand', 'urgent', 'firstResponse'])
  expect(readable).toContain(`${String(hover?.title)} ${String(hover?.description)}`)
  const choice = at(schema, ['rebate', 'method'])
  const offered = String(choice?.description).split(/(?<=choice\.) /)
  for (const part of [choice?.title, ...offered]) expect(readable).toContain(part)
  expect(Object.keys(at(schema, ['cadence'])?.anyOf?.find((one) => one.properties)?.properties ?? {})).not.toContain('visits')
})
