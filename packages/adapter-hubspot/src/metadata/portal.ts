import { StoreError } from '@ka-governance/core'
import type { HubSpotClient } from '../client.ts'
import type { Definitions } from './definitions.ts'

/** A property as a portal has it. */
export interface PortalProperty {
  readonly name: string
  readonly type: string
  readonly hasUniqueValue: boolean
  readonly options: readonly { readonly label: string; readonly value: string }[]
  /** HubSpot reckons it, or lets nobody write it. */
  readonly readOnly: boolean
}

/** A pipeline as a portal has it. */
export interface PortalPipeline {
  readonly id: string
  readonly label: string
  readonly stages: readonly { readonly id: string; readonly label: string }[]
}

/** A kind of link that has a label. */
export interface PortalLabel {
  readonly typeId: number
  readonly label: string
}

/** What a portal has of what is wanted. */
export interface Portal {
  /** Properties of our custom objects, by the name of their schema. */
  readonly schemas: ReadonlyMap<string, ReadonlyMap<string, PortalProperty>>
  /** Names of the groups of a type of the CRM. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>
  readonly properties: ReadonlyMap<string, ReadonlyMap<string, PortalProperty>>
  /** By type, as a path names it. A type that is not there has none. */
  readonly pipelines: ReadonlyMap<string, readonly PortalPipeline[]>
  /** Of the links from cases, by the type that they lead to. */
  readonly labels: ReadonlyMap<string, readonly PortalLabel[]>
}

type Given = { readonly [name: string]: unknown }
const objectOf = (value: unknown): Given => (typeof value === 'object' && value !== null ? (value as Given) : {})
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const listIn = (value: unknown): readonly Given[] => (Array.isArray(value) ? (value as unknown[]).map(objectOf) : [])
const results = (body: unknown): readonly Given[] => listIn(objectOf(body)['results'])

/** Reads what a portal has: one call for the schemas, two for each type of the CRM, one for each type with pipelines and for each that cases are linked with. */
export async function readPortal(
  client: HubSpotClient,
  { schemas, native, pipelines, associations }: Definitions,
): Promise<Portal> {
  // A portal without custom objects need not be asked for them.
  const found = schemas.length === 0 ? [] : results(await client.get('/crm-object-schemas/{version}/schemas'))
  const own = new Set(schemas.map(({ name }) => name))
  const known = found.filter((each) => own.has(text(each['name'])) && each['archived'] !== true)
  const groups = new Map<string, ReadonlySet<string>>()
  const properties = new Map<string, ReadonlyMap<string, PortalProperty>>()
  for (const { type } of native) {
    const there = await readProperties(client, type)
    properties.set(type, there ?? new Map())
    // A type that is not there has no groups to be asked for.
    const known = there === null ? [] : results(await client.get(`/crm/properties/{version}/${type}/groups`))
    groups.set(type, new Set(known.map(({ name }) => text(name))))
  }
  const lines = new Map<string, readonly PortalPipeline[]>()
  for (const type of new Set(pipelines.map((each) => each.type))) {
    const isThere = !type.startsWith('p_') || known.some(({ name }) => type === `p_${text(name)}`)
    lines.set(type, isThere ? results(await client.get(`/crm/pipelines/{version}/${type}`)).map(pipelineOf) : [])
  }
  const labels = new Map<string, readonly PortalLabel[]>()
  for (const { from, to } of associations)
    if (known.some(({ name }) => name === from)) labels.set(to, await readLabels(client, `p_${from}`, to))
  return {
    schemas: new Map(known.map((each) => [text(each['name']), byName(listIn(each['properties']))] as const)),
    groups,
    properties,
    pipelines: lines,
    labels,
  }
}

/** The labels of links from one type to another. */
export async function readLabels(client: HubSpotClient, from: string, to: string): Promise<readonly PortalLabel[]> {
  const list = results(await client.get(`/crm/associations/{version}/${from}/${to}/labels`))
  return list.flatMap(({ typeId, label, category }) =>
    typeof typeId === 'number' && typeof label === 'string' && category === 'USER_DEFINED' ? [{ typeId, label }] : [],
  )
}

/** Properties of a type, by name; `null`: there is no such type. */
export async function readProperties(client: HubSpotClient, type: string): Promise<ReadonlyMap<string, PortalProperty> | null> {
  try {
    const body = await client.get(`/crm/properties/{version}/${encodeURIComponent(type)}`)
    return body === null ? null : byName(results(body))
  } catch (error) {
    // A type that cannot be inferred is answered with 400, not 404.
    if (error instanceof StoreError && error.details['status'] === 400) return null
    throw error
  }
}

const byName = (list: readonly Given[]): ReadonlyMap<string, PortalProperty> =>
  new Map(list.filter((each) => each['archived'] !== true).map((each) => [text(each['name']), propertyOf(each)] as const))

const propertyOf = (given: Given): PortalProperty => ({
  name: text(given['name']),
  type: text(given['type']),
  hasUniqueValue: given['hasUniqueValue'] === true,
  options: listIn(given['options']).map(({ label, value }) => ({ label: text(label), value: text(value) })),
  readOnly: objectOf(given['modificationMetadata'])['readOnlyValue'] === true,
})

const pipelineOf = (given: Given): PortalPipeline => ({
  id: text(given['id']),
  label: text(given['label']),
  stages: listIn(given['stages'])
    .filter((each) => each['archived'] !== true)
    .map(({ id, label }) => ({ id: text(id), label: text(label) })),
})
