import { InvalidInputError, mapTexts, sealedDocumentOf, type Finding } from '../errors/index.ts'
import type { AnyCommand, WorkflowDefinition } from '../definition/define-workflow.ts'
import type { AnySpec } from './gate.ts'

/**
 * A command of the table; `constructor` and the like are none.
 * @throws InvalidInputError `invalid_command` when there is no such command.
 */
export function specOf({ kind, commands }: WorkflowDefinition, type: string): AnySpec {
  const spec = Object.hasOwn(commands, type) ? commands[type] : undefined
  if (spec !== undefined) return spec
  throw new InvalidInputError(
    `command for ${kind}`,
    [
      {
        path: 'type',
        code: 'unknown_command',
        message: `there is no command "${type.slice(0, 100)}"`,
        remedy: `one of ${Object.keys(commands).join(', ')}`,
      },
    ],
    'invalid_command',
  )
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
  const findings = parsed.error.issues.map((issue): Finding => ({
    path: issue.path.map(String).join('.') || 'command',
    code: issue.code,
    message: issue.message,
    remedy:
      issue.code === 'unrecognized_keys'
        ? 'remove the unknown field'
        : `give ${issue.path.map(String).join('.') || 'the command'} as described`,
  }))
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
        if (sealedDocumentOf(text) !== null)
          findings.push({ path, code: 'format', message: 'looks like a sealed text', remedy: 'write the text itself' })
        return text
      },
      field,
    )
  }
  if (findings.length > 0) throw new InvalidInputError(`${kind} command "${command.type}"`, findings, 'invalid_command')
}
