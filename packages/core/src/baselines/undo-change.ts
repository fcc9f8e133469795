import type { WorkingCalendar } from '../calendar/index.ts'
import { applyDiff } from './apply-diff.ts'
import { diffBaselines } from './diff-baselines.ts'
import { baselineSchema, type Baseline } from './schema.ts'
import type { DiffEntry } from './types.ts'

/**
 * The baseline without one change: what the change set goes back to what it was, unless something later has set it anew; later changes stay. Where the rest
 * makes no valid plan (a later milestone behind the earlier end date), it is the earlier content as a whole, for the assessment to show.
 *
 * @param current the baseline in force
 * @param before the content before the change
 * @param after the content that the change had set
 */
export function undoChange(current: Baseline, before: Baseline, after: Baseline, calendar: WorkingCalendar): Baseline {
  const since = new Set(diffBaselines(after, current, calendar).map((entry) => entry.path))
  const back = diffBaselines(after, before, calendar).filter((entry: DiffEntry) => !since.has(entry.path))
  const result = applyDiff(current, back)
  return baselineSchema.safeParse(result).success ? result : before
}
