import type { ReportModel } from '../report/model.ts'

/** What a program reads of a run: `summary.json`, and `--json`. */
export interface RunSummary {
  readonly title: string
  readonly policy: { readonly id: string; readonly version: string; readonly hash: string }
  readonly currency: string
  readonly period: { readonly from: string; readonly to: string }
  readonly seed: string
  readonly accounts: { readonly total: number; readonly keyAccounts: number }
  readonly sales: ReportModel['sales']
  readonly cycles: readonly {
    readonly id: string
    readonly partial: boolean
    readonly tiers: ReportModel['cycles'][number]['counts']
    readonly ends: ReportModel['cycles'][number]['ends']
    readonly up: number
    readonly down: number
    readonly exits: number
  }[]
  readonly complaints: ReportModel['complaints']
  readonly clocks: ReportModel['clocks']
  readonly refusals: {
    readonly total: number
    readonly byRule: readonly { readonly command: string; readonly rule: string; readonly code: string; readonly count: number }[]
  }
  readonly warnings: number
  readonly data: {
    readonly files: ReportModel['data']['tallies']
    readonly rows: number
    readonly used: number
    readonly rejected: number
    readonly ignored: number
    /** Every row is in exactly one of the three. */
    readonly addsUp: boolean
    readonly notes: ReportModel['data']['notes']
  }
  readonly journal: ReportModel['journal']
  readonly files: readonly string[]
}

export function summaryOf(model: ReportModel, files: readonly string[]): RunSummary {
  const { tallies } = model.data
  const sum = (pick: (t: (typeof tallies)[number]) => number): number => tallies.reduce((n, t) => n + pick(t), 0)
  const ignoredOf = (t: (typeof tallies)[number]): number => Object.values(t.ignored).reduce((a, b) => a + b, 0)
  const [rows, used, rejected, ignored] = [sum((t) => t.rows), sum((t) => t.used), sum((t) => t.rejected), sum(ignoredOf)]
  return {
    title: model.portfolio.title,
    policy: { id: model.policy.id, version: model.policy.version, hash: model.policy.hash },
    currency: model.currency,
    period: model.period,
    seed: model.seed,
    accounts: { total: model.accounts, keyAccounts: model.keyAccounts },
    sales: model.sales,
    cycles: model.cycles.map((c) => {
      const moved = model.moves.filter((m) => m.cycle === c.id && m.from !== 'none' && m.from !== m.to)
      const exits = moved.filter((m) => m.to === 'exit').length
      const up = moved.filter((m) => m.to !== 'exit' && m.to < m.from).length
      return { id: c.id, partial: c.partial, tiers: c.counts, ends: c.ends, up, down: moved.length - up - exits, exits }
    }),
    complaints: model.complaints,
    clocks: model.clocks,
    refusals: {
      total: model.refusals.reduce((n, r) => n + r.count, 0),
      byRule: model.refusals.map(({ command, rule, code, count }) => ({ command, rule, code, count })),
    },
    warnings: model.warnings.length,
    data: { files: tallies, rows, used, rejected, ignored, addsUp: rows === used + rejected + ignored, notes: model.data.notes },
    journal: model.journal,
    files,
  }
}
