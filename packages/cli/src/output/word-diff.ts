import { diffArrays } from 'diff'
import type { Locale, PolicyDocument, PolicyTable } from '@ka-governance/core'

/** A piece of a text: in both versions, only in the old one, or only in the new one. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** A paragraph or a row of a table of which the two versions say different things. */
export interface ChangedText {
  readonly chapter: string
  /** Title of the table; `null` for a paragraph. */
  readonly table: string | null
  readonly pieces: readonly Piece[]
}

const segmenters: { readonly [L in Locale]: Intl.Segmenter } = {
  en: new Intl.Segmenter('en', { granularity: 'word' }),
  'zh-CN': new Intl.Segmenter('zh-CN', { granularity: 'word' }),
}

const segmentsOf = (text: string, locale: Locale): string[] =>
  Array.from(segmenters[locale].segment(text), ({ segment }) => segment)

/**
 * The differences of two texts by words, of Chinese too. The pieces without the added ones are the old text, those without the removed ones the new one.
 *
 * @example
 * ```ts
 * wordDiff('within 4 hours', 'within 6 hours', 'en').filter((p) => p.kind !== 'same')
 * // => [{ kind: 'removed', text: '4' }, { kind: 'added', text: '6' }]
 * ```
 */
export function wordDiff(before: string, after: string, locale: Locale): readonly Piece[] {
  return diffArrays(segmentsOf(before, locale), segmentsOf(after, locale)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

interface Line {
  readonly key: string
  readonly chapter: string
  readonly table: string | null
  readonly text: string
}

/** Every paragraph and every row under a key that stays while its words change: a paragraph by its place, a row by its first cell. */
function linesOf({ title, sections }: PolicyDocument): readonly Line[] {
  const lines: Line[] = [{ key: 'title', chapter: title, table: null, text: title }]
  for (const { id, title: chapter, blocks } of sections)
    blocks.forEach((block, index) => {
      const place = `${id}/${String(index)}`
      if (block.kind === 'paragraph') lines.push({ key: place, chapter, table: null, text: block.text })
      else lines.push(...rowsOf(block, place, chapter))
    })
  return lines
}

function rowsOf(block: PolicyTable, place: string, chapter: string): readonly Line[] {
  const seen = new Map<string, number>()
  return [block.head, ...block.rows].map((row, index) => {
    const name = index === 0 ? 'head' : `row ${row[0] ?? ''}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return { key: `${place}/${name}/${String(times)}`, chapter, table: block.title, text: row.join(' | ') }
  })
}

/** What two versions of a policy say differently, paragraph by paragraph and row by row, in the order of the document [GOV-05]. */
export function diffDocuments(before: PolicyDocument, after: PolicyDocument, locale: Locale): readonly ChangedText[] {
  const old = new Map(linesOf(before).map((line) => [line.key, line]))
  const now = new Map(linesOf(after).map((line) => [line.key, line]))
  const told = new Set<string>()
  return diffArrays([...old.keys()], [...now.keys()]).flatMap(({ value }) =>
    value.flatMap((key): readonly ChangedText[] => {
      const [was, is] = [old.get(key), now.get(key)]
      const line = is ?? was
      // A row that moved stands twice in the list of keys.
      if (line === undefined || was?.text === is?.text || told.has(key)) return []
      told.add(key)
      return [{ chapter: line.chapter, table: line.table, pieces: wordDiff(was?.text ?? '', is?.text ?? '', locale) }]
    }),
  )
}
