import { compareText, type CommandInbox, type InboundAnswer, type InboundCommand, type StoreError } from '@ka-governance/core'
import type { HubSpotRecord, Values } from './client.ts'
import { isRecordRefusal } from './errors.ts'
import { longTextIn } from './long-text.ts'
import { cut, dateTime } from './mapping.ts'
import { namesFor, numberIn, textIn } from './records.ts'
import type { Names, PropertyName } from './schema.ts'
import { searched } from './searches.ts'
import type { StoreTools } from './tools.ts'
import { isSealed, sealsOf, type SealOptions } from './webhooks/seal.ts'

/** UTF-16 units of an answer that are kept: a page of text, not a book. */
const longestAnswer = 30_000

/** What waits for longer is not judged any more: a seal that somebody puts back is good for so long. */
const oldestMs = 7 * 24 * 60 * 60_000

const columns = [
  'command_key',
  'actor',
  'at_ms',
  'seal',
  'kind',
  'instance_id',
  'command',
  'payload',
  'expected_seq',
  'on_behalf_of',
  'locale',
  'status',
  'accepted',
  'tries',
  'begun_id',
] as const satisfies readonly PropertyName<'command'>[]

/**
 * Commands that an intake left. What is asked, by whom and when is sealed: a record that somebody made or edited in the portal has no actor, and is answered as one that cannot be judged. An answer takes
 * the seal away, so that a record that somebody opens again has no actor either. HubSpot changes no record under a condition: that something was carried out is a mark that is only ever set, and whoever wrote something else beside it looks once more and puts it right.
 */
export function createInbox(tools: StoreTools, options: SealOptions): CommandInbox {
  const { own, mapping } = tools
  const { names } = mapping
  const type = names.type('command')
  const p = (name: PropertyName<'command'>): string => names.property('command', name)
  const seals = sealsOf(options, names)
  const isWhole = (record: HubSpotRecord): boolean =>
    isSealed(seals, record.properties) && (numberIn(names, 'command', record, 'at_ms') ?? 0) >= tools.now() - oldestMs

  const read = async (ids: readonly string[], wanted: readonly PropertyName<'command'>[]) => {
    const records = await own.readMany(type, ids, {
      idProperty: p('command_key'),
      properties: namesFor(names, 'command', wanted),
    })
    return new Map(ids.map((id, k) => [id, records[k] ?? null] as const))
  }

  /** Writes what changes; a record that is gone is passed over. */
  async function write(changes: readonly { readonly id: string; readonly properties: Values }[]): Promise<void> {
    const outcomes = await own.updateMany(type, changes)
    const errors = outcomes.flatMap((outcome): readonly StoreError[] => (outcome.status === 'refused' ? [outcome.error] : []))
    const failed = errors.find((error) => !(isRecordRefusal(error) && error.details['hubspot'] === 'OBJECT_NOT_FOUND'))
    if (failed !== undefined) throw failed
  }

  /** Where something was carried out in the meantime, the record says so again. */
  async function putRight(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const records = await read(ids, ['command_key', 'status', 'accepted', 'accepted_answer'])
    const wrong = [...records.values()].filter(
      (record) => record !== null && isAccepted(names, record) && textIn(names, 'command', record, 'status') !== 'accepted',
    )
    await write(
      wrong.flatMap((record) =>
        record === null
          ? []
          : [
              {
                id: record.id,
                properties: { [p('status')]: 'accepted', [p('answer')]: textIn(names, 'command', record, 'accepted_answer') },
              },
            ],
      ),
    )
  }

  return {
    pending: async ({ limit, after }) => {
      if (limit <= 0) return []
      const from =
        // Before the first instant are those without one.
        after === undefined || instantOf(after) === 0
          ? []
          : [{ propertyName: p('at_ms'), operator: 'GTE' as const, value: String(instantOf(after)) }]
      const filters = [{ propertyName: p('status'), operator: 'EQ' as const, value: 'new' }, ...from]
      const found: InboundCommand[] = []
      for await (const record of searched(tools, 'command', { filters, by: 'at_ms', columns })) {
        const command = toCommand(names, record, isWhole(record))
        // The index is behind; the record itself says whether it was answered.
        if (command === null || (after !== undefined && compareText(command.place, after) <= 0)) continue
        // Of several that were left in one moment the index has another order.
        if (found.length >= limit && command.at > (found.at(-1)?.at ?? 0)) break
        found.push(command)
      }
      return found.sort((a, b) => compareText(a.place, b.place)).slice(0, limit)
    },

    answer: async (answers) => {
      const once = strongest(answers)
      const ids = once.map(({ id }) => id).filter((id) => id !== '')
      if (ids.length === 0) return
      const records = await read(ids, ['command_key', 'status', 'accepted'])
      const taken = once.flatMap((answer) => {
        const record = records.get(answer.id) ?? null
        return record === null || !takes(names, record, answer) ? [] : [{ answer, record }]
      })
      await write(taken.map(({ answer, record }) => ({ id: record.id, properties: valuesOf(names, answer) })))
      await putRight(taken.flatMap(({ answer }) => (answer.status === 'accepted' ? [] : [answer.id])))
    },
  }
}

/** Digits of an instant in a place. */
const digits = 15

/** An instant that a place has room for, in the same order as they are in the index: somebody may have put any number there by hand. */
const inRange = (at: number): number => Math.min(Math.max(0, Math.floor(at)), 10 ** digits - 1)

/** The instant of a place. */
const instantOf = (place: string): number => Number(place.slice(0, digits))

const isAccepted = (names: Names, record: HubSpotRecord): boolean => textIn(names, 'command', record, 'accepted') === 'true'

/** The first answer stays, but for an acceptance. */
function takes(names: Names, record: HubSpotRecord, { status }: InboundAnswer): boolean {
  if (isAccepted(names, record)) return false
  return status === 'accepted' || textIn(names, 'command', record, 'status') === 'new'
}

/** Of several answers to one record the one that stays. */
function strongest(answers: readonly InboundAnswer[]): readonly InboundAnswer[] {
  const stays = new Map<string, InboundAnswer>()
  for (const each of answers) {
    const before = stays.get(each.id)?.status ?? 'pending'
    if (before === 'pending' || (before !== 'accepted' && each.status === 'accepted')) stays.set(each.id, each)
  }
  return [...stays.values()]
}

/** What is written beside a command. Only what was carried out names an entry; it needs its form no longer: the journal has it, personal texts apart. */
function valuesOf(names: Names, { status, text, tries, instanceId, entryKey, state, nextDueAt }: InboundAnswer): Values {
  const p = (name: PropertyName<'command'>): string => names.property('command', name)
  const answer = cut(text, longestAnswer)
  const counted = { [p('tries')]: String(tries), ...(status === 'pending' && answer === '' ? {} : { [p('answer')]: answer }) }
  // It is new as it stands: what lands late must not make it new again.
  if (status === 'pending') return { ...counted, [p('begun_id')]: cut(instanceId ?? '', 80) }
  const spent = { ...counted, [p('status')]: status, [p('seal')]: '' }
  if (status !== 'accepted') return spent
  return {
    ...spent,
    [p('accepted')]: 'true',
    [p('accepted_answer')]: answer,
    [p('answered_id')]: cut(instanceId ?? '', 80),
    [p('event_key')]: entryKey ?? '',
    [p('state')]: cut(state ?? '', 80),
    [p('next_due_at')]: nextDueAt === null ? '' : dateTime(nextDueAt),
    ...Object.fromEntries(namesFor(names, 'command', ['payload']).map((name) => [name, ''])),
  }
}

/** `null`: it is answered, or was made by hand and has no key to answer it by. */
function toCommand(names: Names, record: HubSpotRecord, isWhole: boolean): InboundCommand | null {
  const text = (name: PropertyName<'command'>): string => textIn(names, 'command', record, name)
  const id = text('command_key')
  if (id === '' || text('status') !== 'new' || isAccepted(names, record)) return null
  const at = inRange(numberIn(names, 'command', record, 'at_ms') ?? 0)
  return {
    id,
    place: `${String(at).padStart(digits, '0')}${id}`,
    kind: text('kind'),
    instanceId: text('instance_id') || null,
    command: text('command'),
    form: longTextIn(record.properties, names.property('command', 'payload'), 1) ?? text('payload'),
    actor: isWhole ? text('actor') : '',
    onBehalfOf: text('on_behalf_of') || null,
    expectedVersion: numberIn(names, 'command', record, 'expected_seq'),
    locale: text('locale') || null,
    at,
    tries: numberIn(names, 'command', record, 'tries') ?? 0,
    ...(text('begun_id') === '' ? {} : { begun: text('begun_id') }),
  }
}
