import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createMemoryStore, type MemoryDump, type MemoryStore } from '@ka-governance/adapter-memory'
import { InvalidInputError } from '@ka-governance/core'
import { shorten } from '../ingest/finding.ts'
import { say, type Said } from '../said.ts'
import { fileProblem, InputFileError, readTextFile } from './input-file.ts'
import { landingOf, replaceFile } from './output-file.ts'

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

/** The file that a registry is. */
export const registryFile = (dir: string): string => join(dir, fileName)

/** The same as a list, for whoever may have been given none. */
export const registryFiles = (dir: string | undefined): readonly string[] => (dir === undefined ? [] : [registryFile(dir)])

/**
 * Makes sure that a folder can be a registry, before a lock is taken in it.
 *
 * @throws InputFileError for what is no folder; without `create`, also where there is no registry yet, since nobody who reads makes one.
 */
export async function checkRegistry(dir: string, create: boolean): Promise<void> {
  const found = await stat(dir).catch(() => null)
  if (found !== null && !found.isDirectory())
    throw new InputFileError(
      shorten(dir, 200),
      say('this is a file, and a registry is a folder', '这是文件，而登记库是文件夹'),
      say('name the folder that holds it', '请指定所在的文件夹'),
    )
  if (!create && (await stat(registryFile(dir)).catch(() => null)) === null) throw noRegistry(dir)
}

const noRegistry = (dir: string): InputFileError =>
  new InputFileError(
    shorten(dir, 200),
    say('there is no registry here', '此处没有登记库'),
    say('check the folder; `publish open` makes a registry', '请检查文件夹；登记库由publish open建立'),
  )

/** Registries that cannot be used are mended from outside. */
function unusable(dir: string, message: Said): never {
  throw new InputFileError(
    registryFile(dir),
    message,
    say('put the last backup of this file in its place', '请用最近的备份替换此文件'),
  )
}

/**
 * Reads what a registry holds, whether or not a store can be made of it. A file that is not whole, or was changed by other hands, is refused: nothing is ever read by halves.
 *
 * @throws InputFileError saying which file, and what helps; also where there is no registry.
 */
export async function readDump(dir: string): Promise<{ readonly dump: unknown; readonly digest: string }> {
  await checkRegistry(dir, false)
  const text = await readTextFile(registryFile(dir), maxBytes)
  const [head = '', body = '', ...rest] = text.split('\n')
  const header = parsed(head) as { readonly format?: unknown; readonly version?: unknown; readonly sha256?: unknown } | null
  if (header === null || typeof header !== 'object' || header.format !== format)
    return unusable(dir, say('this is no registry of policies', '这不是制度登记库'))
  if (header.version !== 1)
    return unusable(dir, say('it was written by another version of this program', '由本程序的另一个版本写入'))
  const digest = digestOf(body)
  if (rest.join('') !== '' || header.sha256 !== digest)
    return unusable(dir, say('it was changed or cut off: its digest does not fit', '内容被修改或截断：摘要不符'))
  return { dump: parsed(body), digest }
}

/**
 * Reads the store of a registry; empty where the folder has none yet and one may be made.
 *
 * @throws InputFileError as `readDump`, and for what is no store.
 */
export async function readRegistry(dir: string, create = true): Promise<LoadedRegistry> {
  await checkRegistry(dir, create)
  if (create && (await stat(registryFile(dir)).catch(isMissing)) === null) return { store: createMemoryStore(), digest: '' }
  const { dump, digest } = await readDump(dir)
  try {
    return { store: createMemoryStore({ from: dump as MemoryDump }), digest }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const [first] = error.findings
    const what = `${first?.path ?? ''} ${first?.message ?? ''}`
    return unusable(dir, say(`it holds no store: ${what}`, `其中没有可用的数据：${what}`))
  }
}

/** `null` for what is not there; what cannot be looked at is there. */
const isMissing = (error: NodeJS.ErrnoException): null | undefined => (error.code === 'ENOENT' ? null : undefined)

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
  try {
    await mkdir(dir, { recursive: true })
    const path = await landingOf(registryFile(dir))
    const before = async (): Promise<void> => {
      if ((await digestOnDisk(path)) === digest) return
      throw new InputFileError(
        registryFile(dir),
        say('somebody else has changed it in the meantime', '期间已被他人修改'),
        say('send the command again', '请重新执行命令'),
      )
    }
    await replaceFile(path, `${JSON.stringify({ format, version: 1, sha256 })}\n${body}\n`, { mode: 0o600, before })
    await syncFolder(dirname(path))
  } catch (error) {
    if (error instanceof InputFileError) throw error
    throw new InputFileError(registryFile(dir), ...fileProblem(error, 'write'), { cause: error })
  }
  return { written: true }
}

/** What a process that died in the middle left behind; only for the holder of the lock. */
export async function removeLeftovers(dir: string): Promise<void> {
  const path = await landingOf(registryFile(dir)).catch(() => registryFile(dir))
  const names = await readdir(dirname(path)).catch((): readonly string[] => [])
  const left = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.tmp'))
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })))
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
