import type { Pipelines, StatePipeline } from '../options.ts'
import type {
  AssociationDefinition,
  Definitions,
  PipelineDefinition,
  PropertyDefinition,
  StageDefinition,
} from './definitions.ts'
import type { Portal, PortalLabel, PortalPipeline, PortalProperty } from './portal.ts'

/** One thing that a portal lacks or has otherwise. */
export interface Difference {
  /** Name of the custom object, or of the type of the CRM. */
  readonly object: string
  readonly group?: string
  readonly property?: string
  readonly pipeline?: string
  readonly stage?: string
  /** The type of the CRM to which links have no label of ours. */
  readonly association?: string
  /** `different` cannot be mended by `apply`: HubSpot changes neither the type of a property nor whether its values are unique. */
  readonly what: 'missing' | 'different'
  readonly details: readonly {
    readonly property: string
    readonly needed: string | number | boolean
    readonly actual: string | number | boolean
  }[]
}

/** Where a difference is, as one text, e.g. `tickets.kag_state`. */
export const pathOf = ({ object, group, property, pipeline, stage, association }: Omit<Difference, 'what' | 'details'>): string =>
  [object, group ?? property ?? pipeline ?? association, stage].filter((part) => part !== undefined).join('.')

/** What the mapping has the id of, whatever it is called by now; else what has the label, whichever language it was made in. */
function known<T extends { readonly id: string; readonly label: string }>(
  list: readonly T[],
  { id, labels }: Pick<StageDefinition, 'id' | 'labels'>,
): T | undefined {
  return list.find((each) => each.id === id) ?? list.find(({ label }) => labels.includes(label))
}

/** The pipeline of a definition. */
export const pipelineIn = ({ pipelines }: Portal, wanted: PipelineDefinition): PortalPipeline | undefined =>
  known(pipelines.get(wanted.type) ?? [], wanted)

/** The stage of a definition. */
export const stageIn = ({ stages }: PortalPipeline, wanted: StageDefinition): PortalPipeline['stages'][number] | undefined =>
  known(stages, wanted)

/** The label of a definition: whichever language it was made in. */
export const labelIn = (there: readonly PortalLabel[], { labels }: AssociationDefinition): PortalLabel | undefined =>
  there.find(({ label }) => labels.includes(label))

/** What is wanted and not there, in the order in which it has to be made. */
export function differencesOf(definitions: Definitions, portal: Portal): readonly Difference[] {
  return [
    ...definitions.schemas.flatMap(({ name, properties }): readonly Difference[] => {
      const there = portal.schemas.get(name)
      return there === undefined ? [{ object: name, what: 'missing', details: [] }] : propertyDifferences(name, properties, there)
    }),
    ...definitions.native.flatMap(({ type, group, properties }): readonly Difference[] => [
      ...(portal.groups.get(type)?.has(group.name) === true
        ? []
        : [{ object: type, group: group.name, what: 'missing' as const, details: [] }]),
      ...propertyDifferences(type, properties, portal.properties.get(type) ?? new Map()),
    ]),
    ...definitions.pipelines.flatMap((wanted): readonly Difference[] => {
      const { type: object, label: pipeline } = wanted
      const there = pipelineIn(portal, wanted)
      if (there === undefined) return [{ object, pipeline, what: 'missing', details: [] }]
      return wanted.stages
        .filter((stage) => stageIn(there, stage) === undefined)
        .map(({ label: stage }) => ({ object, pipeline, stage, what: 'missing' as const, details: [] }))
    }),
    ...definitions.associations
      .filter((wanted) => labelIn(portal.labels.get(wanted.to) ?? [], wanted) === undefined)
      .map(({ from: object, to: association }) => ({ object, association, what: 'missing' as const, details: [] })),
  ]
}

function propertyDifferences(
  object: string,
  wanted: readonly PropertyDefinition[],
  there: ReadonlyMap<string, PortalProperty>,
): readonly Difference[] {
  return wanted.flatMap((definition): readonly Difference[] => {
    const actual = there.get(definition.name)
    if (actual === undefined) return [{ object, property: definition.name, what: 'missing', details: [] }]
    const lacking = optionsLacking(definition, actual)
    if (lacking.length > 0)
      return [
        {
          object,
          property: definition.name,
          what: 'missing',
          details: lacking.map(({ value }) => ({ property: 'option', needed: value, actual: false })),
        },
      ]
    const details = [
      ...(actual.type === definition.type ? [] : [{ property: 'type', needed: definition.type, actual: actual.type }]),
      ...(definition.hasUniqueValue === true && !actual.hasUniqueValue
        ? [{ property: 'hasUniqueValue', needed: true, actual: false }]
        : []),
    ]
    return details.length === 0 ? [] : [{ object, property: definition.name, what: 'different', details }]
  })
}

/** Options of a choice that are not there. Those of a yes and no are HubSpot's own affair. */
export function optionsLacking(
  { type, options = [] }: PropertyDefinition,
  actual: PortalProperty,
): NonNullable<PropertyDefinition['options']> {
  if (type !== 'enumeration' || actual.type !== type) return []
  return options.filter(({ value }) => !actual.options.some((each) => each.value === value))
}

/** The ids that the portal has for pipelines and stages; of one that is not there nothing is said. */
export function pipelinesIn(definitions: Definitions, portal: Portal): Required<Pipelines> {
  const of = (which: PipelineDefinition['of']): { readonly [kind: string]: StatePipeline } =>
    Object.fromEntries(
      definitions.pipelines.flatMap((wanted) => {
        const there = wanted.of === which ? pipelineIn(portal, wanted) : undefined
        return there === undefined ? [] : [[wanted.kind, { id: there.id, stages: stagesIn(wanted, there) }] as const]
      }),
    )
  return { cases: of('cases'), records: of('records') }
}

const stagesIn = ({ stages }: PipelineDefinition, there: PortalPipeline): StatePipeline['stages'] =>
  Object.fromEntries(
    stages.flatMap((stage) => {
      const id = stageIn(there, stage)?.id
      return id === undefined ? [] : [[stage.state, id] as const]
    }),
  )
