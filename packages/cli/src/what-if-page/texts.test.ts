import { describe, expect, it } from 'vitest'
import { say, sayText } from './context.ts'
import { formats } from '../report/format.ts'
import { html } from '../report/html.ts'
import { en } from './texts-en.ts'
import { zhCN } from './texts-zh-cn.ts'

const leaves = (value: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([k, v]) => leaves(v, `${path}.${k}`))
    : [[path, String(value)]]
const holes = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? ''))].sort()

describe('texts of the what-if page', () => {
  it('are the same keys in both languages, with the same places to fill', () => {
    const chinese = new Map(leaves(zhCN))
    expect([...chinese.keys()].sort()).toEqual(
      leaves(en)
        .map(([path]) => path)
        .sort(),
    )
    for (const [path, text] of leaves(en)) expect([path, holes(chinese.get(path) ?? '')]).toEqual([path, holes(text)])
  })
  it('choose by a number that is there', () => {
    for (const [path, text] of [...leaves(en), ...leaves(zhCN)])
      for (const [, name = ''] of text.matchAll(/\[(\w+)\?/g)) expect([path, text.includes(`{${name}}`)]).toEqual([path, true])
  })
})

describe('say', () => {
  const f = { f: formats('en', 'USD', 2) }
  it('fills, chooses by number, and escapes', () => {
    expect(sayText(f, '{n} [n?account|accounts]', { n: 1 })).toBe('1 account')
    expect(sayText(f, '{n} [n?account|accounts]', { n: 1200 })).toBe('1,200 accounts')
    expect(say(f, '{who} and {markup}', { who: '<b>', markup: html`<i>x</i>` }).html).toBe('&lt;b&gt; and <i>x</i>')
  })
  it('fills no place inside of what was filled in', () => {
    expect(sayText(f, '{a} {b}', { a: '{b} [n?x|y]', b: 'c' })).toBe('{b} [n?x|y] c')
  })
})
