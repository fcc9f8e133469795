import type { Finding } from '../../errors/index.ts'
import { isCurrencyInUse } from '../currencies.ts'
import { guesser } from '../findings/index.ts'
import { formatPath } from '../source/index.ts'
import { cut, flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { moneyIn } from './money-in.ts'

const calendars = ({ calendar, calendars: all }: KnownPolicy): readonly Finding[] => {
  if (all === undefined) return []
  const ids = Object.keys(all)
  const uses = [
    ['calendar.default', calendar?.default] as const,
    ...Object.entries(calendar?.byRegion ?? {}).map(
      ([region, id]) => [formatPath(['calendar', 'byRegion', region]), id] as const,
    ),
  ]
  const guess = guesser(ids)
  const missing = uses.flatMap(([path, id]) => {
    if (id === undefined || Object.hasOwn(all, id)) return []
    const near = guess(id) ?? null
    const only = ids.length === 1 ? (ids[0] ?? null) : null
    const mend = near ?? only
    const data = { calendar: id, near, known: ids.slice(0, 12) }
    return [flag(path, 'calendarUnknown', data, mend === null ? [] : [put(path, mend)])]
  })
  const used = new Set(uses.map(([, id]) => id))
  const idle = ids
    .filter((id) => !used.has(id) && calendar?.default !== undefined)
    .map((id) => formatPath(['calendars', id]))
    .map((path) => flag(path, 'calendarUnused', {}, [cut(path)]))
  // A calendar may live on make-up days and exceptions alone; a policy's days and hours need a standard week.
  const idleWeeks = Object.entries(all)
    .filter(
      ([, document]) => document?.week !== undefined && Object.values(document.week).every((hours) => (hours?.length ?? 0) === 0),
    )
    .map(([id]) => flag(formatPath(['calendars', id, 'week']), 'weekWithoutHours', {}))
  return [...missing, ...idle, ...idleWeeks]
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

/** The zone that all calendars in use are in. */
const zoneOfCalendars = ({ calendars: all }: KnownPolicy): string | undefined => {
  const zones = new Set(Object.values(all ?? {}).map((document) => document?.timeZone))
  const [zone] = zones
  return zones.size === 1 && zone !== undefined && isTimeZone(zone) ? zone : undefined
}

const timeZone = (policy: KnownPolicy): readonly Finding[] => {
  if (policy.timeZone === undefined || isTimeZone(policy.timeZone)) return []
  const zone = zoneOfCalendars(policy)
  return [flag('timeZone', 'timeZoneUnknown', {}, zone === undefined ? [] : [put('timeZone', zone)])]
}

const currencies = (policy: KnownPolicy): readonly Finding[] => {
  const { currency } = policy
  if (currency === undefined) return []
  const amounts = moneyIn(policy)
  if (!isCurrencyInUse(currency)) {
    const others = new Set(amounts.map(({ money }) => money.currency))
    const [only] = others
    // Where all amounts are in one currency, that is the one that is meant.
    const mend = others.size === 1 && only !== undefined && isCurrencyInUse(only) ? [put('currency', only)] : []
    return [flag('currency', 'currencyUnknown', { currency }, mend)]
  }
  return amounts.flatMap(({ path, money }) =>
    money.currency === currency ? [] : [flag(path, 'currencyDiffers', { currency: money.currency, policy: currency })],
  )
}

const rates = ({ exchangeRates, currency }: KnownPolicy): readonly Finding[] => {
  const seen = new Set<string>()
  return (exchangeRates ?? []).flatMap((rate, i) => {
    if (rate?.from === undefined || rate.to === undefined || rate.since === undefined) return []
    const { from, to, since } = rate
    const path = `exchangeRates[${String(i)}]`
    const key = `${from} ${to} ${since}`
    const twice = seen.has(key)
    seen.add(key)
    return [
      ...(from === to ? [flag(path, 'rateToItself', {})] : []),
      ...(twice ? [flag(path, 'rateTwice', { from, to, since })] : []),
      ...(currency === undefined || from === currency || to === currency ? [] : [flag(path, 'rateOfStrangers', { currency })]),
    ]
  })
}

const authority = (policy: KnownPolicy): readonly Finding[] =>
  Object.keys(policy.authority ?? {})
    .filter((command) => !/^(\*|[a-z]+(-[a-z]+)*)\.[a-z][A-Za-z]*$/.test(command))
    .map((command) => flag(formatPath(['authority', command]), 'notACommand', {}))

/** What the policy names exists: calendars, time zone, currencies, rates, commands [I-18, I-31, decision "Money"]. */
export const lintReferences: Lint = (policy) => [
  ...timeZone(policy),
  ...calendars(policy),
  ...currencies(policy),
  ...rates(policy),
  ...authority(policy),
]
