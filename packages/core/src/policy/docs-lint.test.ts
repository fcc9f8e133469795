import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import type { Finding } from '../errors/index.ts'
import { flag, lintChecks, type LintCheck, type PortfolioData } from './lint/index.ts'
import { breaks } from './lint/testing/breaks.ts'
import { changed } from './lint/testing/cases.ts'
import { checkPolicy } from './load.ts'
import { manufacturerCn, presets } from './presets/index.ts'

/** Where a portfolio of a thousand customers would leave the manufacturer's preset. */
const portfolio: { readonly [C in keyof PortfolioData]: Finding } = {
  portfolioEmpty: flag('', 'portfolioEmpty', {}),
  portfolioNotRead: flag('', 'portfolioNotRead', { accounts: 3 }),
  limitOutOfReach: flag('tier.A.amount.min', 'limitOutOfReach', {
    tier: 'A',
    measure: 'amount',
    accounts: 1000,
    limit: { currency: 'CNY', minor: 16_000_000_00 },
    best: { currency: 'CNY', minor: 9_500_000_00 },
  }),
  tierEmpty: flag('tier.cutoffs.A', 'tierEmpty', { tier: 'A', accounts: 1000 }),
  oneTierForAll: flag('tier.combine', 'oneTierForAll', { tier: 'D', accounts: 1000 }),
  bracketOutOfReach: flag('rebate.brackets[3].from', 'bracketOutOfReach', {
    from: { currency: 'CNY', minor: 50_000_000_00 },
    best: { currency: 'CNY', minor: 31_000_000_00 },
    accounts: 1000,
  }),
  neverJudged: flag('tier.weights.influence', 'neverJudged', { factor: 'influence', accounts: 1000 }),
  currencyWithoutRate: flag('exchangeRates', 'currencyWithoutRate', { currency: 'EUR', accounts: 12, policy: 'CNY' }),
}

const example = (check: LintCheck): Finding => {
  if (check in portfolio) return portfolio[check as keyof PortfolioData]
  const { change, options } = breaks[check as keyof typeof breaks]
  const policy = manufacturerCn()
  const { findings } = checkPolicy(changed(change(policy), presets.manufacturerCn), options?.(policy))
  const finding = findings.find((f) => f.check === check)
  if (finding === undefined) throw new Error(`no example of ${check}`)
  return finding
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`

const table = (checks: readonly LintCheck[]): string =>
  [
    row(['Check', 'Kind', 'Severity', 'Clause', 'Example', 'Remedy', 'Fix']),
    row(Array.from({ length: 7 }, () => '---')),
    ...checks.map((check) => {
      const { path, code, severity = 'error', clause = '', message, remedy, fix } = example(check)
      const place = path === '' ? '' : `\`${path}\`: `
      return row([`\`${check}\``, `\`${code}\``, severity, clause, `${place}${message}`, remedy, fix === undefined ? '–' : 'yes'])
    }),
  ].join('\n')

/** Where a part of the table begins. */
const titles: { readonly [C in LintCheck]?: string } = {
  timeZoneUnknown: 'References, calendars, dates',
  longerThan: 'Promised times, clocks, the cycle',
  amountGap: 'Tiers, rising and falling',
  bracketsOrder: 'Rebates, scales, figures, cadence',
  mandatoryWithoutWeight: 'Admission, contracts, project changes',
  departmentUnknown: 'People and approvals',
  portfolioEmpty: 'A policy against a portfolio',
}

const sections = (): string => {
  const parts: { readonly title: string; readonly checks: LintCheck[] }[] = []
  for (const check of Object.keys(lintChecks) as LintCheck[]) {
    const title = titles[check]
    if (title !== undefined) parts.push({ title, checks: [] })
    parts.at(-1)?.checks.push(check)
  }
  return parts.map(({ title, checks }) => `## ${title}\n\n${table(checks)}`).join('\n\n')
}

const page = (): string => `# What is checked between parameters

A policy can be well-formed and still contradict itself. \`checkPolicy\` (and \`loadPolicy\`, and \`ka-governance check\`) therefore compare its parameters with each
other; \`lintPortfolio\` compares them with the customers that there are. What each check finds has

- a **severity**: an error refuses the policy; a warning is unusual, can be meant, and never refuses;
- a **check**, its id in the first column of the tables, and the **kind** (\`code\`) that several checks share;
- the **place**, the **clause** behind it, a **message** with the numbers, and a **remedy**; \`data\` holds the numbers, and \`formatFinding\` says all of it in English or
  Chinese;
- a **fix** where the remedy needs no decision: \`[{ path, value }]\` or \`[{ path, remove: true }]\`. \`applyFixes\` makes these changes in a copy. A fix mends its finding;
  check the result again, since other parameters can depend on the one that changed. Where a remedy is a decision (which weight to lower, who approves, how many must), there is no
  fix; of two promises that contradict each other, a fix keeps the stricter.

\`\`\`ts
import { applyFixes, checkPolicy, presets } from '@ka-governance/core'

const draft = JSON.parse(JSON.stringify(presets.manufacturerCn))
draft.capacity.tiers.A = 0
const [finding] = checkPolicy(draft).findings
finding?.check // => 'capacityNone'
finding?.fix // => [{ path: 'capacity.tiers.A', value: null }]
checkPolicy(applyFixes(draft, finding?.fix ?? [])).findings // => []
\`\`\`

Checks run on whatever is known: a value that is missing or wrong hides nothing but what depends on it. The five presets have no finding.

- **Hours and days** are compared by the standard working week of each calendar in use; elapsed hours and calendar days count with the working part of a week. Where
  that leaves a doubt, nothing is said.
- **Tiers** are searched, not estimated: every combination of letters that the five factors can have, through weights, cut-offs and gates. A tier that none of them gives is out of
  reach; a weight that changes none of the results has no effect.
- **Quorums** are counted over the static directory: one person is one elector in however many seats, votes for one department only, and votes for nobody else in a stage where
  she votes herself. \`affected.head\` and other roles that depend on the matter are left out. Without a directory in the policy nobody is counted.
- **Clocks that run beside each other** do not contradict: all run, and the strictest counts (\`sla.conflict\`). A promise that is always due after another is
  reported as one that never counts.
- **Holidays** must be known from the first day of the policy until its longest clock has run; \`checkPolicy(text, { until })\` asks for more years.
- **Notice**: \`checkPolicy(text, { on })\` compares \`effectiveFrom\` with the notice counted from that day.

\`lintPortfolio(policy, accounts, { cycle })\` reads the accounts as \`simulatePortfolio\` does, one at a time:

\`\`\`ts
import { lintPortfolio, loadPolicy, presets } from '@ka-governance/core'

const policy = loadPolicy(presets.manufacturerCn)
const findings = await lintPortfolio(policy, [], { cycle: '2026-H1' })
findings.map((finding) => finding.check) // => ['portfolioEmpty']
\`\`\`

The tables are written by \`docs-lint.test.ts\`; each example is what the check says when the manufacturer's preset is broken in the way that its test breaks it.

${sections()}
`

test('GOV-05: the page of checks is that of the code', async () => {
  const file = fileURLToPath(new URL('../../../../docs/concepts/policy-lint.md', import.meta.url))
  await expect(await format(page(), { parser: 'markdown', semi: false, singleQuote: true, printWidth: 130 })).toMatchFileSnapshot(
    file,
  )
})
