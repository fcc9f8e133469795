import type { CapacityFact, FactNeeds, SimilarAccount } from '../definition/define-workflow.ts'
import type { AccountContext } from '../ledgers/account/types.ts'
import type { Instance } from './instance.ts'
import type { Runtime } from './runtime.ts'

/** How many key accounts each manager looks after, and how many open accounts each tier has [I-23]. */
export async function capacityNow({ store }: Runtime): Promise<CapacityFact> {
  const byManager: Record<string, number> = {}
  const byTier: Record<string, number> = {}
  const count = (into: Record<string, number>, name: unknown): void => {
    if (typeof name === 'string') into[name] = (into[name] ?? 0) + 1
  }
  for await (const { fields } of store.find({ kind: 'account', open: true })) {
    if (fields['isKeyAccount'] === true) count(byManager, fields['manager'])
    count(byTier, fields['tier'])
  }
  return { byManager, byTier }
}

type Wanted = NonNullable<FactNeeds['similarTo']>
interface Known {
  readonly accountId: string
  readonly name: unknown
  readonly creditCode: unknown
  readonly parentId: unknown
}

/** Full-width and half-width, capital and small letters and blanks make no other name, and no other code. */
const plain = (text: unknown): string =>
  typeof text === 'string' ? text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '') : ''
const same = (a: unknown, b: unknown): boolean => plain(a) !== '' && plain(a) === plain(b)
/** Dashes, dots and slashes only set a code apart for the eye. */
const code = (text: unknown): string => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

/** The strongest reason: one credit code is one customer, one group or one name may be. */
function because(wanted: Wanted, known: Known): SimilarAccount['because'] | null {
  if (same(code(wanted.creditCode), code(known.creditCode))) return 'creditCode'
  const isOfGroup = wanted.parentId !== undefined && (known.parentId === wanted.parentId || known.accountId === wanted.parentId)
  if (isOfGroup) return 'parent'
  return same(wanted.name, known.name) ? 'name' : null
}

const strength = { creditCode: 0, parent: 1, name: 2 } as const

/** Accounts that may be the same customer or of its group, strongest first: found among the visible records, judged by their ledgers. */
export async function similarAccounts(
  { store }: Runtime,
  accountId: string,
  wanted: Wanted,
  ledgerOf: (accountId: string) => Promise<Instance | null>,
): Promise<readonly SimilarAccount[]> {
  const found: string[] = []
  for await (const { accountId: other, fields } of store.find({ kind: 'account' })) {
    const { name, creditCode, parentId } = fields
    if (other !== accountId && because(wanted, { accountId: other, name, creditCode, parentId }) !== null) found.push(other)
  }
  const similar: SimilarAccount[] = []
  for (const other of found) {
    const ledger = await ledgerOf(other)
    if (ledger === null || ledger.state === 'opening' || ledger.state === 'merged') continue
    const context = ledger.context as unknown as AccountContext
    const reason = because(wanted, context)
    if (reason === null) continue
    const { name, manager, admission } = context
    similar.push({
      accountId: other,
      name,
      status: ledger.state,
      because: reason,
      manager,
      admission: admission?.id ?? null,
    })
  }
  return similar.sort((a, b) => strength[a.because] - strength[b.because])
}
