import type { JsonValue } from '../errors/index.ts'
import { affectedHead, type Policy } from '../policy/index.ts'
import { rolesOfScheme } from '../approvals/index.ts'
import type {
  AccountSummary,
  Facts,
  FactNeeds,
  PolicyStanding,
  ProjectSummary,
  SimulationFact,
} from '../definition/define-workflow.ts'
import { accountLedgerId } from '../definition/instance-id.ts'
import type { AccountContext } from '../ledgers/account/types.ts'
import { standingOf } from '../ledgers/policy/record.ts'
import type { PolicyLedgerContext } from '../ledgers/policy/types.ts'
import { readSimulation, simulationSummary } from '../what-if/index.ts'
import { capacityNow, similarAccounts } from './account-facts.ts'
import type { Instance } from './instance.ts'
import { targetOf } from './publish.ts'
import type { Runtime } from './runtime.ts'

/** Fetches what a command named, and nothing else. Instances already advanced in the same commit are seen as they will be. */
export async function fetchFacts(
  runtime: Runtime,
  needs: FactNeeds,
  args: {
    readonly instanceId: string
    readonly accountId: string
    readonly actor: string
    readonly at: number
    readonly policy: Policy
    /** The ledger of an account; default: of the command's own. */
    readonly ledger: (accountId?: string) => Promise<Instance | null>
    readonly project: (projectId: string) => Promise<Instance | null>
    readonly policyLedger: (policyId: string) => Promise<Instance | null>
    /** What was changed around the process in the instance's records. */
    readonly drift?: () => Promise<Facts['drift']>
  },
): Promise<Facts> {
  const { store, directory } = runtime
  const { accountId, actor, at, policy } = args
  const scope = accountId === '' ? {} : { accountId }
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {}
  if (needs.account === true) {
    facts.account = summaryOrNull(await args.ledger())
  }
  if (needs.survivorOf !== undefined) facts.survivor = await survivorOf(needs.survivorOf, args.ledger)
  if (needs.accountFacts === true) facts.accountFacts = await store.accounts.facts(accountId)
  if (needs.memberFacts !== undefined) {
    const members: JsonValue[] = []
    for (const member of needs.memberFacts) {
      const of = await store.accounts.facts(member)
      if (of !== null) members.push(of)
    }
    facts.memberFacts = members
  }
  if (needs.others !== undefined) {
    const others: Record<string, AccountSummary | null> = {}
    for (const other of needs.others) others[other] = summaryOrNull(await args.ledger(other))
    facts.others = others
  }
  if (needs.similarTo !== undefined) facts.similar = await similarAccounts(runtime, accountId, needs.similarTo, args.ledger)
  if (needs.capacity === true) facts.capacity = await capacityNow(runtime)
  if (needs.openInstances === true) {
    const open: { instanceId: string; kind: string; projectId?: string }[] = []
    for await (const { instanceId, kind, fields } of store.find({ accountId, open: true })) {
      const projectId = fields['projectId']
      if (kind !== 'account') open.push({ instanceId, kind, ...(typeof projectId === 'string' ? { projectId } : {}) })
    }
    facts.openInstances = open
  }
  if (needs.electorate !== undefined) {
    const roles = rolesOfScheme(policy.approval[needs.electorate])
    const members = await Promise.all(roles.map((role) => directory.members(role, scope, at)))
    facts.electors = roles.flatMap((role, i) => (members[i] ?? []).map((person) => ({ person, role })))
    // `affected.head` stands for the heads of the departments at hand, each for its own department.
    if (roles.includes(affectedHead)) {
      const departments = needs.affected ?? []
      const heads = await Promise.all(departments.map((d) => directory.members(`${d}.head`, scope, at)))
      const affected = departments.flatMap((department, i) =>
        (heads[i] ?? []).map((person) => ({ person, role: affectedHead, department })),
      )
      facts.electors = [...facts.electors.filter((e) => e.role !== affectedHead), ...affected]
    }
  }
  if (needs.project !== undefined) {
    const project = await args.project(needs.project)
    facts.project = project === null || project.state === 'opening' ? null : projectOf(project)
  }
  if (needs.policyLedger !== undefined) {
    facts.policyLedger = standingIn(await args.policyLedger(needs.policyLedger))
  }
  if (needs.registry !== undefined) {
    const registry: Record<string, { hash: string; document: string } | null> = {}
    for (const version of needs.registry.versions) {
      const record = await store.policies.get(needs.registry.id, version)
      registry[version] = record === null ? null : { hash: record.hash, document: record.document }
    }
    facts.registry = registry
  }
  if (needs.policyInForce !== undefined) {
    const id = needs.policyInForce
    const inForce = standingIn(await args.policyLedger(id))?.inForce ?? null
    facts.policyInForce =
      inForce === null ? null : await runtime.policies.of({ id, version: inForce.version, hash: inForce.hash })
  }
  if (needs.simulation !== undefined) facts.simulation = await simulationIn(runtime, needs.simulation)
  if (needs.target !== undefined) facts.target = await targetOf(runtime, needs.target, facts.policyLedger ?? null)
  if (needs.documents === true)
    facts.documents = (await store.personal.read(args.instanceId)).map(({ documentId, field }) => ({ documentId, field }))
  if (needs.drift === true) facts.drift = (await args.drift?.()) ?? []
  if (needs.delegations === true) facts.delegations = await delegationsTo(runtime, actor, at)
  if (needs.holders !== undefined) {
    const people = await Promise.all(needs.holders.map((role) => directory.members(role, scope, at)))
    facts.holders = Object.fromEntries(needs.holders.map((role, i) => [role, people[i] ?? []]))
  }
  if (needs.overrideQuota === true) {
    let accounts = 0
    let overridden = 0
    for await (const p of store.find({ kind: 'account', open: true })) {
      // A prospect has no tier that could be overruled.
      if (p.fields['tier'] == null) continue
      accounts += 1
      if (p.fields['overrideUntil'] != null) overridden += 1
    }
    facts.overrides = { accounts, overridden }
  }
  return facts
}

/** A text is judged by what it says, whoever put it there and whatever they say of it. */
async function simulationIn(
  { store, host }: Pick<Runtime, 'store' | 'host'>,
  { id, version, digest }: NonNullable<FactNeeds['simulation']>,
): Promise<SimulationFact | null> {
  const record = await store.policies.get(id, version)
  if (record?.hash !== digest || host.sha256(record.document) !== digest) return null
  const read = readSimulation(record.document)
  if (!read.ok) return read
  const { scope, policy } = read.simulation
  const summary = simulationSummary(read.simulation, host.sha256)
  return summary.digest === digest ? { ok: true, scope, draft: policy.draft.hash, inForce: policy.inForce, summary } : null
}

const standingIn = (ledger: Instance | null): PolicyStanding | null =>
  ledger === null ? null : standingOf(ledger.context as unknown as PolicyLedgerContext)

/** The project as changes may know it. */
function projectOf({ state, context }: Instance): ProjectSummary {
  const { projectId, accountId, name, version, baseline, groupBaseline, leader, team } = context as unknown as Omit<
    ProjectSummary,
    'status'
  >
  return { projectId, accountId, name, status: state, version, baseline, groupBaseline, leader, team }
}

/** Delegations to a person, and those to the people they act for: a chain has at most two links. */
async function delegationsTo(runtime: Runtime, person: string, at: number) {
  const first = await runtime.directory.delegations(person, at)
  const second = await Promise.all(first.map((d) => runtime.directory.delegations(d.from, at)))
  return [...first, ...second.flat()]
}

/** Follows mergers to the account that took the others in; a circle, which no ledger lets come about, ends where it began. */
async function survivorOf(accountId: string, ledgerOf: (accountId: string) => Promise<Instance | null>): Promise<string> {
  const seen = new Set<string>()
  let at = accountId
  while (!seen.has(at)) {
    seen.add(at)
    const ledger = await ledgerOf(at)
    const next = ledger === null ? null : (ledger.context as unknown as AccountContext).mergedInto
    if (next === null) return at
    at = next
  }
  return accountId
}

/** The account as other workflows may know it. */
export function summaryOf(ledger: Instance): AccountSummary {
  const context = ledger.context as unknown as AccountContext
  return {
    accountId: context.accountId,
    name: context.name,
    status: ledger.state,
    tier: context.tier,
    region: context.region,
    manager: context.manager,
    creditCode: context.creditCode,
    parentId: context.parentId,
    group: context.group,
    classes: context.classes,
    isKeyAccount: context.isKeyAccount,
    contract:
      context.contract === null
        ? null
        : { reference: context.contract.reference, from: context.contract.from, to: context.contract.to },
    claims: {
      ...(context.adjustment === null ? {} : { adjustment: context.adjustment }),
      ...(context.admission === null ? {} : { admission: context.admission.id }),
    },
  }
}

const summaryOrNull = (ledger: Instance | null): AccountSummary | null =>
  ledger === null || ledger.state === 'opening' ? null : summaryOf(ledger)

/** Id of the ledger that an instance of the account shares. */
export const ledgerIdOf = accountLedgerId
