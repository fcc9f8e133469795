// A company with users, groups, permission sets and roles, and a directory on it.
import { createSalesforceDirectory, type SalesforceDirectoryOptions } from '@ka-governance/adapter-salesforce'
import { createPeopledFake } from './fake/people.ts'
import type { FakeSalesforce } from './fake/server.ts'

export const now = Date.parse('2026-11-22T09:00:00+08:00')

export interface Peopled {
  readonly fake: FakeSalesforce
  readonly user: (name: string, values?: object) => string
  readonly make: (object: string, values: object) => string
}

export function org(): Peopled {
  const fake = createPeopledFake()
  const make = (object: string, values: object): string => fake.org.create(object, { ...values }, 0)
  return { fake, make, user: (Name, values = {}) => make('User', { Name, IsActive: true, ...values }) }
}

export function directoryOf(
  { fake }: Pick<Peopled, 'fake'>,
  roles: SalesforceDirectoryOptions['roles'],
  over: Partial<SalesforceDirectoryOptions> = {},
) {
  return createSalesforceDirectory({
    connection: fake.session,
    fetch: fake.fetch,
    sleep: async () => undefined,
    jitter: () => 0.5,
    clock: () => now,
    roles,
    ...over,
  })
}

/** A company: Anna leads the region, Bo and Chen work below her, Dee has left. */
export function company() {
  const all = org()
  const { make, user } = all
  const world = make('UserRole', { DeveloperName: 'World' })
  const region = make('UserRole', { DeveloperName: 'Region', ParentRoleId: world })
  const city = make('UserRole', { DeveloperName: 'City', ParentRoleId: region })
  const portal = make('UserRole', { DeveloperName: 'Region', ParentRoleId: city, PortalType: 'CustomerPortal' })
  const anna = user('Anna', { UserRoleId: region })
  const bo = user('Bo', { UserRoleId: city, ManagerId: anna })
  const chen = user('Chen', { UserRoleId: city, ManagerId: bo })
  const dee = user('Dee', { UserRoleId: city, IsActive: false, ManagerId: anna })
  const customer = user('Customer', { UserRoleId: portal })
  const assign = (AssigneeId: string, values: object): string =>
    make('PermissionSetAssignment', { AssigneeId, IsActive: true, ...values })
  const set = make('PermissionSet', { Name: 'Head_of_Product' })
  const other = make('PermissionSet', { Name: 'Other' })
  const setGroup = make('PermissionSetGroup', { DeveloperName: 'Leads' })
  make('PermissionSetGroupComponent', { PermissionSetGroupId: setGroup, PermissionSetId: set })
  assign(bo, { PermissionSetId: set })
  assign(dee, { PermissionSetId: set })
  assign(chen, { PermissionSetGroupId: setGroup })
  assign(anna, { PermissionSetId: other })
  return { ...all, world, region, city, anna, bo, chen, dee, customer, set, setGroup, assign }
}

export const sorted = (...ids: readonly string[]): readonly string[] => [...ids].sort()
