import type { Refusal, RefusalCode } from '../../errors/index.ts'
import type { InboundCommand } from '../../ports/index.ts'
import { canonicalJson, refusalsOf } from '../../rules/index.ts'
import { resolveActor } from '../actor.ts'
import { ruleInput } from '../advance.ts'
import { refuseRole } from '../gate.ts'
import { specOf } from '../parse-command.ts'
import { loadInstance } from '../plan.ts'
import { definitionOf, type Runtime } from '../runtime.ts'
import { calendarOf } from '../terms.ts'
import type { Readable } from './read-row.ts'

/** Refusals for who somebody is. */
const ofPerson: ReadonlySet<RefusalCode> = new Set([
  'role_required',
  'actor_without_roles',
  'person_barred',
  'delegation_invalid',
])

/**
 * The refusals for who the author is: to them nothing else is told, neither the state nor what other rules have seen. None: they may hear every reason. An instance's
 * state and version are looked at before its people are, so that whoever was refused for those is asked for here.
 */
export async function refusalsForWho(
  runtime: Runtime,
  row: InboundCommand,
  asked: Readable,
  refusals: readonly Refusal[],
): Promise<readonly Refusal[]> {
  const known = refusals.filter(({ code }) => ofPerson.has(code))
  const loaded = known.length > 0 || row.instanceId === null ? null : await loadInstance(runtime, row.kind, row.instanceId)
  if (loaded === null) return known
  const definition = definitionOf(row.kind)
  const spec = specOf(definition, asked.command)
  const { instance, head } = loaded
  const at = Math.max(runtime.host.clock(), head.at)
  const { actor, refusal } = await resolveActor(runtime, row.actor, row.onBehalfOf ?? undefined, instance.accountId, at)
  if (refusal !== null) return [refusal]
  const policy = await runtime.policies.of(instance.policy)
  const calendar = calendarOf(instance, policy, runtime.calendars)
  const hashOf = (value: Parameters<typeof canonicalJson>[0]): string => runtime.host.sha256(canonicalJson(value))
  const env = { at, actor, policy, calendar, calendarId: instance.calendar, facts: {}, hashOf, mode: 'enforce' } as const
  const input = ruleInput(instance, { ...asked.fields, type: asked.command }, env)
  return [...refuseRole(definition, spec, input), ...refusalsOf(definition.everyCommand, input)]
}
