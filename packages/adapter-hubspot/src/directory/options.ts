import { InvalidInputError, type DirectoryCacheOptions, type Finding, type FixedDelegation } from '@ka-governance/core'
import type { ClientOrConnection } from '../client-of.ts'
import { propertyName, recordId, typeName } from '../schema.ts'

/** Where the holders of one of the policy's roles come from. Only active users of the portal count. */
export type RoleSource =
  /** Members of a team, by its name; `primary`: only those whose main team it is. Members of a team below it are none of its own. */
  | { readonly team: string; readonly primary?: boolean }
  /** The same by the team's id, which a new name does not change. */
  | { readonly teamId: string; readonly primary?: boolean }
  /** A property of the account at hand that holds users, e.g. `hubspot_owner_id`: held for that account only. */
  | { readonly accountProperty: string }
  /** Ids of people. */
  | { readonly people: readonly string[] }

/** What a person is called everywhere in the SDK. */
export type PersonId = 'userId' | 'ownerId' | 'email'

/** What `createHubSpotDirectory` takes. */
export interface HubSpotDirectoryOptions extends ClientOrConnection, DirectoryCacheOptions {
  /** The policy's roles; of several sources each holds. A role that is not named here is held by nobody. */
  readonly roles: { readonly [role: string]: RoleSource | readonly RoleSource[] }
  /** `userId` is what webhooks and cards say of who acts; `ownerId` is what records hold. @default userId */
  readonly people?: { readonly id?: PersonId }
  /** As in the mapping of the store. @default companies by hs_object_id */
  readonly accounts?: { readonly type?: string; readonly id?: string }
  /** HubSpot knows no superiors: by person, and for those who have none there by the id of their main team. @default nobody has one */
  readonly superiors?: {
    readonly people?: { readonly [person: string]: string }
    readonly teams?: { readonly [teamId: string]: string }
  }
  /** HubSpot knows none. @default nobody acts for anybody */
  readonly delegations?: readonly FixedDelegation[]
  /** IANA zone of the delegations' dates; needed where there are any. */
  readonly timeZone?: string
}

/** The options with their defaults, their names checked. */
export interface ResolvedDirectory {
  readonly roles: readonly { readonly role: string; readonly sources: readonly RoleSource[] }[]
  readonly personId: PersonId
  readonly accounts: { readonly type: string; readonly id: string }
  readonly superiors: { readonly people: ReadonlyMap<string, string>; readonly teams: ReadonlyMap<string, string> }
  readonly delegations: readonly FixedDelegation[]
  readonly timeZone: string
}

/** Every property of an account that a role is read from, with its place in the options. */
export function accountProperties({ roles }: ResolvedDirectory): readonly { readonly path: string; readonly property: string }[] {
  return roles.flatMap(({ role, sources }) =>
    sources.flatMap((source, k) =>
      'accountProperty' in source ? [{ path: `roles.${role}.${String(k)}`, property: source.accountProperty }] : [],
    ),
  )
}

const ids: ReadonlySet<string> = new Set<PersonId>(['userId', 'ownerId', 'email'])

/** What is wrong with the id of people that a configuration names. */
export const personIdFindings = (path: string, personId: PersonId): readonly Finding[] =>
  ids.has(personId)
    ? []
    : [
        {
          path,
          code: 'person_id',
          message: `${JSON.stringify(personId).slice(0, 80)} is no id of a user`,
          remedy: 'give userId, ownerId or email',
        },
      ]

/** @throws InvalidInputError naming every name that is none */
export function resolveDirectory(options: HubSpotDirectoryOptions): ResolvedDirectory {
  const { superiors = {}, delegations = [], timeZone } = options
  const roles = Object.entries(options.roles).map(([role, given]) => ({ role, sources: isList(given) ? given : [given] }))
  const accounts = { type: options.accounts?.type ?? 'companies', id: options.accounts?.id ?? recordId }
  const personId = options.people?.id ?? 'userId'
  const findings: Finding[] = [...personIdFindings('people.id', personId)]
  const check = (
    path: string,
    good: boolean,
    what: { readonly code: string; readonly message: string; readonly remedy: string },
  ) => {
    if (!good) findings.push({ path, ...what })
  }
  const shown = (name: string): string => JSON.stringify(name.slice(0, 80))
  const property = (path: string, name: string): void =>
    check(path, propertyName.test(name), {
      code: 'property_name',
      message: `${shown(name)} is no name of a property`,
      remedy: 'give the internal name, e.g. hubspot_owner_id',
    })
  check('accounts.type', typeName.test(accounts.type), {
    code: 'type_name',
    message: `${shown(accounts.type)} is no name of a type`,
    remedy: 'give the name or the id of the type, e.g. companies or 2-123',
  })
  property('accounts.id', accounts.id)
  for (const { role, sources } of roles)
    for (const [k, source] of sources.entries()) {
      const path = `roles.${role}.${String(k)}`
      if ('accountProperty' in source) property(path, source.accountProperty)
      if ('teamId' in source) checkTeam(path, source.teamId)
      if ('team' in source)
        check(path, source.team.trim() !== '', {
          code: 'team',
          message: 'a team without a name',
          remedy: 'give the name of the team',
        })
    }
  function checkTeam(path: string, id: string): void {
    check(path, /^\d{1,20}$/.test(id), {
      code: 'team_id',
      message: `${shown(id)} is no id of a team`,
      remedy: 'give the number that the address of the team in the settings shows, or its name as team',
    })
  }
  for (const teamId of Object.keys(superiors.teams ?? {})) checkTeam(`superiors.teams.${teamId.slice(0, 80)}`, teamId)
  check('timeZone', delegations.length === 0 || timeZone !== undefined, {
    code: 'missing',
    message: 'delegations are dates, and it is not known where',
    remedy: 'give the time zone of the policy, e.g. Asia/Shanghai',
  })
  if (findings.length > 0) throw new InvalidInputError('options of the HubSpot directory', findings)
  return {
    roles,
    personId,
    accounts,
    superiors: {
      people: new Map(Object.entries(superiors.people ?? {})),
      teams: new Map(Object.entries(superiors.teams ?? {})),
    },
    delegations,
    timeZone: timeZone ?? 'UTC',
  }
}

/** TypeScript's own test lets no readonly list through. */
const isList = <U>(value: object | readonly U[]): value is readonly U[] => Array.isArray(value)
