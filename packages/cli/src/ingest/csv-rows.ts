import { basename } from 'node:path'
import { parse } from 'csv-parse/sync'
import { say, type InWords, type Said } from '../said.ts'
import { BrokenFileError, shorten, type IngestCode, type IngestFinding } from './finding.ts'
import { openText, type OnBytes } from './open-text.ts'
import { splitRecords, type TextRecord } from './split-records.ts'

/** A row with its place. Values are read by column *index*, so a header such as `__proto__` is only a name. */
export interface CsvRow {
  readonly line: number
  readonly values: readonly string[]
  readonly raw: string
}

/** A row that could not be parsed. */
export interface BadRow {
  readonly line: number
  readonly raw: string
  readonly code: IngestCode
  readonly message: Said
  readonly remedy: Said
}

/** What a file's first record says. */
export interface CsvHeader {
  readonly file: string
  readonly names: readonly string[]
  /** Index of a column; -1 when there is none. */
  indexOf(name: string): number
}

export interface CsvOptions {
  readonly delimiter?: string
  readonly encoding?: string
  readonly onBytes?: OnBytes
}

export interface CsvFile {
  readonly header: CsvHeader
  /** In file order; batches keep the overhead of async iteration low. */
  readonly batches: AsyncGenerator<{ readonly rows: readonly CsvRow[]; readonly bad: readonly BadRow[] }>
}

const faults: { readonly [code in NonNullable<TextRecord['fault']>]: readonly [message: Said, remedy: Said] } = {
  quote_not_closed: [
    say('a quote opens here and does not close', '此处的引号没有闭合'),
    say('close the quote, or double it ("") where it belongs to the text', '请闭合引号；引号属于文字时请写成两个（""）'),
  ],
  quote_malformed: [
    say('text follows a closing quote', '闭合引号之后还有文字'),
    say('double a quote ("") that belongs to the text', '属于文字的引号请写成两个（""）'),
  ],
  record_too_large: [
    say('the row is longer than 262,144 characters', '该行超过262144个字符'),
    say('shorten the field, or leave the column out of the export', '请缩短内容，或导出时略去该列'),
  ],
}

function parseFields(texts: readonly string[], delimiter: string): string[][] {
  return parse(texts.join('\n'), {
    delimiter,
    record_delimiter: ['\n'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: 0,
  })
}

/** Parses records in one go; where that does not give one row a record, one by one, so that a bad record is alone. */
function parseRecords(records: readonly TextRecord[], delimiter: string): { row: TextRecord; values: string[] | null }[] {
  try {
    const rows = parseFields(
      records.map((r) => r.text),
      delimiter,
    )
    if (rows.length === records.length) return records.map((row, i) => ({ row, values: rows[i] ?? null }))
  } catch {
    // Found again below, with its line.
  }
  return records.map((row) => {
    try {
      const rows = parseFields([row.text], delimiter)
      return { row, values: rows.length === 1 ? (rows[0] ?? null) : null }
    } catch {
      return { row, values: null }
    }
  })
}

function headerOf(file: string, first: TextRecord | undefined, delimiter: string): CsvHeader {
  const whole = (code: IngestCode, line: number, message: Said, remedy: Said, column?: string): InWords<IngestFinding> => ({
    code,
    file,
    line,
    message,
    remedy,
    ...(column === undefined ? {} : { column }),
  })
  if (first === undefined || (first.text.trim() === '' && first.fault === undefined)) {
    throw new BrokenFileError([
      whole(
        'file_empty',
        first ? 1 : 0,
        say('there is no header row', '没有标题行'),
        say('export the file again with a first row of column names', '请重新导出，首行为列名'),
      ),
    ])
  }
  const values = first.fault === undefined ? parseRecords([first], delimiter)[0]?.values : null
  if (!values) {
    const [message, remedy] = faults[first.fault ?? 'quote_malformed']
    const inHeader = say(`in the header row, ${message.en}`, `标题行中，${message['zh-CN']}`)
    throw new BrokenFileError([whole(first.fault ?? 'quote_malformed', first.line, inHeader, remedy)])
  }
  const names = values.map((v) => v.trim())
  const seen = new Map<string, number>()
  const findings: InWords<IngestFinding>[] = []
  names.forEach((name, i) => {
    const before = seen.get(name)
    if (name !== '' && before !== undefined) {
      const [one, other] = [String(before + 1), String(i + 1)]
      const message = say(`columns ${one} and ${other} have the same name`, `第${one}列与第${other}列同名`)
      const remedy = say('give every column its own name', '请为每一列取不同的名称')
      findings.push(whole('header_duplicate', first.line, message, remedy, name))
    } else seen.set(name, i)
  })
  if (findings.length > 0) throw new BrokenFileError(findings)
  const other = [';', '\t', '|', ','].find((d) => d !== delimiter && first.text.split(d).length > 2)
  if (names.length === 1 && other !== undefined) {
    const shown = other === '\t' ? '"\\t"' : `"${other}"`
    throw new BrokenFileError([
      whole(
        'delimiter_mismatch',
        first.line,
        say(`the columns are not separated by "${delimiter}"`, `各列不以“${delimiter}”分隔`),
        say(`write \`delimiter: ${shown}\` into the mapping`, `请在映射中填写delimiter: ${shown}`),
      ),
    ])
  }
  return { file, names, indexOf: (name) => seen.get(name) ?? -1 }
}

/**
 * Opens a CSV file and reads its header. Rows follow as batches, each row with its physical line; rows that cannot be parsed come as `bad` with reason and
 * remedy, and never stop the reading.
 * @throws {BrokenFileError} unreadable, damaged, empty or wrongly encoded file, or a header that cannot be used.
 */
export async function openCsv(path: string, options: CsvOptions = {}): Promise<CsvFile> {
  const file = basename(path)
  const delimiter = options.delimiter ?? ','
  const records = splitRecords(openText(path, options.encoding ?? 'utf-8', options.onBytes), delimiter)
  const start = await records.next()
  const firstBatch: TextRecord[] = start.done === true ? [] : start.value
  const header = headerOf(file, firstBatch[0], delimiter)
  const width = header.names.length

  const digest = (batch: readonly TextRecord[]): { rows: CsvRow[]; bad: BadRow[] } => {
    const bad: BadRow[] = []
    const whole: TextRecord[] = []
    const reject = (r: TextRecord, code: IngestCode, message: Said, remedy: Said): void => {
      bad.push({ line: r.line, raw: shorten(r.text, 500), code, message, remedy })
    }
    const rejectFault = (r: TextRecord, fault: keyof typeof faults): void => {
      reject(r, fault, ...faults[fault])
    }
    for (const record of batch) {
      if (record.fault !== undefined) rejectFault(record, record.fault)
      // A blank line (or a lone Ctrl-Z of an old export) holds no row.
      else if (record.text.trim() !== '' && record.text !== '\u001a') whole.push(record)
    }
    const rows: CsvRow[] = []
    for (const { row, values } of parseRecords(whole, delimiter)) {
      if (values === null) rejectFault(row, 'quote_malformed')
      else if (values.length !== width) {
        const [is, due] = [String(values.length), String(width)]
        const [mark, markZh] = delimiter === '\t' ? ['tab', '制表符'] : [delimiter, delimiter]
        reject(
          row,
          'field_count',
          say(`${is} field${is === '1' ? '' : 's'} where the header has ${due}`, `有${is}栏，而标题行有${due}栏`),
          say(
            `quote fields that hold "${mark}" or line ends; fill missing ones with nothing`,
            `含有“${markZh}”或换行的内容请加引号；缺少的栏请留空补上`,
          ),
        )
      } else if (row.text.includes('\u0000'))
        reject(
          row,
          'control_character',
          say('the row holds a NUL byte', '该行含有空字节'),
          say('export the file again as plain text', '请重新导出为纯文本'),
        )
      else rows.push({ line: row.line, values, raw: row.text })
    }
    return { rows, bad }
  }

  async function* batches(): AsyncGenerator<{ rows: CsvRow[]; bad: BadRow[] }> {
    if (firstBatch.length > 1) yield digest(firstBatch.slice(1))
    for await (const batch of records) yield digest(batch)
  }
  return { header, batches: batches() }
}
