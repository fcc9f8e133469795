/** Text that is already HTML. Only {@link html}, {@link join} and {@link trusted} make one. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | null | undefined | false | readonly Part[]

const escapes: { readonly [char: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Characters that reorder or hide text: a hostile name must not rewrite its surroundings. */
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Escapes text for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(invisible, '\ufffd').replace(/[&<>"'`]/g, (c) => escapes[c] ?? c)
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  if ('html' in part) return part.html
  return part.map(render).join('')
}

/**
 * HTML with every inserted value escaped.
 *
 * @example
 * ```ts
 * html`<b title="${'"'}">${'<script>'}</b>`.html // => '<b title="&quot;">&lt;script&gt;</b>'
 * ```
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let out = strings[0] ?? ''
  parts.forEach((part, i) => {
    out += render(part) + (strings[i + 1] ?? '')
  })
  return { html: out }
}

/** Text of our own that is HTML: styles, the script, the statecharts. */
export function trusted(markup: string): Html {
  return { html: markup }
}
