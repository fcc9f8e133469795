import { cycleById, previousCycle, type Cycle, type Recommendation, type Refusal, type Tier } from '@ka-governance/core'
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
import { clockBook, endOf } from './clock-report.ts'
import { isCovered, netSales, yearsFrom } from './sales.ts'
import type { RunRecord } from './simulate.ts'
import type { ReviewedAccount } from './simulate-review.ts'
import { tierAt, tierHistory, type TierSince } from './tier-history.ts'

const day = 86_400_000
const tiersOrNone: readonly TierOrNone[] = ['A', 'B', 'C', 'D', 'none']
const tiersOrExit: readonly TierOrExit[] = ['A', 'B', 'C', 'D', 'exit', 'none']

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
      const ended = await moveOf(run, review, nameOf, cycle)
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
    accounts: portfolio.accounts.length,
    keyAccounts: portfolio.accounts.filter((a) => a.isKeyAccount).length,
    sales: { current: yearSales.reduce((s, n) => s + n, 0), previous: before, from, to: previousDay(to) },
    cycles,
    moves,
    complaints: complaints.report,
    clocks: complaints.clocks,
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
    data: { tallies: portfolio.tallies, rejected: portfolio.rejected, notes: portfolio.notes },
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

async function moveOf(
  run: RunRecord,
  review: ReviewedAccount,
  nameOf: (id: string) => string,
  cycle: Cycle,
): Promise<{ readonly end: ReviewEnd; readonly move: Move | null } | null> {
  const { recommendation } = review
  if (recommendation === null) return null
  if (review.status === 'unchanged') {
    const end =
      recommendation.direction === 'hold' ? 'hold' : recommendation.direction === 'notAssessed' ? 'provisional' : 'unchanged'
    return { end, move: null }
  }
  const view = await run.governance.tierAdjustment.get(review.instanceId)
  if (view === null) return null
  const { context } = view
  const done = view.state === 'applied' || (view.state === 'announcing' && context.inForce)
  const decided = done ? context.decided : null
  const end: ReviewEnd = done
    ? context.override !== null || decided !== recommendation.recommended
      ? 'overridden'
      : 'applied'
    : view.state === 'kept' &&
        context.approvals.decision?.decision?.outcome === 'approved' &&
        context.proposal?.to === recommendation.recommended
      ? // A nomination keeps the tier: what was recommended was decided.
        'applied'
      : view.state === 'kept'
        ? context.approvals.review?.decision?.outcome === 'rejected' && context.approvals.decision === undefined
          ? 'rejected'
          : 'kept'
        : 'open'
  const from: TierOrNone = recommendation.currentTier ?? 'none'
  const to: TierOrExit = decided ?? from
  const account = run.portfolio.accounts.find((a) => a.accountId === review.accountId)
  const compared = comparedSpan(run, cycle)
  const remark =
    context.override?.reason ??
    (end === 'kept' || end === 'rejected'
      ? lastComment(context.approvals)
      : (context.dissent ?? (context.proposal?.differs === true ? context.proposal.reason : null)))
  return {
    end,
    move: {
      cycle: review.cycle,
      accountId: review.accountId,
      name: nameOf(review.accountId),
      from,
      to,
      recommended: recommendation.recommended,
      direction: recommendation.direction,
      end,
      ...ruleOf(recommendation),
      points: recommendation.classification.points,
      parts: recommendation.classification.parts,
      gates: recommendation.classification.gates,
      nextTier: recommendation.classification.nextTier,
      shortfalls: recommendation.classification.shortfalls,
      sales: account === undefined ? 0 : netSales(account, cycle.from, cycle.to),
      salesBefore: account === undefined || compared === null ? null : netSales(account, compared.from, compared.to),
      remark,
    },
  }
}

/** The rule that proposed the move, with its conditions. */
function ruleOf(recommendation: Recommendation): Pick<Move, 'rule' | 'conditions'> {
  const met = recommendation.rules.find((r) => r.outcome === 'met')
  return met === undefined
    ? { rule: null, conditions: [] }
    : { rule: { name: met.rule, clause: met.clause }, conditions: met.conditions }
}

function lastComment(approvals: {
  readonly [name: string]: { readonly votes: readonly { readonly choice: string; readonly comment: string | null }[] } | undefined
}): string | null {
  const votes = Object.values(approvals).flatMap((a) => a?.votes ?? [])
  return votes.findLast((v) => v.choice !== 'approve')?.comment ?? null
}

function comparedSpan(run: RunRecord, cycle: Cycle): { readonly from: string; readonly to: string } | null {
  const { policy, portfolio } = run
  const before =
    policy.growth.compare === 'previousCycle'
      ? previousCycle(cycleById(cycle.id, policy.cycle), policy.cycle)
      : { from: yearsFrom(cycle.from, -1), to: yearsFrom(cycle.to, -1) }
  return isCovered(portfolio.coverage, before.from, before.to) && isCovered(portfolio.coverage, cycle.from, cycle.to)
    ? before
    : null
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
            text: textOf(refusal, refused.kind === 'tierAdjustment' ? 'tier-adjustment' : refused.kind),
          },
        })
    }
  }
  return [...found.values()]
    .map(({ count, report }) => ({ ...report, count }))
    .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1))
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

async function complaintReport(run: RunRecord, locale: Locale) {
  const states = new Map<string, number>()
  const rounds: number[] = []
  const byTier = new Map<TierOrNone, { met: number; late: number }>()
  const recorded = { bothMet: 0, onlyOursLate: 0, onlyTheirsLate: 0, bothLate: 0 }
  const clocks = clockBook(locale)
  const rows: RunTables['complaints'][number][] = []
  let satisfied = 0
  let dissatisfied = 0
  let reopened = 0
  let opened = 0
  let compared = 0
  for (const { complaint, id, problem, earlier } of run.complaints) {
    const base = {
      id: complaint.id,
      instanceId: id,
      accountId: complaint.accountId,
      receivedAt: complaint.receivedAt,
      recordedTimely: complaint.recordedTimely,
      problem,
    }
    const view = id === null ? null : await run.governance.complaint.get(id)
    if (view === null) {
      states.set('notOpened', (states.get('notOpened') ?? 0) + 1)
      rows.push({ ...base, tier: '', state: 'notOpened', rounds: 0, handoff: '', resolution: '', resolutionDueAt: null })
      continue
    }
    opened += 1
    states.set(view.state, (states.get(view.state) ?? 0) + 1)
    for (const clock of [...earlier, ...view.clocks])
      if (clock.clock.endedAt !== null || !earlier.includes(clock)) clocks.add(clock)
    const { context } = view
    const index = Math.min(9, context.round - 1)
    rounds[index] = (rounds[index] ?? 0) + 1
    if (context.verdicts.some((v) => v.says !== 'satisfied')) dissatisfied += 1
    if (context.verdicts.at(-1)?.says === 'satisfied') satisfied += 1
    if (context.cycle > 1) reopened += 1
    // The first promise is what the customer was given; a reopened case has another one.
    const resolution = earlier.find((c) => c.name === 'resolution') ?? view.clocks.find((c) => c.name === 'resolution')
    const handoff = view.clocks.find((c) => c.name === 'handoff')
    const end = resolution === undefined ? null : endOf(resolution)
    if (end === 'met' || end === 'late') {
      const tier: TierOrNone = context.tier ?? 'none'
      const sum = byTier.get(tier) ?? { met: 0, late: 0 }
      sum[end] += 1
      byTier.set(tier, sum)
      if (complaint.recordedTimely !== null) {
        compared += 1
        recorded[
          complaint.recordedTimely ? (end === 'met' ? 'bothMet' : 'onlyOursLate') : end === 'met' ? 'onlyTheirsLate' : 'bothLate'
        ] += 1
      }
    }
    rows.push({
      ...base,
      tier: context.tier ?? '',
      state: view.state,
      rounds: context.round,
      handoff: handoff === undefined ? '' : endOf(handoff),
      resolution: end ?? '',
      resolutionDueAt: resolution?.standing.dueAt ?? null,
    })
  }
  for (const review of run.reviewed) {
    if (review.status !== 'opened') continue
    for (const clock of (await run.governance.tierAdjustment.get(review.instanceId))?.clocks ?? []) clocks.add(clock)
  }
  const order = [
    'archived',
    'closedWithoutSatisfaction',
    'notUpheld',
    'withdrawn',
    'duplicate',
    'reviewing',
    'inCommittee',
    'confirming',
    'handling',
    'planning',
    'investigating',
    'disputed',
    'assigned',
    'received',
    'notOpened',
  ]
  const report: ReportModel['complaints'] = {
    total: run.complaints.length,
    opened,
    states: [...states]
      .map(([state, count]) => ({ state, count }))
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
    rounds: Array.from(rounds, (n) => n ?? 0),
    satisfied,
    dissatisfied,
    reopened,
    byTier: tiersOrNone.flatMap((tier) => {
      const sum = byTier.get(tier)
      return sum === undefined ? [] : [{ tier, ...sum }]
    }),
    recorded: compared === 0 ? null : recorded,
  }
  return { report, clocks: clocks.list(), rows }
}

/** Columns of a migration, for the printed table. */
export const migrationColumns: readonly TierOrExit[] = tiersOrExit
