import { createHash } from 'node:crypto'
import type { RowReader } from './read-section.ts'
import { accountFromId, type PortfolioDraft } from './draft.ts'
import { say } from '../said.ts'
import { noAccount } from './row-words.ts'

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
    noAccount,
    say('add it, or set `complaints.unknownAccount`', '请补上该客户，或在映射中填写complaints.unknownAccount'),
    'account',
  )
