import type { Finding } from '@ka-governance/core'
import type { Described } from '../check-records.ts'
import type { AccountMapping, RecordMapping, ResolvedMapping } from '../options.ts'

/** The roles of the service team [SVC-01]. Who has several of them is a member under the first. */
export const teamRoles = ['accountManager', 'marketingSpecialist', 'productManager', 'serviceRepresentative'] as const

/** How a role of the service team stands in the account team. */
export interface TeamMemberMapping {
  /** The team role, by its API value in Setup. */
  readonly teamRole: string
  /** What a member may do, given when the row is made or its role changes. @default what the org gives by itself: reading the account */
  readonly access?: {
    readonly AccountAccessLevel?: 'Read' | 'Edit'
    readonly CaseAccessLevel?: 'None' | 'Read' | 'Edit'
    readonly ContactAccessLevel?: 'None' | 'Read' | 'Edit'
    readonly OpportunityAccessLevel?: 'None' | 'Read' | 'Edit'
  }
}

/** Roles of the service team that become members of the account team; one that is not named has no row. */
export type TeamMapping = { readonly [role in (typeof teamRoles)[number]]?: TeamMemberMapping }

const levels: { readonly [field: string]: readonly string[] } = {
  AccountAccessLevel: ['Read', 'Edit'],
  CaseAccessLevel: ['None', 'Read', 'Edit'],
  ContactAccessLevel: ['None', 'Read', 'Edit'],
  OpportunityAccessLevel: ['None', 'Read', 'Edit'],
}

/** What is wrong with the account team of a record. */
export function teamFindings(
  kind: string,
  { object, by, team }: RecordMapping,
  accounts: Pick<AccountMapping, 'object'>,
): readonly Finding[] {
  if (team === undefined) return []
  const path = `records.${kind}.team`
  const isOfAccounts = kind === 'account' && by === 'accountId' && object === 'Account' && accounts.object === 'Account'
  return [
    ...(isOfAccounts
      ? []
      : [
          {
            path,
            code: 'object',
            message: 'only a ledger that is seen on its Account has a team there',
            remedy: 'map the kind account to Account by accountId, or take the team out',
          },
        ]),
    ...Object.keys(team)
      .filter((role) => !teamRoles.some((each) => each === role))
      .map((role) => ({
        path,
        code: 'role',
        message: `${JSON.stringify(role.slice(0, 80))} is no role of a service team`,
        remedy: `name some of ${teamRoles.join(', ')}`,
      })),
    ...membersOf(team).flatMap(([role, { teamRole, access = {} }]): readonly Finding[] => [
      ...(teamRole.trim() === '' || teamRole.length > 255
        ? [
            {
              path: `${path}.${role}.teamRole`,
              code: 'name',
              message: `${JSON.stringify(teamRole.slice(0, 80))} is no team role`,
              remedy: 'give its API value as Setup shows it under Account Teams',
            },
          ]
        : []),
      ...Object.entries(access)
        .filter(([field, level]) => !Object.hasOwn(levels, field) || levels[field]?.includes(level) !== true)
        .map(([field, level]) => ({
          path: `${path}.${role}.access`,
          code: 'level',
          message: `${JSON.stringify(field.slice(0, 80))} cannot be ${JSON.stringify(level)}`,
          remedy: `name some of ${Object.keys(levels).join(', ')}, each None (of the account not), Read or Edit`,
        })),
    ]),
  ]
}

/** The roles that a mapping names, in their own order. */
export const membersOf = (team: TeamMapping): readonly (readonly [(typeof teamRoles)[number], TeamMemberMapping])[] =>
  teamRoles.flatMap((role) => (team[role] === undefined ? [] : [[role, team[role]] as const]))

/** Whether the mapping keeps account teams. */
export const keepsTeams = ({ records }: ResolvedMapping): boolean => Object.values(records).some(({ team }) => team !== undefined)

/** What account teams need of the org. They have no rights of their own: whoever may edit the account may change its team. */
export function teamRights({ records, names }: ResolvedMapping, described: Described | null): readonly Finding[] {
  const members = Object.values(records).flatMap(({ team = {} }) => membersOf(team).map(([, member]) => member))
  if (members.length === 0) return []
  const path = 'AccountTeamMember'
  const remedy = `switch account teams on in Setup, and assign the permission set ${names.prefix}Records`
  const gone = (where: string): Finding => ({
    path: where,
    code: 'missing',
    message: 'is not there, or this user may not see it',
    remedy,
  })
  const lacking = (where: string, right: string): Finding => ({
    path: where,
    code: 'right_missing',
    message: `the integration user may not ${right}`,
    remedy,
  })
  if (described === null) return [gone(path)]
  const fieldOf = (name: string) => described.fields?.find((field) => field.name === name)
  const given = new Set(members.flatMap(({ access = {} }) => Object.keys(access)))
  const rights = { create: described.createable, edit: described.updateable, delete: described.deletable }
  const values = fieldOf('TeamMemberRole')?.['picklistValues'] as readonly { readonly value: string; readonly active: boolean }[]
  const roles = [...new Set(members.map(({ teamRole }) => teamRole))]
  return [
    ...Object.entries(rights).flatMap(([right, has]) => (has === true ? [] : [lacking(path, right)])),
    ...['AccountId', 'UserId', 'TeamMemberRole', ...given].flatMap((name): readonly Finding[] => {
      const field = fieldOf(name)
      if (field === undefined) return [gone(`${path}.${name}`)]
      const isFixed = name === 'AccountId' || name === 'UserId'
      const writable = field.createable === true && (isFixed || field.updateable === true)
      return writable ? [] : [lacking(`${path}.${name}`, 'write the field')]
    }),
    ...roles
      .filter((role) => Array.isArray(values) && !values.some(({ value, active }) => active && value === role))
      .map((role) => ({
        path: `${path}.TeamMemberRole.${role}`,
        code: 'missing',
        message: 'is no team role of this org',
        remedy: 'correct the name in the mapping, or add the role in Setup under Account Teams',
      })),
  ]
}
