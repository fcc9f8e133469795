/** Languages of the catalogues, as BCP 47 tags. The language is an argument of every formatter; nothing remembers it. */
export const locales = ['en', 'zh-CN'] as const
/** One of {@link locales}. */
export type Locale = (typeof locales)[number]
