import type { CommandInbox, InboundAnswer, InboundCommand } from '@ka-governance/core'
import type { Row, SalesforceClient } from './client.ts'
import { meaningOf, unreadable, type ApiError } from './errors.ts'
import { columnText, dateTime } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import { limits } from './requests.ts'
import type { FieldName } from './schema.ts'
import { raw, soql, type Soql } from './soql.ts'

/** Characters of an answer that are kept: a page of text, not a book. */
const longestAnswer = 30_000

/**
 * Rows that people and flows make in the org. Who made one says the platform (`CreatedById`), in which order the auto number. Answered in lists, each row for itself:
 * one that is answered already, or gone, stops no other.
 */
export function createInbox(client: SalesforceClient, { names, personId }: ResolvedMapping): CommandInbox {
  const f = (name: FieldName<'Command'>): Soql => raw(names.field('Command', name))
  const object = names.object('Command')
  const author = personId === 'Id' ? 'CreatedById' : `CreatedBy.${personId}`
  const columns = raw(
    [
      'Id',
      'Name',
      'CreatedDate',
      ...new Set(['CreatedById', author]),
      'LastModifiedById',
      'CreatedBy.LanguageLocaleKey',
      ...(
        ['Kind', 'InstanceKey', 'Command', 'Payload', 'ExpectedSeq', 'OnBehalfOf', 'Locale', 'Tries', 'AnsweredKey'] as const
      ).map((name) => f(name).text),
    ].join(', '),
  )

  const ownId = createOwnId(client)
  const toCommand = (row: Row, own: string | null): InboundCommand => {
    const text = (name: FieldName<'Command'>): string | null => textIn(row, f(name).text)
    const number = (name: FieldName<'Command'>): number | null => numberIn(row, f(name).text)
    const user = (row['CreatedBy'] ?? {}) as Row
    const begun = text('AnsweredKey')
    return {
      id: textIn(row, 'Id') ?? '',
      place: textIn(row, 'Name') ?? '',
      kind: text('Kind') ?? '',
      instanceId: text('InstanceKey'),
      command: text('Command') ?? '',
      form: text('Payload') ?? '',
      actor: (personId === 'Id' ? textIn(row, 'CreatedById') : textIn(user, personId)) ?? '',
      onBehalfOf: text('OnBehalfOf'),
      expectedVersion: number('ExpectedSeq'),
      locale: text('Locale') ?? textIn(user, 'LanguageLocaleKey'),
      at: instantOf(textIn(row, 'CreatedDate') ?? ''),
      tries: number('Tries') ?? 0,
      ...(wasChanged(row) && (own === null || textIn(row, 'LastModifiedById') !== own) ? { changedByAnother: true } : {}),
      ...(begun === null ? {} : { begun }),
    }
  }

  /** What is written beside the command. An accepted one needs its text no longer: the journal has it, personal texts apart. */
  const fieldsOf = ({ id, status, text, instanceId, entryKey, state, nextDueAt, tries }: InboundAnswer): object => ({
    attributes: { type: object },
    id,
    [f('Status').text]: status === 'pending' ? 'new' : status,
    [f('Tries').text]: tries,
    [f('Answer').text]: columnText(text, longestAnswer).toWellFormed(),
    [f('AnsweredKey').text]: instanceId === null ? null : columnText(instanceId, 80),
    [f('EventKey').text]: entryKey,
    [f('State').text]: state === null ? null : columnText(state, 80),
    [f('NextDueAt').text]: nextDueAt === null ? null : dateTime(nextDueAt),
    ...(status === 'accepted' ? { [f('Payload').text]: null } : {}),
  })

  async function answerAll(answers: readonly InboundAnswer[]): Promise<void> {
    const body = { allOrNone: false, records: answers.map(fieldsOf) }
    const [answer] = await client.composite([{ method: 'PATCH', url: '/composite/sobjects', referenceId: 'answers', body }], {
      allOrNone: false,
      repeatable: true,
    })
    if (answer === undefined || answer.status >= 300) throw meaningOf(answer?.errors ?? [], answer?.status ?? 400)
    const results: unknown = answer.body
    if (!Array.isArray(results) || results.length !== answers.length) throw unreadable('PATCH', 'answers are missing')
    const errors = (results as RowResult[]).flatMap((result) => (result.success === true ? [] : causesOf(result)))
    const [first] = errors
    if (first !== undefined) throw meaningOf([first], answer.status)
  }

  return {
    pending: async ({ limit, after }) => {
      if (limit <= 0) return []
      const behind = after === undefined ? raw('') : raw(soql` AND Name > ${after}`)
      const rows: Row[] = []
      for await (const row of client.query(
        soql`SELECT ${columns} FROM ${raw(object)} WHERE ${f('Status')} = ${'new'}${behind} ORDER BY Name ASC LIMIT ${limit}`,
      ))
        rows.push(row)
      // A formula cannot compare a long text: no rule of the org sees to it that a form stays as it was left.
      const own = rows.some(wasChanged) ? await ownId() : null
      return rows.map((row) => toCommand(row, own))
    },

    answer: async (answers) => {
      // A list with the same row twice is refused as a whole.
      const stays = new Map<string, InboundAnswer>()
      for (const each of answers) {
        const before = stays.get(each.id)?.status ?? 'pending'
        if (before === 'pending' || (before !== 'accepted' && each.status === 'accepted')) stays.set(each.id, each)
      }
      const once = [...stays.values()]
      for (let k = 0; k < once.length; k += limits.collection) await answerAll(once.slice(k, k + limits.collection))
    },
  }
}

/** By somebody else than whoever made it. */
const wasChanged = (row: Row): boolean => row['LastModifiedById'] !== row['CreatedById']

/** The service's own user, whose hand may be on a row that was tried before: asked for when it is first needed. `null`: the org does not say. */
function createOwnId(client: SalesforceClient): () => Promise<string | null> {
  let known: string | null = null
  return async () => {
    const { identity } = ((known === null ? await client.get('/') : null) ?? {}) as { readonly identity?: unknown }
    known ??= typeof identity === 'string' ? (/\/(005[A-Za-z0-9]{15})$/.exec(identity)?.[1] ?? null) : null
    return known
  }
}

interface RowResult {
  readonly success?: unknown
  readonly errors?: readonly { readonly statusCode?: unknown; readonly message?: unknown }[]
}

/** Why a row was not written, but for what is no failure: somebody else has answered it, or it is gone. */
function causesOf({ errors = [] }: RowResult): readonly ApiError[] {
  return errors
    .map(({ statusCode, message }) => ({
      code: typeof statusCode === 'string' ? statusCode : 'UNKNOWN',
      message: typeof message === 'string' ? message : '',
      fields: [],
    }))
    .filter(
      ({ code, message }) => !gone.has(code) && !(code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION' && /^KAG-ANSWERED/.test(message)),
    )
}

const gone: ReadonlySet<string> = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY'])

const textIn = (row: Row, name: string): string | null => {
  const value = row[name]
  return typeof value === 'string' ? value : null
}

const numberIn = (row: Row, name: string): number | null => {
  const value = row[name]
  return typeof value === 'number' ? value : null
}

/** `2026-01-05T01:00:00.000+0000`: an offset without a colon is no ISO date to every host. */
function instantOf(text: string): number {
  const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isFinite(at) ? at : 0
}
