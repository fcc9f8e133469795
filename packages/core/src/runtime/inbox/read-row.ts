import type { Finding } from '../../errors/index.ts'
import { instanceIdSchema, type InboundCommand } from '../../ports/index.ts'
import { nearest, reading } from '../../policy/index.ts'
import { inCommand } from '../command-findings.ts'
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
  const findings: Finding[] = [...keyFindings(row), ...(form.ok ? [] : form.findings.map((found) => inCommand(command, found)))]
  if (row.instanceId === null && findings.every(({ path }) => path !== 'kind')) findings.push(...openFindings(row, command))
  if (row.instanceId !== null && command === '') findings.push(reading('command', 'commandMissing', { example: 'forward' }))
  if (may !== undefined && findings.length === 0 && !allowed(may, row.kind, command))
    findings.push(notTaken(may, row.kind, command))
  if (!form.ok) return { ok: false, findings }
  const { type, ...fields } = form.fields
  if (type !== undefined && type !== command) findings.push(reading('type', 'otherCommand', { name: command.slice(0, 60) }))
  if (opening !== undefined) findings.push(...passedOver(opening, fields))
  return findings.length > 0 ? { ok: false, findings } : { ok: true, asked: { opens: opening !== undefined, command, fields } }
}

function keyFindings({ kind, actor, instanceId, expectedVersion, changedByAnother }: InboundCommand): readonly Finding[] {
  const choices = Object.keys(definitions)
  return [
    ...(kind === '' ? [reading('kind', 'choiceMissing', { choices })] : []),
    ...(kind === '' || Object.hasOwn(definitions, kind)
      ? []
      : [reading('kind', 'noChoice', { near: nearest(kind, choices) ?? null, choices })]),
    ...(instanceId === null || instanceIdSchema.safeParse(instanceId).success
      ? []
      : [reading('instanceId', 'badFormat', { format: 'instanceId' })]),
    ...(expectedVersion === null || (Number.isSafeInteger(expectedVersion) && expectedVersion >= 0)
      ? []
      : [reading('expectedVersion', 'noVersion', {})]),
    ...(actor === '' ? [reading('actor', 'actorMissing', {})] : []),
    ...(changedByAnother === true ? [reading('', 'changedByAnother', {})] : []),
  ]
}

/** Without an instance, a command must be one that opens. */
function openFindings({ kind }: InboundCommand, command: string): readonly Finding[] {
  const opening = Object.hasOwn(openings, kind) ? openings[kind] : undefined
  return opening?.command === command ? [] : [reading('instanceId', 'instanceMissing', {})]
}

const allowed = (may: InboundCommands, kind: string, command: string): boolean =>
  Object.hasOwn(may, kind) && may[kind]?.includes(command) === true

function notTaken(may: InboundCommands, kind: string, command: string): Finding {
  const known = (Object.hasOwn(may, kind) ? may[kind] : undefined) ?? []
  return reading('command', 'notTakenHere', { name: `${kind}.${command.slice(0, 60)}`, known })
}
