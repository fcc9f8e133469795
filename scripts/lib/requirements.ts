// The numbers of the requirements: docs/requirements.md, and where the repository names them.
import { tableRows } from './table-rows.ts'

/** Where a number is named. */
export type Named = ReadonlyMap<string, readonly string[]>
export type Missing = Readonly<{ id: string; reason: string; namedIn: readonly string[] }>
export type Page = Readonly<{ asked: readonly string[]; missing: readonly Missing[] }>

/** Whether a file is a test or a helper of tests. */
export const isTest = (path: string): boolean => path.endsWith('.test.ts') || /(^|\/)(test|testing)\//.test(path)

const partOf = (text: string, heading: string): string => text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''

/** `ADM-01 … ADM-13` as its numbers. */
const span = (cell: string): readonly string[] => {
  const [, family = '', from = '', to = ''] = /^([A-Z]{1,4})-(\d\d) … \1-(\d\d)$/.exec(cell) ?? []
  if (family === '' || Number(to) < Number(from)) throw new Error(`no numbers: ${cell}`)
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${family}-${String(Number(from) + i).padStart(2, '0')}`)
}

/** What docs/requirements.md asks, and what it says is missing. */
export const readPage = (text: string): Page => ({
  asked: tableRows(partOf(text, 'What is asked')).flatMap(([, numbers = '']) => span(numbers)),
  missing: tableRows(partOf(text, 'Not served yet')).map(([id = '', , reason = '', namedIn = '']) => ({
    id,
    reason,
    namedIn: [...namedIn.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
  })),
})

/** The numbers that sources name, each with the files. */
export const namesIn = (sources: readonly (readonly [path: string, text: string])[]): Named => {
  const named = new Map<string, string[]>()
  for (const [path, text] of sources)
    for (const id of new Set([...text.matchAll(/\b[A-Z]{1,4}-\d\d\b/g)].map(([id]) => id)))
      named.set(id, [...(named.get(id) ?? []), path])
  return named
}
