import type { JsonValue } from '../../errors/index.ts'
import { canonicalJson } from '../../rules/index.ts'
import { formatMoney } from '../parts.ts'

/** How the items of a list are told apart, and whether their order means anything. */
interface ListKind {
  readonly place: string
  readonly ordered: boolean
  readonly key: (item: JsonValue) => string
}

const part = (item: JsonValue | undefined, name: string): JsonValue | undefined =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as { [key: string]: JsonValue })[name] : undefined

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : canonicalJson(value ?? null))
const itself = (item: JsonValue): string => text(item)
const by =
  (...names: readonly string[]) =>
  (item: JsonValue): string =>
    names.map((name) => text(part(item, name))).join(' ')

const names = (value: JsonValue | undefined): string =>
  Array.isArray(value) ? [...(value as readonly JsonValue[])].map(text).sort().join('+') : '*'

/** Where a bracket begins, as a person reads it. */
const bracketKey = (from: JsonValue | undefined): string => {
  const [currency, minor] = [part(from, 'currency'), part(from, 'minor')]
  return typeof currency === 'string' && typeof minor === 'number' ? formatMoney({ currency, minor }) : text(from)
}

/** Every list of a policy that is more than one value; the test walks the schema for one that is missing. */
export const lists: readonly ListKind[] = [
  { place: 'exchangeRates', ordered: false, key: by('from', 'to', 'since') },
  { place: 'calendars.*.holidays', ordered: false, key: (item) => text(part(item, 'date') ?? item) },
  { place: 'calendars.*.makeupWorkdays', ordered: false, key: itself },
  { place: 'calendars.*.holidaySets', ordered: false, key: itself },
  { place: 'directory.people.*.roles', ordered: false, key: itself },
  { place: 'directory.people.*.accounts', ordered: false, key: itself },
  { place: 'directory.delegations', ordered: false, key: by('from', 'to', 'since') },
  { place: 'authority.*', ordered: false, key: itself },
  { place: 'cadence.care', ordered: false, key: by('occasion') },
  { place: 'rebate.brackets', ordered: false, key: (item) => bracketKey(part(item, 'from')) },
  { place: 'complaint.severities', ordered: true, key: by('id') },
  {
    place: 'complaint.tighter',
    ordered: false,
    key: (item) => `${names(part(part(item, 'when'), 'tiers'))} ${names(part(part(item, 'when'), 'severities'))}`,
  },
  { place: 'complaint.tighter.*.when.tiers', ordered: false, key: itself },
  { place: 'complaint.tighter.*.when.severities', ordered: false, key: itself },
  { place: 'sla.ladder', ordered: true, key: by('kind') },
  { place: 'change.consentFor', ordered: false, key: itself },
  { place: 'approval.*.stages', ordered: true, key: by('id') },
  ...['electors', 'required', 'veto', 'heard'].map((name) => ({
    place: `approval.*.stages.*.${name}`,
    ordered: false,
    key: itself,
  })),
  { place: 'approval.*.copy', ordered: false, key: itself },
]

/** Lists that are one value: the hours of a day, in whatever order they are written. */
export const hours: readonly string[] = [
  'calendars.*.week.*',
  'calendars.*.makeupHours',
  'calendars.*.overrides.*',
  'calendars.*.breaks.*',
]

export const isAt = (place: string, path: readonly string[]): boolean => {
  const parts = place.split('.')
  return parts.length === path.length && parts.every((one, i) => one === '*' || one === path[i])
}

/** The kind of list at a path; `undefined` where there is none. */
export const listAt = (path: readonly string[]): ListKind | undefined => lists.find(({ place }) => isAt(place, path))

/**
 * The items of a list by their keys, in the order of the list. Items with the same key are numbered; where the order means nothing they are numbered in
 * an order of their own.
 */
export function keyed(items: readonly JsonValue[], { key, ordered }: ListKind): ReadonlyMap<string, JsonValue> {
  const numbered = items.map((item, index) => ({ item, index, sort: ordered ? '' : canonicalJson(item) }))
  const byKey = new Map<string, { readonly item: JsonValue; readonly index: number }>()
  for (const { item, index } of ordered ? numbered : [...numbered].sort(byText)) {
    const wanted = key(item)
    let free = wanted
    for (let n = 2; byKey.has(free); n++) free = `${wanted} #${String(n)}`
    byKey.set(free, { item, index })
  }
  return new Map([...byKey].sort(([, a], [, b]) => a.index - b.index).map(([name, { item }]) => [name, item]))
}

const byText = (a: { readonly sort: string }, b: { readonly sort: string }): number =>
  a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0
