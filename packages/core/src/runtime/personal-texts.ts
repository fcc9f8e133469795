import { loadInstance } from './plan.ts'
import type { Runtime } from './runtime.ts'

/** A personal text as the people who answer for it see it: what it says and where it stands, without the salt that would let others check guesses. */
export interface PersonalText {
  /** For `redact({ documents })`; `sealed:<documentId>` stands in the journal. */
  readonly documentId: string
  /** Number of the entry whose command held it. */
  readonly seq: number
  /** Where in that command, e.g. `contact` or `parts.0.matter`; for `redact({ fields })`. */
  readonly field: string
  readonly text: string
}

/** The personal texts of an instance of this kind that are not erased. */
export async function personalTexts(runtime: Runtime, kind: string, id: string): Promise<readonly PersonalText[]> {
  if ((await loadInstance(runtime, kind, id)) === null) return []
  const documents = await runtime.store.personal.read(id)
  return documents.map(({ documentId, seq, field, text }) => ({ documentId, seq, field, text }))
}
