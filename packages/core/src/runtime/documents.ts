import type { JsonValue } from '../errors/index.ts'
import type { JournalEntry } from '../ports/index.ts'
import { openTexts } from './personal.ts'
import type { Runtime } from './runtime.ts'

/** A form that was filled in, as the journal keeps it. */
export interface FiledDocument {
  /** Key of the entry: the document's number. */
  readonly number: string
  /** Name of the form, e.g. `handlingPlan`. */
  readonly form: string
  readonly kind: string
  readonly instanceId: string
  /** Account of the instance; `null` where its first entry was not among those given. */
  readonly accountId: string | null
  /** The command that carried the form. */
  readonly command: string
  /** Epoch milliseconds. */
  readonly filedAt: number
  readonly filedBy: string
  /** For whom, by delegation; `null`: for nobody else. */
  readonly onBehalfOf: string | null
  /** The fields as they were sent, defaults filled in; without the command's type. */
  readonly fields: { readonly [field: string]: JsonValue | undefined }
  /** The policy that the instance was judged by. */
  readonly policy: { readonly id: string; readonly version: string; readonly hash: string }
  /** Hash of the entry, for whoever holds a print against the journal. */
  readonly hash: string
}

/**
 * The filed documents of an instance, in the order in which they were filed: every entry whose step filed a form (`fileDocument`). The entries may come
 * from anywhere; what they say is believed, so verify a journal first where that matters.
 *
 * @example
 * ```ts
 * documentsOf([]) // => []
 * ```
 */
export function documentsOf(entries: Iterable<JournalEntry>): readonly FiledDocument[] {
  const accounts = new Map<string, string>()
  const documents: FiledDocument[] = []
  for (const entry of entries) {
    const { command } = entry
    if (typeof command !== 'object' || command === null || Array.isArray(command)) continue
    const { type, ...fields } = command as { readonly [field: string]: JsonValue | undefined }
    if (entry.seq === 1 && typeof fields['accountId'] === 'string') accounts.set(entry.instanceId, fields['accountId'])
    for (const form of formsFiled(entry))
      documents.push({
        number: entry.key,
        form,
        kind: entry.kind,
        instanceId: entry.instanceId,
        accountId: accounts.get(entry.instanceId) ?? null,
        command: typeof type === 'string' ? type : '',
        filedAt: entry.at,
        filedBy: entry.actor.id,
        onBehalfOf: entry.actor.onBehalfOf ?? null,
        fields,
        policy: entry.policy,
        hash: entry.hash,
      })
  }
  return documents
}

function formsFiled({ effects }: JournalEntry): readonly string[] {
  return effects.flatMap(({ type, params }) => {
    const form = type === 'fileDocument' ? (params as { readonly form?: JsonValue } | null)?.form : undefined
    return typeof form === 'string' ? [form] : []
  })
}

/** The documents of an instance out of the store, personal texts opened; erased ones as `erasedText`. */
export async function filedDocuments(runtime: Runtime, kind: string, id: string): Promise<readonly FiledDocument[]> {
  const entries: JournalEntry[] = []
  for await (const entry of runtime.store.history(id)) if (entry.kind === kind) entries.push(entry)
  const documents = documentsOf(entries)
  const opened = await openTexts(
    runtime,
    id,
    documents.map(({ fields }) => fields),
  )
  return documents.map((document, k) => ({ ...document, fields: opened[k] ?? {} }))
}
