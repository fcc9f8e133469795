import type { z } from 'zod'
import { InvalidInputError, type Finding } from '../errors/index.ts'
import { formatPath, reading, readIssue, type Path, type Readings } from '../policy/index.ts'

/** A place in a command, with dots alone: `evidence.0.uri`. Names that a command has are plain; others are shown as `formatPath` shows them. */
const placeIn = (path: Path): string =>
  path.map((part) => (typeof part === 'number' ? String(part) : formatPath([part]))).join('.')

/** The finding as one of a command: some fields mean another thing in another one, and none is a parameter of the policy. */
export const inCommand = (command: string, found: Finding): Finding => ({ ...found, data: { ...found.data, command } })

/** What is wrong at a place of a command. */
export const commandFinding = <K extends keyof Readings>(command: string, place: string, kind: K, data: Readings[K]): Finding =>
  inCommand(command, reading(place, kind, data))

/** A field that the command does not have: nobody may believe to have set it. */
export const unknownField = (command: string, path: Path, known: readonly string[], near: string | null = null): Finding =>
  commandFinding(command, placeIn(path), 'unknownField', { near, known: known.filter((name) => name !== 'type') })

/** Everything that a schema objects to in a command, each with its place. `data` is the whole command; `parent` is where in it the schema begins. */
export function findingsOf(
  command: string,
  schema: z.ZodType,
  data: unknown,
  { issues }: z.ZodError,
  parent: Path = [],
): readonly Finding[] {
  return issues
    .flatMap((issue) => readIssue(schema, data, issue, parent))
    .map((read) =>
      read.kind === 'unknownKey'
        ? unknownField(command, read.path, read.data.known, read.data.near)
        : commandFinding(command, placeIn(read.path) || 'command', read.kind, read.data),
    )
}

/** The error for a command that is wrong at one place. */
export const invalidCommand = (what: string, found: Finding): InvalidInputError =>
  new InvalidInputError(what, [found], 'invalid_command')
