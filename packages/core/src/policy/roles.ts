/** The heads of the departments that a change affects [decision 10]; each votes for its own. */
export const affectedHead = 'affected.head'

/** Roles that depend on the matter at hand, not on the directory: whoever handles it, that person's superior, the department it went to, the departments that a change affects. */
export const relativeRoles = ['owner', 'superior', 'department', 'responsible', affectedHead] as const

/** The roles that the requirements name; departments, as `sales`, `sales.head` or `sales.member`, come on top. */
export const namedRoles = [
  'accountManager',
  'companyManagement',
  'executive',
  'groupAdministrator',
  'humanResources',
  'kaGroup.head',
  'kaGroup.member',
  'marketingSpecialist',
  'productManager',
  'projectLeader',
  'regionalManager',
  'salesBackOffice',
  'salesVicePresident',
  'serviceRepresentative',
] as const

/** The department (or body) of a role: `product` of `product.head`. */
export const departmentOfRole = (role: string): string => role.split('.')[0] ?? role
