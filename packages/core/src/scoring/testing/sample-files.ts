import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** The shared sample files beside the repository, with their attribution in `MANIFEST.json`; not part of it. */
export const sampleFolder = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url))

/** Said by a skipped test. */
export const sampleFilesMissing = existsSync(sampleFolder) ? null : `no sample files in ${sampleFolder}`

/** Cells of a line; only where cells are quoted is a comma within them none. */
const cellsOf = (line: string, quoted: boolean): readonly string[] =>
  quoted
    ? [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, inside, plain]) => inside ?? plain ?? '')
    : line.split(',')

/** Rows of a CSV file, by column. */
export function sampleRows(file: string, quoted = false): Record<string, string>[] {
  const bytes = readFileSync(sampleFolder + file)
  const [header = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = cellsOf(line, quoted)
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
  })
}
