import { unmappedRoles, type Finding } from '@ka-governance/core'
import type { SalesforceClient } from '../client.ts'
import { meaningOf } from '../errors.ts'
import { isList, type ResolvedDirectory } from './options.ts'
import { loadRoster } from './roster.ts'

interface DescribedField {
  readonly name: string
  readonly type?: string
  readonly unique?: boolean
  readonly referenceTo?: readonly string[]
}

/** A field that the configuration names, and what it has to be. */
interface WantedField {
  readonly path: string
  readonly object: string
  readonly field: string
  readonly is: 'user' | 'date' | 'any' | 'unique'
}

/** What stands between an org and the configuration of its directory. Where a role cannot be read, all of its findings are told at once. */
export async function checkDirectory(
  client: SalesforceClient,
  directory: ResolvedDirectory,
  policyRoles: readonly string[],
): Promise<readonly Finding[]> {
  const fields = wantedFields(directory)
  const described = await describe(client, [...new Set(fields.map(({ object }) => object))])
  const wrong = fields.flatMap((wanted) => fieldFindings(wanted, described.get(wanted.object) ?? null))
  const unmapped = unmappedRoles(policyRoles, directory.roles)
  // Without the person's id no source can be read.
  if (wrong.some(({ path }) => path === 'people.id')) return [...wrong, ...unmapped]
  const { roles, findings } = await loadRoster(client, directory)
  const nobody = directory.roles
    .filter(({ role, sources }) => {
      const perAccount = sources.some((source) => 'accountField' in source || 'accountTeam' in source)
      const known = findings.some(({ path }) => path.startsWith(`roles.${role}.`))
      return !perAccount && !known && (roles.get(role)?.size ?? 0) === 0
    })
    .map(({ role }) => ({
      path: `roles.${role}`,
      code: 'nobody',
      message: 'no active user holds the role',
      remedy: 'assign it to somebody, or change its source',
      severity: 'warning' as const,
    }))
  return [...wrong, ...findings, ...nobody, ...unmapped]
}

function wantedFields({ roles, accounts, personId, delegations }: ResolvedDirectory): readonly WantedField[] {
  const sources = roles.flatMap(({ role, sources: own }) =>
    own.map((source, k) => ({ path: `roles.${role}.${String(k)}`, source })),
  )
  const perAccount = sources.some(({ source }) => 'accountField' in source || 'accountTeam' in source)
  return [
    { path: 'people.id', object: 'User', field: personId, is: personId === 'Id' ? 'any' : 'unique' },
    ...(perAccount ? [{ path: 'accounts.id', object: accounts.object, field: accounts.id, is: 'any' as const }] : []),
    ...sources.flatMap(({ path, source }): readonly WantedField[] => {
      if ('accountField' in source) return [{ path, object: accounts.object, field: source.accountField, is: 'user' }]
      if ('accountTeam' in source) return [{ path, object: 'AccountTeamMember', field: 'TeamMemberRole', is: 'any' }]
      return []
    }),
    ...(isList(delegations)
      ? []
      : (['from', 'to', 'since', 'until'] as const).map((name): WantedField => ({
          path: `delegations.${name}`,
          object: delegations.object,
          field: delegations[name],
          is: name === 'from' || name === 'to' ? 'user' : 'date',
        }))),
  ]
}

async function describe(
  client: SalesforceClient,
  objects: readonly string[],
): Promise<ReadonlyMap<string, readonly DescribedField[] | null>> {
  const answers = await client.composite(
    objects.map((object, k) => ({ method: 'GET', url: `/sobjects/${object}/describe`, referenceId: `describe${String(k)}` })),
    { allOrNone: false },
  )
  return new Map(
    objects.map((object, k) => {
      const answer = answers[k]
      if (answer === undefined || answer.status === 404) return [object, null]
      if (answer.status >= 300) throw meaningOf(answer.errors, answer.status)
      return [object, (answer.body as { readonly fields?: readonly DescribedField[] } | null)?.fields ?? []]
    }),
  )
}

/** What is wrong with a field that a configuration names. `fields`: those of its object, `null` for one that is not to be seen. */
export function fieldFindings(
  { path, object, field, is }: WantedField,
  fields: readonly DescribedField[] | null,
): readonly Finding[] {
  if (fields === null)
    return [
      {
        path,
        code: 'missing',
        message: `${object} is not there, or this user may not see it`,
        remedy: object === 'AccountTeamMember' ? 'switch account teams on' : 'deploy the object, or correct its name',
      },
    ]
  const found = field === 'Id' ? { name: 'Id' } : fields.find(({ name }) => name.toLowerCase() === field.toLowerCase())
  if (found === undefined)
    return [
      {
        path,
        code: 'missing',
        message: `${object}.${field} is not there, or this user may not see it`,
        remedy: 'correct the name, or give the integration user the right to read the field',
      },
    ]
  const wrong = problemOf(found, is)
  return wrong === null ? [] : [{ path, message: `${object}.${field} ${wrong.message}`, code: wrong.code, remedy: wrong.remedy }]
}

function problemOf(
  found: DescribedField,
  is: WantedField['is'],
): { readonly code: string; readonly message: string; readonly remedy: string } | null {
  if (is === 'user' && found.referenceTo?.includes('User') !== true)
    return { code: 'not_a_user', message: 'is no lookup to User', remedy: 'name a lookup to User' }
  if (is === 'date' && found.type !== 'date' && found.type !== 'datetime')
    return { code: 'not_a_date', message: 'is no date', remedy: 'name a date, or a date and time' }
  // User names are unique in all orgs together, and are not described so.
  if (is === 'unique' && found.unique !== true && found.name !== 'Username')
    return { code: 'not_unique', message: 'may hold one value for several users', remedy: 'make the field unique, or use Id' }
  return null
}
