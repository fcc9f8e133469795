import { baselineCells } from './baseline-cells.ts'
import { cellsOf, longText } from './cells.ts'
import type { PortfolioDraft } from './draft.ts'
import type { ChangesMapping, ProjectsMapping } from './mapping-schema.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { once } from './once.ts'

type ProjectField = keyof ProjectsMapping['columns']
type ChangeField = keyof ChangesMapping['columns']

const sameId = ['has the same id otherwise', 'keep one row an id'] as const

/** Reads projects with the content of their first baseline. */
export async function readProjects(
  context: ReadContext,
  section: ProjectsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const seen = new Map<string, { line: number; raw: string }>()
  const tally = await readFileOfSection<ProjectField>(context, 'projects', file, section, (row) => {
    const cells = cellsOf(row, context.mapping)
    const projectId = row.required('id')
    const before = once(seen, row, projectId, 'id', sameId)
    if (before !== null) return before
    const accountId = row.required('account')
    if (!draft.accounts.has(accountId))
      return row.fail('account_unknown', 'the account files do not have this account', 'add it, or remove the project', 'account')
    const registeredOn = row.requiredDate('registeredOn')
    const closedOn = row.date('closedOn')
    if (closedOn !== null && closedOn < registeredOn)
      return row.fail('times_out_of_order', 'closed before it was registered', 'correct one of the days', 'closedOn')
    const { scope, milestones = [], endDate, resources = [], qualityStandard, budget } = baselineCells<ProjectField>(row, cells)
    if (scope === undefined || endDate === undefined || qualityStandard === undefined || budget === undefined) {
      const blank =
        scope === undefined
          ? 'scope'
          : endDate === undefined
            ? 'endDate'
            : qualityStandard === undefined
              ? 'qualityStandard'
              : 'budget'
      return row.fail('value_missing', 'the field is blank', 'fill it in: a baseline is complete', blank)
    }
    draft.projects.set(projectId, {
      projectId,
      accountId,
      name: row.text('name') || projectId,
      registeredOn,
      baseline: { scope, milestones, endDate, resources, qualityStandard, budget },
      leader: row.text('leader') || null,
      departments: cells.list('departments'),
      closedOn,
    })
    seen.set(projectId, { line: row.line, raw: row.raw })
    return 'used'
  })
  return tally.build()
}

/** Reads changes of projects: only what changes. */
export async function readChanges(
  context: ReadContext,
  section: ChangesMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const seen = new Map<string, { line: number; raw: string }>()
  const tally = await readFileOfSection<ChangeField>(context, 'changes', file, section, (row) => {
    const cells = cellsOf(row, context.mapping, section)
    const changeId = row.required('id')
    const before = once(seen, row, changeId, 'id', sameId)
    if (before !== null) return before
    const projectId = row.required('project')
    const project = draft.projects.get(projectId)
    if (project === undefined)
      return row.fail('project_unknown', 'the project files do not have this project', 'add it, or remove the change', 'project')
    const appliedOn = row.requiredDate('appliedOn')
    if (appliedOn < project.registeredOn)
      return row.fail(
        'times_out_of_order',
        'applied for before the project was registered',
        'correct one of the days',
        'appliedOn',
      )
    const implementedOn = row.date('implementedOn')
    if (implementedOn !== null && implementedOn < appliedOn)
      return row.fail('times_out_of_order', 'implemented before it was applied for', 'correct one of the days', 'implementedOn')
    const changed = baselineCells<ChangeField>(row, cells)
    if (Object.keys(changed).length === 0)
      return row.fail('value_missing', 'no field of the baseline is changed', 'fill in what changes, or remove the row', 'scope')
    draft.changes.push({
      changeId,
      projectId,
      appliedOn,
      reason: row.text('reason', longText),
      changed,
      departments: cells.list('departments'),
      emergency: cells.answer('emergency') ?? false,
      approved: cells.answer('approved') ?? true,
      consent: cells.answer('consent'),
      implementedOn,
      verifiedOk: cells.answer('verifiedOk'),
    })
    seen.set(changeId, { line: row.line, raw: row.raw })
    return 'used'
  })
  return tally.build()
}
