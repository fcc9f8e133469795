import type { JournalEntry } from '../ports/index.ts'
import { createWords } from './create-words.ts'
import type { Locale } from './locale.ts'
import { textOf } from './text-of.ts'
import { instantFormatter } from './time.ts'
import { partOf, type FormatOptions } from './words.ts'

/**
 * One line of the audit trail: when, which entry, who (and for whom), what, from which state to which, and what followed.
 *
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * formatEntry(entry, 'zh-CN', { timeZone: 'Asia/Shanghai' })
 * // => '2026年3月2日 10:00:00 · 第2条 · u-huang · 转交责任部门 · 已受理 → 已转交待签收 · 后续事项1项'
 * ```
 */
export function formatEntry(entry: JournalEntry, locale: Locale, options: FormatOptions = {}): string {
  const { entries } = textOf(locale)
  const words = createWords(locale, { ...options, kind: entry.kind }, false)
  const { actor, command, settled, effects, observed = [] } = entry
  const who = words.person(actor.id)
  const when = instantFormatter(locale, {
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    seconds: true,
  })
  return entries.line({
    at: when(entry.at),
    seq: String(entry.seq),
    actor: actor.onBehalfOf === undefined ? who : entries.onBehalfOf(who, words.person(actor.onBehalfOf)),
    did: command === undefined ? entries.settledOnly : words.command(partOf(command, 'type')),
    from: words.state(entry.from),
    to: entry.from === entry.to ? null : words.state(entry.to),
    more: [
      ...(settled.length === 0 ? [] : [entries.rungs(settled.length)]),
      ...(effects.length === 0 ? [] : [entries.effects(effects.length)]),
      ...(observed.length === 0 ? [] : [entries.observed(observed.length)]),
    ],
  })
}
