import type { Governance, WorkflowApi } from '../../src/index.ts'
import type { Kind } from './states.ts'

/** The verbs that all kinds have; commands are checked when they are sent. */
export type AnyApi = WorkflowApi<never, unknown>

/** The verbs of one kind of instance. */
export function apiOf(g: Governance, kind: Kind): AnyApi {
  switch (kind) {
    case 'admission':
      return g.admission
    case 'complaint':
      return g.complaint
    case 'adjustment':
      return g.tierAdjustment
    case 'account':
      return g.account
    case 'project':
      return g.project
    case 'change':
      return g.projectChange
    case 'publication':
      return g.policy
    case 'policy':
      return g.policy.ledger
  }
}
