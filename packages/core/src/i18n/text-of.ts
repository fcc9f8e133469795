import { InvalidInputError } from '../errors/index.ts'
import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import { harmless } from './harmless.ts'
import { locales, type Locale } from './locale.ts'
import { zhCn } from './zh-cn.ts'

const catalogues: { readonly [L in Locale]: Catalogue } = { en, 'zh-CN': zhCn }

/**
 * The texts of a language: names of states, commands, fields, roles, clocks and so on, for a host's own pages.
 *
 * @throws InvalidInputError when there is no such language; another one never stands in.
 * @example
 * ```ts
 * textOf('zh-CN').states.complaint.received // => '已受理'
 * ```
 */
export function textOf(locale: Locale): Catalogue {
  if (Object.hasOwn(catalogues, locale)) return catalogues[locale]
  const asked: unknown = locale
  throw new InvalidInputError('language', [
    {
      path: 'locale',
      code: 'value',
      message: `there are no texts in ${typeof asked === 'string' ? harmless(asked, 40) : typeof asked}`,
      remedy: `one of ${locales.join(', ')}`,
    },
  ])
}

/** A text by its name; `null` for a name that the catalogue does not know. Never an inherited property. */
export function lookUp(texts: { readonly [name: string]: string }, name: string): string | null {
  return Object.hasOwn(texts, name) ? (texts[name] ?? null) : null
}
