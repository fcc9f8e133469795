import { minorDigits } from '@ka-governance/core'
import type { ChangeReport, ProjectReport } from '../report/model-relations.ts'
import type { ReportModel } from '../report/model.ts'
import { csvTable, type Cell } from './csv.ts'
import { decimalOf } from './decimal-of.ts'

/** Money with its currency beside it: rows may differ in it. */
const money = (value: { readonly currency: string; readonly minor: number } | undefined): readonly [Cell, Cell] =>
  value === undefined ? [null, null] : [Number(decimalOf(value.minor, minorDigits(value.currency))), value.currency]

/** Tables of admissions, projects, changes and relations, by file name; none for what the files do not hold. */
export function relationTables(model: ReportModel): ReadonlyMap<string, string> {
  const out = new Map<string, string>()
  if (model.admissions.length > 0) out.set('admissions.csv', admissionsTable(model))
  if (model.projects.length > 0) {
    out.set('projects.csv', projectsTable(model.projects))
    out.set('changes.csv', changesTable(model.projects))
  }
  if (model.relations.lines.length > 0) out.set('relations.csv', relationsTable(model.relations))
  return out
}

function admissionsTable({ admissions }: ReportModel): string {
  const criteria = ['qualification', 'need', 'willingness', 'finance'] as const
  return csvTable(
    [
      'account_id',
      'name',
      'applied_on',
      'instance',
      'state',
      'score',
      'score_needed',
      ...criteria,
      'screened_out_by',
      'lacks',
      'not_in_data',
      'from_own_records',
      'exception',
      'sent_back',
      'conditions',
      'days_to_decision',
      'days',
      'contract_from',
      'contract_to',
      'classes',
      'refused',
    ],
    admissions.map((a) => [
      a.accountId,
      a.name,
      a.appliedOn,
      a.instanceId,
      a.state,
      a.score?.value ?? null,
      a.score?.minScore ?? null,
      ...criteria.map((criterion) => a.score?.parts.find((p) => p.criterion === criterion)?.value ?? null),
      a.score?.reasons.map((r) => (r.code === 'scoreTooLow' ? r.code : r.criterion)).join('; ') ?? null,
      a.score?.shortfalls.map((s) => `${s.measure} ${s.op} ${String(s.required)}: ${String(s.actual)}`).join('; ') ?? null,
      a.missing.join('; '),
      a.derived.join('; '),
      a.exception,
      a.returns,
      a.conditions,
      a.daysToDecision,
      a.daysToEnd,
      a.contract?.from ?? null,
      a.contract?.to ?? null,
      a.classes.join('; '),
      a.refused.join(' | '),
    ]),
  )
}

function projectsTable(projects: readonly ProjectReport[]): string {
  return csvTable(
    [
      'project_id',
      'account_id',
      'name',
      'state',
      'version',
      'version_on',
      'version_by',
      'approved_as',
      'end_date_planned',
      'end_date_now',
      'budget_planned',
      'currency_planned',
      'budget_now',
      'currency_now',
      'refused',
    ],
    projects.flatMap((p) => {
      const versions = p.versions.length === 0 ? [null] : p.versions
      return versions.map((v): readonly Cell[] => [
        p.projectId,
        p.accountId,
        p.name,
        p.state,
        v?.version ?? null,
        v?.on ?? null,
        v === null ? null : v.back ? `back: ${v.by ?? ''}` : v.by,
        v?.approvedAs ?? null,
        p.endDate?.first ?? null,
        p.endDate?.last ?? null,
        ...money(p.budget?.first),
        ...money(p.budget?.last),
        p.refused.join(' | '),
      ])
    }),
  )
}

const reasonOf = (reason: ChangeReport['reasons'][number]): string => {
  switch (reason.because) {
    case 'budget':
      return `budget ${String(reason.share)} % > ${String(reason.limit)} %`
    case 'endDate':
      return `endDate ${String(reason.workingDays)} > ${String(reason.limit)} working days`
    default:
      return reason.because
  }
}

function changesTable(projects: readonly ProjectReport[]): string {
  return csvTable(
    [
      'change_id',
      'project_id',
      'instance',
      'applied_on',
      'state',
      'class',
      'reasons',
      'dimensions',
      'emergency',
      'consent',
      'overtaken',
      'breach',
      'change_back',
      'version',
      'days',
      'reason',
      'refused',
    ],
    projects.flatMap((p) =>
      p.changes.map((c) => [
        c.changeId,
        p.projectId,
        c.instanceId,
        c.appliedOn,
        c.state,
        c.class,
        c.reasons.map(reasonOf).join('; '),
        c.dimensions.join('; '),
        c.emergency,
        c.consent,
        c.overtaken,
        c.breach,
        c.back,
        c.version,
        c.daysToEnd,
        c.reason,
        c.refused.join(' | '),
      ]),
    ),
  )
}

/** The files' events with their outcome, then what each account's journal says happened. */
function relationsTable({ events, lines }: ReportModel['relations']): string {
  return csvTable(
    ['account_id', 'name', 'on', 'source', 'event', 'to', 'state', 'outcome', 'reason', 'refused'],
    [
      ...events.map((e): readonly Cell[] => [
        e.accountId,
        e.name,
        e.on,
        'file',
        e.event,
        e.to,
        null,
        e.outcome,
        e.reason,
        e.refused.join(' | '),
      ]),
      ...lines.flatMap((line) =>
        line.events.map((e): readonly Cell[] => [
          line.accountId,
          line.name,
          e.on,
          'journal',
          e.command,
          null,
          e.state,
          null,
          null,
          null,
        ]),
      ),
    ],
  )
}
