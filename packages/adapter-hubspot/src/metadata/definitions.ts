import { formatStateName, listStates, type Locale } from '@ka-governance/core'
import { pipelineOfRecord, type ResolvedMapping, type StatePipeline } from '../options.ts'
import {
  nativeProperties,
  objects,
  partsOf,
  typeIds,
  typeNamed,
  type Labels,
  type ObjectName,
  type ObjectSpec,
  type PropertySpec,
} from '../schema.ts'

/** A property as HubSpot's API takes it. */
export interface PropertyDefinition {
  readonly name: string
  readonly label: string
  readonly groupName: string
  readonly type: PropertySpec['type']
  readonly fieldType: PropertySpec['fieldType']
  readonly hasUniqueValue?: true
  readonly options?: readonly { readonly label: string; readonly value: string; readonly displayOrder: number }[]
  /** Nobody fills them in on a form of a web page. */
  readonly formField: false
}

/** A custom object as HubSpot's API takes it. */
export interface SchemaDefinition {
  readonly name: string
  readonly labels: { readonly singular: string; readonly plural: string }
  readonly primaryDisplayProperty: string
  readonly secondaryDisplayProperties: readonly string[]
  readonly searchableProperties: readonly string[]
  readonly requiredProperties: readonly string[]
  readonly properties: readonly PropertyDefinition[]
  /** Ids of types that its records can be linked with. */
  readonly associatedObjects: readonly string[]
}

/** A stage, and the state that it shows. */
export interface StageDefinition {
  readonly state: string
  /** As the mapping has it; `null`: it is known by its label alone. */
  readonly id: string | null
  readonly label: string
  /** The labels that it may have: an admin may have provisioned in another language. */
  readonly labels: readonly string[]
  readonly metadata: { readonly [name: string]: string }
}

/** A pipeline of one kind of instance. */
export interface PipelineDefinition {
  readonly kind: string
  readonly of: 'cases' | 'records'
  /** As a path names the type. */
  readonly type: string
  /** As the mapping has it: labels are people's to change. `null`: it is known by its label alone. */
  readonly id: string | null
  readonly label: string
  readonly labels: readonly string[]
  readonly stages: readonly StageDefinition[]
}

/** A label of the links from cases to a type of the CRM. */
export interface AssociationDefinition {
  /** Name of the custom object; a path names it with `p_` before it. */
  readonly from: string
  readonly to: LinkedType
  /** HubSpot's own name of it, which nobody sees: letters, digits and `_`. */
  readonly name: string
  /** What the record is to the case, and the case to the record. */
  readonly label: string
  readonly inverseLabel: string
  /** The labels that it may have: an admin may have provisioned in another language. */
  readonly labels: readonly string[]
}

/** Everything that a portal needs for a mapping. */
export interface Definitions {
  readonly schemas: readonly SchemaDefinition[]
  /** Types of the CRM that get a group of properties. */
  readonly native: readonly {
    readonly type: string
    readonly group: { readonly name: string; readonly label: string }
    readonly properties: readonly PropertyDefinition[]
  }[]
  readonly pipelines: readonly PipelineDefinition[]
  readonly associations: readonly AssociationDefinition[]
}

/** A type of the CRM that cases are linked with. */
export type LinkedType = 'companies' | 'deals' | 'tickets'

/** The types that cases are linked with, where the mapping asks for it: companies that are accounts, records that are made for instances. */
export function linkedTypes({
  associations,
  accounts,
  records,
}: Pick<ResolvedMapping, 'associations' | 'accounts' | 'records'>): readonly LinkedType[] {
  const made = new Set(Object.values(records).flatMap(({ type, by }) => (by === 'accountId' ? [] : [typeNamed(type)])))
  if (typeNamed(accounts.type) === 'companies') made.add('companies')
  return associations ? (['companies', 'deals', 'tickets'] as const).filter((type) => made.has(type)) : []
}

/** What a record is to its case. */
const linkLabels: { readonly [type in LinkedType]: Labels } = {
  companies: { en: 'KA company', 'zh-CN': 'KA客户' },
  deals: { en: 'KA deal', 'zh-CN': 'KA交易' },
  tickets: { en: 'KA ticket', 'zh-CN': 'KA工单' },
}
const caseLabel: Labels = { en: 'KA case', 'zh-CN': 'KA管控事项' }

const yesAndNo: { readonly [value: string]: Labels } = { true: { en: 'Yes', 'zh-CN': '是' }, false: { en: 'No', 'zh-CN': '否' } }
const groupLabel: Labels = { en: 'Key-account governance', 'zh-CN': 'KA管控' }

/** Kinds of instances as pipelines are named after them. */
const kindLabels: { readonly [kind: string]: Labels } = {
  admission: { en: 'KA admission', 'zh-CN': 'KA客户准入' },
  complaint: { en: 'KA complaints', 'zh-CN': 'KA客户投诉' },
  'tier-adjustment': { en: 'KA tier adjustment', 'zh-CN': 'KA客户级别调整' },
  account: { en: 'KA accounts', 'zh-CN': 'KA客户台账' },
  project: { en: 'KA projects', 'zh-CN': 'KA合作项目' },
  'project-change': { en: 'KA project changes', 'zh-CN': 'KA项目变更' },
  policy: { en: 'KA policies', 'zh-CN': 'KA制度' },
  'policy-publication': { en: 'KA policy publication', 'zh-CN': 'KA制度发布' },
}

/** Pipelines of HubSpot's own types; those of other types are not made by us. */
const withPipelines: ReadonlySet<string> = new Set(['tickets', 'deals'])

/** What a portal needs: made of the same constants that the adapter writes by. `isHosted`: the host keeps the journal, and the portal has no custom objects. */
export function definitionsOf(mapping: ResolvedMapping, locale: Locale, isHosted = false): Definitions {
  const { names, records } = mapping
  const types = [...new Set(Object.values(records).map(({ type }) => typeNamed(type)))]
  return {
    schemas: isHosted ? [] : (Object.keys(objects) as ObjectName[]).map((name) => schemaOf(mapping, name, locale)),
    native: types.flatMap((type) => {
      const properties = nativeOf(mapping, type)
      if (properties.length === 0) return []
      const group = { name: `${names.prefix}_governance`, label: groupLabel[locale] }
      return [{ type, group, properties: properties.flatMap(([name, spec]) => propertiesOf(name, spec, group.name, locale)) }]
    }),
    pipelines: [...listStates().keys()].flatMap((kind) => [
      ...(isHosted ? [] : [pipelineOf({ kind, of: 'cases', type: names.type('case') }, mapping.pipelines[kind], locale)]),
      ...(records[kind] !== undefined && records[kind].by !== 'accountId' && withPipelines.has(typeNamed(records[kind].type))
        ? [pipelineOf({ kind, of: 'records', type: typeNamed(records[kind].type) }, pipelineOfRecord(mapping, kind), locale)]
        : []),
    ]),
    associations: isHosted ? [] : associationsOf(mapping, locale),
  }
}

/** Labels of the links from cases, for a mapping that asks for them. */
export const associationsOf = (mapping: ResolvedMapping, locale: Locale): readonly AssociationDefinition[] =>
  linkedTypes(mapping).map((to) => ({
    from: mapping.names.schema('case'),
    to,
    name: `${mapping.names.prefix}_case_${to}`,
    label: linkLabels[to][locale],
    inverseLabel: caseLabel[locale],
    labels: Object.values(linkLabels[to]),
  }))

function schemaOf({ names, requests }: ResolvedMapping, name: ObjectName, locale: Locale): SchemaDefinition {
  const spec: ObjectSpec = objects[name]
  const own = (property: string): string => `${names.prefix}_${property}`
  const properties = [...Object.entries(spec.properties), ...(name === 'case' ? requestProperty(requests) : [])]
  const keys = properties.filter(([, each]) => 'unique' in each).map(([property]) => own(property))
  return {
    name: names.schema(name),
    labels: { singular: spec.label[locale], plural: spec.plural[locale] },
    primaryDisplayProperty: own(spec.primary),
    secondaryDisplayProperties: spec.secondary.map(own),
    searchableProperties: [...new Set([...keys, own(spec.primary)])],
    requiredProperties: properties.filter(([, each]) => 'required' in each).map(([property]) => own(property)),
    properties: properties.flatMap(([property, each]) =>
      propertiesOf(own(property), each, `${names.schema(name)}_information`, locale),
    ),
    associatedObjects: spec.associated.flatMap((type) => typeIds[type] ?? []),
  }
}

/** The property by which a person asks for something, where the mapping has requests. */
function requestProperty(requests: ResolvedMapping['requests']): readonly (readonly [string, PropertySpec])[] {
  const options = Object.fromEntries(Object.entries(requests).map(([value, { label }]) => [value, label]))
  if (Object.keys(options).length === 0) return []
  return [['request', { type: 'enumeration', fieldType: 'select', options, label: { en: 'Ask for', 'zh-CN': '申请办理' } }]]
}

/** Properties of ours on a type of the CRM, by their names in the portal. */
function nativeOf({ names, records, requests }: ResolvedMapping, type: string): readonly (readonly [string, PropertySpec])[] {
  const own: { readonly [name: string]: PropertySpec } = type === 'tickets' || type === 'companies' ? nativeProperties[type] : {}
  const found = new Map<string, PropertySpec>(
    Object.entries(own).map(([name, spec]) => [`${names.prefix}_${name}`, spec] as const),
  )
  // Whatever type is found by our own key has to have it.
  const key = `${names.prefix}_instance_id`
  const isKey = Object.values(records).some(
    (each) => typeNamed(each.type) === type && each.by !== 'accountId' && each.by.unique === key,
  )
  if (isKey && !found.has(key)) found.set(key, nativeProperties.tickets.instance_id)
  if (isKey) for (const [name, spec] of requestProperty(requests)) found.set(`${names.prefix}_${name}`, spec)
  return [...found]
}

/** One property, or as many as a long text needs. */
function propertiesOf(name: string, spec: PropertySpec, groupName: string, locale: Locale): readonly PropertyDefinition[] {
  const options = spec.type === 'bool' ? yesAndNo : spec.type === 'enumeration' ? spec.options : null
  return partsOf(name, 'parts' in spec ? spec.parts : 1).map((part, k) => ({
    name: part,
    label: k === 0 ? spec.label[locale] : `${spec.label[locale]} (${String(k + 1)})`,
    groupName,
    type: spec.type,
    fieldType: spec.fieldType,
    ...('unique' in spec ? { hasUniqueValue: true as const } : {}),
    ...(options === null
      ? {}
      : {
          options: Object.entries(options).map(([value, label], displayOrder) => ({ label: label[locale], value, displayOrder })),
        }),
    formField: false,
  }))
}

function pipelineOf(
  place: Pick<PipelineDefinition, 'kind' | 'of' | 'type'>,
  given: StatePipeline | undefined,
  locale: Locale,
): PipelineDefinition {
  const { kind, type } = place
  const label = kindLabels[kind] ?? { en: kind, 'zh-CN': kind }
  const states = listStates().get(kind) ?? []
  return {
    ...place,
    id: given?.id ?? null,
    label: label[locale],
    labels: [label.en, label['zh-CN']],
    stages: states.map(({ state, isClosed }) => ({
      state,
      id: given !== undefined && Object.hasOwn(given.stages, state) ? (given.stages[state] ?? null) : null,
      label: formatStateName(state, locale, kind),
      labels: (['en', 'zh-CN'] as const).map((each) => formatStateName(state, each, kind)),
      metadata: stageMetadata(type, isClosed),
    })),
  }
}

/** What HubSpot wants to know of a stage. A deal that stands for a case is no hope of revenue: closed ones count as lost, open ones for next to nothing. */
function stageMetadata(type: string, isClosed: boolean): StageDefinition['metadata'] {
  if (type === 'deals') return { probability: isClosed ? '0.0' : '0.1' }
  return type === 'tickets' ? { ticketState: isClosed ? 'CLOSED' : 'OPEN' } : {}
}
