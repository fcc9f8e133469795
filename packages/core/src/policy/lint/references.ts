import type { Finding } from '../../errors/index.ts'
import { nearest } from '../findings/index.ts'
import { formatPath } from '../source/index.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'

const calendars = ({ calendar, calendars: all, effectiveFrom }: KnownPolicy): readonly Finding[] => {
  if (all === undefined) return []
  const ids = Object.keys(all)
  const uses = [
    ['calendar.default', calendar?.default] as const,
    ...Object.entries(calendar?.byRegion ?? {}).map(
      ([region, id]) => [formatPath(['calendar', 'byRegion', region]), id] as const,
    ),
  ]
  const missing = uses.flatMap(([path, id]) => {
    if (id === undefined || ids.includes(id)) return []
    const near = nearest(id, ids)
    return [
      problem(
        path,
        'unknown_reference',
        `no calendar ${id}`,
        near === undefined ? `use one of ${ids.join(', ')}` : `did you mean ${near}?`,
      ),
    ]
  })
  const used = new Set(uses.map(([, id]) => id))
  const idle = ids
    .filter((id) => !used.has(id) && calendar?.default !== undefined)
    .map((id) => doubt(`calendars.${id}`, 'unused', 'no region uses this calendar', 'add it to calendar.byRegion, or delete it'))
  // A calendar may live on make-up days and exceptions alone; a policy's days and hours need a standard week.
  const idleWeeks = Object.entries(all)
    .filter(
      ([, document]) => document?.week !== undefined && Object.values(document.week).every((hours) => (hours?.length ?? 0) === 0),
    )
    .map(([id]) =>
      problem(`calendars.${id}.week`, 'no_hours', 'no weekday has working hours', 'give at least one weekday its hours'),
    )
  const late = Object.entries(all).flatMap(([id, document]) => {
    const { from, to } = document?.coverage ?? {}
    if (from === undefined || to === undefined || effectiveFrom === undefined || (from <= effectiveFrom && effectiveFrom <= to))
      return []
    return [
      doubt(
        `calendars.${id}.coverage`,
        'calendar_coverage',
        `holidays are given for ${from} to ${to}, but the policy holds from ${effectiveFrom}`,
        'add the holidays of that year, else every due date is provisional',
      ),
    ]
  })
  return [...missing, ...idle, ...idleWeeks, ...late]
}

const isTimeZone = (name: string): boolean => {
  // `Intl` also takes offsets such as +08:00, which know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const timeZone = ({ timeZone: zone }: KnownPolicy): readonly Finding[] =>
  zone === undefined || isTimeZone(zone)
    ? []
    : [problem('timeZone', 'time_zone', 'not a time zone this runtime knows', 'use an IANA name, e.g. Asia/Shanghai')]

const currencies = ({ currency, tier, complaint, growth, admission }: KnownPolicy): readonly Finding[] => {
  if (currency === undefined) return []
  const amounts = [
    ['tier.A.amount.min', tier?.A?.amount?.min],
    ['tier.B.amount.range.from', tier?.B?.amount?.range?.from],
    ['tier.B.amount.range.to', tier?.B?.amount?.range?.to],
    ['tier.C.amount.range.from', tier?.C?.amount?.range?.from],
    ['tier.C.amount.range.to', tier?.C?.amount?.range?.to],
    ['tier.D.amount.below', tier?.D?.amount?.below],
    ['admission.need.minAnnualVolume', admission?.need?.minAnnualVolume],
    ['admission.finance.minCapital', admission?.finance?.minCapital],
    ['complaint.compensationLimit', complaint?.compensationLimit],
    ['growth.minChange', growth?.minChange],
  ] as const
  return amounts.flatMap(([path, money]) =>
    money?.currency === undefined || money.currency === currency
      ? []
      : [problem(path, 'currency', `${money.currency} in a policy in ${currency}`, `write the amount in ${currency}`)],
  )
}

const rates = ({ exchangeRates, currency }: KnownPolicy): readonly Finding[] => {
  const seen = new Set<string>()
  return (exchangeRates ?? []).flatMap((rate, i) => {
    if (rate?.from === undefined || rate.to === undefined || rate.since === undefined) return []
    const path = `exchangeRates[${String(i)}]`
    const key = `${rate.from} ${rate.to} ${rate.since}`
    const twice = seen.has(key)
    seen.add(key)
    return [
      ...(rate.from === rate.to ? [problem(path, 'currency', 'a rate of a currency to itself', 'delete it')] : []),
      ...(twice
        ? [problem(path, 'duplicate', `two rates from ${rate.from} to ${rate.to} since ${rate.since}`, 'delete one')]
        : []),
      ...(currency === undefined || rate.from === currency || rate.to === currency
        ? []
        : [doubt(path, 'unused', `neither side is ${currency}, and rates are never chained`, `give the rate to ${currency}`)]),
    ]
  })
}

const authority = (policy: KnownPolicy): readonly Finding[] =>
  Object.keys(policy.authority ?? {})
    .filter((command) => !/^(\*|[a-z]+(-[a-z]+)*)\.[a-z][A-Za-z]*$/.test(command))
    .map((command) =>
      problem(formatPath(['authority', command]), 'value', 'not a command', 'write workflow.command, e.g. complaint.forward'),
    )

/** What the policy names exists: calendars, time zone, currencies, rates, commands [I-18, I-31, decision "Money"]. */
export const lintReferences: Lint = (policy) => [
  ...timeZone(policy),
  ...calendars(policy),
  ...currencies(policy),
  ...rates(policy),
  ...authority(policy),
]
