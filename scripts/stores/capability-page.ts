// What the stores of this project promise, side by side, as they declare it themselves: docs/adapters/README.md.
import type { GovernanceStore, StoreCapabilities } from '@ka-governance/core'

/** A store of the project as the page shows it; it is made and never called. */
export interface ShownStore {
  readonly name: string
  /** Folder of its package, and its page beside the one that is written. */
  readonly folder: string
  readonly page: string
  /** With as little configuration as it takes, and with all there is: the same where there is nothing to configure. */
  readonly plain: GovernanceStore
  readonly full: GovernanceStore
}

/** What each capability means to whoever builds on a store. */
const promises: { readonly [name in keyof StoreCapabilities]: { readonly promise: string; readonly without: string } } = {
  atomicMultiCommit: {
    promise: 'what one command changes in several instances lands together or not at all',
    without: 'the first lands, the others follow from its journal entry: at the next load or sweep at the latest',
  },
  leases: {
    promise: 'a due instance is handed to one worker for a while',
    without: 'workers may meet at one; the key of the journal decides who did it',
  },
  atomicProjection: {
    promise: 'the record that people see is durable together with the journal entry',
    without: 'it is written right behind the entry, and by the next sweep where that failed',
  },
  consistentQueries: {
    promise: 'lists and deadlines include everything that was committed before',
    without: 'they are behind by the lag of an index; single instances never are',
  },
  atomicDocuments: {
    promise: 'personal texts land with their entry or not at all',
    without: 'they are written first; those of an entry that did not land are erased by their ids',
  },
  accountFacts: {
    promise: 'purchases of accounts are known',
    without: 'the host supplies the facts of a review',
  },
}

type Part = { readonly what: string; readonly has: (store: GovernanceStore) => boolean }

/** What a store may offer beside what it must. */
const parts: readonly Part[] = [
  { what: 'several heads in one call (`loadMany`)', has: ({ loadMany }) => loadMany !== undefined },
  { what: 'several answers of the past in one call (`entriesByKey`)', has: ({ entriesByKey }) => entriesByKey !== undefined },
  { what: 'what is due and what is pending in one call (`agenda`)', has: ({ agenda }) => agenda !== undefined },
  {
    what: 'several accounts and their facts in one call (`getMany`, `factsMany`)',
    has: ({ accounts }) => accounts.getMany !== undefined && accounts.factsMany !== undefined,
  },
  { what: 'commands that people leave as records (`inbox`)', has: ({ inbox }) => inbox !== undefined },
  // eslint-disable-next-line @typescript-eslint/unbound-method -- looked at, never called
  { what: 'changes around the process are found (`drift`)', has: ({ drift }) => drift !== undefined },
]

const names = Object.keys(promises) as readonly (keyof StoreCapabilities)[]

function cellOf({ plain, full }: ShownStore, has: (store: GovernanceStore) => boolean): string {
  if (has(plain) !== has(full)) return 'by configuration'
  return has(full) ? 'yes' : '–'
}

/** A table with columns of one width, as the formatter of the project wants it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(3, ...rows.map((row) => (row[k] ?? '').length)))
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

/** The page, to the byte. */
export function capabilityPage(stores: readonly ShownStore[]): string {
  const heads = stores.map(({ name, page }) => `[${name}](${page})`)
  return `# The stores side by side

What a store promises it declares itself (\`store.capabilities\`), and the [conformance cases](write-your-own.md#run-the-conformance-cases) hold it to that. The tables are made of these declarations, by the test that compares them with this page. Nothing is lost where a promise is
missing: the runtime takes another way, which the last column of the second table says.

${table([['promise', ...heads], ...names.map((name) => [`\`${name}\``, ...stores.map((store) => cellOf(store, ({ capabilities }) => capabilities[name]))])])}

${table([
  ['promise', 'means', 'without it'],
  ...names.map((name) => [`\`${name}\``, promises[name].promise, promises[name].without]),
])}

What a store may offer beside what every store has to:

${table([['offer', ...heads], ...parts.map(({ what, has }) => [what, ...stores.map((store) => cellOf(store, has))])])}
`
}
