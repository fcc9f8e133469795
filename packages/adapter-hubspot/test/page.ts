import { readFileSync } from 'node:fs'

const page = readFileSync(new URL('../../../docs/adapters/hubspot.md', import.meta.url), 'utf8')

/** Rows of the table under a heading of the page for administrators: its cells, without the marks of code. */
export function tableUnder(heading: string): string[][] {
  const part = page.split(`\n### ${heading}\n`)[1]?.split('\n#')[0]
  if (part === undefined) throw new Error(`no heading ${heading}`)
  const lines = part.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}
