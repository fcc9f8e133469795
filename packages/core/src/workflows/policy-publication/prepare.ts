import { startOfDay } from '../../calendar/index.ts'
import { after, approvalAfter, makersOf, openOn } from '../../definition/approval-steps.ts'
import type { FactNeeds, Facts, Inputs, Prepared, RuleInput, SimulationFact } from '../../definition/define-workflow.ts'
import type { Finding, JsonValue } from '../../errors/index.ts'
import { checkPolicy, diffPolicies, type Policy } from '../../policy/index.ts'
import type { Failure } from '../../rules/index.ts'
import type { PolicyPublicationCommands } from './commands.ts'
import { refuseSchedule } from './rules.ts'
import {
  draftVersion,
  whatIfVersion,
  type CheckedDraft,
  type PolicyBase,
  type PolicyPublicationContext,
  type WhatIfEvidence,
} from './types.ts'

type Input<T extends keyof PolicyPublicationCommands> = RuleInput<PolicyPublicationContext, PolicyPublicationCommands[T]>

const refused = (...failures: readonly Failure[]): Prepared => ({ ok: false, clause: 'GOV-05', failures })

/** Findings and changes that an entry lists; the others are counted, and found again in the documents. */
const mostListed = 100

/** The refusal of a finding: what is wrong, where, and how it is put right. */
export function refuseFinding({ code, path, message, remedy, line, column, check, data }: Finding): Failure {
  return {
    code: 'policy_invalid',
    parameter: path,
    required: remedy,
    actual: {
      code,
      message,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
      ...(check === undefined ? {} : { check }),
      ...(data === undefined ? {} : { data }),
    },
  }
}

interface Registered {
  readonly hash: string
  readonly document: string
}

/** The value of a record, if it is the one that the command names and nobody has touched it. */
function valueOf(
  record: Registered | null | undefined,
  hash: string,
  hashOf: (value: JsonValue) => string,
): JsonValue | undefined {
  if (record?.hash !== hash) return undefined
  try {
    const value = JSON.parse(record.document) as JsonValue
    return hashOf(value) === hash ? value : undefined
  } catch {
    // Whatever stands there, it is not the text that was named.
    return undefined
  }
}

const recordsOf = (id: string, ...versions: readonly string[]): FactNeeds => ({ registry: { id, versions } })

export const needsOfCheck = ({ hash }: { readonly hash?: string }, { policyId, version }: PolicyPublicationContext): FactNeeds =>
  hash === undefined
    ? {}
    : { policyLedger: policyId, policyInForce: policyId, ...recordsOf(policyId, version, draftVersion(version, hash)) }

/**
 * A draft is what the registry holds, checked here and now: whoever sent the command, and whatever they say of it. Its errors refuse; its doubts and what it
 * changes are journaled.
 */
export function prepareCheck(input: Input<'check'>): Prepared {
  const { command, context, facts, hashOf } = input
  const place = draftVersion(context.version, command.hash)
  const document = valueOf(facts.registry?.[place], command.hash, hashOf)
  if (document === undefined) return refused({ code: 'not_found_in_instance', required: [], actual: place })
  const base = baseOf(facts)
  // The same text may be checked against another version in force, and again where it was sent back.
  if (isSame(context.draft, command.hash, base) && input.state !== 'drafting')
    return refused({ code: 'already_done', required: null, actual: command.hash.slice(0, 12) })
  const { policy: draft, findings } = checkPolicy(document)
  const errors = findings.filter(({ severity }) => severity !== 'warning')
  if (draft === undefined) return refused(...errors.map(refuseFinding))
  const wrong = refuseOtherPolicy(context, draft)
  if (wrong.length > 0) return refused(...wrong)
  const taken = facts.registry?.[context.version] ?? null
  if (taken !== null && taken.hash !== command.hash)
    return refused({ code: 'version_taken', required: taken.hash, actual: context.version })
  const doubts = findings.map(({ code, path }) => ({ code, path }))
  // Compared with the version in force now, whatever the publication is pinned to; the first one with nothing.
  const changes = facts.policyInForce == null ? null : diffPolicies(facts.policyInForce, draft)
  const checked: CheckedDraft = {
    hash: command.hash,
    effectiveFrom: draft.effectiveFrom,
    timeZone: draft.timeZone,
    doubts: doubts.length,
    changes: changes?.length ?? null,
    base,
  }
  return {
    ok: true,
    inputs: {
      draft: { ...checked, base: base && { ...base } },
      doubts: doubts.slice(0, mostListed),
      changes: (changes ?? []).slice(0, mostListed).map(({ kind, parameter, number, path }) => ({
        kind,
        parameter: parameter.slice(0, 120),
        number,
        path: path.join('.').slice(0, 120),
      })),
    },
  }
}

const isSame = (draft: CheckedDraft | null, hash: string, base: PolicyBase | null): boolean =>
  draft?.hash === hash && (draft.base?.hash ?? null) === (base?.hash ?? null)

/** The version in force, as the ledger says. */
function baseOf({ policyLedger }: Facts): PolicyBase | null {
  const inForce = policyLedger?.inForce ?? null
  return inForce === null ? null : { version: inForce.version, hash: inForce.hash }
}

function refuseOtherPolicy({ policyId, version }: PolicyPublicationContext, draft: Policy): readonly Failure[] {
  return (['id', 'version'] as const).flatMap((field): Failure[] => {
    const required = field === 'id' ? policyId : version
    return draft[field] === required
      ? []
      : [{ code: 'value_not_allowed', required, actual: draft[field], remedy: { kind: 'change', field, to: required } }]
  })
}

export const needsOfWhatIf = (
  { digest }: { readonly digest?: string },
  { policyId: id, version }: PolicyPublicationContext,
): FactNeeds =>
  digest === undefined ? {} : { policyLedger: id, simulation: { id, version: whatIfVersion(version, digest), digest } }

const again = { kind: 'send', command: 'recordWhatIf' } as const

/** Why a text is no evidence: it is too long, or at some place not what a simulation says. */
export const refuseText = ({ at, tooLong }: Extract<SimulationFact, { ok: false }>): Failure => ({
  code: 'what_if_invalid',
  required: tooLong?.most ?? null,
  actual: tooLong?.is ?? at,
  remedy: again,
})

/** The what-if is of just the draft that was checked, of all accounts where it is required, and against just the version in force. */
export function prepareWhatIf({ command, context, facts, policy }: Input<'recordWhatIf'>): Prepared {
  const { simulation } = facts
  if (simulation == null)
    return refused({ code: 'not_found_in_instance', required: [], actual: whatIfVersion(context.version, command.digest) })
  if (!simulation.ok) return refused(refuseText(simulation))
  const { draft, inForce: against, scope, summary } = simulation
  const inForce = facts.policyLedger?.inForce ?? null
  const failures: Failure[] = []
  if (draft !== context.draft?.hash)
    failures.push({ code: 'basis_changed', required: context.draft?.hash ?? null, actual: draft, remedy: { kind: 'reload' } })
  if (inForce !== null && against?.hash !== inForce.hash)
    failures.push({ code: 'policy_not_in_force', required: inForce.version, actual: against?.version ?? null, remedy: again })
  if (scope === 'some' && policy.publication.whatIf === 'required')
    failures.push({ code: 'what_if_partial', parameter: 'publication.whatIf', required: 'all', actual: scope, remedy: again })
  if (failures.length > 0) return refused(...failures)
  const whatIf: WhatIfEvidence = { digest: command.digest, draft, inForce: against?.hash ?? null, scope }
  return { ok: true, inputs: { whatIf: { ...whatIf }, summary } }
}

export const needsOfSubmit = (_: unknown, { policyId, version }: PolicyPublicationContext): FactNeeds => ({
  electorate: 'policy',
  policyLedger: policyId,
  ...recordsOf(policyId, version),
})

/** The group judges the text by its hash, against the version in force; whoever had a hand in it does not vote. */
export function prepareSubmit(input: Input<'submit'>): Prepared {
  const { context, facts } = input
  const base = baseOf(facts)
  const material = { document: context.draft?.hash ?? null, base: base?.hash ?? null, whatIf: context.whatIf?.digest ?? null }
  const opened = openOn(input, 'policy', material, makersOf(input, ['draft']))
  if (!opened.ok) return { ok: false, clause: 'I-17', failures: opened.failures }
  return { ok: true, inputs: { base: base && { ...base }, approval: after('policy', opened.approval, 'opened') } }
}

export const needsOfDecision = (_: unknown, { policyId, version }: PolicyPublicationContext): FactNeeds => ({
  delegations: true,
  policyLedger: policyId,
  ...recordsOf(policyId, version),
})

/** A vote or a recusal; the one that approves needs the day to be free still. */
export function prepareDecision(input: Input<'vote'> | Input<'recuse'>): Prepared {
  const { context, command } = input
  const result = approvalAfter(input, context.approvals, command)
  if (!result.ok) return result.refused
  const inputs: Inputs = { approval: after(result.name, result.state, result.outcome) }
  const { draft } = context
  if (result.outcome !== 'approved' || draft === null) return { ok: true, inputs }
  const failures = refuseSchedule(input, context.base)
  if (failures.length > 0) return refused(...failures)
  return { ok: true, inputs: { ...inputs, effectiveAt: startOfDay(draft.effectiveFrom, draft.timeZone) } }
}
