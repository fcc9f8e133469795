import type { Projection } from './records.ts'

/** A value as a visible record has it [GOV-06]. Instants in epoch milliseconds. */
export type RecordValue = string | number | boolean | null

/** A field of a visible record that shows something else than was written into it [GOV-06]. */
export interface RecordDifference {
  /** As the CRM names it, e.g. `KagTier__c`. */
  readonly field: string
  /** What of the projection stands there: `state`, `owner`, `nextDueAt`, `accountId`, `fields.tier` …; `null`: a constant of the mapping. */
  readonly part: string | null
  /** What the projection would have there, in the CRM's own terms; of an instant epoch milliseconds. */
  readonly governed: RecordValue
  /** What stands there instead. */
  readonly shown: RecordValue
  /** Where the CRM has words of its own: the values of the part that would show like this, perhaps none. Absent: `shown` is such a value itself. */
  readonly means?: readonly string[]
}

/** A visible record that somebody changed, or deleted, past the process [GOV-06]. */
export interface RecordDrift {
  readonly instanceId: string
  /** `id` is the CRM's own; `null` where it is not known. */
  readonly record: { readonly object: string; readonly id: string | null }
  /** The record is not there any more, or not under its key; then there are no differences. */
  readonly missing: boolean
  /** One a field that differs. */
  readonly differences: readonly RecordDifference[]
  /** Who changed the record last, whatever was changed, as the CRM tells; `null`: it does not. */
  readonly changedBy: string | null
  /** When, epoch milliseconds. */
  readonly changedAt: number | null
}

/** Where a field of a visible record gets its value from. */
export type RecordSource =
  /** Of the projection; what is `null` there is cleared. */
  | { readonly projection: 'instanceId' | 'kind' | 'accountId' | 'state' | 'open' | 'owner' | 'nextDue' | 'noDueReason' }
  /** Written as the CRM writes a date and time. */
  | { readonly instant: 'openedAt' | 'updatedAt' | 'nextDueAt' }
  /** One of the projection's own fields, e.g. `tier`; cleared where this kind has none. */
  | { readonly field: string }
  /** A word of the CRM (stage, option, picklist) for each of our states; what is not named is left as it is in the record. */
  | { readonly state: { readonly [state: string]: string } }
  | { readonly value: string | number | boolean }

/**
 * The part of a projection that a field shows, as `RecordDifference` names it; `null`: a constant of the mapping [GOV-06].
 *
 * @example
 * ```ts
 * partOfSource({ field: 'tier' }) // => 'fields.tier'
 * ```
 */
export function partOfSource(source: RecordSource): string | null {
  if ('projection' in source) return source.projection
  if ('instant' in source) return source.instant
  if ('field' in source) return `fields.${source.field}`
  return 'state' in source ? 'state' : null
}

const reckoned: readonly string[] = ['nextDueAt', 'nextDue', 'noDueReason', 'provisionalDue', 'owner']

/**
 * Whether a part of a projection can come out otherwise without any command: by newer calendar data, or a newer version of the SDK. What a record shows of such a part is no change by hand where it is
 * what was written; of every other part the projection alone counts, so that no record vouches for itself.
 *
 * @example
 * ```ts
 * isReckoned('nextDueAt') // => true
 * isReckoned('state') // => false
 * ```
 */
export const isReckoned = (part: string | null): boolean => part !== null && reckoned.includes(part)

/**
 * What a copy of a projection that is kept beside a visible record has otherwise: lists are made of it, and it could vouch for itself. Only parts that no calendar and no newer version of the SDK
 * says otherwise.
 *
 * @param field where the copy is kept, as the CRM names it.
 * @param copy `null`: what stands there is no projection.
 * @example
 * ```ts
 * import { makeCommit } from '@ka-governance/core/conformance'
 *
 * const { projection } = makeCommit({ instanceId: 'cmp-1' })
 * differencesOfCopy('copy', { ...projection, open: false }, projection) // => [{ field: 'copy', part: 'open', governed: true, shown: false }]
 * ```
 */
export function differencesOfCopy(field: string, copy: Projection | null, projection: Projection): readonly RecordDifference[] {
  if (copy === null) return [{ field, part: null, governed: projection.seq, shown: null }]
  const parts = (['seq', 'state', 'open', 'accountId'] as const).map((part) => ({
    part: part === 'seq' ? null : part,
    governed: projection[part],
    shown: copy[part],
  }))
  const fields = Object.entries(projection.fields).flatMap(([name, governed]) =>
    Object.hasOwn(copy.fields, name) ? [{ part: `fields.${name}`, governed, shown: copy.fields[name] ?? null }] : [],
  )
  return [...parts, ...fields].flatMap(({ part, governed, shown }): readonly RecordDifference[] =>
    governed === shown ? [] : [{ field, part, governed, shown }],
  )
}
