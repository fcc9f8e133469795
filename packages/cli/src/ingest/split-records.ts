/** A logical CSV record: its text without the line end, and the physical line it starts on. */
export interface TextRecord {
  readonly text: string
  /** From 1. */
  readonly line: number
  readonly fault?: 'quote_not_closed' | 'quote_malformed' | 'record_too_large'
}

/** Longest record, in characters. A quote that does not close within it is a broken row, not the rest of the file. */
export const maxRecordLength = 262_144

interface Scan {
  readonly kind: 'record' | 'fault' | 'more'
  /** Where the record's text ends. */
  readonly end: number
  readonly fault?: 'quote_not_closed' | 'quote_malformed'
}

const LF = 10
const CR = 13
const QUOTE = 34

/** Position of the next line end at or after `from`, -1 when there is none. */
function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (c === LF || c === CR) return i
  }
  return -1
}

/** How many characters the line end at `at` takes. `null`: a lone CR at the end of what was read may still become CR LF. */
function lineEndLength(text: string, at: number, final: boolean): 1 | 2 | null {
  if (text.charCodeAt(at) === LF) return 1
  if (at + 1 < text.length) return text.charCodeAt(at + 1) === LF ? 2 : 1
  return final ? 1 : null
}

/** Follows the quotes of one record that starts at `start`. */
function scanQuoted(text: string, start: number, delimiter: number, final: boolean): Scan {
  let i = start
  let fieldStart = true
  while (i < text.length) {
    const c = text.charCodeAt(i)
    if (c === LF || c === CR) return { kind: 'record', end: i }
    if (fieldStart && c === QUOTE) {
      i += 1
      for (;;) {
        i = text.indexOf('"', i)
        if (i < 0)
          return final ? { kind: 'fault', end: text.length, fault: 'quote_not_closed' } : { kind: 'more', end: text.length }
        if (i + 1 >= text.length) return final ? { kind: 'record', end: i + 1 } : { kind: 'more', end: text.length }
        const next = text.charCodeAt(i + 1)
        if (next === QUOTE) {
          i += 2
          continue
        }
        if (next === delimiter || next === LF || next === CR) break
        return { kind: 'fault', end: i, fault: 'quote_malformed' }
      }
      i += 1
      fieldStart = false
      continue
    }
    fieldStart = c === delimiter
    i += 1
  }
  return final ? { kind: 'record', end: text.length } : { kind: 'more', end: text.length }
}

/**
 * Cuts decoded text into records, following quotes over line ends. A record whose quotes are broken is given back as *one physical line* with its
 * fault, and reading goes on with the next line: a stray quote never swallows the rows behind it. Memory stays under {@link maxRecordLength}
 * plus one chunk.
 *
 * @example
 * ```ts
 * const found: TextRecord[] = []
 * for await (const batch of splitRecords(['a,b\n1,"x\n', 'y"\n'], ',')) found.push(...batch)
 * found // => [{ text: 'a,b', line: 1 }, { text: '1,"x\ny"', line: 2 }]
 * ```
 */
export async function* splitRecords(
  chunks: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): AsyncGenerator<TextRecord[]> {
  const separator = delimiter.charCodeAt(0)
  let rest = ''
  let line = 1
  /** Inside an over-long line: drop until the next line end. */
  let dropping = false
  let pendingLf = false

  const take = (final: boolean): TextRecord[] => {
    const out: TextRecord[] = []
    let at = 0
    if (pendingLf && rest.length > 0) {
      if (rest.charCodeAt(0) === LF) at = 1
      pendingLf = false
    }
    while (at < rest.length) {
      const end = lineEnd(rest, at)
      if (dropping) {
        if (end < 0) {
          at = rest.length
          break
        }
        const n = lineEndLength(rest, end, final)
        if (n === null) pendingLf = true
        at = end + (n ?? 1)
        line += 1
        dropping = false
        continue
      }
      const lineStop = end < 0 ? rest.length : end
      const quote = rest.indexOf('"', at)
      const quoted = quote >= 0 && quote < lineStop
      if (!quoted) {
        if (end < 0 && !final) {
          if (rest.length - at <= maxRecordLength) break
          out.push({ text: rest.slice(at, at + 1000), line, fault: 'record_too_large' })
          dropping = true
          continue
        }
        const n = end < 0 ? 0 : lineEndLength(rest, end, final)
        if (n === null) break
        out.push(
          lineStop - at > maxRecordLength
            ? { text: rest.slice(at, at + 1000), line, fault: 'record_too_large' }
            : { text: rest.slice(at, lineStop), line },
        )
        at = lineStop + n
        line += 1
        continue
      }
      const scan = scanQuoted(rest, at, separator, final)
      const length = scan.end - at
      if (scan.kind === 'more' && length <= maxRecordLength) break
      if (scan.kind === 'record' && length <= maxRecordLength) {
        const n = scan.end >= rest.length ? 0 : lineEndLength(rest, scan.end, final)
        if (n === null) break
        const text = rest.slice(at, scan.end)
        out.push({ text, line })
        line += countLines(text) + 1
        at = scan.end + n
        continue
      }
      // Broken quotes, or too long: give up this physical line only.
      const fault = scan.kind === 'fault' && scan.fault !== undefined ? scan.fault : 'record_too_large'
      if (end < 0) {
        // The rest of the line has not been read yet; only an over-long one is given up without it.
        if (!final && rest.length - at <= maxRecordLength) break
        out.push({ text: rest.slice(at, at + 1000), line, fault })
        dropping = true
        continue
      }
      const n = lineEndLength(rest, end, final)
      if (n === null) break
      out.push({
        text: rest.slice(at, Math.min(end, at + 1000)),
        line,
        fault: fault === 'record_too_large' && end - at <= maxRecordLength ? 'quote_not_closed' : fault,
      })
      line += 1
      at = end + n
    }
    rest = rest.slice(at)
    return out
  }

  for await (const chunk of chunks) {
    rest += chunk
    const records = take(false)
    if (records.length > 0) yield records
  }
  const last = take(true)
  if (last.length > 0) yield last
}

function countLines(text: string): number {
  let n = 0
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i)
    if (c === LF || (c === CR && text.charCodeAt(i + 1) !== LF)) n += 1
  }
  return n
}
