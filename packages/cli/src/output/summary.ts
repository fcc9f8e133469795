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
  readonly admissions: {
    readonly total: number
    readonly states: readonly { readonly state: string; readonly count: number }[]
    /** Applications that the files do not say enough about to be judged. */
    readonly notInData: number
    readonly byException: number
    readonly applications: readonly {
      readonly accountId: string
      readonly appliedOn: string
      readonly state: string
      readonly score: number | null
      readonly days: number | null
    }[]
  }
  readonly projects: {
    readonly total: number
    readonly versions: number
    readonly changes: {
      readonly total: number
      readonly states: readonly { readonly state: string; readonly count: number }[]
      readonly minor: number
      readonly major: number
      readonly emergencies: number
      /** Changes that another had overtaken: assessed again. */
      readonly overtaken: number
      readonly changedBack: number
      /** Commands on projects and changes that were refused. */
      readonly refused: number
    }
  }
  readonly relations: {
    readonly events: number
    readonly done: number
    readonly refused: number
    /** States of the accounts whose relation moved, at the end. */
    readonly states: readonly { readonly state: string; readonly count: number }[]
  }
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
    ...relationsOf(model),
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

/** How often each, the most frequent first. */
function counted(states: readonly string[]): readonly { readonly state: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts].map(([state, count]) => ({ state, count })).sort((a, b) => b.count - a.count || (a.state < b.state ? -1 : 1))
}

function relationsOf({
  admissions,
  projects,
  relations,
}: ReportModel): Pick<RunSummary, 'admissions' | 'projects' | 'relations'> {
  const changes = projects.flatMap((p) => p.changes)
  const lastStates = relations.lines.flatMap((line) => line.spans.at(-1)?.state ?? [])
  return {
    admissions: {
      total: admissions.length,
      states: counted(admissions.map((a) => a.state)),
      notInData: admissions.filter((a) => a.missing.length > 0).length,
      byException: admissions.filter((a) => a.exception !== null && a.daysToDecision !== null && a.state !== 'rejected').length,
      applications: admissions.map((a) => ({
        accountId: a.accountId,
        appliedOn: a.appliedOn,
        state: a.state,
        score: a.score?.value ?? null,
        days: a.daysToEnd,
      })),
    },
    projects: {
      total: projects.length,
      versions: projects.reduce((n, p) => n + p.versions.length, 0),
      changes: {
        total: changes.length,
        states: counted(changes.map((c) => c.state)),
        minor: changes.filter((c) => c.class === 'minor').length,
        major: changes.filter((c) => c.class === 'major').length,
        emergencies: changes.filter((c) => c.emergency).length,
        overtaken: changes.filter((c) => c.overtaken > 0).length,
        changedBack: changes.filter((c) => c.state === 'rolledBack').length,
        refused: [...projects, ...changes].reduce((n, x) => n + x.refused.length, 0),
      },
    },
    relations: {
      events: relations.events.length,
      done: relations.events.filter((e) => e.outcome === 'done').length,
      refused: relations.events.filter((e) => e.outcome === 'refused').length,
      states: counted(lastStates),
    },
  }
}
