import { InvalidInputError, isGovernanceError, StoreError } from '@ka-governance/core'
import { DatabaseError } from './client.ts'

/** The record is longer than the limit all stores keep; nothing was sent. */
export function tooLarge(what: 'entry' | 'snapshot' | 'document', key: string, characters: number, limit: number): StoreError {
  return new StoreError('too_large', `${what} of ${key} has ${String(characters)} characters, the limit is ${String(limit)}`, {
    details: { what, key, characters, limit },
    actions: ['Keep long texts as documents and store their address and digest.'],
  })
}

/** The row's text is not what this adapter wrote. */
export function corruptRecord(table: string, key: string, cause?: unknown): StoreError {
  return new StoreError('corrupt_record', `the row ${key} of ${table} cannot be read`, {
    cause,
    details: { table, key },
    actions: ['Restore the row from a backup, then run verifyJournal.'],
  })
}

/** The instance's head says the entry exists, but it is gone. */
export function journalTruncated(key: string): StoreError {
  return new StoreError('journal_truncated', `journal entry ${key} is missing`, {
    details: { key },
    actions: ['Restore the entry from a backup; the instance takes no command until then.'],
  })
}

/** A projection of a state that the journal never reached. */
export function aheadOfJournal(instanceId: string, seq: number, head: number): StoreError {
  return new StoreError(
    'corrupt_record',
    `projection ${String(seq)} of ${instanceId} is ahead of its journal, which ends at ${String(head)}`,
    {
      details: { instanceId, seq, head },
    },
  )
}

/** A commit whose parts do not belong together, or that cannot be stored as it is. */
export function malformedCommit(path: string, code: string, message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('commit', [{ path, code, message, remedy }])
}

/** Runs a read or write of the backend; its own failures become the port's, everything else passes. */
export function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (isGovernanceError(error) || !(error instanceof DatabaseError)) throw error
    const actions = error.code === 'table_missing' ? ['Run provision(client) first.'] : ['Open another store.']
    throw new StoreError('unavailable', error.message, { cause: error, details: { reason: error.code }, actions })
  }
}
