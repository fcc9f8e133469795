/** Characters that steer a terminal, reverse the reading direction, cannot be seen, or do not exist. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')

/** Text with what cannot be seen as the escapes that JSON has for it: what it means is the same, and a terminal shows it. */
export const escapeUnseen = (text: string): string => text.replace(unseen, escaped)

/**
 * Text for a log or a terminal: one line, nothing in it that steers, at most `max` characters.
 *
 * @example
 * ```ts
 * printable('a\u0007b', 40) // => 'a\\u0007b'
 * ```
 */
export function printable(text: string, max: number): string {
  const safe = escapeUnseen(text.slice(0, max + 1))
  return safe.length > max ? `${safe.slice(0, max)}…` : safe
}
