export {
  effectSchema,
  entryKey,
  headOf,
  instanceIdSchema,
  journalEntrySchema,
  personalDocumentSchema,
  projectionSchema,
  recordLimits,
  settledRungSchema,
  type Effect,
  type JournalEntry,
  type JournalHead,
  type PersonalDocument,
  type Projection,
  type SettledRung,
  type StoredInstance,
} from './records.ts'
export { checkCommit, storableJson, type CommitTexts } from './check-commit.ts'
export { escapedJson, keptText, unescapedJson } from './kept-text.ts'
export { commitGroups } from './groups.ts'
export { inOneCall, ofMany, type InOneCall, type OfMany } from './in-one-call.ts'
export { differencesOfCopy, isReckoned, partOfSource } from './drift.ts'
export type { RecordDifference, RecordDrift, RecordSource, RecordValue } from './drift.ts'
export type { CommandInbox, InboundAnswer, InboundCommand, InboundStatus } from './inbox.ts'
export { matchesQuery, pairKey, sortKey } from './match.ts'
export {
  aheadOfJournal,
  corruptRecord,
  journalTruncated,
  malformedCommit,
  recordTooLarge,
  type LimitedRecord,
} from './store-errors.ts'
export type {
  AccountRecord,
  Agenda,
  AgendaQuery,
  Commit,
  CommitOutcome,
  DueHit,
  DueQuery,
  GovernanceStore,
  InstanceQuery,
  PendingEffect,
  PolicyRecord,
  StoreCapabilities,
} from './store.ts'
export type { Delegation, Directory, DirectoryCacheOptions, DirectoryScope, FixedDelegation } from './directory.ts'
export { directoryAnswer, directoryNotKnown, refuseSharedIds, unmappedRoles } from './directory-answers.ts'
export { createCache, type Cache } from './cache.ts'
export { dueOfEffect, effectMappingFindings, peopleForEffect, type EffectScene } from './effect-people.ts'
export type { Delivery, EffectHandler, Handlers } from './handlers.ts'
