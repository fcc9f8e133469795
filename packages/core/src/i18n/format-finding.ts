import type { Finding } from '../errors/index.ts'
import { parameterAt, units, type Parameter, type LintText, type LintTexts, type LintWords } from '../policy/index.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lintWords } from './lint-words.ts'
import { lookUp, textOf } from './text-of.ts'

/** Kinds that say all there is to say; of the others the English message tells more. */
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

/** What a check says in a language; `null` for a finding of no check, or of one that another version made. */
function textOfCheck({ check, data }: Finding, locale: Locale): LintText | null {
  const { lint } = textOf(locale)
  if (check === undefined || !Object.hasOwn(lint, check)) return null
  const say = lint[check as keyof LintTexts] as (data: NonNullable<Finding['data']>, words: LintWords) => LintText
  try {
    return say(data ?? {}, lintWords(locale))
  } catch {
    // Its data are of another shape: the English message is still there.
    return null
  }
}

const pathParts = (path: string): readonly string[] => path.replaceAll(/\[(\d+)\]/g, '.$1').split('.', 40)

/**
 * One thing wrong with an input: where, what, and what to write instead. The place stands under the policy's own name of the parameter, or the form's
 * name of the field. What a check between parameters found is said in full in either language. Other findings carry their particulars as an English message;
 * other languages quote it, marked as English, where the kind of the finding does not say it all.
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
  const parameter = parameterAt(parts)
  // The example of a whole group would not fit a value inside it; a placeholder inside is how the group is left open.
  const exact = parameter !== undefined && (code === 'unset' || parameter.path.split('.').length === parts.length)
  const detail = harmless(message, 300)
  const hint = harmless(remedy, 300)
  const own = textOfCheck(finding, locale)
  const english = selfExplaining.has(code) || detail === '' ? '' : errors.inEnglish(detail, hint)
  const fill = exact
    ? errors.fill(grammar.quote(units[parameter.unit][locale]), grammar.quote(exampleOf(finding, parameter)))
    : null
  const where = placeOf(finding, parameter?.label[locale] ?? null, locale)
  if (own !== null)
    return errors.finding({
      where: finding.severity === 'warning' ? grammar.pair(errors.warning, where) : where,
      what: lookUp(errors.findings, code) ?? errors.otherFinding,
      detail: harmless(own[0], maxText),
      remedy: grammar.sentence(harmless(own[1], maxText)),
    })
  return errors.finding({
    where: finding.severity === 'warning' ? grammar.pair(errors.warning, where) : where,
    what: lookUp(errors.findings, code) ?? errors.otherFinding,
    detail: english === '' ? null : english,
    remedy: locale === 'en' ? (hint === '' ? null : grammar.sentence(hint)) : fill,
  })
}

/** The example that the finding has, in the currency of what was checked; else the parameter's own. */
const exampleOf = ({ data }: Finding, { example }: Parameter): string =>
  typeof data?.['example'] === 'string' ? harmless(data['example'], 300) : example

/** The name of the place, with path, line and requirement in brackets. */
function placeOf({ path, line, column, clause }: Finding, label: string | null, locale: Locale): string {
  const { errors, grammar } = textOf(locale)
  const field = path === '' ? errors.wholeInput : createWords(locale, {}, false).field(path.slice(0, 120))
  const name = label ?? field
  const ids = [
    ...(path === '' || name === path ? [] : [harmless(path, 120)]),
    ...(line === undefined ? [] : [errors.line(line, column ?? null)]),
    ...(clause === undefined ? [] : [harmless(clause, 40)]),
  ]
  return ids.length === 0 ? name : `${name}${grammar.remark(grammar.series(ids))}`
}
