/** Languages of the catalogues, as BCP 47 tags. The language is an argument of every formatter; nothing remembers it. */
export const locales = ['en', 'zh-CN'] as const
/** One of {@link locales}. */
export type Locale = (typeof locales)[number]

/**
 * The language of the texts for somebody whose language a backend names: `zh_CN`, `zh-Hans-SG`, `en_GB`. Any Chinese gets the simplified texts, since they are nearer
 * than English; every other language gets `otherwise`.
 *
 * @example
 * ```ts
 * localeOf('zh_TW', 'en') // => 'zh-CN'
 * localeOf('de', 'en') // => 'en'
 * ```
 */
export function localeOf(tag: string | null, otherwise: Locale): Locale {
  const [language] = (tag ?? '').toLowerCase().split(/[-_]/)
  return language === 'zh' ? 'zh-CN' : language === 'en' ? 'en' : otherwise
}
