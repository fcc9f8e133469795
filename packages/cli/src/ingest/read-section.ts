import { join } from 'node:path'
import { openCsv } from './csv-rows.ts'
import { compileDateFormat, zoneClock, type ZoneClock } from './dates.ts'
import { say, type InWords, type Said } from '../said.ts'
import { BrokenFileError, shorten, type IngestFinding } from './finding.ts'
import type { IgnoreRule, Mapping } from './mapping-schema.ts'
import { RowError, startTally, type OnRejected, type TallyBuilder } from './tally.ts'
import type { FileTally } from './portfolio.ts'
import { fieldBlank, fillIn, shortenIt } from './row-words.ts'

/** Longest text that is taken over from a field. */
const maxField = 200

/** Fields of one row, by the mapping's own names. Every reader throws a {@link RowError} that names the column. */
export interface RowReader<Field extends string> {
  readonly line: number
  readonly raw: string
  readonly file: string
  /** '' when the mapping has no such column or the field is blank. At most 200 characters, or as many as are asked for. */
  text(field: Field, max?: number): string
  required(field: Field, max?: number): string
  /** Epoch milliseconds; `null` when blank. */
  instant(field: Field): number | null
  /** `YYYY-MM-DD` in the mapping's zone; `null` when blank. */
  date(field: Field): string | null
  requiredInstant(field: Field): number
  requiredDate(field: Field): string
  fail(code: RowError['code'], message: Said, remedy: Said, field: Field): never
}

/** What became of a row. */
export type RowOutcome = 'used' | { readonly ignored: string }

interface Section<Field extends string> {
  readonly columns: { readonly [field in Field]?: string | undefined }
  readonly dateFormat?: string
  readonly delimiter?: string | undefined
  readonly encoding?: string | undefined
  readonly ignore: readonly IgnoreRule[]
}

/** What the reading of a section shares. */
export interface ReadContext {
  readonly dir: string
  readonly mapping: Mapping
  readonly onRejected: OnRejected
  readonly onBytes?: (file: string, bytes: number) => void
}

function nearest(name: string, names: readonly string[]): string | null {
  const key = (s: string): string => s.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const wanted = key(name)
  return (
    names.find((n) => key(n) === wanted) ??
    names.find((n) => key(n) !== '' && (key(n).includes(wanted) || wanted.includes(key(n)))) ??
    null
  )
}

function missingColumns(file: string, wanted: readonly string[], names: readonly string[]): InWords<IngestFinding>[] {
  return wanted
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = nearest(name, names)
      const has = names.slice(0, 12).join(', ') + (names.length > 12 ? ', …' : '')
      return {
        code: 'column_missing',
        file,
        line: 1,
        column: name,
        message: say('the mapping names a column that the file does not have', '映射所列的列在文件中不存在'),
        remedy:
          near === null
            ? say(`correct the mapping; the file has: ${shorten(has, 400)}`, `请更正映射；文件中有：${shorten(has, 400)}`)
            : say(`did you mean ${JSON.stringify(shorten(near))}?`, `是否应为“${shorten(near)}”？`),
      } satisfies InWords<IngestFinding>
    })
}

const zones = new Map<string, ZoneClock>()
const clockOf = (zone: string): ZoneClock => {
  const known = zones.get(zone)
  if (known) return known
  const made = zoneClock(zone)
  zones.set(zone, made)
  return made
}

/**
 * Streams one file of a section and gives every row to `onRow`. A row that fails goes to the rejected ones with its place; a file whose header lacks a
 * mapped column is broken.
 */
export async function readFileOfSection<Field extends string>(
  context: ReadContext,
  name: FileTally['section'],
  file: string,
  section: Section<Field>,
  onRow: (row: RowReader<Field>, tally: TallyBuilder) => RowOutcome,
): Promise<TallyBuilder> {
  const { mapping } = context
  const csv = await openCsv(join(context.dir, file), {
    ...(section.delimiter === undefined ? {} : { delimiter: section.delimiter }),
    ...(section.encoding === undefined ? {} : { encoding: section.encoding }),
    ...(context.onBytes === undefined ? {} : { onBytes: (n: number) => context.onBytes?.(file, n) }),
  })
  const mapped = Object.entries(section.columns).filter((e): e is [Field, string] => typeof e[1] === 'string')
  const missing = missingColumns(
    file,
    [...new Set([...mapped.map(([, c]) => c), ...section.ignore.map((r) => r.column)])],
    csv.header.names,
  )
  if (missing.length > 0) throw new BrokenFileError(missing)
  const index = new Map<string, number>(mapped.map(([field, column]) => [field, csv.header.indexOf(column)]))
  const columnOf = new Map<string, string>(mapped)
  const ignore = section.ignore.map((rule) => ({ rule, at: csv.header.indexOf(rule.column), values: new Set(rule.in ?? []) }))
  const tally = startTally(file, name, mapping.id, context.onRejected)
  const readDate = compileDateFormat(section.dateFormat ?? 'iso')
  const clock = clockOf(mapping.timeZone)
  const first = Date.parse(mapping.dates.from)
  const last = Date.parse(mapping.dates.to) + 86_400_000

  let line = 0
  let raw = ''
  let values: readonly string[] = []
  const text = (field: Field): string => {
    const at = index.get(field)
    if (at === undefined) return ''
    const value = (values[at] ?? '').trim()
    if (value.includes('\ufffd')) {
      throw new RowError(
        'bad_encoding',
        say('bytes that are not of the encoding', '含有不属于该字符编码的字节'),
        say('state the file’s `encoding` in the mapping, e.g. gb18030', '请在映射中填写文件的encoding，如gb18030'),
        columnOf.get(field),
        shorten(value),
      )
    }
    return value
  }
  const row: RowReader<Field> = {
    get line() {
      return line
    },
    get raw() {
      return raw
    },
    file,
    text: (field, max = maxField) => {
      const value = text(field)
      if (value.length > max) {
        throw new RowError(
          'value_too_long',
          say(`more than ${String(max)} characters`, `超过${String(max)}个字符`),
          shortenIt,
          columnOf.get(field),
          shorten(value, 40),
        )
      }
      if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(value) || !value.isWellFormed()) {
        throw new RowError(
          'control_character',
          say('a control character', '含有控制字符'),
          say('remove it', '请删除'),
          columnOf.get(field),
          shorten(value),
        )
      }
      return value
    },
    required: (field, max) => {
      const value = row.text(field, max)
      if (value === '') throw new RowError('value_missing', fieldBlank, fillIn, columnOf.get(field) ?? field)
      return value
    },
    instant: (field) => timeOf(field)?.instant ?? null,
    date: (field) => timeOf(field)?.date ?? null,
    requiredInstant: (field) => {
      row.required(field)
      return row.instant(field) ?? 0
    },
    requiredDate: (field) => {
      row.required(field)
      return row.date(field) ?? ''
    },
    fail: (code, message, remedy, field) => {
      throw new RowError(code, message, remedy, columnOf.get(field) ?? field, shorten(text(field)))
    },
  }
  const timeOf = (field: Field): { instant: number; date: string } | null => {
    const value = text(field)
    if (value === '') return null
    const parsed = readDate?.(value) ?? null
    if (parsed === null)
      return row.fail(
        'date_malformed',
        say(`not a date in the format ${section.dateFormat ?? 'iso'}`, `不是${section.dateFormat ?? 'iso'}格式的日期`),
        say('correct the date, or the mapping’s `dateFormat`', '请更正日期，或更正映射中的dateFormat'),
        field,
      )
    if (parsed.wall < first || parsed.wall >= last) {
      return row.fail(
        'date_out_of_range',
        say(`outside ${mapping.dates.from} to ${mapping.dates.to}`, `不在${mapping.dates.from}至${mapping.dates.to}之间`),
        say('correct the date, or widen `dates` in the mapping', '请更正日期，或放宽映射中的dates'),
        field,
      )
    }
    if (parsed.offset === null)
      return { instant: clock.toInstant(parsed.wall), date: new Date(parsed.wall).toISOString().slice(0, 10) }
    const instant = parsed.wall - parsed.offset * 60_000
    return { instant, date: clock.dateOf(instant) }
  }

  for await (const batch of csv.batches) {
    for (const bad of batch.bad) tally.reject({ ...bad, file })
    for (const one of batch.rows) {
      line = one.line
      values = one.values
      raw = one.raw
      const left = ignore.find(({ rule, at, values: set }) => {
        const v = (values[at] ?? '').trim()
        return set.has(v) || (rule.prefix !== undefined && v.startsWith(rule.prefix)) || (rule.empty === true && v === '')
      })
      if (left) {
        tally.ignore(left.rule.reason)
        continue
      }
      try {
        const outcome = onRow(row, tally)
        if (outcome === 'used') tally.used()
        else tally.ignore(outcome.ignored)
      } catch (error) {
        if (!(error instanceof RowError)) throw error
        tally.reject({
          code: error.code,
          file,
          line,
          ...(error.column === undefined ? {} : { column: error.column }),
          ...(error.value === undefined ? {} : { value: error.value }),
          ...error.told,
          raw,
        })
      }
    }
  }
  return tally
}
