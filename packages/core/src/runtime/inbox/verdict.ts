import type { Refusal } from '../../errors/index.ts'
import type { Policy } from '../../policy/index.ts'

/** What became of an inbound command, as data: `formatInboundVerdict` says it in words. */
export type InboundVerdict =
  | {
      readonly status: 'accepted'
      readonly kind: string
      readonly command: string
      /** The instance that was changed or opened. */
      readonly instanceId: string
      readonly entryKey: string
      /** `null`: the opened instance follows when effects are carried out. */
      readonly state: string | null
      readonly nextDueAt: number | null
      /** What `warn` let pass [GOV-09]. */
      readonly observed: readonly Refusal[]
      /** The record was edited after it had been carried out: what counts is what the journal holds. */
      readonly edited: boolean
    }
  | {
      readonly status: 'refused'
      readonly kind: string
      readonly command: string
      readonly instanceId: string | null
      readonly state: string | null
      readonly refusals: readonly Refusal[]
    }
  /** `tries`: how often it was tried, this time included. */
  | {
      readonly status: 'failed'
      readonly kind: string
      readonly instanceId: string | null
      readonly error: unknown
      readonly tries: number
    }
  | {
      readonly status: 'pending'
      readonly kind: string
      readonly instanceId: string | null
      readonly error: unknown
      readonly tries: number
      readonly of: number
    }

/** For whom a verdict is said. */
export interface InboundReader {
  /** Language as the backend names it; `null`: not known. */
  readonly locale: string | null
  /** For everybody whose language has no texts. */
  readonly otherwise: 'en' | 'zh-CN'
  /** Whose names, zone and currency are used. */
  readonly policy: Policy
}

/** Puts a verdict into words. The runtime lies below the texts, so it is given to it. */
export type SayVerdict = (verdict: InboundVerdict, reader: InboundReader) => string
