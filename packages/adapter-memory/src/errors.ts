import { isGovernanceError, StoreError } from '@ka-governance/core'
import { DatabaseError } from './client.ts'

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
