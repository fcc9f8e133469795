import { randomUUID } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { shorten } from '../ingest/finding.ts'
import { fileProblem, InputFileError } from './input-file.ts'

/**
 * Writes a file in one step: a crash or a full disk leaves the old one as it was.
 *
 * @param options.keep files that this run has read or written: none of them is replaced.
 * @throws InputFileError when it is there and may not be replaced, or cannot be written.
 */
export async function writeOutput(
  name: string,
  text: string,
  options: { readonly cwd?: string; readonly replace?: boolean; readonly keep?: readonly (string | undefined)[] } = {},
): Promise<void> {
  const { cwd = '.', replace = true, keep = [] } = options
  const path = resolve(cwd, name)
  const shown = shorten(name, 200)
  const there = await stat(path).catch(() => null)
  if (there?.isDirectory() === true) throw new InputFileError(shown, 'this is a folder', 'name a file in it')
  if (keep.some((other) => other !== undefined && resolve(cwd, other) === path))
    throw new InputFileError(shown, 'this is a file that the command reads or has just written', 'name another file')
  if (there !== null && !replace)
    throw new InputFileError(shown, 'it is there already', 'name another file, or add --force to replace it')
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    const [message, remedy] = fileProblem(error)
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new InputFileError(
      shown,
      isMissing ? 'the folder is not there' : message.replace('read', 'written'),
      isMissing ? 'make the folder first' : remedy.replace('read', 'write'),
    )
  }
}
