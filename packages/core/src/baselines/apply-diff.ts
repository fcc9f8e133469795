import { normalBaseline, type Baseline } from './schema.ts'
import type { BaselineDiff, DiffEntry } from './types.ts'

/**
 * The baseline that a difference leads to. `applyDiff(a, diffBaselines(a, b))` is `b`; on another baseline it sets what the difference names and leaves the
 * rest as it stands.
 */
export function applyDiff(before: Baseline, diff: BaselineDiff): Baseline {
  return normalBaseline(diff.reduce(applyEntry, before))
}

function applyEntry(content: Baseline, entry: DiffEntry): Baseline {
  switch (entry.path) {
    case 'scope':
    case 'endDate':
    case 'qualityStandard':
    case 'budget':
      return { ...content, [entry.path]: entry.after }
    default: {
      const list = entry.path.startsWith('milestones.') ? 'milestones' : 'resources'
      const key = list === 'milestones' ? 'id' : 'name'
      const name = entry.path.slice(list.length + 1)
      const others = (content[list] as readonly { readonly [key: string]: unknown }[]).filter((item) => item[key] !== name)
      return { ...content, [list]: entry.after === null ? others : [...others, entry.after] }
    }
  }
}
