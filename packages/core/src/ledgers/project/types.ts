import type { Approval } from '../../approvals/index.ts'
import type { Baseline } from '../../baselines/index.ts'
import type { MachineEvent } from '../../definition/define-workflow.ts'
import type { ProjectCommands } from './commands.ts'

/** States of a cooperation project [PRJ-01 … PRJ-11]. */
export const projectStates = ['opening', 'planning', 'inReview', 'active', 'closed', 'cancelled'] as const
/** State of a project: ids for code, their names are in the catalogues. `opening` is never seen: the first entry leaves it. */
export type ProjectState = (typeof projectStates)[number]

/** A version of the baseline: where it came from. Its content is in the journal, its hash here. */
export interface BaselineVersion {
  readonly version: number
  /** The change that set it; of version 1 the plan's approval, `null`. */
  readonly by: string | null
  readonly approvedAs: 'plan' | 'minor' | 'major' | 'emergency'
  readonly contentHash: string
  readonly at: number
}

/** Versions that the ledger remembers; older ones are in the journal. */
export const rememberedVersions = 100

/** What the project's changes share; JSON [architecture rule 9]. */
export interface ProjectContext {
  readonly accountId: string
  readonly projectId: string
  readonly name: string
  readonly leader: string
  readonly team: readonly string[]
  readonly departments: readonly string[]
  /** The plan under review. */
  readonly proposed: Baseline | null
  /** Version of the baseline in force; 0 while there is none. */
  readonly version: number
  readonly baseline: Baseline | null
  /** The last baseline that the KA management group itself approved: what classes are measured from [decision 10]. */
  readonly groupVersion: number
  readonly groupBaseline: Baseline | null
  /** Newest last, at most `rememberedVersions` (100). */
  readonly versions: readonly BaselineVersion[]
  readonly approvals: { readonly plan?: Approval }
}

export const initialProject: ProjectContext = {
  accountId: '',
  projectId: '',
  name: '',
  leader: '',
  team: [],
  departments: [],
  proposed: null,
  version: 0,
  baseline: null,
  groupVersion: 0,
  groupBaseline: null,
  versions: [],
  approvals: {},
}

/** The events of the machine. */
export type ProjectEvent =
  | { [T in keyof ProjectCommands]: MachineEvent<ProjectCommands[T]> & { readonly type: T } }[keyof ProjectCommands]
  | (MachineEvent & { readonly type: 'clock.approvalPlan.breach' })
