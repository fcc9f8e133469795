import {
  addApprover,
  barredFailures,
  copyTo,
  giveOpinion,
  openApproval,
  outcomeOf,
  recuse,
  replaceElector,
  timeOut,
  transferVote,
  vote,
  whoMayAct,
  type Approval,
  type ApprovalResult,
} from '../approvals/index.ts'
import type { JsonValue } from '../errors/index.ts'
import type { Failure } from '../rules/index.ts'
import type { AnyCommand, Prepared, RuleInput, SchemeName } from './define-workflow.ts'

/** `nextStage`: pending, and another stage has opened, so that its own time-out starts. */
export type ApprovalStep = 'opened' | 'pending' | 'nextStage' | 'approved' | 'rejected' | 'sentBack'

/** What `prepare` hands to the machine: the approval after the command. `next` are approvals that its outcome opened. */
export interface ApprovalAfter {
  readonly name: string
  readonly state: Approval
  readonly outcome: ApprovalStep
  readonly next?: { readonly [name: string]: Approval }
}

const refused = (failures: readonly Failure[]): Prepared => ({ ok: false, clause: 'I-17', failures })

/** Everyone who made the material, with both names of a delegated act, the sender of the present command included. */
export function makersOf(input: RuleInput, materials: readonly string[]): readonly string[] {
  const { actor, makers } = input
  const people = [
    ...materials.flatMap((m) => makers[m] ?? []),
    actor.id,
    ...(actor.onBehalfOf === undefined ? [] : [actor.onBehalfOf]),
  ]
  return [...new Set(people)].filter((person) => person !== 'system')
}

/** The basis of an approval: hash of the material and of the policy's version. */
export function approvalBasis({ hashOf, policy }: Pick<RuleInput, 'hashOf' | 'policy'>, material: JsonValue): string {
  return hashOf({ material, policy: `${policy.id}@${policy.version}` })
}

/**
 * Opens an approval on some material. Its basis is the hash of the material and of the policy's version: a material edit opens a new one, and
 * votes on the old one no longer fit [decisions: approvals].
 */
export function openOn(
  input: RuleInput,
  scheme: SchemeName,
  material: JsonValue,
  makers: readonly string[],
  barred: readonly string[] = [],
): ApprovalResult {
  return openApproval({
    scheme: input.policy.approval[scheme],
    schemeName: scheme,
    electors: input.facts.electors ?? [],
    makers,
    barred: barred.map((person) => ({ person, because: 'named' })),
    basis: approvalBasis(input, material),
    at: input.at,
  })
}

/** `prepare` of a command that asks for an approval of the same name as its scheme. */
export function askForApproval<Command extends AnyCommand>(
  input: RuleInput<unknown, Command>,
  name: SchemeName,
  material: JsonValue,
  materials: readonly string[],
  barred: readonly string[] = [],
): Prepared {
  const opened = openOn(input, name, material, makersOf(input, materials), barred)
  if (!opened.ok) return refused(opened.failures)
  return { ok: true, inputs: { approval: after(name, opened.approval, 'opened') } }
}

/** The inputs of a step that changes an approval. */
export function after(
  name: string,
  state: Approval,
  outcome: ApprovalStep,
  next?: { readonly [name: string]: Approval },
): JsonValue {
  const result: ApprovalAfter = { name, state, outcome, ...(next === undefined ? {} : { next }) }
  return result as unknown as JsonValue
}

interface ApprovalCommand extends AnyCommand {
  readonly approval: string
}

/** Carries out one of the commands that every approval knows; failures become refusals. */
export function approvalAfter(
  input: RuleInput,
  approvals: { readonly [name: string]: Approval | undefined },
  command: AnyCommand,
):
  | { readonly ok: true; readonly name: string; readonly state: Approval; readonly outcome: ApprovalStep }
  | { readonly ok: false; readonly refused: Prepared } {
  const { approval: name } = command as ApprovalCommand
  const before = approvals[name]
  if (!before)
    return { ok: false, refused: refused([{ code: 'not_found_in_instance', required: Object.keys(approvals), actual: name }]) }
  const inName = refuseInName(before, input, command)
  if (inName.length > 0) return { ok: false, refused: refused(inName) }
  const result = apply(before, input, command)
  if (!result.ok) return { ok: false, refused: refused(result.failures) }
  return { ok: true, name, state: result.approval, outcome: stepOf(before, result.approval) }
}

/** `prepare` of the approval commands where no outcome opens a further approval. */
export function actOnApproval<Command extends AnyCommand>(
  input: RuleInput<unknown, Command>,
  approvals: { readonly [name: string]: Approval | undefined },
  command: AnyCommand,
): Prepared {
  const result = approvalAfter(input, approvals, command)
  return result.ok ? { ok: true, inputs: { approval: after(result.name, result.state, result.outcome) } } : result.refused
}

/**
 * Votes and changes of the electorate belong to the approvals that a state waits for; where none of them is open, or the actor has no vote in any, that is
 * said before a form is filled in. What a vote lacks beyond that is said by `vote` itself.
 */
export function refuseOnApproval(
  input: RuleInput,
  approvals: { readonly [name: string]: Approval | undefined },
  names: readonly string[],
): Failure | null {
  const { approval: asked } = input.command
  if (typeof asked === 'string' && !names.includes(asked)) return { code: 'approval_closed', required: names, actual: asked }
  const open = names.flatMap((name) => {
    const approval = approvals[name]
    return approval !== undefined && approval.decision === null && approval.voided === null ? [approval] : []
  })
  if (open.length === 0) return { code: 'approval_closed', required: names, actual: null }
  if (typeof asked === 'string' || input.command.type !== 'vote') return null
  const { actor, at, facts } = input
  const may = open
    .flatMap((approval) => whoMayAct(approval, at, facts.delegations ?? []))
    .filter((option) => option.may === 'vote')
  const electors = [...new Set(may.map((option) => option.person))]
  return electors.includes(actor.id) ? null : { code: 'not_an_elector', required: electors, actual: actor.id }
}

/** A stage's time ran out: recorded, escalated by the clock, never decided. */
export function timedOut(approval: Approval | undefined, at: number): Approval | undefined {
  const stage = approval?.stages.find((s) => s.status === 'open')
  if (!approval || !stage) return approval
  const result = timeOut(approval, stage.id, at)
  return result.ok ? result.approval : approval
}

function stepOf(before: Approval, now: Approval): ApprovalStep {
  const { outcome } = outcomeOf(now)
  if (outcome === 'approved' || outcome === 'rejected' || outcome === 'sentBack') return outcome
  const open = (a: Approval): string =>
    a.stages
      .filter((s) => s.status === 'open')
      .map((s) => s.id)
      .join()
  return open(before) === open(now) ? 'pending' : 'nextStage'
}

/** Personal parts in an approval: whoever has one plays it, or is stood in for by voting alone. */
const personal = ['addApprover', 'transferVote', 'recuse', 'giveOpinion']

/**
 * Acting in the name of somebody else opens no way around: whoever is barred is barred behind another's hand, too; one vote has one elector; and nobody's
 * delegation hands on a seat, or gives away one's own in another's name.
 */
function refuseInName(approval: Approval, { actor }: RuleInput, command: AnyCommand): readonly Failure[] {
  const { id, onBehalfOf: from } = actor
  if (from === undefined || id === 'system') return []
  const invalid = (actual: 'twoElectors' | 'votesOnly'): Failure => ({
    code: 'delegation_invalid',
    required: { from, to: id, maxDelegations: approval.scheme.maxDelegations },
    actual,
  })
  const elector = command['onBehalfOf']
  return [
    ...(command.type === 'vote' ? [] : barredFailures(approval, from)),
    ...(command.type === 'vote' && elector !== undefined && elector !== from ? [invalid('twoElectors')] : []),
    ...(personal.includes(command.type) ? [invalid('votesOnly')] : []),
  ]
}

function apply(approval: Approval, input: RuleInput, command: AnyCommand): ApprovalResult {
  const { actor, at } = input
  const text = (field: string): string => (typeof command[field] === 'string' ? command[field] : '')
  const optional = <K extends string>(field: K): { readonly [P in K]?: string } =>
    typeof command[field] === 'string' ? ({ [field]: command[field] } as { readonly [P in K]: string }) : {}
  switch (command.type) {
    case 'vote':
      return vote(approval, {
        person: actor.id,
        choice: command['decision'] as 'approve' | 'reject' | 'sendBack',
        basis: typeof command['basis'] === 'string' ? command['basis'] : undefined,
        at,
        ...optional('comment'),
        // Acting for another is one thing, whether the command says so or its sender.
        ...(actor.onBehalfOf === undefined ? optional('onBehalfOf') : { onBehalfOf: actor.onBehalfOf }),
        ...(command['conditions'] === undefined
          ? {}
          : { conditions: command['conditions'] as unknown as readonly { text: string; dueAt: number }[] }),
        delegations: input.facts.delegations ?? [],
      })
    case 'addApprover':
      return addApprover(approval, {
        by: actor.id,
        person: text('person'),
        reason: text('reason'),
        at,
        position: (command['position'] as 'before' | 'after' | 'parallel' | undefined) ?? 'parallel',
      })
    case 'transferVote':
      return transferVote(approval, { person: actor.id, to: text('to'), reason: text('reason'), at })
    case 'copyTo':
      return copyTo(approval, { by: actor.id, people: command['people'] as readonly string[], at })
    case 'recuse':
      return recuse(approval, { person: actor.id, reason: text('reason'), at })
    case 'replaceElector':
      return replaceElector(approval, { person: text('person'), to: text('to'), by: actor.id, reason: text('reason'), at })
    default:
      return giveOpinion(approval, {
        person: actor.id,
        opinion: command['opinion'] as 'support' | 'neutral' | 'concern',
        comment: text('comment'),
        at,
      })
  }
}
