import type { Finding } from '@ka-governance/core'
import type { ResolvedMapping } from '../options.ts'
import { typeNamed } from '../schema.ts'
import type { HubSpotEvent } from './events.ts'

/**
 * Merges of records that may be governed, each with what somebody has to do: HubSpot takes none back, and what is governed goes on under the old id. A custom object is known where the mapping gives
 * it by its number, as events do.
 */
export function mergeFindings(
  { accounts, records }: Pick<ResolvedMapping, 'accounts' | 'records'>,
  portal: string,
  events: readonly HubSpotEvent[],
): readonly Finding[] {
  const made = new Set(Object.values(records).flatMap(({ type, by }) => (by === 'accountId' ? [] : [typeNamed(type)])))
  return events.flatMap((event): readonly Finding[] => {
    const { mergedFrom, mergedInto: into } = event
    const type = typeNamed(event.objectTypeId)
    const isAccount = type === typeNamed(accounts.type)
    if (event.portalId !== portal || into === null || (!isAccount && !made.has(type))) return []
    return mergedFrom.map((id) => ({
      path: `${type}.${id}`,
      code: 'merged',
      message: `the record ${id} went into ${into}`,
      remedy: isAccount
        ? `where ${id} is a governed account, send its ledger the command merge with the account of ${into}: what is open follows`
        : `look with drift.find() for an instance whose record is gone; where ${into} shows another one of the same matter, close one of the two`,
      severity: 'warning',
    }))
  })
}
