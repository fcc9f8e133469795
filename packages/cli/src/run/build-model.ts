import type { Cycle, Refusal, Tier } from '@ka-governance/core'
import type { PortfolioAccount } from '../ingest/portfolio.ts'
import type {
  CycleReport,
  Locale,
  Move,
  RefusalReport,
  ReportModel,
  ReviewEnd,
  TierOrExit,
  TierOrNone,
  WarningReport,
} from '../report/model.ts'
import { admissionReports } from './build-admissions.ts'
import { complaintReport } from './build-complaints.ts'
import { moveOf } from './build-moves.ts'
import { projectReports } from './build-projects.ts'
import { relationsReport, type BuildTools } from './build-relations.ts'
import { isCovered, netSales, yearsFrom } from './sales.ts'
import type { RunRecord } from './simulate.ts'
import type { ReviewedAccount } from './simulate-review.ts'
import { tierAt, tierHistory, type TierSince } from './tier-history.ts'

const day = 86_400_000

/** What the printed tables hold beside the report. */
export interface RunTables {
  readonly complaints: readonly {
    readonly id: string
    readonly instanceId: string | null
    readonly accountId: string
    readonly tier: string
    readonly state: string
    readonly rounds: number
    readonly receivedAt: number
    readonly handoff: string
    readonly resolution: string
    readonly resolutionDueAt: number | null
    readonly recordedTimely: boolean | null
    readonly problem: string | null
  }[]
  readonly accounts: readonly {
    readonly account: PortfolioAccount
    readonly history: readonly TierSince[]
    readonly salesLastYear: number
  }[]
  readonly reviews: readonly ReviewedAccount[]
}

export interface BuiltReport {
  readonly model: ReportModel
  readonly tables: RunTables
}

export interface BuildOptions {
  readonly locale: Locale
  readonly title: string
  readonly statecharts: ReportModel['statecharts']
  readonly methods: readonly string[]
  /** Text of a refusal of a workflow (`complaint`, `tier-adjustment`, `account`). */
  readonly textOf: (refusal: Refusal, kind: string) => string
}

/** Adds a run up to what the report shows. Everything is read from the journal and the views; nothing is counted twice or guessed. */
export async function buildModel(run: RunRecord, options: BuildOptions): Promise<BuiltReport> {
  const { portfolio, policy, governance } = run
  const { locale } = options
  const dateOf = (at: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: policy.timeZone, dateStyle: 'short' }).format(at)
  const accounts = new Map(portfolio.accounts.map((a) => [a.accountId, a]))
  const nameOf = (accountId: string): string => {
    const account = accounts.get(accountId)
    return (locale === 'zh-CN' ? (account?.nameZh ?? account?.name) : account?.name) ?? accountId
  }
  const histories = new Map<string, readonly TierSince[]>()
  for (const account of portfolio.accounts) {
    histories.set(account.accountId, await tierHistory(governance.account.history(governance.account.idOf(account.accountId))))
  }

  const cycles: CycleReport[] = []
  const moves: Move[] = []
  for (const [i, cycle] of run.cycles.entries()) {
    const reviewed = run.reviewed.filter((r) => r.cycle === cycle.id)
    const next = run.cycles[i + 1]
    const opens = reviewed[0]?.at ?? Date.parse(cycle.to) + 30 * day
    const closes = next === undefined ? run.end + 1 : (run.reviewed.find((r) => r.cycle === next.id)?.at ?? run.end + 1)
    const cycleMoves: Move[] = []
    const ends = Object.fromEntries(
      (['applied', 'unchanged', 'kept', 'overridden', 'rejected', 'open', 'hold', 'provisional'] as const).map((e) => [e, 0]),
    ) as Record<ReviewEnd, number>
    for (const review of reviewed) {
      const ended = await moveOf(run, review, nameOf, cycle, tierAt(histories.get(review.accountId) ?? [], review.at))
      if (ended === null) continue
      ends[ended.end] += 1
      if (ended.move !== null) cycleMoves.push(ended.move)
    }
    cycles.push(cycleReport(run, cycle, histories, opens, closes, ends))
    cycleMoves.sort((a, b) => place(a) - place(b) || b.sales - a.sales)
    moves.unshift(...cycleMoves)
  }

  const to = portfolio.coverage?.to ?? dateOf(run.end)
  const from = yearsFrom(to, -1)
  const yearSales = portfolio.accounts.map((a) => netSales(a, from, to))
  const before = isCovered(portfolio.coverage, yearsFrom(from, -1), from)
    ? portfolio.accounts.reduce((s, a) => s + netSales(a, yearsFrom(from, -1), from), 0)
    : null

  const complaints = await complaintReport(run, locale)
  const tools: BuildTools = { run, dateOf, nameOf, textOf: options.textOf }
  const customers = portfolio.accounts.filter((a) => !a.isProspect)
  const model: ReportModel = {
    locale,
    portfolio: {
      title: options.title,
      sources: portfolio.mappings.flatMap((m) => (m.source === null ? [] : [`${m.title[locale]}: ${m.source}`])),
    },
    currency: policy.currency,
    timeZone: policy.timeZone,
    period: { from: dateOf(run.start + day), to: dateOf(run.end) },
    policy: { id: governance.pin.id, version: governance.pin.version, hash: governance.pin.hash, title: policy.title[locale] },
    seed: run.seed,
    accounts: customers.length,
    keyAccounts: customers.filter((a) => a.isKeyAccount).length,
    sales: { current: yearSales.reduce((s, n) => s + n, 0), previous: before, from, to: previousDay(to) },
    cycles,
    moves,
    complaints: complaints.report,
    clocks: complaints.clocks,
    admissions: await admissionReports(tools),
    projects: await projectReports(tools),
    relations: await relationsReport(tools),
    refusals: refusalReport(run, options.textOf),
    warnings: warningsOf(run, accounts, nameOf),
    statecharts: options.statecharts,
    journal: {
      instances: run.journal.instances,
      entries: run.journal.entries,
      sweeps: run.sweeps,
      rungs: run.rungs,
      verified: run.journal.problems.length === 0,
    },
    data: {
      tallies: portfolio.tallies,
      rejectedByCode: portfolio.rejectedByCode,
      rejected: portfolio.rejected,
      notes: portfolio.notes,
    },
    methods: options.methods,
  }
  const tables: RunTables = {
    complaints: complaints.rows,
    accounts: portfolio.accounts.map((account, i) => ({
      account,
      history: histories.get(account.accountId) ?? [],
      salesLastYear: yearSales[i] ?? 0,
    })),
    reviews: run.reviewed,
  }
  return { model, tables }
}

const place = (move: Move): number => ['exit', 'down', 'up', 'nominate', 'assign'].indexOf(move.direction)
const previousDay = (date: string): string => new Date(Date.parse(date) - day).toISOString().slice(0, 10)

function cycleReport(
  run: RunRecord,
  cycle: Cycle,
  histories: ReadonlyMap<string, readonly TierSince[]>,
  opens: number,
  closes: number,
  ends: CycleReport['ends'],
): CycleReport {
  const zero = (): Record<TierOrExit, number> => ({ A: 0, B: 0, C: 0, D: 0, exit: 0, none: 0 })
  const counts: Record<TierOrNone, number> = { A: 0, B: 0, C: 0, D: 0, none: 0 }
  const sales: Record<TierOrNone, number> = { A: 0, B: 0, C: 0, D: 0, none: 0 }
  const matrix: Record<TierOrNone, Record<TierOrExit, number>> = { A: zero(), B: zero(), C: zero(), D: zero(), none: zero() }
  for (const account of run.portfolio.accounts) {
    const history = histories.get(account.accountId) ?? []
    const from = tierAt(history, opens)
    const to = tierAt(history, closes)
    if (from === null || to === null || from === 'exit') continue
    matrix[from][to] += 1
    if (to === 'exit') continue
    counts[to] += 1
    sales[to] += netSales(account, cycle.from, cycle.to)
  }
  return {
    id: cycle.id,
    from: cycle.from,
    to: cycle.to,
    partial: !isCovered(run.portfolio.coverage, cycle.from, cycle.to),
    counts,
    sales,
    matrix,
    ends,
  }
}

function refusalReport(run: RunRecord, textOf: BuildOptions['textOf']): RefusalReport[] {
  const found = new Map<string, { count: number; report: Omit<RefusalReport, 'count'> }>()
  for (const refused of run.refusals) {
    for (const refusal of refused.refusals) {
      const command = `${refused.kind}.${refused.command}`
      const key = JSON.stringify([command, refusal.rule, refusal.code])
      const known = found.get(key)
      if (known) known.count += 1
      else
        found.set(key, {
          count: 1,
          report: {
            code: refusal.code,
            rule: refusal.rule,
            clause: refusal.clause,
            command,
            text: textOf(refusal, kindOf(refused)),
          },
        })
    }
  }
  return [...found.values()]
    .map(({ count, report }) => ({ ...report, count }))
    .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1))
}

/** The workflow or ledger whose names a refusal uses; an admission is opened by the account's ledger. */
function kindOf({ kind, command }: RunRecord['refusals'][number]): string {
  if (kind === 'tierAdjustment') return 'tier-adjustment'
  if (kind === 'projectChange') return 'project-change'
  return kind === 'admission' && command === 'open' ? 'account' : kind
}

function warningsOf(
  run: RunRecord,
  accounts: ReadonlyMap<string, PortfolioAccount>,
  nameOf: (id: string) => string,
): WarningReport[] {
  const last = run.cycles.at(-1)
  if (last === undefined) return []
  return run.reviewed
    .flatMap((review): WarningReport[] => {
      const { recommendation } = review
      const tier: Tier | null = recommendation?.currentTier ?? null
      if (review.cycle !== last.id || recommendation === null || tier === null || !recommendation.earlyWarning.atRisk) return []
      if (recommendation.direction === 'down' || recommendation.direction === 'exit') return []
      const all = recommendation.earlyWarning.warnings
      const firing = all.filter((w) => w.firing)
      const account = accounts.get(review.accountId)
      return [
        {
          accountId: review.accountId,
          name: nameOf(review.accountId),
          tier,
          warnings: firing.length > 0 ? firing : all,
          sales: account === undefined ? 0 : netSales(account, last.from, last.to),
        },
      ]
    })
    .sort((a, b) => (a.tier < b.tier ? -1 : a.tier > b.tier ? 1 : b.sales - a.sales))
}
