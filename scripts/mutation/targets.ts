/** What is mutated together, and the tests that have to notice. Places are below `packages/core`. */
export type Target = Readonly<{
  /** The name on the command line and in the table. */
  name: string
  sources: readonly string[]
  tests: readonly string[]
  /** Tests that take seconds for every change: they judge only what the others did not notice. */
  slow?: readonly string[]
}>

const folder = (name: string, ...slow: readonly string[]): Target => ({
  name,
  sources: [`src/${name}/**/*.ts`],
  tests: [`src/${name}/**/*.test.ts`],
  slow: slow.map((test) => `src/${name}/${test}.test.ts`),
})

/**
 * The `may…` rules of a workflow or ledger, tested through the runtime. Not by files that count at their end what all their tests did: run for a single
 * one, they fail whatever was changed.
 */
const rulesOf = (name: string, ...tests: readonly string[]): Target => ({
  name,
  sources: [`src/${name}/rules*.ts`],
  tests: [`src/${name}/*.test.ts`, ...tests.map((test) => `test/${test}.test.ts`)],
})

export const targets: readonly Target[] = [
  folder('rules'),
  folder('approvals', 'properties'),
  folder('calendar', 'laws', 'oracle', 'range', 'zone-offsets'),
  folder('sla', 'properties'),
  folder('scoring', '**/*-laws'),
  rulesOf('workflows/admission', 'admission-*'),
  rulesOf('workflows/complaint', 'complaint-*'),
  rulesOf('workflows/policy-publication', 'policy-publication'),
  rulesOf('workflows/project-change', 'project-change', 'change-edges', 'project-invariant'),
  rulesOf('workflows/tier-adjustment', 'tier-*'),
  rulesOf('ledgers/account', 'account-*', 'merged-account', 'admission-*', 'tier-*'),
  rulesOf('ledgers/project', 'project-*'),
]
