import type { Locale } from '@ka-governance/core'
import { findingsIn, type InWords } from '../said.ts'

/** What a row or a file can be refused for. */
export type IngestCode =
  // A broken file: the run stops, because what it would count is wrong.
  | 'file_missing'
  | 'file_unreadable'
  | 'file_empty'
  | 'gzip_broken'
  | 'encoding_unknown'
  | 'encoding_mismatch'
  | 'header_duplicate'
  | 'column_missing'
  | 'delimiter_mismatch'
  // A broken row: it goes to rejected.csv, the run goes on.
  | 'quote_not_closed'
  | 'quote_malformed'
  | 'record_too_large'
  | 'field_count'
  | 'control_character'
  | 'bad_encoding'
  | 'value_missing'
  | 'value_too_long'
  | 'number_malformed'
  | 'number_out_of_range'
  | 'currency_unknown'
  | 'date_malformed'
  | 'date_out_of_range'
  | 'value_unknown'
  | 'account_unknown'
  | 'project_unknown'
  | 'times_out_of_order'
  | 'conflicting_rows'

/** One thing wrong with an input file: where, what, and the smallest change that mends it. */
export interface IngestFinding {
  readonly code: IngestCode
  readonly file: string
  /** Physical line, from 1; 0 means the file as a whole. */
  readonly line: number
  readonly column?: string
  /** The offending value, shortened. */
  readonly value?: string
  readonly message: string
  readonly remedy: string
}

/** A row that cannot be used, with its text as it stands in the file (shortened). */
export interface RejectedRow extends IngestFinding {
  readonly raw: string
}

/** The same before anybody reads it: its reason in every language. */
export type RejectedInWords = InWords<RejectedRow>

/** A file that cannot be read to its end, or whose columns are not those of the mapping. The run stops. Its `findings` are English. */
export class BrokenFileError extends Error {
  readonly findings: readonly IngestFinding[]
  readonly #findings: readonly InWords<IngestFinding>[]

  constructor(findings: readonly InWords<IngestFinding>[]) {
    const english = findingsIn<IngestFinding>(findings, 'en')
    super(english.map(formatFinding).join('\n'))
    this.name = 'BrokenFileError'
    this.findings = english
    this.#findings = findings
  }

  /** The same in another language. */
  in(locale: Locale): readonly IngestFinding[] {
    return findingsIn(this.#findings, locale)
  }
}

/** `orders.csv:17 (amount): not a number: "12,x" → …` */
export function formatFinding(finding: IngestFinding): string {
  const line = finding.line > 0 ? `:${String(finding.line)}` : ''
  const column = finding.column === undefined ? '' : ` (${finding.column})`
  const value = finding.value === undefined ? '' : `: ${JSON.stringify(finding.value)}`
  return `${finding.file}${line}${column}: ${finding.message}${value} → ${finding.remedy}`
}

/** Long values are cut; control characters are shown, so that a hostile value cannot rewrite a terminal line. */
export function shorten(text: string, max = 120): string {
  const visible = text.slice(0, max + 1).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
  return visible.length > max || text.length > max ? `${visible.slice(0, max)}…` : visible
}
