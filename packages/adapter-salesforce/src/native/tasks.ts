import { formatEffect, StoreError, type Commit, type Directory, type JsonValue } from '@ka-governance/core'
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
    const people = new Set<string>()
    for (const whom of to ?? recipientsOf(effect.params)) {
      const found = await peopleOf(directory, whom, effect.params, commit)
      if (found === null || found.length === 0) return null
      for (const person of found) people.add(person)
    }
    for (const barred of textsAt(effect.params, 'except')) people.delete(barred)
    if (people.size === 0 || people.size > most) return null
    const ids = await userIds([...people])
    return ids.size < people.size ? null : [...new Set(ids.values())]
  } catch (error) {
    if (error instanceof StoreError) return null
    throw error
  }
}

async function peopleOf(
  directory: Directory | null,
  whom: string,
  params: JsonValue,
  { entry, projection }: Commit,
): Promise<readonly string[] | null> {
  if (whom.startsWith('person:')) return [whom.slice('person:'.length)]
  if (whom === 'owner') {
    const [owner = projection.owner] = textsAt(params, 'owner')
    return owner === null || owner === 'owner' ? null : peopleOf(directory, owner, params, { entry, projection } as Commit)
  }
  const role = whom === 'department' ? projection.fields['department'] : whom
  if (typeof role !== 'string' || directory === null) return null
  return directory.members(role, { accountId: projection.accountId }, entry.at)
}

/** Whom the effect itself names: `to`, or `for` of a task. */
const recipientsOf = (params: JsonValue): readonly string[] => [...textsAt(params, 'to'), ...textsAt(params, 'for')]

/** A text, or each of a list, of an effect's parameters. */
function textsAt(params: JsonValue, name: string): readonly string[] {
  if (typeof params !== 'object' || params === null || !Object.hasOwn(params, name)) return []
  const value = (params as { readonly [name: string]: JsonValue })[name]
  return (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).filter(
    (each): each is string => typeof each === 'string',
  )
}

/** Personal texts stand as tokens in effects, so none gets into a task. */
function fieldsOfTask({ locale, timeZone, words, fields }: TaskMapping, effect: Effect, { entry, projection }: Commit): Fields {
  const told = (effect.params ?? {}) as { readonly dueAt?: unknown }
  const dueAt = typeof told.dueAt === 'number' ? told.dueAt : projection.nextDueAt
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
