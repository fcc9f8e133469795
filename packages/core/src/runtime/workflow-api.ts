import type { CommonCommandInput } from '../definition/common-commands.ts'
import type { JournalEntry } from '../ports/index.ts'
import type { FiledDocument } from './documents.ts'
import type { Refused, Result } from './perform.ts'
import type { PersonalText } from './personal-texts.ts'
import type { Reader } from './readers.ts'
import type { CommandOption, InstanceView } from './view.ts'

/** Who sends a command, and how it is told from its repetition. */
export interface SendOptions {
  /** Id of the person; roles come from the directory. */
  readonly actor: string
  /** The person for whom the actor acts, by a dated delegation. */
  readonly onBehalfOf?: string
  /** Refuses when the instance is not at this version. */
  readonly expectedVersion?: number
  /** The same key again gives the first outcome; made and returned when absent. */
  readonly idempotencyKey?: string
}

/** The fields of a command without its type: what the verb of an opening command takes. */
export type Form<Input, Type extends string> = Input extends { readonly type: Type } ? DeepReadonly<Omit<Input, 'type'>> : never
/** The commands without those that have a verb of their own. */
export type Command<Input, Opening extends string> = DeepReadonly<Exclude<Input, { readonly type: Opening }>>
/** What callers hand in is never changed, so that constants and frozen objects fit. */
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

/** The verbs of one workflow. `Input`: its commands as a caller writes them. */
export interface WorkflowApi<Input, Context> {
  /** Sends a command. Refusals are a result; malformed commands, lost races and unavailable stores are thrown. */
  readonly send: (id: string, command: Input | DeepReadonly<CommonCommandInput>, options: SendOptions) => Promise<Result>
  /** The instance as it stands now, clocks settled up to now; `null`: none. Writes nothing. */
  readonly get: (id: string, reader?: Reader) => Promise<InstanceView<Context> | null>
  /** Every command for this person: allowed, needs input, or refused and why. `null`: no such instance. */
  readonly options: (id: string, options: { readonly actor: string }) => Promise<readonly CommandOption[] | null>
  /** What would happen, nothing written. */
  readonly preview: (
    id: string,
    command: Input | DeepReadonly<CommonCommandInput>,
    options: SendOptions,
  ) => Promise<Preview | Refused>
  /** The journal, oldest first; empty when there is no such instance. */
  readonly history: (id: string, reader?: Reader) => AsyncIterable<JournalEntry>
  /** The § forms filed in it, oldest first, personal texts opened; empty when there is no such instance. See `renderForm`. */
  readonly documents: (id: string, reader?: Reader) => Promise<readonly FiledDocument[]>
  /**
   * The personal texts of the instance, oldest first: what the tokens in its journal stand for, and what `redact` can erase. Empty when there is none, all are
   * erased, or no such instance. For the data protection officer, not for daily work: `get` opens them where they belong.
   */
  readonly personalTexts: (id: string, reader?: Reader) => Promise<readonly PersonalText[]>
}

/** What a command would do. */
export interface Preview {
  readonly ok: true
  readonly from: string
  readonly to: string
  /** The entries that would be written: the instance's own, then those of the instances that follow. */
  readonly entries: readonly JournalEntry[]
  readonly nextDueAt: number | null
}
