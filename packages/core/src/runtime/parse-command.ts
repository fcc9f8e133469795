import { InvalidInputError, mapTexts, sealedDocumentOf, type Finding } from '../errors/index.ts'
import type { AnyCommand, WorkflowDefinition } from '../definition/define-workflow.ts'
import { nearest } from '../policy/index.ts'
import { commandFinding, findingsOf, invalidCommand } from './command-findings.ts'
import type { AnySpec } from './gate.ts'

/**
 * A command of the table; `constructor` and the like are none.
 * @throws InvalidInputError `invalid_command` when there is no such command.
 */
export function specOf({ kind, commands }: WorkflowDefinition, type: string): AnySpec {
  const spec = Object.hasOwn(commands, type) ? commands[type] : undefined
  if (spec !== undefined) return spec
  const [name, known] = [type.slice(0, 100), Object.keys(commands)]
  const near = nearest(type, known) ?? null
  throw invalidCommand(`command for ${kind}`, commandFinding(name, 'type', 'unknownCommand', { name, near, known }))
}

/**
 * Checks a command's shape.
 * @throws InvalidInputError `invalid_command` with every finding, each with its place.
 */
export function parseCommand(kind: string, spec: AnySpec, command: AnyCommand): AnyCommand {
  const parsed = spec.schema.safeParse(command)
  if (parsed.success) {
    const clean = dropUndefined(parsed.data)
    refuseTokens(kind, spec, clean)
    return clean
  }
  const findings = findingsOf(command.type, spec.schema, command, parsed.error)
  throw new InvalidInputError(`${kind} command "${command.type}"`, findings, 'invalid_command')
}

/** Absent and `undefined` are one: what is journaled is JSON. */
function dropUndefined(command: AnyCommand): AnyCommand {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined)) as AnyCommand
}

/** In a field that is sealed anything may stand; elsewhere a text that looks like a token would later be taken for one. */
function refuseTokens(kind: string, spec: AnySpec, command: AnyCommand): void {
  const findings: Finding[] = []
  for (const [field, value] of Object.entries(command)) {
    if (spec.personal?.includes(field) === true) continue
    mapTexts(
      value,
      (text, path) => {
        if (sealedDocumentOf(text) !== null) findings.push(commandFinding(command.type, path, 'looksSealed', {}))
        return text
      },
      field,
    )
  }
  if (findings.length > 0) throw new InvalidInputError(`${kind} command "${command.type}"`, findings, 'invalid_command')
}
