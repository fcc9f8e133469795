/** How a text has to be written, by name: in English, as the schema says it. */
export const formats = {
  id: 'an id: a small letter, then letters, digits or -',
  role: 'a role such as accountManager, product or product.head',
  date: 'a date YYYY-MM-DD from 1900 to 2199',
  currency: 'an ISO 4217 code such as CNY',
  rate: 'a number or a fraction such as "1/3"',
  policyId: 'small letters, digits and -',
  version: 'a version such as 3 or 1.4.0',
} as const

/** One of {@link formats}. */
export type FormatName = keyof typeof formats

/** The format that a message of the schema is about. */
export const formatOf = (message: string): FormatName | null =>
  (Object.keys(formats) as readonly FormatName[]).find((name) => formats[name] === message) ?? null
