import type { Finding } from '@ka-governance/core'
import { mappedObjects, privacyFindings, recordFindings, type Described } from './check-records.ts'
import { createSalesforceClient, type SalesforceClient } from './client.ts'
import { milestoneFindings } from './native/milestones.ts'
import { fieldFindings } from './directory/check.ts'
import { meaningOf } from './errors.ts'
import { fieldsOf, recordTypesOf } from './metadata/objects.ts'
import { packageFiles } from './metadata/package.ts'
import { projectFiles, type MetadataFile } from './metadata/project.ts'
import { resolveMapping, type ResolvedMapping, type SalesforceStoreOptions } from './options.ts'
import { nativeFields, objects, type FieldSpec, type ObjectName } from './schema.ts'

/** One thing that an org lacks or has otherwise. */
export interface Difference {
  readonly object: string
  /** Absent: the object itself, or one of its record types. */
  readonly field?: string
  readonly recordType?: string
  /** `missing`: not there, or hidden from this user by field-level security: the org answers both alike. */
  readonly what: 'missing' | 'different'
  /** What is otherwise: `length`, `unique` …, with what is needed and what is there. */
  readonly details: readonly {
    readonly property: string
    readonly needed: string | number | boolean
    readonly actual: string | number | boolean
  }[]
}

/** How metadata gets into an org: `deploy` of a Connection of `@salesforce/core` fits behind it, and so does a pipeline of your own. */
export type Deploy = (
  files: readonly MetadataFile[],
) => Promise<{ readonly success: boolean; readonly problems: readonly string[] }>

/** What was found, deployed and found again. */
export interface Applied {
  readonly before: readonly Difference[]
  readonly deployed: boolean
  readonly after: readonly Difference[]
  readonly problems: readonly string[]
}

/** Makes an org ready, and tells whether it is. */
export interface Provisioner {
  /** The SFDX project, for `sf project deploy start` or a repository of yours. Calls nothing. */
  readonly files: () => readonly MetadataFile[]
  /** What the org lacks or has otherwise; one call. */
  readonly plan: () => Promise<readonly Difference[]>
  /** Deploys where something is missing; a second run deploys nothing. */
  readonly apply: (deploy: Deploy) => Promise<Applied>
  /** What stands between this org and the store, as findings that an administrator can act on; four calls, five with milestones. */
  readonly check: () => Promise<readonly Finding[]>
}

/**
 * Provisioning and preflight of an org for the same options as the store's.
 *
 * @example
 * ```ts no-run: needs an org
 * const connection = { instanceUrl: 'https://example.my.salesforce.com', accessToken: '…' }
 * const findings = await createProvisioner({ connection }).check()
 * for (const { path, message, remedy } of findings) console.log(`${path}: ${message} → ${remedy}`)
 * ```
 */
export function createProvisioner(options: SalesforceStoreOptions): Provisioner {
  const mapping = resolveMapping(options.mapping)
  const client = createSalesforceClient(options)
  return {
    files: () => projectFiles(mapping.names, client.apiVersion),
    plan: () => plan(client, mapping),
    apply: (deploy) => apply(client, mapping, deploy),
    check: () => check(client, mapping),
  }
}

const describedType = {
  Text: 'string',
  LongTextArea: 'textarea',
  Number: 'double',
  Checkbox: 'boolean',
  DateTime: 'datetime',
  Lookup: 'reference',
} as const
const native = Object.keys(nativeFields) as (keyof typeof nativeFields)[]
const own = Object.keys(objects) as ObjectName[]

/** What the org has, in one call; null for an object that is not there. */
async function describe(client: SalesforceClient, names: readonly string[]): Promise<ReadonlyMap<string, Described | null>> {
  const answers = await client.composite(
    names.map((name, k) => ({ method: 'GET', url: `/sobjects/${name}/describe`, referenceId: `describe${String(k)}` })),
    { allOrNone: false },
  )
  return new Map(
    names.map((name, k) => {
      const answer = answers[k]
      if (answer === undefined || answer.status === 404) return [name, null]
      if (answer.status >= 300) throw meaningOf(answer.errors, answer.status)
      return [name, answer.body as Described]
    }),
  )
}

/** The parts of the CRM that this mapping writes to: without a record of its own, an object of the CRM needs no field of ours. */
function wanted({
  names,
  records,
  effects,
}: ResolvedMapping): readonly (readonly [object: string, fields: readonly (readonly [string, FieldSpec])[]])[] {
  const used = new Set([
    ...Object.values(records).map(({ object }) => object),
    ...(Object.keys(effects).length > 0 ? ['Task'] : []),
  ])
  return [
    ...own.map((object) => [names.object(object), fieldsOf(object, names)] as const),
    ...native.filter((object) => used.has(object)).map((object) => [object, fieldsOf(object, names)] as const),
  ]
}

/** What an org lacks or has otherwise; empty when everything is as the adapter needs it. One call, nothing is changed. */
export async function plan(client: SalesforceClient, mapping: ResolvedMapping): Promise<readonly Difference[]> {
  return differences(mapping, await describeAll(client, mapping))
}

const describeAll = (
  client: SalesforceClient,
  mapping: ResolvedMapping,
  more: readonly string[] = [],
): Promise<ReadonlyMap<string, Described | null>> =>
  describe(client, [...new Set([...wanted(mapping).map(([object]) => object), ...more])])

function differences(mapping: ResolvedMapping, found: ReadonlyMap<string, Described | null>): readonly Difference[] {
  const ofInstances = mapping.names.object('Instance')
  return wanted(mapping).flatMap(([object, fields]): readonly Difference[] => {
    const described = found.get(object)
    if (described === null || described === undefined) return [{ object, what: 'missing', details: [] }]
    const there = new Map((described.fields ?? []).map((field) => [field.name.toLowerCase(), field]))
    const types = new Set((described.recordTypeInfos ?? []).map(({ developerName }) => developerName))
    const noTypes = (object === ofInstances ? recordTypesOf('Instance') : [])
      .filter(({ name }) => !types.has(name))
      .map(({ name }): Difference => ({ object, recordType: name, what: 'missing', details: [] }))
    const wrong = fields.flatMap(([field, spec]): readonly Difference[] => {
      const actual = there.get(field.toLowerCase())
      if (actual === undefined) return [{ object, field, what: 'missing', details: [] }]
      const details = differencesOf(spec, actual)
      return details.length === 0 ? [] : [{ object, field, what: 'different', details }]
    })
    return [...wrong, ...noTypes]
  })
}

function differencesOf(spec: FieldSpec, actual: { readonly [property: string]: unknown }): Difference['details'] {
  const needed: { readonly [property: string]: string | number | boolean } = {
    type: describedType[spec.type],
    ...(spec.type === 'Text' || spec.type === 'LongTextArea' ? { length: spec.length } : {}),
    ...(spec.type === 'Text' && spec.unique === true ? { unique: true, caseSensitive: true } : {}),
    ...('externalId' in spec ? { externalId: true } : {}),
  }
  return Object.entries(needed).flatMap(([property, value]) => {
    const there = actual[property]
    // A longer text than needed does no harm.
    const fits =
      there === value || (property === 'length' && typeof there === 'number' && typeof value === 'number' && there >= value)
    return fits ? [] : [{ property, needed: value, actual: isPlain(there) ? there : 'unknown' }]
  })
}

const isPlain = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value)

/** Deploys what is missing: all of our metadata, since deploying what is there already changes nothing. A second run deploys nothing. */
export async function apply(client: SalesforceClient, mapping: ResolvedMapping, deploy: Deploy): Promise<Applied> {
  const before = await plan(client, mapping)
  if (before.length === 0) return { before, deployed: false, after: [], problems: [] }
  const { success, problems } = await deploy(packageFiles(mapping.names, client.apiVersion))
  return { before, deployed: success, problems, after: success ? await plan(client, mapping) : before }
}

/**
 * What stands between this org and this adapter, as findings that a Salesforce administrator can act on: objects and fields, rights of the integration user,
 * rights that nobody should have, rules that must be active, calls and storage that run out. Four calls, five with milestones.
 */
export async function check(client: SalesforceClient, mapping: ResolvedMapping): Promise<readonly Finding[]> {
  const { names } = mapping
  const set = `${names.prefix}Integration`
  const described = await describeAll(client, mapping, ['User', ...mappedObjects(mapping)])
  return [
    ...differences(mapping, described).map((difference) => findingOf(difference, set)),
    ...own.flatMap((object) =>
      rightsFindings(names.object(object), described.get(names.object(object)) ?? null, objects[object].rights, set),
    ),
    ...authorFindings(mapping, described.get('User') ?? null),
    ...recordFindings(mapping, described),
    // Without the object there is nothing to ask.
    ...(described.get('CaseMilestone') ? await milestoneFindings(client, mapping) : []),
    ...(await privacyFindings(client, mapping)),
    ...(await ruleFindings(client, mapping)),
    ...(await limitFindings(client)),
  ]
}

function findingOf({ object, field, recordType, what, details }: Difference, set: string): Finding {
  const path = [object, field ?? recordType].filter((part) => part !== undefined).join('.')
  return what === 'missing'
    ? {
        path,
        code: 'missing',
        message: 'is not there, or this user may not see it',
        remedy: `deploy the metadata, then assign the permission set ${set}`,
      }
    : {
        path,
        code: 'different',
        message: details
          .map(({ property, needed, actual }) => `${property} is ${String(actual)}, ${String(needed)} is needed`)
          .join('; '),
        remedy: 'deploy the metadata again, or change the field by hand',
      }
}

function rightsFindings(
  object: string,
  described: Described | null,
  rights: { readonly edit: boolean; readonly delete: boolean },
  set: string,
): readonly Finding[] {
  if (described === null) return []
  const lacks = [
    ...(described.createable === true ? [] : ['create']),
    ...(rights.edit && described.updateable !== true ? ['edit'] : []),
  ]
  const over = [...(!rights.delete && described.deletable === true ? ['delete'] : [])]
  return [
    ...lacks.map((right) => ({
      path: object,
      code: 'right_missing',
      message: `the integration user may not ${right}`,
      remedy: `assign the permission set ${set}`,
    })),
    ...over.map((right) => ({
      path: object,
      code: 'right_too_many',
      message: `this user may ${right} what must stay as it is`,
      remedy: `take the right away: the permission set ${set} does not need it`,
      severity: 'warning' as const,
    })),
  ]
}

/** Who left a command, and in which language they read, stands in the user: without these fields the inbox cannot be read. */
function authorFindings({ personId }: ResolvedMapping, user: Described | null): readonly Finding[] {
  const fields = user === null ? null : (user.fields ?? [])
  return [
    ...fieldFindings(
      { path: 'mapping.people.id', object: 'User', field: personId, is: personId === 'Id' ? 'any' : 'unique' },
      fields,
    ),
    ...fieldFindings({ path: 'User', object: 'User', field: 'LanguageLocaleKey', is: 'any' }, fields),
  ]
}

/** Our validation rules are part of the promise: without them an entry could leave a gap, and a visible record go backward. */
async function ruleFindings(client: SalesforceClient, { names }: ResolvedMapping): Promise<readonly Finding[]> {
  const needed = own.flatMap((object) => objects[object].validation.map(({ name }) => ({ object: names.object(object), name })))
  const list = [...new Set(needed.map(({ object }) => `'${object}'`))].join(', ')
  const soql = `SELECT ValidationName, Active, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE EntityDefinition.QualifiedApiName IN (${list})`
  const answer = (await client.get(`/tooling/query?q=${encodeURIComponent(soql)}`).catch(() => null)) as {
    readonly records?: readonly { readonly ValidationName?: unknown; readonly Active?: unknown }[]
  } | null
  if (answer === null)
    return [
      {
        path: 'ValidationRule',
        code: 'not_checked',
        message: 'this user may not read validation rules, so it is not known whether ours are active',
        remedy: 'run the check as an administrator',
        severity: 'warning',
      },
    ]
  const active = new Set(
    (answer.records ?? []).filter(({ Active }) => Active === true).map(({ ValidationName }) => ValidationName),
  )
  return needed
    .filter(({ name }) => !active.has(name))
    .map(({ object, name }) => ({
      path: `${object}.${name}`,
      code: 'rule_inactive',
      message: 'the validation rule is not active',
      remedy: 'deploy the metadata, or activate the rule',
    }))
}

async function limitFindings(client: SalesforceClient): Promise<readonly Finding[]> {
  const limits = (await client.get('/limits')) as {
    readonly [name: string]: { readonly Max?: number; readonly Remaining?: number } | undefined
  } | null
  return (['DailyApiRequests', 'DataStorageMB'] as const).flatMap((name) => {
    const { Max: max = 0, Remaining: left = 0 } = limits?.[name] ?? {}
    return max > 0 && left < max / 10
      ? [
          {
            path: name,
            code: 'nearly_used_up',
            message: `${String(left)} of ${String(max)} are left`,
            remedy: name === 'DataStorageMB' ? 'archive old journals or buy storage' : 'sweep less often, or raise the limit',
            severity: 'warning' as const,
          },
        ]
      : []
  })
}
