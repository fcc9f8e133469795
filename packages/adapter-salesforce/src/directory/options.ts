import { InvalidInputError, type DirectoryCacheOptions, type Finding, type FixedDelegation } from '@ka-governance/core'
import type { ClientOrConnection } from '../client-of.ts'
import { peopleFindings, type PeopleMapping } from '../people.ts'
import { apiName } from '../soql.ts'

/** Where the holders of one of the policy's roles come from. Only active users count. */
export type RoleSource =
  /** Assigned directly, or through a permission set group; an assignment that has expired counts no longer. API name. */
  | { readonly permissionSet: string }
  | { readonly permissionSetGroup: string }
  /** A public group with the groups and roles in it. API name. */
  | { readonly group: string }
  | { readonly queue: string }
  /** A role of the role hierarchy, on request with all roles below it. API name. */
  | { readonly userRole: string; readonly subordinates?: boolean }
  /** A lookup to User on the account at hand, e.g. `OwnerId`: held for that account only. */
  | { readonly accountField: string }
  /** A role in the account team of the account at hand: held for that account only. */
  | { readonly accountTeam: string }
  /** Ids of people. */
  | { readonly people: readonly string[] }

/** An object of the org with dated delegations, one a row. A row without both dates delegates nothing. */
export interface DelegationObject {
  readonly object: string
  /** Lookup to User: whose rights are lent. */
  readonly from: string
  /** Lookup to User: who may act. */
  readonly to: string
  /** A date (the whole day, included) or a date and time. */
  readonly since: string
  /** A date (the whole day, included) or a date and time (excluded). */
  readonly until: string
  /** SOQL condition, e.g. `Status__c = 'Approved'`; the admin's own text, taken as it is. */
  readonly where?: string
}

/** What `createSalesforceDirectory` takes. */
export interface SalesforceDirectoryOptions extends ClientOrConnection, DirectoryCacheOptions {
  /** The policy's roles; of several sources each holds. A role that is not named here is held by nobody. */
  readonly roles: { readonly [role: string]: RoleSource | readonly RoleSource[] }
  readonly people?: PeopleMapping
  /** As in the mapping of the store. @default Account by Id */
  readonly accounts?: { readonly object?: string; readonly id?: string }
  /** @default nobody acts for anybody: Salesforce's delegated approver has no dates and is not used */
  readonly delegations?: readonly FixedDelegation[] | DelegationObject
  /** IANA zone of delegations that are dates; needed where there are any. */
  readonly timeZone?: string
}

/** The options with their defaults, their names checked. */
export interface ResolvedDirectory {
  readonly roles: readonly { readonly role: string; readonly sources: readonly RoleSource[] }[]
  /** Field of User that is the person. */
  readonly personId: string
  readonly accounts: { readonly object: string; readonly id: string }
  readonly delegations: readonly FixedDelegation[] | DelegationObject
  readonly timeZone: string | null
}

/** @throws InvalidInputError naming every name that is none */
export function resolveDirectory(options: SalesforceDirectoryOptions): ResolvedDirectory {
  const { people = {}, delegations = [], timeZone = null } = options
  const roles = Object.entries(options.roles).map(([role, given]) => ({ role, sources: isList(given) ? given : [given] }))
  const accounts = { object: options.accounts?.object ?? 'Account', id: options.accounts?.id ?? 'Id' }
  const findings: Finding[] = [...peopleFindings(people)]
  const check = (path: string, name: string, what = 'API name'): void => {
    if (apiName.test(name) && !name.includes('.')) return
    findings.push({
      path,
      code: 'api_name',
      message: `${JSON.stringify(name.slice(0, 80))} is no ${what}`,
      remedy: 'give the API name as Setup shows it, e.g. Key_Account_Manager',
    })
  }
  check('accounts.object', accounts.object)
  check('accounts.id', accounts.id)
  for (const { role, sources } of roles)
    for (const [k, source] of sources.entries()) {
      const path = `roles.${role}.${String(k)}`
      if ('permissionSet' in source) check(path, source.permissionSet)
      if ('permissionSetGroup' in source) check(path, source.permissionSetGroup)
      if ('group' in source) check(path, source.group)
      if ('queue' in source) check(path, source.queue)
      if ('userRole' in source) check(path, source.userRole)
      if ('accountField' in source) {
        check(path, source.accountField)
        if (!/(?:Id|__c)$/.test(source.accountField))
          findings.push({
            path,
            code: 'lookup',
            message: `${source.accountField.slice(0, 80)} is no lookup`,
            remedy: 'name a lookup to User: OwnerId, or a field that ends with __c',
          })
      }
      if ('accountTeam' in source && accounts.object !== 'Account')
        findings.push({
          path,
          code: 'account_team',
          message: `${accounts.object} has no account team`,
          remedy: 'use accountField, or accounts of the object Account',
        })
    }
  if (!isList(delegations)) {
    for (const name of ['object', 'from', 'to', 'since', 'until'] as const) check(`delegations.${name}`, delegations[name])
  }
  if ((isList(delegations) ? delegations.length > 0 : true) && timeZone === null)
    findings.push({
      path: 'timeZone',
      code: 'missing',
      message: 'delegations are dates, and it is not known where',
      remedy: 'give the time zone of the policy, e.g. Asia/Shanghai',
    })
  if (findings.length > 0) throw new InvalidInputError('options of the Salesforce directory', findings)
  return { roles, personId: people.id ?? 'Id', accounts, delegations, timeZone }
}

/** TypeScript's own test lets no readonly list through. */
export const isList = <U>(value: object | readonly U[]): value is readonly U[] => Array.isArray(value)
