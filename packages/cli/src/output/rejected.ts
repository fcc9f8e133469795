import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { RejectedRow } from '../ingest/finding.ts'
import { csvLine } from './csv.ts'

/** Writes rejected rows as they are found: there may be many. */
export interface RejectedWriter {
  add(row: RejectedRow): void
  close(): Promise<void>
}

export function rejectedWriter(path: string): RejectedWriter {
  const stream = createWriteStream(path)
  stream.write(`\ufeff${csvLine(['file', 'line', 'reason', 'column', 'value', 'message', 'remedy', 'row'])}`)
  // An error (a full disk) is reported by `close`.
  stream.on('error', () => undefined)
  return {
    add: (row) =>
      void stream.write(
        csvLine([row.file, row.line, row.code, row.column ?? null, row.value ?? null, row.message, row.remedy, row.raw]),
      ),
    close: async () => {
      stream.end()
      await finished(stream)
    },
  }
}
