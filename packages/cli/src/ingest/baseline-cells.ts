import { compileDateFormat } from './dates.ts'
import { longText, type Cells } from './cells.ts'
import type { RowReader } from './read-section.ts'
import type { RecordedBaseline, RecordedMilestone, RecordedResource } from './recorded.ts'
import { say } from '../said.ts'
import { correctIt, ownName } from './row-words.ts'

/** Fields of a baseline, in projects and in changes. */
export type BaselineField = 'scope' | 'milestones' | 'endDate' | 'resources' | 'qualityStandard' | 'budget' | 'currency'

const readIso = compileDateFormat('iso')

/** `Trial run@2025-03-31; Acceptance@2025-05-30`: the day follows the last `@`, whatever the name holds. */
function milestonesOf<Field extends string>(
  row: RowReader<Field>,
  cells: Cells<Field>,
  field: Field,
): readonly RecordedMilestone[] {
  const milestones = cells.list(field, longText).map((part): RecordedMilestone => {
    const at = part.lastIndexOf('@')
    const name = part.slice(0, Math.max(0, at)).trim()
    const date = part.slice(at + 1).trim()
    if (at < 0 || name === '')
      return row.fail(
        'value_missing',
        say('a milestone is a name, "@" and a day', '里程碑应由名称、“@”和日期组成'),
        say('write it as Trial run@2025-03-31', '请写成“试运行@2025-03-31”的形式'),
        field,
      )
    const day = readIso?.(date) ?? null
    if (day?.dateOnly !== true)
      return row.fail(
        'date_malformed',
        say('the day of a milestone is not a date such as 2025-03-31', '里程碑的日期不是2025-03-31这样的日期'),
        correctIt,
        field,
      )
    return { name, date }
  })
  if (new Set(milestones.map((m) => m.name)).size !== milestones.length)
    return row.fail('conflicting_rows', say('two milestones have the same name', '有两个里程碑同名'), ownName, field)
  return milestones
}

/** `Project leader=1; Fitters=4`: the amount is free text, and may be missing. */
function resourcesOf<Field extends string>(
  row: RowReader<Field>,
  cells: Cells<Field>,
  field: Field,
): readonly RecordedResource[] {
  const resources = cells.list(field, longText).map((part): RecordedResource => {
    const at = part.indexOf('=')
    const name = (at < 0 ? part : part.slice(0, at)).trim()
    const amount = at < 0 ? '' : part.slice(at + 1).trim()
    if (name === '')
      return row.fail(
        'value_missing',
        say('a resource without a name', '资源没有名称'),
        say('write it as Fitters=4', '请写成“装配工=4”的形式'),
        field,
      )
    return amount === '' ? { name } : { name, amount }
  })
  if (new Set(resources.map((r) => r.name)).size !== resources.length)
    return row.fail('conflicting_rows', say('two resources have the same name', '有两项资源同名'), ownName, field)
  return resources
}

/** The parts of a baseline that the row states; blank ones are left out. */
export function baselineCells<Field extends string>(
  row: RowReader<Field | BaselineField>,
  cells: Cells<Field | BaselineField>,
): Partial<RecordedBaseline> {
  const scope = row.text('scope', longText)
  const milestones = milestonesOf(row, cells, 'milestones')
  const endDate = row.date('endDate')
  const resources = resourcesOf(row, cells, 'resources')
  const qualityStandard = row.text('qualityStandard', longText)
  const budget = cells.money('budget', 'currency')
  return {
    ...(scope === '' ? {} : { scope }),
    ...(milestones.length === 0 ? {} : { milestones }),
    ...(endDate === null ? {} : { endDate }),
    ...(resources.length === 0 ? {} : { resources }),
    ...(qualityStandard === '' ? {} : { qualityStandard }),
    ...(budget === null ? {} : { budget }),
  }
}
