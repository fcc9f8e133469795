import { isGovernanceError, type Refusal } from '../errors/index.ts'
import type { InboundVerdict } from '../runtime/index.ts'
import { createWords } from './create-words.ts'
import { formatError } from './format-error.ts'
import { formatRefusal } from './format-refusal.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import type { FormatOptions } from './words.ts'

/**
 * What became of an inbound command, for the person who left it: what was done, where the instance stands and until when; or every reason against it, with what
 * would help; or what is wrong with the record, place by place.
 *
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * const verdict: InboundVerdict = {
 *   status: 'accepted', kind: 'complaint', command: 'forward', instanceId: 'cmp-1', entryKey: 'cmp-1-000002',
 *   state: 'assigned', nextDueAt: 1772416800000, observed: [], edited: false,
 * }
 * formatInboundVerdict(verdict, 'zh-CN', { timeZone: 'Asia/Shanghai' })
 * // => '已办理：“转交责任部门”（客户投诉 cmp-1）。\n当前状态：“已转交待签收”。\n到期时间：2026年3月2日 10:00。'
 * ```
 */
export function formatInboundVerdict(verdict: InboundVerdict, locale: Locale, options: FormatOptions = {}): string {
  const { inbox } = textOf(locale)
  const lines = ((): readonly string[] => {
    switch (verdict.status) {
      case 'accepted':
        return acceptedLines(verdict, locale, options)
      case 'refused':
        return [inbox.refused, ...refusalLines(verdict.refusals, verdict.kind, locale, options)]
      case 'failed':
        return [inbox.failed, reason(verdict.error, locale)]
      case 'pending':
        return [inbox.pending(String(verdict.tries), String(verdict.of)), reason(verdict.error, locale)]
    }
  })()
  return lines.join('\n')
}

/** What other programs say of their failures may name hosts and people of a directory: it is no answer for a record that many can read. */
function reason(error: unknown, locale: Locale): string {
  const { errors, grammar } = textOf(locale)
  return isGovernanceError(error) ? formatError(error, locale) : grammar.sentence(errors.unexpected)
}

function acceptedLines(
  { kind, command, instanceId, state, nextDueAt, observed, edited }: Extract<InboundVerdict, { status: 'accepted' }>,
  locale: Locale,
  options: FormatOptions,
): readonly string[] {
  const { inbox, kinds } = textOf(locale)
  const words = createWords(locale, { ...options, kind })
  return [
    inbox.accepted(words.command(`${kind}.${command}`), lookUp(kinds, kind) ?? harmless(kind), harmless(instanceId)),
    ...(state === null ? [] : [inbox.state(words.state(state))]),
    ...(nextDueAt === null ? [] : [inbox.due(words.instant(nextDueAt))]),
    ...(edited ? [inbox.edited] : []),
    ...(observed.length === 0 ? [] : [inbox.observed, ...refusalLines(observed, kind, locale, options)]),
  ]
}

function refusalLines(refusals: readonly Refusal[], kind: string, locale: Locale, options: FormatOptions): readonly string[] {
  return refusals.map((refusal) => `- ${formatRefusal(refusal, locale, { ...options, kind })}`)
}
