import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parameters, usualPlace, type Parameter } from './clauses.ts'
import { formatBudget, minorDigits, type Budget, type Money, type Threshold } from './parts.ts'
import { distributorIntl, manufacturerCn } from './presets/index.ts'
import { policySchema, type Policy } from './schema.ts'
import { valueAt } from './testing.ts'
import { units } from './units.ts'

type Tree = { readonly [key: string]: unknown }
const has = <T extends object>(value: object, ...keys: readonly (keyof T & string)[]): value is T =>
  Object.keys(value).length === keys.length && keys.every((key) => key in value)

const money = ({ currency, minor }: Money): string =>
  `${currency} ${(minor / 10 ** minorDigits(currency)).toLocaleString('en-US')}`
const signs = { '>=': '≥', '>': '>', '<=': '≤', '<': '<' } as const

/** A value as a reader of the table wants it: short, and without what a name says already. */
const written = (value: unknown): string => {
  if (value === null) return 'null'
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') throw new Error(`no value of a policy: ${typeof value}`)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => nameOf(item)).join(', ')
  if (has<Budget>(value, 'amount', 'unit')) return formatBudget(value)
  if (has<Money>(value, 'currency', 'minor')) return money(value)
  if (has<{ op: Threshold['op']; money: Money }>(value, 'op', 'money')) return `${signs[value.op]} ${money(value.money)}`
  if (has<Threshold>(value, 'op', 'value')) return `${signs[value.op]} ${String(value.value)}`
  if (has<{ from: Money; to: Money }>(value, 'from', 'to')) return `${money(value.from)} – ${money(value.to)}`
  if (has<{ months: number }>(value, 'months')) return String(value.months)
  const entries = Object.entries(value as Tree)
  if (entries.length === 0) return 'none'
  return entries
    .map(([key, member]) => (typeof member === 'object' && member !== null ? key : `${key}: ${String(member)}`))
    .join(', ')
}

const nameOf = (item: unknown): string => {
  if (typeof item !== 'object' || item === null) return String(item)
  const { id, kind, at, notify, from, to, occasion, percent } = item as Tree
  if (typeof occasion === 'string') return occasion
  if (typeof percent === 'number')
    return `${String(percent)} % from ${typeof from === 'number' ? String(from) : money(from as Money)}`
  if (typeof id === 'string') return id
  return typeof kind === 'string' ? `${String(at)} %: ${String(notify)}` : `${String(from)} → ${String(to)}`
}

const scheme = (value: unknown): string =>
  (value as Policy['approval']['plan']).stages
    .map(({ id, timeout }) => (timeout === undefined ? id : `${id} (${formatBudget(timeout)})`))
    .join((value as Policy['approval']['plan']).order === 'parallel' ? ' and ' : ', then ')

const at = (policy: Policy, { path, unit }: Parameter): string => {
  const value = valueAt(policy, usualPlace(path))
  if (path === 'directory' || unit === 'hours') return 'see the file'
  // A share of a visit is written as the fraction that it is.
  if (unit === 'visitsPerMonth' && typeof value === 'number' && value > 0 && value < 1)
    return `1/${String(Math.round(1 / value))}`
  return unit === 'scheme' ? scheme(value) : written(value)
}

/** Where a part of the page begins, by key of the document. */
const titles: Readonly<Record<string, string>> = {
  id: 'The document',
  calendars: 'Working time',
  departments: 'People',
  admission: 'Admission',
  contract: 'Contracts, hand-over, readmission',
  publication: 'Publication',
  cadence: 'Visits, care, demands and inspections',
  project: 'Projects and their changes',
  complaint: 'Complaints',
  feedback: 'Customer groups',
  sla: 'Clocks',
  tier: 'Tiers',
  adjust: 'Rising and falling',
  grade: 'Grade, classes, needs and value',
  rebate: 'Rebates and incentive',
  purchase: 'What facts are made of',
  cycle: 'Evaluation cycle',
  approval: 'Approvals',
  appeal: 'Appeals, figures, capacity',
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const head = [
  row(['Parameter', 'No.', 'Asked by', 'Unit', 'Meaning', '含义', 'Template', 'manufacturer-cn', 'distributor-intl']),
  row(Array.from({ length: 9 }, () => '---')),
].join('\n')

const table = (): string => {
  const [i, ii] = [manufacturerCn(), distributorIntl()]
  const sections = Object.keys(policySchema.shape).map((key) => {
    const title = titles[key]
    const rows = parameters
      .filter(({ path }) => path === key || path.startsWith(`${key}.`))
      .map((p) =>
        row([
          `\`${p.path}\``,
          p.id,
          p.requirement,
          units[p.unit].en,
          p.label.en,
          p.label['zh-CN'],
          p.open ? 'blank' : 'filled in',
          at(i, p),
          at(ii, p),
        ]),
      )
    return [...(title === undefined ? [] : [`\n## ${title}\n`, head]), ...rows].join('\n')
  })
  return `# The parameters of the policy

Every parameter, in the order of the document: its number in the list of parameters (else the requirement or the decision behind it), the
requirement that asks for it, its unit and meaning, whether the template leaves it blank, and its value in the two realistic presets.
[The policy](policy.md) says how values are written and what is checked between them. This page is written by \`docs-parameters.test.ts\`.

${sections
  .filter((text) => text !== '')
  .join('\n')
  .trimStart()}
`
}

test('the page of parameters is that of the code', async () => {
  const page = fileURLToPath(new URL('../../../../docs/concepts/policy-parameters.md', import.meta.url))
  await expect(table()).toMatchFileSnapshot(page)
})
