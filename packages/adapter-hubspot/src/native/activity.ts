// Which effects of an entry become tasks and notes of the portal, and what stands in them. Pure.
import { dueOfEffect, formatEffect, type Effect, type JournalEntry, type Projection } from '@ka-governance/core'
import type { Values } from '../client.ts'
import { cut, dateTime } from '../mapping.ts'
import type { ResolvedMapping } from '../options.ts'
import { activityMapping } from './options.ts'

/** An effect that the portal itself is to show people, with what is known of its instance. */
export interface Activity {
  readonly effect: Effect
  readonly entry: JournalEntry
  readonly projection: Projection
}

/** Whether the adapter carries it out, so that no handler is asked. What an instance waits for is a handler's: only its delivery moves it on. */
export const isActivity = ({ effects }: Pick<ResolvedMapping, 'effects'>, { type, awaited }: Effect): boolean =>
  awaited !== true && activityMapping(effects, type) !== null

/** The activities of an entry. */
export const activitiesOf = (mapping: ResolvedMapping, entry: JournalEntry, projection: Projection): readonly Activity[] =>
  entry.effects.filter((effect) => isActivity(mapping, effect)).map((effect) => ({ effect, entry, projection }))

/** Stands in the text, so that it is found where nothing else can name the effect; brackets end it: `…-e1` is none of `…-e10`. */
export const markOf = ({ effect }: Activity): string => `[${effect.id}]`

/** The property that holds the mark. */
export const bodyOf = { tasks: 'hs_task_body', notes: 'hs_note_body' } as const

/** What is written of it, but for its owner. Personal texts stand as tokens in effects, so none gets in. `null`: it is mapped to nothing. */
export function activityValues(
  { effects }: Pick<ResolvedMapping, 'effects'>,
  activity: Activity,
): { readonly type: 'tasks' | 'notes'; readonly properties: Values } | null {
  const { effect, entry } = activity
  const given = activityMapping(effects, effect.type)
  if (given === null) return null
  const { type, locale, timeZone, words, properties } = given
  const text = formatEffect(effect, locale, { ...words, timeZone, kind: entry.kind })
  const own: Values =
    type === 'tasks'
      ? {
          hs_task_subject: cut(text, 255),
          hs_task_body: markOf(activity),
          hs_task_status: 'NOT_STARTED',
          hs_timestamp: dateTime(dueOfEffect(effect, activity) ?? entry.at),
        }
      : { hs_note_body: `${escaped(cut(text, 10_000))}<br>${markOf(activity)}`, hs_timestamp: dateTime(entry.at) }
  return { type, properties: { ...own, ...properties } }
}

/** Bodies are HTML. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
