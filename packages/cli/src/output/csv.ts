/** A cell of a table. Numbers are written plainly; texts cannot start a formula in a spreadsheet. */
export type Cell = string | number | boolean | null

/** One CSV line, with its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  // A text that a spreadsheet would take for a formula is shown as text.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A whole table as text; begins with a byte order mark, so that spreadsheets read Chinese names. */
export function csvTable(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [csvLine(header)]
  for (const row of rows) lines.push(csvLine(row))
  return `\ufeff${lines.join('')}`
}
