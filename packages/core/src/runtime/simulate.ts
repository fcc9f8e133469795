import type { JsonValue } from '../errors/index.ts'
import type { Policy } from '../policy/index.ts'
import type { AccountRecord, Directory } from '../ports/index.ts'
import { simulateWith } from '../what-if/simulate-portfolio.ts'
import type { SimulatedAccount, SimulateOptions, Simulation, SimulationStep, UnreadableAccount } from '../what-if/index.ts'
import { accountLedgerId } from '../definition/instance-id.ts'
import { isReviewedByGroup, reviewedStates } from '../ledgers/account/may.ts'
import { readFacts } from '../ledgers/account/read-facts.ts'
import { standingOfAccount, type AccountContext } from '../ledgers/account/types.ts'
import { summaryOf } from './facts.ts'
import type { Instance } from './instance.ts'
import { asOf, loadInstance } from './plan.ts'
import type { Runtime } from './runtime.ts'
import { walkOpenInstances } from './simulate-instances.ts'
import { createStaticDirectory, isWrittenIn } from './static-directory.ts'

/** What to try on the live store. */
export interface GovernanceSimulateOptions extends Pick<
  SimulateOptions,
  'cycle' | 'sensitivity' | 'movers' | 'signal' | 'progressEvery'
> {
  /** The draft, loaded. */
  readonly policy: Policy
  /** Only these accounts, and no open instances: a simulation of `some`. Default: all of both. */
  readonly accounts?: Iterable<string> | AsyncIterable<string>
  /** Who is who under the draft. Default: the host's directory; where that is the one written in the policy, the one written in the draft. */
  readonly directory?: Directory
}

/**
 * What a draft would do to the accounts and open instances of the store [GOV-05]: reads ledgers, facts and open instances one by one, as they stand now, and writes
 * nothing. Each account is judged as its review would judge it: with its standing by the ledger, a group of companies as one where the draft says so.
 */
export function simulate(
  runtime: Runtime,
  options: GovernanceSimulateOptions,
): AsyncGenerator<SimulationStep, Simulation, undefined> {
  const {
    policy: draft,
    accounts,
    directory = directoryUnder(runtime, draft),
    cycle,
    sensitivity,
    movers,
    signal,
    progressEvery,
  } = options
  const left = { notGoverned: 0, inGroups: 0 }
  return simulateWith(
    {
      inForce: runtime.policy,
      draft,
      cycle,
      scope: accounts === undefined ? 'all' : 'some',
      accounts: simulatedAccounts(runtime, draft, accounts, left),
      sha256: runtime.host.sha256,
      ...(sensitivity === undefined ? {} : { sensitivity }),
      ...(movers === undefined ? {} : { movers }),
      ...(signal === undefined ? {} : { signal }),
      ...(progressEvery === undefined ? {} : { progressEvery }),
    },
    accounts === undefined
      ? (found) => walkOpenInstances(runtime, { draft, directory, movers: found, limit: movers, progressEvery })
      : null,
    () => ({ notGoverned: left.notGoverned, ...(left.inGroups === 0 ? {} : { inGroups: left.inGroups }) }),
  )
}

const directoryUnder = ({ directory, policy }: Runtime, draft: Policy): Directory =>
  draft.directory !== undefined && isWrittenIn(directory, policy) ? createStaticDirectory(draft) : directory

async function* simulatedAccounts(
  runtime: Runtime,
  draft: Policy,
  only: GovernanceSimulateOptions['accounts'],
  left: { notGoverned: number; inGroups: number },
): AsyncGenerator<SimulatedAccount | UnreadableAccount, void, undefined> {
  for await (const record of only === undefined ? runtime.store.accounts.list() : recordsOf(runtime, only)) {
    const ledger = await ledgerNow(runtime, record.accountId)
    const context = ledger?.context as unknown as AccountContext | undefined
    if (ledger === null || context === undefined || context.tier === null || !reviewedStates.includes(ledger.state))
      left.notGoverned++
    else if (runtime.policy.tier.level !== draft.tier.level) yield await simulatedTwice(runtime, record, context)
    else if (draft.tier.level === 'group' && (await leaderOf(runtime, context)) !== null) left.inGroups++
    else yield await simulated(runtime, draft.tier.level, record, context)
  }
}

async function* recordsOf(
  { store }: Runtime,
  ids: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<AccountRecord, void, undefined> {
  for await (const accountId of ids)
    yield (await store.accounts.get(accountId)) ?? { accountId, name: accountId, region: null, parentId: null }
}

async function ledgerNow(runtime: Runtime, accountId: string): Promise<Instance | null> {
  const loaded = await loadInstance(runtime, 'account', accountLedgerId(accountId))
  return loaded === null ? null : asOf(runtime, loaded, Math.max(runtime.host.clock(), loaded.head.at))
}

/** The account at which its group is reviewed, where that is another one: the rule of the review itself [decision tier.level]. */
async function leaderOf(runtime: Runtime, context: AccountContext): Promise<AccountContext | null> {
  if (context.group === null) return null
  const leader = await ledgerNow(runtime, context.group)
  const isLed = isReviewedByGroup({ context, facts: { others: { [context.group]: leader && summaryOf(leader) } } })
  return leader !== null && isLed ? (leader.context as unknown as AccountContext) : null
}

/** One policy reviews the account by itself, the other one its group: each is judged by what it goes by. */
async function simulatedTwice(
  runtime: Runtime,
  record: AccountRecord,
  context: AccountContext,
): Promise<SimulatedAccount | UnreadableAccount> {
  const alone = await simulated(runtime, 'account', record, context)
  const leader = (await leaderOf(runtime, context)) ?? context
  if ('unreadable' in alone || (leader === context && context.members.length === 0)) return alone
  const { accountId } = leader
  const group = await simulated(runtime, 'group', { ...record, accountId }, leader)
  if ('unreadable' in group) return { ...group, accountId: record.accountId }
  return { ...alone, group: { facts: group.facts, standing: group.standing } }
}

async function simulated(
  { store }: Runtime,
  level: Policy['tier']['level'],
  { accountId, name }: AccountRecord,
  context: AccountContext,
): Promise<SimulatedAccount | UnreadableAccount> {
  const own = await store.accounts.facts(accountId)
  if (own === null)
    return { accountId, unreadable: { code: 'facts_missing', field: null, message: 'the CRM has no facts of the account' } }
  const members: JsonValue[] = []
  if (level === 'group')
    for (const member of context.members) {
      const facts = await store.accounts.facts(member)
      if (facts !== null) members.push(facts)
    }
  const read = readFacts(own, members)
  if (!read.ok) return { accountId, unreadable: { code: 'facts_malformed', field: read.field, message: read.message } }
  return {
    accountId,
    name: context.name === '' ? name : context.name,
    region: context.region,
    manager: context.manager,
    isKeyAccount: context.isKeyAccount,
    facts: read.facts,
    entities: read.entities,
    standing: standingOfAccount(context),
  }
}
