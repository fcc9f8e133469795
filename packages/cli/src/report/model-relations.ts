import type { AdmissionScore, ClassOfChange } from '@ka-governance/core'

/** An application and what became of it. */
export interface AdmissionReport {
  readonly accountId: string
  readonly name: string
  readonly appliedOn: string
  readonly instanceId: string | null
  /** State at the end; `notOpened` where the ledger refused it. */
  readonly state: string
  /** Why it was refused, as the person saw it. */
  readonly refused: readonly string[]
  readonly isCustomer: boolean
  readonly score: AdmissionScore | null
  /** What neither the row nor the account's own records say. */
  readonly missing: readonly string[]
  /** What the account's own records say in place of the row. */
  readonly derived: readonly string[]
  readonly exception: string | null
  /** Times that it was sent back. */
  readonly returns: number
  readonly conditions: number
  /** Days from the application to the committee's decision, and to its end. */
  readonly daysToDecision: number | null
  readonly daysToEnd: number | null
  readonly contract: { readonly from: string; readonly to: string } | null
  readonly classes: readonly string[]
}

/** A version of a project's baseline. */
export interface VersionReport {
  readonly version: number
  readonly on: string
  /** Id of the change as the files have it; `null`: the plan itself. `back`: it undoes another. */
  readonly by: string | null
  readonly back: boolean
  readonly approvedAs: 'plan' | 'minor' | 'major' | 'emergency'
}

export interface ChangeReport {
  readonly changeId: string
  readonly instanceId: string | null
  readonly appliedOn: string
  readonly reason: string
  readonly state: string
  readonly emergency: boolean
  readonly class: ClassOfChange['class'] | null
  readonly reasons: ClassOfChange['reasons']
  readonly dimensions: readonly string[]
  /** `null`: the customer was not asked. */
  readonly consent: 'given' | 'refused' | 'open' | null
  /** Times that another change had come first. */
  readonly overtaken: number
  readonly breach: string | null
  /** State of the change that undoes it. */
  readonly back: string | null
  readonly version: number | null
  readonly daysToEnd: number | null
  /** What was refused on the way, as the person saw it. */
  readonly refused: readonly string[]
}

export interface ProjectReport {
  readonly projectId: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly state: string
  readonly refused: readonly string[]
  readonly versions: readonly VersionReport[]
  readonly endDate: { readonly first: string; readonly last: string } | null
  readonly budget: {
    readonly first: { readonly currency: string; readonly minor: number }
    readonly last: { readonly currency: string; readonly minor: number }
  } | null
  readonly changes: readonly ChangeReport[]
}

/** A stretch of an account's life in one state; instants in epoch milliseconds. */
export interface LifeSpan {
  readonly state: string
  readonly from: number
  readonly to: number
}

/** Something that happened to the relation. */
export interface LifeEvent {
  readonly at: number
  readonly on: string
  readonly command: string
  /** State after it. */
  readonly state: string
}

export interface LifeLine {
  readonly accountId: string
  readonly name: string
  readonly spans: readonly LifeSpan[]
  readonly events: readonly LifeEvent[]
}

/** An event of the files and what became of it. */
export interface RelationReport {
  readonly accountId: string
  readonly name: string
  readonly on: string
  readonly event: string
  readonly to: string | null
  readonly reason: string
  readonly outcome: 'done' | 'refused' | 'pending' | 'notGoverned'
  readonly refused: readonly string[]
}

/** Admissions, projects and relations of a run. */
export interface RelationsModel {
  readonly admissions: readonly AdmissionReport[]
  readonly projects: readonly ProjectReport[]
  readonly relations: {
    readonly events: readonly RelationReport[]
    readonly lines: readonly LifeLine[]
    readonly from: number
    readonly to: number
  }
}
