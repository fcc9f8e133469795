import { InvalidInputError } from '../errors/index.ts'
import type { AnyCommand } from '../definition/define-workflow.ts'
import { text } from '../definition/fields.ts'
import { reading } from '../policy/index.ts'
import { instanceIdSchema } from '../ports/index.ts'
import { commandFinding, findingsOf, invalidCommand } from './command-findings.ts'
import { definitionOf } from './runtime.ts'
import { accepts } from './step.ts'

export function knownId(id: unknown): string {
  const known = instanceIdSchema.safeParse(id)
  if (known.success) return known.data
  throw new InvalidInputError('instance id', [
    {
      path: 'id',
      code: 'format',
      message: `${typeof id === 'string' ? `"${id.slice(0, 60)}"` : typeof id} is no instance id`,
      remedy: 'use the id that open() returned: a–z, 0–9 and -, at most 80 characters',
    },
  ])
}

const shortText = text(200)

/** A text that says which instance is meant, before anything else of the form is looked at. */
export function knownText(field: string, value: unknown): string {
  const known = shortText.safeParse(value)
  if (known.success) return known.data
  throw new InvalidInputError('form', findingsOf('', shortText, { [field]: value }, known.error, [field]), 'invalid_command')
}

export function knownCommand(kind: string, command: unknown): AnyCommand {
  if (typeof command === 'object' && command !== null && typeof (command as { type?: unknown }).type === 'string')
    return command as AnyCommand
  throw invalidCommand(`command for ${kind}`, commandFinding('', 'type', 'noCommand', {}))
}

/** What opens an instance has its own verb, which finds the id: two ledgers of one account would keep no promise. */
export function notOpening(kind: string, command: unknown): AnyCommand {
  const known = knownCommand(kind, command)
  if (!accepts(definitionOf(kind).machine, 'opening', known.type)) return known
  const name = known.type.slice(0, 100)
  throw invalidCommand(`command for ${kind}`, commandFinding(name, 'type', 'opensNew', { name }))
}

/** A person: whoever acts, or for whom somebody acts. */
export function knownActor(actor: unknown, path: 'actor' | 'onBehalfOf' = 'actor'): string {
  if (typeof actor === 'string' && actor !== '' && actor !== 'system' && actor.length <= 80 && actor.isWellFormed()) return actor
  throw new InvalidInputError(path, [reading(path, 'noPerson', {})])
}

export function knownVersion(version: unknown): number {
  if (typeof version === 'number' && Number.isSafeInteger(version) && version >= 0) return version
  throw new InvalidInputError('version', [
    { path: 'expectedVersion', code: 'type', message: 'no version', remedy: 'pass the number that the last result told' },
  ])
}

/**
 * Keys of the runtime's own: effect ids, under which instances send each other commands, and those of settling, reviewing and the inbox. Whoever took one first
 * would keep the command behind it from ever being carried out.
 */
const ownKeys = /^(?:settle|backlog|delivered|migration|inbox)-|^review-\d{4}-|-\d{6,}-e\d+$/

/** The idempotency key given, or a new one. */
export function knownKey(given: string | undefined, newId: () => string): string {
  const made: unknown = given ?? newId()
  if (typeof made !== 'string')
    throw new InvalidInputError('idempotency key', [
      { path: 'idempotencyKey', code: 'type', message: typeof made, remedy: 'use a text of 1 to 200 characters' },
    ])
  if (given !== undefined && ownKeys.test(given))
    throw new InvalidInputError('idempotency key', [
      {
        path: 'idempotencyKey',
        code: 'reserved_key',
        message: 'a key that the runtime uses itself',
        remedy: 'begin the key with a word of your own, e.g. "crm-"',
      },
    ])
  if (made.length > 0 && made.length <= 200 && made.isWellFormed()) return made
  throw new InvalidInputError('idempotency key', [
    { path: 'idempotencyKey', code: 'length', message: `${String(made.length)} characters`, remedy: 'use 1 to 200 characters' },
  ])
}
