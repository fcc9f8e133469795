import { formats, type FormatName } from '../parts.ts'

/** The format that a message of the schema is about. */
export const formatOf = (message: string): FormatName | null =>
  (Object.keys(formats) as readonly FormatName[]).find((name) => formats[name] === message) ?? null
