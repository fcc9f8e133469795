import type { Money } from '@ka-governance/core'

/** How the committee took an application; `sentBack`: once, then approved. */
export const committeeWords = ['approved', 'sentBack', 'rejected', 'withdrawn'] as const
export type CommitteeWord = (typeof committeeWords)[number]

/** Sizes of companies. */
export const companySizes = ['micro', 'small', 'medium', 'large'] as const
export type CompanySize = (typeof companySizes)[number]

/** An application for admission as the files tell it; `null` is what they do not hold. */
export interface RecordedApplication {
  readonly accountId: string
  readonly name: string
  readonly appliedOn: string
  readonly region: string | null
  readonly creditCode: string | null
  readonly parentId: string | null
  readonly leadSource: string | null
  readonly industry: string | null
  readonly size: CompanySize | null
  readonly need: string | null
  readonly annualVolume: Money | null
  readonly growthPotential: number | null
  readonly willingness: number | null
  readonly paidInCapital: Money | null
  readonly overdueDays: number | null
  readonly stableYears: number | null
  readonly lawful: boolean | null
  readonly reputation: boolean | null
  readonly violations: boolean | null
  readonly classes: readonly string[]
  /** `null`: never signed. */
  readonly contract: { readonly from: string; readonly to: string } | null
  readonly manager: string | null
  readonly committee: CommitteeWord
  readonly exception: string | null
}

export interface RecordedMilestone {
  readonly name: string
  readonly date: string
}
export interface RecordedResource {
  readonly name: string
  readonly amount?: string
}

/** The parts of a baseline that a row states. */
export interface RecordedBaseline {
  readonly scope: string
  readonly milestones: readonly RecordedMilestone[]
  readonly endDate: string
  readonly resources: readonly RecordedResource[]
  readonly qualityStandard: string
  readonly budget: Money
}

/** A project as the files record it: what its first baseline promised. */
export interface RecordedProject {
  readonly projectId: string
  readonly accountId: string
  readonly name: string
  readonly registeredOn: string
  readonly baseline: RecordedBaseline
  readonly leader: string | null
  readonly departments: readonly string[]
  readonly closedOn: string | null
}

/** A change of a project as the files record it; fields that say nothing stay as they are. */
export interface RecordedChange {
  readonly changeId: string
  readonly projectId: string
  readonly appliedOn: string
  readonly reason: string
  /** Only what changes. */
  readonly changed: Partial<RecordedBaseline>
  readonly departments: readonly string[]
  readonly emergency: boolean
  readonly approved: boolean
  /** `null`: the customer never answered. */
  readonly consent: boolean | null
  readonly implementedOn: string | null
  readonly verifiedOk: boolean | null
}

/** What an event needs in `to`. */
export const relationEvents = {
  suspend: null,
  resume: null,
  ends: 'date',
  exited: null,
  renewed: 'date',
  handover: 'person',
  parent: 'account',
  blacklisted: null,
  readmitted: null,
  'merged-into': 'account',
} as const
export type RelationEvent = keyof typeof relationEvents

/** What happened to the relation with an account, and when. */
export interface RecordedRelation {
  readonly accountId: string
  readonly on: string
  readonly event: RelationEvent
  /** A day, a person or an account; `null`: none is needed, or none is known. */
  readonly to: string | null
  readonly reason: string
}
