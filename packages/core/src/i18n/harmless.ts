/** Characters that steer a terminal, reverse the reading direction, cannot be seen, or do not exist. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/u
const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function shown(char: string): string {
  if (char === '<') return '‹'
  if (char === '>') return '›'
  if (!unseen.test(char)) return char
  return shortNames[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}

/**
 * Text that somebody else wrote, made fit to stand in a sentence: control, invisible and direction-changing characters as escapes, angle brackets as
 * ‹ ›, at most `max` characters of it. The result is plain text: whoever puts it into HTML or SQL escapes it as any other text.
 *
 * @example
 * ```ts
 * harmless('a\u0007<b>', 80) // => 'a\\u{7}‹b›'
 * ```
 */
export function harmless(text: string, max = 80): string {
  // A character takes at most two units: of a text of a gigabyte only the beginning is looked at.
  const chars = Array.from(text.slice(0, 2 * max + 2))
  const cut = chars.length > max
  return chars.slice(0, max).map(shown).join('') + (cut ? '…' : '')
}
