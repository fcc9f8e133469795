import type { Finding } from '../../errors/index.ts'
import { tiers, type Tier } from '../parts.ts'
import { daysAfter } from './days-after.ts'
import { flag, put, type KnownPolicy, type Lint, type LintOptions } from './lint.ts'
import { standardWeeks } from './standard-day.ts'

/** Visits that a manager owes a month, against the days there are. */
const visits = (policy: KnownPolicy): readonly Finding[] => {
  const perMonth = policy.cadence?.visit?.minPerMonth
  const accounts = policy.capacity?.maxKaPerManager
  const owed = perMonth === undefined || accounts === undefined || accounts === null ? 0 : perMonth * accounts
  const days = Math.max(0, ...standardWeeks(policy).map((week) => Math.floor((week.days * 365.25) / 84)))
  if (perMonth === undefined || accounts == null || days === 0 || owed <= days) return []
  const path = 'cadence.visit.minPerMonth'
  const fewer = Math.floor(days / accounts)
  return [flag(path, 'visitsOverDays', { visits: owed, accounts, perMonth, days }, fewer < 1 ? [] : [put(path, fewer)])]
}

const cadence = ({ cadence: rules }: KnownPolicy): readonly Finding[] =>
  (
    [
      ['execVisit', 'perYear'],
      ['returnVisit', 'perMonth'],
    ] as const
  ).flatMap(([name, unit]) => {
    const known = tiers.flatMap((tier) => {
      const value = rules?.[name]?.[tier]
      return value === undefined ? [] : [{ tier, value }]
    })
    return known.slice(1).flatMap(({ tier, value }, i) => {
      const better = known[i]
      if (better === undefined || value <= better.value) return []
      const path = `cadence.${name}.${tier}`
      return [
        flag(path, 'cadenceRises', { tier, value, better: better.tier, limit: better.value, unit }, [put(path, better.value)]),
      ]
    })
  })

type Cycle = { readonly months: number } | 'onRequest' | null

/** Longer is less often; on request comes after every rhythm, and never after that. */
const rarity = (cycle: Cycle): number =>
  cycle === null ? Number.POSITIVE_INFINITY : cycle === 'onRequest' ? Number.MAX_SAFE_INTEGER : cycle.months

const inspections = ({ inspection }: KnownPolicy): readonly Finding[] => {
  const known = tiers.flatMap((tier): readonly { readonly tier: Tier; readonly cycle: Cycle }[] => {
    const cycle = inspection?.cycle?.[tier]
    if (cycle === null || cycle === 'onRequest') return [{ tier, cycle }]
    return cycle?.months === undefined ? [] : [{ tier, cycle: { months: cycle.months } }]
  })
  return known.slice(1).flatMap(({ tier, cycle }, i) => {
    const better = known[i]
    if (better === undefined || rarity(cycle) >= rarity(better.cycle)) return []
    const path = `inspection.cycle.${tier}`
    return [flag(path, 'inspectionRises', { tier, better: better.tier }, [put(path, better.cycle)])]
  })
}

const report = ({ project, calendar, calendars }: KnownPolicy): readonly Finding[] => {
  const day = project?.weeklyReport?.dueDay
  const id = calendar?.default
  if (day === undefined || id === undefined || calendars === undefined || !Object.hasOwn(calendars, id)) return []
  const week = calendars[id]?.week
  if (week === undefined || (week[day]?.length ?? 0) > 0 || !Object.values(week).some((hours) => (hours?.length ?? 0) > 0))
    return []
  return [flag('project.weeklyReport.dueDay', 'reportDayOff', { calendar: id })]
}

const notice = ({ publication, effectiveFrom }: KnownPolicy, { on }: LintOptions): readonly Finding[] => {
  const days = publication?.notice?.days
  if (on === undefined || days === undefined || effectiveFrom === undefined) return []
  const earliest = daysAfter(on, days)
  if (effectiveFrom >= earliest) return []
  return [flag('effectiveFrom', 'noticeShort', { days, from: effectiveFrom, on }, [put('effectiveFrom', earliest)])]
}

/** Customers are seen the more often the better they are, and no more often than there are days; reports and notices can be kept [P-01, I-09, I-20, I-22, GOV-05]. */
export const lintRelations: Lint = (policy, options) => [
  ...visits(policy),
  ...cadence(policy),
  ...inspections(policy),
  ...report(policy),
  ...notice(policy, options),
]
