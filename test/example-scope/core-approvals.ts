// What the `@example` blocks of packages/core/src/approvals may use: two heads must agree, and u-3 has already approved.
import {
  openApproval,
  vote,
  type Approval,
  type ApprovalResult,
  type ResolvedElector,
} from '../../packages/core/src/approvals/index.ts'
import { approvalSchemeSchema, type ApprovalSchemeSpec } from '../../packages/core/src/policy/approval-scheme.ts'

const must = (result: ApprovalResult): Approval => {
  if (!result.ok) throw new Error(JSON.stringify(result.failures))
  return result.approval
}

export const scheme: ApprovalSchemeSpec = approvalSchemeSchema.parse({
  stages: [{ id: 'heads', mode: 'all', electors: ['sales.head', 'product.head'] }],
})
export const electors: readonly ResolvedElector[] = [
  { person: 'u-2', role: 'sales.head' },
  { person: 'u-3', role: 'product.head' },
]
export const directory = {
  members: (role: string): readonly string[] =>
    electors.filter((elector) => elector.role === role).map((elector) => elector.person),
}
/** Hash of the material under judgement. */
export const basis: string = 'a'.repeat(64)
export const at: number = Date.UTC(2026, 2, 2, 1)

const opened = must(openApproval({ scheme, electors, makers: ['u-1'], barred: [], basis, at: at - 3_600_000 }))
export const approval: Approval = must(vote(opened, { person: 'u-3', choice: 'approve', basis, at: at - 60_000 }))
