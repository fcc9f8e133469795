/** Characters that no reader sees or that change the order in which others are read; new lines and tabs are layout. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Text for HTML, for an element or an attribute alike. A document shows all that was written, so nothing is cut; what cannot be seen, and what would turn the
 * reading direction, stands as an escape.
 *
 * @example
 * ```ts
 * escapeHtml('<b>\u202e5') // => '&lt;b&gt;\\u{202e}5'
 * ```
 */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(unseen, (char) => (char === '\n' || char === '\t' ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`))
    .replace(/[&<>"']/g, (char) => entities[char] ?? '')
}

/** A piece of HTML, so that no text is taken for one by mistake. */
export interface Html {
  readonly html: string
}

export type Part = string | Html | readonly Part[]

/** Text is escaped, HTML stands as it is, lists are joined. */
const htmlOf = (part: Part): string =>
  typeof part === 'string' ? escapeHtml(part) : 'html' in part ? part.html : part.map(htmlOf).join('')

/** HTML by template: whatever is put in is text, unless it was made by this very function. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: template.reduce((html, piece, k) => html + htmlOf(parts[k - 1] ?? '') + piece) }
}

/** A piece of the page that the program itself wrote, such as its style. */
export const trusted = (html: string): Html => ({ html })
