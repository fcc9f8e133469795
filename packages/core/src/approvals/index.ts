export {
  approvalLimits,
  type ActorOption,
  type Approval,
  type ApprovalDecision,
  type ApprovalOutcome,
  type ApprovalProgress,
  type ApprovalResult,
  type ApprovalStage,
  type BarredPerson,
  type Delegation,
  type ElectorateChange,
  type Opinion,
  type OpinionStance,
  type OutcomeExplanation,
  type ResolvedElector,
  type Seat,
  type SeatOrigin,
  type StageExplanation,
  type StageMode,
  type Vote,
  type VoteChoice,
  type VoteCondition,
} from './types.ts'
export { openApproval, rolesOfScheme, type OpenApprovalInput } from './open.ts'
export { vote, type VoteInput } from './vote.ts'
export { addApprover, type AddApproverInput } from './add-approver.ts'
export { transferVote, type TransferInput } from './transfer.ts'
export { recuse, type RecuseInput } from './recuse.ts'
export { replaceElector, type ReplaceInput } from './replace-elector.ts'
export { copyTo, giveOpinion, timeOut, voidApproval, type CopyInput, type OpinionInput } from './records.ts'
export { barredFailures } from './electorate.ts'
export { delegationPath, type DelegationPath } from './delegation.ts'
export { approvalProgress, outcomeOf, whoMayAct } from './outcome.ts'
