import {
  corruptRecord,
  storableJson,
  type CommandInbox,
  type InboundAnswer,
  type InboundCommand,
  type JsonValue,
} from '@ka-governance/core'
import type { MemoryClient } from './client.ts'
import { translated } from './errors.ts'
import type { CommandRow } from './schema.ts'

/** A command as a person leaves it. What a backend sets by itself, who made it among it, is given here, since nobody is logged in. */
export interface MemoryCommand {
  /** Kind of instance, e.g. `complaint`. */
  readonly kind: string
  /** Absent: it opens an instance. */
  readonly instanceId?: string
  /** Absent where it opens an instance: the command that does. */
  readonly command?: string
  /** Its fields, or the text that stands for them. */
  readonly form?: string | { readonly [field: string]: JsonValue }
  /** Id of the person who leaves it. */
  readonly actor: string
  /** Id of the person for whom the actor acts. */
  readonly onBehalfOf?: string
  /** Refused when the instance is not at this version any more. */
  readonly expectedVersion?: number
  /** Language of the answer, e.g. `zh-CN`. @default the one that `inbox.process` is given */
  readonly locale?: string
}

/** The inbox, and the side of it that people see. */
export interface MemoryInbox extends CommandInbox {
  /** Leaves a command; answers its id. @throws InvalidInputError when a text holds half a surrogate pair. */
  readonly submit: (command: MemoryCommand) => string
  /** What became of it; `null`: no answer yet, or no such record. */
  readonly answerTo: (id: string) => InboundAnswer | null
  /** Writes another form, as a person who edits the record; false, with nothing changed, once it is answered. */
  readonly edit: (id: string, form: string) => boolean
}

/**
 * The side of an inbox that people see, over a client: for another store than the one that works through it.
 *
 * @example
 * ```ts
 * const { inbox } = createMemoryStore()
 * const id = inbox.submit({ kind: 'complaint', instanceId: 'cmp-1', command: 'accept', actor: 'u-peters' })
 * inbox.answerTo(id) // => null
 * ```
 */
export function createInbox(client: MemoryClient, clock: () => number): MemoryInbox {
  const rows = () => client.table('commands')
  const parsed = (row: CommandRow): InboundAnswer | null => {
    if (row.answer === null) return null
    try {
      return JSON.parse(row.answer) as InboundAnswer
    } catch (cause) {
      throw corruptRecord('commands', row.id, cause)
    }
  }
  return {
    submit: ({
      kind,
      instanceId = null,
      command = '',
      form = '',
      actor,
      onBehalfOf = null,
      expectedVersion = null,
      locale = null,
    }) =>
      translated(() => {
        const text = typeof form === 'string' ? form : storableJson(form, 'form')
        const row = { kind, instanceId, command, form: text, actor, onBehalfOf, expectedVersion, locale }
        storableJson(row, 'command')
        const id = `in-${String(client.nextOrdinal()).padStart(12, '0')}`
        rows().insert({ id, ...row, at: clock(), tries: 0, status: 'pending', answer: null })
        return id
      }),

    answerTo: (id) =>
      translated(() => {
        const row = rows().get(id)
        return row === undefined || row.status === 'pending' ? null : parsed(row)
      }),

    edit: (id, form) =>
      translated(() => {
        const row = rows().get(id)
        if (row?.status !== 'pending') return false
        storableJson(form, 'form')
        rows().update(row, { form })
        return true
      }),

    pending: async ({ limit, after = '' }) =>
      translated(() => {
        const page: InboundCommand[] = []
        for (const row of rows().from('pending', ({ id }) => id > after)) {
          if (page.length >= limit) break
          const { answer: _, status: __, ...command } = row
          const begun = parsed(row)?.instanceId ?? null
          page.push({ ...command, place: row.id, ...(begun === null ? {} : { begun }) })
        }
        return page
      }),

    answer: async (answers) =>
      translated(() => {
        const texts = answers.map((answer) => ({ ...answer, json: storableJson(answer, answer.id) }))
        for (const { id, status, tries, json } of texts) {
          const row = rows().get(id)
          if (row === undefined || row.status === 'accepted' || (row.status !== 'pending' && status !== 'accepted')) continue
          rows().update(row, { status, tries, answer: json, ...(status === 'accepted' ? { form: '' } : {}) })
        }
      }),
  }
}
