import { InvalidInputError, type Finding } from '../errors/index.ts'
import type { AnyCommand } from '../definition/define-workflow.ts'
import type { AnySpec } from './gate.ts'

/** The error for a command that the workflow does not have. */
export function unknownCommand(kind: string, type: string, known: readonly string[]): InvalidInputError {
  return new InvalidInputError(
    `command for ${kind}`,
    [
      {
        path: 'type',
        code: 'unknown_command',
        message: `there is no command "${type.slice(0, 100)}"`,
        remedy: `one of ${known.join(', ')}`,
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
  if (parsed.success) return dropUndefined(parsed.data)
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
