import type { z } from 'zod'
import type { approvalSchemeSchema, approvalStageSchema } from './approval-scheme.ts'

type Stage = z.input<typeof approvalStageSchema>
type Scheme = z.input<typeof approvalSchemeSchema>

/** A stage that escalates to the head of the KA management group, unless it says otherwise. */
export const stage = (id: string, rest: Omit<Stage, 'id'>): Stage => ({ id, escalateTo: 'kaGroup.head', ...rest })

const byTheGroup = (id: string, days: number): Stage =>
  stage(id, {
    mode: 'nOfM',
    n: 3,
    electors: ['kaGroup.member'],
    required: ['kaGroup.head'],
    timeout: { amount: days, unit: 'workingDays' },
    escalateTo: 'companyManagement',
  })

/** Three of the KA management group with its head, within five working days. */
export const committee: Stage = byTheGroup('committee', 5)

/** The same within three: plans and changes do not wait for a meeting. */
export const group: Stage = byTheGroup('group', 3)

/**
 * Bodies that decision 8, decision 10 and GOV-05 name: the KA management group. A policy that says nothing else, such as one written before these
 * approvals could be stated, has them.
 */
export const decidedSchemes: { readonly initiation: Scheme; readonly ratification: Scheme; readonly policy: Scheme } = {
  /** PRJ-03: the initiation of a project. */
  initiation: { stages: [group] },
  /** Decision 10: the ratification of an emergency change. */
  ratification: { stages: [group] },
  /** GOV-05: a version of this policy. */
  policy: { stages: [committee] },
}
