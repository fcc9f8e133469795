import { dueOfEffect, formatEffect, peopleForEffect, StoreError, type Commit, type Directory } from '@ka-governance/core'
import { columnText, type Fields, type NativeRows, type VisibleRecord } from '../mapping.ts'
import type { ResolvedMapping } from '../options.ts'
import type { TaskMapping } from './options.ts'
import type { UserIds } from './users.ts'

type Effect = Commit['entry']['effects'][number]

/** What makes tasks out of a commit's effects. */
export interface TaskTools {
  readonly mapping: ResolvedMapping
  readonly directory: Directory | null
  readonly userIds: UserIds
}

/**
 * The tasks of a commit. An effect for which not everybody can be found, or that an instance waits for, has none and stays pending: the policy's command is
 * carried out all the same.
 */
export async function tasksOf(tools: TaskTools, commit: Commit, record: VisibleRecord | null): Promise<readonly NativeRows[]> {
  const { effects, tasksKey } = tools.mapping
  const made: NativeRows[] = []
  for (const effect of commit.entry.effects) {
    const task = Object.hasOwn(effects, effect.type) ? effects[effect.type]?.task : undefined
    if (task === undefined || effect.awaited === true) continue
    const owners = await ownersOf(tools, task, effect, commit)
    if (owners === null) continue
    const fields = fieldsOfTask(task, effect, commit)
    made.push({
      effectId: effect.id,
      object: 'Task',
      rows: owners.map((owner): Fields => ({ ...fields, OwnerId: owner, [tasksKey]: `${effect.id}:${owner}` })),
      about: aboutOf(tools.mapping, commit, record),
    })
  }
  return made
}

/** Record ids of users, each once; `null`: not everybody is known, or they are too many. */
async function ownersOf(
  { directory, userIds }: TaskTools,
  { to, most = 5 }: TaskMapping,
  effect: Effect,
  commit: Commit,
): Promise<readonly string[] | null> {
  try {
    const people = await peopleForEffect(effect, commit, directory, to)
    if (people === null || people.length === 0 || people.length > most) return null
    const ids = await userIds(people)
    return ids.size < people.length ? null : [...new Set(ids.values())]
  } catch (error) {
    if (error instanceof StoreError) return null
    throw error
  }
}

/** Personal texts stand as tokens in effects, so none gets into a task. */
function fieldsOfTask({ locale, timeZone, words, fields }: TaskMapping, effect: Effect, commit: Commit): Fields {
  const { entry } = commit
  const dueAt = dueOfEffect(effect, commit)
  return {
    Subject: columnText(formatEffect(effect, locale, { ...words, timeZone, kind: entry.kind }), 255),
    Description: entry.key,
    ...(dueAt === null ? {} : { ActivityDate: dayIn(timeZone, dueAt) }),
    ...fields,
  }
}

/** The record that the instance is seen on, else its account. */
function aboutOf({ accounts }: ResolvedMapping, { projection }: Commit, record: VisibleRecord | null): NativeRows['about'] {
  const account =
    accounts.id === 'Id' && /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(projection.accountId) ? projection.accountId : null
  return { record: record !== null, account }
}

/** The local day of an instant, `2026-03-02`. */
export function dayIn(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    at,
  )
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}
