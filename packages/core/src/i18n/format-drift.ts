import type { JsonValue } from '../errors/index.ts'
import type { Drift, DriftField, DriftRecord } from '../runtime/index.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import { formatInstant } from './time.ts'
import type { FormatOptions, Words } from './words.ts'

/**
 * What was changed around the process, as lines: the instance, its records with who changed them last, each field with what it shows and what is governed,
 * the step that was left out and who decides about it [GOV-06]. People are named as far as `options.people` knows them.
 *
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * const record = { object: 'Account', id: '001', missing: true, differences: [], changedBy: null, changedAt: null }
 * const found = { instanceId: 'account-acme', kind: 'account', accountId: 'acme', state: 'ka', version: 3, basis: '', problem: null }
 * formatDrift({ ...found, records: [record] }, 'zh-CN')
 * // => ['客户台账account-acme（客户acme）：记录被绕过流程修改[GOV-06]', '  Account 001', '    记录已被删除，或其标识已被更改', '    可以恢复']
 * ```
 */
export function formatDrift(drift: Drift, locale: Locale, options: FormatOptions = {}): readonly string[] {
  const { drift: texts, kinds } = textOf(locale)
  const kind = lookUp(kinds, drift.kind) ?? harmless(drift.kind)
  const instance = harmless(drift.instanceId)
  if (drift.problem !== null) return [texts.unreadable(kind, instance, harmless(drift.problem, 200))]
  const words = createWords(locale, { ...options, kind: drift.kind })
  return [
    texts.head(kind, instance, drift.accountId === '' ? null : harmless(drift.accountId), 'GOV-06'),
    ...drift.records.flatMap((record) => recordLines(record, words, locale, options)),
  ]
}

function recordLines(record: DriftRecord, words: Words, locale: Locale, options: FormatOptions): readonly string[] {
  const { drift: texts } = textOf(locale)
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone }
  const { object, id, changedBy, changedAt } = record
  const named = [object, id].filter((part) => part !== null).map((part) => harmless(part))
  const at = changedAt === null ? null : formatInstant(changedAt, locale, zone)
  return [
    `  ${texts.record(named.join(' '), changedBy === null ? null : words.person(changedBy), at)}`,
    ...(record.missing ? [`    ${texts.missing}`, `    ${texts.repairable}`] : []),
    ...record.differences.flatMap((drifted) => fieldLines(drifted, words, locale)),
  ]
}

function fieldLines(drifted: DriftField, words: Words, locale: Locale): readonly string[] {
  const { drift: texts, fields, grammar, kinds } = textOf(locale)
  const { field, part, shown, governed, bypassed, acceptable } = drifted
  const name =
    part === null ? null : (lookUp(texts.parts, part) ?? lookUp(fields, part.replace(/^fields\./, '')) ?? harmless(part))
  const say = (value: JsonValue): string => inWords(drifted, value, words)
  const steps = bypassed.map(({ command, clause, approval, roles }) =>
    texts.step(
      lookUp(kinds, command.split('.')[0] ?? '') ?? '',
      words.command(command),
      harmless(clause),
      approval,
      roles.length === 0 ? grammar.role(textOf(locale).roles.system) : words.any(roles as JsonValue, words.role),
    ),
  )
  return [
    `    ${texts.field(harmless(field), name, say(shown), say(governed))}`,
    ...(steps.length === 0 ? [texts.noStep] : steps).map((line) => `      ${line}`),
    `      ${acceptable ? texts.acceptable : texts.repairable}`,
  ]
}

/** A value in the words of its part; what the CRM has words of its own for stands as it is. */
function inWords({ part, means }: DriftField, value: JsonValue, words: Words): string {
  if (value === null || means !== undefined) return words.value(value)
  if (part === 'state') return words.state(value)
  if (part === 'fields.tier' || part === 'fields.currentTier') return words.tier(value)
  if (part === 'owner' && typeof value === 'string')
    return value.startsWith('person:') ? words.person(value.slice('person:'.length)) : words.role(value)
  if (part === 'fields.manager' || part === 'fields.leader' || part === 'fields.handler') return words.person(value)
  return words.value(value)
}
