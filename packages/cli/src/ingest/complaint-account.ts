import { createHash } from 'node:crypto'
import type { RowReader } from './read-section.ts'
import { accountFromId, type PortfolioDraft } from './draft.ts'

/**
 * Whose complaint it is. An account that the portfolio does not have is rejected (`null`), created, or, to join two unrelated data sets,
 * assigned to one of the portfolio's accounts by a hash of its name: the same name always goes to the same account.
 */
export function accountResolver(
  draft: PortfolioDraft,
  unknown: 'create' | 'reject' | 'assign',
): (foreign: string) => string | null {
  const ids = [...draft.accounts.keys()].sort()
  const known = new Map<string, string>()
  return (foreign) => {
    if (draft.accounts.has(foreign)) return foreign
    if (unknown === 'reject') return null
    if (unknown === 'create' || ids.length === 0) {
      draft.accounts.set(foreign, accountFromId(foreign, true))
      return foreign
    }
    const before = known.get(foreign)
    if (before !== undefined) return before
    const at = createHash('sha256').update(foreign).digest().readUInt32BE(0) % ids.length
    const chosen = ids[at] ?? foreign
    known.set(foreign, chosen)
    return chosen
  }
}

/** A complaint of an account that is not there, and that the mapping does not make. @throws RowError always. */
export const withoutAccount = (row: RowReader<'account'>): never =>
  row.fail(
    'account_unknown',
    'the account files do not have this account',
    'add it, or set `complaints.unknownAccount`',
    'account',
  )
