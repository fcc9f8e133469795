import type { HubSpotClient } from '../client.ts'
import { canIdentify, recordId } from '../schema.ts'
import { accountProperties, type ResolvedDirectory } from './options.ts'

/** By property: ids of the owners that the account has in it. */
export type AccountOwners = ReadonlyMap<string, readonly string[]>

/** All properties of one account that roles are read from, in one call. An account that the portal does not have gives nobody a role. */
export async function loadAccountOwners(
  client: HubSpotClient,
  directory: ResolvedDirectory,
  accountId: string,
): Promise<AccountOwners> {
  const { type, id: idProperty } = directory.accounts
  const byId = idProperty === recordId
  if (!canIdentify(idProperty, accountId)) return new Map()
  const wanted = [...new Set(accountProperties(directory).map(({ property }) => property))]
  const record = await client.read(type, accountId, {
    properties: byId ? wanted : [...new Set([idProperty, ...wanted])],
    ...(byId ? {} : { idProperty }),
  })
  // Unique values compare without case, and a record that went into another one answers under its old id too: the account itself decides.
  if (record === null || (byId ? record.id : record.properties[idProperty]) !== accountId) return new Map()
  return new Map(
    wanted.map((property) => [property, (record.properties[property] ?? '').split(';').filter((ownerId) => ownerId !== '')]),
  )
}
