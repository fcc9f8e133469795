import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createMemoryStore, type MemoryDump, type MemoryStore } from '@ka-governance/adapter-memory'
import { InvalidInputError } from '@ka-governance/core'
import { fileProblem, InputFileError, readTextFile } from './input-file.ts'

/** The file of a registry: a header with the digest of the second line, and in that line everything that the store holds. */
const fileName = 'registry.json'
const format = 'ka-governance-registry'
/** Far beyond any registry of policies; a store of a whole portfolio belongs into an adapter. */
const maxBytes = 512 * 1024 * 1024

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A store out of a folder, and the digest of what it was. */
export interface LoadedRegistry {
  readonly store: MemoryStore
  /** Empty where there was no file yet. */
  readonly digest: string
}

/**
 * Reads the store of a registry; empty where the folder has none yet. A file that is not whole, or was changed by other hands, is refused: nothing is ever read by halves.
 *
 * @throws InputFileError saying which file, and what helps.
 */
export async function readRegistry(dir: string): Promise<LoadedRegistry> {
  const path = join(dir, fileName)
  let text: string
  try {
    text = await readTextFile(path, maxBytes)
  } catch (error) {
    if (error instanceof InputFileError && error.message === 'there is no such file')
      return { store: createMemoryStore(), digest: '' }
    throw error
  }
  const fail = (message: string): never => {
    throw new InputFileError(path, message, 'put the last backup of this file in its place')
  }
  const [head = '', body = '', ...rest] = text.split('\n')
  const header = parsed(head) as { readonly format?: unknown; readonly version?: unknown; readonly sha256?: unknown } | null
  if (header === null || typeof header !== 'object' || header.format !== format) return fail('this is no registry of policies')
  if (header.version !== 1) return fail('it was written by another version of this program')
  if (rest.join('') !== '' || header.sha256 !== digestOf(body)) return fail('it was changed or cut off: its digest does not fit')
  try {
    return { store: createMemoryStore({ from: parsed(body) as MemoryDump }), digest: header.sha256 }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return fail(`it holds no store: ${error.findings[0]?.path ?? ''} ${error.findings[0]?.message ?? ''}`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * Writes the store of a registry: beside the old file, through to the disk, then in its place in one step. A crash leaves the old file or the new one, whole.
 *
 * @throws InputFileError when the file is no longer the one that was read, or the disk does not take it.
 */
export async function writeRegistry(dir: string, { store, digest }: LoadedRegistry): Promise<{ readonly written: boolean }> {
  const body = JSON.stringify(store.dump())
  const sha256 = digestOf(body)
  if (sha256 === digest) return { written: false }
  const path = join(dir, fileName)
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dir, { recursive: true })
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify({ format, version: 1, sha256 })}\n${body}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if ((await digestOnDisk(path)) !== digest)
      throw new InputFileError(path, 'somebody else has changed it in the meantime', 'send the command again')
    await rename(temporary, path)
    await syncFolder(dir)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    if (error instanceof InputFileError) throw error
    const [message, remedy] = fileProblem(error)
    throw new InputFileError(path, message.replace('read', 'written'), remedy.replace('read', 'write'))
  }
  return { written: true }
}

/** What a process that died in the middle left behind; only for the holder of the lock. */
export async function removeLeftovers(dir: string): Promise<void> {
  const names = await readdir(dir).catch((): readonly string[] => [])
  const left = names.filter((name) => name.startsWith(`${fileName}.`) && name.endsWith('.tmp'))
  await Promise.all(left.map((name) => rm(join(dir, name), { force: true })))
}

async function digestOnDisk(path: string): Promise<string> {
  let handle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(400), 0, 400, 0)
    const header = parsed(buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '') as { readonly sha256?: unknown } | null
    return typeof header?.sha256 === 'string' ? header.sha256 : 'unknown'
  } finally {
    await handle.close()
  }
}

/** A name in a folder is durable once the folder is; not every system can say so. */
async function syncFolder(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Windows opens no folders; there the rename itself is journaled.
  }
}
