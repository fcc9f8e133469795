import { StoreError, type Finding } from '@ka-governance/core'
import type { HubSpotClient } from './client.ts'
import type { Definitions } from './metadata/definitions.ts'
import { differencesOf, pathOf, type Difference } from './metadata/differences.ts'
import { readPortal, readProperties, type Portal, type PortalProperty } from './metadata/portal.ts'
import { linkIn } from './native/activity-tools.ts'
import { activityMapping, filledIn } from './native/options.ts'
import { pipelineOfRecord, type ResolvedMapping } from './options.ts'
import { recordId, typeNamed } from './schema.ts'

/** What is compared with a portal. */
interface Wanted {
  readonly mapping: ResolvedMapping
  readonly definitions: Definitions
  /** As the options of the store give it. */
  readonly timeZone: string | null
}

/** What stands between a portal and the store, each with what an administrator can do. Reads only. */
export async function checkPortal(client: HubSpotClient, wanted: Wanted): Promise<readonly Finding[]> {
  const { mapping, definitions } = wanted
  const read = await allowed('definitions', () => readPortal(client, definitions))
  if (Array.isArray(read)) return read as readonly Finding[]
  const portal = read as Portal
  return [
    ...differencesOf(definitions, portal).map(findingOf),
    ...pipelineFindings(mapping, definitions, portal),
    ...(await propertyFindings(client, mapping, portal)),
    ...(await linkFindings(client, mapping, portal)),
    ...unusedFindings(mapping, definitions),
    ...(await accountFindings(client, wanted)),
    ...(await roomFindings(client, definitions, portal)),
  ]
}

/** What was asked for, or the finding that this token may not. */
async function allowed<T>(path: string, ask: () => Promise<T>): Promise<T | readonly Finding[]> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'forbidden') throw error
    const { scopes } = error.details
    const missing = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : []
    return [
      {
        path,
        code: 'right_missing',
        message: missing.length === 0 ? error.message : `the token lacks ${missing.join(', ')}`,
        remedy: 'give the app the scopes that scopes() lists, then install it again',
      },
    ]
  }
}

const isFindings = (value: unknown): value is readonly Finding[] => Array.isArray(value)

function findingOf(difference: Difference): Finding {
  const { what, details } = difference
  const path = pathOf(difference)
  if (what === 'different')
    return {
      path,
      code: 'different',
      message: details
        .map(({ property: name, needed, actual }) => `${name} is ${String(actual)}, ${String(needed)} is needed`)
        .join('; '),
      remedy: 'HubSpot cannot change that: rename the property away and delete it for good, or use another prefix, then apply()',
    }
  const lacking = details.map(({ needed }) => String(needed))
  const { object, association } = difference
  return {
    path,
    code: 'missing',
    message:
      association !== undefined
        ? `links from ${object} to ${association} have no label of ours`
        : lacking.length === 0
          ? 'is not there'
          : `lacks ${lacking.join(', ')}`,
    remedy: 'run apply() with a token that may provision',
  }
}

/** Ids that the mapping has and the portal has not; pipelines that are there and not made use of. */
function pipelineFindings(mapping: ResolvedMapping, definitions: Definitions, portal: Portal): readonly Finding[] {
  return definitions.pipelines.flatMap(({ kind, of, type, label }): readonly Finding[] => {
    const path = `mapping.pipelines.${of}.${kind}`
    const given = of === 'cases' ? mapping.pipelines[kind] : pipelineOfRecord(mapping, kind)
    if (given === undefined)
      return [
        {
          path,
          code: 'missing',
          message: of === 'cases' ? `cases are in no stage of "${label}"` : `${type} cannot be made without a stage`,
          remedy: 'give the mapping the pipelines that apply() answers',
          ...(of === 'cases' ? { severity: 'warning' as const } : {}),
        },
      ]
    const there = portal.pipelines.get(type)?.find(({ id }) => id === given.id)
    if (there === undefined)
      return [
        {
          path,
          code: 'missing',
          message: `${type} have no pipeline ${given.id}`,
          remedy: 'correct the id, or run apply() again',
        },
      ]
    return Object.entries(given.stages)
      .filter(([, id]) => !there.stages.some((stage) => stage.id === id))
      .map(([state, id]) => ({
        path: `${path}.${state}`,
        code: 'missing',
        message: `the pipeline has no stage ${id}`,
        remedy: 'correct the id, or run apply() again',
      }))
  })
}

/** Properties that the mapping names on types of the CRM. */
async function propertyFindings(client: HubSpotClient, mapping: ResolvedMapping, portal: Portal): Promise<readonly Finding[]> {
  const { records, accounts, facts, effects } = mapping
  const needs: { readonly type: string; readonly name: string; readonly is: 'written' | 'read' | 'unique' }[] = [
    ...Object.values(records).flatMap(({ type, by, properties }) => [
      ...(by === 'accountId' ? [] : [{ type, name: by.unique, is: 'unique' as const }]),
      ...Object.keys(properties).map((name) => ({ type, name, is: 'written' as const })),
    ]),
    ...Object.keys(effects).flatMap((effect) => {
      const given = activityMapping(effects, effect)
      const names = given === null ? [] : [...filledIn[given.type], ...Object.keys(given.properties ?? {})]
      return names.map((name) => ({ type: given?.type ?? '', name, is: 'written' as const }))
    }),
    ...(accounts.id === recordId ? [] : [{ type: accounts.type, name: accounts.id, is: 'unique' as const }]),
    ...[
      accounts.name,
      accounts.region,
      accounts.parent,
      accounts.where?.property,
      ...Object.values(facts?.onAccount ?? {}),
    ].flatMap((name) => (name == null ? [] : [{ type: accounts.type, name, is: 'read' as const }])),
    ...(facts === null ? [] : [facts.date, facts.amount, facts.account, facts.currencyProperty, facts.where.property]).flatMap(
      (name) => (name == null ? [] : [{ type: facts?.type ?? '', name, is: 'read' as const }]),
    ),
  ]
  const known = new Map<string, ReadonlyMap<string, PortalProperty> | readonly Finding[]>(portal.properties)
  const findings: Finding[] = []
  for (const type of new Set(needs.map((each) => typeNamed(each.type))))
    if (!known.has(type)) {
      const read = (await allowed(type, () => readProperties(client, type))) ?? [noType(type)]
      known.set(type, read)
      if (isFindings(read)) findings.push(...read)
    }
  const ours = `${mapping.names.prefix}_`
  for (const { type, name, is } of needs) {
    const properties = known.get(typeNamed(type))
    if (properties === undefined || isFindings(properties)) continue
    const there = properties.get(name)
    const path = `${typeNamed(type)}.${name}`
    // Ours are told with the definitions.
    if (name.startsWith(ours) && portal.properties.has(typeNamed(type))) continue
    if (there === undefined)
      findings.push({
        path,
        code: 'missing',
        message: 'is not there',
        remedy: 'correct the name in the mapping, or make the property',
      })
    else if (is === 'unique' && !there.hasUniqueValue)
      findings.push({
        path,
        code: 'different',
        message: 'its values are not unique, so that no record can be found by it',
        remedy: 'name a property with unique values; HubSpot cannot change one that is there',
      })
    else if (is === 'written' && there.readOnly)
      findings.push({ path, code: 'right_missing', message: 'HubSpot lets nobody write it', remedy: 'name another property' })
  }
  return [...new Map(findings.map((finding) => [`${finding.path} ${finding.code}`, finding])).values()]
}

const noType = (type: string): Finding => ({
  path: type,
  code: 'missing',
  message: 'the portal has no such type',
  remedy: 'correct the name in the mapping, or make the type',
})

/** Whether tasks and notes can be linked with effects: by that link it is known that they were made. */
async function linkFindings(
  client: HubSpotClient,
  { names, effects }: ResolvedMapping,
  portal: Portal,
): Promise<readonly Finding[]> {
  if (!portal.schemas.has(names.schema('effect'))) return []
  const types = new Set(Object.keys(effects).flatMap((effect) => activityMapping(effects, effect)?.type ?? []))
  const findings: Finding[] = []
  for (const type of types) {
    const to = names.type('effect')
    const read = await allowed(`${type}.${to}`, () => client.get(`/crm/associations/{version}/${type}/${to}/labels`))
    if (isFindings(read)) findings.push(...read)
    else if (linkIn(read) === null)
      findings.push({
        path: `${type}.${to}`,
        code: 'missing',
        message: `${type} cannot be linked with ${names.schema('effect')}`,
        remedy: 'let them be linked in the settings of the custom object',
      })
  }
  return findings
}

/** Links that were asked for, and cannot be. */
function unusedFindings({ associations }: ResolvedMapping, definitions: Definitions): readonly Finding[] {
  if (!associations || definitions.associations.length > 0) return []
  return [
    {
      path: 'mapping.associations',
      code: 'not_used',
      message:
        definitions.schemas.length === 0 ? 'a portal without custom objects has no cases' : 'there is nothing to link with',
      remedy: 'leave it out',
      severity: 'warning',
    },
  ]
}

/** Limits of a day end at midnight of the account. */
async function accountFindings(client: HubSpotClient, { timeZone }: Wanted): Promise<readonly Finding[]> {
  const read = await allowed('account', () => client.get('/account-info/{version}/details'))
  if (isFindings(read)) return read
  const zone = (read as { readonly timeZone?: unknown } | null)?.timeZone
  if (typeof zone !== 'string' || timeZone === null || zone === timeZone) return []
  return [
    {
      path: 'options.timeZone',
      code: 'different',
      message: `the zone of the account is ${zone}`,
      remedy: `give ${zone}, so that the end of a daily limit is told rightly`,
      severity: 'warning',
    },
  ]
}

/** Room for our types and for the journal. What this token may not read is not known, and no reason to stop. */
async function roomFindings(client: HubSpotClient, { schemas }: Definitions, portal: Portal): Promise<readonly Finding[]> {
  if (schemas.length === 0) return []
  const types = await allowed('limits', () => client.get('/crm/limits/{version}/custom-object-types'))
  const records = await allowed('limits', () => client.get('/crm/limits/{version}/records'))
  if (isFindings(types) || isFindings(records))
    return [
      {
        path: 'limits',
        code: 'not_checked',
        message: 'this token may not read the limits of the account',
        remedy: 'look at the usage of custom objects in the settings of HubSpot',
        severity: 'warning',
      },
    ]
  const missing = schemas.filter(({ name }) => !portal.schemas.has(name)).length
  const { limit, usage } = (types ?? {}) as { readonly limit?: number; readonly usage?: number }
  const { customObjectTypes } = (records ?? {}) as {
    readonly customObjectTypes?: { readonly overallLimit?: number; readonly overallUsage?: number }
  }
  const { overallLimit = 0, overallUsage = 0 } = customObjectTypes ?? {}
  return [
    ...(typeof limit === 'number' && typeof usage === 'number' && missing > limit - usage
      ? [
          {
            path: 'limits.custom-object-types',
            code: 'no_room',
            message: `${String(missing)} custom objects are needed, there is room for ${String(Math.max(0, limit - usage))}`,
            remedy: 'delete custom objects that nobody uses, or buy more',
          },
        ]
      : []),
    ...(overallLimit > 0 && overallUsage > overallLimit * 0.8
      ? [
          {
            path: 'limits.records',
            code: 'nearly_used_up',
            message: `${String(overallUsage)} of ${String(overallLimit)} records of custom objects are used`,
            remedy: 'buy more records before the journal has no room',
            severity: 'warning' as const,
          },
        ]
      : []),
  ]
}
