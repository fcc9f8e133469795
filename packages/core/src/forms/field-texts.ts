import type { JsonValue } from '../errors/index.ts'
import { lookUp, textOf } from '../i18n/text-of.ts'
import { harmless, type Catalogue, type Locale } from '../i18n/index.ts'
import { tiers, type Labels, type Tier } from '../policy/index.ts'
import type { ChoiceValue } from './field-shape.ts'

/** Where a field stands: the command, its form if it has one, and the path inside. */
export interface FieldPlace {
  readonly command: string
  readonly form: string | null
  /** `prevention.owner`; list items have no number. */
  readonly path: string
}

/** A text in every language. */
export const inBoth = (of: (locale: Locale) => string): Labels => ({ en: of('en'), 'zh-CN': of('zh-CN') })

const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** The field's own name, without those of the groups around it. */
export function labelOf({ command, path }: FieldPlace, locale: Locale): string {
  const { ambiguousFields, fields } = textOf(locale)
  const name = nameOf(path)
  return lookUp(ambiguousFields, `${command}.${path}`) ?? lookUp(fields, name) ?? harmless(name)
}

/** What to write; `null` where the catalogue has no help, as for commands without a form. */
export function helpOf({ form, path }: FieldPlace, locale: Locale): string | null {
  const { help } = textOf(locale)
  const own = form === null ? null : lookUp(help.fields, `${form}.${path}`)
  return own ?? lookUp(help.fields, path) ?? lookUp(help.fields, nameOf(path))
}

/** The title of a form; a form that nobody knows under its own name. */
export const titleOf = (form: string, locale: Locale): string => lookUp(textOf(locale).effects.forms, form) ?? harmless(form)

/** The name of a command; one that nobody knows under its own name. */
export function commandName(kind: string, command: string, locale: Locale): string {
  const all = new Map<string, { readonly [command: string]: string }>(Object.entries(textOf(locale).commands))
  return lookUp(all.get(kind) ?? {}, command) ?? harmless(command)
}

/** What a form is for; `null` where the catalogue does not know it. */
export const formHelp = (form: string, locale: Locale): string | null => lookUp(textOf(locale).help.forms, form)

const isTier = (value: ChoiceValue): value is Tier => tiers.some((tier) => tier === value)

/**
 * The name of a value among all those of its choice. The set decides: `reject` means one thing in a vote and another elsewhere.
 */
export function choiceLabel(path: string, value: ChoiceValue, values: readonly ChoiceValue[], locale: Locale): string {
  const texts = textOf(locale)
  if (value === null) return texts.grammar.nothing
  if (typeof value === 'boolean') return value ? texts.grammar.yes : texts.grammar.no
  if (typeof value === 'number') return String(value)
  if (values.every((v) => isTier(v) || v === 'exit')) return texts.grammar.tier(value as Tier | 'exit')
  const known = groupsOf(texts, nameOf(path)).find((group) =>
    values.every((v) => typeof v !== 'string' || Object.hasOwn(group, v)),
  )
  return (known === undefined ? null : lookUp(known, value)) ?? harmless(value)
}

/** Lists of names that may hold a field's values: the one called like the field, then the smallest. */
function groupsOf(texts: Catalogue, name: string): readonly { readonly [value: string]: string }[] {
  const { approvals, choices } = texts
  const all = new Map<string, { readonly [value: string]: string }>(Object.entries(choices))
  const rest = [...all.values(), approvals.choices, approvals.stances, approvals.names, texts.roles]
  const size = (group: object): number => Object.keys(group).length
  const own = all.get(name)
  return [...(own === undefined ? [] : [own]), ...rest.sort((a, b) => size(a) - size(b))]
}

/** True for what a person would call empty. */
export const isBlank = (value: JsonValue | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
