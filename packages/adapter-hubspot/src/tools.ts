import type { HubSpotClient } from './client.ts'
import type { ActivityTools } from './native/activity-tools.ts'
import type { ResolvedMapping } from './options.ts'

/** Calls for the adapter's own records. */
export type OwnRecords = Pick<
  HubSpotClient,
  'create' | 'createMany' | 'read' | 'readMany' | 'updateMany' | 'upsertMany' | 'search' | 'list' | 'erase'
>

/** What the parts of the store share. */
export interface StoreTools {
  /** For records that people see. */
  readonly client: HubSpotClient
  /** For our own records: journal, cases, effects, texts, policies. */
  readonly own: OwnRecords & { readonly inBulk: OwnRecords }
  readonly mapping: ResolvedMapping
  readonly sha256: (text: string) => string
  readonly sleep: (ms: number) => Promise<unknown>
  readonly jitter: () => number
  /** Epoch milliseconds by the clock of the host, which is compared with HubSpot's by minutes only. */
  readonly now: () => number
  /** How often a commit is sent while its outcome is not known. */
  readonly tries: number
  /** Whether an entry is read again after it was made. */
  readonly confirm: boolean
  /** Whether lists of our own records are never behind. */
  readonly consistentQueries: boolean
  readonly known: KnownEntries
  readonly activities: ActivityTools
}

/** The same, as calls for work that can wait. */
export const inBulk = (tools: StoreTools): StoreTools => ({
  ...tools,
  client: tools.client.inBulk,
  own: { ...tools.own.inBulk, inBulk: tools.own.inBulk },
})

/** Up to which entry a journal is known to go. Entries are never taken away, so what was seen once is there. */
export interface KnownEntries {
  readonly has: (instanceId: string, seq: number) => boolean
  readonly note: (instanceId: string, seq: number) => void
}

/** Remembers the instances that were met last. */
export function createKnownEntries(most = 20_000): KnownEntries {
  const last = new Map<string, number>()
  return {
    has: (instanceId, seq) => seq <= (last.get(instanceId) ?? 0),
    note: (instanceId, seq) => {
      const before = last.get(instanceId) ?? 0
      last.delete(instanceId)
      last.set(instanceId, Math.max(before, seq))
      const [oldest] = last.keys()
      if (last.size > most && oldest !== undefined) last.delete(oldest)
    },
  }
}
