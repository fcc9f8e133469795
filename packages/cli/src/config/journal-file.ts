import { open, type FileHandle } from 'node:fs/promises'
import { journalEntrySchema, type JournalEntry } from '@ka-governance/core'
import { shorten } from '../ingest/finding.ts'
import { say, type Said } from '../said.ts'
import { fileProblem, InputFileError } from './input-file.ts'

/** A line that is no entry of a journal. */
export interface BrokenLine {
  /** From 1. */
  readonly line: number
  readonly problem: 'not_text' | 'not_json' | 'not_an_entry' | 'twice' | 'too_long'
  readonly detail: Said
}

/** A journal as a file of lines: where the entries of each instance are. The entries themselves stay in the file. */
export interface JournalFile {
  readonly lines: number
  readonly broken: readonly BrokenLine[]
  /** Ids in the order of their first lines. */
  readonly instances: readonly string[]
  /** Pins of the entries, as `id version hash`. */
  readonly policies: ReadonlySet<string>
  /** Entries of an instance in the order of the file. */
  readonly history: (instanceId: string) => AsyncIterable<JournalEntry>
  /** Line of an entry; of the last one before it where there is none. */
  readonly lineOf: (instanceId: string, seq: number) => number | null
  readonly close: () => Promise<void>
}

interface Place {
  readonly seq: number
  readonly line: number
  readonly offset: number
  readonly length: number
}

const cannotRead = (path: string, error: unknown): InputFileError =>
  new InputFileError(shorten(path, 200), ...fileProblem(error), { cause: error })

/** Entries have at most 48,000 characters, each of at most four bytes. */
const maxLineBytes = 400_000
const chunkBytes = 256 * 1024

/**
 * Opens a journal file (`journal.jsonl`): one pass notes where each instance's entries are, so that a file of any size and any order of lines is read in little memory.
 *
 * @param given how the person named it, where that is not the whole path.
 * @throws InputFileError when the file cannot be read.
 */
export async function openJournalFile(path: string, given = path): Promise<JournalFile> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw cannotRead(given, error)
  }
  try {
    const index = await indexOf(handle)
    return {
      ...index,
      instances: [...index.places.keys()],
      history: (instanceId) => entriesAt(handle, index.places.get(instanceId) ?? []),
      lineOf: (instanceId, seq) => index.places.get(instanceId)?.findLast((place) => place.seq <= seq)?.line ?? null,
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw cannotRead(given, error)
  }
}

async function* entriesAt(handle: FileHandle, places: readonly Place[]): AsyncGenerator<JournalEntry> {
  for (const { offset, length } of places) {
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, offset)
    // Decoded as it was when it was looked at: a byte order mark is no part of the text.
    yield JSON.parse(new TextDecoder().decode(buffer)) as JournalEntry
  }
}

interface Index {
  readonly lines: number
  readonly broken: readonly BrokenLine[]
  readonly places: ReadonlyMap<string, readonly Place[]>
  readonly policies: ReadonlySet<string>
}

async function indexOf(handle: FileHandle): Promise<Index> {
  const places = new Map<string, Place[]>()
  const policies = new Set<string>()
  const broken: BrokenLine[] = []
  const keys = new Set<string>()
  let line = 0
  const note = (bytes: Buffer | null, offset: number): void => {
    line += 1
    const fail = (problem: BrokenLine['problem'], detail: Said): void => void broken.push({ line, problem, detail })
    if (bytes === null) {
      fail('too_long', say('longer than any entry may be', '超过记录允许的长度'))
      return
    }
    if (isBlank(bytes)) return
    const entry = readEntry(bytes)
    if (!('entry' in entry)) {
      fail(entry.problem, entry.detail)
      return
    }
    const { key, instanceId, seq, policy } = entry.entry
    if (keys.has(key)) {
      fail('twice', say(`the entry ${shorten(key, 100)} stands here again`, `记录${shorten(key, 100)}在此重复`))
      return
    }
    keys.add(key)
    policies.add(`${policy.id} ${policy.version} ${policy.hash}`)
    const place = { seq, line, offset, length: bytes.length }
    const list = places.get(instanceId)
    if (list === undefined) places.set(instanceId, [place])
    else list.push(place)
  }
  await eachLine(handle, note)
  return { lines: line, broken, places, policies }
}

/** A line with nothing on it, as an editor leaves one at the end; a byte order mark is nothing. */
const isBlank = (bytes: Buffer): boolean => bytes.length < 5 && new TextDecoder().decode(bytes).trim() === ''

function readEntry(bytes: Buffer): { readonly entry: JournalEntry } | Omit<BrokenLine, 'line'> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problem: 'not_text', detail: say('this is not UTF-8 text', '不是UTF-8文本') }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'not_json', detail: say('this is not JSON: cut off, or changed by hand', '不是JSON：被截断，或经手工修改') }
  }
  const { success, error } = journalEntrySchema.safeParse(value)
  // The entry as it stands is what was hashed, whatever a schema makes of it.
  if (success) return { entry: value as JournalEntry }
  const [issue] = error.issues
  const place = shorten(issue?.path.map(String).join('.') ?? '', 100)
  return {
    problem: 'not_an_entry',
    detail: say(`${place}: ${shorten(issue?.message ?? '', 100)}`, `“${place}”一项不符合记录的格式`),
  }
}

/** Calls back with each line's bytes and place; `null` for a line that is too long to be one. */
async function eachLine(handle: FileHandle, note: (bytes: Buffer | null, offset: number) => void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  let start = 0
  let tooLong = false
  const finish = (bytes: Buffer): void => {
    note(tooLong ? null : bytes, start)
    tooLong = false
  }
  for (let position = 0; ;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position)
    if (bytesRead === 0) break
    position += bytesRead
    let data = rest.length === 0 ? buffer.subarray(0, bytesRead) : Buffer.concat([rest, buffer.subarray(0, bytesRead)])
    for (let end = data.indexOf(0x0a); end !== -1; end = data.indexOf(0x0a)) {
      finish(data.subarray(0, end))
      start = position - data.length + end + 1
      data = data.subarray(end + 1)
    }
    if (data.length > maxLineBytes) tooLong = true
    rest = tooLong ? Buffer.alloc(0) : Buffer.from(data)
  }
  if (rest.length > 0 || tooLong) finish(rest)
}
