import type { DriftedRecord, Shown } from '../definition/drift.ts'
import type { Projection, RecordDrift } from '../ports/index.ts'
import { compareText } from '../rules/index.ts'
import type { Loaded } from './instance.ts'
import { projectionOf } from './projection-of.ts'
import type { Runtime } from './runtime.ts'

/** Characters of a foreign text that are kept: what a record shows goes into the journal for good. */
const longest = 80

/** A text of the CRM as a journal can hold it: of bounded length, without control characters, and Unicode. */
const tamed = (text: string): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
const orNull = (text: string | null): string | null => (text === null ? null : tamed(text))
const value = (shown: Shown): Shown =>
  typeof shown === 'string' ? tamed(shown) : typeof shown === 'number' && !Number.isFinite(shown) ? null : shown

/** Most fields of a record, and most records, that one entry tells of. */
const most = 50

function recordOf({ record, missing, differences, changedBy, changedAt }: RecordDrift): DriftedRecord {
  return {
    object: tamed(record.object),
    id: orNull(record.id),
    missing,
    differences: [...differences]
      .sort((a, b) => compareText(a.field, b.field))
      .slice(0, most)
      .map(({ field, part, governed, shown, means }) => ({
        field: tamed(field),
        part,
        governed: value(governed),
        shown: value(shown),
        ...(means === undefined ? {} : { means: means.slice(0, most) }),
      })),
    changedBy: orNull(changedBy),
    changedAt: changedAt !== null && Number.isFinite(changedAt) ? changedAt : null,
  }
}

const order = ({ object, id }: DriftedRecord): string => `${object} ${id ?? ''}`

/** The records of an instance that were changed around the process, as its journal's head would have them; none where the store cannot tell. */
export async function driftNow(runtime: Runtime, loaded: Loaded): Promise<readonly DriftedRecord[]> {
  if (runtime.store.drift === undefined) return []
  const found = await driftAmong(runtime, [await projectionOf(runtime, loaded)])
  return found.get(loaded.instance.id) ?? []
}

/** The same for several, by instance; those without drift are left out. */
export async function driftAmong(
  { store }: Pick<Runtime, 'store'>,
  projections: readonly Projection[],
): Promise<ReadonlyMap<string, readonly DriftedRecord[]>> {
  const found = new Map<string, DriftedRecord[]>()
  if (projections.length === 0) return found
  for (const drift of (await store.drift?.(projections)) ?? [])
    if (drift.missing || drift.differences.length > 0)
      found.set(drift.instanceId, [...(found.get(drift.instanceId) ?? []), recordOf(drift)])
  for (const records of found.values()) records.sort((a, b) => compareText(order(a), order(b))).splice(most)
  return found
}
