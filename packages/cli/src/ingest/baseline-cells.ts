import { compileDateFormat } from './dates.ts'
import { longText, type Cells } from './cells.ts'
import type { RowReader } from './read-section.ts'
import type { RecordedBaseline, RecordedMilestone, RecordedResource } from './recorded.ts'

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
      return row.fail('value_missing', 'a milestone is a name, "@" and a day', 'write it as Trial run@2025-03-31', field)
    const day = readIso?.(date) ?? null
    if (day?.dateOnly !== true)
      return row.fail('date_malformed', 'the day of a milestone is not a date such as 2025-03-31', 'correct it', field)
    return { name, date }
  })
  if (new Set(milestones.map((m) => m.name)).size !== milestones.length)
    return row.fail('conflicting_rows', 'two milestones have the same name', 'give each its own', field)
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
    if (name === '') return row.fail('value_missing', 'a resource without a name', 'write it as Fitters=4', field)
    return amount === '' ? { name } : { name, amount }
  })
  if (new Set(resources.map((r) => r.name)).size !== resources.length)
    return row.fail('conflicting_rows', 'two resources have the same name', 'give each its own', field)
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
