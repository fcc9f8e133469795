import { SaidError, type Said } from './said.ts'

/** A request that does not fit together: what is wrong, and what would help. */
export class UsageError extends SaidError {
  constructor(message: Said, remedy: Said) {
    super(message, remedy)
    this.name = 'UsageError'
  }
}
