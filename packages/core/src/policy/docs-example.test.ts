import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { checkPolicy } from './load.ts'
import { limits } from './source/index.ts'
import { policyTemplate } from './template.ts'
import { manufacturer, withValue } from './testing.ts'

const page = readFileSync(fileURLToPath(new URL('../../../../docs/concepts/policy.md', import.meta.url)), 'utf8')

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
