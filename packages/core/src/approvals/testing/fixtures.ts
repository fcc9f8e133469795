import { approvalSchemeSchema, type ApprovalSchemeSpec } from '../../policy/approval-scheme.ts'
import type { z } from 'zod'
import {
  openApproval,
  vote,
  type Approval,
  type ApprovalResult,
  type OpenApprovalInput,
  type ResolvedElector,
  type VoteChoice,
} from '../index.ts'

export const basis = 'a'.repeat(64)
export const scheme = (input: z.input<typeof approvalSchemeSchema>): ApprovalSchemeSpec => approvalSchemeSchema.parse(input)

/** `people('sales.head:ann', 'product.head:ben')`. */
export const people = (...list: string[]): readonly ResolvedElector[] =>
  list.map((entry) => {
    const [role = '', person = '', department] = entry.split(':')
    return department === undefined ? { person, role } : { person, role, department }
  })

export const heads = people('sales.head:ann', 'marketing.head:ben', 'product.head:cid', 'service.head:dan', 'kaGroup.head:eve')
export const group = ['sales.head', 'marketing.head', 'product.head', 'service.head', 'kaGroup.head']

/** An open approval, or an error that names the failures. */
export function opened(spec: ApprovalSchemeSpec, input: Partial<Omit<OpenApprovalInput, 'scheme'>> = {}): Approval {
  return must(openApproval({ scheme: spec, electors: heads, makers: [], barred: [], basis, at: 0, ...input }))
}

export function must(result: ApprovalResult): Approval {
  if (!result.ok) throw new Error(JSON.stringify(result.failures))
  return result.approval
}

export function codesOf(result: ApprovalResult): readonly string[] {
  return result.ok ? [] : result.failures.map((failure) => failure.code)
}

/** One vote a name: `voted(approval, 'ann:approve', 'ben:reject')`. */
export function voted(approval: Approval, ...votes: string[]): Approval {
  return votes.reduce((current, entry, index) => must(cast(current, entry, index + 1)), approval)
}

export function cast(approval: Approval, entry: string, at = 1): ApprovalResult {
  const [person = '', choice = ''] = entry.split(':')
  return vote(approval, {
    person,
    choice: choice as VoteChoice,
    basis,
    at,
    ...(choice === 'approve' ? {} : { comment: 'because' }),
  })
}

/** The seats as lines, the vacated ones too. */
export const seatsOf = (approval: Approval): readonly string[] =>
  approval.seats.map(
    (s) => `${s.stage} ${s.person} ${s.role} ${s.department} ${s.origin}${s.vacated === null ? '' : ` ${s.vacated}`}`,
  )

/** The stages as lines: what became of each, and when. */
export const statuses = (approval: Approval): readonly string[] =>
  approval.stages.map((s) => `${s.id} ${s.status} ${String(s.openedAt)} ${String(s.endedAt)}`)
