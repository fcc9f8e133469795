import {
  createGovernance,
  createWorkingCalendar,
  cyclesBetween,
  type AccountFacts,
  type Cycle,
  type Governance,
  type JournalReport,
  type JsonValue,
  type Policy,
} from '@ka-governance/core'
import { createMemoryStore, type MemoryStore } from '@ka-governance/adapter-memory'
import { zoneClock } from '../ingest/dates.ts'
import { factsAt, type Portfolio, type PortfolioAccount, type RecordedComplaint } from '../ingest/portfolio.ts'
import { createBook, type Book } from './book.ts'
import { peopleOf } from './people.ts'
import { draw } from './seeded.ts'
import { simulateApplication, type SimulatedApplication } from './simulate-admission.ts'
import { simulateComplaint, type SimulatedComplaint } from './simulate-complaint.ts'
import { simulateProject, type SimulatedProject } from './simulate-project.ts'
import { simulateRelation, type SimulatedRelation } from './simulate-relation.ts'
import { simulateReview, type ReviewedAccount } from './simulate-review.ts'
import { officeTime, perform, type RecordedRefusal, type Stage } from './stage.ts'
import { createTimeline } from './timeline.ts'

const day = 86_400_000
const hour = 3_600_000

/** What to run. */
export interface SimulateInput {
  readonly portfolio: Portfolio
  readonly policy: Policy
  readonly seed: string
  /** Called with the share done and the virtual date. */
  readonly onProgress?: (done: number, date: string) => void
}

/** Everything that a run leaves behind. */
export interface RunRecord {
  readonly portfolio: Portfolio
  readonly policy: Policy
  readonly seed: string
  readonly governance: Governance
  readonly store: MemoryStore
  readonly cycles: readonly Cycle[]
  readonly reviewed: readonly ReviewedAccount[]
  readonly complaints: readonly SimulatedComplaint[]
  readonly applications: readonly SimulatedApplication[]
  readonly projects: readonly SimulatedProject[]
  readonly relations: readonly SimulatedRelation[]
  readonly refusals: readonly RecordedRefusal[]
  readonly start: number
  readonly end: number
  readonly sweeps: number
  readonly rungs: number
  /** Settling or delivering that failed; empty in a sound run. */
  readonly failures: readonly string[]
  readonly journal: JournalReport
}

/** Cycles of which the files cover at least half, and that end at most a month after the last order. */
export function cyclesOf(portfolio: Portfolio, policy: Policy): readonly Cycle[] {
  const { coverage } = portfolio
  if (coverage === null) return []
  const from = Date.parse(coverage.from)
  const to = Date.parse(coverage.to)
  return cyclesBetween(coverage.from, coverage.to, policy.cycle).filter((cycle) => {
    const a = Date.parse(cycle.from)
    const b = Date.parse(cycle.to)
    return Math.min(b, to) - Math.max(a, from) >= (b - a) / 2 && b - to <= 31 * day
  })
}

/**
 * Upheld complaints that became disputes: critical ones, and those where the customer was not satisfied with the first answer. The tier rules count
 * disputes, not every complaint.
 */
export function disputesOf(complaints: readonly RecordedComplaint[], dateOf: (at: number) => string): AccountFacts['disputes'] {
  return complaints
    .filter((c) => c.upheld && (c.severity === 'critical' || c.satisfaction === 'dissatisfied'))
    .map((c) => {
      const end = c.closedAt ?? c.rounds.at(-1)?.resolvedAt ?? null
      return {
        id: c.id,
        openedOn: dateOf(c.receivedAt),
        upheld: true,
        serious: c.severity === 'critical',
        settledOn: end === null ? null : dateOf(end),
      }
    })
}

/** The store with facts that are known at the virtual instant, and not a day more; merged records are one. */
function storeOver(portfolio: Portfolio, now: () => number, dateOf: (at: number) => string): { store: MemoryStore; book: Book } {
  const byAccount = new Map<string, RecordedComplaint[]>()
  for (const complaint of portfolio.complaints) {
    const list = byAccount.get(complaint.accountId) ?? []
    list.push(complaint)
    byAccount.set(complaint.accountId, list)
  }
  const accounts = new Map<string, PortfolioAccount>(portfolio.accounts.map((a) => [a.accountId, a]))
  const store = createMemoryStore({
    accounts: portfolio.accounts.map(({ accountId, name, region, parentId }) => ({ accountId, name, region, parentId })),
    clock: now,
  })
  const book = createBook(
    store,
    portfolio.accounts.filter((a) => a.isKeyAccount).map((a) => a.accountId),
  )
  const facts = (accountId: string): Promise<JsonValue | null> => {
    const account = accounts.get(accountId)
    if (account === undefined) return Promise.resolve(null)
    const today = dateOf(now())
    const absorbed = [...book.survivors.keys()].filter((id) => book.survivorOf(id) === accountId)
    const known = [accountId, ...absorbed].flatMap((id) => byAccount.get(id) ?? []).filter((c) => c.receivedAt <= now())
    const own = {
      ...account,
      isKeyAccount: book.keyAccounts.has(accountId),
      relationshipStart: account.relationshipStart ?? book.since.get(accountId) ?? null,
    }
    const whole = absorbed.length === 0 ? own : { ...own, purchases: merged([own, ...absorbed.map((id) => accounts.get(id))]) }
    const disputes = disputesOf(known, dateOf).map((d) =>
      d.settledOn !== null && d.settledOn > today ? { ...d, settledOn: null } : d,
    )
    return Promise.resolve(factsAt(whole, disputes, today, portfolio.coverage) as unknown as JsonValue)
  }
  return { store: { ...store, accounts: { ...store.accounts, facts } }, book }
}

/** Purchases of several records of one customer, by day. */
function merged(accounts: readonly (PortfolioAccount | undefined)[]): PortfolioAccount['purchases'] {
  return accounts.flatMap((a) => a?.purchases ?? []).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

/**
 * Runs a portfolio through the governance on a virtual clock: accounts are adopted, complaints opened and handled at their times, each cycle reviewed after its
 * facts are frozen; in every hour in which something was due or happened a sweep runs, as a scheduled job would. The same input gives the same journal,
 * byte for byte.
 */
export async function simulate(input: SimulateInput): Promise<RunRecord> {
  const { portfolio, policy, seed } = input
  const zone = zoneClock(policy.timeZone)
  const dateOf = (at: number): string => zone.dateOf(at)
  const cycles = cyclesOf(portfolio, policy)
  const firstComplaint = portfolio.complaints[0]?.receivedAt
  const firstOrder = portfolio.coverage === null ? undefined : zone.toInstant(Date.parse(portfolio.coverage.from))
  const recorded = [portfolio.applications[0]?.appliedOn, portfolio.projects[0]?.registeredOn, portfolio.relations[0]?.on].map(
    (date) => (date === undefined ? undefined : zone.toInstant(Date.parse(date))),
  )
  const begins = [firstComplaint, firstOrder, ...recorded].filter((at) => at !== undefined)
  const start = Math.min(...begins, 8.64e15 - 1) - day
  let now = start
  let ids = 0
  const { store, book } = storeOver(portfolio, () => now, dateOf)
  const governance = createGovernance({
    store,
    policy,
    // Messages are recorded in the journal; nobody is told anything.
    handlers: { default: () => Promise.resolve() },
    // The store is gone when the report is made: its salts may be counted, so that the same input gives the same journal.
    host: { clock: () => now, newId: () => `run-${String((ids += 1))}`, newSalt: () => `salt-${String((ids += 1))}` },
  })
  const refusals: RecordedRefusal[] = []
  const reviewed: ReviewedAccount[] = []
  const timeline = createTimeline()
  const stage: Stage = {
    governance,
    policy,
    people: peopleOf(policy),
    timeline,
    zone,
    seed,
    portfolio,
    book,
    now: () => now,
    refused: (refusal) => void refusals.push(refusal),
    key: () => `sim-${String((ids += 1))}`,
  }

  planAdoptions(stage, portfolio, start)
  const complaints = portfolio.complaints.map((complaint) => simulateComplaint(stage, complaint))
  const applications = portfolio.applications.map((application) => simulateApplication(stage, application))
  const relations = portfolio.relations.map((relation, n) => simulateRelation(stage, relation, n))
  const projects = portfolio.projects.map((project) =>
    simulateProject(
      stage,
      project,
      portfolio.changes.filter((c) => c.projectId === project.projectId),
    ),
  )
  const calendar = createWorkingCalendar(policy.calendars[policy.calendar.default] as never)
  for (const cycle of cycles) {
    const frozen = calendar.startOfDay(cycle.to) + policy.amount.returnLag.days * day
    simulateReview(
      stage,
      cycle.id,
      officeTime(stage, frozen, draw(seed, `freeze-${cycle.id}`)),
      () => underReview(stage),
      reviewed,
    )
  }

  let sweeps = 0
  let rungs = 0
  const failures: string[] = []
  const sweepUntilDone = async (): Promise<void> => {
    for (let more = true; more;) {
      const swept = await governance.sweep({ limit: 1000 })
      sweeps += 1
      rungs += swept.rungs
      failures.push(
        ...swept.failed.map((f) => `${f.instanceId}: ${f.reason}`),
        ...swept.effects.dead.map((f) => `${f.effectId}: ${f.reason}`),
      )
      more = swept.more || swept.effects.delivered >= 1000
    }
  }
  const total = Math.max(1, timeline.size)
  let done = 0
  let nextSweep = now
  /** Passes the clock to an instant, sweeping at each full hour in which something is due. */
  const passTo = async (target: number): Promise<void> => {
    for (;;) {
      const [due] = await store.due({ at: target, limit: 1 })
      const at =
        due === undefined
          ? busy
            ? nextSweep
            : Number.POSITIVE_INFINITY
          : Math.max(Math.ceil(due.dueAt / hour) * hour, Math.ceil(now / hour) * hour)
      if (at > target) break
      now = Math.max(now, at)
      busy = false
      await sweepUntilDone()
      if (due !== undefined && (await store.due({ at: now, limit: 1 }))[0]?.instanceId === due.instanceId) break
    }
    now = Math.max(now, target)
  }
  let busy = false
  for (let happening = timeline.next(); happening !== undefined; happening = timeline.next()) {
    await passTo(happening.at)
    await happening.run()
    if (!busy) nextSweep = (Math.floor(now / hour) + 1) * hour
    busy = true
    done += 1
    if (done % 256 === 0) input.onProgress?.(Math.min(0.99, done / Math.max(total * 6, done + timeline.size)), dateOf(now))
  }
  const lastReview = cycles.at(-1)
  const end = Math.max(now, lastReview === undefined ? now : zone.toInstant(Date.parse(lastReview.to)) + 130 * day)
  await passTo(end)
  const journal = await governance.verifyJournal()
  input.onProgress?.(1, dateOf(now))
  return {
    portfolio,
    policy,
    seed,
    governance,
    store,
    cycles,
    reviewed,
    complaints,
    applications,
    projects,
    relations,
    refusals,
    start,
    end,
    sweeps,
    rungs,
    failures,
    journal,
  }
}

/** States of the ledger in which an account has a tier to review. */
const withTier: ReadonlySet<string> = new Set(['customer', 'admitted', 'ka', 'suspended', 'exiting'])

/** The accounts of a cycle's review, sorted; whose relation has moved only while there is one. */
async function* underReview(stage: Stage): AsyncGenerator<string> {
  for (const accountId of [...stage.book.governed].sort()) {
    if (!stage.book.moved.has(accountId)) yield accountId
    else {
      const { account } = stage.governance
      const ledger = await account.get(account.idOf(accountId))
      if (ledger !== null && ledger.context.tier !== null && withTier.has(ledger.state)) yield accountId
    }
  }
}

/** Accounts enter when the run starts; those that came later, with their first order, complaint or recorded day of the relation. */
function planAdoptions(stage: Stage, portfolio: Portfolio, start: number): void {
  const firstComplaint = new Map<string, number>()
  for (const c of portfolio.complaints) {
    if (!firstComplaint.has(c.accountId)) firstComplaint.set(c.accountId, c.receivedAt)
  }
  const people = new Set(Object.keys(stage.policy.directory?.people ?? {}))
  for (const account of portfolio.accounts) {
    // Who has only applied enters with its admission.
    if (account.isProspect) continue
    const instants = [
      firstComplaint.get(account.accountId),
      ...[account.relationshipStart, account.purchases[0]?.date].map((date) =>
        date == null ? undefined : stage.zone.toInstant(Date.parse(date)),
      ),
    ].filter((at): at is number => at !== undefined)
    const first = instants.length === 0 ? start : Math.max(start, Math.min(...instants) - 60_000)
    stage.timeline.plan(first, async () => {
      const { accountId } = account
      const d = draw(stage.seed, `adopt-${accountId}`)
      const actor = stage.people.one(['sales', 'sales.head', 'marketing', 'keyAccount', 'keyAccount.head'], accountId, d)
      if (actor === null) return
      const manager = account.manager !== null && people.has(account.manager) ? account.manager : null
      const form = {
        accountId,
        name: account.name,
        region: account.region === null ? null : account.region.slice(0, 60),
        isKeyAccount: account.isKeyAccount,
        tier: account.tier,
        manager,
        history: 'Taken over from the files',
      }
      const done = await perform(stage, { kind: 'account', id: accountId, accountId, command: 'adopt', actor }, () =>
        stage.governance.account.adopt(form, { actor, idempotencyKey: `adopt-${accountId}`.slice(0, 200) }),
      )
      if (done.ok) stage.book.governed.add(accountId)
    })
  }
}
