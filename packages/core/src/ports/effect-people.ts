import type { Finding } from '../errors/index.ts'
import type { Directory } from './directory.ts'
import type { Effect } from './records.ts'
import type { Commit } from './store.ts'

/** What is known of the instance when one of its effects is to be given to people. */
export interface EffectScene {
  readonly entry: Pick<Commit['entry'], 'at'>
  readonly projection: Pick<Commit['projection'], 'accountId' | 'owner' | 'fields' | 'nextDueAt'>
}

/**
 * The people whom an effect is for: holders of roles, `owner`, `department`, `person:<id>`; never who is to be left out (`except`). `null`: not everybody is known, and
 * whoever delivers it must not tell only some of them.
 *
 * @param to whom it goes to in place of those whom the effect itself names (`to`, `for`).
 * @throws StoreError `unavailable` when the directory does not answer
 * @example
 * ```ts
 * const scene = { entry: { at: 0 }, projection: { accountId: 'acme', owner: 'person:u-xu', fields: {}, nextDueAt: null } }
 * const params = { to: ['owner', 'person:u-liu', 'person:u-wu'], except: ['u-wu'] }
 * await peopleForEffect({ params }, scene, null) // => ['u-xu', 'u-liu']
 * ```
 */
export async function peopleForEffect(
  { params }: Pick<Effect, 'params'>,
  scene: EffectScene,
  directory: Directory | null,
  to?: readonly string[],
): Promise<readonly string[] | null> {
  const people = new Set<string>()
  for (const whom of to ?? [...textsAt(params, 'to'), ...textsAt(params, 'for')]) {
    const found = await peopleOf(directory, whom, params, scene)
    if (found === null || found.length === 0) return null
    for (const person of found) people.add(person)
  }
  for (const barred of textsAt(params, 'except')) people.delete(barred)
  return [...people]
}

async function peopleOf(
  directory: Directory | null,
  whom: string,
  params: Effect['params'],
  { entry, projection }: EffectScene,
): Promise<readonly string[] | null> {
  if (whom.startsWith('person:')) return [whom.slice('person:'.length)]
  if (whom === 'owner') {
    const [owner = projection.owner] = textsAt(params, 'owner')
    return owner === null || owner === 'owner' ? null : peopleOf(directory, owner, params, { entry, projection })
  }
  const role = whom === 'department' ? projection.fields['department'] : whom
  if (typeof role !== 'string' || directory === null) return null
  return directory.members(role, { accountId: projection.accountId }, entry.at)
}

/** A text, or each of a list, of an effect's parameters. */
function textsAt(params: Effect['params'], name: string): readonly string[] {
  if (typeof params !== 'object' || params === null || !Object.hasOwn(params, name)) return []
  const value = (params as { readonly [name: string]: unknown })[name]
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(
    (each): each is string => typeof each === 'string',
  )
}

/**
 * By when what an effect asks for is to be done: the instant of its rung, else when the instance is due next; epoch milliseconds, `null`: there is none.
 *
 * @example
 * ```ts
 * const scene = { entry: { at: 0 }, projection: { accountId: 'acme', owner: null, fields: {}, nextDueAt: 2000 } }
 * dueOfEffect({ params: { dueAt: 1000 } }, scene) // => 1000
 * dueOfEffect({ params: {} }, scene) // => 2000
 * ```
 */
export function dueOfEffect({ params }: Pick<Effect, 'params'>, { projection }: EffectScene): number | null {
  const told = (params ?? {}) as { readonly dueAt?: unknown }
  return typeof told.dueAt === 'number' ? told.dueAt : projection.nextDueAt
}

/** What the runtime carries out itself. */
const ofTheRuntime: readonly string[] = ['command', 'eraseDocuments', 'publishPolicy']

/**
 * What is wrong with giving effects of a type to people of a CRM: a type that the runtime carries out itself, a time zone that there is not.
 *
 * @param place where it stands in the configuration, e.g. `task`.
 * @example
 * ```ts
 * effectMappingFindings('notify', 'task', 'Asia/Beijing').map(({ path }) => path) // => ['effects.notify.task.timeZone']
 * effectMappingFindings('notify', 'task', 'Asia/Shanghai') // => []
 * ```
 */
export function effectMappingFindings(type: string, place: string, timeZone: string): readonly Finding[] {
  const path = `effects.${type}`
  return [
    ...(ofTheRuntime.includes(type)
      ? [{ path, code: 'own_type', message: `${type} is carried out by the runtime itself`, remedy: 'take it out' }]
      : []),
    ...(isZone(timeZone)
      ? []
      : [
          {
            path: `${path}.${place}.timeZone`,
            code: 'time_zone',
            message: `${JSON.stringify(timeZone.slice(0, 80))} is no time zone`,
            remedy: 'give an IANA zone, e.g. Asia/Shanghai',
          },
        ]),
  ]
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
