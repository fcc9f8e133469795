import { z } from 'zod'
import type { JsonValue } from '../errors/index.ts'
import { objection } from '../policy/index.ts'
import type { Failure } from '../rules/index.ts'
import type { ChildCommand } from './actions.ts'
import { eventsBetween } from './commands-between.ts'
import { mayRule, type CommandSpec, type FactNeeds, type RuleInput, type WorkflowDefinition } from './define-workflow.ts'
import { driftMaterial, type DriftedField, type DriftedRecord, type ProperWay } from './drift.ts'
import { hash, text } from './fields.ts'

/** What was changed around the process is answered: put right, or brought before those who decide [GOV-06]. */
export const resolveDriftSchema = z
  .strictObject({
    type: z.literal('resolveDrift'),
    /** `repair`: the record shows what is governed again. `accept`: it does, too, and what it showed is brought before those who decide about it. */
    decision: z.enum(['repair', 'accept']),
    /** Hash of what differed when the person looked. */
    basis: hash,
    /** Fields that are accepted, as the CRM names them; the others are repaired. Absent: all that differ. */
    fields: z.array(text(200)).min(1).max(50).optional(),
    reason: text(2000),
  })
  .refine(({ decision, fields }) => decision === 'accept' || fields === undefined, {
    path: ['fields'],
    ...objection('repairsAll', {}),
  })
/** The command, checked. */
export type ResolveDrift = z.output<typeof resolveDriftSchema>

type Definition = Pick<WorkflowDefinition, 'kind' | 'machine' | 'commands' | 'ways'>
type Input = RuleInput<unknown, ResolveDrift>

const recordsOf = ({ facts }: Pick<RuleInput, 'facts'>): readonly DriftedRecord[] => facts.drift ?? []

/** Commands by which the process would have brought about what a field shows, as `command` or `kind.command`; a person's own ones only. */
export function properCommands(definition: Definition, state: string, drifted: DriftedField): readonly string[] {
  const { part, shown, means } = drifted
  if (part === null) return []
  const way = wayOf(definition, part)
  if (way !== undefined) return [way.command]
  if (part !== 'state') return []
  const states = means ?? (typeof shown === 'string' ? [shown] : [])
  const found = states.flatMap((to) => eventsBetween(definition.machine, state, to))
  return [...new Set(found)].filter((event) => {
    const spec = Object.hasOwn(definition.commands, event) ? definition.commands[event] : undefined
    return spec !== undefined && (typeof spec.roles === 'function' || spec.roles.length > 0)
  })
}

/** How the process changes a part; `constructor` and the like are none. */
export function wayOf({ ways = {} }: Pick<Definition, 'ways'>, part: string | null): ProperWay<unknown> | undefined {
  return part !== null && Object.hasOwn(ways, part) ? ways[part] : undefined
}

/** A drift that is gone is not resolved: the entry would say that something was put right. */
export const mayResolveDrift = mayRule<unknown, ResolveDrift>('mayResolveDrift', 'GOV-06', (input) =>
  recordsOf(input).length > 0 ? null : { code: 'nothing_differs', required: null, actual: null },
)

/** Whoever decides has seen what differs now, not what differed some time ago. */
export const mayResolveWhatIsShown = mayRule<unknown, ResolveDrift>('mayResolveWhatIsShown', 'GOV-06', (input) => {
  const records = recordsOf(input)
  const now = input.hashOf(driftMaterial(records))
  return records.length === 0 || input.command.basis === now
    ? null
    : { code: 'basis_changed', required: now, actual: input.command.basis, remedy: { kind: 'reload' } }
})

/** Nobody lets pass what they changed themselves; to put it right needs no second person. */
export const mayAcceptOthersChange = mayRule<unknown, ResolveDrift>('mayAcceptOthersChange', 'GOV-06', (input) => {
  const { actor, command } = input
  if (command.decision !== 'accept') return null
  const makers = recordsOf(input).map(({ changedBy }) => changedBy)
  return [actor.id, actor.onBehalfOf]
    .filter((person): person is string => person !== undefined && makers.includes(person))
    .map((person) => ({ code: 'maker_is_checker', required: null, actual: person }))
})

/** A hand that changes a record takes no approval's place: only what can still be brought before those who decide is accepted. */
export const mayAcceptUndecided = (definition: Definition) =>
  mayRule<unknown, ResolveDrift>('mayAcceptUndecided', 'GOV-06', (input) => acceptanceOf(definition, input).failures)

interface Chosen {
  readonly record: DriftedRecord
  readonly drifted: DriftedField
}

/** What accepting comes to: the commands that bring the shown values before those who decide, or why they cannot be. */
function acceptanceOf(
  definition: Definition,
  input: Input,
): { readonly failures: readonly Failure[]; readonly commands: readonly ChildCommand[] } {
  const { command } = input
  const records = recordsOf(input)
  if (command.decision !== 'accept') return { failures: [], commands: [] }
  const all = records.flatMap((record) => record.differences.map((drifted): Chosen => ({ record, drifted })))
  const wanted = command.fields
  const unknown = (wanted ?? []).filter((field) => !all.some(({ drifted }) => drifted.field === field))
  const gone = wanted === undefined ? records.filter(({ missing }) => missing) : []
  const failures: Failure[] = [
    ...(unknown.length === 0
      ? []
      : [{ code: 'not_found_in_instance', required: all.map(({ drifted }) => drifted.field), actual: unknown } as const]),
    ...gone.map(({ object }): Failure => notAcceptable([], object, null)),
  ]
  const commands: ChildCommand[] = []
  for (const { record, drifted } of all.filter((one) => wanted?.includes(one.drifted.field) ?? true)) {
    const open = wayOf(definition, drifted.part)?.accept?.open
    if (open === undefined) {
      failures.push(notAcceptable(properCommands(definition, input.state, drifted), drifted.field, drifted.shown))
      continue
    }
    const accepted = open(input, drifted, record)
    if (accepted.ok) commands.push(...accepted.commands)
    else failures.push(...accepted.failures)
  }
  return { failures, commands: failures.length > 0 ? [] : commands }
}

function notAcceptable(commands: readonly string[], field: string, shown: JsonValue): Failure {
  const [command] = commands
  return {
    code: 'not_acceptable',
    required: commands,
    actual: { field, shown },
    remedy: command === undefined ? { kind: 'change', field: 'decision', to: 'repair' } : { kind: 'send', command },
  }
}

/** The entry says what differed, who was seen to have changed it, and what follows. */
export const resolveDriftOf = (definition: Definition): CommandSpec<unknown, ResolveDrift> => ({
  schema: resolveDriftSchema,
  clause: 'GOV-06',
  roles: ['kaGroup.head', 'keyAccounts.head'],
  needs: ({ decision }, context, policy) => {
    const ways = decision === 'accept' ? Object.values(definition.ways ?? {}) : []
    const needs = ways.map((way): FactNeeds => way?.accept?.needs(context, policy) ?? {})
    return needs.reduce((all, more) => ({ ...all, ...more }), { drift: true })
  },
  formRules: [mayResolveDrift, mayResolveWhatIsShown, mayAcceptOthersChange, mayAcceptUndecided(definition)],
  prepare: (input) => {
    const { commands } = acceptanceOf(definition, input)
    return {
      ok: true,
      inputs: {
        records: recordsOf(input) as unknown as JsonValue,
        ...(commands.length === 0 ? {} : { opens: commands as unknown as JsonValue }),
      },
    }
  },
})
