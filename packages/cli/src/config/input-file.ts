import { open } from 'node:fs/promises'
import { shorten } from '../ingest/finding.ts'

/** A file that cannot be read or is not what it should be: which, why, and what helps. */
export class InputFileError extends Error {
  readonly file: string
  readonly remedy: string

  constructor(file: string, message: string, remedy: string) {
    super(message)
    this.name = 'InputFileError'
    this.file = file
    this.remedy = remedy
  }
}

const reasons: { readonly [code: string]: readonly [message: string, remedy: string] } = {
  ENOENT: ['there is no such file', 'check the name and the folder you are in'],
  ENOTDIR: ['a part of the path is no folder', 'check the path'],
  EISDIR: ['this is a folder', 'name a file in it'],
  EACCES: ['the file may not be read', 'ask for permission to read it'],
  EPERM: ['the file may not be read', 'ask for permission to read it'],
  ENAMETOOLONG: ['the name is too long for a file', 'check the name'],
  ELOOP: ['the links lead in a circle', 'name the file itself'],
  EMFILE: ['too many files are open', 'try again'],
}

/** What the system's error code means for a person. */
export function fileProblem(error: unknown): readonly [message: string, remedy: string] {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  // A name with a NUL byte, which no system takes.
  if (code === 'ERR_INVALID_ARG_VALUE') return ['the name is no file name', 'check the name']
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined
  return known ?? [`it cannot be read${code === '' ? '' : ` (${code})`}`, 'check the file and the disk']
}

/** The largest text that is read whole. */
const defaultLimit = 16 * 1024 * 1024

/**
 * Reads a text file as UTF-8, without a byte order mark, and no further than a limit: a device without an end or a data file given by mistake costs nothing.
 *
 * @throws InputFileError when it cannot be read, is longer, or is no UTF-8.
 */
export async function readTextFile(path: string, limit = defaultLimit): Promise<string> {
  const name = shorten(path, 200)
  const fail = (message: string, remedy: string): never => {
    throw new InputFileError(name, message, remedy)
  }
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    const handle = await open(path, 'r')
    try {
      const chunk = new Uint8Array(64 * 1024)
      while (length <= limit) {
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, null)
        if (bytesRead === 0) break
        chunks.push(chunk.slice(0, bytesRead))
        length += bytesRead
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const [message, remedy] = fileProblem(error)
    return fail(message, remedy)
  }
  if (length > limit) return fail(`it is larger than ${String(Math.floor(limit / 1024))} kB`, 'check that this is the right file')
  const bytes = Buffer.concat(chunks)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return fail('it is written in UTF-16', 'save it as UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fail('it is not UTF-8 text', 'save it as UTF-8; a spreadsheet or an archive cannot be read here')
  }
}
