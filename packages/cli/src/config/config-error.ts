import { SaidError, type Said } from '../said.ts'

/** A configuration that cannot be used: which file, which key of it, and what helps. */
export class ConfigError extends SaidError {
  readonly file: string
  /** Path of the key, e.g. `store.load`; empty for the file as a whole. */
  readonly key: string

  constructor(file: string, key: string, message: Said, remedy: Said, cause?: unknown) {
    super(message, remedy, cause === undefined ? undefined : { cause })
    this.name = 'ConfigError'
    this.file = file
    this.key = key
  }
}
