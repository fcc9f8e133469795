import { StoreError, type Finding, type Locale } from '@ka-governance/core'
import { checkPortal } from './check-portal.ts'
import { createHubSpotClient, type HubSpotClient } from './client.ts'
import { definitionsOf, type Definitions, type PropertyDefinition } from './metadata/definitions.ts'
import {
  differencesOf,
  labelIn,
  optionsLacking,
  pathOf,
  pipelineIn,
  pipelinesIn,
  stageIn,
  type Difference,
} from './metadata/differences.ts'
import { readPortal, type Portal } from './metadata/portal.ts'
import { scopesOf, type Scopes } from './metadata/scopes.ts'
import { resolveMapping, type HubSpotStoreOptions, type Pipelines } from './options.ts'

/** What `createProvisioner` takes: the options of the store, and the language of labels. */
export interface ProvisionOptions extends HubSpotStoreOptions {
  /** Labels of what is made: HubSpot keeps one language. What was made in the other one is known as well. @default en */
  readonly locale?: Locale
}

/** What was found, made and found again. */
export interface Applied {
  readonly before: readonly Difference[]
  /** How many definitions were made or widened; 0 in a second run. */
  readonly made: number
  /** What is still missing, or different in a way that nobody can mend. */
  readonly after: readonly Difference[]
  /** Why something could not be made. */
  readonly problems: readonly string[]
  /** Keep it, as JSON, and give it to the mapping: ids are the portal's. */
  readonly pipelines: Required<Pipelines>
}

/** Makes a portal ready, and tells whether it is. */
export interface Provisioner {
  /** Scopes of the token at run time, and of the one that provisions. Calls nothing. */
  readonly scopes: () => Scopes
  /** What the portal lacks or has otherwise; reads only. */
  readonly plan: () => Promise<readonly Difference[]>
  /** Makes what is missing, and nothing twice; never deletes and never narrows. */
  readonly apply: () => Promise<Applied>
  /** Ids of the pipelines that are there; reads only. */
  readonly pipelines: () => Promise<Required<Pipelines>>
  /** What stands between this portal and the store, as findings that an administrator can act on; reads only. */
  readonly check: () => Promise<readonly Finding[]>
}

/**
 * Provisioning and preflight of a portal for the same options as the store's.
 *
 * @throws InvalidInputError when the mapping names what cannot be a name
 * @example
 * ```ts no-run: needs a portal
 * const provisioner = createProvisioner({ client: { accessToken: 'of the one run that provisions' } })
 * const { problems, pipelines } = await provisioner.apply()
 * const store = createHubSpotStore({ client: { accessToken: 'of every day' }, mapping: { pipelines } })
 * ```
 */
export function createProvisioner(options: ProvisionOptions): Provisioner {
  const mapping = resolveMapping(options.mapping)
  const client = createHubSpotClient(options)
  const isHosted = options.journal !== undefined
  const definitions = definitionsOf(mapping, options.locale ?? 'en', isHosted)
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  return {
    scopes: () => scopesOf(mapping, isHosted),
    plan: async () => differencesOf(definitions, await readPortal(client, definitions)),
    apply: () => apply(client, definitions, sleep),
    pipelines: async () => pipelinesIn(definitions, await readPortal(client, definitions)),
    check: () => checkPortal(client, { mapping, definitions, timeZone: options.timeZone ?? null }),
  }
}

/** A definition is shown a moment after it was made: so often, and so long apart, it is looked for. */
const looks = { times: 20, ms: 250 } as const

/** Round by round: what stands on something that is not shown yet is made in a later one. */
async function apply(client: HubSpotClient, definitions: Definitions, sleep: (ms: number) => Promise<unknown>): Promise<Applied> {
  const tried = new Set<string>()
  /** Why something was refused, by the path of what it is. */
  const refused = new Map<string, string>()
  let made = 0
  const make: Make = async (what, method, path, body) => {
    if (tried.has(what)) return
    tried.add(what)
    try {
      await client.send(method, path, body)
      made += 1
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      // Of the rates and of an outage there is nothing to be said of this one thing.
      if (error.code === 'throttled' || error.code === 'unavailable') throw error
      // Somebody else has made it a moment ago: that is as good.
      if (error.details['status'] !== 409) refused.set(what, error.message)
    }
  }

  let portal = await readPortal(client, definitions)
  const before = differencesOf(definitions, portal)
  let after = before
  const isMissing = (): boolean => after.some(({ what }) => what === 'missing')
  for (let look = 1; isMissing() && look <= looks.times; look += 1) {
    const triedBefore = tried.size
    await makeAll(make, definitions, portal)
    const settled = tried.size === triedBefore && refused.size > 0
    if (look > 1) await sleep(looks.ms)
    portal = await readPortal(client, definitions)
    const left = after.length
    after = differencesOf(definitions, portal)
    if (settled && after.length === left) break
  }
  // What is there by now was made, by a request whose answer was lost, or by somebody else.
  const missing = new Set(after.map(pathOf))
  const problems = [...refused].flatMap(([what, message]) => (missing.has(what) ? [`${what}: ${message}`] : []))
  return { before, made, after, problems, pipelines: pipelinesIn(definitions, portal) }
}

type Make = (what: string, method: 'POST' | 'PATCH', path: string, body: object) => Promise<void>

/** Makes what this view of the portal lacks. */
async function makeAll(make: Make, definitions: Definitions, portal: Portal): Promise<void> {
  for (const schema of definitions.schemas) {
    const there = portal.schemas.get(schema.name)
    if (there === undefined) await make(schema.name, 'POST', '/crm-object-schemas/{version}/schemas', schema)
    else
      for (const each of schema.properties)
        await makeProperty(make, { object: schema.name, type: `p_${schema.name}` }, each, there.get(each.name))
  }
  for (const { type, group, properties } of definitions.native) {
    if (portal.groups.get(type)?.has(group.name) !== true)
      await make(pathOf({ object: type, group: group.name }), 'POST', `/crm/properties/{version}/${type}/groups`, group)
    else
      for (const each of properties)
        await makeProperty(make, { object: type, type }, each, portal.properties.get(type)?.get(each.name))
  }
  await makePipelines(make, definitions, portal)
  for (const wanted of definitions.associations) {
    const { from, to, name, label, inverseLabel } = wanted
    if (portal.schemas.has(from) && labelIn(portal.labels.get(to) ?? [], wanted) === undefined)
      await make(pathOf({ object: from, association: to }), 'POST', `/crm/associations/{version}/p_${from}/${to}/labels`, {
        name,
        label,
        inverseLabel,
      })
  }
}

async function makeProperty(
  make: Make,
  { object, type }: { readonly object: string; readonly type: string },
  definition: PropertyDefinition,
  there: Parameters<typeof optionsLacking>[1] | undefined,
): Promise<void> {
  const what = pathOf({ object, property: definition.name })
  if (there === undefined) return make(what, 'POST', `/crm/properties/{version}/${type}`, definition)
  const lacking = optionsLacking(definition, there)
  // The list that is sent takes the place of the one that is there.
  const options = [...there.options, ...lacking].map(({ label, value }, displayOrder) => ({ label, value, displayOrder }))
  if (lacking.length > 0) await make(what, 'PATCH', `/crm/properties/{version}/${type}/${definition.name}`, { options })
}

async function makePipelines(make: Make, { pipelines }: Definitions, portal: Portal): Promise<void> {
  for (const wanted of pipelines) {
    // A type that is not shown yet has no pipelines.
    if (wanted.type.startsWith('p_') && !portal.schemas.has(wanted.type.slice(2))) continue
    const there = pipelineIn(portal, wanted)
    const path = `/crm/pipelines/{version}/${wanted.type}`
    const stages = wanted.stages.map(({ label, metadata }, displayOrder) => ({ label, displayOrder, metadata }))
    if (there === undefined) {
      await make(pathOf({ object: wanted.type, pipeline: wanted.label }), 'POST', path, {
        label: wanted.label,
        displayOrder: 0,
        stages,
      })
      continue
    }
    for (const [k, each] of wanted.stages.entries()) {
      const stage = stages[k]
      if (stage !== undefined && stageIn(there, each) === undefined)
        await make(
          pathOf({ object: wanted.type, pipeline: wanted.label, stage: stage.label }),
          'POST',
          `${path}/${there.id}/stages`,
          stage,
        )
    }
  }
}
