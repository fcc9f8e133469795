import type { AccountFacts, AccountRecord, Purchase, Tier } from '@ka-governance/core'
import type { RejectedRow } from './finding.ts'
import type { JudgedCondition, JudgedFactor } from './judged.ts'
import type { RecordedApplication, RecordedChange, RecordedProject, RecordedRelation } from './recorded.ts'

/** A graded judgement, or a yes or no, with its day. */
export interface RecordedJudgement {
  readonly subject: JudgedFactor | JudgedCondition
  readonly value: number | boolean
  readonly judgedOn: string
  readonly by: string
  readonly trend?: 'up' | 'flat' | 'down'
}

/** A customer with everything that the files say of it. */
export interface PortfolioAccount extends AccountRecord {
  /** The name in Chinese, where there is one. */
  readonly nameZh: string | null
  readonly isKeyAccount: boolean
  /** The tier it has now, where the file states one. */
  readonly tier: Tier | null
  readonly manager: string | null
  readonly relationshipStart: string | null
  readonly overdueDays: number | null
  /** Known from an application only: no customer yet, and not under governance before it is admitted. */
  readonly isProspect: boolean
  readonly currency: string
  /** By date; one entry an order, returns behind. */
  readonly purchases: readonly Purchase[]
  readonly judgements: readonly RecordedJudgement[]
  readonly latePayments: AccountFacts['latePayments']
}

/** What the customer said in the end, as recorded. */
export type Satisfaction = 'satisfied' | 'partly' | 'dissatisfied' | 'unknown'

/** A complaint as the files tell it: what happened when; nothing here is computed by a policy. */
export interface RecordedComplaint {
  readonly id: string
  readonly accountId: string
  /** The account's name in the complaint file, where it was assigned to another. */
  readonly foreignAccount: string | null
  readonly matter: string
  readonly severity: string
  readonly about: 'product' | 'delivery' | 'service' | 'price' | 'other'
  readonly channel: string
  readonly receivedAt: number
  readonly forwardedAt: number | null
  /** Each resolution, and when the customer reopened it; the last one is not reopened. Empty: never resolved. */
  readonly rounds: readonly { readonly resolvedAt: number; readonly reopenedAt: number | null }[]
  readonly closedAt: number | null
  /** The source says that the case is done, even where it has no time for it. */
  readonly finished: boolean
  /** Reopenings that the source counts; `rounds` holds those with times. */
  readonly reopenings: number
  /** Spans in which the case waited for the customer. */
  readonly waits: readonly { readonly from: number; readonly to: number }[]
  readonly satisfaction: Satisfaction
  /** The source's own verdict on its own deadline; never compared with ours as if it were the same. */
  readonly recordedTimely: boolean | null
  readonly upheld: boolean
  /** How times that the file lacks were filled in; empty when nothing was. */
  readonly derived: readonly string[]
}

/** What a file of the data folder may hold. */
export type SectionName =
  'accounts' | 'orders' | 'judgements' | 'payments' | 'complaints' | 'prospects' | 'projects' | 'changes' | 'relations'

/** What became of a file's rows: `rows = used + rejected + Σ ignored`. */
export interface FileTally {
  readonly file: string
  readonly section: SectionName
  readonly mapping: string
  readonly rows: number
  readonly used: number
  readonly rejected: number
  readonly ignored: { readonly [reason: string]: number }
}

/** Something to know about the data that cost no row. */
export interface DataNote {
  readonly code: string
  readonly count: number
  readonly file: string | null
}

/** What the files together say, neutral of any policy. */
export interface Portfolio {
  readonly currency: string
  /** Zone of the files' wall-clock times. */
  readonly timeZone: string
  readonly fiscalYearStart: string | null
  readonly accounts: readonly PortfolioAccount[]
  readonly complaints: readonly RecordedComplaint[]
  /** By day. */
  readonly applications: readonly RecordedApplication[]
  readonly projects: readonly RecordedProject[]
  readonly changes: readonly RecordedChange[]
  readonly relations: readonly RecordedRelation[]
  /** Days that the orders cover: `from` included, `to` excluded. */
  readonly coverage: { readonly from: string; readonly to: string } | null
  readonly tallies: readonly FileTally[]
  /** How many rows were rejected, by reason. */
  readonly rejectedByCode: { readonly [code: string]: number }
  /** The first rejected rows, one of every reason among them; all of them went to the writer. */
  readonly rejected: readonly RejectedRow[]
  readonly notes: readonly DataNote[]
  readonly mappings: readonly {
    readonly id: string
    readonly title: { readonly en: string; readonly 'zh-CN': string }
    readonly source: string | null
  }[]
}

/**
 * The facts that were known on a day, as core reads them: purchases, payments and judgements up to that day, disputes from the upheld complaints.
 *
 * @param through last day that counts, `YYYY-MM-DD`.
 */
export function factsAt(
  account: PortfolioAccount,
  disputes: AccountFacts['disputes'],
  through: string,
  coverage: Portfolio['coverage'],
): AccountFacts {
  const judgements: Partial<Record<JudgedFactor, AccountFacts['judgements'][JudgedFactor]>> = {}
  const conditions: Record<string, { holds: boolean; judgedOn: string; by: string }> = {}
  for (const j of account.judgements) {
    if (j.judgedOn > through) continue
    if (typeof j.value === 'number') {
      judgements[j.subject as JudgedFactor] = {
        score: j.value,
        judgedOn: j.judgedOn,
        by: j.by,
        ...(j.trend === undefined ? {} : { trend: j.trend }),
      }
    } else conditions[j.subject] = { holds: j.value, judgedOn: j.judgedOn, by: j.by }
  }
  return {
    accountId: account.accountId,
    isKeyAccount: account.isKeyAccount,
    currency: account.currency,
    relationshipStart: account.relationshipStart,
    purchases: account.purchases.filter((p) => p.date <= through),
    disputes,
    latePayments: account.latePayments
      .filter((p) => p.dueOn <= through)
      .map((p) => (p.paidOn !== null && p.paidOn > through ? { ...p, paidOn: null } : p)),
    overdueDays: account.overdueDays,
    judgements,
    conditions,
    ...(coverage === null ? {} : { coverage }),
  }
}
