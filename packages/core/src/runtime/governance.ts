import type { CalendarDocument } from '../calendar/index.ts'
import type { Policy } from '../policy/index.ts'
import type { Directory, GovernanceStore, Handlers, PendingEffect } from '../ports/index.ts'
import type { Mode } from './advance.ts'
import type { Delivered } from './deliver.ts'
import type { Host } from './host.ts'
import type { ProcessedInbox, ProcessInboxOptions } from './inbox/index.ts'
import type { Reindexed } from './reindex.ts'
import type { ReviewOptions, ReviewProgress } from './review.ts'
import type { RolloutOptions, RolloutReport } from './rollout-report.ts'
import type { Runtime } from './runtime.ts'
import type { GovernanceSimulateOptions } from './simulate.ts'
import type { SweepOptions, Swept } from './sweep.ts'
import type { AccountVerbs } from './verbs/account.ts'
import type { AdmissionVerbs } from './verbs/admission.ts'
import type { ComplaintVerbs } from './verbs/complaint.ts'
import type { DriftVerbs } from './verbs/drift.ts'
import type { PolicyVerbs } from './verbs/policy.ts'
import type { ProjectVerbs } from './verbs/project.ts'
import type { ProjectChangeVerbs } from './verbs/project-change.ts'
import type { TierAdjustmentVerbs } from './verbs/tier-adjustment.ts'
import type { JournalReport, KnownHead } from './verify-journal.ts'
import type { Simulation, SimulationStep } from '../what-if/index.ts'

/** What `createGovernance` needs. Only store and policy are required. */
export interface GovernanceOptions {
  readonly store: GovernanceStore
  /** A loaded policy; see `loadPolicy`. New instances are pinned to it, unless `publication` says otherwise. */
  readonly policy: Policy
  /**
   * Whether new instances need a published version [GOV-05]; absent: they do not. `required`: refused with `policy_not_in_force` unless `policy` is the version in
   * force by its ledger. `follow`: pinned to the version in force on their day, whatever `policy` is; refused while there is none. For hosts that run for long.
   */
  readonly publication?: 'required' | 'follow'
  /** Who is who; default: the directory written in the policy. */
  readonly directory?: Directory
  /** Carry out effects; without them effects stay pending and are reported. */
  readonly handlers?: Handlers
  /** Newer calendar data, by calendar id: holidays published after the policy. */
  readonly calendars?: { readonly [id: string]: CalendarDocument }
  /** Per workflow, while it is being introduced; default `enforce` [GOV-09]. */
  readonly mode?: { readonly [kind: string]: Mode }
  /** Clock, ids and hash; default: the host's. */
  readonly host?: Partial<Host>
  /** Deliveries of an effect before it waits for an operator; default 8. Between them it waits 1, 2, 4 … minutes, at most a day. */
  readonly maxAttempts?: number
}

/** The SDK: the verbs of every workflow, and what runs over all of them. */
export interface Governance {
  readonly admission: AdmissionVerbs
  readonly complaint: ComplaintVerbs
  readonly tierAdjustment: TierAdjustmentVerbs
  readonly account: AccountVerbs
  readonly project: ProjectVerbs
  readonly projectChange: ProjectChangeVerbs
  readonly policy: PolicyVerbs
  /** What was changed around the process: found, named, and answered by a journaled command [GOV-06]. */
  readonly drift: DriftVerbs
  /** The tier review of a cycle over all accounts: streamed, resumable. */
  readonly review: (options: ReviewOptions) => AsyncIterable<ReviewProgress>
  /** What a draft of the policy would do to accounts and open instances, before it counts: streamed, cancellable, nothing written [GOV-05]. */
  readonly simulate: (options: GovernanceSimulateOptions) => AsyncGenerator<SimulationStep, Simulation, undefined>
  /** Settles what is due and carries out effects; any number of workers, each rung once. */
  readonly sweep: (options?: SweepOptions) => Promise<Swept>
  /** Effects outside of a sweep: for a worker that only delivers, and for an operator. */
  readonly effects: {
    /** Carries out pending effects, oldest first, at most `limit` (default 500). Failed ones are reported and tried again; a failing store is thrown. */
    readonly deliver: (options?: { readonly limit?: number }) => Promise<Delivered>
    /** Effects given up after `maxAttempts`, or because their command was refused, with the reason, oldest first; of these types, at most `limit` (default 500). */
    readonly dead: (options?: {
      readonly limit?: number
      readonly types?: readonly string[]
    }) => Promise<readonly (PendingEffect & { readonly reason: string })[]>
    /** Puts a dead effect back among the pending ones, for the next delivery. False: no such dead effect. */
    readonly revive: (instanceId: string, effectId: string) => Promise<boolean>
    /** Revives all dead effects of a type, once their cause is mended; answers how many. */
    readonly replay: (type: string) => Promise<number>
  }
  /** Commands that people left in the backend, where the store has such a place. */
  readonly inbox: {
    /**
     * Carries them out in their order and answers each in its author's language. Any number of workers, each record once. What cannot be judged now stays for the
     * next call, and so do records about the same instance.
     *
     * @throws InvalidInputError when the store has no inbox; StoreError when it cannot be read or answered.
     */
    readonly process: (options?: ProcessInboxOptions) => Promise<ProcessedInbox>
  }
  /** The heads of all journals, for keeping elsewhere: what `verifyJournal` needs to tell that something was cut off. */
  readonly heads: () => AsyncIterable<KnownHead>
  /** Chain and replay of one instance or all; `heads` kept elsewhere also detect missing tails and instances. */
  readonly verifyJournal: (options?: {
    readonly instanceId?: string
    readonly heads?: readonly KnownHead[]
  }) => Promise<JournalReport>
  /** What enforcement would have refused, by workflow, rule, command and role: for the way from `observe` to `enforce` [GOV-09]. Reads the journals once. */
  readonly rollout: (options?: RolloutOptions) => Promise<RolloutReport>
  /** Writes projections anew after new calendar data: open clocks get their dues by it. */
  readonly reindex: () => Promise<Reindexed>
  /** Id, version and hash of the policy that the host was given: `policy.own`. */
  readonly pin: Runtime['pin']
}
