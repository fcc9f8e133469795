import { parameterAt, type Parameter } from '../clauses.ts'
import type { Labels } from '../parts.ts'
import { groupWords, innerWords } from './words.ts'

/** A place in a policy in the words of the parameter table. */
export interface Place {
  /** The parameter that the place is, or lies in; `undefined` for a heading over several. */
  readonly parameter: Parameter | undefined
  /** Names from the parameter (or the outermost heading) inwards. Keys that a policy made up itself stand as they are. */
  readonly names: readonly (Labels | string)[]
}

const own = (words: { readonly [key: string]: Labels }, key: string): Labels | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined

/** Maps whose keys the company chooses: a department called `unit` is no unit of time. */
const chosen: ReadonlySet<string> = new Set([
  'calendars',
  'calendar.byRegion',
  'departments',
  'directory.people',
  'authority',
  'admission.leadSources',
  'admission.classes',
  'classes',
  'cadence.care',
  'rebate.brackets',
  'complaint.reworkNatures',
  'complaint.channels',
  'complaint.severities',
  'complaint.tighter',
  'sla.pauseReasons',
])

/** The lists of a policy name their items by what tells them apart; see the list of lists in `diff`. */
const isChosen = (outer: readonly (string | number)[]): boolean =>
  chosen.has(outer.join('.')) || outer.at(-1) === 'stages' || /^calendars\..+\.(holidays|overrides|breaks)$/.test(outer.join('.'))

/** The names of a place, outermost first. `path` may have `*` for any key. */
export function placeAt(path: readonly (string | number)[]): Place {
  const parameter = parameterAt(path)
  const length = parameter === undefined ? 0 : parameter.path.split('.').length
  const inner = path.slice(length)
  const words = parameter === undefined ? groupWords : innerWords
  const names = inner.map((key, index) => {
    const text = String(key)
    return isChosen(path.slice(0, length + index))
      ? text
      : (own(words, [...path.slice(0, length), text].join('.')) ?? own(words, text) ?? text)
  })
  return { parameter, names: parameter === undefined ? names : [parameter.label, ...names] }
}
