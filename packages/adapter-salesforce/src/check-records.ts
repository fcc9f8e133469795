import { StoreError, type Finding } from '@ka-governance/core'
import type { SalesforceClient } from './client.ts'
import { recordTypesOf, fieldsOf } from './metadata/objects.ts'
import { milestoneNames } from './native/milestones.ts'
import { filledIn } from './native/options.ts'
import { keepsTeams, membersOf } from './native/team-options.ts'
import type { RecordMapping, ResolvedMapping } from './options.ts'
import { nativeFields } from './schema.ts'
import { soql } from './soql.ts'

/** What an org says of an object to the user who asks. */
export interface Described {
  readonly createable?: boolean
  readonly updateable?: boolean
  readonly deletable?: boolean
  readonly fields?: readonly DescribedField[]
  readonly recordTypeInfos?: readonly { readonly developerName?: string; readonly available?: boolean }[]
}

interface DescribedField {
  readonly name: string
  readonly createable?: boolean
  readonly updateable?: boolean
  readonly externalId?: boolean
  readonly unique?: boolean
  readonly [property: string]: unknown
}

/** Objects of the CRM that a mapping writes to or reads from. */
export function mappedObjects(mapping: ResolvedMapping): readonly string[] {
  const { records, accounts, facts, effects } = mapping
  return [
    ...Object.values(records).map(({ object }) => object),
    accounts.object,
    ...(facts === null ? [] : [facts.object]),
    ...(Object.keys(effects).length === 0 ? [] : ['Task']),
    ...(milestoneNames(mapping).length === 0 ? [] : ['CaseMilestone']),
    ...(keepsTeams(mapping) ? ['AccountTeamMember'] : []),
  ]
}

/** What the mapping needs of the CRM's own records, and this user does not have. What is missing of ours is told with the metadata. */
export function recordFindings(mapping: ResolvedMapping, described: ReadonlyMap<string, Described | null>): readonly Finding[] {
  const { records, names } = mapping
  return [
    ...Object.values(records).flatMap((record) => writeFindings(record, mapping, described.get(record.object) ?? null)),
    ...taskFindings(mapping, described.get('Task') ?? null),
    ...milestoneRights(mapping, described.get('CaseMilestone') ?? null),
    ...teamRights(mapping, described.get('AccountTeamMember') ?? null),
    ...readFindings(mapping, described),
    ...(mapping.recordTypes
      ? typeFindings(names.object('Instance'), described.get(names.object('Instance')) ?? null, mapping)
      : []),
  ]
}

const missing = (path: string): Finding => ({
  path,
  code: 'missing',
  message: 'is not there, or this user may not see it',
  remedy: 'correct the name in the mapping, or give the integration user the right to read it',
})

const lacking = (path: string, right: string, remedy: string): Finding => ({
  path,
  code: 'right_missing',
  message: `the integration user may not ${right}`,
  remedy,
})

/** Fields of ours on objects of the CRM are compared with the metadata already. */
function isOurs(object: string, field: string, { names }: ResolvedMapping): boolean {
  return object in nativeFields && fieldsOf(object as keyof typeof nativeFields, names).some(([name]) => name === field)
}

const fieldOf = (described: Described, name: string): DescribedField | undefined =>
  described.fields?.find((field) => field.name.toLowerCase() === name.toLowerCase())

function writeFindings(
  { object, by, fields }: RecordMapping,
  mapping: ResolvedMapping,
  described: Described | null,
): readonly Finding[] {
  if (described === null) return object in nativeFields ? [] : [missing(object)]
  const remedy =
    object === 'Case' || object === 'Account'
      ? `assign the permission set ${mapping.names.prefix}Records`
      : 'give the integration user the right'
  const makes = by !== 'accountId'
  const key = makes ? fieldOf(described, by.externalId) : undefined
  return [
    ...(makes && described.createable !== true ? [lacking(object, 'create', remedy)] : []),
    ...(described.updateable === true ? [] : [lacking(object, 'edit', remedy)]),
    ...(makes && key === undefined && !isOurs(object, by.externalId, mapping) ? [missing(`${object}.${by.externalId}`)] : []),
    ...(key !== undefined && (key.externalId !== true || key.unique !== true) && !isOurs(object, key.name, mapping)
      ? [
          {
            path: `${object}.${key.name}`,
            code: 'different',
            message:
              key.externalId === true
                ? 'is not unique, and a key that two records have belongs to none'
                : 'is no external id, so that no record can be found by it',
            remedy: 'make the field an external id that is unique, or name another one',
          },
        ]
      : []),
    ...Object.keys(fields).flatMap((name): readonly Finding[] => {
      const field = fieldOf(described, name)
      if (field === undefined) return isOurs(object, name, mapping) ? [] : [missing(`${object}.${name}`)]
      const writable = field.updateable === true && (!makes || field.createable === true)
      return writable ? [] : [lacking(`${object}.${name}`, 'write the field', remedy)]
    }),
  ]
}

/** What tasks of effects need. */
function taskFindings({ effects, names, tasksKey }: ResolvedMapping, described: Described | null): readonly Finding[] {
  const fields = new Set(Object.values(effects).flatMap(({ task }) => [...filledIn, tasksKey, ...Object.keys(task.fields ?? {})]))
  if (fields.size === 0 || described === null) return []
  const remedy = `assign the permission set ${names.prefix}Records`
  return [
    ...(described.createable === true ? [] : [lacking('Task', 'create', remedy)]),
    ...[...fields].flatMap((name): readonly Finding[] => {
      const field = fieldOf(described, name)
      if (field === undefined) return name === tasksKey ? [] : [missing(`Task.${name}`)]
      return field.createable === true ? [] : [lacking(`Task.${name}`, 'write the field', remedy)]
    }),
  ]
}

/** What milestones need: they have no rights of their own, whoever may edit the case may complete them. */
function milestoneRights(mapping: ResolvedMapping, described: Described | null): readonly Finding[] {
  if (milestoneNames(mapping).length === 0) return []
  const remedy = `switch entitlement management on, and assign the permission set ${mapping.names.prefix}Records`
  if (described === null) return [{ ...missing('CaseMilestone'), remedy }]
  const reads = ['CaseId', 'MilestoneTypeId', 'StartDate', 'IsCompleted']
  return [
    ...(described.updateable === true ? [] : [lacking('CaseMilestone', 'edit', remedy)]),
    ...[...reads, 'CompletionDate'].flatMap((name): readonly Finding[] => {
      const field = fieldOf(described, name)
      if (field === undefined) return [{ ...missing(`CaseMilestone.${name}`), remedy }]
      return name !== 'CompletionDate' || field.updateable === true
        ? []
        : [lacking(`CaseMilestone.${name}`, 'write the field', remedy)]
    }),
  ]
}

/** What account teams need. They have no rights of their own: whoever may edit the account may change its team. */
function teamRights({ records, names }: ResolvedMapping, described: Described | null): readonly Finding[] {
  const members = Object.values(records).flatMap(({ team = {} }) => membersOf(team).map(([, member]) => member))
  if (members.length === 0) return []
  const path = 'AccountTeamMember'
  const remedy = `switch account teams on in Setup, and assign the permission set ${names.prefix}Records`
  if (described === null) return [{ ...missing(path), remedy }]
  const given = new Set(members.flatMap(({ access = {} }) => Object.keys(access)))
  const rights = { create: described.createable, edit: described.updateable, delete: described.deletable }
  const values = fieldOf(described, 'TeamMemberRole')?.['picklistValues'] as
    readonly { readonly value: string; readonly active: boolean }[] | undefined
  const roles = [...new Set(members.map(({ teamRole }) => teamRole))]
  return [
    ...Object.entries(rights).flatMap(([right, has]) => (has === true ? [] : [lacking(path, right, remedy)])),
    ...['AccountId', 'UserId', 'TeamMemberRole', ...given].flatMap((name): readonly Finding[] => {
      const field = fieldOf(described, name)
      if (field === undefined) return [{ ...missing(`${path}.${name}`), remedy }]
      const isFixed = name === 'AccountId' || name === 'UserId'
      const writable = field.createable === true && (isFixed || field.updateable === true)
      return writable ? [] : [lacking(`${path}.${name}`, 'write the field', remedy)]
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

/** Id and Name stand in every object, and a path through a lookup is judged by the org alone. */
const isPlain = (field: string | null | undefined): field is string =>
  typeof field === 'string' && field !== 'Id' && field !== 'Name' && !field.includes('.')

function readFindings(
  { accounts, facts }: ResolvedMapping,
  described: ReadonlyMap<string, Described | null>,
): readonly Finding[] {
  const { onAccount = {}, object = null } = facts ?? {}
  const wanted = [
    {
      object: accounts.object,
      fields: [accounts.id, accounts.name, accounts.region, accounts.parent, ...Object.values(onAccount)],
    },
    ...(facts === null || object === null
      ? []
      : [{ object, fields: [facts.account, facts.date, facts.amount, facts.currencyField] }]),
  ]
  return wanted.flatMap(({ object: name, fields }) => {
    const found = described.get(name) ?? null
    if (found === null) return name in nativeFields ? [] : [missing(name)]
    return fields
      .filter(isPlain)
      .filter((field) => fieldOf(found, field) === undefined)
      .map((field) => missing(`${name}.${field}`))
  })
}

/** Record types that are there, and that the integration user may not choose. */
function typeFindings(object: string, described: Described | null, { names }: ResolvedMapping): readonly Finding[] {
  const infos = described?.recordTypeInfos ?? []
  return recordTypesOf('Instance')
    .filter(({ name }) => infos.some((info) => info.developerName === name && info.available !== true))
    .map(({ name }) =>
      lacking(`${object}.${name}`, 'use the record type', `assign the permission set ${names.prefix}Integration`),
    )
}

/** Who reads texts of customers without the right to read everything: a warning for each set and profile that is neither the service's nor made for it. */
export async function privacyFindings(client: SalesforceClient, { names }: ResolvedMapping): Promise<readonly Finding[]> {
  const path = names.object('Document')
  const readers = soql`SELECT Parent.Name, Parent.Label, Parent.Profile.Name FROM ObjectPermissions WHERE SobjectType = ${path} AND PermissionsRead = ${true} AND Parent.PermissionsViewAllData = ${false}`
  const found: Finding[] = []
  try {
    for await (const row of client.query(readers)) {
      const {
        Name: name = null,
        Label: label = null,
        Profile: profile = null,
      } = (row['Parent'] ?? {}) as {
        readonly [field: string]: unknown
      }
      if (name === `${names.prefix}Integration` || name === `${names.prefix}Privacy`) continue
      const of = (profile as { readonly Name?: unknown } | null)?.Name
      found.push({
        path,
        code: 'right_too_many',
        message: `${typeof of === 'string' ? `the profile ${of}` : `the permission set ${String(label ?? name)}`} lets people read texts of customers`,
        remedy: `take the right away; whoever answers for personal data gets ${names.prefix}Privacy`,
        severity: 'warning',
      })
    }
    return found
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return [
      {
        path,
        code: 'not_checked',
        message: 'this user may not read who has which rights, so it is not known who reads texts of customers',
        remedy: 'run the check as an administrator',
        severity: 'warning',
      },
    ]
  }
}
