import { randomUUID } from 'node:crypto'
import { lstat, open, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { shorten } from '../ingest/finding.ts'
import { say } from '../said.ts'
import { fileProblem, InputFileError } from './input-file.ts'

/** How a file is written. */
export interface OutputOptions {
  /** Folder that relative names start from. @default the process's */
  readonly cwd?: string
  /** False: a file that is there is refused. @default true */
  readonly replace?: boolean
  /** Files that this run reads or writes: none of them is replaced, by whatever name. */
  readonly keep?: readonly (string | undefined)[]
}

/** More links than that, one behind the other, lead in a circle. */
const maxLinks = 40

/**
 * Where a name leads: links are followed, also one whose file is not there yet, so that writing changes the file and leaves the link.
 *
 * @throws the system's error where the folder is not there or links lead in a circle.
 */
export async function landingOf(path: string, links = 0): Promise<string> {
  const link = await lstat(path).catch(() => null)
  if (link?.isSymbolicLink() !== true) return join(await realpath(dirname(path)), basename(path))
  if (links >= maxLinks) throw Object.assign(new Error('links lead in a circle'), { code: 'ELOOP' })
  return landingOf(resolve(await realpath(dirname(path)), await readlink(path)), links + 1)
}

/** True when both names mean one file: by another spelling, through a link, or as a second name of it. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const landings = await Promise.all([a, b].map((path) => landingOf(path).catch(() => path)))
  if (landings[0] === landings[1]) return true
  const [one, other] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => null)))
  return one != null && other != null && one.ino !== 0n && one.ino === other.ino && one.dev === other.dev
}

/**
 * Looks whether a file may be written, before anything is computed or written.
 *
 * @returns where the name leads.
 * @throws InputFileError when it is a folder, is there and may not be replaced, or is one that the run reads or writes otherwise.
 */
export async function checkOutput(name: string, options: OutputOptions = {}): Promise<string> {
  const { cwd = '.', replace = true, keep = [] } = options
  const path = resolve(cwd, name)
  const shown = shorten(name, 200)
  const there = await stat(path).catch(() => null)
  if (there?.isDirectory() === true) throw new InputFileError(shown, ...fileProblem({ code: 'EISDIR' }))
  for (const other of keep)
    if (other !== undefined && (await isSameFile(resolve(cwd, other), path)))
      throw new InputFileError(
        shown,
        say('this is a file that the command reads or has just written', '该文件由本命令读取或刚刚写入'),
        say('name another file', '请指定另一个文件'),
      )
  if (there !== null && !replace)
    throw new InputFileError(
      shown,
      say('it is there already', '文件已存在'),
      say('name another file, or add --force to replace it', '请指定另一个文件，或加--force覆盖'),
    )
  try {
    return await landingOf(path)
  } catch (error) {
    throw cannotWrite(shown, error)
  }
}

/**
 * Writes a file in one step: a crash or a full disk leaves the old one as it was. Links stay links, and a file keeps who may read and write it.
 *
 * @throws InputFileError as `checkOutput`, or when it cannot be written.
 */
export async function writeOutput(name: string, text: string, options: OutputOptions = {}): Promise<void> {
  const path = await checkOutput(name, options)
  try {
    await replaceFile(path, text)
  } catch (error) {
    throw cannotWrite(shorten(name, 200), error)
  }
}

/**
 * Puts a text in the place of a file, through to the disk; what has no old content, a pipe or a device, is written to as it is.
 *
 * @param options.mode of a new file; an old one keeps its own.
 * @param options.before is called when the new file is whole, and may still throw.
 */
export async function replaceFile(
  path: string,
  text: string,
  { mode = 0o666, before }: { readonly mode?: number; readonly before?: () => Promise<void> } = {},
): Promise<void> {
  const there = await stat(path).catch(() => null)
  if (there !== null && !there.isFile()) {
    await writeFile(path, text)
    return
  }
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      // What a mask takes away from a new file was given to the old one on purpose.
      if (there !== null) await handle.chmod(there.mode & 0o7777)
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await before?.()
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

function cannotWrite(shown: string, error: unknown): InputFileError {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return new InputFileError(
      shown,
      say('the folder is not there', '文件夹不存在'),
      say('make the folder first', '请先建立文件夹'),
      { cause: error },
    )
  return new InputFileError(shown, ...fileProblem(error, 'write'), { cause: error })
}
