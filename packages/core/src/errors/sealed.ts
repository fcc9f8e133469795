import type { JsonValue } from './json.ts'

/** What stands where a personal text was erased. Data, not a sentence: formatters show it in the reader's language. */
export const erasedText = '[erased]'

const token = /^sealed:([0-9a-f]{64})$/

/** What stands for a personal document wherever its text would stand: in journals, snapshots, effects and child commands. */
export function sealedToken(documentId: string): string {
  return `sealed:${documentId}`
}

/** Id of the document that a value stands for; `null` when it stands for itself. */
export function sealedDocumentOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? (token.exec(value)?.[1] ?? null) : null
}

/** A value with every text in it changed; what changes nothing comes back as it was, the object itself. */
export function mapTexts<T extends JsonValue | undefined>(
  value: T,
  change: (text: string, path: string) => string,
  path = '',
): T {
  if (typeof value === 'string') return change(value, path) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value) as [string, JsonValue | undefined][]
  const mapped = entries.map(([key, inner]) => [key, mapTexts(inner, change, path === '' ? key : `${path}.${key}`)] as const)
  if (mapped.every(([, inner], k) => inner === entries[k]?.[1])) return value
  return (Array.isArray(value) ? mapped.map(([, inner]) => inner) : Object.fromEntries(mapped)) as T
}

/** Ids of the documents that a value refers to, each once. */
export function sealedDocumentsIn(value: JsonValue | undefined): ReadonlySet<string> {
  const found = new Set<string>()
  mapTexts(value, (text) => {
    const id = sealedDocumentOf(text)
    if (id !== null) found.add(id)
    return text
  })
  return found
}
