import {
  erasedText,
  InvalidInputError,
  mapTexts,
  sealedDocumentOf,
  sealedDocumentsIn,
  sealedToken,
  type JsonValue,
  type Refusal,
} from '../errors/index.ts'
import { recordLimits, type PersonalDocument } from '../ports/index.ts'
import { canonicalJson } from '../rules/index.ts'
import type { AnyCommand } from '../definition/define-workflow.ts'
import { commandFinding } from './command-findings.ts'
import type { Host } from './host.ts'
import type { Runtime } from './runtime.ts'

/** A command whose personal texts are replaced, and the documents that hold them. */
export interface Sealed {
  readonly command: AnyCommand
  readonly documents: readonly PersonalDocument[]
}

/**
 * Replaces every text in the fields that hold personal data by a token. From here on the texts are nowhere but in the documents: rules, machines, the
 * journal and its hashes see the tokens.
 *
 * @throws InvalidInputError `too_large` when a text exceeds the limit of the port.
 */
export function sealCommand(
  command: AnyCommand,
  personal: readonly string[],
  place: { readonly instanceId: string; readonly seq: number },
  host: Pick<Host, 'newSalt' | 'sha256'>,
): Sealed {
  const documents: PersonalDocument[] = []
  const seal = (text: string, field: string): string => {
    refuseTooLong(command.type, text, field)
    const unnamed = { ...place, field, salt: host.newSalt(), text }
    const documentId = commitmentOf(unnamed, host.sha256)
    documents.push({ ...unnamed, documentId })
    return sealedToken(documentId)
  }
  const sealed = Object.entries(command).map(
    ([field, value]) => [field, personal.includes(field) ? mapTexts(value, seal, field) : value] as const,
  )
  return documents.length === 0 ? { command, documents } : { command: Object.fromEntries(sealed) as AnyCommand, documents }
}

function refuseTooLong(command: string, text: string, field: string): void {
  if (text.length <= recordLimits.document) return
  const found = commandFinding(command, field, 'tooMuch', { characters: text.length, limit: recordLimits.document })
  throw new InvalidInputError('personal text', [found], 'too_large')
}

/**
 * The commitment of a document: bound to instance and field, unguessable without its salt. It is the document's id. The number of the entry is left out: it
 * depends on when somebody swept, and what a command leads to must not.
 */
export function commitmentOf(document: Omit<PersonalDocument, 'documentId' | 'seq'>, sha256: Host['sha256']): string {
  const { salt, instanceId, field, text } = document
  return sha256(canonicalJson([salt, instanceId, field, text]))
}

/** The value with the texts that its tokens stand for; erased ones as `erasedText`. Documents of an entry not yet committed are handed over. */
export async function openTexts<T extends JsonValue | undefined>(
  runtime: Pick<Runtime, 'store'>,
  instanceId: string,
  value: T,
  pending: readonly PersonalDocument[] = [],
): Promise<T> {
  const wanted = sealedDocumentsIn(value)
  if (wanted.size === 0) return value
  const known = new Map(pending.map((d) => [d.documentId, d.text]))
  if ([...wanted].some((id) => !known.has(id)))
    for (const { documentId, text } of await runtime.store.personal.read(instanceId)) known.set(documentId, text)
  return mapTexts(value, (text) => {
    const id = sealedDocumentOf(text)
    return id === null ? text : (known.get(id) ?? erasedText)
  })
}

/** Refusals as a person sees them: rules know tokens only. */
export async function openRefusals(
  runtime: Pick<Runtime, 'store'>,
  instanceId: string,
  refusals: readonly Refusal[],
  pending: readonly PersonalDocument[] = [],
): Promise<readonly Refusal[]> {
  return (await openTexts(runtime, instanceId, refusals as unknown as JsonValue, pending)) as unknown as readonly Refusal[]
}

/**
 * A command sent again, with the tokens of its first outcome where it says the same. Where the first text was erased since, any text counts as the same;
 * so does the mark of an erased text, which is what a parent repeats once its own text is gone.
 */
export async function sealAgain(
  runtime: Pick<Runtime, 'store'>,
  instanceId: string,
  command: AnyCommand,
  first: JsonValue | undefined,
): Promise<AnyCommand> {
  const documents = new Map<string, string>()
  if (sealedDocumentsIn(first).size > 0)
    for (const { documentId, text } of await runtime.store.personal.read(instanceId)) documents.set(documentId, text)
  return mapTexts(command, (text, path) => {
    const before = textAt(first, path)
    if (before === null) return text
    if (text === erasedText) return before
    const id = sealedDocumentOf(before)
    return id !== null && (documents.get(id) ?? text) === text ? before : text
  })
}

function textAt(value: JsonValue | undefined, path: string): string | null {
  let at: JsonValue | undefined = value
  for (const key of path.split('.'))
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as { readonly [key: string]: JsonValue })[key]
        : undefined
  return typeof at === 'string' ? at : null
}
