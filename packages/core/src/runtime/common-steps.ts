import { commonCommandSchemas, commonCommandsOf } from '../definition/common-commands.ts'
import type { JsonValue } from '../errors/index.ts'
import type { AnyCommand, Inputs, WorkflowDefinition } from '../definition/define-workflow.ts'
import { rebudgetsIn, withRebudgets } from '../definition/migration.ts'
import type { PolicyPin } from '../policy/index.ts'
import type { Emitted } from './apply-actions.ts'
import type { Instance } from './instance.ts'
import { accepts } from './step.ts'

/** Each definition with the common commands in its table, so that parsing, gate, options and texts treat them like its own. */
export function withCommonCommands(definitions: { readonly [kind: string]: WorkflowDefinition }): {
  readonly [kind: string]: WorkflowDefinition
} {
  return Object.fromEntries(
    Object.entries(definitions).map(([kind, definition]) => {
      const common = Object.entries(commonCommandsOf(definition)).filter(
        ([name]) => !definition.withoutCommon?.some((n) => n === name),
      )
      const commands = { ...definition.commands, ...Object.fromEntries(common) } as WorkflowDefinition['commands']
      return [kind, { ...definition, commands }]
    }),
  )
}

/** A command outside of the machine: it changes no state. */
export function isCommon(type: string): boolean {
  return Object.hasOwn(commonCommandSchemas, type)
}

/** Whether the command is possible in the state: common ones in every state of an instance that exists, the others where the machine takes them. */
export function takes(definition: WorkflowDefinition, state: string, type: string): boolean {
  return isCommon(type) && Object.hasOwn(definition.commands, type)
    ? state !== 'opening'
    : accepts(definition.machine, state, type)
}

/** Effect that the runtime carries out itself: the documents that its entry lists are erased. */
export const eraseEffect = 'eraseDocuments'

/** The step of a common command: the instance stays where it is. */
export function commonStep(
  before: Instance,
  command: AnyCommand,
  inputs: Inputs,
  at: number,
): { readonly instance: Instance; readonly effects: readonly Emitted[] } {
  if (command.type === 'migrate') {
    const clocks = withRebudgets(before.clocks, rebudgetsIn(inputs), at)
    return { instance: { ...before, policy: command['policy'] as unknown as PolicyPin, clocks }, effects: [] }
  }
  if (command.type === 'relocate' && typeof command['accountId'] === 'string') {
    const accountId = typeof inputs['accountId'] === 'string' ? inputs['accountId'] : command['accountId']
    const context = 'accountId' in before.context ? { ...before.context, accountId } : before.context
    return { instance: { ...before, accountId, context }, effects: [] }
  }
  if (command.type === 'resolveDrift') return { instance: before, effects: opensOf(inputs) }
  const { length: count } = documentsErasedBy(inputs)
  return { instance: before, effects: count === 0 ? [] : [{ type: eraseEffect, params: { count } }] }
}

/** What an accepted drift is brought before: commands for other instances, or for the same one. */
function opensOf({ opens }: Inputs): readonly Emitted[] {
  const commands = Array.isArray(opens) ? (opens as readonly JsonValue[]) : []
  return commands.map((params) => ({ type: 'command', params }))
}

/** Ids of the documents that a redaction's entry lists. */
export function documentsErasedBy(inputs: Inputs): readonly string[] {
  const { documents } = inputs
  return Array.isArray(documents) ? documents.filter((id): id is string => typeof id === 'string') : []
}
