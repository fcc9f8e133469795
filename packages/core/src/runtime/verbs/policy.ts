import { GovernanceError, InvalidInputError, type Finding, type JsonValue } from '../../errors/index.ts'
import { canonicalJson } from '../../rules/index.ts'
import { checkPolicy, type Policy, type PolicyFormat } from '../../policy/index.ts'
import type { PolicyStanding } from '../../definition/define-workflow.ts'
import { policyLedgerId, publicationId } from '../../definition/instance-id.ts'
import type { PolicyLedgerContext } from '../../ledgers/policy/types.ts'
import type { PolicyPublicationCommandInput } from '../../workflows/policy-publication/commands.ts'
import { refuseFinding, refuseText } from '../../workflows/policy-publication/prepare.ts'
import { draftVersion, whatIfVersion, type PolicyPublicationContext } from '../../workflows/policy-publication/types.ts'
import { readSimulation } from '../../what-if/index.ts'
import { resolveActor } from '../actor.ts'
import { knownId, knownText } from '../known-input.ts'
import { migrateAll, pinOfEither, planMigration, type Migrated, type MigrationQuery, type PolicyOrPin } from '../migrate.ts'
import type { InstanceMigration } from '../migration-plan.ts'
import type { Result } from '../perform.ts'
import { loadInstance } from '../plan.ts'
import { inForceAt, standingNow, versionsOf, type PolicyVersion } from '../policy-versions.ts'
import { pinWith, type Runtime } from '../runtime.ts'
import { optionsFor } from '../view.ts'
import type { Command, Form, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** What has verbs of its own, or is sent by the ledger only. */
type Internal = 'open' | 'check' | 'recordWhatIf' | 'takeForce' | 'supersede' | 'declineSchedule'

/** Verbs of policies: their publication, what is in force, and what becomes of instances under an earlier version [GOV-05]. */
export type PolicyVerbs = WorkflowApi<Command<PolicyPublicationCommandInput, Internal>, PolicyPublicationContext> & {
  /** The policy that this host was given. New instances are pinned to it, unless the option `publication` is `follow`. */
  readonly own: Policy
  /** The policy's ledger: its journal says which version was in force when. People send it nothing but `migrate`. */
  readonly ledger: WorkflowApi<never, PolicyLedgerContext>
  /** Opens the publication of a version; a number is used once. Its id is `idOf(policyId, version)`. */
  readonly open: (form: Form<PolicyPublicationCommandInput, 'open'>, options: SendOptions) => Promise<Result>
  /**
   * Checks a draft and makes it the publication's: errors refuse, each finding a refusal; doubts are journaled with what the draft changes. Its text goes into the
   * registry. Another draft voids an approval under way.
   */
  readonly check: (
    id: string,
    document: unknown,
    options: SendOptions & { readonly format?: PolicyFormat },
  ) => Promise<Result & { readonly findings: readonly Finding[] }>
  /**
   * Records a what-if of the checked draft against the version in force as evidence: its digest and `simulationSummary` in the journal, its whole text in the registry.
   * Anything but what `simulate` returned is refused.
   */
  readonly recordWhatIf: (id: string, simulation: object, options: SendOptions) => Promise<Result & { readonly digest: string }>
  /** Id of the publication of a version. */
  readonly idOf: (policyId: string, version: string) => string
  /** Id of the policy's ledger. */
  readonly ledgerOf: (policyId: string) => string
  /** The version in force at an instant (default: now), in the future by what is scheduled; `null`: none, or before what the ledger remembers. */
  readonly inForce: (policyId: string, at?: number) => Promise<Policy | null>
  /** What is in force and what is under way; `null`: no version was ever scheduled. */
  readonly standing: (policyId: string) => Promise<PolicyStanding | null>
  /** Every version, newest first, with the open instances pinned to it (`instances: false`: not counted, which reads none of them). */
  readonly versions: (policyId: string, options?: { readonly instances?: boolean }) => Promise<readonly PolicyVersion[]>
  /** What a version would change for each open instance: streamed, nothing written. It may be a draft, scheduled, or in force. */
  readonly planMigration: (options: MigrationQuery & { readonly policy: PolicyOrPin }) => AsyncIterable<InstanceMigration>
  /** Moves one instance to the version in force, by an entry that holds its new promises. */
  readonly migrate: (
    instanceId: string,
    options: SendOptions & { readonly policy: PolicyOrPin; readonly reason: string },
  ) => Promise<Result>
  /** The same for many: one entry each, streamed, resumable; one failure never stops the rest. */
  readonly migrateAll: (
    query: MigrationQuery,
    options: Pick<SendOptions, 'actor' | 'onBehalfOf'> & { readonly policy: PolicyOrPin; readonly reason: string },
  ) => AsyncIterable<Migrated>
}

const kind = 'policy-publication'

export const policyVerbs = ({ runtime, api, key, request, perform }: Verbs): PolicyVerbs => ({
  ...api(kind),
  own: runtime.policy,
  ledger: api('policy'),
  open: async (form, o) => {
    const { policyId, version } = (form as Partial<typeof form> | undefined) ?? {}
    const id = publicationId(knownText('policyId', policyId), knownText('version', version))
    return perform(request(kind, id, { ...form, type: 'open' }, o))
  },
  check: async (id, document, { format, ...o }) => {
    const context = await publicationContext(runtime, id)
    const { policy, findings } = checkPolicy(document, format === undefined ? {} : { format })
    const idempotencyKey = key(o.idempotencyKey)
    const option = await optionOf(runtime, id, 'check', o)
    if (policy === undefined) {
      const errors = findings.filter(({ severity }) => severity !== 'warning')
      const invalid = errors.map((finding) => ({
        rule: 'mayCheckUsablePolicy',
        clause: finding.clause ?? 'GOV-05',
        ...refuseFinding(finding),
      }))
      const refusals = [...(option?.refusals ?? []), ...invalid]
      return { ok: false, id, state: context.state, refusals, idempotencyKey, findings }
    }
    const { hash } = pinWith(policy, runtime.host)
    // Whoever may not check leaves nothing in the registry; an earlier try is found by its key all the same.
    if (mayLeaveText(option))
      await runtime.store.policies.put({
        id: context.policyId,
        version: draftVersion(context.version, hash),
        hash,
        document: canonicalJson(policy),
      })
    return { ...(await perform(request(kind, id, { type: 'check', hash }, { ...o, idempotencyKey }))), findings }
  },
  recordWhatIf: async (id, simulation, o) => {
    const context = await publicationContext(runtime, id)
    const document = jsonOf(simulation)
    const digest = runtime.host.sha256(document)
    if (mayLeaveText(await optionOf(runtime, id, 'recordWhatIf', o))) {
      const read = readSimulation(document)
      if (!read.ok) {
        const refusals = [{ rule: 'mayRecordSimulation', clause: 'GOV-05', ...refuseText(read) }]
        return { ok: false, id, state: context.state, refusals, idempotencyKey: key(o.idempotencyKey), digest }
      }
      await runtime.store.policies.put({
        id: context.policyId,
        version: whatIfVersion(context.version, digest),
        hash: digest,
        document,
      })
    }
    return { ...(await perform(request(kind, id, { type: 'recordWhatIf', digest }, o))), digest }
  },
  idOf: publicationId,
  ledgerOf: policyLedgerId,
  inForce: (policyId, at) => inForceAt(runtime, knownText('policyId', policyId), at),
  standing: (policyId) => standingNow(runtime, knownText('policyId', policyId)),
  versions: (policyId, options) => versionsOf(runtime, knownText('policyId', policyId), options),
  planMigration: (options) => planMigration(runtime, options),
  migrate: async (instanceId, { policy, reason, ...o }) => {
    const stored = await runtime.store.load(knownId(instanceId))
    if (stored === null)
      throw new GovernanceError('not_found', `there is no instance "${instanceId}"`, { details: { instanceId } })
    const command = { type: 'migrate', policy: pinOfEither(runtime, policy), reason }
    return perform(request(stored.kind, instanceId, command, o))
  },
  migrateAll: (query, options) => migrateAll(runtime, query, options),
})

async function publicationContext(runtime: Runtime, id: string): Promise<PolicyPublicationContext & { readonly state: string }> {
  const loaded = await loadInstance(runtime, kind, knownId(id))
  if (loaded === null) throw new GovernanceError('not_found', `there is no ${kind} "${id}"`, { details: { instanceId: id } })
  return { ...(loaded.instance.context as unknown as PolicyPublicationContext), state: loaded.instance.state }
}

/** What the person, or the one who is stood in for, may do before a form is filled in; nothing, where the delegation does not hold. */
async function optionOf(runtime: Runtime, id: string, command: string, { actor, onBehalfOf }: SendOptions) {
  const { refusal } = await resolveActor(runtime, actor, onBehalfOf, '', runtime.host.clock())
  if (refusal !== null) return undefined
  return (await optionsFor(runtime, kind, id, onBehalfOf ?? actor))?.find((option) => option.command === command)
}

const mayLeaveText = (option: { readonly status: string } | undefined): boolean =>
  option !== undefined && option.status !== 'refused'

function jsonOf(simulation: object): string {
  try {
    return canonicalJson(simulation as JsonValue)
  } catch (cause) {
    throw new InvalidInputError('what-if', [
      {
        path: 'simulation',
        code: 'not_json',
        message: cause instanceof Error ? cause.message : 'no JSON',
        remedy: 'pass what simulate() returned',
      },
    ])
  }
}
