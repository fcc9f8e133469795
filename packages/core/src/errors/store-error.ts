import { GovernanceError, type ErrorOptions } from './sdk-error.ts'

/**
 * A store's failures. Absence is `null`, a lost race and a duplicate are *outcomes* of `commit`; what remains are these. They are five
 * different answers because a caller must do five different things.
 */
export type StoreErrorCode =
  'forbidden' | 'throttled' | 'unavailable' | 'unknown_outcome' | 'too_large' | 'corrupt_record' | 'journal_truncated'

/** Thrown by adapters; `unknown_outcome` means the write may or may not have happened and is safe to send again with the same key. */
export class StoreError extends GovernanceError {
  constructor(code: StoreErrorCode, message: string, options: ErrorOptions = {}) {
    super(code, message, options)
  }
}
