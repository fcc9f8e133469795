import { baselineCells } from './baseline-cells.ts'
import { cellsOf, longText } from './cells.ts'
import type { PortfolioDraft } from './draft.ts'
import type { ChangesMapping, ProjectsMapping } from './mapping-schema.ts'
import type { FileTally } from './portfolio.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import { once } from './once.ts'
import { say } from '../said.ts'
import { correctDay, fieldBlank, noAccount } from './row-words.ts'

type ProjectField = keyof ProjectsMapping['columns']
type ChangeField = keyof ChangesMapping['columns']

const sameId = [say('has the same id otherwise', '编号相同而内容不同'), say('keep one row an id', '每个编号只保留一行')] as const

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
      return row.fail('account_unknown', noAccount, say('add it, or remove the project', '请补上该客户，或删除该项目'), 'account')
    const registeredOn = row.requiredDate('registeredOn')
    const closedOn = row.date('closedOn')
    if (closedOn !== null && closedOn < registeredOn)
      return row.fail('times_out_of_order', say('closed before it was registered', '结项早于登记'), correctDay, 'closedOn')
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
      return row.fail('value_missing', fieldBlank, say('fill it in: a baseline is complete', '请填写：项目基准必须完整'), blank)
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
      return row.fail(
        'project_unknown',
        say('the project files do not have this project', '项目文件中没有该项目'),
        say('add it, or remove the change', '请补上该项目，或删除该变更'),
        'project',
      )
    const appliedOn = row.requiredDate('appliedOn')
    if (appliedOn < project.registeredOn)
      return row.fail(
        'times_out_of_order',
        say('applied for before the project was registered', '申请早于项目登记'),
        correctDay,
        'appliedOn',
      )
    const implementedOn = row.date('implementedOn')
    if (implementedOn !== null && implementedOn < appliedOn)
      return row.fail(
        'times_out_of_order',
        say('implemented before it was applied for', '实施早于申请'),
        correctDay,
        'implementedOn',
      )
    const changed = baselineCells<ChangeField>(row, cells)
    if (Object.keys(changed).length === 0)
      return row.fail(
        'value_missing',
        say('no field of the baseline is changed', '没有变更项目基准的任何内容'),
        say('fill in what changes, or remove the row', '请填写变更内容，或删除该行'),
        'scope',
      )
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
