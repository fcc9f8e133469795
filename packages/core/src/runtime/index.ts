export type { Mode } from './advance.ts'
export {
  createGovernance,
  type BatchItem,
  type Governance,
  type GovernanceOptions,
  type Preview,
  type SendOptions,
  type WorkflowApi,
} from './create-governance.ts'
export type { Delivered } from './deliver.ts'
export { defaultHost, type Host } from './host.ts'
export type { Instance } from './instance.ts'
export type { Accepted, Refused, Result } from './perform.ts'
export type { Reader } from './readers.ts'
export type { Reindexed } from './reindex.ts'
export type { ReviewOptions, ReviewProgress } from './review.ts'
export { createStaticDirectory } from './static-directory.ts'
export type { SweepOptions, Swept } from './sweep.ts'
export { hashOfEntry, type JournalProblem, type JournalReport, type KnownHead } from './verify-journal.ts'
export type { ApprovalView, ClockView, CommandOption, InstanceView } from './view.ts'
