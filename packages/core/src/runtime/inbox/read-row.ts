import type { Finding } from '../../errors/index.ts'
import { instanceIdSchema, type InboundCommand } from '../../ports/index.ts'
import { definitions } from '../runtime.ts'
import { openings, passedOver, type Fields } from './openings.ts'
import { readForm } from './read-form.ts'

/** Commands that may come in, by kind; absent: all that people may send. */
export type InboundCommands = { readonly [kind: string]: readonly string[] }

/** A record that can be judged: what it asks for. */
export interface Readable {
  readonly opens: boolean
  /** Name of the command; of one that opens, as the kind calls it. */
  readonly command: string
  readonly fields: Fields
}

/** Reads a record strictly: what it asks for, or everything that is wrong with it, each with its place. */
export function readRow(
  row: InboundCommand,
  may: InboundCommands | undefined,
): { readonly ok: true; readonly asked: Readable } | { readonly ok: false; readonly findings: readonly Finding[] } {
  const form = readForm(row.form)
  const opening = row.instanceId === null && Object.hasOwn(openings, row.kind) ? openings[row.kind] : undefined
  const command = opening !== undefined && row.command === '' ? opening.command : row.command
  const findings: Finding[] = [...keyFindings(row), ...(form.ok ? [] : form.findings)]
  if (row.instanceId === null && findings.every(({ path }) => path !== 'kind')) findings.push(...openFindings(row, command))
  if (row.instanceId !== null && command === '') findings.push(missing('command', 'name the command, e.g. "forward"'))
  if (may !== undefined && findings.length === 0 && !allowed(may, row.kind, command))
    findings.push(notTaken(may, row.kind, command))
  if (!form.ok) return { ok: false, findings }
  const { type, ...fields } = form.fields
  if (type !== undefined && type !== command)
    findings.push({
      path: 'type',
      code: 'differ',
      message: 'another command than that of the record',
      remedy: 'leave the type out of the form',
    })
  if (opening !== undefined) findings.push(...passedOver(opening, fields))
  return findings.length > 0 ? { ok: false, findings } : { ok: true, asked: { opens: opening !== undefined, command, fields } }
}

const missing = (path: string, remedy: string): Finding => ({ path, code: 'missing', message: 'nothing is given', remedy })

function keyFindings({ kind, actor, instanceId, expectedVersion, changedByAnother }: InboundCommand): readonly Finding[] {
  const remedy = `one of ${Object.keys(definitions).join(', ')}`
  return [
    ...(kind === '' ? [missing('kind', remedy)] : []),
    ...(kind === '' || Object.hasOwn(definitions, kind)
      ? []
      : [{ path: 'kind', code: 'value', message: `there is no kind "${kind.slice(0, 60)}"`, remedy }]),
    ...(instanceId === null || instanceIdSchema.safeParse(instanceId).success
      ? []
      : [{ path: 'instanceId', code: 'format', message: 'no instance id', remedy: 'use the id that the visible record shows' }]),
    ...(expectedVersion === null || (Number.isSafeInteger(expectedVersion) && expectedVersion >= 0)
      ? []
      : [{ path: 'expectedVersion', code: 'type', message: 'no version', remedy: 'give the number of entries that was seen' }]),
    ...(actor === ''
      ? [missing('actor', 'let an administrator give the user an id by which policy and directory know them')]
      : []),
    ...(changedByAnother === true
      ? [{ path: '', code: 'changed_by_another', message: 'not as its author left it', remedy: 'leave the command anew' }]
      : []),
  ]
}

/** Without an instance, a command must be one that opens. */
function openFindings({ kind }: InboundCommand, command: string): readonly Finding[] {
  const opening = Object.hasOwn(openings, kind) ? openings[kind] : undefined
  return opening?.command === command ? [] : [missing('instanceId', 'give the id of the instance that the command is for')]
}

const allowed = (may: InboundCommands, kind: string, command: string): boolean =>
  Object.hasOwn(may, kind) && may[kind]?.includes(command) === true

function notTaken(may: InboundCommands, kind: string, command: string): Finding {
  const taken = (Object.hasOwn(may, kind) ? may[kind] : undefined) ?? []
  return {
    path: 'command',
    code: 'not_taken_here',
    message: `${kind}.${command.slice(0, 60)}`,
    remedy: taken.length === 0 ? 'send it from the program for it' : `one of ${taken.join(', ')}`,
  }
}
