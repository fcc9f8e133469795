/** A configuration that cannot be used: which file, which key of it, and what helps. */
export class ConfigError extends Error {
  readonly file: string
  /** Path of the key, e.g. `store.load`; empty for the file as a whole. */
  readonly key: string
  readonly remedy: string

  constructor(file: string, key: string, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ConfigError'
    this.file = file
    this.key = key
    this.remedy = remedy
  }
}
