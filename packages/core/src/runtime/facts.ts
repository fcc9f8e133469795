import type { Policy } from '../policy/index.ts'
import { rolesOfScheme } from '../approvals/index.ts'
import type { AccountSummary, Facts, FactNeeds, ProjectSummary } from '../definition/define-workflow.ts'
import { accountLedgerId } from '../definition/instance-id.ts'
import type { AccountContext } from '../ledgers/account/types.ts'
import type { Instance } from './instance.ts'
import type { Runtime } from './runtime.ts'

/** Fetches what a command named, and nothing else. Instances already advanced in the same commit are seen as they will be. */
export async function fetchFacts(
  runtime: Runtime,
  needs: FactNeeds,
  args: {
    readonly accountId: string
    readonly actor: string
    readonly at: number
    readonly policy: Policy
    readonly ledger: () => Promise<Instance | null>
    readonly project: (projectId: string) => Promise<Instance | null>
  },
): Promise<Facts> {
  const { store, directory } = runtime
  const { accountId, actor, at, policy } = args
  const scope = accountId === '' ? {} : { accountId }
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {}
  if (needs.account === true) {
    const ledger = await args.ledger()
    facts.account = ledger === null || ledger.state === 'opening' ? null : summaryOf(ledger)
  }
  if (needs.accountFacts === true) facts.accountFacts = await store.accounts.facts(accountId)
  if (needs.openInstances === true) {
    const open: { instanceId: string; kind: string }[] = []
    for await (const p of store.find({ accountId, open: true }))
      if (p.kind !== 'account') open.push({ instanceId: p.instanceId, kind: p.kind })
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
  if (needs.delegations === true) facts.delegations = await delegationsTo(runtime, actor, at)
  if (needs.holders !== undefined) {
    const people = await Promise.all(needs.holders.map((role) => directory.members(role, scope, at)))
    facts.holders = Object.fromEntries(needs.holders.map((role, i) => [role, people[i] ?? []]))
  }
  if (needs.overrideQuota === true) {
    let accounts = 0
    let overridden = 0
    for await (const p of store.find({ kind: 'account', open: true })) {
      accounts += 1
      if (p.fields['overrideUntil'] != null) overridden += 1
    }
    facts.overrides = { accounts, overridden }
  }
  return facts
}

const affectedHead = 'affected.head'

/** The project as changes may know it. */
function projectOf({ state, context }: Instance): ProjectSummary {
  const { projectId, accountId, name, version, baseline, groupBaseline } = context as unknown as Omit<ProjectSummary, 'status'>
  return { projectId, accountId, name, status: state, version, baseline, groupBaseline }
}

/** Delegations to a person, and those to the people they act for: a chain has at most two links. */
async function delegationsTo(runtime: Runtime, person: string, at: number) {
  const first = await runtime.directory.delegations(person, at)
  const second = await Promise.all(first.map((d) => runtime.directory.delegations(d.from, at)))
  return [...first, ...second.flat()]
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
    claims: context.adjustment === null ? {} : { adjustment: context.adjustment },
  }
}

/** Id of the ledger that an instance of the account shares. */
export const ledgerIdOf = accountLedgerId
