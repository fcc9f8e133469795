import { effectMappingFindings, type Finding, type FormatOptions, type Locale } from '@ka-governance/core'
import type { Values } from '../client.ts'
import { propertyName } from '../schema.ts'

/** How an effect is put into words. */
interface Wording {
  /** Whose language the text is in. */
  readonly locale: Locale
  /** IANA zone in which instants are told. */
  readonly timeZone: string
  /** Names of people and of what the policy defines: `formatOptionsOf(policy)`. @default their ids, in quotes */
  readonly words?: FormatOptions
  /** Further properties of every record, by their internal names, e.g. `{ hs_task_priority: 'HIGH' }`. */
  readonly properties?: Values
}

/** An effect that people of the portal get as a task, made behind the entry. */
export interface TaskMapping extends Wording {
  /**
   * Who gets it: a role, `owner`, `department` or `person:<id>`. A task has one owner: for several people it is nobody's.
   *
   * @default whom the effect itself names
   */
  readonly to?: readonly string[]
}

/** An effect that stands as a note on the timeline of the record, made behind the entry. */
export type NoteMapping = Wording

/** By type of effect. Types that are not named wait for a handler of the host. */
export interface EffectsMapping {
  readonly [type: string]: { readonly task: TaskMapping } | { readonly note: NoteMapping }
}

/** Properties that the adapter fills in. */
export const filledIn = {
  tasks: ['hs_task_subject', 'hs_task_body', 'hs_task_status', 'hs_timestamp', 'hubspot_owner_id'],
  notes: ['hs_note_body', 'hs_timestamp'],
} as const

/** What an effect becomes, and how. */
export function activityMapping(effects: EffectsMapping, type: string) {
  const given = Object.hasOwn(effects, type) ? effects[type] : undefined
  if (given === undefined) return null
  return 'task' in given ? { type: 'tasks' as const, ...given.task } : { type: 'notes' as const, ...given.note }
}

/** What is wrong with the mapping of effects. */
export function effectsFindings(effects: EffectsMapping): readonly Finding[] {
  return Object.entries(effects).flatMap(([type, given]): readonly Finding[] => {
    const [place, wording, own] =
      'task' in given ? (['task', given.task, filledIn.tasks] as const) : (['note', given.note, filledIn.notes] as const)
    const path = `mapping.effects.${type}.${place}`
    return [
      ...effectMappingFindings(type, place, wording.timeZone).map((finding) => ({ ...finding, path: `mapping.${finding.path}` })),
      ...Object.keys(wording.properties ?? {})
        .filter((name) => !propertyName.test(name) || own.some((each) => each === name))
        .map((name) => ({
          path: `${path}.properties`,
          code: 'property_name',
          message: `${JSON.stringify(name.slice(0, 80))} is no property that can be given`,
          remedy: `name a property of ${place}s that the adapter does not fill in`,
        })),
    ]
  })
}
