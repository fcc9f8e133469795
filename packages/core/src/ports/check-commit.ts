import { entryKey, instanceIdSchema, recordLimits, type JournalEntry, type PersonalDocument, type Projection } from './records.ts'
import type { Commit } from './store.ts'
import { malformedCommit, recordTooLarge } from './store-errors.ts'

/** A checked commit as text: nothing in it is shared with the caller. The snapshot is text already. */
export interface CommitTexts {
  /** JSON of the entry and of the projection, as `storableJson` makes it. */
  readonly entry: string
  readonly projection: string
  /** The personal documents, in their order, each with its JSON. */
  readonly personal: readonly { readonly document: PersonalDocument; readonly json: string }[]
}

/**
 * What every store checks of a commit before anything of the call is stored: the id, that key, projection and personal documents belong to the entry, the
 * limits (`recordLimits`, in UTF-16 code units), and that every text is Unicode. Answers the JSON to be stored, made once.
 *
 * @throws StoreError `too_large`; InvalidInputError when the parts do not belong together or hold half a surrogate pair.
 *
 * @example
 * ```ts
 * import { makeCommit } from '@ka-governance/core/conformance'
 *
 * const commit = makeCommit({ instanceId: 'cmp-1' })
 * checkCommit(commit).entry === JSON.stringify(commit.entry) // => true
 * ```
 */
export function checkCommit(commit: Commit): CommitTexts {
  const { entry, snapshot, projection } = commit
  const { key } = entry
  checkKeys(entry)
  checkBelongs(entry, projection)
  const texts = { entry: storableJson(entry, key), projection: storableJson(projection, key) }
  checkLength('entry', key, texts.entry)
  checkLength('snapshot', key, snapshot)
  if (!snapshot.isWellFormed()) throw notUnicode(key)
  return { ...texts, personal: (commit.personal ?? []).map((document) => ({ document, json: documentJson(document, entry) })) }
}

/**
 * JSON of a value, to be stored and read again to the character.
 *
 * @param place of what, for the message.
 * @throws InvalidInputError when a text in it holds half a surrogate pair: most backends drop or replace it.
 *
 * @example
 * ```ts
 * storableJson({ text: '龘 👩‍🔧' }, 'cmp-1') // => '{"text":"龘 👩‍🔧"}'
 * ```
 */
export function storableJson(value: object | string, place: string): string {
  const text = JSON.stringify(value)
  if (text.includes('\\ud') && loneSurrogate.test(text)) throw notUnicode(place)
  return text
}

/** JSON escapes a lone surrogate; an escape after an even number of backslashes is one, otherwise it is text about one. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f]/

function notUnicode(place: string): Error {
  return malformedCommit(place, 'not_unicode', 'holds half a surrogate pair', 'cut texts between characters')
}

function checkKeys({ key, instanceId, seq }: JournalEntry): void {
  if (!instanceIdSchema.safeParse(instanceId).success)
    throw malformedCommit(
      'entry.instanceId',
      'format',
      `${instanceId.slice(0, 100)} is no instance id`,
      'use a–z, 0–9 and -, at most 80 characters',
    )
  if (key !== entryKey(instanceId, seq))
    throw malformedCommit(
      'entry.key',
      'mismatch',
      `${key} is not the key of entry ${String(seq)}`,
      'use entryKey(instanceId, seq)',
    )
}

function checkBelongs({ key, instanceId, seq }: JournalEntry, projection: Projection): void {
  if (projection.instanceId === instanceId && projection.seq === seq) return
  throw malformedCommit(
    'projection.seq',
    'mismatch',
    `${key} comes with the projection of another entry`,
    'project the state after the entry',
  )
}

function checkLength(what: 'entry' | 'snapshot' | 'document', key: string, { length }: string): void {
  if (length > recordLimits[what]) throw recordTooLarge(what, key, length, recordLimits[what])
}

function documentJson(document: PersonalDocument, { key, instanceId, seq }: JournalEntry): string {
  if (document.instanceId !== instanceId || document.seq !== seq)
    throw malformedCommit(
      'personal',
      'mismatch',
      `${key} comes with a document of another entry`,
      'seal the texts of its own command',
    )
  checkLength('document', `${key} ${document.field}`, document.text)
  return storableJson(document, key)
}
