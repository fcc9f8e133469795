import { openApproval, type Approval, type ResolvedElector } from '../approvals/index.ts'
import { affectedHead, type Policy } from '../policy/index.ts'
import { canonicalJson, compareText } from '../rules/index.ts'
import type { SchemeName } from '../definition/define-workflow.ts'
import { schemesOf } from '../definition/scheme-of.ts'
import type { ApprovalEffect } from '../what-if/index.ts'
import { fetchFacts } from './facts.ts'
import type { Instance } from './instance.ts'
import type { Runtime } from './runtime.ts'

/** What an approval would be if it were asked for under the draft. */
export interface Asked {
  /** Null: the draft asks the same people. */
  readonly effect: ApprovalEffect | null
  /** Whoever owes a vote now, once a seat. */
  readonly open: readonly string[]
  /** Whoever would, were it asked for under the draft. */
  readonly later: readonly string[]
}

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

/** An approval under way, opened once more in thought: by the draft's scheme, with the people whom the directory knows now. It stands as it is; nobody votes again. */
export async function askAgain(
  runtime: Runtime,
  instance: Instance,
  name: string,
  approval: Approval,
  from: Policy,
  draft: Policy,
  at: number,
): Promise<Asked> {
  const undecided = approval.stages.filter(({ status }) => status === 'open' || status === 'waiting').map(({ id }) => id)
  const seats = approval.seats.filter(({ vacated }) => vacated === null)
  const voted = (stage: string, person: string): boolean =>
    approval.votes.some((vote) => vote.stage === stage && vote.elector === person)
  const open = undecided.flatMap((stage) =>
    distinct(seats.filter((seat) => seat.stage === stage && !voted(stage, seat.person)).map(({ person }) => person)),
  )
  const scheme = schemeUnder(name, approval, from, draft)
  if (scheme === null) return { effect: null, open, later: open }

  const affected = distinct(seats.filter(({ role }) => role === affectedHead).map(({ department }) => department))
  const electors = await electorsUnder(runtime, instance, scheme, affected, draft, at)
  const { makers, barred, basis } = approval
  const opened = openApproval({ scheme: draft.approval[scheme], electors, makers, barred, basis, at })
  const excluded = [...makers, ...barred.map(({ person }) => person)]
  const eligible = electors.filter(({ person, role }) => !excluded.includes(person) && role !== draft.approval[scheme].substitute)
  const later = opened.ok
    ? draft.approval[scheme].stages.flatMap(({ id }) =>
        distinct(opened.approval.seats.filter(({ stage }) => stage === id).map(({ person }) => person)),
      )
    : distinct(eligible.map(({ person }) => person))
  const [before, after] = [distinct(seats.map(({ person }) => person)), distinct(later)].map((people) =>
    [...people].sort(compareText),
  )
  const added = (after ?? []).filter((person) => before?.includes(person) !== true)
  const dropped = (before ?? []).filter((person) => after?.includes(person) !== true)
  if (opened.ok && added.length === 0 && dropped.length === 0) return { effect: null, open, later }
  const lack = opened.ok ? undefined : opened.failures.find(({ code }) => code === 'empty_electorate')
  return {
    open,
    later,
    effect: {
      instanceId: instance.id,
      kind: instance.kind,
      accountId: instance.accountId,
      approval: name,
      before: before ?? [],
      after: after ?? [],
      added,
      dropped,
      belowQuorum: lack !== undefined,
      lacks: lack === undefined ? null : lackOf(lack.required, lack.actual),
    },
  }
}

/** The draft's scheme for an approval; null where it says the same as the one that the approval was opened by. */
function schemeUnder(name: string, approval: Approval, from: Policy, draft: Policy): SchemeName | null {
  const opened = canonicalJson(approval.scheme)
  return (
    schemesOf(name, approval, from).find(
      (one) =>
        canonicalJson(draft.approval[one]) !== opened ||
        canonicalJson(draft.directory ?? null) !== canonicalJson(from.directory ?? null),
    ) ?? null
  )
}

async function electorsUnder(
  runtime: Runtime,
  { id, accountId }: Instance,
  scheme: SchemeName,
  affected: readonly string[],
  draft: Policy,
  at: number,
): Promise<readonly ResolvedElector[]> {
  const nothing = () => Promise.resolve(null)
  const facts = await fetchFacts(
    runtime,
    { electorate: scheme, affected },
    { instanceId: id, accountId, actor: 'system', at, policy: draft, ledger: nothing, project: nothing, policyLedger: nothing },
  )
  return facts.electors ?? []
}

const part = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown })[key] : undefined

/** What `openApproval` says of an electorate that is too small. */
function lackOf(required: unknown, actual: unknown): ApprovalEffect['lacks'] {
  const [stage, role, needed, eligible] = [
    part(required, 'stage'),
    part(required, 'role'),
    part(required, 'electors'),
    part(actual, 'eligible'),
  ]
  return {
    stage: typeof stage === 'string' ? stage : '',
    role: typeof role === 'string' ? role : null,
    needed: typeof needed === 'number' ? needed : null,
    there: typeof actual === 'number' ? actual : typeof eligible === 'number' ? eligible : 0,
  }
}
