import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableRows } from '../../scripts/lib/table-rows.ts'
import { root } from '../../scripts/lib/workspace.ts'

/** Tables of a page, each by the heading that it stands under: the cells of its rows, without the marks of code. */
export function tablesOf(path: string): (heading: string) => string[][] {
  const page = readFileSync(join(root, path), 'utf8')
  return (heading) => {
    const part = page.split(`\n### ${heading}\n`)[1]?.split('\n#')[0]
    if (part === undefined) throw new Error(`${path} has no heading ${heading}`)
    return tableRows(part.replaceAll('`', ''))
  }
}
