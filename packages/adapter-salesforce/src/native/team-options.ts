import type { Finding } from '@ka-governance/core'
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
