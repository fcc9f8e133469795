import { exists, invalid, notFound, PortalError } from './bodies.ts'
import type { Asked, Reply } from './objects.ts'
import type { FakePortal } from './portal.ts'
import type { FakePipeline, FakeProperty, FakeStage, FakeType } from './types.ts'

type Body = { readonly [name: string]: unknown }
const bodyOf = ({ body }: Asked): Body => {
  if (typeof body !== 'object' || body === null) throw invalid('Invalid input JSON')
  return body as Body
}
const kinds: ReadonlySet<unknown> = new Set(['string', 'number', 'date', 'datetime', 'enumeration', 'bool'])

/** A person or a team of the portal. */
export interface FakeOwner {
  readonly id: string
  /** @default PERSON */
  readonly type?: 'PERSON' | 'QUEUE'
  /** `null`: nobody who can log in any more. */
  readonly userId: number | null
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly archived: boolean
  readonly teams: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[]
}

/** Definitions over the API: properties, groups, pipelines, schemas; owners, limits and the account itself. */
export function createDefinitionsApi(portal: FakePortal, clock: { readonly now: () => number }) {
  const owners: FakeOwner[] = []
  const account = {
    portalId: portal.portalId,
    accountType: 'STANDARD',
    timeZone: 'Europe/Berlin',
    companyCurrency: 'EUR',
    utcOffset: '+01:00',
    utcOffsetMilliseconds: 3_600_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'eu1',
  }
  let counter = 0
  const now = (): string => portal.iso(clock.now())
  const shows = (createdAt: string): boolean => Date.parse(createdAt) <= clock.now() - portal.behaviour.definitionLagMs
  const server = (): string => String((counter += 1) + 100_000)

  const shownProperty = (property: FakeProperty): Body => ({
    calculated: false,
    description: property.description ?? '',
    displayOrder: property.displayOrder ?? -1,
    externalOptions: property.referencedObjectType !== undefined,
    ...(property.referencedObjectType === undefined ? {} : { referencedObjectType: property.referencedObjectType }),
    fieldType: property.fieldType,
    formField: property.formField ?? property.hubspotDefined !== true,
    groupName: property.groupName,
    hasUniqueValue: property.hasUniqueValue ?? false,
    hidden: property.hidden ?? false,
    label: property.label,
    modificationMetadata: {
      archivable: property.hubspotDefined !== true,
      readOnlyDefinition: property.hubspotDefined === true,
      readOnlyValue: property.readOnly === true,
    },
    name: property.name,
    options: (property.options ?? []).map((option) => ({ hidden: false, displayOrder: -1, ...option })),
    type: property.type,
    ...(property.hubspotDefined === true
      ? { hubspotDefined: true }
      : { archived: property.archived === true, createdAt: property.createdAt ?? now(), updatedAt: property.createdAt ?? now() }),
  })

  function groups(type: FakeType, asked: Asked): Reply {
    if (asked.method === 'GET')
      return { status: 200, body: { results: [...type.groups.values()].map((each) => ({ archived: false, ...each })) } }
    if (asked.method === 'DELETE') {
      const [, , gone = ''] = asked.path
      if (!type.groups.has(gone)) throw notFound()
      if ([...type.properties.values()].some(({ groupName, archived }) => groupName === gone && archived !== true))
        throw invalid('The group has properties')
      type.groups.delete(gone)
      return { status: 204 }
    }
    const { name, label, displayOrder } = bodyOf(asked)
    if (typeof name !== 'string' || typeof label !== 'string') throw invalid('name and label are required')
    if (type.groups.has(name))
      throw exists(`A property group named '${name}' already exists.`, 'Properties.GROUP_WITH_NAME_EXISTS')
    const group = { name, label, displayOrder: typeof displayOrder === 'number' ? displayOrder : -1 }
    type.groups.set(name, group)
    return { status: 201, body: { archived: false, ...group } }
  }

  function properties(asked: Asked): Reply {
    const [typeName = '', name] = asked.path
    const type = portal.typeOf(typeName)
    if (name === 'groups') return groups(type, asked)
    if (name === undefined) {
      if (asked.method === 'GET') {
        const archived = asked.query.get('archived') === 'true'
        const list = [...type.properties.values()].filter(
          (each) => (each.archived === true) === archived && shows(each.createdAt ?? portal.iso(0)),
        )
        return { status: 200, body: { results: list.map(shownProperty) } }
      }
      const given = bodyOf(asked) as unknown as FakeProperty
      const { name: wanted, type: kind, groupName, hasUniqueValue } = given
      const known = type.properties.get(wanted)
      if (known !== undefined && known.archived !== true)
        throw exists(`A property named '${wanted}' already exists.`, 'Properties.PROPERTY_WITH_NAME_EXISTS')
      // An archived one comes back as it was, whatever was asked for.
      if (known !== undefined) {
        type.properties.set(wanted, { ...known, archived: false })
        return { status: 201, body: shownProperty({ ...known, archived: false }) }
      }
      if (!/^[a-z][a-z0-9_]*$/.test(wanted)) throw invalid('Property names are lower case letters, digits and underscores')
      if (!kinds.has(kind)) throw invalid('type is none of the allowed')
      if (!type.groups.has(groupName)) throw invalid(`There is no group ${groupName}`)
      const unique = [...type.properties.values()].filter((each) => each.hasUniqueValue === true).length
      if (hasUniqueValue === true && unique >= 10) throw invalid('At most 10 unique properties')
      const made: FakeProperty = { ...given, createdAt: now() }
      type.properties.set(wanted, made)
      return { status: 201, body: shownProperty(made) }
    }
    const known = type.properties.get(name)
    if (known === undefined || known.archived === true) throw notFound()
    if (asked.method === 'GET' && !shows(known.createdAt ?? portal.iso(0))) throw notFound()
    if (asked.method === 'GET') return { status: 200, body: shownProperty(known) }
    if (known.hubspotDefined === true && asked.method === 'DELETE') throw invalid('HubSpot defines this property')
    if (asked.method === 'DELETE') {
      type.properties.set(name, { ...known, archived: true })
      return { status: 204 }
    }
    const { label, description, groupName, options, hidden, formField, displayOrder, fieldType, ...rest } = bodyOf(asked)
    if (Object.keys(rest).some((each) => each !== 'type')) throw invalid(`${Object.keys(rest).join(', ')} cannot be changed`)
    const given = { label, description, groupName, options, hidden, formField, displayOrder, fieldType }
    const changed = { ...known, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }
    type.properties.set(name, changed)
    return { status: 200, body: shownProperty(changed) }
  }

  const stageOf = (type: FakeType, given: Body, order: number): FakeStage => {
    const metadata = (given['metadata'] ?? {}) as { readonly [name: string]: string }
    if (typeof given['label'] !== 'string') throw invalid('label of a stage is required')
    if (type.name === 'deals' && metadata['probability'] === undefined) throw invalid('probability is required')
    return {
      id: server(),
      label: given['label'],
      displayOrder: typeof given['displayOrder'] === 'number' ? given['displayOrder'] : order,
      metadata,
      archived: false,
      createdAt: now(),
      updatedAt: now(),
    }
  }

  function pipelines(asked: Asked): Reply {
    const [typeName = '', id, word, stageId] = asked.path
    const type = portal.typeOf(typeName)
    if (type.pipelineProperties === null) throw invalid(`${type.name} have no pipelines`)
    if (id === undefined) {
      if (asked.method === 'GET')
        return {
          status: 200,
          body: { results: type.pipelines.filter(({ archived, createdAt }) => !archived && shows(createdAt)) },
        }
      const { label, displayOrder, stages } = bodyOf(asked)
      if (typeof label !== 'string' || !Array.isArray(stages)) throw invalid('label and stages are required')
      if (stages.length > 100) throw invalid('At most 100 stages')
      if (type.pipelines.some((each) => each.label === label && !each.archived))
        throw exists(`A pipeline named '${label}' already exists.`, 'Pipelines.LABEL_EXISTS')
      const made: FakePipeline = {
        id: server(),
        label,
        displayOrder: typeof displayOrder === 'number' ? displayOrder : 0,
        stages: (stages as readonly Body[]).map((stage, order) => stageOf(type, stage, order)),
        archived: false,
        createdAt: now(),
        updatedAt: now(),
      }
      type.pipelines.push(made)
      return { status: 201, body: made }
    }
    const at = type.pipelines.findIndex((each) => each.id === id && !each.archived)
    const known = type.pipelines[at]
    if (known === undefined) throw notFound()
    const put = (changed: FakePipeline): void => void (type.pipelines[at] = { ...changed, updatedAt: now() })
    if (word === 'stages' && stageId === undefined && asked.method === 'POST') {
      const made = stageOf(type, bodyOf(asked), known.stages.length)
      put({ ...known, stages: [...known.stages, made] })
      return { status: 201, body: made }
    }
    if (word === 'stages') {
      const stage = known.stages.find((each) => each.id === stageId)
      if (asked.method === 'GET' && stageId === undefined) return { status: 200, body: { results: known.stages } }
      if (stage === undefined) throw notFound()
      if (asked.method === 'GET') return { status: 200, body: stage }
      if (asked.method === 'DELETE') {
        const used = portal.ofType(type.name).some((each) => each.values.get(type.pipelineProperties?.[1] ?? '') === stageId)
        if (used) throw invalid('The stage is in use')
        put({ ...known, stages: known.stages.filter((each) => each !== stage) })
        return { status: 204 }
      }
      const changed: FakeStage = { ...stage, ...bodyOf(asked), id: stage.id, updatedAt: now() }
      put({ ...known, stages: known.stages.map((each) => (each === stage ? changed : each)) })
      return { status: 200, body: changed }
    }
    if (asked.method === 'GET') return { status: 200, body: known }
    if (asked.method !== 'PATCH') throw new PortalError(405, 'Method Not Allowed')
    put({ ...known, ...bodyOf(asked), id: known.id, stages: known.stages })
    return { status: 200, body: type.pipelines[at] }
  }

  const shownSchema = (type: FakeType): Body => ({
    labels: type.labels,
    requiredProperties: type.required,
    searchableProperties: type.searchableProperties,
    primaryDisplayProperty: type.primaryDisplayProperty,
    secondaryDisplayProperties: type.secondaryDisplayProperties,
    archived: false,
    restorable: true,
    metaType: 'PORTAL_SPECIFIC',
    id: type.id.slice(2),
    fullyQualifiedName: `p${String(portal.portalId)}_${type.name}`,
    createdAt: type.created,
    updatedAt: type.created,
    objectTypeId: type.id,
    properties: [...type.properties.values()].filter(({ archived }) => archived !== true).map(shownProperty),
    associations: [],
    name: type.name,
  })

  function schemas(asked: Asked): Reply {
    const [name] = asked.path
    if (name !== undefined) {
      const type = portal.types.find(({ aliases, custom }) => custom && aliases.includes(name))
      if (type === undefined || !shows(type.created)) throw notFound()
      if (asked.method === 'POST' && asked.path[1] === 'associations') {
        const { toObjectTypeId, name: label } = bodyOf(asked)
        const other = portal.typeOf(String(toObjectTypeId))
        type.associated.add(other.id)
        const body = { id: server(), fromObjectTypeId: type.id, toObjectTypeId: other.id, name: label ?? null }
        return { status: 201, body }
      }
      if (asked.method === 'DELETE') {
        if (portal.ofType(type.name).some(({ archived }) => !archived)) throw invalid('Records of the type exist')
        portal.types.splice(portal.types.indexOf(type), 1)
        return { status: 204 }
      }
      if (asked.method === 'PATCH') {
        // Everything but the name and the properties.
        const { labels, requiredProperties, searchableProperties, primaryDisplayProperty, secondaryDisplayProperties } =
          bodyOf(asked)
        const given = {
          labels,
          required: requiredProperties,
          searchableProperties,
          primaryDisplayProperty,
          secondaryDisplayProperties,
        }
        Object.assign(type, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
      } else if (asked.method !== 'GET') throw new PortalError(405, 'Method Not Allowed')
      return { status: 200, body: shownSchema(type) }
    }
    if (asked.method === 'GET')
      return {
        status: 200,
        body: { results: portal.types.filter(({ custom, created }) => custom && shows(created)).map(shownSchema) },
      }
    return { status: 201, body: shownSchema(portal.define(bodyOf(asked) as unknown as Parameters<FakePortal['define']>[0])) }
  }

  function people(asked: Asked): Reply {
    const [id] = asked.path
    const archived = asked.query.get('archived') === 'true'
    const shown = (owner: FakeOwner): Body => ({
      type: 'PERSON',
      ...owner,
      userIdIncludingInactive: owner.userId,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    })
    if (id !== undefined && id !== '') {
      const owner = owners.find((each) => each.id === id && each.archived === archived)
      if (owner === undefined) throw notFound()
      return { status: 200, body: shown(owner) }
    }
    const limit = Number(asked.query.get('limit') ?? 100)
    if (limit > 500) throw invalid('limit must be at most 500')
    const email = asked.query.get('email')
    const from = Number(asked.query.get('after') ?? 0)
    const all = owners.filter((each) => each.archived === archived && (email === null || each.email === email))
    const more = all.length > from + limit ? { paging: { next: { after: String(from + limit), link: '' } } } : {}
    return { status: 200, body: { results: all.slice(from, from + limit).map(shown), ...more } }
  }

  function limits(asked: Asked): Reply {
    const custom = portal.types.filter((each) => each.custom)
    const [what] = asked.path
    if (what === 'custom-object-types')
      return { status: 200, body: { limit: 10, usage: custom.length, percentage: custom.length * 10 } }
    if (what === 'records')
      return {
        status: 200,
        body: {
          hubspotDefinedObjectTypes: portal.types
            .filter((each) => !each.custom)
            .map((type) => ({ objectTypeId: type.id, limit: 15_000_000, usage: portal.ofType(type.name).length, percentage: 0 })),
          customObjectTypes: {
            overallLimit: 500_000,
            overallUsage: custom.reduce((sum, type) => sum + portal.ofType(type.name).length, 0),
            byObjectType: custom.map((type) => ({ objectTypeId: type.id, usage: portal.ofType(type.name).length })),
          },
        },
      }
    throw notFound()
  }

  return {
    owners,
    account,
    properties,
    pipelines,
    schemas,
    people,
    limits,
  }
}
