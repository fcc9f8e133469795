import type { AccountFacts } from '@ka-governance/core'
import type { noteBook } from './tally.ts'
import type { PortfolioAccount, RecordedComplaint, RecordedJudgement } from './portfolio.ts'
import type { RecordedApplication, RecordedChange, RecordedProject, RecordedRelation } from './recorded.ts'

/** An account before its purchases are known. */
export type AccountDraft = Omit<PortfolioAccount, 'purchases' | 'judgements' | 'latePayments' | 'currency'>

/** Order lines summed up while reading. */
export interface OrderDraft {
  readonly orderId: string
  instant: number
  date: string
  minor: number
  readonly currency: string
  readonly isReturn: boolean
}

/** What readers fill. Maps, never plain objects: an account may be called `__proto__`. Memory grows with accounts, orders and complaints, not with lines. */
export interface PortfolioDraft {
  readonly accounts: Map<string, AccountDraft>
  /** By account, then by order. */
  readonly orders: Map<string, Map<string, OrderDraft>>
  readonly judgements: Map<string, RecordedJudgement[]>
  readonly payments: Map<string, AccountFacts['latePayments'][number][]>
  readonly complaints: RecordedComplaint[]
  readonly applications: RecordedApplication[]
  readonly projects: Map<string, RecordedProject>
  readonly changes: RecordedChange[]
  readonly relations: RecordedRelation[]
  readonly notes: ReturnType<typeof noteBook>
  /** Stated by a mapping. */
  coverage: { from: string; to: string } | null
}

/** An account of which only its name in another file is known. */
export function accountFromId(id: string, isKeyAccount: boolean): AccountDraft {
  return {
    accountId: id,
    name: id,
    nameZh: null,
    region: null,
    parentId: null,
    isKeyAccount,
    tier: null,
    manager: null,
    relationshipStart: null,
    overdueDays: null,
    isProspect: false,
  }
}
