import { minorDigits } from '@ka-governance/core'
import type { ReportModel } from '../report/model.ts'
import type { BuiltReport } from '../run/build-model.ts'
import { csvTable, type Cell } from './csv.ts'
import { decimalOf } from './decimal-of.ts'
import { relationTables } from './tables-relations.ts'

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** The tables of a run, by file name. Money is in the policy's currency; times are UTC. */
export function tablesOf({ model, tables }: BuiltReport): ReadonlyMap<string, string> {
  const digits = minorDigits(model.currency)
  // A leading sign would make the amount a text for the formula guard; amounts are numbers.
  const money = (minor: number): Cell => Number(decimalOf(minor, digits))
  const out = new Map<string, string>()
  out.set(
    'accounts.csv',
    csvTable(
      [
        'account_id',
        'name',
        'name_zh',
        'region',
        'key_account',
        'tier_at_start',
        'tier_at_end',
        `sales_last_12_months_${model.currency}`,
      ],
      tables.accounts.map(({ account, history, salesLastYear }) => [
        account.accountId,
        account.name,
        account.nameZh,
        account.region,
        account.isKeyAccount,
        history[0]?.tier ?? null,
        history.at(-1)?.tier ?? null,
        money(salesLastYear),
      ]),
    ),
  )
  out.set(
    'tiers.csv',
    csvTable(
      ['cycle', 'from', 'to_excluded', 'partial', 'tier', 'accounts', `sales_${model.currency}`],
      model.cycles.flatMap((c) =>
        (['A', 'B', 'C', 'D', 'none'] as const).map((tier) => [
          c.id,
          c.from,
          c.to,
          c.partial,
          tier,
          c.counts[tier],
          money(c.sales[tier]),
        ]),
      ),
    ),
  )
  out.set(
    'migration.csv',
    csvTable(
      ['cycle', 'from', 'to', 'accounts'],
      model.cycles.flatMap((c) =>
        (['A', 'B', 'C', 'D', 'none'] as const).flatMap((from) =>
          (['A', 'B', 'C', 'D', 'exit', 'none'] as const).flatMap((to) =>
            c.matrix[from][to] === 0 ? [] : [[c.id, from, to, c.matrix[from][to]]],
          ),
        ),
      ),
    ),
  )
  out.set('moves.csv', movesTable(model, money))
  out.set(
    'reviews.csv',
    csvTable(
      [
        'cycle',
        'account_id',
        'instance',
        'status',
        'current_tier',
        'recommended',
        'direction',
        'classification',
        'points',
        'missing',
      ],
      tables.reviews.map((r) => [
        r.cycle,
        r.accountId,
        r.instanceId,
        r.status,
        r.recommendation?.currentTier ?? null,
        r.recommendation?.recommended ?? null,
        r.recommendation?.direction ?? r.reason,
        r.recommendation?.classification.tier ?? null,
        r.recommendation?.classification.points ?? null,
        r.recommendation?.missing.map((m) => `${m.what}: ${m.reason}`).join('; ') ?? null,
      ]),
    ),
  )
  out.set(
    'complaints.csv',
    csvTable(
      [
        'complaint_id',
        'instance',
        'account_id',
        'tier',
        'state',
        'rounds',
        'received_at',
        'handoff',
        'resolution',
        'resolution_due_at',
        'recorded_timely',
        'problem',
      ],
      tables.complaints.map((c) => [
        c.id,
        c.instanceId,
        c.accountId,
        c.tier,
        c.state,
        c.rounds,
        iso(c.receivedAt),
        c.handoff,
        c.resolution,
        iso(c.resolutionDueAt),
        c.recordedTimely,
        c.problem,
      ]),
    ),
  )
  out.set(
    'clocks.csv',
    csvTable(
      [
        'clock',
        'parameter',
        'budget',
        'met',
        'late',
        'running',
        'ended_otherwise',
        'used_0_25',
        'used_25_50',
        'used_50_75',
        'used_75_100',
        'used_100_150',
        'used_over_150',
      ],
      model.clocks.map((c) => [c.clock, c.parameter, c.budget, c.met, c.late, c.open, c.dropped, ...c.histogram]),
    ),
  )
  for (const [name, text] of relationTables(model)) out.set(name, text)
  out.set(
    'refusals.csv',
    csvTable(
      ['command', 'rule', 'code', 'clause', 'count', 'text'],
      model.refusals.map((r) => [r.command, r.rule, r.code, r.clause, r.count, r.text]),
    ),
  )
  out.set(
    'warnings.csv',
    csvTable(
      ['account_id', 'name', 'tier', 'measure', 'parameter', 'limit', 'actual', 'firing', 'lacks', 'lacks_unit'],
      model.warnings.flatMap((a) =>
        a.warnings.map((w) => [
          a.accountId,
          a.name,
          a.tier,
          w.name,
          w.parameter,
          `${w.op} ${String(w.limit)}`,
          w.actual,
          w.firing,
          w.lacksUnit === 'minor' ? money(w.lacks) : w.lacks,
          w.lacksUnit === 'minor' ? model.currency : w.lacksUnit,
        ]),
      ),
    ),
  )
  return out
}

function movesTable(model: ReportModel, money: (minor: number) => Cell): string {
  return csvTable(
    [
      'cycle',
      'account_id',
      'name',
      'from',
      'to',
      'recommended',
      'direction',
      'ended',
      'rule',
      'clause',
      'conditions',
      'next_tier',
      'lacks',
      `sales_${model.currency}`,
      `sales_compared_${model.currency}`,
      'remark',
    ],
    model.moves.map((m) => [
      m.cycle,
      m.accountId,
      m.name,
      m.from,
      m.to,
      m.recommended,
      m.direction,
      m.end,
      m.rule?.name ?? null,
      m.rule?.clause ?? null,
      m.conditions.map((c) => `${c.name} ${c.op ?? '='} ${String(c.required)}: ${String(c.actual)}`).join('; '),
      m.nextTier,
      m.shortfalls.map((s) => `${s.parameter} ${s.op} ${String(s.needed)}: ${String(s.actual)}`).join('; '),
      money(m.sales),
      m.salesBefore === null ? null : money(m.salesBefore),
      m.remark,
    ]),
  )
}
