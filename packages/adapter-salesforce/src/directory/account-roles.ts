import type { Row, SalesforceClient } from '../client.ts'
import { raw, soql } from '../soql.ts'
import type { ResolvedDirectory } from './options.ts'
import { mayBe, relationOf, rowsOf, text, valueAt } from './rows.ts'

/** By role: who holds it for one account. */
export type AccountRoles = ReadonlyMap<string, ReadonlySet<string>>

/** Whether any role is held for single accounts. */
export function hasAccountRoles({ roles }: ResolvedDirectory): boolean {
  return roles.some(({ sources }) => sources.some((source) => 'accountField' in source || 'accountTeam' in source))
}

/** Owner, lookups and team of one account, in one call. An account that the org does not have gives nobody a role. */
export async function loadAccountRoles(
  client: SalesforceClient,
  { roles, accounts, personId }: ResolvedDirectory,
  accountId: string,
): Promise<AccountRoles> {
  if (!mayBe(accounts.id, accountId)) return new Map()
  const sources = roles.flatMap((each) => each.sources)
  const relations = sources.flatMap((source) => ('accountField' in source ? [relationOf(source.accountField)] : []))
  const teamRoles = [...new Set(sources.flatMap((source) => ('accountTeam' in source ? [source.accountTeam] : [])))]
  const columns = [accounts.id, ...relations.flatMap((relation) => [`${relation}.${personId}`, `${relation}.IsActive`])]
  const ofAccount = raw(accounts.id === 'Id' ? 'AccountId' : `Account.${accounts.id}`)
  const [rows = [], team = []] = await rowsOf(client, [
    soql`SELECT ${raw([...new Set(columns)].join(', '))} FROM ${raw(accounts.object)} WHERE ${raw(accounts.id)} = ${accountId} LIMIT 2`,
    teamRoles.length > 0 &&
      soql`SELECT TeamMemberRole, User.${raw(personId)}, User.IsActive FROM AccountTeamMember WHERE ${ofAccount} = ${accountId} AND TeamMemberRole IN ${teamRoles}`,
  ])
  // Columns compare without case; the account itself decides, whether its id has 15 characters or 18.
  const idOf = (row: Row): string => text(row, accounts.id).slice(0, accounts.id === 'Id' ? accountId.length : undefined)
  const [account, another] = rows.filter((row) => idOf(row) === accountId)
  if (account === undefined || another !== undefined) return new Map()

  const person = (row: object, relation: string): readonly string[] => {
    const id = valueAt(row as { readonly [field: string]: unknown }, `${relation}.${personId}`)
    const active = valueAt(row as { readonly [field: string]: unknown }, `${relation}.IsActive`)
    return active === true && typeof id === 'string' && id !== '' ? [id] : []
  }
  return new Map(
    roles.map(({ role, sources: own }) => [
      role,
      new Set(
        own.flatMap((source) => {
          if ('accountField' in source) return person(account, relationOf(source.accountField))
          if (!('accountTeam' in source)) return []
          return team.filter((row) => text(row, 'TeamMemberRole') === source.accountTeam).flatMap((row) => person(row, 'User'))
        }),
      ),
    ]),
  )
}
