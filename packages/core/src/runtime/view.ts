import type { JsonValue, Refusal } from '../errors/index.ts'
import { outcomeOf, whoMayAct, type ActorOption, type OutcomeExplanation } from '../approvals/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { explainClock, standingOf, type Clock, type ClockExplanation, type ClockStanding } from '../sla/index.ts'
import type { Projection } from '../ports/index.ts'
import type { AnyCommand, WorkflowDefinition } from '../definition/define-workflow.ts'
import { policyLedgerId, projectLedgerId } from '../definition/instance-id.ts'
import { resolveActor } from './actor.ts'
import { project } from './entry.ts'
import { openRefusals, openTexts } from './personal.ts'
import { rolesFor, refusalsFor, refuseOutOfTurn, type AnySpec } from './gate.ts'
import type { Instance, Loaded } from './instance.ts'
import { ruleInput, type AdvanceEnv } from './advance.ts'
import { definitionOf, type Runtime } from './runtime.ts'
import { fetchFacts, ledgerIdOf } from './facts.ts'
import { asOf, loadInstance } from './plan.ts'
import { settle } from './settle.ts'
import { deepFreeze } from './snapshot-cache.ts'
import { accepts, shapeOf } from './step.ts'
import { calendarOf, termsOf } from './terms.ts'

/** A clock as a person sees it: where it stands, and how its due instant is the sum of working time. */
export interface ClockView {
  readonly name: string
  readonly parameter: string
  readonly clause: string
  readonly clock: Clock
  readonly standing: ClockStanding
  /** The sum of working time behind the due instant, line by line. Made when asked for: a list of instances needs none. */
  readonly explain: () => ClockExplanation
}

/** An approval as a person sees it; `basis` goes into the vote. */
export interface ApprovalView {
  readonly basis: string
  readonly outcome: OutcomeExplanation
  readonly mayAct: readonly ActorOption[]
}

/** An instance as it stands at an instant, rungs due by then settled; nothing is written by looking. */
export interface InstanceView<Context = unknown> {
  readonly id: string
  readonly kind: string
  readonly accountId: string
  readonly state: string
  readonly version: number
  readonly context: Context
  readonly clocks: readonly ClockView[]
  readonly approvals: { readonly [name: string]: ApprovalView }
  /** Hash of what a judging command (confirm …) judges now; goes into its `basis`. */
  readonly basis: string
  readonly projection: Projection
  readonly policy: Instance['policy']
}

/** One command as a person sees it now: may be sent, may be sent once its form is filled in, or refused and why. */
export interface CommandOption {
  readonly command: string
  readonly status: 'allowed' | 'needsInput' | 'refused'
  readonly clause: string
  /** Fields that the form must have. */
  readonly fields: readonly string[]
  readonly form: string | null
  readonly roles: readonly string[]
  readonly refusals: readonly Refusal[]
}

/** The instance as it stands now; `null` when there is none. */
export async function viewInstance(runtime: Runtime, kind: string, id: string): Promise<InstanceView | null> {
  const loaded = await loadInstance(runtime, kind, id)
  if (loaded === null) return null
  const { definition, instance, terms, policy, hashOf, at } = await settledNow(runtime, loaded)
  // Bases and projection are made of the instance as it is; texts are opened only for the reader.
  const context = await openTexts(runtime, id, instance.context)
  return {
    id,
    kind,
    accountId: instance.accountId,
    state: instance.state,
    version: loaded.head.seq,
    context: deepFreeze(context),
    clocks: instance.clocks.map((clock) => ({
      name: clock.name,
      parameter: definition.clocks[clock.name]?.parameter ?? '',
      clause: definition.clocks[clock.name]?.clause ?? '',
      clock: deepFreeze(clock),
      standing: standingOf(clock, terms(clock), at),
      explain: () => explainClock(clock, terms(clock)),
    })),
    approvals: Object.fromEntries(
      Object.entries(definition.approvals(context)).flatMap(([name, approval]) =>
        approval === undefined
          ? []
          : [[name, { basis: approval.basis, outcome: outcomeOf(approval), mayAct: whoMayAct(approval, at) }]],
      ),
    ),
    basis: hashOf(definition.basis(instance.state, instance.context)),
    projection: project(definition, policy, instance, loaded.head.seq, terms),
    policy: instance.policy,
  }
}

/** Every command of the workflow for one actor: allowed, needs input, or refused and why. Built from the same table as the gate. */
export async function optionsFor(
  runtime: Runtime,
  kind: string,
  id: string,
  actorId: string,
): Promise<readonly CommandOption[] | null> {
  const loaded = await loadInstance(runtime, kind, id)
  if (loaded === null) return null
  const { definition, instance, policy, calendar, hashOf, at } = await settledNow(runtime, loaded)
  const { actor } = await resolveActor(runtime, actorId, undefined, instance.accountId, at)
  const options: CommandOption[] = []
  for (const [type, anySpec] of Object.entries(definition.commands)) {
    const spec = anySpec
    if (opensOnly(definition, type)) continue
    const command: AnyCommand = { type }
    const needs = typeof spec.needs === 'function' ? spec.needs(command, instance.context, policy) : (spec.needs ?? {})
    // Purchases are many and answer nothing here.
    const facts = await fetchFacts(
      runtime,
      { ...needs, accountFacts: false },
      {
        instanceId: id,
        accountId: instance.accountId,
        actor: actorId,
        at,
        policy,
        ledger: async (of = instance.accountId) => {
          const ledger = await loadInstance(runtime, 'account', ledgerIdOf(of))
          return ledger === null ? null : asOf(runtime, ledger, at)
        },
        project: async (projectId) => {
          const project = await loadInstance(runtime, 'project', projectLedgerId(projectId))
          return project === null ? null : asOf(runtime, project, at)
        },
        policyLedger: async (policyId) => {
          const policyLedger = await loadInstance(runtime, 'policy', policyLedgerId(policyId))
          return policyLedger === null ? null : asOf(runtime, policyLedger, at)
        },
      },
    )
    const env: AdvanceEnv = { at, actor, policy, calendar, calendarId: instance.calendar, facts, hashOf, mode: 'enforce' }
    const input = ruleInput(instance, command, env)
    const outOfTurn = refuseOutOfTurn(definition, spec, input)
    const refusals = outOfTurn ? [outOfTurn] : await openRefusals(runtime, id, refusalsFor(definition, spec, input, false))
    const fields = requiredFields(spec)
    options.push({
      command: type,
      status: refusals.length > 0 ? 'refused' : fields.length > 0 ? 'needsInput' : 'allowed',
      clause: spec.clause,
      fields,
      form: spec.form ?? null,
      roles: rolesFor(definition, spec, input),
      refusals,
    })
  }
  return options
}

/** What only opens an instance is no option of one that is open. */
function opensOnly({ machine }: WorkflowDefinition, type: string): boolean {
  return (
    accepts(machine, 'opening', type) &&
    [...shapeOf(machine).accepts].every(([state, on]) => state === 'opening' || !on.has(type))
  )
}

/** Fields without which the command's schema does not pass. */
export function requiredFields(spec: AnySpec): readonly string[] {
  const shape =
    (spec.schema as { shape?: { readonly [field: string]: { safeParse: (v: unknown) => { success: boolean } } } }).shape ?? {}
  return Object.keys(shape).filter((field) => field !== 'type' && shape[field]?.safeParse(undefined).success === false)
}

interface SettledNow {
  readonly definition: WorkflowDefinition
  readonly instance: Instance
  readonly policy: Awaited<ReturnType<Runtime['policies']['of']>>
  readonly calendar: ReturnType<typeof calendarOf>
  readonly terms: ReturnType<typeof termsOf>
  readonly hashOf: (value: JsonValue) => string
  readonly at: number
}

async function settledNow(runtime: Runtime, loaded: Loaded): Promise<SettledNow> {
  const definition = definitionOf(loaded.instance.kind)
  const policy = await runtime.policies.of(loaded.instance.policy)
  const calendar = calendarOf(loaded.instance, policy, runtime.calendars)
  const terms = termsOf(definition, policy, calendar)
  const at = Math.max(runtime.host.clock(), loaded.head.at)
  const { instance } = settle(definition, policy, loaded.instance, terms, at)
  return { definition, instance, policy, calendar, terms, hashOf: (value) => runtime.host.sha256(canonicalJson(value)), at }
}
