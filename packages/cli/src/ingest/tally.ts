import { SaidError, type Said } from '../said.ts'
import { shorten, type IngestCode, type RejectedInWords } from './finding.ts'
import type { DataNote, FileTally } from './portfolio.ts'

/** Why a row is rejected; thrown by field readers and caught by the section reader. */
export class RowError extends SaidError {
  readonly code: IngestCode
  readonly column: string | undefined
  readonly value: string | undefined

  constructor(code: IngestCode, message: Said, remedy: Said, column?: string, value?: string) {
    super(message, remedy)
    this.name = 'RowError'
    this.code = code
    this.column = column
    this.value = value
  }
}

/** Where rejected rows go as they are found. */
export type OnRejected = (row: RejectedInWords) => void

/** Counts one file's rows so that they add up. */
export interface TallyBuilder {
  used(): void
  /** Takes a row back that was counted as used, and rejects it: found out later, when other rows were known. */
  rejectUsed(row: RejectedInWords): void
  reject(row: RejectedInWords): void
  ignore(reason: string): void
  /** Takes a row back that was counted as used, and leaves it out under that reason. */
  ignoreUsed(reason: string, count?: number): void
  build(): FileTally
}

export function startTally(file: string, section: FileTally['section'], mapping: string, onRejected: OnRejected): TallyBuilder {
  let used = 0
  let rejected = 0
  const ignored = new Map<string, number>()
  const ignore = (reason: string, n = 1): void => void ignored.set(reason, (ignored.get(reason) ?? 0) + n)
  const reject = (row: RejectedInWords): void => {
    rejected += 1
    onRejected({ ...row, raw: shorten(row.raw, 500) })
  }
  return {
    used: () => void (used += 1),
    reject,
    rejectUsed: (row) => {
      used -= 1
      reject(row)
    },
    ignore,
    ignoreUsed: (reason, n = 1) => {
      used -= n
      ignore(reason, n)
    },
    build: () => {
      let left = 0
      for (const n of ignored.values()) left += n
      return { file, section, mapping, rows: used + rejected + left, used, rejected, ignored: Object.fromEntries(ignored) }
    },
  }
}

/** Collects notes by code and file. */
export function noteBook(): { add(code: string, file: string | null, count?: number): void; list(): DataNote[] } {
  const notes = new Map<string, DataNote>()
  return {
    add: (code, file, count = 1) => {
      const key = `${code}\u0000${file ?? ''}`
      notes.set(key, { code, file, count: (notes.get(key)?.count ?? 0) + count })
    },
    list: () => [...notes.values()],
  }
}
