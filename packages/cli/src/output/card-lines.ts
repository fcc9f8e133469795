import {
  formatMoneyIn,
  formatNumber,
  formatOptionsOf,
  formatRecommendation,
  type AccountCard,
  type Locale,
  type Policy,
  type ScalePart,
} from '@ka-governance/core'
import { cardTexts, type CardTexts } from './card-texts.ts'

/** A heading with its lines. */
export interface CardSection {
  readonly heading: string
  readonly lines: readonly string[]
}

interface Words {
  readonly t: CardTexts
  readonly locale: Locale
  readonly money: (minor: number) => string
  readonly number: (n: number) => string
}

/** Everything that a policy says of an account, as lines under headings: the review with its reasons, the smallest lifts, the scales, value, rebate. */
export function cardLines(card: AccountCard, policy: Policy, locale: Locale): readonly CardSection[] {
  const words: Words = {
    t: cardTexts[locale],
    locale,
    money: (minor) => formatMoneyIn({ currency: policy.currency, minor }, locale),
    number: (n) => formatNumber(Math.round(n * 100) / 100),
  }
  const [heading = '', ...review] = formatRecommendation(card.recommendation, locale, formatOptionsOf(policy))
  return [
    { heading, lines: review },
    liftSection(card, words),
    scaleSection(card, policy, words),
    valueSection(card, words),
    rebateSection(card, words),
  ]
}

function liftSection({ lifts, recommendation }: AccountCard, { t, money, number }: Words): CardSection {
  const shown = lifts.map(({ to, changes }) =>
    t.lift(
      changes
        .map(({ unit, by, clause }) => `${(t.change[unit] ?? String)(unit === 'minor' ? money(by) : number(by))} [${clause}]`)
        .join(t.and),
      to,
    ),
  )
  return { heading: t.lifts, lines: shown.length > 0 ? shown : [recommendation.classification.tier === 'A' ? t.top : t.noLift] }
}

const joined = (items: readonly string[], locale: Locale): string => items.join(locale === 'en' ? ', ' : '、')
const remark = (text: string, locale: Locale): string => (locale === 'en' ? ` (${text})` : `（${text}）`)
const pair = (name: string, value: string, locale: Locale): string => `${name}${locale === 'en' ? ': ' : '：'}${value}`

function partsText(parts: readonly ScalePart[], { t, number, locale }: Words): readonly string[] {
  const known = parts.filter((part) => part.points !== null && part.weight > 0)
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  if (known.length === 0) return []
  return [
    joined(
      known.map(({ name, points, weight }) => t.part(t.parts[name] ?? name, number(points ?? 0), number((100 * weight) / total))),
      locale,
    ),
  ]
}

function scaleSection({ grade, scales, classes, segment }: AccountCard, policy: Policy, words: Words): CardSection {
  const { t, locale, number } = words
  const lines = scales.flatMap(({ scale, level, drives }) => {
    const driving = drives ? remark(t.drives, locale) : ''
    if (scale === 'tier') return [`${pair(t.tier, String(level ?? t.none), locale)}${driving}`]
    if (scale === 'serviceLevel') return level === null ? [] : [t.serviceLevel(String(level))]
    if (grade.status !== 'graded' || grade.grade === null) return [grade.status === 'noData' ? t.noData : t.notKeyAccount]
    const next = grade.nextGrade === null || grade.lacks === null ? [] : [t.gradeNext(number(grade.lacks), grade.nextGrade)]
    return [`${t.grade(grade.grade, number(grade.points ?? 0))}${driving}`, ...next, ...partsText(grade.parts, words)]
  })
  const fits = classes.classes.filter((one) => one.fits === true).map(({ id }) => policy.admission.classes[id]?.[locale] ?? id)
  const need = segment.segment === null ? t.none : (t.segments[segment.segment] ?? segment.segment)
  const rest = [pair(t.classes, fits.length === 0 ? t.none : joined(fits, locale), locale), pair(t.segment, need, locale)]
  return { heading: t.scales, lines: [...lines, ...rest] }
}

function valueSection({ value }: AccountCard, words: Words): CardSection {
  const { t, money, number } = words
  const lifetime = value.lifetime?.valueMinor == null ? [] : [t.lifetime(money(value.lifetime.valueMinor))]
  return {
    heading: t.value(value.points === null ? '–' : number(value.points)),
    lines: [...partsText(value.parts, words), ...lifetime],
  }
}

function rebateSection({ rebate }: AccountCard, { t, money, number }: Words): CardSection {
  const base = rebate.families.reduce((sum, { minor }) => sum + minor, 0)
  const percent = base > 0 ? Math.round((rebate.minor / base) * 1e6) / 1e4 : 0
  const steps = rebate.families.flatMap(({ family, rebate: { next } }) => {
    if (next === null) return []
    const lacks = rebate.basis === 'quantity' ? t.units(number(next.lacks)) : money(next.lacks)
    return [`${family === null ? '' : `${family}: `}${t.rebateNext(lacks, number(next.percent), money(next.rebateThere))}`]
  })
  const given =
    rebate.creditedMinor === 0 ? [] : [t.rebateOutstanding(money(rebate.creditedMinor), money(rebate.outstandingMinor))]
  return { heading: t.rebate(String(rebate.period.year), money(rebate.minor), number(percent)), lines: [...given, ...steps] }
}
