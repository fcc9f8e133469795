import type { Instant } from '../calendar/index.ts'
import type { ClockBudget, ClockExplanation, ExplanationLine, ExplanationPart, PromiseShown } from '../sla/index.ts'
import { formatBudgetIn, formatDuration, formatNumber } from './amounts.ts'
import type { Catalogue } from './catalogue.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import { formatLocalDate, instantFormatter, zoneReader } from './time.ts'
import type { FormatOptions, Words } from './words.ts'

/** What every line needs. */
interface Lines {
  readonly locale: Locale
  readonly texts: Catalogue
  readonly words: Words
  readonly when: (at: Instant) => string
  /** A stretch of one day; its end may be the next midnight, 24:00. */
  readonly stretch: (from: Instant, to: Instant) => string
}

/**
 * Why a clock is due when it is, as lines: the promise that counts, then a line a day (or a run of days) with what it adds and the sum so far, so that
 * the due instant can be checked by hand; then pauses, extensions, other promises and the ladder.
 *
 * @throws InvalidInputError when language or zone does not exist.
 * @example
 * ```ts
 * formatClockExplanation(explanation, 'en', { timeZone: policy.timeZone })[0] // => 'Resolution: due at Wednesday 11 March 2026, 18:00'
 * ```
 */
export function formatClockExplanation(
  explanation: ClockExplanation,
  locale: Locale,
  options: FormatOptions & { readonly timeZone: string },
): readonly string[] {
  const texts = textOf(locale)
  const { clock } = texts
  const words = createWords(locale, options)
  const when = instantFormatter(locale, { timeZone: options.timeZone, weekday: true })
  const read = zoneReader(options.timeZone)
  const clockTime = (at: Instant): string => {
    const local = read(at)
    return texts.grammar.time(local, local.second !== 0)
  }
  const stretch = (from: Instant, to: Instant): string => {
    const end = clockTime(to)
    return `${clockTime(from)}–${end === '00:00' ? '24:00' : end}`
  }
  const lines: Lines = { locale, texts, words, when, stretch }
  const { dueAt, pauseEndsAt, endedAt } = explanation
  const name = lookUp(texts.clocks, explanation.clock) ?? harmless(explanation.clock)
  return [
    dueAt === null ? clock.dueUnknown(name) : clock.due(name, when(dueAt)),
    clock.zone(harmless(options.timeZone, 60)),
    promiseText(explanation.promise, lines),
    ...explanation.extensions.map(({ by, at }) => clock.extension(formatBudgetIn(by, locale), when(at))),
    ...explanation.parts.flatMap((part) => partLines(part, lines)),
    ...explanation.pauses.map(({ from, to, cappedBy, reason }) =>
      clock.pause(
        when(from),
        to === null ? clock.pauseOpen : when(to),
        reason === null ? null : words.term(reason),
        cappedBy === null ? null : clock.cappedBy[cappedBy],
      ),
    ),
    ...(pauseEndsAt === null ? [] : [clock.pauseEnds(when(pauseEndsAt))]),
    ...explanation.others.map((other) =>
      clock.other(promiseText(other, lines), other.dueAt === null ? texts.grammar.nothing : when(other.dueAt)),
    ),
    ...(dueAt === null ? [] : explanation.because).map((because) => clock.provisional(clock.because[because])),
    ...explanation.rungs.map(({ at, percent, kind, notify }) =>
      clock.rung(when(at), percent, clock.rungs[kind], words.role(notify)),
    ),
    ...(endedAt === null ? [] : [clock.ended(clock.status[explanation.status], when(endedAt))]),
  ]
}

function promiseText({ budget, from, since, reason }: PromiseShown, { locale, texts, when }: Lines): string {
  const { clock } = texts
  const why = lookUp(clock.reasons, reason) ?? harmless(reason)
  const whyThen = since === from ? why : clock.since(why, when(since))
  return 'until' in budget
    ? clock.fixed(when(budget.until), whyThen)
    : clock.promise(formatBudgetIn(budget, locale), when(from), whyThen)
}

function partLines(part: ExplanationPart, lines: Lines): readonly string[] {
  const { clock } = lines.texts
  const { leg, to } = part
  if (part.unit === 'instant' || 'until' in leg) return []
  const amount = amountText(part, lines)
  return [
    clock.part(legText(leg, lines), lines.when(part.from), part.measure),
    ...part.lines.map((line) => lineText(line, amount, part.unit === 'days', lines)),
    to === null
      ? clock.sumOpen(amount(part.total), amount(part.budget))
      : clock.sum(amount(part.total), amount(part.budget), lines.when(to)),
  ]
}

const legText = (leg: Exclude<ClockBudget, { readonly until: Instant }>, { locale }: Lines): string => formatBudgetIn(leg, locale)

const amountText =
  ({ unit }: ExplanationPart, { locale, texts }: Lines) =>
  (amount: number): string =>
    unit === 'days' ? texts.grammar.days(formatNumber(amount)) : formatDuration(amount, locale)

function lineText(
  line: ExplanationLine,
  amount: (n: number) => string,
  byDays: boolean,
  { locale, texts, stretch }: Lines,
): string {
  const { clock, grammar } = texts
  const [counted, total] = [amount(line.counted), amount(line.total)]
  const date = (text: string): string => formatLocalDate(text, locale, true)
  if (line.kind === 'span') return clock.span(date(line.from), date(line.to), line.days, counted, total)
  const verdict = clock.verdicts[line.verdict]
  if (line.kind === 'days')
    return clock.daysEach(date(line.from), date(line.to), line.days, verdict, amount(line.each), counted, total)
  const paused = line.intervals.some(({ kind }) => kind === 'paused')
  // A budget in days counts dates; their hours matter only where a pause took some of them.
  const shown = byDays && !paused ? [] : line.intervals
  const stretches = shown.map(
    ({ from, to, kind }) => `${stretch(from, to)}${kind === 'paused' ? grammar.remark(clock.verdicts.paused) : ''}`,
  )
  return clock.day(date(line.date), stretches.length === 0 ? verdict : grammar.series(stretches), counted, total)
}
