/**
 * A command that somebody left as a record of the backend, because they act there and not in a program of ours. Nothing in it is trusted but `id`, `place`,
 * `actor`, `at` and `tries`, which the backend sets and nobody who writes the record can choose.
 */
export interface InboundCommand {
  /** Of the record, unique for ever: the idempotency key is made of it. 1 to 100 characters. */
  readonly id: string
  /** Where it stands among the others: `pending({ after })` goes on behind it. */
  readonly place: string
  /** Kind of instance, e.g. `complaint`. */
  readonly kind: string
  /** The instance it is for; `null`: it opens one. */
  readonly instanceId: string | null
  /** Name of the command, e.g. `forward`; may be empty where it opens an instance. */
  readonly command: string
  /** Its fields as JSON text, as they were written; empty: none. */
  readonly form: string
  /** Id of the person who made the record; empty where the backend knows none. */
  readonly actor: string
  /** The person for whom the actor acts, by a dated delegation. */
  readonly onBehalfOf: string | null
  /** Refused when the instance is not at this version any more. */
  readonly expectedVersion: number | null
  /** Language of the person, as the backend names it, e.g. `zh_CN`; `null`: not known. */
  readonly locale: string | null
  /** When the record was made, epoch milliseconds. */
  readonly at: number
  /** Tries that ended without an answer. */
  readonly tries: number
  /** Somebody who is neither its author nor this program has changed the record, as far as the backend tells: nothing of it can be believed. */
  readonly changedByAnother?: boolean
  /** `instanceId` of its last answer, one that says `pending`: where an earlier try was about to write. Absent: nowhere yet. */
  readonly begun?: string
}

/**
 * What becomes of an inbound command.
 * - `accepted`: it was carried out, now or by an earlier try; `entryKey` names its entry
 * - `refused`: the policy does not allow it; nothing was done
 * - `failed`: it cannot be judged: malformed, for an instance that does not exist, or tried too often; nothing was done
 * - `pending`: no answer yet; `tries` were made, and the record stays among the pending ones, with `instanceId` as `begun`
 */
export type InboundStatus = 'accepted' | 'refused' | 'failed' | 'pending'

/** An answer to an inbound command, to be written beside it. */
export interface InboundAnswer {
  /** Of the record that is answered. */
  readonly id: string
  readonly status: InboundStatus
  /** In the person's language, with what would help. */
  readonly text: string
  /** The instance that was changed or opened, or is about to be; `null`: none. */
  readonly instanceId: string | null
  /** Of the journal entry that the command made; `null`: it made none. */
  readonly entryKey: string | null
  /** Where the instance stands now; `null`: not known, or not told to this person. */
  readonly state: string | null
  /** When something of the instance is due next, epoch milliseconds; `null`: nothing is, or it is not told. */
  readonly nextDueAt: number | null
  /** Tries that ended without an answer, this one among them where it did. */
  readonly tries: number
}

/** Where people who act in the backend leave commands, and read what became of them. */
export interface CommandInbox {
  /** Records without an answer, in the order in which they were made, behind the place `after`; at most `limit`. May repeat what another worker is judging. */
  pending(query: { readonly limit: number; readonly after?: string }): Promise<readonly InboundCommand[]>
  /**
   * Writes answers. The first one that is not `pending` stays; only `accepted` takes the place of another, for what is in the journal was done, whatever a second
   * worker made of the record a moment before. Answers that come too late, and those to records that are gone, are passed over in silence. With `accepted` the form is
   * erased: the journal has it, personal texts apart from it where they can be erased; other records keep theirs for the person to correct. Failures of the backend are
   * thrown; what was written before stays.
   */
  answer(answers: readonly InboundAnswer[]): Promise<void>
}
