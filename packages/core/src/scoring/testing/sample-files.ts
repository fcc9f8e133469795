import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** The shared sample files beside the repository, with their attribution in `MANIFEST.json`; not part of it. */
const folder = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url))

/** Said by a skipped test. */
export const sampleFilesMissing = existsSync(folder) ? null : `no sample files in ${folder}`

/** Rows of a CSV file without quoted commas, by column. */
export function sampleRows(file: string): Record<string, string>[] {
  const bytes = readFileSync(folder + file)
  const [header = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
  })
}
