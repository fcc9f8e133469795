import type { Texts } from './catalogue-parts.ts'

/** Parts of a projection that a record can show beside the fields of its kind. */
export type ShownPart =
  'accountId' | 'state' | 'open' | 'owner' | 'nextDueAt' | 'nextDue' | 'noDueReason' | 'openedAt' | 'updatedAt'

/** Words of what was changed around the process. */
export interface DriftTexts {
  readonly head: (kind: string, instance: string, account: string | null, clause: string) => string
  readonly unreadable: (kind: string, instance: string, problem: string) => string
  readonly record: (record: string, by: string | null, at: string | null) => string
  readonly missing: string
  readonly field: (field: string, part: string | null, shown: string, governed: string) => string
  readonly step: (kind: string, command: string, clause: string, approval: string | null, who: string) => string
  readonly noStep: string
  readonly acceptable: string
  readonly repairable: string
  readonly parts: Texts<ShownPart>
}
