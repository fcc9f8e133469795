import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml, markup, trusted } from './html.ts'

describe('text in HTML', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`" onload='x'`, '&quot; onload=&#39;x&#39;'],
    ['&lt;', '&amp;lt;'],
    ['a\u202egnp.exe', 'a\\u{202e}gnp.exe'],
    ['a\u2066b\u2069\u200f', 'a\\u{2066}b\\u{2069}\\u{200f}'],
    ['\u0000\u001b[31m\u2028', '\\u{0}\\u{1b}[31m\\u{2028}'],
    ['\ud800x', '\\u{d800}x'],
    ['line\r\nline\tend', 'line\nline\tend'],
    ['苏州工厂 №7 👍 𠮷', '苏州工厂 №7 👍 𠮷'],
  ])('%j', (text, html) => {
    expect(escapeHtml(text)).toBe(html)
  })
  it('holds no markup whatever was written, and can be read back', () => {
    const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';', '#', '/', '\n') }), (text) => {
        const html = escapeHtml(text)
        expect(html).not.toMatch(/[<>"']/)
        expect(html.replace(/&(\w+|#39);/g, (_, name: string) => entities[name] ?? '?')).toBe(text)
      }),
    )
  })
  it('is told from HTML by its type', () => {
    expect(markup`<p title="${'"'}">${'<b>'}${trusted('<hr>')}${[markup`<i>${'&'}</i>`, 'x']}</p>`.html).toBe(
      '<p title="&quot;">&lt;b&gt;<hr><i>&amp;</i>x</p>',
    )
  })
})
