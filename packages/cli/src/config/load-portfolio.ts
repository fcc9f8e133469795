import { join, resolve } from 'node:path'
import {
  accountFactsSchema,
  addDays,
  createGovernance,
  cycleById,
  cycleOf,
  previousCycle,
  type AccountContext,
  type AccountFacts,
  type AccountRecord,
  type Cycle,
  type Governance,
  type GovernanceStore,
  type InstanceView,
  type Policy,
  type SimulatedAccount,
  type UnreadableAccount,
} from '@ka-governance/core'
import { shorten } from '../ingest/finding.ts'
import { zoneClock } from '../ingest/dates.ts'
import { ingest } from '../ingest/ingest.ts'
import { factsAt, type Portfolio, type PortfolioAccount, type RecordedComplaint } from '../ingest/portfolio.ts'
import { checkCurrency } from '../run/check-currency.ts'
import { cyclesOf, disputesOf } from '../run/simulate.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import type { CliConfig } from './load-config.ts'
import { openStore, type OpenStore } from './open-store.ts'
import { registryFile } from './registry-file.ts'
import { resolveMappings } from './resolve-mappings.ts'

/** Which accounts, from where. */
export interface PortfolioFlags {
  /** Folder with CSV files; the configured store when absent. */
  readonly data?: string
  readonly mapping?: readonly string[]
  /** Review cycle; the last one that the data cover, or the last one that is over, when absent. */
  readonly cycle?: string
}

/** The accounts of a portfolio, with the cycle that they are looked at for. */
export interface LoadedPortfolio {
  readonly source: 'csv' | 'store'
  readonly cycle: Cycle
  /** In the order of their ids; an account whose facts cannot be read says so and stops nothing. */
  readonly accounts: AsyncIterable<SimulatedAccount | UnreadableAccount>
  /** One account; `null`: the portfolio has no such. @throws UsageError when its facts cannot be read. */
  readonly account: (accountId: string) => Promise<SimulatedAccount | null>
  /** Rows of the CSV files that could not be used. */
  readonly rejected: number
  /** What became of the rows of each CSV file. */
  readonly tallies: Portfolio['tallies']
  /** Where the accounts were read from, as paths; none of them is ever written. */
  readonly files: readonly string[]
  /** The configured store and the governance over it: nothing is written by asking them. */
  readonly stored?: { readonly store: GovernanceStore; readonly governance: Governance }
  /** Lets the store go. */
  readonly close: () => Promise<void>
}

/** How a portfolio is loaded. */
export interface LoadPortfolioOptions {
  readonly policy: Policy
  readonly config: CliConfig | null
  readonly cwd?: string
  /** Epoch milliseconds, for what is dated. @default the host's clock */
  readonly clock?: () => number
  /** Told what is being read. */
  readonly onProgress?: (detail: string) => void
}

/**
 * Loads the accounts of CSV files (with `data`), or of the configured store: facts as they were known at the end of the cycle and its days of grace, and where each account stands.
 *
 * @throws UsageError when there is neither, or for a cycle that there is not; BrokenFileError, MappingError for files that cannot be used.
 */
export async function loadPortfolio(flags: PortfolioFlags, options: LoadPortfolioOptions): Promise<LoadedPortfolio> {
  if (flags.data !== undefined) return fromFiles(flags.data, flags, options)
  if (options.config === null)
    throw new UsageError(
      say('there are no accounts to look at', '没有可查看的客户'),
      say(
        'add --data DIR with CSV files, or write ka-governance.config.mjs with a store, or name one with --config',
        '请加--data DIR指定CSV文件，或编写含有数据库的ka-governance.config.mjs，或用--config指定',
      ),
    )
  return fromStore(await openStore(options.config.store), flags, options, options.config)
}

/** The last day whose facts count in a cycle's review: purchases of the cycle may be taken back for a while [I-26]. */
const lastDayOf = (cycle: Cycle, policy: Policy): string => addDays(cycle.to, policy.amount.returnLag.days - 1)

function namedCycle(id: string, policy: Policy): Cycle {
  try {
    return cycleById(id, policy.cycle)
  } catch {
    const example = cycleOf('2026-01-01', policy.cycle).id
    throw new UsageError(
      say(`there is no cycle "${shorten(id, 40)}"`, `没有周期“${shorten(id, 40)}”`),
      say(`write it like ${example}`, `请按${example}的格式填写`),
    )
  }
}

async function fromFiles(data: string, flags: PortfolioFlags, options: LoadPortfolioOptions): Promise<LoadedPortfolio> {
  const { policy, cwd = '.' } = options
  const dir = resolve(cwd, data)
  let rejected = 0
  const portfolio = await ingest({
    dir,
    mappings: await resolveMappings(flags.mapping, dir, cwd),
    onRejected: () => void (rejected += 1),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  })
  checkCurrency(portfolio, policy)
  const cycle = flags.cycle === undefined ? lastCycle(portfolio, policy) : namedCycle(flags.cycle, policy)
  if (cycle === undefined)
    throw new UsageError(
      say('the orders do not cover half of any cycle', '订单未覆盖任何周期的一半'),
      say('name one with --cycle, or check the dates in the files', '请用--cycle指定周期，或检查文件中的日期'),
    )
  const read = accountReader(portfolio, policy, lastDayOf(cycle, policy))
  const customers = portfolio.accounts.filter((a) => !a.isProspect)
  const byId = new Map(customers.map((a) => [a.accountId, a]))
  return {
    source: 'csv',
    cycle,
    rejected,
    tallies: portfolio.tallies,
    files: portfolio.tallies.map(({ file }) => join(dir, file)),
    accounts: (async function* () {
      for (const account of customers) yield read(account)
    })(),
    account: async (accountId) => {
      const account = byId.get(accountId)
      return account === undefined ? null : read(account)
    },
    close: async () => undefined,
  }
}

/** The last cycle that the orders cover whole; where there is none, the last that they cover by half. A cycle that is not over is judged by what is missing in it. */
function lastCycle(portfolio: Portfolio, policy: Policy): Cycle | undefined {
  const { coverage } = portfolio
  const cycles = cyclesOf(portfolio, policy)
  return cycles.findLast(({ from, to }) => coverage !== null && coverage.from <= from && to <= coverage.to) ?? cycles.at(-1)
}

/** Makes facts of what the files say of an account up to a day. */
function accountReader(portfolio: Portfolio, policy: Policy, through: string): (account: PortfolioAccount) => SimulatedAccount {
  const zone = zoneClock(policy.timeZone)
  const complaints = new Map<string, RecordedComplaint[]>()
  for (const complaint of portfolio.complaints) {
    if (zone.dateOf(complaint.receivedAt) > through) continue
    const list = complaints.get(complaint.accountId)
    if (list === undefined) complaints.set(complaint.accountId, [complaint])
    else list.push(complaint)
  }
  return (account) => {
    const { accountId, name, region, manager, isKeyAccount, tier } = account
    const disputes = disputesOf(complaints.get(accountId) ?? [], (at) => zone.dateOf(at)).map((d) =>
      d.settledOn !== null && d.settledOn > through ? { ...d, settledOn: null } : d,
    )
    return {
      accountId,
      name,
      region,
      manager,
      isKeyAccount,
      facts: factsAt(account, disputes, through, portfolio.coverage),
      standing: { tier },
    }
  }
}

async function fromStore(
  { store, close }: OpenStore,
  flags: PortfolioFlags,
  options: LoadPortfolioOptions,
  config: CliConfig,
): Promise<LoadedPortfolio> {
  const { policy, clock = Date.now } = options
  const governance = createGovernance({
    store,
    policy,
    ...(config.directory === undefined ? {} : { directory: config.directory }),
    ...(config.calendars === undefined ? {} : { calendars: config.calendars }),
    host: { clock },
  })
  const today = zoneClock(policy.timeZone).dateOf(clock())
  const cycle =
    flags.cycle === undefined ? previousCycle(cycleOf(today, policy.cycle), policy.cycle) : namedCycle(flags.cycle, policy)
  const read = async (record: AccountRecord): Promise<SimulatedAccount | UnreadableAccount> => {
    const { accountId } = record
    const raw = await store.accounts.facts(accountId)
    const facts = accountFactsSchema.safeParse(raw)
    if (!facts.success) {
      const [issue] = facts.error.issues
      const code = raw === null ? 'facts_missing' : 'facts_malformed'
      return {
        accountId,
        unreadable: { code, field: issue?.path.map(String).join('.') ?? null, message: issue?.message ?? 'no facts' },
      }
    }
    const ledger = await governance.account.get(governance.account.idOf(accountId))
    return storedAccount(record, facts.data, ledger)
  }
  return {
    source: 'store',
    cycle,
    rejected: 0,
    tallies: [],
    files: 'registry' in config.store ? [registryFile(config.store.registry)] : [],
    stored: { store, governance },
    accounts: (async function* () {
      for await (const record of store.accounts.list()) yield await read(record)
    })(),
    account: async (accountId) => {
      const record = await store.accounts.get(accountId)
      if (record === null) return null
      const account = await read(record)
      if (!('unreadable' in account)) return account
      const { field, message } = account.unreadable
      const what = `${field === null ? '' : `${field}: `}${message}`
      throw new UsageError(
        say(`the account ${accountId} cannot be assessed: ${what}`, `客户${accountId}无法评定：${what}`),
        say('correct its facts in the store', '请在数据库中更正其数据'),
      )
    },
    close,
  }
}

function storedAccount(
  { accountId, name, region }: AccountRecord,
  facts: AccountFacts,
  ledger: InstanceView<AccountContext> | null,
): SimulatedAccount {
  if (ledger === null) return { accountId, name, region, facts, standing: { tier: null } }
  const { tier, provisionalUntil, override, lastMove, classifications, manager, isKeyAccount } = ledger.context
  return {
    accountId,
    name,
    region,
    manager,
    isKeyAccount,
    facts,
    standing: {
      tier,
      ...(provisionalUntil === null ? {} : { provisionalUntil }),
      ...(override === null ? {} : { override: { until: override.until } }),
      ...(lastMove === null ? {} : { lastMove }),
      previousClassifications: classifications,
    },
  }
}
