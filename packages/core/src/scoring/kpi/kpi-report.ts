import { addMonths, startOfDay, type LocalDate } from '../../calendar/index.ts'
import { tiers } from '../../policy/parts.ts'
import type { Policy } from '../../policy/schema.ts'
import { retentionOf, upgradeRateOf, type CohortMember } from './cohort.ts'
import type { Ratio } from './ratio.ts'
import { satisfactionOf, type SurveyAnswer } from './satisfaction.ts'
import { timelinessOf, type TimedComplaint } from './timeliness.ts'

/** What the figures of a period are counted from. */
export type KpiRecords = {
  /** Answers given in the period. */
  readonly surveys: readonly SurveyAnswer[]
  /** Customers present when the period began. */
  readonly cohort: readonly CohortMember[]
  readonly complaints: readonly TimedComplaint[]
}

/** A figure beside its target, with the instances behind both. */
export type KpiFigure = Ratio & {
  readonly kpi: 'satisfaction' | 'retention' | 'upgrade' | 'timeliness'
  /** Retention has one by tier. */
  readonly tier: (typeof tiers)[number] | null
  readonly clause: 'KPI-01' | 'KPI-02' | 'KPI-03' | 'KPI-04'
  readonly targetPercent: number
  readonly parameter: string
  readonly standing: 'met' | 'missed' | 'noData'
  /** Instances that were asked and do not count: where to look. */
  readonly against: readonly string[]
  /** How many of them more would have met the target; 0 where it is met, null without data. */
  readonly lacks: number | null
}

/** The KPIs of a period beside their targets [I-21]. */
export type KpiReport = {
  /** Business dates: `from` included, `to` excluded. */
  readonly period: { readonly from: LocalDate; readonly to: LocalDate }
  readonly figures: readonly KpiFigure[]
  /** Retention over all tiers: it has no target of its own. */
  readonly retention: Ratio
  /** Upgrades among those that could rise [F-3]. */
  readonly upgradeWithoutA: Ratio
}

/**
 * The KPIs of the `kpi.period` that ends before `to`, each beside its target [KPI-01 … KPI-05, F-1 … F-4, I-21, I-43]. A figure at its target meets it; the
 * comparison is of counts, so that no rounding decides. Every figure names the instances that count, those asked, and those against.
 *
 * @example
 * ```ts
 * const surveys: KpiRecords['surveys'] = [{ id: 's-1', says: 'satisfied' }, { id: 's-2', says: 'neutral' }]
 * const { figures } = kpiReport({ surveys, cohort: [], complaints: [] }, policy, '2026-07-01')
 * figures.map(({ kpi, percent, standing, lacks }) => [kpi, percent, standing, lacks])[0] // => ['satisfaction', 50, 'missed', 1]
 * ```
 */
export function kpiReport(records: KpiRecords, policy: Policy, to: LocalDate): KpiReport {
  const { targets, activeWithin } = policy.kpi
  const from = addMonths(to, -policy.kpi.period.months)
  const retention = retentionOf(records.cohort, { activeSince: addMonths(to, -activeWithin.months), end: to })
  const { withoutA, ...upgrade } = upgradeRateOf(records.cohort)
  const { byTier, ...overall } = retention
  const span = { from: startOfDay(from, policy.timeZone), to: startOfDay(to, policy.timeZone) }
  return {
    period: { from, to },
    figures: [
      figure('satisfaction', null, satisfactionOf(records.surveys), targets.satisfaction),
      ...tiers.map((tier) => figure('retention', tier, byTier[tier], targets.retention[tier])),
      figure('upgrade', null, upgrade, targets.upgrade),
      figure('timeliness', null, timelinessOf(records.complaints, span), targets.timeliness),
    ],
    retention: overall,
    upgradeWithoutA: withoutA,
  }
}

const clauses = { satisfaction: 'KPI-01', retention: 'KPI-02', upgrade: 'KPI-03', timeliness: 'KPI-04' } as const

function figure(kpi: KpiFigure['kpi'], tier: KpiFigure['tier'], ratio: Ratio, targetPercent: number): KpiFigure {
  const counted = new Set(ratio.counted)
  const [count, all] = [ratio.counted.length, ratio.of.length]
  const lacks = Math.max(0, Math.ceil((targetPercent * all) / 100 - 1e-9) - count)
  return {
    ...ratio,
    kpi,
    tier,
    clause: clauses[kpi],
    targetPercent,
    parameter: `kpi.targets.${kpi}${tier === null ? '' : `.${tier}`}`,
    standing: all === 0 ? 'noData' : lacks === 0 ? 'met' : 'missed',
    against: ratio.of.filter((id) => !counted.has(id)),
    lacks: all === 0 ? null : lacks,
  }
}
