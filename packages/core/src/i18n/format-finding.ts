import type { Finding, JsonValue } from '../errors/index.ts'
import { parameterAt, units, type LintWords, type Parameter, type ReadingText, type Unit } from '../policy/index.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lintWords } from './lint-words.ts'
import { lookUp, textOf } from './text-of.ts'

/** Kinds that say all there is to say; of the others the particulars tell more. */
const selfExplaining: ReadonlySet<string> = new Set([
  'unset',
  'missing',
  'unknown_key',
  'duplicate_key',
  'invalid_type',
  'changed_by_another',
])

/** Characters of a message or a remedy that are shown. */
const maxText = 400

/** What a text is made from. */
type Particulars = Pick<Finding, 'check' | 'data'>
type Tell = (data: NonNullable<Finding['data']>, words: LintWords) => ReadingText

/** The text of a kind of finding; `null` for a kind that is not known, or one that another version made. */
function tell(texts: object, kind: JsonValue | undefined, { data = {} }: Particulars, locale: Locale): ReadingText | null {
  if (typeof kind !== 'string' || !Object.hasOwn(texts, kind)) return null
  try {
    return (texts as { readonly [kind: string]: Tell })[kind]?.(data, lintWords(locale)) ?? null
  } catch {
    // Its data are of another shape: the English message is still there.
    return null
  }
}

/** Unit and example, where a finding asks for a value. */
function fillFrom({ data }: Particulars, locale: Locale): string | null {
  const { errors, grammar } = textOf(locale)
  const [unit, example] = [data?.['unit'], data?.['example']]
  if (typeof unit !== 'string' || !Object.hasOwn(units, unit) || typeof example !== 'string') return null
  return errors.fill(grammar.quote(units[unit as Unit][locale]), grammar.quote(harmless(example, 300)))
}

/**
 * What is wrong and what to do, as the language says it from a finding's data; `null` where there are none. Of what the reading found, a finding carries the
 * English already.
 */
export function ownText(finding: Particulars, locale: Locale): ReadingText | null {
  const { grammar, lint, readings } = textOf(locale)
  const read = locale === 'en' ? null : tell(readings, finding.data?.['kind'], finding, locale)
  const told = finding.check === undefined ? read : tell(lint, finding.check, finding, locale)
  if (told === null) return null
  return [harmless(told[0], maxText), fillFrom(finding, locale) ?? grammar.sentence(harmless(told[1], maxText))]
}

const pathParts = (path: string): readonly string[] => path.replaceAll(/\[(\d+)\]/g, '.$1').split('.', 40)

/**
 * One thing wrong with an input: where, what, and what to write instead. The place stands under the policy's own name of the parameter, or the form's
 * name of the field in its command. What the reading of a policy, a calendar, a command or its form and the checks between parameters found is said in full in
 * either language. Any other finding (of an argument, of the host's own) has its particulars in its message alone: that is quoted, marked as English, where the
 * kind does not say it all.
 *
 * @example
 * ```ts
 * formatFinding({ path: 'cycle.length', code: 'unset', message: 'no value yet', remedy: 'give a value', line: 12 }, 'zh-CN')
 * // => '评估周期长度（cycle.length、第12行）：尚未填写。请填写“个月”，例如：“6”。'
 * ```
 */
export function formatFinding(finding: Finding, locale: Locale): string {
  const { errors, grammar } = textOf(locale)
  const { path, code, message, remedy } = finding
  const parts = pathParts(path.slice(0, 400))
  // A command's fields may be called like a part of the policy; they have nothing to do with it.
  const parameter = commandOf(finding) === undefined ? parameterAt(parts) : undefined
  // The example of a whole group would not fit a value inside it; a placeholder inside is how the group is left open.
  const exact = parameter !== undefined && (code === 'unset' || parameter.path.split('.').length === parts.length)
  const detail = harmless(message, 300)
  const hint = harmless(remedy, 300)
  const own = ownText(finding, locale)
  const english = selfExplaining.has(code) || detail === '' ? '' : errors.inEnglish(detail, hint)
  const fill = exact
    ? errors.fill(grammar.quote(units[parameter.unit][locale]), grammar.quote(exampleOf(finding, parameter)))
    : null
  const place = placeOf(finding, parameter?.label[locale] ?? null, locale)
  const where = finding.severity === 'warning' ? grammar.pair(errors.warning, place) : place
  const what = lookUp(errors.findings, code) ?? errors.otherFinding
  if (own !== null)
    return errors.finding({
      where,
      what,
      detail: selfExplaining.has(code) && finding.check === undefined ? null : own[0],
      remedy: own[1],
    })
  return errors.finding({
    where,
    what,
    detail: english === '' ? null : english,
    remedy: locale === 'en' ? (hint === '' ? null : grammar.sentence(hint)) : fill,
  })
}

/** The example that the finding has, in the currency of what was checked; else the parameter's own. */
const exampleOf = ({ data }: Finding, { example }: Parameter): string =>
  typeof data?.['example'] === 'string' ? harmless(data['example'], 300) : example

/** The command in which something is wrong; `undefined`: in something else. */
function commandOf({ data }: Finding): string | undefined {
  const command = data?.['command']
  return typeof command === 'string' ? command : undefined
}

/** The name of the place, with path, line and requirement in brackets. */
function placeOf(finding: Finding, label: string | null, locale: Locale): string {
  const { path, line, column, clause } = finding
  const { errors, grammar } = textOf(locale)
  const field = path === '' ? errors.wholeInput : createWords(locale, {}, false).field(path.slice(0, 120), commandOf(finding))
  const name = label ?? field
  const ids = [
    ...(path === '' || name === path ? [] : [harmless(path, 120)]),
    ...(line === undefined ? [] : [errors.line(line, column ?? null)]),
    ...(clause === undefined ? [] : [harmless(clause, 40)]),
  ]
  return ids.length === 0 ? name : `${name}${grammar.remark(grammar.series(ids))}`
}
