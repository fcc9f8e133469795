import { InvalidInputError, StoreError } from '../errors/index.ts'

/** What a store refuses as too long: a part of a commit, or a text of the policy registry. */
export type LimitedRecord = 'entry' | 'snapshot' | 'document' | 'policy'

/**
 * The record is longer than the store keeps; to be thrown before anything of the call is stored.
 *
 * @param key of the record, for the message.
 * @param characters its length in UTF-16 code units, as `limit` is one.
 * @returns the error `too_large`; `details` holds the four.
 *
 * @example
 * ```ts
 * recordTooLarge('entry', 'cmp-1-000003', 50_000, 48_000).code // => 'too_large'
 * ```
 */
export function recordTooLarge(what: LimitedRecord, key: string, characters: number, limit: number): StoreError {
  return new StoreError('too_large', `${what} of ${key} has ${String(characters)} characters, the limit is ${String(limit)}`, {
    details: { what, key, characters, limit },
    actions: ['Keep long texts as documents and store their address and digest.'],
  })
}

/**
 * What the backend holds is not what the adapter wrote: never a default in its place, never absence.
 *
 * @param cause what reading it threw.
 * @returns the error `corrupt_record`; sending the command again does not help.
 *
 * @example
 * ```ts
 * corruptRecord('events', 'cmp-1-000003').message // => 'the record cmp-1-000003 of events cannot be read'
 * ```
 */
export function corruptRecord(table: string, key: string, cause?: unknown): StoreError {
  return new StoreError('corrupt_record', `the record ${key} of ${table} cannot be read`, {
    ...(cause === undefined ? {} : { cause }),
    details: { table, key },
    actions: ['Restore the record from a backup, then run verifyJournal.'],
  })
}

/**
 * The instance's head says that the entry exists, but it is gone.
 *
 * @param key of the entry.
 * @returns the error `journal_truncated`.
 *
 * @example
 * ```ts
 * journalTruncated('cmp-1-000003').code // => 'journal_truncated'
 * ```
 */
export function journalTruncated(key: string): StoreError {
  return new StoreError('journal_truncated', `journal entry ${key} is missing`, {
    details: { key },
    actions: ['Restore the entry from a backup; the instance takes no command until then.'],
  })
}

/**
 * A projection of a state that the journal never reached: `project` refuses it.
 *
 * @param seq of the projection.
 * @param head `seq` of the last entry.
 * @returns the error `corrupt_record`.
 *
 * @example
 * ```ts
 * aheadOfJournal('cmp-1', 4, 3).message // => 'projection 4 of cmp-1 is ahead of its journal, which ends at 3'
 * ```
 */
export function aheadOfJournal(instanceId: string, seq: number, head: number): StoreError {
  return new StoreError(
    'corrupt_record',
    `projection ${String(seq)} of ${instanceId} is ahead of its journal, which ends at ${String(head)}`,
    { details: { instanceId, seq, head }, actions: ['Load the instance and project what it holds; run verifyJournal.'] },
  )
}

/**
 * A commit whose parts do not belong together, or that cannot be stored as it is: a defect of the caller, so it is no `StoreError`.
 *
 * @param path of the part that is wrong, e.g. `projection.seq`.
 * @returns the error `invalid_input` with one finding.
 *
 * @example
 * ```ts
 * malformedCommit('[1].group', 'capability', 'this store cannot commit together', 'ask the capabilities first').code // => 'invalid_input'
 * ```
 */
export function malformedCommit(path: string, code: string, message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('commit', [{ path, code, message, remedy }])
}
