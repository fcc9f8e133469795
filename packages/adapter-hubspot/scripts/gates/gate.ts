import type { Sandbox } from './sandbox.ts'

/** What a portal was seen to do. */
export interface Seen {
  /** `null`: it could not be told. */
  readonly answer: boolean | null
  readonly saw: string
}

/** A question that only a portal can answer. */
export interface Gate {
  readonly number: string
  readonly question: string
  /** What follows for the settings of the adapter. */
  readonly yes: string
  readonly no: string
  readonly ask: (sandbox: Sandbox) => Promise<Seen>
}

/** A gate that was tried. */
export interface Verdict extends Seen {
  readonly number: string
  readonly question: string
  /** The setting that it decides, and how. */
  readonly decides: string
}
